//! Finds where in the sources to change what a page shows.

use std::collections::BTreeMap;

use crate::commands::desk::{Papers, spots};
use crate::model::guide::{Role, Translation};
use crate::model::id::{GuideId, OperatorId};
use crate::model::language::Language;
use crate::model::site::{Edition, Guide, PageKey};
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::serve::{Pair, Places, Spot};

const SETTINGS: &str = "guides/site.yaml";

/// What a page of words is made from: the file in its language, then the original.
pub fn sources(papers: &Papers, page: &str) -> Vec<SourcePath> {
    let Some((key, index)) = papers.key(page) else { return Vec::new() };
    let language = papers.site().language(index);
    if let PageKey::Guide(id) = key {
        let Some(guide) = papers.site().guides.get(id) else { return Vec::new() };
        let (own, original) = (&guide.edition(language).text.path, &guide.original.text.path);
        let original = Some(original).filter(|original| *original != own);
        return std::iter::once(own).chain(original).cloned().collect();
    }
    let own = folder(key).and_then(|id| words(papers, &id, language));
    own.map(|edition| edition.text.path.clone()).into_iter().collect()
}

/// The section or the home page that a page is of.
fn folder(key: &PageKey) -> Option<GuideId> {
    match key {
        PageKey::Folder(id) => Some(id.clone()),
        PageKey::Home => GuideId::parse(""),
        _ => None,
    }
}

fn words<'a>(papers: &'a Papers, id: &GuideId, language: &Language) -> Option<&'a Edition> {
    papers.site().folders.get(id)?.words.get(language)
}

pub fn places(papers: &Papers, page: &str) -> Places {
    let Some((key, index)) = papers.key(page) else { return settings(papers) };
    let language = papers.site().language(index);
    let found = match key {
        PageKey::Guide(id) => {
            papers.site().guides.get(id).map(|guide| of_guide(papers, guide, language))
        }
        PageKey::Operator(id) => operator(papers, id),
        PageKey::Glossary => terms(papers),
        key => folder(key).and_then(|id| Some(of_folder(papers, words(papers, &id, language)?))),
    };
    found.unwrap_or_else(|| settings(papers))
}

/// Of a page that no file holds: the settings say which such pages there are.
fn settings(papers: &Papers) -> Places {
    let path = SourcePath::new(SETTINGS);
    let there = papers.read.value.text(SETTINGS).is_some();
    let page = there.then(|| papers.spot(&path, Span::default()));
    Places { page, ..Places::default() }
}

type Parts = BTreeMap<String, Spot>;

fn of_guide(papers: &Papers, guide: &Guide, language: &Language) -> Places {
    let own = &*guide.edition(language).text;
    let original = &*guide.original.text;
    let mut parts = Parts::new();
    // What has words of its own in the translation takes the place of the original's.
    facts(papers, guide, &mut parts);
    if original.path != own.path {
        sections(papers, guide, original, &mut parts);
    }
    if let Role::Translation(words) = &own.role {
        let spot = spots(&own.path, papers.text(&own.path));
        let written = words.items.iter().filter(|(_, item)| !item.wording.is_empty());
        parts.extend(written.map(|(id, item)| (id.to_string(), spot(item.span))));
    }
    sections(papers, guide, own, &mut parts);
    let page = Some(papers.spot(&own.path, own.title.span));
    Places { page, parts, pair: pair(papers, guide, language) }
}

fn facts(papers: &Papers, guide: &Guide, parts: &mut Parts) {
    let original = &guide.original.text;
    let spot = spots(&original.path, papers.text(&original.path));
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

/// Sections of the translation; of an original behind it, those that have an id, since others are
/// not on the page.
fn sections(papers: &Papers, guide: &Guide, text: &Translation, parts: &mut Parts) {
    let spot = spots(&text.path, papers.text(&text.path));
    for section in &text.body.sections {
        parts.insert(guide.anchor(section).into_owned(), spot(section.span));
    }
}

/// The original and the page's language; of the original itself, the first other one.
fn pair(papers: &Papers, guide: &Guide, language: &Language) -> Option<Pair> {
    let original = &guide.original.text.language;
    let mut others = papers.site().config.languages.iter().filter(|language| *language != original);
    let right = if language == original { others.next()? } else { language };
    Some(Pair { guide: guide.id.clone(), left: original.clone(), right: right.clone() })
}

fn of_folder(papers: &Papers, edition: &Edition) -> Places {
    let text = &edition.text;
    let spot = spots(&text.path, papers.text(&text.path));
    let sections = text.body.sections.iter();
    let parts = sections.map(|section| (section.anchor.to_string(), spot(section.span))).collect();
    Places { page: Some(spot(text.title.span)), parts, pair: None }
}

fn operator(papers: &Papers, id: &OperatorId) -> Option<Places> {
    let operator = papers.site().registry.operators.get(id)?;
    let spot = spots(&operator.path, papers.text(&operator.path));
    let channel = |channel: &crate::model::operator::Channel| {
        (channel.id.value.to_string(), spot(channel.id.span))
    };
    let parts = operator.channels.iter().map(channel).collect();
    Some(Places { page: Some(spot(operator.span)), parts, pair: None })
}

fn terms(papers: &Papers) -> Option<Places> {
    let terms = &papers.site().registry.terms;
    let path = &terms.values().next()?.path;
    let spot = spots(path, papers.text(path));
    let parts = terms.values().map(|term| (term.id.to_string(), spot(term.span))).collect();
    Some(Places { page: Some(spot(Span::default())), parts, pair: None })
}
