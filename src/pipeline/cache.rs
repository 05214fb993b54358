//! What one build leaves to the next: parsed files, the resolved site, drawn pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::lint::LintFindings;
use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::diagnostic::Diagnostic;
use crate::model::fingerprint::Fingerprint;
use crate::model::guide::Translation;
use crate::model::operator::Registry;
use crate::model::output::OutputPath;
use crate::model::source::SourcePath;
use crate::model::text::Text;
use crate::model::theme::Theme;
use crate::pipeline::lints::LintResults;
use crate::pipeline::search::Searched;
use crate::resolve::Resolved;

/// What the lints found in the texts of a guide or section, by the fingerprint of everything that these
/// were judged by.
pub type Findings = BTreeMap<Fingerprint, Arc<LintFindings>>;

/// Each build replaces the cache instead of changing it, so a build that was given up leaves no trace. It is
/// cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    /// The settings that every file is parsed with.
    config: Option<Arc<Config>>,
    registry: Option<Arc<Registry>>,
    /// The parsed files, sorted by path.
    files: Arc<[Arc<Parsed>]>,
    resolved: Option<Arc<Resolved>>,
    judged: LintResults,
    /// What the lints found, if a run keeps that for later ones.
    findings: Option<Arc<Findings>>,
    drawn: Option<Arc<Drawings>>,
    searched: Searched,
}

/// Every page that was drawn, and what it was drawn with.
#[derive(Debug)]
pub(super) struct Drawings {
    pub theme: Arc<Theme>,
    pub resolved: Arc<Resolved>,
    pub today: Date,
    pub pages: BTreeMap<OutputPath, Drawn>,
}

/// A file that has been parsed.
#[derive(Debug)]
pub(super) struct Parsed {
    pub path: SourcePath,
    pub text: Text,
    pub translation: Arc<Translation>,
    pub diagnostics: Vec<Diagnostic>,
}

/// A page that was drawn from a view with this fingerprint.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    pub fingerprint: Option<Fingerprint>,
    pub bytes: Arc<Vec<u8>>,
    /// Whether there were no faults in it.
    pub sound: bool,
}

impl Cache {
    /// The known settings if the new ones are equal to them, so that later steps see at a glance that
    /// nothing has changed.
    pub(super) fn config(&self, config: Config) -> Arc<Config> {
        known(self.config.as_ref(), config)
    }

    pub(super) fn registry(&self, registry: Registry) -> Arc<Registry> {
        known(self.registry.as_ref(), registry)
    }

    /// Every parsed file, by path. Files that were parsed with other settings are of no use.
    pub(super) fn files(&self, config: &Arc<Config>) -> &[Arc<Parsed>] {
        match self.config.as_ref().is_some_and(|known| Arc::ptr_eq(known, config)) {
            true => &self.files,
            false => &[],
        }
    }

    pub(super) fn resolved(&self) -> Option<&Arc<Resolved>> {
        self.resolved.as_ref()
    }

    pub(super) fn judged(&self) -> &LintResults {
        &self.judged
    }

    pub(super) fn with_files(
        &self,
        config: Arc<Config>,
        registry: Arc<Registry>,
        files: Vec<Arc<Parsed>>,
    ) -> Cache {
        let (config, registry) = (Some(config), Some(registry));
        Cache { config, registry, files: files.into(), ..self.clone() }
    }

    pub(super) fn with_resolved(self, resolved: Arc<Resolved>) -> Cache {
        Cache { resolved: Some(resolved), ..self }
    }

    /// A cache that holds only what the lints found in an earlier run.
    pub fn of_findings(findings: Findings) -> Cache {
        Cache { findings: Some(Arc::new(findings)), ..Cache::default() }
    }

    /// What the lints have found, if that is kept.
    pub fn findings(&self) -> Option<&Arc<Findings>> {
        self.findings.as_ref()
    }

    pub(super) fn with_judged(self, judged: LintResults, findings: Findings) -> Cache {
        let findings = self.findings.as_ref().map(|_| Arc::new(findings));
        Cache { judged, findings, ..self }
    }

    pub(super) fn searched(&self) -> &Searched {
        &self.searched
    }

    pub(super) fn with_searched(self, searched: Searched) -> Cache {
        Cache { searched, ..self }
    }

    pub(super) fn drawn(&self) -> Option<&Drawings> {
        self.drawn.as_deref()
    }

    pub(super) fn with_drawn(&self, drawings: Drawings) -> Cache {
        Cache { drawn: Some(Arc::new(drawings)), ..self.clone() }
    }
}

fn known<T: PartialEq>(known: Option<&Arc<T>>, value: T) -> Arc<T> {
    let equal = known.filter(|known| ***known == value);
    equal.cloned().unwrap_or_else(|| Arc::new(value))
}
