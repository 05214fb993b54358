//! Compiles Markdown into sections of HTML with slots.

use crate::model::markup::{Inline, Joint};
use crate::model::region::{Region, RegionKind};
use crate::model::span::Located;
use crate::parse::events::{Compiled, Event, Origin, Sink, Tag, TagEnd, events};
use crate::parse::mend::{MARK, mend};
use crate::parse::raw_html::joint;
use crate::parse::regions::{Surveyor, field};
use crate::parse::section_writer::SectionWriter;
use crate::parse::source_map::SourceMap;
use crate::parse::writer::Writer;

/// Compiles `text`, and records in `regions` what each part of it is.
pub fn compile(text: &str, origin: &Origin, regions: &mut Vec<Region>, sink: Sink<'_>) -> Compiled {
    let mended = mend(text);
    let surveyor = Surveyor::new(&mended, origin, RegionKind::Text, regions);
    let mut section_writer = SectionWriter::new(surveyor, sink);
    for (event, range) in events(&mended) {
        section_writer.draw(event, range);
    }
    section_writer.finish()
}

/// Compiles a line of Markdown that may contain emphasis and code, but no links.
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
