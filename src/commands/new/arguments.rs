//! What `new` is asked for on the command line.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub enum NewCommand {
    /// A folder for a site
    Site(NewSiteArguments),
    /// The original of a guide
    Guide(NewGuideArguments),
    /// A translation of a guide, with the original's words to be replaced
    Translation(NewTranslationArguments),
    /// An operator of the registry
    Operator(NewOperatorArguments),
    /// The words of the interface that a language lacks
    Language(NewLanguageArguments),
}

#[derive(Debug, Args)]
pub struct NewLanguageArguments {
    /// The language: `fr`, `pt-BR`
    #[arg(value_name = "TAG")]
    pub language: Option<String>,
}

#[derive(Debug, Args)]
pub struct NewSiteArguments {
    /// The site's folder
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// What the site is called
    #[arg(long)]
    pub title: Option<String>,
    /// A language of the site, again for each; the first is the default [default: en]
    #[arg(long, value_name = "TAG")]
    pub lang: Vec<String>,
    /// What publishes the site from a repository, again for each; also for a site that is there
    #[arg(long, value_name = "NAME")]
    pub ci: Vec<Recipe>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Recipe {
    /// GitHub Actions and Pages
    Github,
    /// GitLab CI and Pages
    Gitlab,
    /// Netlify
    Netlify,
    /// Cloudflare Pages
    Cloudflare,
    /// Vercel
    Vercel,
}

#[derive(Debug, Args)]
pub struct NewGuideArguments {
    /// The guide's folder below `guides/`: `al/lost-sim`
    pub path: String,
    /// The language that it is written in [default: the site's]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// What the reader gets done
    #[arg(long)]
    pub title: Option<String>,
}

#[derive(Debug, Args)]
pub struct NewTranslationArguments {
    /// The guide: `al/lost-sim`
    pub path: String,
    /// The language to translate into
    #[arg(value_name = "TAG")]
    pub language: Option<String>,
}

#[derive(Debug, Args)]
pub struct NewOperatorArguments {
    /// Its country and name: `al/one`
    pub id: String,
    /// What it calls itself
    #[arg(long)]
    pub name: Option<String>,
}
