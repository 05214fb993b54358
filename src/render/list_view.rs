//! What the templates of long lists see.

use serde::Serialize;

use crate::render::templates::Shared;
use crate::render::view::{LanguageView, LinkView};

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TranslationView {
    /// original, none, partial, stale, complete.
    pub kind: &'static str,
    pub url: String,
    /// `98%`, or what else there is to say in a word.
    pub label: String,
    /// “2 parts out of date”; cells share the list.
    pub details: Shared,
}

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
pub struct IndexGroupView {
    /// “C”, or a stroke count.
    pub label: String,
    pub anchor: String,
    pub entries: Vec<IndexEntryView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct IndexEntryView {
    pub title: String,
    pub url: String,
    /// Where the entry is another name for the page: that page's title.
    pub see: String,
}
