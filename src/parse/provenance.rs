//! Where a guide's facts were found, and who checked them.

use std::sync::Arc;

use crate::model::date::Interval;
use crate::model::diagnostic::Code;
use crate::model::guide::{Review, Source};
use crate::model::id::Id;
use crate::model::span::Located;
use crate::model::unit::Wording;
use crate::parse::fields::{Faults, Fields};
use crate::parse::front_matter::day;
use crate::parse::items::{ItemReader, WORD};
use crate::parse::local;
use crate::parse::regions::field;
use crate::parse::yaml::{Node, Yaml};

pub fn review(node: &Node, reader: &mut ItemReader<'_, '_>) -> Option<Review> {
    let faults = &mut *reader.faults;
    let mut fields = Fields::open(node, "`review`", faults)?;
    let review = Review {
        verified: fields.value("verified", "a day, like `2026-08-22`", day, faults),
        every: fields
            .value(
                "every",
                "a number with `d`, `w`, `mo` or `y`, like `6mo`",
                Interval::parse,
                faults,
            )
            .map(|every| every.value),
        by: local::words(&mut fields, "by", reader.languages, faults),
    };
    for node in fields.node("by").into_iter().flat_map(local::texts) {
        reader.regions.push(field(reader.source, node.span));
    }
    fields.close(reader.faults);
    Some(review)
}

/// Reads a map of sources by id. Guides and operators have one.
pub fn sources(node: &Node, faults: &mut Faults<'_>) -> Vec<Source> {
    let mut sources = Vec::new();
    if Fields::open(node, "`sources`", faults).is_none() {
        return sources;
    }
    let Yaml::Map(entries) = &node.value else {
        return sources;
    };
    for entry in entries {
        let Some(id) = Id::parse(&entry.key) else {
            let message = format!("`{}` cannot be an id", entry.key);
            faults.hint(Code::BadValue, entry.key_span, message, format!("write {WORD}"));
            continue;
        };
        let Some(mut fields) = Fields::open(&entry.value, "a source", faults) else {
            continue;
        };
        let title = fields.required("title", faults);
        sources.push(Source {
            wording: Wording::of([&title]),
            title: title
                .map_or_else(|| Arc::from(entry.key.as_str()), |title| Arc::from(title.value)),
            id: Located::new(id, entry.key_span),
            url: fields.value("url", "an address with `https://`", web_address, faults),
            accessed: fields.value("accessed", "a day, like `2026-08-22`", day, faults),
            supports: fields.texts("supports", faults),
        });
        fields.close(faults);
    }
    sources
}

/// An `http` or `https` address.
pub fn web_address(text: &str) -> Option<Arc<str>> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let sound = !host.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    sound.then(|| Arc::from(text))
}
