//! Reads a part of a site, which another run has written, file by file.

use std::io;
use std::path::Path;

use crate::disk::folder::{self, Folder, Symlinks};
use crate::model::output::OutputPath;

/// The folder of a part.
#[derive(Debug)]
pub struct PartFolder(Folder);

impl PartFolder {
    pub fn open(path: &Path) -> io::Result<PartFolder> {
        Folder::open(path).map(PartFolder)
    }

    /// The bytes of a file of the part. No link is followed.
    pub fn read(&self, path: &OutputPath) -> io::Result<Vec<u8>> {
        let file = self.0.file(Path::new(path.as_str()), Symlinks::Refuse)?;
        let mut bytes = Vec::new();
        folder::read(&file, folder::status(&file)?.size, u64::MAX, &mut bytes)?;
        Ok(bytes)
    }
}
