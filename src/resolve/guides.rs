//! Groups files into guides, sections and the home page, and finds the original of each guide.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::{Role, Translation};
use crate::model::id::{CountryCode, GuideId};
use crate::model::language::Language;
use crate::model::site::{Edition, Guide, SectionFolder, anchors};
use crate::model::span::Located;
use crate::model::unit::standing;
use crate::model::unpublished::{PublishState, Unpublished};
use crate::resolve::parts::{Absence, Diagnostics, Drafts, LeftOut, Resolution};

pub struct Grouped {
    pub guides: BTreeMap<GuideId, Arc<Guide>>,
    pub folders: BTreeMap<GuideId, SectionFolder>,
    pub unpublished: BTreeMap<GuideId, Unpublished>,
    /// All that were left out, drafts too.
    pub left_out: LeftOut,
}

pub fn group(
    translations: &[Arc<Translation>],
    config: &Config,
    (drafts, today): (Drafts, Date),
    found: &mut Resolution,
) -> Grouped {
    let mut by_folder: BTreeMap<GuideId, Vec<Arc<Translation>>> = BTreeMap::new();
    for translation in translations {
        by_folder.entry(translation.guide.clone()).or_default().push(translation.clone());
    }
    let sections = sections(by_folder.keys());
    let mut grouped = Grouped {
        guides: BTreeMap::new(),
        unpublished: BTreeMap::new(),
        folders: BTreeMap::new(),
        left_out: LeftOut::new(),
    };
    for (id, files) in by_folder {
        if sections.contains(&id) {
            grouped.folders.insert(id, folder(files, &mut found.site));
            continue;
        }
        let mut diagnostics = Vec::new();
        let guide = guide(&id, files, config, &mut diagnostics);
        found.of_guide(&id, diagnostics);
        let Some(guide) = guide else { continue };
        if guide.original.text.draft && drafts == Drafts::LeftOut {
            grouped.left_out.insert(id, Absence::Draft);
        } else if let Some(day) = absent(&guide, drafts, today) {
            found.site.push(noted(&guide, day));
            grouped.left_out.insert(id.clone(), Absence::Day(day.value));
            let guide = Arc::new(guide);
            grouped.unpublished.insert(id, Unpublished { guide, why: day.value });
        } else {
            grouped.guides.insert(id, Arc::new(guide));
        }
    }
    for id in sections {
        grouped.folders.entry(id).or_default();
    }
    for (id, folder) in &mut grouped.folders {
        folder.country = CountryCode::parse(id.as_str());
    }
    grouped
}

/// Why readers do not have a guide today, and where it says so. Who asks for drafts sees what is to come.
fn absent(guide: &Guide, drafts: Drafts, today: Date) -> Option<Located<PublishState>> {
    let dates = guide.facts().published;
    let coming = dates.coming(today).filter(|_| drafts == Drafts::LeftOut);
    let coming = coming.map(|day| Located::new(PublishState::Coming(day.value), day.span));
    let over = dates.over(today);
    coming.or(over.map(|day| Located::new(PublishState::Over(day.value), day.span)))
}

/// The calendar makes it: it stops nothing.
fn noted(guide: &Guide, day: Located<PublishState>) -> Diagnostic {
    let hint = match day.value {
        PublishState::Coming(_) => "`cicerone serve --drafts` shows it before that day",
        PublishState::Over(_) => "take the guide out, or write another day",
    };
    let message = format!("this guide {}", day.value.words());
    Diagnostic::new(Code::PublicationDate, message)
        .at(&guide.original.text.path, day.span)
        .hint(hint)
}

/// Every folder above a guide, and the home page.
fn sections<'a>(folders: impl Iterator<Item = &'a GuideId>) -> BTreeSet<GuideId> {
    let mut sections = BTreeSet::new();
    for id in folders {
        let mut above = if id.as_str().is_empty() { Some(id.clone()) } else { id.parent() };
        while let Some(id) = above {
            above = id.parent();
            sections.insert(id);
        }
    }
    sections
}

