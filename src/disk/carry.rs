//! Carries files that are not ours from the previous output into the next one, before the two are swapped.

use std::io;
use std::path::Path;

use crate::disk::folder::{self, Folder, NodeKind, Symlinks};
use crate::disk::manifest::{MANIFEST, Manifest, is_as_written};
use crate::disk::{target, tree};
use crate::model::output::OutputPath;

/// What became of the files of the previous output.
#[derive(Debug, Default)]
pub struct Carried {
    /// How many of our files the site no longer has.
    pub removed: usize,
    /// Files that were not ours and that the site replaces.
    pub replaced: Vec<OutputPath>,
}

/// The previous output and its successor, each with the list of its files.
#[derive(Debug, Clone, Copy)]
pub struct OutputChange<'a> {
    pub from: &'a Folder,
    pub to: &'a Folder,
    pub old: &'a Manifest,
    pub new: &'a Manifest,
}

/// Links every file that no build wrote, or that was edited since, into the successor.
pub fn carry(change: OutputChange<'_>) -> io::Result<Carried> {
    let usual_mode = change.to.own_status()?.mode;
    let mut carry = Carry { change, usual_mode, buffer: Vec::new(), carried: Carried::default() };
    carry.folder(change.from, Path::new(""))?;
    Ok(carry.carried)
}

/// Copies `name` to `below` in `to`, for file systems on which a file can have only one name.
pub fn copy(
    from: &Folder,
    name: &Path,
    kind: NodeKind,
    to: &Folder,
    below: &Path,
) -> io::Result<()> {
    match kind {
        NodeKind::File => copy_file(from, name, to, below),
        NodeKind::Link => to.make_link(&from.read_link(name)?, below),
        NodeKind::Folder | NodeKind::Other => Err(tree::conflict(below)),
    }
}

struct Carry<'a> {
    change: OutputChange<'a>,
    /// The mode of a new folder. If a folder has another mode, somebody set it.
    usual_mode: u32,
    buffer: Vec<u8>,
    carried: Carried,
}

impl Carry<'_> {
    fn folder(&mut self, folder: &Folder, path: &Path) -> io::Result<()> {
        for (name, kind) in folder.list().map_err(|error| target::at(path, error))? {
            let (name, below) = (Path::new(&name), path.join(&name));
            match kind {
                NodeKind::Folder => self.subfolder(folder, name, &below)?,
                _ if below == Path::new(MANIFEST) => {}
                kind => self.file(folder, name, kind, &below)?,
            }
        }
        // This comes last, because a folder that may not be written to could not be filled.
        let mode = folder.own_status()?.mode;
        if mode == self.usual_mode {
            return Ok(());
        }
        match self.change.to.folder(&path_or_dot(path), Symlinks::Refuse) {
            Ok(successor) => successor.set_mode(mode),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(target::at(path, error)),
        }
    }

    fn subfolder(&mut self, parent: &Folder, name: &Path, below: &Path) -> io::Result<()> {
        let folder = match parent.folder(name, Symlinks::Refuse) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            other => other.map_err(|error| target::at(below, error))?,
        };
        // A folder without any of our files is not ours, and stays even when it is empty.
        if !self.change.old.reaches_into(below) {
            tree::make(self.change.to, below)?;
        }
        self.folder(&folder, below)
    }

    fn file(
        &mut self,
        folder: &Folder,
        name: &Path,
        kind: NodeKind,
        below: &Path,
    ) -> io::Result<()> {
        let entry = self.change.old.entry(below);
        if self.change.new.entry(below).is_some() {
            if entry.is_none() {
                self.replace(folder, name, below)?;
            }
            return Ok(());
        }
        if let (Some(entry), NodeKind::File) = (entry, kind)
            && is_as_written(folder, name, entry, &mut self.buffer)?
        {
            self.carried.removed += 1;
            return Ok(());
        }
        tree::make_parent(self.change.to, below)?;
        match folder.link(name, self.change.to, below) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(tree::conflict(below))
            }
            Err(_) => copy(folder, name, kind, self.change.to, below)
                .map_err(|error| target::at(below, error)),
        }
    }

    fn replace(&mut self, folder: &Folder, name: &Path, below: &Path) -> io::Result<()> {
        let is_same = folder.status(name)?.identity == self.change.to.status(below)?.identity;
        let path = folder::slashed(below).and_then(|path| OutputPath::parse(&path));
        self.carried.replaced.extend(path.filter(|_| !is_same));
        Ok(())
    }
}

fn copy_file(from: &Folder, name: &Path, to: &Folder, below: &Path) -> io::Result<()> {
    let mut file = from.file(name, Symlinks::Refuse)?;
    let mut new = to.create(below)?;
    io::copy(&mut file, &mut new)?;
    let metadata = file.metadata()?;
    new.set_permissions(metadata.permissions())?;
    // This keeps it possible to tell which of two copies of a file was edited last.
    new.set_modified(metadata.modified()?)
}

fn path_or_dot(path: &Path) -> std::borrow::Cow<'_, Path> {
    if path.as_os_str().is_empty() { Path::new(".").into() } else { path.into() }
}
