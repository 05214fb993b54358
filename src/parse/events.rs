//! The door to the Markdown parser: its events, with codes as they were typed.

use std::ops::Range;

use pulldown_cmark::{Options, Parser};

use crate::model::diagnostic::Diagnostic;
use crate::model::markup::{Inline, Links, Markup};
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::model::vocabulary::BareLinks;
use crate::parse::codes::ASTERISK;
use crate::parse::mend::Mended;
use crate::parse::source_map::SourceMap;

// Every other file that reads the parser's events imports them from here.
#[cfg(test)]
pub(super) use pulldown_cmark::html::push_html;
pub(super) use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd,
};

/// Where a Markdown text stands in its file.
#[derive(Debug, Clone)]
pub enum Origin {
    /// The text is the rest of the file, starting at this byte.
    From(usize),
    /// The text is a YAML value, whose lines may be folded. Faults are reported for the whole value. There is
    /// no map if the words were written elsewhere.
    Within(Span, Option<SourceMap>),
}

/// What compiling the Markdown of one file adds to.
#[derive(Debug)]
pub struct Sink<'a> {
    pub path: &'a SourcePath,
    pub links: &'a mut Links,
    pub bare_links: BareLinks,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

/// A heading as it was written, before its attributes are checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub span: Span,
    pub level: u8,
    pub id: Option<String>,
    pub attributes: Vec<(String, Option<String>)>,
}

/// A compiled text: the part before the first heading, then one section for each heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compiled {
    pub lead: Markup,
    pub sections: Vec<(Heading, Inline, Markup)>,
    pub footnotes: Markup,
}

/// The events of a text, with the asterisks of its codes put back.
pub fn events<'a>(mended: &'a Mended<'_>) -> impl Iterator<Item = (Event<'a>, Range<usize>)> {
    let events = parser(&mended.text).into_offset_iter();
    let is_coded = mended.is_coded;
    events.map(move |(event, range)| (if is_coded { restored(event) } else { event }, range))
}

pub fn restored(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(plain(text)),
        Event::Code(text) => Event::Code(plain(text)),
        Event::Html(text) => Event::Html(plain(text)),
        Event::InlineHtml(text) => Event::InlineHtml(plain(text)),
        Event::FootnoteReference(label) => Event::FootnoteReference(plain(label)),
        Event::Start(tag) => Event::Start(match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                let (dest_url, title) = (plain(dest_url), plain(title));
                Tag::Link { link_type, dest_url, title, id }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let (dest_url, title) = (plain(dest_url), plain(title));
                Tag::Image { link_type, dest_url, title, id }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Tag::CodeBlock(CodeBlockKind::Fenced(plain(info)))
            }
            Tag::FootnoteDefinition(label) => Tag::FootnoteDefinition(plain(label)),
            Tag::Heading { level, id, classes, attrs } => {
                let id = id.map(plain);
                let classes = classes.into_iter().map(plain).collect();
                let attrs = attrs.into_iter();
                let attrs = attrs.map(|(name, value)| (plain(name), value.map(plain))).collect();
                Tag::Heading { level, id, classes, attrs }
            }
            tag => tag,
        }),
        event => event,
    }
}

/// A part of a text as it was typed, with its asterisks put back.
pub fn plain(text: CowStr<'_>) -> CowStr<'_> {
    match text.contains(ASTERISK) {
        true => text.replace(ASTERISK, "*").into(),
        false => text,
    }
}

/// The text of a line of Markdown, without markup.
pub(super) fn inline_text(text: &str) -> String {
    let mut plain = String::new();
    for event in parser(text) {
        if let Event::Text(text) = event {
            plain.push_str(&text);
        }
    }
    plain
}

pub(super) fn parser(text: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    Parser::new_ext(text, options)
}
