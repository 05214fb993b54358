//! The words that the glossary avoids.

use crate::model::language::Language;
use crate::model::operator::{Registry, Term};

/// A word that the glossary says to avoid.
#[derive(Debug, Clone)]
pub struct Avoided<'a> {
    pub word: &'a str,
    pub language: &'a Language,
    pub term: &'a Term,
    /// Longer words that contain it and are right: `国际移动用户识别码` is, although `识别码` alone is not.
    pub within: Vec<&'a str>,
}

/// Every word to avoid, except those that are right for another term of their language. Those would need to
/// be judged by their context.
pub fn avoided(registry: &Registry) -> Vec<Avoided<'_>> {
    let mut avoided = Vec::new();
    for term in registry.terms.values() {
        for (language, list) in &term.avoid {
            let right: Vec<&str> =
                registry.terms.values().flat_map(|one| words(one, language)).collect();
            for word in list.iter().filter(|word| !right.iter().any(|known| same(known, word))) {
                let longer = |known: &&&str| known.len() > word.len() && known.contains(&**word);
                let within = right.iter().filter(longer).copied().collect();
                avoided.push(Avoided { word, language, term, within });
            }
        }
    }
    avoided
}

/// The term's own words in a language, and those that mean the same.
pub fn words<'a>(term: &'a Term, language: &Language) -> Vec<&'a str> {
    let aliases = term.aliases.get(language).into_iter().flatten().map(|alias| &**alias);
    std::iter::once(term.term.get(language)).chain(aliases).collect()
}

pub fn same(one: &str, other: &str) -> bool {
    let bare = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    bare(one) == bare(other)
}
