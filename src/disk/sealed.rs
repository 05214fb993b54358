//! A complete site that nobody sees: files are sent from it, and it is deleted when it is dropped.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::disk::folder::{self, Folder, NodeKind, Symlinks};
use crate::disk::stage::{PreviousOutput, Stage};
use crate::disk::target::at;
use crate::model::output::{OutputEntry, OutputPath};
use crate::model::publication::{By, Held};

#[derive(Debug)]
pub struct Sealed {
    _stage: Stage,
}

impl Stage {
    /// Completes a site that does not replace any other. It is an error if one of its files could not be
    /// written.
    pub fn seal(self) -> io::Result<Sealed> {
        self.take_manifest()?;
        if let Some(previous) = &self.previous {
            self.link_waiting(previous).map_err(|error| at(&self.target.path(), error))?;
        }
        Ok(Sealed { _stage: self })
    }

    /// The files in the output that earlier builds wrote or that have a path of this site, each with its
    /// fingerprint. A file that was edited since it was written no longer counts as ours.
    pub fn held(&self) -> io::Result<BTreeMap<OutputPath, Held>> {
        let Some(PreviousOutput { folder, manifest }) = &self.previous else {
            return Ok(BTreeMap::new());
        };
        let (files, fresh) = (self.files(), self.fresh());
        let mut held = BTreeMap::new();
        let mut buffer = Vec::new();
        for path in manifest.files.keys().chain(files.keys()) {
            if held.contains_key(path) {
                continue;
            }
            let place = Path::new(path.as_str());
            let found = match files.get(path) {
                // It was compared with these bytes when it was put.
                Some(entry) if !fresh.contains(path) => Some((*entry, true)),
                _ => entry(folder, place, &mut buffer)
                    .map_err(|error| at(&self.target.path().join(place), error))?,
            };
            let Some((entry, is_file)) = found else { continue };
            let is_ours = is_file && manifest.entry(place) == Some(&entry);
            let by = if is_ours { By::Us } else { By::Others };
            let mark = entry.fingerprint.to_string();
            held.insert(path.clone(), Held { mark, size: entry.size, by });
        }
        Ok(held)
    }
}

/// What is at `path`, and whether it is a file; `None` if nothing is there.
fn entry(
    folder: &Folder,
    path: &Path,
    buffer: &mut Vec<u8>,
) -> io::Result<Option<(OutputEntry, bool)>> {
    let file = match folder.file(path, Symlinks::Refuse) {
        Ok(file) => file,
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            return Ok(None);
        }
        Err(_) => return Ok(Some((OutputEntry::of(&[]), false))),
    };
    let status = folder::status(&file)?;
    if status.kind != NodeKind::File {
        return Ok(Some((OutputEntry::of(&[]), false)));
    }
    folder::read(&file, status.size, u64::MAX, buffer)?;
    Ok(Some((OutputEntry::of(buffer), true)))
}
