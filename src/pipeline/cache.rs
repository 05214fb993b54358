//! What one build leaves to the next: files that are parsed, pages that are drawn.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::diagnostic::Diagnostic;
use crate::model::fingerprint::Fingerprint;
use crate::model::guide::Translation;
use crate::model::output::{Output, OutputPath};
use crate::model::source::SourcePath;
use crate::model::theme::{Template, Theme};
use crate::pipeline::judge::Judged;
use crate::pipeline::search::Searched;

/// Replaced by each build and never changed: a build that was given up leaves no trace.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    /// Every file is parsed under it.
    config: Option<Arc<Config>>,
    files: BTreeMap<SourcePath, Parsed>,
    /// Every page is drawn with them.
    templates: BTreeMap<String, Template>,
    pages: BTreeMap<OutputPath, Drawn>,
    judged: Judged,
    searched: Searched,
}

/// A file as it was parsed.
#[derive(Debug, Clone)]
pub(super) struct Parsed {
    pub path: SourcePath,
    pub text: Arc<str>,
    pub translation: Arc<Translation>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A page as it was drawn from a view of this fingerprint.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub fingerprint: Fingerprint,
    pub bytes: Arc<[u8]>,
}

impl Cache {
    /// What parsing the same text under the same settings gave.
    pub(super) fn parsed(&self, path: &SourcePath, text: &Arc<str>) -> Option<&Parsed> {
        let known = self.files.get(path)?;
        (Arc::ptr_eq(&known.text, text) || known.text == *text).then_some(known)
    }

    /// What is parsed under other settings is of no use.
    pub(super) fn under(&self, config: &Config) -> Option<&Cache> {
        self.config.as_deref().is_some_and(|known| known == config).then_some(self)
    }

    pub(super) fn with_files(&self, config: Arc<Config>, files: Vec<Parsed>) -> Cache {
        let files = files.into_iter().map(|parsed| (parsed.path.clone(), parsed)).collect();
        Cache {
            config: Some(config),
            files,
            templates: self.templates.clone(),
            pages: self.pages.clone(),
            judged: self.judged.clone(),
            searched: self.searched.clone(),
        }
    }

    pub(super) fn judged(&self) -> &Judged {
        &self.judged
    }

    pub(super) fn with_judged(self, judged: Judged) -> Cache {
        Cache { judged, ..self }
    }

    pub(super) fn searched(&self) -> &Searched {
        &self.searched
    }

    pub(super) fn with_searched(self, searched: Searched) -> Cache {
        Cache { searched, ..self }
    }

    /// What drawing a page from an equal view with equal templates gave.
    pub(super) fn drawn(&self, path: &OutputPath, fingerprint: Fingerprint) -> Option<Output> {
        let known = self.pages.get(path).filter(|known| known.fingerprint == fingerprint)?;
        Some(Output { path: path.clone(), bytes: known.bytes.clone() })
    }

    pub(super) fn drawn_with(&self, theme: &Theme) -> Option<&Cache> {
        (self.templates == theme.templates).then_some(self)
    }

    pub(super) fn with_pages(&self, theme: &Theme, pages: BTreeMap<OutputPath, Drawn>) -> Cache {
        Cache {
            config: self.config.clone(),
            files: self.files.clone(),
            templates: theme.templates.clone(),
            pages,
            judged: self.judged.clone(),
            searched: self.searched.clone(),
        }
    }
}
