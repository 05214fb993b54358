//! Prints what a search found.

use std::io::{self, Write};

use crate::report::escape::message;

/// A place that matches a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Match<'a> {
    pub url: &'a str,
    pub title: &'a str,
    /// The heading below the title; empty if the page as a whole matches.
    pub section: &'a str,
    pub anchor: &'a str,
    pub text: &'a str,
    /// The language of the text, as a tag (BCP 47).
    pub language: &'a str,
    pub score: f64,
}

/// Writes one JSON object on each line.
pub fn matches_json(out: &mut dyn Write, matches: &[Match<'_>]) -> io::Result<()> {
    matches.iter().try_for_each(|one| writeln!(out, "{}", super::json::found(one)))
}

/// Writes the title and section, the address and the first words, and the language if it is not the reader's
/// own.
pub fn matches_human(
    out: &mut dyn Write,
    matches: &[Match<'_>],
    own: &str,
    color: bool,
) -> io::Result<()> {
    let (bold, faint, plain) = if color { ("\x1b[1m", "\x1b[2m", "\x1b[0m") } else { ("", "", "") };
    for one in matches {
        let title = match one.section {
            "" => one.title.to_owned(),
            section => format!("{} › {section}", one.title),
        };
        let language =
            if one.language == own { String::new() } else { format!(" [{}]", one.language) };
        writeln!(out, "{bold}{}{plain}{language}", message(&title))?;
        writeln!(out, "  {}", message(one.url))?;
        if !one.text.is_empty() {
            writeln!(out, "  {faint}{}{plain}", message(one.text))?;
        }
    }
    Ok(())
}
