//! Repairs what a build that was killed left behind.

use std::io;
use std::path::Path;

use crate::disk::carry::OutputChange;
use crate::disk::folder::{Folder, Symlinks};
use crate::disk::manifest::Manifest;
use crate::disk::target::OutputTarget;
use crate::disk::{ordered, sweep, tree};

/// The site while it is being made. It is worthless once its build is gone.
pub const STAGE: &str = "stage";
/// One of two complete sites, the other being the output.
pub const SWAP: &str = "swap";
/// A complete site that is being moved into the output file by file.
pub const MOVE: &str = "move";

/// Repairs the output. The caller holds the lock, so nothing beside the output belongs to a running build.
pub fn recover(parent: &Folder, target: &OutputTarget) -> io::Result<()> {
    tree::remove(parent, &target.beside(STAGE))?;
    finish(parent, target, SWAP)?;
    finish(parent, target, MOVE)
}

/// Whether a build beside this output has left something to repair, or is still at work.
pub fn is_left(output: &Path) -> bool {
    let Some(target) = OutputTarget::of_existing(output) else { return false };
    let Ok(parent) = Folder::open(&target.parent) else { return false };
    [STAGE, SWAP, MOVE].iter().any(|what| parent.status(&target.beside(what)).is_ok())
}

fn finish(parent: &Folder, target: &OutputTarget, what: &str) -> io::Result<()> {
    let name = target.beside(what);
    let Some(left) = open(parent, &name)? else { return Ok(()) };
    let Some(output) = open(parent, Path::new(&target.name))? else {
        // Somebody has deleted the output since, and a complete site is better than none.
        return parent.rename(&name, parent, Path::new(&target.name));
    };
    let left_manifest = Manifest::read(&left)?;
    let manifest = Manifest::read(&output)?.unwrap_or_default();
    match (what, left_manifest) {
        // Its manifest, which moves last, has already moved.
        (MOVE, None) => tree::remove(parent, &name),
        (MOVE, Some(new)) => {
            let change = OutputChange { from: &left, to: &output, old: &manifest, new: &new };
            ordered::finish(change, parent, &name).map(drop)
        }
        (_, left_manifest) => {
            let old = left_manifest.unwrap_or_default();
            let change = OutputChange { from: &left, to: &output, old: &old, new: &manifest };
            sweep::sweep(change, parent, &name)
        }
    }
}

fn open(parent: &Folder, name: &Path) -> io::Result<Option<Folder>> {
    match parent.folder(name, Symlinks::Refuse) {
        Ok(folder) => Ok(Some(folder)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
