//! A file of the site: where it goes and what it holds.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use crate::model::fingerprint::Fingerprint;

/// The folder of the documents for other search engines.
pub const EXPORT: &str = "search-export";

/// A path below the output folder: segments joined with `/`, none of them empty, `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// `None` where `path` could lead out of the output folder, or does not name a file.
    pub fn parse(path: &str) -> Option<OutputPath> {
        let sound = |segment: &str| {
            let is_special = |byte| matches!(byte, b'\\' | b'\0');
            // `C:` names a drive.
            let is_disk = segment.as_bytes().get(1) == Some(&b':');
            !matches!(segment, "" | "." | "..") && !is_disk && !segment.bytes().any(is_special)
        };
        path.split('/').all(sound).then(|| OutputPath(Arc::from(path)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The size and fingerprint of a file of the site, without its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutputEntry {
    /// The size in bytes.
    pub size: u64,
    pub fingerprint: Fingerprint,
}

impl OutputEntry {
    /// The size and fingerprint of `bytes`.
    pub fn of(bytes: &[u8]) -> OutputEntry {
        OutputEntry { size: bytes.len() as u64, fingerprint: Fingerprint::of(bytes) }
    }
}

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    pub path: OutputPath,
    /// Kept in the buffer they were written into, because most files are written once and then dropped.
    pub bytes: Arc<Vec<u8>>,
}
