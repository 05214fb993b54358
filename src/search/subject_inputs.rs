//! What a subject is made of, which tells whether it would come out the same again.

use std::sync::Arc;

use crate::model::guide::Translation;
use crate::model::site::Site;
use crate::search::languages::Group;
use crate::search::subjects::SubjectKey;

/// The files that `subject` reads. Apart from them, it depends on the settings, the registry and the
/// addresses of its page.
#[derive(Debug, Clone)]
pub struct SubjectInputs {
    /// The guide's original, which has its facts.
    original: Option<Arc<Translation>>,
    /// The texts in the languages of the group.
    texts: Vec<Arc<Translation>>,
}

impl SubjectInputs {
    pub fn of(site: &Site, group: &Group, key: &SubjectKey) -> SubjectInputs {
        let (original, editions) = match key {
            SubjectKey::Guide(id) => match site.guides.get(id) {
                Some(guide) => (Some(guide.original.text.clone()), Some(&guide.translations)),
                None => (None, None),
            },
            SubjectKey::Folder(id) => (None, site.folders.get(id).map(|folder| &folder.words)),
            SubjectKey::Operator(_) | SubjectKey::Glossary(_) => (None, None),
        };
        let written = |language: &usize| {
            let edition = editions?.get(site.language(*language))?;
            // A page in another script is made from the file that it was converted from.
            let from = edition.converted_from.as_ref().and_then(|from| editions?.get(from));
            Some(from.unwrap_or(edition).text.clone())
        };
        SubjectInputs { original, texts: group.languages.iter().filter_map(written).collect() }
    }

    /// Whether `other` reads the same: the same files, and an original with the same facts.
    pub fn agrees(&self, other: &SubjectInputs) -> bool {
        let facts = match (&self.original, &other.original) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one.facts() == other.facts(),
            (one, other) => one.is_none() && other.is_none(),
        };
        facts
            && self.texts.len() == other.texts.len()
            && self.texts.iter().zip(&other.texts).all(|(one, other)| Arc::ptr_eq(one, other))
    }
}
