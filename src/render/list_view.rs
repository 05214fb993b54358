//! What the templates of long lists see.

use serde::Serialize;

use crate::model::language::Language;
use crate::render::templates::Shared;
use crate::render::view::{LanguageView, LinkView};

/// A cell of the table of translations: one guide in one language.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TranslationView {
    /// original, none, partial, stale or complete.
    pub kind: &'static str,
    /// The address of the guide's page in this language.
    pub url: String,
    /// The share that is translated (`98%`), or what else there is to say in a word.
    pub label: String,
    /// Further remarks: “2 parts out of date”. A list of texts that cells share.
    pub details: Shared,
}

/// The table of translations: a row for each guide, a column for each language.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TranslationsView {
    /// The columns, each with the share of the site that is translated.
    pub languages: Vec<TranslatedLanguageView>,
    pub guides: Vec<TranslatedGuideView>,
}

/// A column of the table of translations.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TranslatedLanguageView {
    pub language: LanguageView,
    /// The share of the site that is translated into this language: `98%`.
    pub percent: String,
}

/// A row of the table of translations.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TranslatedGuideView {
    pub guide: LinkView,
    /// Set where the guide's title is not in the page's language.
    pub language: Option<LanguageView>,
    /// One cell for each language.
    pub cells: Vec<TranslationView>,
}

/// A group of the A–Z index.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct IndexGroupView {
    /// A letter (“C”), or a number of strokes.
    pub label: String,
    pub anchor: String,
    pub entries: Vec<IndexEntryView>,
}

/// An entry of the A–Z index.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct IndexEntryView {
    pub title: String,
    pub url: String,
    /// The page's title, where the entry is another name for the page; otherwise empty.
    pub see: String,
    /// Of the title, where it is not the reader's.
    #[serde(skip)]
    pub language: Option<Language>,
}
