//! The command line: what may be asked, and how `--help` tells it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::model::config::Base;
use crate::model::date::Date;
use crate::parse::day;

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
    #[command(flatten)]
    pub shared: SharedArguments,
}

#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Tell only the faults in these files and folders
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
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
    /// What a link to a source opens: an address with {file}, {line} and {column}, or `none`
    #[arg(long, value_name = "URL", default_value = "vscode://file{file}:{line}:{column}")]
    pub editor: String,
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
pub enum Format {
    /// With excerpts and hints, for people
    Human,
    /// One object a line, for programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal
    Auto,
    Always,
    Never,
}

fn date(text: &str) -> Result<Date, String> {
    day(text).ok_or_else(|| "write a day, like 2026-08-22".to_owned())
}

fn base(text: &str) -> Result<Base, String> {
    Base::parse(text).ok_or_else(|| "write an address, like https://example.org/".to_owned())
}
