//! Values of arguments: the form that each must have, and the message if it does not.

use crate::model::config::Base;
use crate::model::date::Date;
use crate::parse::day;

/// The least share of a language that must be translated and up to date: `sq=80%`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Required {
    pub tag: String,
    /// The share in percent, from 0 to 100.
    pub percent: usize,
}

pub fn date(text: &str) -> Result<Date, String> {
    day(text).ok_or_else(|| "write a day, like 2026-08-22".to_owned())
}

pub fn required(text: &str) -> Result<Required, String> {
    let wanted = || {
        let (tag, percent) = text.split_once('=')?;
        let percent =
            percent.trim_end_matches('%').parse().ok().filter(|percent| *percent <= 100)?;
        Some(Required { tag: tag.to_owned(), percent })
    };
    wanted().ok_or_else(|| "write a language and a percentage, like sq=80%".to_owned())
}

#[cfg(feature = "serve")]
pub const VSCODE: &str = "vscode://file{file}:{line}:{column}";

#[cfg(feature = "serve")]
pub fn editor(text: &str) -> Result<String, String> {
    match text == "none" || text.contains("{file}") {
        true => Ok(text.to_owned()),
        false => Err(format!("write `none`, or an address with `{{file}}` in it, like `{VSCODE}`")),
    }
}

pub fn base(text: &str) -> Result<Base, String> {
    Base::parse(text).ok_or_else(|| "write an address, like https://example.org/".to_owned())
}
