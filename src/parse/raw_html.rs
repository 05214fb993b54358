//! Lets harmless tags of raw HTML through where they may stand; everything else is shown as text.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::markup::{Joint, escape};
use crate::parse::html_tags::{HtmlPiece, HtmlTag, VOID, pieces, unescaped};

/// What is drawn of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrawnHtml<'a> {
    Comment,
    Text(&'a str),
    /// A safe tag, written anew; the start tag that it is of.
    Tag(String, Option<HtmlTag>),
    Picture(HtmlTag),
    /// A tag that is shown as it was typed.
    Shown(&'a str, TagReport),
    /// The end of what has ended already.
    Nothing,
}

/// Whether a tag that is shown is reported; its end tag is not told again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagReport {
    Now,
    Before,
}

/// Whether an element may contain paragraphs, and so may stay open from one block to the next.
fn holds_blocks(name: &str) -> bool {
    matches!(name, "details" | "div" | "figure" | "figcaption") || is_of_table(name)
}

/// Whether words may stand right in it; nothing is no element at all.
fn holds_text(name: &str) -> bool {
    matches!(name, "" | "td" | "th" | "caption") || (holds_blocks(name) && !is_of_table(name))
}

fn is_of_table(name: &str) -> bool {
    matches!(name, "table" | "caption" | "thead" | "tbody" | "tfoot" | "tr" | "th" | "td")
}

/// Whether the start of `next`, or the end of an element around, ends `open` as well (HTML, 13.1.2.4).
fn is_ended(open: &str, next: &str) -> bool {
    match next {
        "p" => open == "p",
        "td" | "th" => matches!(open, "td" | "th" | "p"),
        "tr" => matches!(open, "td" | "th" | "p" | "tr"),
        "thead" | "tbody" | "tfoot" => {
            matches!(open, "td" | "th" | "p" | "tr" | "thead" | "tbody" | "tfoot" | "caption")
        }
        _ => false,
    }
}

/// Whether HTML lets the end tag be left out.
pub fn ends_by_itself(name: &str) -> bool {
    matches!(name, "p") || (is_of_table(name) && !matches!(name, "table" | "caption"))
}

/// The safe tags that are open, each with the depth of the block in which it was opened.
#[derive(Debug, Default)]
pub struct OpenTags {
    open: Vec<(&'static str, usize)>,
    depth: usize,
    /// The names of start tags that were shown as text. Their end tags are shown too, but not reported again.
    shown: Vec<String>,
    /// How many paragraphs and boxes ended before their end tags.
    ended: BTreeMap<&'static str, usize>,
    /// Whether a comment goes on in the next line of a block of HTML.
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
        self.end(left)
    }

    fn end(&mut self, left: Vec<(&'static str, usize)>) -> Vec<&'static str> {
        let names: Vec<&'static str> = left.into_iter().rev().map(|(name, _)| name).collect();
        for name in names.iter().filter(|name| matches!(**name, "p" | "div")) {
            *self.ended.entry(name).or_default() += 1;
        }
        names
    }

    pub fn is_in_comment(&self) -> bool {
        self.is_comment
    }

    pub fn leave_all(&mut self) -> Vec<&'static str> {
        let open = std::mem::take(&mut self.open);
        self.end(open)
    }

    /// What raw HTML is to be drawn as, piece by piece with its place.
    pub fn draw<'a>(&mut self, html: &'a str, block: bool) -> Vec<(DrawnHtml<'a>, Range<usize>)> {
        let mut drawn = Vec::new();
        let end = html.find("-->").map(|end| end + 3);
        let start = if self.is_comment { end.unwrap_or(html.len()) } else { 0 };
        if start > 0 {
            drawn.push((DrawnHtml::Comment, 0..start));
        }
        let pieces = pieces(html, start);
        let is_open = |(piece, range): &(HtmlPiece<'_>, Range<usize>)| {
            *piece == HtmlPiece::Comment && !html.get(range.clone()).unwrap_or("").ends_with("-->")
        };
        self.is_comment = block && pieces.last().map_or(self.is_comment && end.is_none(), is_open);
        for (piece, range) in pieces {
            let piece = match piece {
                HtmlPiece::Comment => DrawnHtml::Comment,
                HtmlPiece::Text(text) => DrawnHtml::Text(text),
                HtmlPiece::Open { tag, written } => self.opened(tag, written, block),
                HtmlPiece::Close { name, written } => self.closed(name, written),
                HtmlPiece::Unsafe(written) => self.shown(written),
            };
            drawn.push((piece, range));
        }
        drawn
    }

