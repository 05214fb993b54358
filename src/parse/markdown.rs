//! Compiles Markdown into sections of HTML with slots.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Options, Parser};
// The door of the parser: the other files that read its events take them from here.
#[cfg(test)]
pub(super) use pulldown_cmark::html::push_html;
pub(super) use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd,
};

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::markup::{Inline, Joint, Links, Markup};
use crate::model::region::{Region, RegionKind};
use crate::model::source::SourcePath;
use crate::model::span::{Located, Span};
use crate::model::vocabulary::BareLinks;
use crate::parse::autolinks::insertions;
use crate::parse::codes::ASTERISK;
use crate::parse::mend::{MARK, Mended, mend, mend_with};
use crate::parse::raw_html::joint;
use crate::parse::regions::{Surveyor, field};
use crate::parse::section_writer::SectionWriter;
use crate::parse::source_map::SourceMap;
use crate::parse::writer::Writer;

/// Where a Markdown text stands in its file.
#[derive(Debug, Clone)]
pub enum Origin {
    /// It is the rest of the file from this byte on.
    From(usize),
    /// It is a YAML value, whose lines may be folded: faults are shown at the whole value. None where
    /// its words were written elsewhere.
    Within(Span, Option<SourceMap>),
}

/// What the Markdown of one file adds to it.
#[derive(Debug)]
pub struct Sink<'a> {
    pub path: &'a SourcePath,
    pub links: &'a mut Links,
    pub bare_links: BareLinks,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

/// A heading as it was written, before its attributes are judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub span: Span,
    pub level: u8,
    pub id: Option<String>,
    pub attributes: Vec<(String, Option<String>)>,
}

/// A compiled text: what stands before the first heading, then heading by heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compiled {
    pub lead: Markup,
    pub sections: Vec<(Heading, Inline, Markup)>,
    pub footnotes: Markup,
}

/// Compiles `text`, and notes in `regions` what each part of it is.
pub fn compile(text: &str, origin: &Origin, regions: &mut Vec<Region>, sink: Sink<'_>) -> Compiled {
    let mended = mend_with(text, |text| insertions(text, sink.bare_links));
    let surveyor = Surveyor::new(&mended, origin, RegionKind::Text, regions);
    let mut section_writer = SectionWriter::new(surveyor, sink);
    let mut definitions = Definitions::of(&mended);
    for (event, range) in events(&mended) {
        definitions.see(&event);
        section_writer.draw(event, range);
    }
    for (label, range) in definitions.unused() {
        let span = section_writer.span(&range);
        let message = format!("nothing refers to the link `{label}`");
        let hint = format!("write `[words][{label}]` where it belongs, or take it out");
        section_writer.fault(Code::UnusedLink, span, message, &hint);
    }
    section_writer.finish()
}

/// The links that are defined apart from the words (`[label]: address`), each with its place.
struct Definitions(BTreeMap<String, (String, Range<usize>)>);

impl Definitions {
    fn of(mended: &Mended<'_>) -> Definitions {
        if !mended.text.contains("]:") {
            return Definitions(BTreeMap::new());
        }
        let parser = parser(&mended.text);
        let list = parser.reference_definitions().iter();
        // `[//]: # (words)` is how people write a note to themselves.
        let is_note = |label: &str, target: &str| {
            matches!(target, "" | "#") || !label.contains(char::is_alphanumeric)
        };
        let list = list.filter(|(label, definition)| !is_note(label, &definition.dest));
        let known = |label: &str| label.to_lowercase();
        Definitions(
            list.map(|(label, one)| (known(label), (label.to_owned(), one.span.clone()))).collect(),
        )
    }

    fn see(&mut self, event: &Event<'_>) {
        if self.0.is_empty() {
            return;
        }
        if let Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) = event {
            self.0.remove(&id.to_lowercase());
        }
    }

    /// In the order of the text.
    fn unused(self) -> Vec<(String, Range<usize>)> {
        let mut unused: Vec<_> = self.0.into_values().collect();
        unused.sort_by_key(|(_, range)| range.start);
        unused
    }
}

/// A line of Markdown that may hold emphasis and code, but no links.
pub fn inline(text: &Located<String>, source: &str, regions: &mut Vec<Region>) -> Inline {
    let bare = text.value.trim();
    if !bare.contains(['*', '_', '`', '[', '<', '>', '&', '\\', '~', '"', '!', '\n', ':', MARK]) {
        regions.push(field(source, text.span));
        return Inline { html: bare.into(), plain: bare.into() };
    }
    let mended = mend(bare);
    let origin = Origin::Within(text.span, SourceMap::new(bare, source, text.span));
    let mut plain = String::new();
    let mut writer = Writer::of(&mended);
    let mut surveyor = Surveyor::new(&mended, &origin, RegionKind::Field, regions);
    for (event, range) in events(&mended) {
        surveyor.see(&event, &range);
        match &event {
            Event::Text(text) | Event::Code(text) => plain.push_str(text),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            Event::InlineHtml(tag) if joint(tag) == Joint::Apart => {
                plain.push(' ');
                writer.event(Event::SoftBreak);
                continue;
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            _ => continue,
        }
        writer.event(event);
    }
    surveyor.finish();
    Inline { html: writer.take_line(), plain: plain.replace(MARK, "").trim().into() }
}

/// The events of a text, with the asterisks of its codes in their places again.
fn events<'a>(mended: &'a Mended<'_>) -> impl Iterator<Item = (Event<'a>, Range<usize>)> {
    let events = parser(&mended.text).into_offset_iter();
    let is_coded = mended.is_coded;
    events.map(move |(event, range)| (if is_coded { restored(event) } else { event }, range))
}

fn restored(event: Event<'_>) -> Event<'_> {
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

/// A part of a text as it was typed.
fn plain(text: CowStr<'_>) -> CowStr<'_> {
    match text.contains(ASTERISK) {
        true => text.replace(ASTERISK, "*").into(),
        false => text,
    }
}

/// The text of a line of Markdown.
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
