//! Bringing a site to where readers find it: the target, what is sent, and what will change there.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::config::Base;
use crate::model::output::{OutputEntry, OutputPath};

/// A place that the site is published to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishTarget {
    pub destination: Destination,
    /// Instead of the site's own address.
    pub base: Option<Base>,
    /// Whether warnings stop it too.
    pub strict: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A path, from the project's folder where it is relative.
    Folder(String),
    Git(Branch),
    S3(Bucket),
}

/// A branch whose files are the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// A remote's name, or the address or folder of a repository.
    pub remote: String,
    pub name: String,
}

/// S3-compatible storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    pub name: String,
    pub region: Option<String>,
    /// Where it is no bucket of AWS.
    pub endpoint: Option<String>,
    /// A folder in the bucket, without slashes at its ends; or nothing.
    pub prefix: String,
    /// Whose keys to use, of the profiles on this machine.
    pub profile: Option<String>,
}

impl Destination {
    /// The word that `site.yaml` has for it.
    pub fn kind(&self) -> &'static str {
        match self {
            Destination::Folder(_) => "folder",
            Destination::Git(_) => "git",
            Destination::S3(_) => "s3",
        }
    }
}

/// A whole site on a disk, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    pub folder: PathBuf,
    pub files: BTreeMap<OutputPath, OutputEntry>,
    /// The pages that only lead on, and where to.
    pub redirects: BTreeMap<OutputPath, String>,
}

impl Parcel {
    pub fn path(&self, path: &OutputPath) -> PathBuf {
        self.folder.join(path.as_str())
    }
}

/// What tells two versions of a file apart at a target: a hash, most often.
pub type VersionMark = String;

/// A file that a target has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub mark: VersionMark,
    pub size: u64,
    pub by: By,
}

/// Who wrote a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The last publish: where the site has it no longer, it is deleted.
    Us,
    /// Somebody else: it gives way to a file of the site, and else stays.
    Others,
}

/// What publishing will do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// In the order in which they are taken.
    pub steps: Vec<PlanStep>,
    pub unchanged: usize,
    /// Files of others that give way to files of the site.
    pub replaced: Vec<OutputPath>,
    /// Pages and files with a lasting address that the target has of us.
    pub lasting: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanStep {
    pub change: PlanChange,
    pub path: OutputPath,
    pub size: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanChange {
    Added,
    Changed,
    Deleted,
}

impl PlanChange {
    pub fn as_str(self) -> &'static str {
        match self {
            PlanChange::Added => "added",
            PlanChange::Changed => "changed",
            PlanChange::Deleted => "deleted",
        }
    }
}

/// What publishing changes for readers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReaderNews {
    /// By kind, then by address.
    pub pages: Vec<PageChange>,
    /// Addresses of which a cache in front of the host may have an old version: with the host where it is known.
    pub purge: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageChange {
    pub kind: PageNews,
    /// From the host's root.
    pub address: String,
    /// Empty where the page is gone, and nobody knows any more.
    pub title: String,
    pub language: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageNews {
    New,
    Changed,
    Gone,
}

impl PageNews {
    pub fn as_str(self) -> &'static str {
        match self {
            PageNews::New => "new",
            PageNews::Changed => "changed",
            PageNews::Gone => "gone",
        }
    }
}

impl ReaderNews {
    pub fn of(&self, kind: PageNews) -> impl ExactSizeIterator<Item = &PageChange> {
        let start = self.pages.partition_point(|page| page.kind < kind);
        let end = self.pages.partition_point(|page| page.kind <= kind);
        self.pages.get(start..end).unwrap_or_default().iter()
    }
}

impl Plan {
    pub fn count(&self, change: PlanChange) -> usize {
        self.steps.iter().filter(|step| step.change == change).count()
    }

    /// How much is sent.
    pub fn bytes(&self) -> u64 {
        let sent = self.steps.iter().filter(|step| step.change != PlanChange::Deleted);
        sent.map(|step| step.size).sum()
    }
}
