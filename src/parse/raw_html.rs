//! Lets a few harmless tags of raw HTML through, and shows everything else as text.

use std::ops::Range;

use crate::model::markup::{Joint, escape};
use crate::model::region::RegionKind;
use crate::parse::events;
use crate::parse::writer::Writer;

/// The elements that a guide may use, each with the attributes it may have.
const SAFE: &[(&str, &[&str])] = &[
    ("abbr", &["title"]),
    ("b", &[]),
    ("bdi", &["dir"]),
    ("br", &[]),
    ("code", &[]),
    ("del", &[]),
    ("details", &["open"]),
    ("dfn", &["title"]),
    ("em", &[]),
    ("i", &["lang", "dir"]),
    ("ins", &[]),
    ("kbd", &[]),
    ("mark", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("small", &[]),
    ("span", &["lang", "dir"]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("u", &[]),
    ("var", &[]),
    ("wbr", &[]),
];

const VOID: &[&str] = &["br", "wbr"];

/// One piece of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
enum HtmlPiece<'a> {
    /// A safe start tag, which is written anew.
    Open {
        name: &'static str,
        html: String,
        written: &'a str,
    },
    /// A safe element without content.
    Void(&'static str),
    Close {
        name: &'static str,
        written: &'a str,
    },
    Comment,
    /// Anything else that looks like a tag. It is shown as it was typed.
    Unsafe(&'a str),
    Text(&'a str),
}

/// Splits `html` from the byte `start` on into pieces with their ranges, without losing anything.
fn pieces(html: &str, start: usize) -> Vec<(HtmlPiece<'_>, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut rest = html.get(start..).unwrap_or("");
    while !rest.is_empty() {
        let (piece, length) = match rest.find('<') {
            Some(0) => tag(rest),
            Some(next) => (HtmlPiece::Text(rest.get(..next).unwrap_or(rest)), next),
            None => (HtmlPiece::Text(rest), rest.len()),
        };
        let start = html.len() - rest.len();
        pieces.push((piece, start..start + length));
        rest = rest.get(length..).unwrap_or("");
    }
    pieces
}

fn tag(text: &str) -> (HtmlPiece<'_>, usize) {
    if text.starts_with("<!--") {
        let length = text.find("-->").map_or(text.len(), |end| end + 3);
        return (HtmlPiece::Comment, length);
    }
    let Some(end) = end_of_tag(text) else {
        return (HtmlPiece::Unsafe(text), text.len());
    };
    let written = text.get(..end).unwrap_or(text);
    let inner = written.trim_start_matches('<').trim_end_matches('>');
    (classify(written, inner), end)
}

/// The position after the `>` that ends the tag. Any in quotes do not count.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices().skip(1) {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

fn classify<'a>(written: &'a str, inner: &str) -> HtmlPiece<'a> {
    if let Some(name) = inner.strip_prefix('/') {
        let known = SAFE.iter().find(|(safe, _)| name.trim().eq_ignore_ascii_case(safe));
        return match known {
            Some((name, _)) if !VOID.contains(name) => HtmlPiece::Close { name, written },
            _ => HtmlPiece::Unsafe(written),
        };
    }
    let inner = inner.trim_end().trim_end_matches('/');
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at_checked(length).unwrap_or((inner, ""));
    let Some((name, allowed)) = SAFE.iter().find(|(safe, _)| name.eq_ignore_ascii_case(safe))
    else {
        return HtmlPiece::Unsafe(written);
    };
    match attributes_of(attributes, allowed) {
        Some(_) if VOID.contains(name) => HtmlPiece::Void(name),
        Some(attributes) => {
            HtmlPiece::Open { name, html: format!("<{name}{attributes}>"), written }
        }
        None => HtmlPiece::Unsafe(written),
    }
}

/// The attributes, written anew; `None` if one of them is not allowed.
fn attributes_of(text: &str, allowed: &[&str]) -> Option<String> {
    let mut written = String::new();
    let mut seen: Vec<&str> = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, tail) = rest.split_at_checked(end)?;
        let known = allowed.iter().find(|known| name.eq_ignore_ascii_case(known))?;
        if seen.contains(known) {
            return None;
        }
        seen.push(known);
        let (value, tail) = match tail.trim_start().strip_prefix('=') {
            Some(tail) => value(tail.trim_start())?,
            None => ("", tail),
        };
        if value.contains('&') || (*known == "dir" && !matches!(value, "ltr" | "rtl" | "auto")) {
            return None;
        }
        let value = value.replace('"', "&quot;").replace('<', "&lt;");
        written.push_str(&format!(" {known}=\"{value}\""));
        rest = tail.trim_start();
    }
    Some(written)
}

