//! Creates and removes folders together with their contents.

use std::io;
use std::path::Path;

use crate::disk::folder::{Folder, NodeKind, Symlinks};

/// The owner's right to list, enter and change a folder.
const OWNER: u32 = 0o700;

/// Creates the folder `path` and those that contain it, if they do not exist.
pub fn make(root: &Folder, path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() {
        return Ok(());
    }
    match root.make(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            match root.status(path)?.kind {
                NodeKind::Folder => Ok(()),
                _ => Err(conflict(path)),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make(root, path.parent().ok_or(error)?)?;
            root.make(path)
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(conflict(path)),
        Err(error) => Err(error),
    }
}

/// Creates the folder that `path` lies in.
pub fn make_parent(root: &Folder, path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |parent| make(root, parent))
}

/// Removes the folder `name` and everything in it. Links are removed, not followed.
pub fn remove(parent: &Folder, name: &Path) -> io::Result<()> {
    let folder = match parent.folder(name, Symlinks::Refuse) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    allow_changes(&folder)?;
    for (name, kind) in folder.list()? {
        let name = Path::new(&name);
        match kind {
            NodeKind::Folder => remove(&folder, name)?,
            NodeKind::File | NodeKind::Link | NodeKind::Other => folder.remove(name)?,
        }
    }
    parent.remove_folder(name)
}

/// Allows us to delete from a folder that its owner protected and that is about to be removed.
pub fn allow_changes(folder: &Folder) -> io::Result<()> {
    let mode = folder.own_status()?.mode;
    if mode & OWNER == OWNER { Ok(()) } else { folder.set_mode(mode | OWNER) }
}

/// The error that a file of somebody else is where the site needs a folder, or the reverse.
pub fn conflict(path: &Path) -> io::Error {
    let text = format!(
        "`{}` in the output is not from an earlier build, and the site needs its place; move it away",
        path.display()
    );
    io::Error::new(io::ErrorKind::AlreadyExists, text)
}
