//! What a site is made of, and what one resolution leaves to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::Translation;
use crate::model::id::GuideId;
use crate::model::operator::Registry;
use crate::model::site::Site;
use crate::model::source::SourcePath;
use crate::model::unpublished::PublishState;
use crate::resolve::derive;

/// Whether guides marked `draft: true` are part of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    Included,
    LeftOut,
}

/// What a site is made of.
#[derive(Debug, Clone)]
pub struct Parts {
    pub config: Arc<Config>,
    pub registry: Arc<Registry>,
    /// By path.
    pub translations: Vec<Arc<Translation>>,
    /// Files beside guides, and the theme's files by name and fingerprint.
    pub files: Vec<SourcePath>,
    pub assets: Vec<(String, String)>,
    /// Files beside guides that are not published.
    pub refused: Vec<SourcePath>,
    pub drafts: Drafts,
    /// The day by which guides are published.
    pub today: Date,
}

/// Guides that the site does not have today, and why.
pub type LeftOut = BTreeMap<GuideId, Absence>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    Draft,
    Day(PublishState),
}

/// A resolved site, and what the next one can take over.
#[derive(Debug, Clone)]
pub struct Resolved {
    pub site: Site,
    pub(super) parts: Parts,
    /// Guides that were left out.
    pub(super) left_out: Arc<LeftOut>,
    pub(super) ways: Arc<[derive::Conversion]>,
    pub(super) found: Resolution,
    /// Another one as soon as something changes that pages of several guides show.
    pub(super) common: Arc<()>,
}

/// What is wrong, by what it depends on.
#[derive(Debug, Clone, Default)]
pub struct Resolution {
    /// The settings, the registry, the sections.
    pub site: Diagnostics,
    /// All addresses, and where guides say them.
    pub addresses: Diagnostics,
    /// One guide, and what of the others `edit` compares.
    pub guides: BTreeMap<GuideId, Diagnostics>,
}

impl Resolution {
    pub fn of_guide(&mut self, id: &GuideId, diagnostics: Diagnostics) {
        if !diagnostics.is_empty() {
            self.guides.entry(id.clone()).or_default().extend(diagnostics);
        }
    }
}

impl Resolved {
    /// Whether the pages of a guide are made from the same as they were `before`, settings and words
    /// of the theme aside.
    pub fn is_same_guide(&self, before: &Resolved, id: &GuideId) -> bool {
        let guides = self.site.guides.get(id).zip(before.site.guides.get(id));
        let same = guides.is_some_and(|(now, before)| Arc::ptr_eq(now, before));
        same && Arc::ptr_eq(&self.common, &before.common)
    }

    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let Resolution { site, addresses, guides } = &self.found;
        site.iter().chain(addresses).chain(guides.values().flatten())
    }
}

pub type Diagnostics = Vec<Diagnostic>;
