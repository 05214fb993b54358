//! What the templates of long lists see.

use serde::Serialize;

use crate::model::language::Language;
use crate::render::templates::{Html, Shared};
use crate::render::view::{EmergencyView, OperatorLinkView};
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

/// What the page of a section shows. A section is a folder of guides.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SectionView {
    pub summary: String,
    pub body_html: Html,
    pub sections: Vec<SectionLinkView>,
    /// The guides right in this section, each a `GuideLinkView`.
    pub guides: Vec<Shared>,
    /// The same by their first letters, where they are too many for one list.
    pub groups: Vec<GuideGroupView>,
    /// Where the section is a country's: its operators and emergency numbers.
    pub country: Option<CountryView>,
}

/// Guides whose titles begin alike.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct GuideGroupView {
    /// “C”, or a stroke count.
    pub label: String,
    pub anchor: String,
    /// “11 guides”.
    pub count: String,
    /// Each a `GuideLinkView`; pages share it.
    pub guides: Vec<Shared>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SectionLinkView {
    pub title: String,
    pub url: String,
    pub summary: String,
    /// The number of guides in it at any depth, in words: “11 guides”.
    pub count: String,
    /// The first emergency number of its country, if it is a country's.
    pub emergency: Option<EmergencyView>,
    pub guides: Vec<Shared>,
}

/// What the registry holds about a country.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct CountryView {
    pub name: String,
    pub emergency: Vec<EmergencyView>,
    pub operators: Vec<OperatorLinkView>,
    pub regulator: Option<RegulatorView>,
}

/// The authority that supervises a country's operators.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct RegulatorView {
    pub name: String,
    pub website: String,
    /// Each entry is a `ChannelView`, which pages share.
    pub channels: Vec<Shared>,
}

/// What the home page shows.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct HomeView {
    pub summary: String,
    pub body_html: Html,
    pub sections: Vec<SectionLinkView>,
    /// The guides that are in no section, each a `GuideLinkView`.
    pub guides: Vec<Shared>,
    /// The same by their first letters, where they are too many for one list.
    pub groups: Vec<GuideGroupView>,
}

/// A country in the list of operators.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct OperatorCountryView {
    pub name: String,
    pub anchor: String,
    pub operators: Vec<OperatorLinkView>,
    /// On the search page alone.
    pub emergency: Vec<EmergencyView>,
}

/// A term of the glossary.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TermView {
    pub id: String,
    pub term: String,
    pub text: String,
    pub aliases: Vec<String>,
    /// Words that people use for it by mistake.
    pub avoid: Vec<String>,
    pub guides: Vec<Shared>,
}
