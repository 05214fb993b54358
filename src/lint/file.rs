//! One file, in the form in which the lints see it.

use std::ops::Range;

use crate::lint::mentions::Mentions;
use crate::lint::prose::Prose;
use crate::lint::script::Script;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::Translation;
use crate::model::language::Language;
use crate::model::site::{Guide, Site};
use crate::model::span::Span;

/// One file, in the form in which the lints see it.
pub struct LintedFile<'a> {
    pub site: &'a Site,
    pub text: &'a Translation,
    pub source: &'a str,
    pub prose: Prose,
    pub mentions: Mentions,
    /// The Chinese script whose characters do not belong here; `None` for other languages.
    pub foreign: Option<&'static Script>,
    /// Characters that a lint may report, with their positions.
    pub suspicious: Vec<(usize, char)>,
    /// The guide of the file; `None` for the words of a section.
    pub guide: Option<&'a Guide>,
}

impl LintedFile<'_> {
    pub fn language(&self) -> &Language {
        &self.text.language
    }

    pub fn fault(&self, code: Code, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, message).at(&self.text.path, Span::new(range.start, range.end))
    }
}
