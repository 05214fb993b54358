//! Compiles Markdown into sections of HTML with slots.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::diagnostic::Code;
use crate::model::markup::{Inline, Joint};
use crate::model::region::{Region, RegionKind};
use crate::model::span::Located;
use crate::parse::autolinks::insertions;
use crate::parse::events::{Compiled, Event, Origin, Sink, Tag, TagEnd, events, parser};
use crate::parse::mend::{MARK, Mended, mend, mend_with};
use crate::parse::raw_html::joint;
use crate::parse::regions::{Surveyor, field};
use crate::parse::section_writer::SectionWriter;
use crate::parse::source_map::SourceMap;
use crate::parse::writer::Writer;

/// Compiles `text`, and records in `regions` what each part of it is.
pub fn compile(text: &str, origin: &Origin, regions: &mut Vec<Region>, sink: Sink<'_>) -> Compiled {
    let mended = mend_with(text, |text| insertions(text, sink.bare_links));
    let mut surveyor = Surveyor::new(&mended, origin, RegionKind::Text, regions);
    let mut definitions = Definitions::of(&mended);
    for (_, range) in definitions.0.values() {
        surveyor.note_entities(range);
    }
    let mut section_writer = SectionWriter::new(surveyor, sink);
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
