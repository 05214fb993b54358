//! What can be found: a page in the languages of a group, cut into parts that each have an anchor.

use crate::model::id::{GuideId, Id, OperatorId};
use crate::model::site::{PageKey, Site};

/// A page, or a piece of a page that has more parts than an index entry can hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectKey {
    Guide(GuideId),
    Operator(OperatorId),
    Folder(GuideId),
    /// The terms of the glossary from this one on.
    Glossary(Id),
}

impl SubjectKey {
    /// The page on which the subject is found.
    pub fn page(&self) -> PageKey {
        match self {
            SubjectKey::Guide(id) => PageKey::Guide(id.clone()),
            SubjectKey::Operator(id) => PageKey::Operator(id.clone()),
            SubjectKey::Folder(id) => PageKey::Folder(id.clone()),
            SubjectKey::Glossary(_) => PageKey::Glossary,
        }
    }
}

/// The largest number of parts that a subject may have: six bits.
pub const PARTS: usize = 64;

/// One subject in each language of a group that it exists in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject {
    /// The editions, in the order of the group's languages.
    pub renditions: Vec<Rendition>,
    /// guide, operator, section or glossary.
    pub kind: &'static str,
    /// The operators' ids: `al/one`.
    pub operators: Vec<String>,
    pub country: String,
    pub tags: Vec<String>,
    /// The number to call; empty where there is none.
    pub call: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendition {
    /// The language's index among the site's languages.
    pub language: usize,
    pub title: String,
    pub url: String,
    /// The first part is the page as a whole: its anchor is empty, and its heading is the title.
    pub parts: Vec<SubjectPart>,
}

/// A step, a question, or a heading with its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubjectPart {
    pub anchor: String,
    /// Of a step: `3`, or `3.2` where it is a part of another. Empty for all else.
    pub step: String,
    pub heading: String,
    pub text: String,
    /// What is said before the text and shown first: a summary.
    pub summary: String,
    /// Other names of the whole page, such as the former names of an operator.
    pub names: Vec<String>,
    /// What else its title might say.
    pub synonyms: Vec<String>,
    /// Names of the things that it is about.
    pub about: Vec<String>,
    /// The names of its tags and its country.
    pub labels: Vec<String>,
    /// What readers look up a page for, such as the emergency numbers that it lists.
    pub facts: Vec<String>,
}

/// Every subject of the site, in an order that depends only on their names.
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
