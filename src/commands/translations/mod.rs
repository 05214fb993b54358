//! `translations`: how much is translated, what has changed since, and marking parts as done.

mod diff;
mod done;
pub mod lookup;
mod minor;
mod status;

use std::path::PathBuf;

use crate::commands::args::TranslationsCommand;
use crate::commands::status::Status;
use crate::commands::talk::Talk;

#[cfg(feature = "serve")]
pub use diff::{EarlierWords, before, words_of};

pub fn run(root: Option<PathBuf>, command: TranslationsCommand, talk: &Talk) -> Status {
    let outcome = match command {
        TranslationsCommand::Status(arguments) => status::run(root, arguments, talk),
        TranslationsCommand::Diff(arguments) => diff::run(root, arguments, talk),
        TranslationsCommand::Done(arguments) => done::run(root, arguments, talk),
        TranslationsCommand::Minor(arguments) => minor::run(root, arguments, talk),
    };
    outcome.unwrap_or_else(|status| status)
}
