//! Compiles Markdown into sections of HTML with slots, in one run of the HTML writer.

use pulldown_cmark::{Options, Parser, html};
// The door of the parser: the other files that read its events take them from here.
pub(super) use pulldown_cmark::{
    Alignment, BlockQuoteKind, CowStr, Event, HeadingLevel, Tag, TagEnd,
};

use crate::model::diagnostic::Diagnostic;
use crate::model::markup::{Inline, Link, Markup};
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::parse::cut::{self, Cut};
use crate::parse::drawer::{Drawer, Drawn};
use crate::parse::mend::{MARK, mend};

/// Where a Markdown text stands in its file.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// It is the rest of the file from this byte on.
    From(usize),
    /// It is a YAML value, whose lines may be folded: faults are shown at the whole value.
    Within(Span),
}

/// What the Markdown of one file adds to it.
#[derive(Debug)]
pub struct Sink<'a> {
    pub path: &'a SourcePath,
    pub links: &'a mut Vec<Link>,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

/// A heading as it was written, before its attributes are judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub span: Span,
    pub level: u8,
    pub id: Option<String>,
    pub attributes: Vec<(String, Option<String>)>,
    /// The text of the title without tags.
    pub plain: String,
}

/// A compiled text: what stands before the first heading, then heading by heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compiled {
    pub lead: Markup,
    pub sections: Vec<(Heading, Inline, Markup)>,
    pub footnotes: Markup,
}

pub fn compile(text: &str, origin: Origin, sink: Sink<'_>) -> Compiled {
    let mended = mend(text);
    let mut drawer = Drawer::new(&mended, origin, sink);
    let parser = Parser::new_ext(&mended.text, options()).into_offset_iter();
    let mut events = parser.peekable();
    while let Some((event, range)) = events.next() {
        let next = events.peek().map(|(event, _)| event);
        drawer.draw(event, range, next);
    }
    let headings = drawer.finish();
    let Drawn { events, headings } = headings;
    let mut written = String::with_capacity(text.len() * 3 / 2);
    // One run only: the HTML writer keeps state between events.
    html::push_html(&mut written, events.into_iter());
    if written.contains(MARK) {
        written = written.replace(MARK, "");
    }
    let Cut { lead, sections, footnotes } = cut::cut(&written);
    let sections = headings.into_iter().zip(sections);
    let sections = sections.map(|(heading, (title, text))| {
        let plain = heading.plain.trim().into();
        (heading, Inline { html: title, plain }, text)
    });
    Compiled { lead, sections: sections.collect(), footnotes }
}

/// A line of Markdown that may hold emphasis and code, but no links.
pub fn inline(text: &str) -> Inline {
    let text = text.trim();
    if !text.contains(['*', '_', '`', '[', '<', '>', '&', '\\', '~', '"', '!', '\n', ':', MARK]) {
        return Inline { html: text.into(), plain: text.into() };
    }
    let mended = mend(text);
    let mut plain = String::new();
    let events = Parser::new_ext(&mended.text, options()).filter(|event| match event {
        Event::Text(text) | Event::Code(text) => {
            plain.push_str(text);
            true
        }
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
        }
        Event::End(tag) => {
            matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
        }
        Event::SoftBreak | Event::HardBreak => {
            plain.push(' ');
            true
        }
        _ => false,
    });
    let mut written = String::new();
    html::push_html(&mut written, events);
    let clean = |text: &str| -> Box<str> { text.replace(MARK, "").trim().into() };
    Inline { html: clean(&written), plain: clean(&plain) }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}
