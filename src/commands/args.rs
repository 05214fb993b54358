//! The command line: what may be asked, and how `--help` tells it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::commands::new::arguments::NewCommand;
use crate::commands::values::{Required, base, date, required};
#[cfg(feature = "serve")]
use crate::commands::values::{VSCODE, editor};
use crate::model::config::Base;
use crate::model::date::Date;

/// Compiles multilingual Markdown guides into a static site.
#[derive(Debug, Parser)]
#[command(
    name = "cicerone",
    version,
    after_help = "Exit codes: 0 nothing wrong · 1 faults in the content · 2 not as asked · \
                  3 the machine stands in the way · 4 a fault of Cicerone's"
)]
pub struct Arguments {
    /// The project's folder, which holds `guides/` [default: this folder or the nearest above it]
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Say more
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    /// Say nothing but faults
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// When to colour what is printed
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the guides and write the site
    ///
    /// Writes the whole site or leaves the last one as it was. Files in the output folder that
    /// Cicerone did not write (`CNAME`, `.git`) stay.
    Build(BuildArguments),
    /// Check the guides and write nothing
    ///
    /// Tells every fault at once, each with its place and its mend.
    Check(CheckArguments),
    /// Show the site on this machine, and follow what is saved
    ///
    /// Always starts, whatever is wrong with the guides, and shows what is wrong on the pages. Writes
    /// nothing. Ctrl-C ends it.
    #[cfg(feature = "serve")]
    Serve(ServeArguments),
    /// Begin a site, a guide, a translation or an operator
    ///
    /// Asks for what is missing on a terminal; elsewhere, what is not said is a `TODO` in the file.
    New {
        #[command(subcommand)]
        command: NewCommand,
    },
    /// Move a guide or a section, with everything that leads there
    ///
    /// Renames its folder below `guides/`. Links and pictures of every page, `related`, `navigation`,
    /// `menu`, `redirects` and other settings lead to the new place; each address that readers may
    /// have kept, in every language, becomes one of its `aliases`; translations that were fresh stay
    /// fresh. All of it is done, or nothing: what would be wrong afterwards is reported before.
    ///
    ///   cicerone move al/sim al/cancel-sim     gives a guide another name
    ///   cicerone move al/sim kosovo/sim        puts it into another section
    ///   cicerone move al albania               moves a section with all that is in it
    #[command(verbatim_doc_comment)]
    Move(MoveArguments),
    /// See what is translated, and say that it is
    Translations {
        #[command(subcommand)]
        command: TranslationsCommand,
    },
    /// Look at the built-in theme, and make one of your own from it
    ///
    /// A theme of your own holds only the files that you change: each takes the place of the built-in
    /// one of its name.
    Theme {
        #[command(subcommand)]
        command: ThemeCommand,
    },
    /// Print the JSON Schema of a kind of file, for editors that complete and check YAML
    Schema {
        /// The kind of file
        kind: SchemaKind,
    },
    /// Find pages of the guides, as the site's search finds them
    ///
    /// Answers from the guides themselves: no build has to go before.
    Search(SearchArguments),
    /// Bring the site to where readers find it
    ///
    /// Builds the site as `build` does, compares it with what is there, says what will change, and
    /// changes only that. An interrupted run is finished by the next one. Targets stand in
    /// `guides/site.yaml`:
    ///
    ///   publish:
    ///     www: {folder: /srv/www/guides}
    ///     pages: {git: {branch: gh-pages}}
    ///     storage: {s3: {bucket: guides, region: eu-central-1}}
    ///
    /// Git pushes with your own credentials. The keys to a bucket come from AWS_ACCESS_KEY_ID and
    /// AWS_SECRET_ACCESS_KEY, or from a profile in ~/.aws/credentials; never from site.yaml.
    #[command(verbatim_doc_comment)]
    Publish(PublishArguments),
    /// Print a script that completes commands in a shell
    ///
    /// For bash: `cicerone completions bash > ~/.local/share/bash-completion/completions/cicerone`
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Debug, Args)]
pub struct BuildArguments {
    /// Where the site goes
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Where the site will live, instead of `base_url` in site.yaml
    #[arg(long, value_name = "URL", value_parser = base)]
    pub base_url: Option<Base>,
    /// Build only these sections, as a part of the site that `--merge` takes [default output:
    /// `parts/` and their names]
    #[arg(long, value_name = "SECTION", num_args = 1.., conflicts_with = "merge")]
    pub only: Vec<String>,
    /// Build the site from these parts, which `--only` has made of the same guides
    #[arg(long, value_name = "PART", num_args = 1..)]
    pub merge: Vec<PathBuf>,
    #[command(flatten)]
    pub shared: SharedArguments,
}

