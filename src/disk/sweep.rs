//! Removes the previous output after its successor has replaced it, and saves what is not ours.

use std::io;
use std::path::Path;

use crate::disk::carry::OutputChange;
use crate::disk::folder::{Folder, NodeKind, Symlinks};
use crate::disk::manifest::{MANIFEST, is_as_written};
use crate::disk::{target, tree};

/// How many times to go through a folder while somebody keeps adding files to it.
const ATTEMPTS: usize = 16;

/// Removes the folder `name` in `parent`, which is `change.from`.
///
/// Files that appeared there since it was carried over are moved to the successor. The same applies to a
/// successor that was finished but never took its place, so after a kill both are swept in the same way.
pub fn sweep(change: OutputChange<'_>, parent: &Folder, name: &Path) -> io::Result<()> {
    let mut sweep = Sweep { change, buffer: Vec::new() };
    for _ in 1..ATTEMPTS {
        sweep.folder(change.from, Path::new(""))?;
        // This comes last, because without the manifest any of our files that are left would seem to be
        // somebody else's.
        match change.from.remove(Path::new(MANIFEST)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        match parent.remove_folder(name) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
            other => return other,
        }
    }
    parent.remove_folder(name)
}

struct Sweep<'a> {
    change: OutputChange<'a>,
    buffer: Vec<u8>,
}

impl Sweep<'_> {
    fn folder(&mut self, folder: &Folder, path: &Path) -> io::Result<()> {
        tree::allow_changes(folder).map_err(|error| target::at(path, error))?;
        for (name, kind) in folder.list()? {
            let (name, below) = (Path::new(&name), path.join(&name));
            match kind {
                NodeKind::Folder => self.subfolder(folder, name, &below)?,
                _ if below == Path::new(MANIFEST) => {}
                kind => self.file(folder, name, kind, &below)?,
            }
        }
        Ok(())
    }

    fn subfolder(&mut self, parent: &Folder, name: &Path, below: &Path) -> io::Result<()> {
        let folder = parent.folder(name, Symlinks::Refuse)?;
        if !self.change.old.reaches_into(below) {
            tree::make(self.change.to, below)?;
        }
        for _ in 1..ATTEMPTS {
            self.folder(&folder, below)?;
            match parent.remove_folder(name) {
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => {}
                other => return other,
            }
        }
        parent.remove_folder(name)
    }

    fn file(
        &mut self,
        folder: &Folder,
        name: &Path,
        kind: NodeKind,
        below: &Path,
    ) -> io::Result<()> {
        if self.change.new.entry(below).is_some() {
            return folder.remove(name);
        }
        if let (Some(entry), NodeKind::File) = (self.change.old.entry(below), kind)
            && is_as_written(folder, name, entry, &mut self.buffer)?
        {
            return folder.remove(name);
        }
        self.adopt(folder, name, below)
    }

    /// Moves a file that is not ours to the successor, unless it is there already or a later version is.
    fn adopt(&mut self, folder: &Folder, name: &Path, below: &Path) -> io::Result<()> {
        let ours = folder.status(name)?;
        match self.change.to.status(below) {
            Ok(theirs) if theirs.identity == ours.identity => return folder.remove(name),
            Ok(theirs) if theirs.kind == NodeKind::Folder => return Err(tree::conflict(below)),
            Ok(theirs) if theirs.modified >= ours.modified => return folder.remove(name),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(target::at(below, error)),
        }
        tree::make_parent(self.change.to, below)?;
        let parent = match below.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let parent = self.change.to.folder(parent, Symlinks::Refuse)?;
        folder.rename(name, &parent, name).map_err(|error| target::at(below, error))
    }
}
