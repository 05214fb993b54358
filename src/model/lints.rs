//! What a site and its guides say about single lints: off, a warning or an error, and where not.

use std::collections::BTreeMap;

use crate::model::diagnostic::Code;
use crate::model::span::Span;
use crate::model::vocabulary::LintLevel;

/// What `lints` in `site.yaml` says.
pub type Lints = BTreeMap<Code, LintRule>;

/// What it says of one lint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LintRule {
    /// Instead of the lint's own.
    pub level: Option<LintLevel>,
    /// Patterns of files, from `guides/`, in which nothing is reported.
    pub except: Vec<String>,
}

/// A line of a guide that lets a finding pass: `<!-- cicerone allow contact-handle: Why. -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    pub code: Code,
    /// Of the line's own words.
    pub span: Span,
    /// Of its line and the next one with words.
    pub reach: Span,
}