#[derive(Debug, Args)]
pub struct MoveArguments {
    /// The guide or section: `al/sim`, or the path of its folder
    #[arg(value_name = "FROM")]
    pub from: String,
    /// Its new place, with its name: `al/cancel-sim`
    #[arg(value_name = "TO")]
    pub to: String,
    /// Say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct PublishArguments {
    /// The target's name in site.yaml; it can be left out where there is one only
    pub target: Option<String>,
    /// Say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Publish the site from these parts, which `build --only` has made of the same guides
    #[arg(long, value_name = "PART", num_args = 1..)]
    pub merge: Vec<PathBuf>,
    /// Publish even where more than a quarter of the pages would go
    #[arg(long)]
    pub allow_delete: bool,
    /// Where the site will live, instead of what site.yaml says
    #[arg(long, value_name = "URL", value_parser = base)]
    pub base_url: Option<Base>,
    /// The day on which overdue reviews are judged [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// How many threads to build with [default: one a core]
    #[arg(long, short, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub jobs: usize,
    /// How faults and the plan are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: TwoFormats,
}

#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Tell only the faults in these files and folders
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Tell only the faults on lines that were added since a git revision
    #[arg(long, value_name = "REV")]
    pub changed: Option<String>,
    /// List what the calendar asks for, and nothing else: reviews that are overdue, guides to come,
    /// guides that end; ends with 1 where the grace of a review is over as well
    #[arg(long, conflicts_with = "changed")]
    pub due: bool,
    #[command(flatten)]
    pub shared: SharedArguments,
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// The port, or the first one to try where others are busy
    #[arg(long, short, value_name = "N", default_value_t = 4000)]
    pub port: u16,
    /// The address to listen at; 0.0.0.0 lets others in the network look
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    pub host: String,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Include guides marked `draft: true`
    #[arg(long)]
    pub drafts: bool,
    /// The day on which overdue reviews are judged [default: today, in UTC, also past midnight]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// What a link to a source opens: an address with {file}, {line} and {column}, or `none`
    #[arg(long, value_name = "URL", value_parser = editor, default_value = VSCODE)]
    pub editor: String,
    /// Look for saved files every second, as the system tells of none on some network folders and shared disks
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// Name every file of the built-in theme, and those that the site has its own of
    List,
    /// Print a file of the built-in theme
    Show {
        /// Its name, as `list` has it: `templates/guide.html`
        file: String,
    },
    /// Copy a file of the built-in theme into the site's own, to be changed there
    Copy {
        /// Its name, as `list` has it: `templates/guide.html`
        file: String,
    },
    /// Begin a theme: a style sheet of your own, and the template that names it
    New {
        /// The name of its folder in `themes/`
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum TranslationsCommand {
    /// Tell what is missing, fresh and stale in each language
    ///
    /// A part is fresh where it was made from what the original says today, stale where the original
    /// has changed since, unpinned where nobody has said so with `translations done`.
    Status(StatusArguments),
    /// Show what has changed in the original since it was translated
    Diff(PinArguments),
    /// Note that a translation is made from what the original says today
    Done(PinArguments),
    /// Note that the last edit of an original changes nothing for its translations
    ///
    /// Every translation that was fresh before is fresh again. With git, what was stale before that
    /// edit stays so; without, all that is named counts.
    Minor(MinorArguments),
}

#[derive(Debug, Args)]
pub struct StatusArguments {
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: TwoFormats,
    /// End with 1 where less of a language is translated and up to date: `sq=80%`
    #[arg(long, value_name = "TAG=PERCENT", value_parser = required)]
    pub require: Vec<Required>,
}

#[derive(Debug, Args)]
pub struct PinArguments {
    /// The guide: `al/cancel-sim`, or the path of its folder or file
    pub path: String,
    /// The language of the translation
    #[arg(value_name = "TAG")]
    pub language: String,
    /// Only these parts, as `translations status` names them
    #[arg(value_name = "PART")]
    pub units: Vec<String>,
}

#[derive(Debug, Args)]
pub struct MinorArguments {
    /// The guide: `al/cancel-sim`, or the path of its folder or file
    pub path: String,
    /// Only these parts, as `translations status` names them
    #[arg(value_name = "PART")]
    pub units: Vec<String>,
}

#[derive(Debug, Args)]
pub struct SearchArguments {
    /// What to look for
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// The reader's language [default: the site's default language]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// How many hits to show at the most
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Include guides marked `draft: true`
    #[arg(long)]
    pub drafts: bool,
    /// How hits are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: TwoFormats,
}

#[derive(Debug, Args)]
pub struct SharedArguments {
    /// Include guides marked `draft: true`
    #[arg(long)]
    pub drafts: bool,
    /// Count warnings as faults
    #[arg(long)]
    pub strict: bool,
    /// The day on which overdue reviews are judged [default: today, in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// How many threads to use [default: one a core]
    #[arg(long, short, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub jobs: usize,
    /// How faults are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaKind {
    /// The front matter of an original
    Guide,
    /// The front matter of a translation
    Translation,
    /// A file of the registry
    Operator,
    /// `guides/site.yaml`
    Site,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With excerpts and hints, for people
    Human,
    /// One object a line, for programs
    Json,
    /// SARIF 2.1.0, for scanners of code
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A report of GitLab's Code Quality
    Gitlab,
}

/// For what is no list of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TwoFormats {
    /// For people
    Human,
    /// For programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal
    Auto,
    Always,
    Never,
}
