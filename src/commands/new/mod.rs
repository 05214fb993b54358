//! `new`: begins a site, a guide, a translation, an operator, a language's words; never writes over anything.

pub mod arguments;
mod guide;
mod language;
mod operator;
mod recipes;
mod site;
mod translation;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use crate::commands::Status;
use crate::commands::new::arguments::NewCommand;
use crate::commands::project::failed;
use crate::commands::talk::{Stream, Talk};
use crate::{disk, parse};

pub fn run(root: Option<PathBuf>, command: NewCommand, talk: &Talk) -> Status {
    let outcome = match command {
        NewCommand::Site(arguments) => site::run(arguments, talk),
        NewCommand::Guide(arguments) => guide::run(root, arguments, talk),
        NewCommand::Translation(arguments) => translation::run(root, arguments, talk),
        NewCommand::Operator(arguments) => operator::run(root, arguments, talk),
        NewCommand::Language(arguments) => language::run(root, arguments, talk),
    };
    match outcome {
        Ok(()) => Status::Fine,
        Err(status) => status,
    }
}

/// What somebody at a terminal answers; `None` where nobody is there, or nothing is said.
fn ask(question: &str, talk: &Talk) -> Option<String> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return None;
    }
    talk.write(Stream::Err, |out| write!(out, "{question} "));
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).ok()?;
    Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty())
}

/// A value as YAML writes it; a `TODO` where there is none.
fn value(given: Option<&str>, otherwise: &str) -> String {
    parse::scalar(given.unwrap_or(otherwise), 0)
}

/// Writes a file that was not there, and the schemas beside `guides/` that it names.
fn write(root: &Path, path: &str, text: &str, talk: &Talk) -> Result<(), Status> {
    match disk::create(root, path, text) {
        Ok(()) => {
            talk.note(&format!("Wrote {path}"));
            schemas(root, talk)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(there_is(path, talk)),
        Err(error) => Err(failed(&error, talk)),
    }
}

fn there_is(path: &str, talk: &Talk) -> Status {
    let reason = format!("there is `{path}` already");
    talk.refuse(Status::Refused, &reason, "edit it, or choose another name")
}

/// Every kind's schema, where it is not there yet.
fn schemas(root: &Path, talk: &Talk) -> Result<(), Status> {
    for kind in ["guide", "translation", "operator", "site"] {
        let text = parse::schema(kind).unwrap_or_default();
        match disk::create(root, &format!("schemas/{kind}.json"), &text) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(failed(&error, talk));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The comment by which an editor with a YAML language server finds the schema of a file.
fn modeline(path: &str, kind: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    format!("# yaml-language-server: $schema={up}schemas/{kind}.json")
}
