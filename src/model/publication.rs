//! Publishing: the target, what is sent, and what will change there.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::model::config::Base;
use crate::model::output::{OutputEntry, OutputPath};

/// A place that the site is published to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishTarget {
    pub destination: Destination,
    /// The address of the site at this target, if it is not the site's own.
    pub base: Option<Base>,
    /// Whether warnings stop publishing too.
    pub strict: bool,
}

/// The kind of place a site is published to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A folder. A relative path starts from the project's folder.
    Folder(String),
    Git(Branch),
    S3(Bucket),
}

/// A Git branch whose files are the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The name of a remote, or the address or folder of a repository.
    pub remote: String,
    /// The name of the branch.
    pub name: String,
}

/// A bucket of S3-compatible storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// The name of the bucket.
    pub name: String,
    /// The region of the bucket; `None` where this machine's own settings are to give it.
    pub region: Option<String>,
    /// The address of the service; `None` for AWS itself.
    pub endpoint: Option<String>,
    /// A folder in the bucket, without slashes at its ends; empty for none.
    pub prefix: String,
    /// The profile on this machine whose keys to use.
    pub profile: Option<String>,
}

impl Destination {
    /// The word for it in `site.yaml`.
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
    /// The folder that holds the site.
    pub folder: PathBuf,
    /// Every file of the site.
    pub files: BTreeMap<OutputPath, OutputEntry>,
    /// Pages that only redirect, and the address that each leads to.
    pub redirects: BTreeMap<OutputPath, String>,
}

impl Parcel {
    /// Where the file lies on this disk.
    pub fn path(&self, path: &OutputPath) -> PathBuf {
        self.folder.join(path.as_str())
    }
}

/// What tells two versions of a file at a target apart, usually a hash.
pub type VersionMark = String;

/// A file that a target already has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What tells this version of the file from others.
    pub mark: VersionMark,
    /// The size in bytes.
    pub size: u64,
    pub by: By,
}

/// Who wrote a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The last publish did. If the site no longer has the file, it is deleted.
    Us,
    /// Somebody else did. A file of the site replaces it; otherwise it stays.
    Others,
}

/// What publishing will do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// What to do, in this order.
    pub steps: Vec<PlanStep>,
    /// How many files stay as they are.
    pub unchanged: usize,
    /// Files of others that files of the site replace.
    pub replaced: Vec<OutputPath>,
    /// How many pages and files with a lasting address the target has from earlier publishes.
    pub lasting: usize,
}

/// One file to add, change or delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanStep {
    pub change: PlanChange,
    pub path: OutputPath,
    /// The size of the new file in bytes, or of the deleted one.
    pub size: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
/// What a step does to a file.
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
    /// How many steps make this change.
    pub fn count(&self, change: PlanChange) -> usize {
        self.steps.iter().filter(|step| step.change == change).count()
    }

    /// How many bytes are sent.
    pub fn bytes(&self) -> u64 {
        let sent = self.steps.iter().filter(|step| step.change != PlanChange::Deleted);
        sent.map(|step| step.size).sum()
    }
}
