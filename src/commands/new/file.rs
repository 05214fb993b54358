//! Writes a new file, and asks for what is missing.

use std::io::{self, IsTerminal};
use std::path::Path;

use crate::commands::project::failed;
use crate::commands::status::Status;
use crate::commands::talk::{Stream, Talk};
use crate::{disk, parse};

/// What somebody at a terminal answers; `None` where nobody is there, or nothing is said.
pub fn ask(question: &str, talk: &Talk) -> Option<String> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return None;
    }
    talk.write(Stream::Err, |out| write!(out, "{question} "));
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).ok()?;
    Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty())
}

/// A value as YAML writes it; a `TODO` where there is none.
pub fn value(given: Option<&str>, otherwise: &str) -> String {
    parse::scalar(given.unwrap_or(otherwise), 0)
}

/// Writes a file that was not there, and the schemas beside `guides/` that it names.
pub fn write(root: &Path, path: &str, text: &str, talk: &Talk) -> Result<(), Status> {
    match disk::create(root, path, text) {
        Ok(()) => {
            talk.note(&format!("Wrote {path}"));
            schemas(root, talk)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(there_is(path, talk)),
        Err(error) => Err(failed(&error, talk)),
    }
}

pub fn there_is(path: &str, talk: &Talk) -> Status {
    let reason = format!("there is `{path}` already");
    talk.refuse(Status::Refused, &reason, "edit it, or choose another name")
}

/// Every kind's schema, where it is not there yet.
pub fn schemas(root: &Path, talk: &Talk) -> Result<(), Status> {
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
pub fn modeline(path: &str, kind: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    format!("# yaml-language-server: $schema={up}schemas/{kind}.json")
}
