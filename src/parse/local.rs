//! Reads words that are the same in every language, or that are given language by language.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::diagnostic::Code;
use crate::model::language::Language;
use crate::model::operator::LocalText;
use crate::model::suggest::suggest;
use crate::parse::fields::{Faults, Fields, text};
use crate::parse::yaml::{Entry, Node, Yaml};

pub const TAG: &str = "the tag of a language, like `en` or `zh-Hans`";

/// The words in the field `name`; empty if the field is absent.
pub fn words(
    fields: &mut Fields<'_>,
    name: &'static str,
    languages: &[Language],
    faults: &mut Faults<'_>,
) -> LocalText {
    fields.node(name).map(|node| local(node, name, languages, faults)).unwrap_or_default()
}

pub fn local(
    node: &Node,
    name: &str,
    languages: &[Language],
    faults: &mut Faults<'_>,
) -> LocalText {
    let Yaml::Map(entries) = &node.value else {
        let default = text(node, name, faults).map(|text| Arc::from(text.value));
        return LocalText { default, by_language: BTreeMap::new() };
    };
    let mut words = LocalText::default();
    for entry in entries {
        let Some(value) = text(&entry.value, name, faults) else { continue };
        if entry.key == "default" {
            words.default = Some(Arc::from(value.value));
        } else if let Some(language) = language(entry, languages, faults) {
            words.by_language.insert(language, Arc::from(value.value));
        }
    }
    words
}

/// The texts of such words, in whatever language.
pub fn texts(node: &Node) -> impl Iterator<Item = &Node> {
    let entries = match &node.value {
        Yaml::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    let alone = Some(node).filter(|node| !matches!(node.value, Yaml::Map(_)));
    alone.into_iter().chain(entries.iter().map(|entry| &entry.value))
}

/// Reads lists of words by language: `{en: [card number], zh-Hans: [卡号]}`.
pub fn lists(
    fields: &mut Fields<'_>,
    name: &'static str,
    languages: &[Language],
    faults: &mut Faults<'_>,
) -> BTreeMap<Language, Vec<Arc<str>>> {
    let mut lists = BTreeMap::new();
    let Some(node) = fields.node(name) else { return lists };
    let Yaml::Map(entries) = &node.value else {
        let message = format!("`{name}` is a map of languages, not {}", node.value.kind());
        faults.hint(Code::WrongType, node.span, message, "write `{en: [one, two]}`");
        return lists;
    };
    for entry in entries {
        let Some(language) = language(entry, languages, faults) else { continue };
        let nodes = match &entry.value.value {
            Yaml::List(list) => list.as_slice(),
            _ => std::slice::from_ref(&entry.value),
        };
        let texts = nodes.iter().filter_map(|node| text(node, name, faults));
        lists.insert(language, texts.map(|text| Arc::from(text.value)).collect());
    }
    lists
}

/// A key that names one of the site's languages.
pub fn language(
    entry: &Entry,
    languages: &[Language],
    faults: &mut Faults<'_>,
) -> Option<Language> {
    let parsed = Language::parse(&entry.key);
    match parsed {
        // Without a list of the site's languages, any tag is accepted.
        Some(language) if languages.contains(&language) || languages.is_empty() => Some(language),
        _ => {
            let known = languages.iter().map(Language::tag).chain(["default"]);
            let hint = match suggest(&entry.key, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write {TAG}, or add it to `languages` in `guides/site.yaml`"),
            };
            let message = format!("`{}` is no language of this site", entry.key);
            faults.hint(Code::UndeclaredLanguage, entry.key_span, message, hint);
            None
        }
    }
}
