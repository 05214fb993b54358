//! The table of translations: every guide in every language, for the people who work on the site.

use std::collections::BTreeMap;

use crate::model::coverage::{Count, Coverage, Provenance};
use crate::model::site::PageKey;
use crate::render::context::{Locale, RenderContext};
use crate::render::list_view::{
    TranslatedGuideView, TranslatedLanguageView, TranslationView, TranslationsView,
};
use crate::render::templates::Shared;
use crate::render::words::Words;

pub fn view(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    coverage: &Coverage,
) -> TranslationsView {
    let languages = coverage.languages.iter().map(|(language, count)| TranslatedLanguageView {
        language: context.language_view(language),
        percent: format!("{}%", count.percent()),
    });
    // Most cells of a site have one of a few contents.
    let mut known = BTreeMap::new();
    let guides = coverage.guides.iter().filter_map(|guide| {
        let text = &context.site.guides.get(&guide.id)?.edition(locale.language).text;
        let foreign = text.language != *locale.language;
        let key = PageKey::Guide(guide.id.clone());
        let url = context.urls(&key);
        let cells = guide.rows.iter().enumerate().map(|(index, row)| {
            let said = known
                .entry((row.kind, row.count))
                .or_insert_with(|| said(row.kind, row.count, &locale.words));
            let (label, details) = (said.label.clone(), said.details.clone());
            TranslationView { kind: said.kind, url: url(index).to_owned(), label, details }
        });
        Some(TranslatedGuideView {
            cells: cells.collect(),
            guide: context.link(text.title.value.to_string(), &key, locale),
            language: foreign.then(|| context.language_view(&text.language)),
        })
    });
    TranslationsView { languages: languages.collect(), guides: guides.collect() }
}

/// The content of a cell, whichever guide it is about.
struct Said {
    kind: &'static str,
    label: String,
    details: Shared,
}

fn said(kind: Provenance, count: Count, words: &Words<'_>) -> Said {
    let percent = || format!("{}%", count.percent());
    let (told, label) = match kind {
        Provenance::Original => ("original", words.get("translation_original").to_owned()),
        Provenance::Converted => ("partial", words.get("translation_converted").to_owned()),
        Provenance::None => ("none", words.get("not_translated").to_owned()),
        _ if count.stale > 0 => ("stale", percent()),
        _ if count.missing > 0 => ("partial", percent()),
        _ => ("complete", percent()),
    };
    let mut details = Vec::new();
    if kind == Provenance::Machine {
        details.push(words.get("translation_machine").to_owned());
    }
    if kind != Provenance::None {
        let counts = [
            ("translation_stale", count.stale),
            ("translation_missing", count.missing),
            ("translation_unpinned", count.unpinned),
        ];
        let told = counts.iter().filter(|(_, count)| *count > 0);
        details.extend(told.map(|(key, count)| words.count(key, *count as u64)));
    }
    Said { kind: told, label, details: Shared::new(&details) }
}
