//! What a preview needs to know for people who edit: where to change a page, what is translated, what is due.

use std::collections::BTreeMap;
use std::fmt;

use crate::model::coverage::{Coverage, Provenance};
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::source::SourcePath;
use crate::model::unit::{State, UnitKey};

/// Something that knows the sources of one preview. It is asked only when a page needs it.
pub trait EditorApi: fmt::Debug + Send + Sync {
    /// Whether there is such a page, whether drawn or not.
    fn has(&self, page: &str) -> bool;
    /// The files that a page of the site is made from, beginning with its own.
    fn sources(&self, page: &str) -> Vec<SourcePath>;
    fn places(&self, page: &str) -> Places;
    /// The picture at that path, drawn for this request; `None` if there is no such picture.
    fn picture(&self, path: &str) -> Option<Vec<u8>>;
    fn overview(&self) -> Overview;
    /// `None` if there is no such guide or language. If no language is given, the original is compared with
    /// the first other language.
    fn comparison(
        &self,
        guide: &str,
        left: Option<&str>,
        right: Option<&str>,
    ) -> Option<Comparison>;
    /// What the stale parts of the original said when they were translated into `language`.
    fn before(&self, guide: &GuideId, language: &Language) -> BTreeMap<UnitKey, Before>;
}

/// A place in a source, as an editor opens it; line and column are counted from 1.
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
    /// The places of elements, by id.
    pub parts: BTreeMap<String, Spot>,
    /// For a guide's page on a site with several languages, the two languages to compare.
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
    /// Reviews whose day has passed.
    pub reviews: Vec<Due>,
    /// Numbers and addresses in the registry that nobody has marked as checked.
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
    /// The parts in the original's order, followed by those that the original does not have.
    pub rows: Vec<ComparisonRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    pub language: Language,
    pub kind: Provenance,
    /// The address of the guide's page in this language.
    pub url: String,
    /// The place of the file; none if there is no translation.
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
    /// The words as they are written in the source.
    pub words: String,
    pub spot: Option<Spot>,
    /// The state of the part; none for an original.
    pub state: Option<State>,
}

/// What a part of the original said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    pub commit: String,
    pub day: String,
    pub words: String,
}
