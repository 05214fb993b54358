//! Reads a translation's front matter: the words of items, and the pins of what they were made from.

use std::collections::BTreeMap;

use crate::model::diagnostic::Code;
use crate::model::fingerprint::Pin;
use crate::model::guide::{ItemWords, TranslationWords};
use crate::model::id::{GuideId, Id};
use crate::model::language::Language;
use crate::model::span::{Located, Span};
use crate::model::suggest::suggest;
use crate::model::unit::{UnitKey, Wording};
use crate::model::vocabulary::TranslationStatus;
use crate::parse::fields::{Faults, Fields, text};
use crate::parse::items::{ItemReader, WORD};
use crate::parse::shape;
use crate::parse::yaml::{Node, Yaml};

pub fn words(outer: &mut Fields<'_>, reader: &mut ItemReader<'_, '_>) -> TranslationWords {
    let nothing = Node { span: outer.span, value: Yaml::Null };
    let node = outer.entry("translation").map_or(&nothing, |entry| &entry.value);
    let mut of = Located::new(fallback_language(), node.span);
    let mut status = TranslationStatus::Human;
    let mut at = BTreeMap::new();
    if let Some(mut fields) = Fields::open(node, "`translation`", reader.faults) {
        if fields.node("of").is_some() {
            let form = "the tag of the original's language, like `en`";
            of = fields.value("of", form, Language::parse, reader.faults).unwrap_or(of);
        } else {
            fields.required("of", reader.faults);
        }
        status = fields.word("status", reader.faults).unwrap_or(status);
        at = fields.node("at").map(|node| pins(node, reader.faults)).unwrap_or_default();
        fields.close(reader.faults);
    }
    let items = outer.node("words").map(|node| item_words(node, reader)).unwrap_or_default();
    TranslationWords { of, status, at, items }
}

/// Reads the pins that `translations done` wrote.
fn pins(node: &Node, faults: &mut Faults<'_>) -> BTreeMap<UnitKey, Pin> {
    let mut pins = BTreeMap::new();
    if Fields::open(node, "`at`", faults).is_none() {
        return pins;
    }
    let Yaml::Map(entries) = &node.value else { return pins };
    for entry in entries {
        let pin = match &entry.value.value {
            Yaml::Text(text) | Yaml::Number(text) => Pin::parse(text),
            _ => None,
        };
        match (UnitKey::parse(&entry.key), pin) {
            (Some(key), Some(pin)) => {
                pins.insert(key, pin);
            }
            _ => {
                let message = format!("`{}` under `at` is not as the program wrote it", entry.key);
                let hint =
                    "take it out, and run `cicerone translations done` when it is translated";
                faults.hint(Code::BadValue, entry.key_span, message, hint);
            }
        }
    }
    pins
}

fn fallback_language() -> Language {
    Language::parse("en").unwrap_or_else(|| unreachable!("`en` is a language"))
}

fn item_words(node: &Node, reader: &mut ItemReader<'_, '_>) -> BTreeMap<Id, ItemWords> {
    let mut items = BTreeMap::new();
    // Opened to check for duplicate keys. Whether an id exists is checked against the original later.
    if Fields::open(node, "`words`", reader.faults).is_none() {
        return items;
    }
    let Yaml::Map(entries) = &node.value else { return items };
    for entry in entries {
        let Some(id) = Id::parse(&entry.key) else {
            let message = format!("`{}` cannot be an id", entry.key);
            reader.faults.hint(Code::BadValue, entry.key_span, message, format!("write {WORD}"));
            continue;
        };
        let words = one_items_words(&entry.value, entry.key_span, reader);
        items.insert(id, words);
    }
    items
}

fn one_items_words(node: &Node, span: Span, reader: &mut ItemReader<'_, '_>) -> ItemWords {
    if !matches!(node.value, Yaml::Map(_)) {
        let title = text(node, "title", reader.faults);
        let wording = Wording::of([&title]);
        let title = title.map(|text| reader.line(&text));
        return ItemWords { span, title, wording, ..ItemWords::default() };
    }
    let Some(mut fields) = Fields::open(node, "an item's words", reader.faults) else {
        return ItemWords { span, ..ItemWords::default() };
    };
    let mut word = |name| fields.text(name, reader.faults);
    // A review has only one word of its own, `by`.
    let [title, text, remedy, alt, by] = ["title", "text", "remedy", "alt", "by"].map(&mut word);
    fields.close(reader.faults);
    let mut wording = Wording::of([&title, &text, &remedy, &by]);
    let alt = reader.alt(alt, &mut wording);
    ItemWords {
        span,
        title: title.or(by).map(|text| reader.line(&text)),
        text: text.map(|text| reader.blocks(&text)),
        remedy: remedy.map(|text| reader.line(&text)),
        alt,
        wording,
    }
}

/// Reports fields of a translation that are facts, or that do not exist at all.
pub fn facts_elsewhere(
    fields: &Fields<'_>,
    words: &TranslationWords,
    guide: &GuideId,
    faults: &mut Faults<'_>,
) {
    for entry in fields.rest() {
        if shape::of("a guide").is_some_and(|guide| guide.field(&entry.key).is_some()) {
            let message = format!("`{}` is a fact, and stands in a translation", entry.key);
            let hint = format!(
                "take it out: facts live in `{}/{}.md`; words of items go under `words:`",
                guide, words.of.value
            );
            faults.hint(Code::FactInTranslation, entry.key_span, message, hint);
            continue;
        }
        let message = format!("a translation has no field `{}`", entry.key);
        let known = ["title", "summary", "slug", "translation", "words", "search"];
        let hint = match suggest(&entry.key, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "its fields are `title`, `summary`, `slug`, `translation`, `words`, `search`"
                .to_owned(),
        };
        faults.hint(Code::UnknownField, entry.key_span, message, hint);
    }
}
