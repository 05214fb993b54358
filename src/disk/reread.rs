//! Reads again what has changed, and keeps the rest as it was read before.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::folder::{self, NodeKind, Symlinks};
use crate::disk::read::{SourceReader, WalkedFolder, is_link_trouble, is_passing, named};
use crate::disk::walk::FolderEntry;
use crate::model::diagnostic::{Diagnostic, Outcome};
use crate::model::source::{SourcePath, Sources};

/// `before`, with the files and folders at `changed` (below the project at `root`) as they are now.
///
/// `None` if everything has to be read, because there is a link on the way to one of them.
pub fn reread(
    root: &Path,
    exclude: &[String],
    before: &Outcome<Sources>,
    changed: &BTreeSet<String>,
) -> io::Result<Option<Outcome<Sources>>> {
    let mut reader = SourceReader::new(root, exclude)?;
    reader.sources = before.value.clone();
    reader.diagnostics = before.diagnostics.clone();
    for path in changed {
        forget(&mut reader, path);
        if !reader.again(path)? {
            return Ok(None);
        }
    }
    Ok(Some(reader.finish()))
}

/// Removes a file, or a folder with everything in it, from what was read.
fn forget(reader: &mut SourceReader<'_>, path: &str) {
    let folder = format!("{path}/");
    let of_it = |fault: &Diagnostic| {
        let place = fault.place.as_ref().map(|place| place.path.as_str());
        place.is_some_and(|place| place == path || place.starts_with(&folder))
    };
    reader.diagnostics.retain(|fault| !of_it(fault));
    take_out(&mut reader.sources.texts, path, &folder);
    take_out(&mut reader.sources.assets, path, &folder);
}

fn take_out<T>(files: &mut BTreeMap<SourcePath, T>, path: &str, folder: &str) {
    let start = SourcePath::new(folder);
    let below = files.range(start..).map(|(known, _)| known);
    let below = below.take_while(|known| known.as_str().starts_with(folder));
    let mut gone: Vec<SourcePath> = below.cloned().collect();
    gone.push(SourcePath::new(path));
    for path in &gone {
        files.remove(path);
    }
}

impl SourceReader<'_> {
    /// `false` if there is a link on the way.
    fn again(&mut self, path: &str) -> io::Result<bool> {
        let Some((tree_name, below)) = path.split_once('/') else { return Ok(false) };
        let tree = match self.project.folder(Path::new(tree_name), Symlinks::Refuse) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(error) if is_link_trouble(&error) => return Ok(false),
            other => other.map_err(|error| named(tree_name, error))?,
        };
        let branch = WalkedFolder { tree: &tree, path: tree_name, above: &[] };
        // A file is skipped together with the folder that it lies in.
        let mut above = PathBuf::new();
        for (index, segment) in below.split('/').enumerate() {
            above.push(segment);
            let entry =
                FolderEntry { depth: index + 1, path: above.clone(), kind: NodeKind::Folder };
            if self.admit(&branch, &entry).is_none() {
                return Ok(true);
            }
        }
        let below = Path::new(below);
        match tree.folder(below, Symlinks::Refuse) {
            Ok(folder) => {
                self.walk(&WalkedFolder { tree: &tree, path, above: &[] }, folder)?;
                return Ok(true);
            }
            Err(error) if is_link_trouble(&error) => return Ok(false),
            Err(error) if is_passing(&error) => {}
            Err(error) => return Err(named(path, error)),
        }
        match tree.file(below, Symlinks::Refuse) {
            Ok(file) => self.file(SourcePath::new(path), file).map(|()| true),
            Err(error) if is_link_trouble(&error) || folder::is_not_openable(&error) => Ok(false),
            Err(error) if is_passing(&error) => Ok(true),
            Err(error) => Err(named(path, error)),
        }
    }
}
