//! Moves a finished site into the output file by file, where the two cannot be swapped.

use std::cmp::Reverse;
use std::io;
use std::path::Path;

use crate::disk::carry::{OutputChange, copy};
use crate::disk::folder::{Folder, NodeKind, Symlinks};
use crate::disk::manifest::{MANIFEST, OutputEntry, is_as_written};
use crate::disk::{target, tree};
use crate::model::output::OutputPath;

/// A file that is being copied from another file system. It gets its real name once it is complete.
const PART: &str = ".cicerone-part";

/// Moves the files of `change.from` to `change.to`, and returns how many of our files were removed.
///
/// What pages need comes before the pages, and the pages that link to others come last. The manifest is the
/// very last file: until it has moved, the next build continues a move that was killed.
pub fn move_over(change: OutputChange<'_>) -> io::Result<usize> {
    let mut mover = Mover { change, buffer: Vec::new() };
    mover.discard_part()?;
    let mut files: Vec<_> = change.new.files.iter().collect();
    files.sort_by_key(|(path, _)| (is_page(path), Reverse(depth(path))));
    for (path, entry) in files {
        let path = Path::new(path.as_str());
        mover.place(path, Some(entry)).map_err(|error| target::at(path, error))?;
    }
    let removed = mover.remove_old()?;
    mover.place(Path::new(MANIFEST), None)?;
    Ok(removed)
}

struct Mover<'a> {
    change: OutputChange<'a>,
    buffer: Vec<u8>,
}

impl Mover<'_> {
    fn place(&mut self, path: &Path, entry: Option<&OutputEntry>) -> io::Result<()> {
        let OutputChange { from, to, .. } = self.change;
        let status = match from.status(path) {
            // A run that was killed had already moved it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            other => other?,
        };
        let is_there = to.status(path).is_ok_and(|there| there.identity == status.identity);
        if is_there || self.has(path, entry) {
            return from.remove(path);
        }
        self.make_way(path)?;
        let parent = to.folder(parent_of(path), Symlinks::Refuse)?;
        let name = path.file_name().map_or(path, Path::new);
        match from.rename(path, &parent, name) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                copy(from, path, NodeKind::File, to, Path::new(PART))?;
                to.rename(Path::new(PART), &parent, name)?;
                from.remove(path)
            }
            other => other,
        }
    }

    /// Whether the output already holds these bytes.
    fn has(&mut self, path: &Path, entry: Option<&OutputEntry>) -> bool {
        entry.is_some_and(|entry| {
            is_as_written(self.change.to, path, entry, &mut self.buffer).unwrap_or(false)
        })
    }

    /// Removes our files where the site needs a folder, and our folders where it needs a file.
    fn make_way(&mut self, path: &Path) -> io::Result<()> {
        for above in path.ancestors().skip(1) {
            if self.change.old.entry(above).is_some() {
                self.remove_own(above)?;
            }
        }
        if self.change.old.reaches_into(path) {
            let own: Vec<_> = self.change.old.files.keys().cloned().collect();
            let below = |own: &&OutputPath| Path::new(own.as_str()).starts_with(path);
            for own in own.iter().filter(below) {
                self.remove_own(Path::new(own.as_str()))?;
            }
        }
        if self.change.to.status(path).is_ok_and(|status| status.kind == NodeKind::Folder) {
            return Err(tree::conflict(path));
        }
        tree::make_parent(self.change.to, path)
    }

    fn remove_old(&mut self) -> io::Result<usize> {
        let OutputChange { old, new, .. } = self.change;
        let mut removed = 0;
        for path in old.files.keys().filter(|path| !new.files.contains_key(path.as_str())) {
            removed += usize::from(self.remove_own(Path::new(path.as_str()))?);
        }
        Ok(removed)
    }

    /// Removes a file if it is unchanged since we wrote it, and then the folders that it leaves empty.
    fn remove_own(&mut self, path: &Path) -> io::Result<bool> {
        let Some(entry) = self.change.old.entry(path) else { return Ok(false) };
        if !self.has(path, Some(entry)) {
            return Ok(false);
        }
        let to = self.change.to;
        to.remove(path)?;
        for above in path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
            if to.remove_folder(above).is_err() {
                break;
            }
        }
        Ok(true)
    }

    fn discard_part(&self) -> io::Result<()> {
        match self.change.to.remove(Path::new(PART)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

fn is_page(path: &OutputPath) -> bool {
    path.as_str().ends_with(".html")
}

fn depth(path: &OutputPath) -> usize {
    path.as_str().matches('/').count()
}

fn parent_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Continues the move of a run that was killed; `name` in `parent` is `change.from`.
pub fn finish(change: OutputChange<'_>, parent: &Folder, name: &Path) -> io::Result<usize> {
    let removed = move_over(change)?;
    tree::remove(parent, name)?;
    Ok(removed)
}
