//! Parsed and resolved sources, ready to become pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::images::SitePictures;
use crate::model::date::Date;
use crate::model::site::Site;
use crate::model::source::SourcePath;
use crate::model::theme::Theme;
use crate::pipeline::threads::Threads;
use crate::pipeline::written::WrittenFiles;
use crate::resolve::Resolved;

/// Parsed and resolved sources.
#[derive(Debug)]
pub struct Prepared {
    pub site: Site,
    pub theme: Arc<Theme>,
    pub(super) resolved: Arc<Resolved>,
    /// The files beside guides that are published.
    pub(super) assets: Vec<SourcePath>,
    pub(super) images: Option<SitePictures>,
    pub(super) threads: Threads,
    pub(super) today: Date,
    pub(super) written: WrittenFiles,
    /// Smaller pictures that an earlier build has made, by their paths below the output.
    pub kept_pictures: BTreeMap<String, Arc<Vec<u8>>>,
}

/// Whether the next build will want what this one draws. A kept site takes as much memory as it has bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Pages,
    Nothing,
}

/// What a run found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub pages: usize,
    pub guides: usize,
    pub operators: usize,
    pub languages: usize,
}
