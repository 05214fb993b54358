//! What can be found: a page in the languages of a group, cut into parts with an anchor each.

use crate::model::id::{GuideId, Id, OperatorId};
use crate::model::site::{PageKey, Site};

/// A page, or a piece of one that has more parts than an index entry holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectKey {
    Guide(GuideId),
    Operator(OperatorId),
    Folder(GuideId),
    /// Terms of the glossary, from this one on.
    Glossary(Id),
}

impl SubjectKey {
    /// The page that it is found on.
    pub fn page(&self) -> PageKey {
        match self {
            SubjectKey::Guide(id) => PageKey::Guide(id.clone()),
            SubjectKey::Operator(id) => PageKey::Operator(id.clone()),
            SubjectKey::Folder(id) => PageKey::Folder(id.clone()),
            SubjectKey::Glossary(_) => PageKey::Glossary,
        }
    }
}

/// How many parts a subject may have: six bits.
pub const PARTS: usize = 64;

/// One subject in every language of a group that has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject {
    /// In the order of the group's languages.
    pub renditions: Vec<Rendition>,
    /// guide, operator, section, glossary.
    pub kind: &'static str,
    /// `al/one`
    pub operators: Vec<String>,
    pub country: String,
    pub tags: Vec<String>,
    /// The number to call; empty where there is none.
    pub call: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendition {
    /// The language's place among the site's.
    pub language: usize,
    pub title: String,
    pub url: String,
    /// The first is the page as a whole: its anchor is empty, its heading the title.
    pub parts: Vec<SubjectPart>,
}

/// A step, a question, a heading with its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubjectPart {
    pub anchor: String,
    /// Of a step: `3`, or `3.2` where it is a part of another. Empty for all else.
    pub step: String,
    pub heading: String,
    pub text: String,
    /// Said above the text and shown first: a summary.
    pub summary: String,
    /// Other names of the whole page: former names of an operator.
    pub names: Vec<String>,
    /// What else its title might say.
    pub synonyms: Vec<String>,
    /// Names of what it is about.
    pub about: Vec<String>,
    /// Names of its tags and its country.
    pub labels: Vec<String>,
    /// What somebody looks up a page for: emergency numbers where they are listed.
    pub facts: Vec<String>,
}

/// Every subject of the site, in an order that depends on their names alone.
pub fn subjects(site: &Site) -> Vec<SubjectKey> {
    let guides = site.guides.keys().cloned().map(SubjectKey::Guide);
    let operators = site.registry.operators.keys().cloned().map(SubjectKey::Operator);
    let folders = site.folders.keys().filter(|id| !id.as_str().is_empty());
    let terms: Vec<&Id> = site.registry.terms.keys().collect();
    let glossary = terms.chunks(PARTS - 1).filter_map(|terms| terms.first());
    guides
        .chain(operators)
        .chain(folders.cloned().map(SubjectKey::Folder))
        .chain(glossary.map(|first| SubjectKey::Glossary((*first).clone())))
        .collect()
}
