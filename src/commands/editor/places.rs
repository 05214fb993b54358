//! Finds where in the sources you can change what a page shows.

use std::collections::BTreeMap;

use crate::commands::editor::data::{EditorData, spots};
use crate::model::guide::{Role, Translation};
use crate::model::id::{GuideId, OperatorId};
use crate::model::language::Language;
use crate::model::site::{Edition, Guide, PageKey};
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::serve::{Pair, Places, Spot};

const SETTINGS: &str = "guides/site.yaml";

/// The files that a page is made from: the one in its language, then the original.
pub fn sources(data: &EditorData, page: &str) -> Vec<SourcePath> {
    let Some((key, index)) = data.key(page) else { return Vec::new() };
    let language = data.site().language(index);
    if let PageKey::Guide(id) = key {
        let Some(guide) = data.site().guides.get(id) else { return Vec::new() };
        let (own, original) = (&guide.edition(language).text.path, &guide.original.text.path);
        let original = Some(original).filter(|original| *original != own);
        return std::iter::once(own).chain(original).cloned().collect();
    }
    let own = folder(key).and_then(|id| words(data, &id, language));
    own.map(|edition| edition.text.path.clone()).into_iter().collect()
}

/// The folder whose section or home page this is.
fn folder(key: &PageKey) -> Option<GuideId> {
    match key {
        PageKey::Folder(id) => Some(id.clone()),
        PageKey::Home => GuideId::parse(""),
        _ => None,
    }
}

fn words<'a>(data: &'a EditorData, id: &GuideId, language: &Language) -> Option<&'a Edition> {
    data.site().folders.get(id)?.words.get(language)
}

pub fn places(data: &EditorData, page: &str) -> Places {
    let Some((key, index)) = data.key(page) else { return settings(data) };
    let language = data.site().language(index);
    let found = match key {
        PageKey::Guide(id) => {
            data.site().guides.get(id).map(|guide| of_guide(data, guide, language))
        }
        PageKey::Operator(id) => operator(data, id),
        PageKey::Glossary => terms(data),
        key => folder(key).and_then(|id| Some(of_folder(data, words(data, &id, language)?))),
    };
    found.unwrap_or_else(|| settings(data))
}

/// The place for a page that has no file of its own: the settings decide which such pages there are.
fn settings(data: &EditorData) -> Places {
    let path = SourcePath::new(SETTINGS);
    let there = data.read.value.text(SETTINGS).is_some();
    let page = there.then(|| data.spot(&path, Span::default()));
    Places { page, ..Places::default() }
}

type PlacedParts = BTreeMap<String, Spot>;

fn of_guide(data: &EditorData, guide: &Guide, language: &Language) -> Places {
    let own = &*guide.edition(language).text;
    let original = &*guide.original.text;
    let mut parts = PlacedParts::new();
    // The translation's own words replace the places of the original's.
    facts(data, guide, &mut parts);
    if original.path != own.path {
        sections(data, guide, original, &mut parts);
    }
    if let Role::Translation(words) = &own.role {
        let spot = spots(&own.path, data.text(&own.path));
        let written = words.items.iter().filter(|(_, item)| !item.wording.is_empty());
        parts.extend(written.map(|(id, item)| (id.to_string(), spot(item.span))));
    }
    sections(data, guide, own, &mut parts);
    let page = Some(data.spot(&own.path, own.title.span));
    Places { page, parts, pair: pair(data, guide, language) }
}

fn facts(data: &EditorData, guide: &Guide, parts: &mut PlacedParts) {
    let original = &guide.original.text;
    let spot = spots(&original.path, data.text(&original.path));
    let facts = guide.facts();
    for (_, item) in facts.items() {
        if let Some(id) = &item.id {
            parts.insert(id.value.to_string(), spot(id.span));
        }
    }
    for source in &facts.sources {
        parts.insert(format!("source-{}", source.id.value), spot(source.id.span));
    }
}

/// Adds the places of a text's sections, by anchor. Of the original behind a translation, sections without
/// an id are not on the page, and nothing asks for their places.
fn sections(data: &EditorData, guide: &Guide, text: &Translation, parts: &mut PlacedParts) {
    let spot = spots(&text.path, data.text(&text.path));
    for section in &text.body.sections {
        parts.insert(guide.anchor(section).into_owned(), spot(section.span));
    }
}

/// The original and the page's language; if the page is the original, the original and the first other
/// language.
fn pair(data: &EditorData, guide: &Guide, language: &Language) -> Option<Pair> {
    let original = &guide.original.text.language;
    let mut others = data.site().config.languages.iter().filter(|language| *language != original);
    let right = if language == original { others.next()? } else { language };
    Some(Pair { guide: guide.id.clone(), left: original.clone(), right: right.clone() })
}

fn of_folder(data: &EditorData, edition: &Edition) -> Places {
    let text = &edition.text;
    let spot = spots(&text.path, data.text(&text.path));
    let sections = text.body.sections.iter();
    let parts = sections.map(|section| (section.anchor.to_string(), spot(section.span))).collect();
    Places { page: Some(spot(text.title.span)), parts, pair: None }
}

fn operator(data: &EditorData, id: &OperatorId) -> Option<Places> {
    let operator = data.site().registry.operators.get(id)?;
    let spot = spots(&operator.path, data.text(&operator.path));
    let channel = |channel: &crate::model::operator::Channel| {
        (channel.id.value.to_string(), spot(channel.id.span))
    };
    let parts = operator.channels.iter().map(channel).collect();
    Some(Places { page: Some(spot(operator.span)), parts, pair: None })
}

fn terms(data: &EditorData) -> Option<Places> {
    let terms = &data.site().registry.terms;
    let path = &terms.values().next()?.path;
    let spot = spots(path, data.text(path));
    let parts = terms.values().map(|term| (term.id.to_string(), spot(term.span))).collect();
    Some(Places { page: Some(spot(Span::default())), parts, pair: None })
}
