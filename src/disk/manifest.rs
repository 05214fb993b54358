//! The list of files that a build wrote, by which the next build recognises its own files.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Bound;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::disk::folder::{self, Folder, NodeKind, Symlinks};
use crate::disk::recover;
use crate::model::fingerprint::Fingerprint;
pub use crate::model::output::OutputEntry;
use crate::model::output::OutputPath;

/// The name of the list in the output folder.
pub const MANIFEST: &str = ".cicerone-manifest.json";

const VERSION: u32 = 1;

/// Every file that a build wrote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manifest {
    pub files: BTreeMap<OutputPath, OutputEntry>,
}

/// The manifest in the form in which it is stored.
#[derive(Serialize, Deserialize)]
struct ManifestFile {
    version: u32,
    files: BTreeMap<String, WrittenEntry>,
}

#[derive(Serialize, Deserialize)]
struct WrittenEntry {
    size: u64,
    xxh3: String,
}

impl Manifest {
    /// `None` if there is none. It is an error if it cannot be read or is not one of ours.
    pub fn read(output: &Folder) -> io::Result<Option<Manifest>> {
        let bytes = match bytes(output) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        Manifest::parse(&bytes).map(Some).ok_or_else(|| {
            let text = format!("`{MANIFEST}` is not a manifest that this version can read");
            io::Error::new(io::ErrorKind::InvalidData, text)
        })
    }

    fn parse(bytes: &[u8]) -> Option<Manifest> {
        let written: ManifestFile = serde_json::from_slice(bytes).ok()?;
        if written.version != VERSION {
            return None;
        }
        let mut files = BTreeMap::new();
        for (path, entry) in written.files {
            let fingerprint = Fingerprint::parse(&entry.xxh3)?;
            files.insert(OutputPath::parse(&path)?, OutputEntry { size: entry.size, fingerprint });
        }
        Some(Manifest { files })
    }

    /// The bytes to store. The same files always give the same bytes.
    pub fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let written = |(path, entry): (&OutputPath, &OutputEntry)| {
            let xxh3 = entry.fingerprint.to_string();
            (path.to_string(), WrittenEntry { size: entry.size, xxh3 })
        };
        let files = self.files.iter().map(written).collect();
        let mut bytes = serde_json::to_vec(&ManifestFile { version: VERSION, files })?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The entry for `path`, which is below the output.
    pub fn entry(&self, path: &Path) -> Option<&OutputEntry> {
        self.files.get(folder::slashed(path)?.as_ref())
    }

    /// Whether one of our files lies in the folder `path`, which makes the folder ours too.
    pub fn reaches_into(&self, path: &Path) -> bool {
        let Some(path) = folder::slashed(path) else { return false };
        let prefix = [path.as_ref(), "/"].concat();
        let range = (Bound::Included(prefix.as_str()), Bound::Unbounded);
        let next = self.files.range::<str, _>(range).next();
        next.is_some_and(|(file, _)| file.as_str().starts_with(&prefix))
    }
}

/// The files that the last build wrote into `output`; none where that cannot be told.
pub fn files_of(output: &Path) -> BTreeSet<String> {
    let manifest = Folder::open(output).and_then(|folder| Manifest::read(&folder));
    let files = manifest.ok().flatten().map(|manifest| manifest.files).unwrap_or_default();
    files.into_keys().map(|path| path.to_string()).collect()
}

/// By what the list of the files of an output is told from any other; `None` where there is none.
pub fn list_of(output: &Path) -> Option<Fingerprint> {
    let list = Folder::open(output).and_then(|folder| bytes(&folder)).ok()?;
    Some(Fingerprint::of(&list))
}

/// Whether an output holds exactly what was written by the build that left this `list`, with nothing beside it that the
/// next build has to repair.
pub fn is_as_built(output: &Path, list: Fingerprint) -> bool {
    if recover::is_left(output) {
        return false;
    }
    let same = || -> io::Result<bool> {
        let folder = Folder::open(output)?;
        let bytes = bytes(&folder)?;
        let manifest = Manifest::parse(&bytes).filter(|_| Fingerprint::of(&bytes) == list);
        let mut buffer = Vec::new();
        for (path, entry) in manifest.iter().flat_map(|manifest| &manifest.files) {
            if !is_as_written(&folder, Path::new(path.as_str()), entry, &mut buffer)? {
                return Ok(false);
            }
        }
        Ok(manifest.is_some())
    };
    // An output that cannot be read counts as changed.
    same().unwrap_or(false)
}

fn bytes(output: &Folder) -> io::Result<Vec<u8>> {
    let file = output.file(Path::new(MANIFEST), Symlinks::Refuse)?;
    let mut bytes = Vec::new();
    folder::read(&file, folder::status(&file)?.size, u64::MAX, &mut bytes)?;
    Ok(bytes)
}

/// Whether the file holds what a build wrote according to `entry`; `buffer` is scratch space.
pub fn is_as_written(
    parent: &Folder,
    name: &Path,
    entry: &OutputEntry,
    buffer: &mut Vec<u8>,
) -> io::Result<bool> {
    let file = parent.file(name, Symlinks::Refuse)?;
    let status = folder::status(&file)?;
    if status.kind != NodeKind::File || status.size != entry.size {
        return Ok(false);
    }
    folder::read(&file, status.size, u64::MAX, buffer)?;
    Ok(Fingerprint::of(buffer) == entry.fingerprint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(paths: &[&str]) -> Manifest {
        let entry = OutputEntry { size: 1, fingerprint: Fingerprint::of(b"x") };
        let files = paths.iter().map(|path| (OutputPath::parse(path).unwrap(), entry)).collect();
        Manifest { files }
    }

    #[test]
    fn a_manifest_is_read_back_as_written() {
        let manifest = manifest(&["en/index.html", "zh-hans/注销/index.html"]);
        assert_eq!(Manifest::parse(&manifest.to_bytes().unwrap()), Some(manifest));
    }

    #[test]
    fn a_manifest_that_names_a_path_outside_is_not_ours() {
        let text = r#"{"version":1,"files":{"../x":{"size":0,"xxh3":"00000000000000000000000000000000"}}}"#;
        assert_eq!(Manifest::parse(text.as_bytes()), None);
    }

    #[test]
    fn a_folder_is_ours_where_a_file_of_ours_lies_in_it() {
        let manifest = manifest(&["al-b/x", "al/x"]);
        assert!(manifest.reaches_into(Path::new("al")));
        assert!(!manifest.reaches_into(Path::new("a")));
        assert!(!manifest.reaches_into(Path::new("al/x")));
    }
}
