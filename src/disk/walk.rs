//! Lists everything below a folder, sorted and without following links.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::{IntoIter, WalkDir};

use crate::disk::folder::NodeKind;

/// A file or folder below the folder that is being walked.
#[derive(Debug)]
pub struct FolderEntry {
    /// Its depth: 1 for what lies in the folder itself.
    pub depth: usize,
    /// Its path, relative to the folder that is being walked.
    pub path: PathBuf,
    pub kind: NodeKind,
}

/// The files and folders below a folder, each folder before its contents.
#[derive(Debug)]
pub struct Walk {
    folder: PathBuf,
    entries: IntoIter,
}

impl Walk {
    pub fn new(folder: &Path) -> Walk {
        let entries = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
        Walk { folder: folder.to_owned(), entries }
    }

    /// Skips the contents of the folder that was listed last.
    pub fn skip_folder(&mut self) {
        self.entries.skip_current_dir();
    }

    /// The next entry. Whatever has vanished meanwhile is left out.
    pub fn next(&mut self) -> Option<io::Result<FolderEntry>> {
        loop {
            match self.entries.next()? {
                Ok(entry) => return Some(Ok(self.entry(&entry))),
                Err(error) => {
                    let error = io::Error::from(error);
                    if error.kind() != io::ErrorKind::NotFound {
                        return Some(Err(error));
                    }
                }
            }
        }
    }

    fn entry(&self, entry: &walkdir::DirEntry) -> FolderEntry {
        let kind = match entry.file_type() {
            file if file.is_file() => NodeKind::File,
            file if file.is_dir() => NodeKind::Folder,
            file if file.is_symlink() => NodeKind::Link,
            _ => NodeKind::Other,
        };
        let path = entry.path().strip_prefix(&self.folder).unwrap_or(entry.path());
        FolderEntry { depth: entry.depth(), path: path.to_owned(), kind }
    }
}