fn folder(files: Vec<Arc<Translation>>, diagnostics: &mut Diagnostics) -> SectionFolder {
    let mut folder = SectionFolder::default();
    for text in files {
        if text.facts().is_some_and(|facts| !facts.items().is_empty()) {
            let hint = "give the guide a folder of its own, below this one";
            diagnostics.push(
                Diagnostic::new(
                    Code::BadValue,
                    "a section's page has no steps, materials or other items",
                )
                .at(&text.path, text.title.span)
                .hint(hint),
            );
        }
        folder.words.insert(text.language.clone(), edition(text));
    }
    folder
}

pub(super) fn edition(text: Arc<Translation>) -> Edition {
    Edition {
        anchors: anchors(&text),
        text,
        words: BTreeMap::new(),
        targets: Arc::default(),
        standing: Vec::new(),
        converted_from: None,
    }
}

/// Makes a guide of its files; `None` if none of them is the original.
pub fn guide(
    id: &GuideId,
    files: Vec<Arc<Translation>>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Guide> {
    let original = original(id, &files, config, diagnostics)?;
    let units = original.units();
    let mut translations = BTreeMap::new();
    for text in &files {
        if let Role::Translation(words) = &text.role {
            check_of(text, &words.of, &original, diagnostics);
        }
        let standing = standing(&units, text);
        let edition = Edition { standing, ..edition(text.clone()) };
        translations.insert(text.language.clone(), edition);
    }
    let facts = original.facts()?;
    let mut items = BTreeSet::new();
    let mut spans = BTreeMap::new();
    for (_, item) in facts.items() {
        let Some(item) = &item.id else { continue };
        if let Some(first) = spans.insert(item.value.clone(), item.span) {
            diagnostics.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    format!("two items have the id `{}`", item.value),
                )
                .at(&original.path, item.span)
                .related(&original.path, first, "first used here")
                .hint("give one of them another id"),
            );
        }
        items.insert(item.value.clone());
    }
    if translations.len() > 1 {
        without_ids(&original, diagnostics);
    }
    Some(Guide {
        id: id.clone(),
        original: edition(original),
        translations,
        items,
        previous: None,
        next: None,
    })
}

/// The readable file without `translation:`. If there are several, the one in the site's default language.
fn original(
    id: &GuideId,
    files: &[Arc<Translation>],
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Translation>> {
    let originals = || files.iter().filter(|file| file.facts().is_some());
    // An unreadable file may or may not be the original, so a readable one is preferred.
    let chosen =
        originals().min_by_key(|file| (!file.readable, file.language != config.default_language));
    let Some(chosen) = chosen else {
        let file = files.first()?;
        let span = match &file.role {
            Role::Translation(words) => words.of.span,
            Role::Original(_) => file.title.span,
        };
        diagnostics.push(
            Diagnostic::new(Code::MissingOriginal, format!("`{id}` has translations, but no original"))
                .at(&file.path, span)
                .hint("take `translation:` out of the file that was written first, and put the facts there"),
        );
        return None;
    };
    for other in originals().filter(|file| file.readable && file.path != chosen.path) {
        let hint = format!(
            "add `translation: {{of: {}}}` to the one that was translated",
            chosen.language
        );
        diagnostics.push(
            Diagnostic::new(
                Code::TwoOriginals,
                format!("`{id}` has two files without `translation:`"),
            )
            .at(&other.path, other.title.span)
            .related(&chosen.path, chosen.title.span, "taken as the original")
            .hint(hint),
        );
    }
    Some(chosen.clone())
}

fn check_of(
    text: &Translation,
    of: &Located<Language>,
    original: &Translation,
    diagnostics: &mut Diagnostics,
) {
    if of.value == original.language {
        return;
    }
    let message = format!("`of: {}` is not the language of the original", of.value);
    diagnostics.push(
        Diagnostic::new(Code::WrongOriginal, message)
            .at(&text.path, of.span)
            .related(&original.path, original.title.span, "the original")
            .hint(format!("write `of: {}`", original.language)),
    );
}

fn without_ids(original: &Translation, diagnostics: &mut Diagnostics) {
    let Some(facts) = original.facts() else {
        return;
    };
    for (_, item) in facts.items() {
        if item.id.is_some() {
            continue;
        }
        let title = item.title.as_ref().map_or("", |title| &title.plain);
        diagnostics.push(
            Diagnostic::new(
                Code::ItemWithoutId,
                format!("`{title}` has no id, so it cannot be translated"),
            )
            .at(&original.path, item.span)
            .hint("write it as `{id: a-name, title: …}`"),
        );
    }
}
