//! Reads again what has changed, and takes the rest as it was read before.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::folder::{self, Kind, Links};
use crate::disk::read::{Branch, Reader, is_link_trouble, is_passing, named};
use crate::disk::walk::Entry;
use crate::model::diagnostic::{Diagnostic, Outcome};
use crate::model::source::{SourcePath, Sources};

/// `before` with the files and folders at `changed` (below the project at `root`) as they are now.
///
/// `None` where that cannot be told without reading everything: a link stands on the way.
pub fn reread(
    root: &Path,
    exclude: &[String],
    before: &Outcome<Sources>,
    changed: &BTreeSet<String>,
) -> io::Result<Option<Outcome<Sources>>> {
    let mut reader = Reader::new(root, exclude)?;
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

/// Takes out a file, or a folder with all that it holds.
fn forget(reader: &mut Reader<'_>, path: &str) {
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

impl Reader<'_> {
    /// `false` where a link stands on the way.
    fn again(&mut self, path: &str) -> io::Result<bool> {
        let Some((tree_name, below)) = path.split_once('/') else { return Ok(false) };
        let tree = match self.project.folder(Path::new(tree_name), Links::Refuse) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(error) if is_link_trouble(&error) => return Ok(false),
            other => other.map_err(|error| named(tree_name, error))?,
        };
        let branch = Branch { tree: &tree, path: tree_name, above: &[] };
        // A file is passed over with the folder that it lies in.
        let mut above = PathBuf::new();
        for (index, segment) in below.split('/').enumerate() {
            above.push(segment);
            let entry = Entry { depth: index + 1, path: above.clone(), kind: Kind::Folder };
            if self.admit(&branch, &entry).is_none() {
                return Ok(true);
            }
        }
        let below = Path::new(below);
        match tree.folder(below, Links::Refuse) {
            Ok(folder) => {
                self.walk(&Branch { tree: &tree, path, above: &[] }, folder)?;
                return Ok(true);
            }
            Err(error) if is_link_trouble(&error) => return Ok(false),
            Err(error) if is_passing(&error) => {}
            Err(error) => return Err(named(path, error)),
        }
        match tree.file(below, Links::Refuse) {
            Ok(file) => self.file(SourcePath::new(path), file).map(|()| true),
            Err(error) if is_link_trouble(&error) || folder::is_not_openable(&error) => Ok(false),
            Err(error) if is_passing(&error) => Ok(true),
            Err(error) => Err(named(path, error)),
        }
    }
}
