//! `new`: begins a site, a guide, a translation, an operator or the words of a language; never overwrites.

pub mod arguments;
mod file;
mod guide;
mod language;
mod operator;
mod recipes;
mod site;
mod translation;

use std::path::PathBuf;

use crate::commands::new::arguments::NewCommand;
use crate::commands::status::Status;
use crate::commands::talk::Talk;

pub use guide::place;

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
