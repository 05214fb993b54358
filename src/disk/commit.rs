//! Replaces the previous site with a finished one.

use std::io;
use std::path::Path;
use std::sync::atomic::Ordering;

use crate::disk::carry::{OutputChange, carry};
use crate::disk::folder::Symlinks;
use crate::disk::manifest::{MANIFEST, Manifest};
use crate::disk::recover::{MOVE, SWAP};
use crate::disk::stage::{PreviousOutput, Stage};
use crate::disk::{ordered, sweep};
use crate::model::output::OutputPath;

/// How a site replaced the previous one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommitWay {
    /// In one step: at every moment the output was one complete site.
    Exchanged,
    /// File by file, if the system cannot do better. Files come before the pages that need them.
    Ordered,
}

/// What a build did to the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    /// How many files of the previous build the site no longer has.
    pub removed: usize,
    /// Files that no build had written and that the site replaced.
    pub replaced: Vec<OutputPath>,
    /// The size of the whole site, in bytes.
    pub bytes: u64,
    pub way: CommitWay,
}

impl Stage {
    /// Publishes the site. After an error the previous output is still there, unless the error says
    /// otherwise.
    pub fn commit(mut self) -> io::Result<Written> {
        let manifest = self.take_manifest()?;
        let mut written = self.written(&manifest);
        let Some(previous) = self.previous.take() else {
            self.finish_stage(&manifest)?;
            self.rename(Path::new(&self.target.name.clone()))?;
            self.name = None;
            return Ok(written);
        };
        if is_same(&previous, &manifest, &written) {
            return Ok(written);
        }
        self.link_waiting(&previous).map_err(|error| self.named(error))?;
        if self.way == CommitWay::Exchanged && self.exchange(&previous, &manifest, &mut written)? {
            return Ok(written);
        }
        self.move_over(&previous, &manifest, &mut written)?;
        Ok(written)
    }

    fn written(&self, manifest: &Manifest) -> Written {
        Written {
            added: self.counts.added.load(Ordering::Relaxed),
            changed: self.counts.changed.load(Ordering::Relaxed),
            unchanged: self.counts.unchanged.load(Ordering::Relaxed),
            removed: 0,
            replaced: Vec::new(),
            bytes: manifest.files.values().map(|entry| entry.size).sum(),
            way: self.way,
        }
    }

    /// Writes the manifest, and waits until the whole stage would survive a power cut.
    ///
    /// There is one wait for the whole file system, because waiting for each file takes minutes on a large
    /// site. What follows is a rename, which a file system does completely or not at all, so no further wait
    /// is needed.
    fn finish_stage(&self, manifest: &Manifest) -> io::Result<()> {
        self.write(Path::new(MANIFEST), &manifest.to_bytes()?)
            .map_err(|error| self.named(error))?;
        self.folder.sync().map_err(|error| self.named(error))
    }

    /// `false` if the system cannot swap two folders.
    fn exchange(
        &mut self,
        previous: &PreviousOutput,
        manifest: &Manifest,
        written: &mut Written,
    ) -> io::Result<bool> {
        let PreviousOutput { folder, manifest: old } = previous;
        let change = OutputChange { from: folder, to: &self.folder, old, new: manifest };
        let carried = carry(change).map_err(|error| self.named(error))?;
        self.finish_stage(manifest)?;
        // From here on, a killed build leaves two complete sites, which `recover` recognises by this name.
        let swap = self.target.beside(SWAP);
        self.rename(&swap)?;
        match self.parent.exchange(&swap, Path::new(&self.target.name)) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => return Ok(false),
            other => other.map_err(|error| self.named(error))?,
        }
        self.name = None;
        let change = OutputChange { from: folder, to: &self.folder, old, new: manifest };
        sweep::sweep(change, &self.parent, &swap).map_err(|error| self.half_done(error))?;
        written.removed = carried.removed;
        written.replaced = carried.replaced;
        Ok(true)
    }

    fn move_over(
        &mut self,
        previous: &PreviousOutput,
        manifest: &Manifest,
        written: &mut Written,
    ) -> io::Result<()> {
        if self.folder.status(Path::new(MANIFEST)).is_err() {
            self.finish_stage(manifest)?;
        }
        let place = self.target.beside(MOVE);
        self.rename(&place)?;
        self.name = None;
        // Where a folder is known by its path, it has to be found again.
        self.folder =
            self.parent.folder(&place, Symlinks::Refuse).map_err(|error| self.half_done(error))?;
        let PreviousOutput { folder, manifest: old } = previous;
        let change = OutputChange { from: &self.folder, to: folder, old, new: manifest };
        written.replaced = replaced(change);
        written.removed =
            ordered::finish(change, &self.parent, &place).map_err(|error| self.half_done(error))?;
        written.way = CommitWay::Ordered;
        Ok(())
    }

    fn rename(&mut self, new: &Path) -> io::Result<()> {
        let Some(name) = &self.name else { return Ok(()) };
        self.parent.rename(name, &self.parent, new).map_err(|error| self.named(error))?;
        self.name = Some(new.to_owned());
        Ok(())
    }

    fn named(&self, error: io::Error) -> io::Error {
        crate::disk::target::at(&self.target.path(), error)
    }

    fn half_done(&self, error: io::Error) -> io::Error {
        let text = format!(
            "`{}` was being published when this stood in the way, and the next build goes on: {error}",
            self.target.path().display()
        );
        io::Error::new(error.kind(), text)
    }
}

/// Whether the output is exactly this site, so that nothing has to be changed.
fn is_same(previous: &PreviousOutput, manifest: &Manifest, written: &Written) -> bool {
    let is_fresh = written.added + written.changed > 0;
    !is_fresh && !manifest.files.is_empty() && previous.manifest == *manifest
}

/// The files of the site that are in the output with other bytes and that no build wrote.
fn replaced(change: OutputChange<'_>) -> Vec<OutputPath> {
    let is_strange = |path: &&OutputPath| {
        let path = Path::new(path.as_str());
        change.old.entry(path).is_none()
            && change.to.status(path).is_ok_and(|there| {
                change.from.status(path).is_ok_and(|here| here.identity != there.identity)
            })
    };
    change.new.files.keys().filter(is_strange).cloned().collect()
}