fn value(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next()?;
    if quote == '"' || quote == '\'' {
        let inner = text.get(1..)?;
        let end = inner.find(quote)?;
        return Some((inner.get(..end)?, inner.get(end + 1..)?));
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at_checked(end)
}

/// Whether an element may contain paragraphs, and so may stay open from one block to the next.
fn holds_blocks(name: &str) -> bool {
    name == "details"
}

/// The safe tags that are open, each with the depth of the block in which it was opened.
#[derive(Debug, Default)]
pub struct OpenTags {
    open: Vec<(&'static str, usize)>,
    depth: usize,
    /// The names of start tags that were shown as text. Their end tags are shown too, but not reported again.
    shown: Vec<String>,
    /// Whether a comment continues in the next line of a block of HTML.
    is_comment: bool,
}

impl OpenTags {
    pub fn enter(&mut self) {
        self.depth += 1;
    }

    /// Ends a block or a span of text, and returns the tags that have to end with it, innermost first. If
    /// `all` is set, they include elements that may contain paragraphs, which otherwise go on after a block
    /// of HTML.
    pub fn leave(&mut self, all: bool) -> Vec<&'static str> {
        let depth = self.depth;
        self.is_comment = false;
        self.depth = self.depth.saturating_sub(1);
        if self.open.is_empty() {
            return Vec::new();
        }
        let ends =
            |(name, at): &(&'static str, usize)| *at >= depth && (all || !holds_blocks(name));
        let count = self.open.iter().rev().take_while(|tag| ends(tag)).count();
        let left = self.open.split_off(self.open.len().saturating_sub(count));
        // What stays open after a block of HTML belongs to the surrounding block.
        for (_, at) in &mut self.open {
            *at = (*at).min(self.depth);
        }
        left.into_iter().rev().map(|(name, _)| name).collect()
    }

    pub fn is_in_comment(&self) -> bool {
        self.is_comment
    }

    pub fn leave_all(&mut self) -> Vec<&'static str> {
        std::mem::take(&mut self.open).into_iter().rev().map(|(name, _)| name).collect()
    }

    /// Writes the allowed part of raw HTML, and returns the tags that had to be shown as text, with their
    /// positions. Each tag and comment is passed to `note` with its range.
    pub fn draw<'a>(
        &mut self,
        html: &'a str,
        block: bool,
        writer: &mut Writer,
        mut note: impl FnMut(Range<usize>, RegionKind),
    ) -> Vec<(usize, &'a str)> {
        let mut faults = Vec::new();
        let end = html.find("-->").map(|end| end + 3);
        let start = if self.is_comment { end.unwrap_or(html.len()) } else { 0 };
        if start > 0 {
            note(0..start, RegionKind::Comment);
        }
        let pieces = pieces(html, start);
        let is_open = |(piece, range): &(HtmlPiece<'_>, Range<usize>)| {
            *piece == HtmlPiece::Comment && !html.get(range.clone()).unwrap_or("").ends_with("-->")
        };
        self.is_comment = block && pieces.last().map_or(self.is_comment && end.is_none(), is_open);
        for (piece, range) in pieces {
            match piece {
                HtmlPiece::Text(_) => {}
                HtmlPiece::Comment => note(range, RegionKind::Comment),
                _ => note(range, RegionKind::Mark),
            }
            match piece {
                HtmlPiece::Open { name, html: tag, .. } if self.fits(name, block) => {
                    self.open.push((name, self.depth));
                    writer.raw(&tag);
                }
                HtmlPiece::Void(name) => writer.raw(&format!("<{name}>")),
                HtmlPiece::Close { name, .. }
                    if self.open.last().is_some_and(|(open, _)| *open == name) =>
                {
                    self.open.pop();
                    writer.raw(&format!("</{name}>"));
                }
                HtmlPiece::Comment => {}
                HtmlPiece::Text(text) => writer.escaped(&entities_decoded(text)),
                HtmlPiece::Close { written, .. }
                | HtmlPiece::Unsafe(written)
                | HtmlPiece::Open { written, .. } => {
                    let at = written.as_ptr() as usize - html.as_ptr() as usize;
                    if !self.ends_shown(written) {
                        faults.push((at, written));
                    }
                    writer.escaped(&escape(written));
                }
            }
        }
        faults
    }

    /// Whether an end tag that is shown as text closes a start tag that was shown too. A start tag is
    /// remembered.
    fn ends_shown(&mut self, written: &str) -> bool {
        let name = written.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        let name = name.to_ascii_lowercase();
        if !written.starts_with("</") {
            self.shown.push(name);
            return false;
        }
        let start = self.shown.iter().rposition(|shown| *shown == name);
        start.map(|start| self.shown.remove(start)).is_some()
    }

    /// Whether the element may stand here: `details` between blocks, `summary` first in `details`.
    fn fits(&self, name: &str, block: bool) -> bool {
        match name {
            "details" => block,
            "summary" => block && self.open.last().is_some_and(|(open, _)| *open == "details"),
            _ => true,
        }
    }
}

