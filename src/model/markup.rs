//! Compiled Markdown: HTML with slots where addresses go once they are known.

use crate::model::span::Span;

/// Blocks of HTML. Where a link or picture needs its address, `html` has nothing yet and `slots` says so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markup {
    pub html: Box<str>,
    /// In order of `at`.
    pub slots: Box<[Slot]>,
}

impl Markup {
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }
}

/// A place in `Markup::html` and what goes there once it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Bytes from the start of the HTML.
    pub at: u32,
    pub fill: Fill,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The address attributes of a link or picture, by index into the links of the translation.
    /// The place is right behind `<a` or `<img`.
    Link(u32),
    /// A word of the interface in the reader's language, by its key.
    Word(&'static str),
}

/// A line of HTML without links, and the same without any tags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inline {
    pub html: Box<str>,
    pub plain: Box<str>,
}

/// A link or a picture as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub target: Box<str>,
    pub kind: LinkKind,
    pub span: Span,
}

impl Link {
    /// Whether both are the same but for their place.
    pub fn is_like(&self, other: &Link) -> bool {
        self.target == other.target && self.kind == other.kind
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    Link,
    Image,
}

/// Appends `text`, safe between quotes in HTML.
pub fn escape_into(html: &mut String, text: &str) {
    let is_special = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"');
    if !text.as_bytes().iter().any(is_special) {
        html.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// `text`, safe in HTML, between quotes too.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_into(&mut html, text);
    html
}