    fn opened<'a>(&mut self, tag: HtmlTag, written: &'a str, block: bool) -> DrawnHtml<'a> {
        let name = tag.name;
        let ended = self.open.iter().rev().take_while(|(open, _)| is_ended(open, name)).count();
        let around = self.open.len().saturating_sub(ended);
        if !self.fits(&tag, around, block) {
            return self.shown(written);
        }
        let left = self.open.split_off(around);
        let mut html: String = left.iter().rev().map(|(name, _)| format!("</{name}>")).collect();
        if name == "img" {
            return DrawnHtml::Picture(tag);
        }
        html.push_str(&tag.html());
        if !VOID.contains(&name) {
            self.open.push((name, self.depth));
        }
        DrawnHtml::Tag(html, Some(tag))
    }

    fn closed<'a>(&mut self, name: &'static str, written: &'a str) -> DrawnHtml<'a> {
        // What may end by itself ends with what is around it.
        let inner = self.open.iter().rev().map(|(open, _)| *open);
        let inner: Vec<_> =
            inner.take_while(|open| *open != name && ends_by_itself(open)).collect();
        let place = self.open.len().checked_sub(inner.len() + 1);
        let place = place.filter(|at| self.open.get(*at).is_some_and(|(open, _)| *open == name));
        if let Some(place) = place {
            self.open.truncate(place);
            let ends = inner.into_iter().chain([name]).map(|name| format!("</{name}>"));
            return DrawnHtml::Tag(ends.collect(), None);
        }
        match self.ended.get_mut(name).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                DrawnHtml::Nothing
            }
            None => self.shown(written),
        }
    }

    fn shown<'a>(&mut self, written: &'a str) -> DrawnHtml<'a> {
        let told = if self.ends_shown(written) { TagReport::Before } else { TagReport::Now };
        DrawnHtml::Shown(written, told)
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

    /// Whether the element may stand in those that stay open: rows in tables, `details` between blocks, `summary`
    /// first in `details`.
    fn fits(&self, tag: &HtmlTag, around: usize, block: bool) -> bool {
        let around = self.open.get(..around).unwrap_or_default();
        let parent = around.last().map_or("", |(name, _)| *name);
        match tag.name {
            "details" | "div" | "figure" | "table" | "p" => block && holds_text(parent),
            "summary" => block && parent == "details",
            "figcaption" => parent == "figure",
            "caption" | "thead" | "tbody" | "tfoot" => parent == "table",
            "tr" => matches!(parent, "table" | "thead" | "tbody" | "tfoot"),
            "td" | "th" => parent == "tr",
            "a" => tag.anchor().is_some(),
            "img" => tag.get("src").is_some(),
            _ => true,
        }
    }
}

/// Whether the text before and after a tag may be one word.
pub fn joint(tag: &str) -> Joint {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let is = |other: &&str| name.get(..end).is_some_and(|name| name.eq_ignore_ascii_case(other));
    let apart = [
        "br",
        "details",
        "summary",
        "rp",
        "rt",
        "p",
        "div",
        "figure",
        "figcaption",
        "img",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
    ];
    match apart.iter().any(is) {
        true => Joint::Apart,
        false => Joint::Joined,
    }
}

/// Text of a block of HTML, whose entities Markdown knows as well, and which is HTML again.
pub fn entities_decoded(text: &str) -> String {
    escape(&unescaped(text))
}