/// Whether the text before and after a tag may be one word.
pub fn joint(tag: &str) -> Joint {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let is = |other: &&str| name.get(..end).is_some_and(|name| name.eq_ignore_ascii_case(other));
    match ["br", "details", "summary", "rp", "rt"].iter().any(is) {
        true => Joint::Apart,
        false => Joint::Joined,
    }
}

/// The text of a block of HTML, with the entities decoded that Markdown knows too.
fn entities_decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('&') {
        decoded.push_str(&escape(head));
        let length = tail.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'));
        let name = length.filter(|at| tail.get(*at..).is_some_and(|rest| rest.starts_with(';')));
        let entity = name.and_then(|at| tail.split_at_checked(at + 1));
        let (written, behind) = entity.unwrap_or(("", tail));
        let said = events::inline_text(&format!("&{written}"));
        decoded.push_str(&escape(&said));
        rest = behind;
    }
    decoded + &escape(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safe_tags_are_written_anew_and_others_shown() {
        let shown = |html: &str| -> Vec<String> {
            pieces(html, 0)
                .into_iter()
                .map(|(piece, _)| match piece {
                    HtmlPiece::Open { html, .. } => html,
                    HtmlPiece::Void(name) => format!("<{name}>"),
                    HtmlPiece::Close { name, .. } => format!("</{name}>"),
                    HtmlPiece::Comment => "comment".to_owned(),
                    HtmlPiece::Unsafe(text) => format!("unsafe {text}"),
                    HtmlPiece::Text(text) => text.to_owned(),
                })
                .collect()
        };
        assert_eq!(shown("<KBD>x</kbd >"), ["<kbd>", "x", "</kbd>"]);
        assert_eq!(shown("<abbr title='a \"b\"'>"), ["<abbr title=\"a &quot;b&quot;\">"]);
        assert_eq!(shown("<br/>"), ["<br>"]);
        assert_eq!(shown("<br onclick=x>"), ["unsafe <br onclick=x>"]);
        assert_eq!(shown("<script>x"), ["unsafe <script>", "x"]);
        assert_eq!(shown("<img src='a>b' onerror=1>"), ["unsafe <img src='a>b' onerror=1>"]);
        assert_eq!(shown("<!-- note -->a"), ["comment", "a"]);
        assert_eq!(shown("<unclosed"), ["unsafe <unclosed"]);
        assert_eq!(
            shown("<span lang=\"zh\" lang=\"en\">"),
            ["unsafe <span lang=\"zh\" lang=\"en\">"]
        );
    }
}
