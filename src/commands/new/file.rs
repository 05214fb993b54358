//! Writes a new file, and asks for missing values.

use std::io::{self, IsTerminal};
use std::path::Path;

use crate::commands::project::failed;
use crate::commands::status::Status;
use crate::commands::talk::{Stream, Talk};
use crate::{disk, parse};

/// The answer of somebody at the terminal; `None` if nobody is there, or the answer is empty.
pub fn ask(question: &str, talk: &Talk) -> Option<String> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return None;
    }
    talk.write(Stream::Err, |out| write!(out, "{question} "));
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).ok()?;
    Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty())
}

/// A value in YAML; if none is given, `otherwise`.
pub fn value(given: Option<&str>, otherwise: &str) -> String {
    parse::scalar(given.unwrap_or(otherwise), 0)
}

/// Writes a file that did not exist, and the schemas beside `guides/` that it refers to.
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

/// Writes the schemas of all kinds that do not exist yet.
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

/// The comment that tells an editor with a YAML language server which schema the file has.
pub fn modeline(path: &str, kind: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    format!("# yaml-language-server: $schema={up}schemas/{kind}.json")
}
