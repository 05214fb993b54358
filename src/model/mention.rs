//! Where a text speaks of a term of the glossary.

use std::ops::Range;

use crate::model::id::Id;

/// A term in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermUse {
    /// Bytes of the text.
    pub range: Range<usize>,
    pub term: Id,
}

/// Who knows the terms of every language, in their forms.
pub trait FindMentions: Sync {
    /// In the order of the text, none within another; `language` is a place among the site's.
    fn mentions(&self, text: &str, language: usize) -> Vec<TermUse>;
}
