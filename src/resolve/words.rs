//! Finds the words of every item in every language, and reports items with none or with two sets of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::{Item, Role, Translation};
use crate::model::id::Id;
use crate::model::site::{Edition, Guide};
use crate::model::span::Span;
use crate::model::suggest::Suggester;
use crate::resolve::parts::Diagnostics;

pub fn find(guide: &mut Guide, diagnostics: &mut Diagnostics) {
    let index = |text: &Translation| -> BTreeMap<Id, usize> {
        let named = |id: &Id| guide.is_named(id.as_str());
        let sections = text.body.sections.iter().enumerate();
        sections
            .filter_map(|(index, section)| section.id.as_ref().map(|id| (id.value.clone(), index)))
            .filter(|(id, _)| named(id))
            .collect()
    };
    let original = index(&guide.original.text);
    let translations: Vec<BTreeMap<Id, usize>> =
        guide.translations.values().map(|edition| index(&edition.text)).collect();
    guide.original.words = original;
    for (edition, words) in guide.translations.values_mut().zip(translations) {
        edition.words = words;
    }
    if !guide.original.text.readable {
        return;
    }
    let suggester = Suggester::default();
    in_original(guide, &suggester, diagnostics);
    for edition in guide.translations.values() {
        in_translation(guide, edition, &suggester, diagnostics);
        empty_headings(guide, &edition.text, diagnostics);
    }
}

/// Checks that every item of the original has words exactly once: in the front matter, the body or the
/// glossary.
fn in_original(guide: &Guide, suggester: &Suggester, diagnostics: &mut Diagnostics) {
    let text = &guide.original.text;
    let facts = guide.facts();
    // A term that the glossary lacks is reported separately.
    let materials = facts.materials.iter().map(|one| (one.item.span, &one.term));
    let steps = facts.all_steps();
    let fields = steps.iter().flat_map(|step| &step.fields);
    let terms: BTreeSet<Span> = materials
        .chain(fields.map(|one| (one.item.span, &one.term)))
        .filter_map(|(span, term)| term.as_ref().map(|_| span))
        .collect();
    for (_, item) in facts.items() {
        let id = item.id.as_ref().map(|id| &id.value);
        let section = id.and_then(|id| guide.original.words.get(id));
        let section = section.and_then(|index| text.body.sections.get(*index));
        let term = terms.contains(&item.span);
        match section {
            Some(section) if item.title.is_some() || item.text.is_some() => {
                twice(text, id, item.span, section.span, diagnostics);
            }
            None if item.title.is_none() && !term => missing(text, item, suggester, diagnostics),
            _ => {}
        }
    }
}

fn twice(
    text: &Translation,
    id: Option<&Id>,
    item: Span,
    section: Span,
    diagnostics: &mut Diagnostics,
) {
    let id = id.map_or("", Id::as_str);
    diagnostics.push(
        Diagnostic::new(
            Code::WordsTwice,
            format!("`{id}` has words in the front matter and in the body"),
        )
        .at(&text.path, section)
        .related(&text.path, item, "the words in the front matter")
        .hint("keep them in one of the two places"),
    );
}

fn missing(text: &Translation, item: &Item, suggester: &Suggester, diagnostics: &mut Diagnostics) {
    let (message, hint) = match &item.id {
        Some(id) => {
            let headings = text.body.sections.iter().filter_map(|section| section.id.as_ref());
            let near = suggester.suggest(id.value.as_str(), headings.map(|id| id.value.as_str()));
            let hint = match near {
                Some(near) => format!("did you mean the section `{{#{near}}}`?"),
                None => {
                    format!("give it a `title`, or a section `## … {{#{}}}` in the body", id.value)
                }
            };
            (format!("`{}` has no words", id.value), hint)
        }
        None => ("this item has no words".to_owned(), "give it a `title`".to_owned()),
    };
    diagnostics
        .push(Diagnostic::new(Code::MissingWords, message).at(&text.path, item.span).hint(hint));
}

fn in_translation(
    guide: &Guide,
    edition: &Edition,
    suggester: &Suggester,
    diagnostics: &mut Diagnostics,
) {
    let (text, sections) = (&*edition.text, &edition.words);
    let Role::Translation(words) = &text.role else { return };
    let facts = guide.facts();
    let known: BTreeSet<&Id> = facts.sources.iter().map(|source| &source.id.value).collect();
    for (id, item) in &words.items {
        if !guide.items.contains(id) && !known.contains(id) && id.as_str() != "review" {
            let known = guide.items.iter().map(Id::as_str);
            let sources = facts.sources.iter().map(|source| source.id.value.as_str());
            let hint = match suggester.suggest(id.as_str(), known.chain(sources).chain(["review"]))
            {
                Some(near) => format!("did you mean `{near}`?"),
                None => "take it out, or add the item to the original".to_owned(),
            };
            diagnostics.push(
                Diagnostic::new(Code::UnknownId, format!("the original has no item `{id}`"))
                    .at(&text.path, item.span)
                    .related(
                        &guide.original.text.path,
                        guide.original.text.title.span,
                        "the original",
                    )
                    .hint(hint),
            );
        }
        if let Some(section) = sections.get(id).and_then(|index| text.body.sections.get(*index))
            && (item.title.is_some() || item.text.is_some())
        {
            twice(text, Some(id), item.span, section.span, diagnostics);
        }
    }
}

/// Reports a heading above items that belongs to no block and has no text of its own, because it would
/// vanish.
fn empty_headings(guide: &Guide, text: &Translation, diagnostics: &mut Diagnostics) {
    let sections = &text.body.sections;
    for (index, section) in sections.iter().enumerate() {
        let id = section.id.as_ref().map(|id| id.value.as_str()).unwrap_or("");
        let named = guide.is_named(id);
        if named || !section.text.is_empty() || section.show.is_some() {
            continue;
        }
        let below = text.body.below(index);
        if below.is_empty() && section.operators.is_empty() {
            let hint = "write something below it, or take it out";
            push_empty(text, section.span, hint, diagnostics);
            continue;
        }
        let prose = below.clone().any(|below| {
            sections.get(below).is_some_and(|section| {
                section.id.as_ref().is_none_or(|id| !guide.items.contains(&id.value))
            })
        });
        if !below.is_empty() && !prose {
            let hint = "give it the id of the list that it heads, like `{#steps}`";
            push_empty(text, section.span, hint, diagnostics);
        }
    }
}

fn push_empty(text: &Translation, span: Span, hint: &str, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::new(Code::EmptySection, "there is nothing below this heading")
            .at(&text.path, span)
            .hint(hint),
    );
}
