//! The one door to the file system: folders, and what is reached through them and nowhere else.
//!
//! Each kind of system has a file with the same functions; what they share is here.
#![expect(clippy::disallowed_types, reason = "disk is the edge that opens files")]

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::path::{MAIN_SEPARATOR, Path};

#[cfg(unix)]
pub use unix::{
    UnixFolder as Folder, is_at, is_held, is_link_fault, is_not_openable, leads_out, open_or_make,
    read_to, status,
};
#[cfg(windows)]
pub use windows::{
    WindowsFolder as Folder, is_at, is_held, is_link_fault, is_not_openable, leads_out,
    open_or_make, read_to, status,
};

/// What a name in a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    File,
    Folder,
    Link,
    /// A pipe, socket or device.
    Other,
}

/// What is known about a file without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStatus {
    pub kind: NodeKind,
    pub size: u64,
    /// Seconds and nanoseconds since 1970.
    pub modified: (i64, u64),
    /// Device and number of the file: equal for two names of one file.
    pub identity: (u64, u64),
    /// The permission bits.
    pub mode: u32,
}

/// What to do about symbolic links on the way to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symlinks {
    Refuse,
    /// Follow those that stay below the folder.
    Within,
}

/// A file that was opened.
pub type OpenFile = File;

/// Reads at most `limit` bytes into `buffer`, which is emptied first; `size` is what to expect.
pub fn read(file: &File, size: u64, limit: u64, buffer: &mut Vec<u8>) -> io::Result<()> {
    // A file that grows meanwhile is read as long as it was; the next build sees the rest.
    buffer.resize(usize::try_from(size.min(limit)).unwrap_or(usize::MAX), 0);
    let read = read_to(file, buffer)?;
    buffer.truncate(read);
    Ok(())
}

/// `path` with `/` between its segments, as sources and outputs are named; `None` where it is not UTF-8.
pub fn slashed(path: &Path) -> Option<Cow<'_, str>> {
    let path = path.to_str()?;
    Some(match MAIN_SEPARATOR {
        '/' => path.into(),
        other => path.replace(other, "/").into(),
    })
}
