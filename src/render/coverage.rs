//! The table of translations: every guide by every language, for those who work on the site.

use serde::Serialize;

use crate::model::coverage::{Coverage, Kind, Row};
use crate::model::site::PageKey;
use crate::render::scene::{Scene, Tongue};
use crate::render::view::{LanguageView, LinkView};

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TranslationsView {
    /// The columns, with the share of the site that is translated: `98%`.
    pub languages: Vec<TranslatedLanguageView>,
    pub guides: Vec<TranslatedGuideView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TranslatedLanguageView {
    pub language: LanguageView,
    pub percent: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TranslatedGuideView {
    pub guide: LinkView,
    /// Set where the guide's title is not in the page's language.
    pub language: Option<LanguageView>,
    /// One a language.
    pub cells: Vec<TranslationView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TranslationView {
    /// original, none, partial, stale, complete.
    pub kind: &'static str,
    pub url: String,
    /// `98%`, or what else there is to say in a word.
    pub label: String,
    /// “2 parts out of date”.
    pub details: Vec<String>,
}

pub fn view(scene: &Scene<'_>, tongue: &Tongue<'_>) -> TranslationsView {
    let coverage = Coverage::of(scene.site);
    let languages = coverage.languages.iter().map(|(language, count)| TranslatedLanguageView {
        language: scene.language_view(language),
        percent: format!("{}%", count.percent()),
    });
    let guides = coverage.guides.iter().filter_map(|guide| {
        let link = scene.guide_link(&guide.id, tongue)?;
        let url = scene.urls(&PageKey::Guide(guide.id.clone()));
        let cells = guide.rows.iter().enumerate();
        Some(TranslatedGuideView {
            cells: cells.map(|(index, row)| cell(row, url(index), tongue)).collect(),
            guide: LinkView { title: link.title, url: link.url },
            language: link.language,
        })
    });
    TranslationsView { languages: languages.collect(), guides: guides.collect() }
}

fn cell(row: &Row, url: &str, tongue: &Tongue<'_>) -> TranslationView {
    let words = &tongue.words;
    let percent = || format!("{}%", row.count.percent());
    let (kind, label) = match row.kind {
        Kind::Original => ("original", words.get("translation_original").to_owned()),
        Kind::Converted => ("partial", words.get("translation_converted").to_owned()),
        Kind::None => ("none", words.get("not_translated").to_owned()),
        _ if row.count.stale > 0 => ("stale", percent()),
        _ if row.count.missing > 0 => ("partial", percent()),
        _ => ("complete", percent()),
    };
    let mut details = Vec::new();
    if row.kind == Kind::Machine {
        details.push(words.get("translation_machine").to_owned());
    }
    if row.kind != Kind::None {
        let counts = [
            ("translation_stale", row.count.stale),
            ("translation_missing", row.count.missing),
            ("translation_unpinned", row.count.unpinned),
        ];
        let told = counts.iter().filter(|(_, count)| *count > 0);
        details.extend(told.map(|(key, count)| words.count(key, *count as u64)));
    }
    TranslationView { kind, url: url.to_owned(), label, details }
}
