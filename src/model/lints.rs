//! What a site and its guides say about single lints: their severity, and where they do not apply.

use std::collections::BTreeMap;

use crate::model::diagnostic::Code;
use crate::model::span::Span;
use crate::model::vocabulary::LintLevel;

/// The rules under `lints` in `site.yaml`, by the lint's code.
pub type Lints = BTreeMap<Code, LintRule>;

/// What `site.yaml` says about one lint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LintRule {
    /// The level that replaces the lint's own severity.
    pub level: Option<LintLevel>,
    /// Patterns (globs) of files, relative to `guides/`, in which the lint reports nothing.
    pub except: Vec<String>,
}

/// A line of a guide that allows a finding: `<!-- cicerone allow contact-handle: Why. -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The lint that the line is about.
    pub code: Code,
    /// Where the words of the line itself stand.
    pub span: Span,
    /// The part of the file for which it holds: its own line and the next one with words.
    pub reach: Span,
}
