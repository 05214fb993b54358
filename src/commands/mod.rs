//! The subcommands: each connects the edges to the pipeline.

mod args;
mod build;
mod changed;
mod check;
#[cfg(feature = "serve")]
mod editor;
#[cfg(feature = "serve")]
mod follow;
mod gone;
mod kept_pictures;
mod memory;
mod merge;
mod new;
mod only;
mod part_list;
mod project;
mod publish;
mod relocate;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod status;
mod talk;
mod theme;
mod translations;
mod values;

pub use crate::commands::status::Status;
use std::ffi::OsString;
use std::io::{self, Write};

use clap::{CommandFactory, Parser};

use crate::commands::args::{Arguments, Command, SchemaKind};
use crate::commands::talk::{Stream, Talk};
use crate::parse;

/// Carries out what the command line asks for.
pub fn run(words: impl IntoIterator<Item = OsString>) -> Status {
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(error) => {
            // `--help` and `--version` end up here too.
            let asked = !error.use_stderr();
            return match error.print() {
                Ok(()) if asked => Status::Fine,
                _ => Status::Refused,
            };
        }
    };
    let talk = Talk::new(&arguments);
    let Arguments { root, command, .. } = arguments;
    match command {
        Command::Build(build) => build::run(root, build, &talk),
        Command::Publish(publish) => publish::run(root, publish, &talk),
        Command::Check(check) => check::run(root, check, &talk),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve::run(root, serve, &talk),
        Command::New { command } => new::run(root, command, &talk),
        Command::Move(arguments) => relocate::run(root, arguments, &talk),
        Command::Translations { command } => translations::run(root, command, &talk),
        Command::Theme { command } => theme::run(root, command, &talk),
        Command::Schema { kind } => schema(kind, &talk),
        Command::Search(search) => search::run(root, search, &talk),
        Command::Completions { shell } => completions(shell),
    }
}

fn schema(kind: SchemaKind, talk: &Talk) -> Status {
    let name = match kind {
        SchemaKind::Guide => "guide",
        SchemaKind::Translation => "translation",
        SchemaKind::Operator => "operator",
        SchemaKind::Site => "site",
    };
    let text = parse::schema(name).unwrap_or_default();
    talk.write(Stream::Out, |out| out.write_all(text.as_bytes()));
    Status::Fine
}

fn completions(shell: clap_complete::Shell) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "cicerone", &mut script);
    match io::stdout().write_all(&script) {
        Ok(()) => Status::Fine,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Status::Fine,
        Err(_) => Status::Failed,
    }
}
