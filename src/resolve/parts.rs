//! What a site is made of, and what one resolution passes on to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::Translation;
use crate::model::id::GuideId;
use crate::model::operator::Registry;
use crate::model::picture::PictureSize;
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

/// The parts that a site is made of.
#[derive(Debug, Clone)]
pub struct Parts {
    pub config: Arc<Config>,
    pub registry: Arc<Registry>,
    /// Every file of a guide or section, in order of path.
    pub translations: Vec<Arc<Translation>>,
    /// Files in the folders of guides.
    pub files: Vec<SourcePath>,
    /// Of pictures among them.
    pub sizes: Arc<BTreeMap<SourcePath, PictureSize>>,
    pub assets: Vec<(String, String)>,
    /// Files in the folders of guides that are not published.
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

/// A resolved site, and what the next resolution can reuse.
#[derive(Debug, Clone)]
pub struct Resolved {
    pub site: Site,
    pub(super) parts: Parts,
    /// Guides that were left out.
    pub(super) left_out: Arc<LeftOut>,
    pub(super) ways: Arc<[derive::Conversion]>,
    pub(super) found: Resolution,
    /// Replaced by a new value as soon as anything changes that pages of several guides show.
    pub(super) common: Arc<()>,
}

/// Everything that was found wrong, grouped by what it depends on.
#[derive(Debug, Clone, Default)]
pub struct Resolution {
    /// Faults of the settings, the registry and the sections.
    pub site: Diagnostics,
    /// Faults of addresses, which depend on all addresses and where guides set them.
    pub addresses: Diagnostics,
    /// Faults of single guides. They depend on that guide, and on what `edit` compares of the others.
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
    /// Whether the pages of a guide are made from the same things as `before`, apart from the settings and
    /// the theme's words.
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
