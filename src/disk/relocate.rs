//! Moves a folder of the sources together with the changes of files that this asks for: all of it, or nothing.
//!
//! What is to be done is written down first, in a file at the project's root. A run that is killed is finished by the
//! next one; a run that fails takes back what it has done.
#![expect(clippy::disallowed_methods, reason = "disk is the edge that moves files")]

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::disk::edit::{create, replace};
use crate::disk::folder::{Folder, NodeKind, Symlinks};
use crate::disk::target::at;

const PLAN: &str = ".cicerone-move";

/// A folder below the project's root, where it goes, and the files that change, by their paths after the move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelocationPlan {
    pub from: String,
    pub to: String,
    pub edits: Vec<FileEdit>,
}

/// The texts of a file before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEdit {
    pub path: String,
    pub old: String,
    pub new: String,
}

/// Carries out the plan. `is_right` looks at the result; where it says no, everything is taken back.
pub fn relocate(
    root: &Path,
    plan: &RelocationPlan,
    is_right: impl FnOnce() -> io::Result<()>,
) -> io::Result<()> {
    let text = serde_json::to_string(plan).map_err(io::Error::other)?;
    create(root, PLAN, text)?;
    let done = carry_out(root, plan).and_then(|()| is_right());
    if let Err(error) = done {
        // A plan that cannot be taken back stays, and the next run finishes it.
        take_back(root, plan)?;
        forget(root)?;
        return Err(error);
    }
    forget(root)
}

/// The plan that a killed run has left.
pub fn unfinished_move(root: &Path) -> io::Result<Option<RelocationPlan>> {
    match std::fs::read_to_string(root.join(PLAN)) {
        Ok(text) => {
            let read = serde_json::from_str(&text).map(Some);
            read.map_err(|error| at(&root.join(PLAN), io::Error::other(error)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(at(&root.join(PLAN), error)),
    }
}

/// Does what is left of a plan. Files that somebody has changed since stay as they are, and are returned.
pub fn finish_move<'p>(root: &Path, plan: &'p RelocationPlan) -> io::Result<Vec<&'p str>> {
    if !is_there(root, &plan.to)? {
        rename(root, &plan.from, &plan.to)?;
    }
    let mut changed = Vec::new();
    for FileEdit { path, old, new } in &plan.edits {
        let text = std::fs::read_to_string(root.join(path)).unwrap_or_default();
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        match text {
            text if text == new => {}
            text if text == old => replace(root, path, old, new)?,
            _ => changed.push(&**path),
        }
    }
    forget(root).map(|()| changed)
}

fn carry_out(root: &Path, plan: &RelocationPlan) -> io::Result<()> {
    rename(root, &plan.from, &plan.to)?;
    plan.edits.iter().try_for_each(|FileEdit { path, old, new }| replace(root, path, old, new))
}

fn take_back(root: &Path, plan: &RelocationPlan) -> io::Result<()> {
    if is_there(root, &plan.from)? {
        return Ok(());
    }
    for FileEdit { path, old, new } in plan.edits.iter().rev() {
        let text = std::fs::read_to_string(root.join(path)).unwrap_or_default();
        if text.strip_prefix('\u{FEFF}').unwrap_or(&text) == new {
            replace(root, path, new, old)?;
        }
    }
    rename(root, &plan.to, &plan.from)
}

fn forget(root: &Path) -> io::Result<()> {
    std::fs::remove_file(root.join(PLAN)).map_err(|error| at(&root.join(PLAN), error))
}

/// Renames a folder, in one step, to a name that nothing has.
fn rename(root: &Path, from: &str, to: &str) -> io::Result<()> {
    let named = |path: &str, error| at(&root.join(path), error);
    let (old_holder, old_name) = holder(root, from)?;
    let (new_holder, new_name) = holder(root, to)?;
    let status = old_holder.status(Path::new(old_name)).map_err(|error| named(from, error))?;
    if status.kind != NodeKind::Folder {
        return Err(named(from, io::Error::other("this is no folder; move what it leads to")));
    }
    if is_there(root, to)? {
        return Err(named(to, io::ErrorKind::AlreadyExists.into()));
    }
    old_holder
        .rename(Path::new(old_name), &new_holder, Path::new(new_name))
        .and_then(|()| new_holder.sync())
        .and_then(|()| old_holder.sync())
        .map_err(|error| named(to, error))
}

/// The folder that a path lies in, reached through no link, and the path's last name.
fn holder<'p>(root: &Path, path: &'p str) -> io::Result<(Folder, &'p str)> {
    let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
    let opened = Folder::open(root).and_then(|top| top.folder(Path::new(folder), Symlinks::Refuse));
    opened.map(|folder| (folder, name)).map_err(|error| at(&root.join(folder), error))
}

/// Whether a folder is at the path, reached through no link.
pub fn is_folder(root: &Path, path: &str) -> bool {
    let status = holder(root, path).and_then(|(holder, name)| holder.status(Path::new(name)));
    status.is_ok_and(|status| status.kind == NodeKind::Folder)
}

fn is_there(root: &Path, path: &str) -> io::Result<bool> {
    let (holder, name) = holder(root, path)?;
    match holder.status(Path::new(name)) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(at(&root.join(path), error)),
    }
}
