//! What an editor asks of a preview: where to change a page, what is translated, what is due.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::coverage::{Coverage, Provenance};
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::source::SourcePath;
use crate::model::unit::{State, UnitKey};

/// Somebody who knows the sources of one preview. Asked only when a page needs it.
pub trait EditorApi: fmt::Debug + Send + Sync {
    /// Whether there is such a page, drawn or not.
    fn has(&self, page: &str) -> bool;
    /// The files that a page of the site is made from; its own first.
    fn sources(&self, page: &str) -> Vec<SourcePath>;
    fn places(&self, page: &str) -> Places;
    /// The picture of that path, drawn for who asks for it; nothing where there is none.
    fn picture(&self, path: &str) -> Option<Vec<u8>>;
    fn overview(&self) -> Overview;
    /// `None` where there is no such guide or language. Without a language the original is compared
    /// with the first other one.
    fn comparison(
        &self,
        guide: &str,
        left: Option<&str>,
        right: Option<&str>,
    ) -> Option<Comparison>;
    /// What the stale parts of the original said when they were translated into `language`.
    fn before(&self, guide: &GuideId, language: &Language) -> BTreeMap<UnitKey, Before>;
}

/// A place in a source, as an editor opens it: line and column from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub file: SourcePath,
    pub line: usize,
    pub column: usize,
}

/// Where to change what a page shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    pub page: Option<Spot>,
    /// By the id of an element.
    pub parts: BTreeMap<String, Spot>,
    /// Of a guide's page where there is more than one language: what to compare it with.
    pub pair: Option<Pair>,
}

/// A guide in two languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub guide: GuideId,
    pub left: Language,
    pub right: Language,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    pub coverage: Coverage,
    pub titles: BTreeMap<GuideId, Title>,
    /// Reviews whose day has gone by.
    pub reviews: Vec<Due>,
    /// Numbers and addresses of the registry that nobody has said to have checked.
    pub channels: Vec<Due>,
}

/// A guide's title, in the language of its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    pub text: String,
    pub language: Language,
}

/// A fact that somebody should check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub what: String,
    pub why: String,
    pub spot: Option<Spot>,
}

/// A guide in two languages, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub guide: GuideId,
    pub title: Title,
    pub languages: Vec<Language>,
    pub left: Side,
    pub right: Side,
    /// In the original's order; what the original does not have comes last.
    pub rows: Vec<ComparisonRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    pub language: Language,
    pub kind: Provenance,
    /// The address of the page.
    pub url: String,
    /// The file; none where there is no translation.
    pub spot: Option<Spot>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparisonRow {
    pub key: UnitKey,
    pub left: Cell,
    pub right: Cell,
}

/// A part in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// As written.
    pub words: String,
    pub spot: Option<Spot>,
    /// Of a translation.
    pub state: Option<State>,
}

/// What a part of the original said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    pub commit: String,
    pub day: String,
    pub words: String,
}
