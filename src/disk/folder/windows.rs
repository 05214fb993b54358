//! A folder by its path, on Windows: each name on the way is looked at before it is followed.
//!
//! A link that strangers have put into the sources leads nowhere, as on other systems. What this cannot see is somebody
//! with rights on this machine who changes a folder into a link between the look and the use.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "disk is the edge that opens files, and what others hold is waited for"
)]

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::os::windows::fs::{FileTypeExt, OpenOptionsExt, symlink_dir, symlink_file};
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use winapi_util::file::information;

use crate::disk::folder::{FileStatus, NodeKind, Symlinks};

/// What the system calls a name behind which another process holds the file (winerror.h).
const ACCESS_DENIED: i32 = 5;
const SHARING_VIOLATION: i32 = 32;
const DELETE_PENDING: i32 = 303;
/// What it calls a way to another disk, and a link that cannot be followed: ours lead out of a folder, and are refused.
const NOT_SAME_DEVICE: i32 = 17;
const CANNOT_RESOLVE: i32 = 1921;

/// Opens a link itself, and a folder like a file (`CreateFileW`).
const OPEN_LINK: u32 = 0x0020_0000;
const OPEN_FOLDER: u32 = 0x0200_0000;

/// Scanners and indexers hold a file for a moment after it was written: pauses between attempts, in milliseconds.
const PAUSES: &[u64] = &[1, 5, 20, 50, 100, 200, 400];

/// As many links are followed on the way to one file.
const MOST_LINKS: usize = 40;

/// An open folder. Every path is relative to it; `..` and links never lead above it.
#[derive(Debug)]
pub struct WindowsFolder(PathBuf);

impl WindowsFolder {
    /// No call of this system lets two folders change places.
    pub const EXCHANGES: bool = false;

    /// Opens what the user named; symbolic links in `path` are the user's own.
    pub fn open(path: &Path) -> io::Result<WindowsFolder> {
        // With `\\?\` before it, so that paths may be long.
        WindowsFolder::found(fs::canonicalize(path)?)
    }

    pub fn folder(&self, path: &Path, links: Symlinks) -> io::Result<WindowsFolder> {
        WindowsFolder::found(self.beneath(path, links)?)
    }

    /// Opens for reading whatever `path` names.
    pub fn file(&self, path: &Path, links: Symlinks) -> io::Result<File> {
        let path = self.beneath(path, links)?;
        let file =
            OpenOptions::new().read(true).custom_flags(OPEN_LINK | OPEN_FOLDER).open(path)?;
        match file.metadata()?.is_symlink() {
            true => Err(io::Error::from_raw_os_error(CANNOT_RESOLVE)),
            false => Ok(file),
        }
    }

    /// A new file for writing; `AlreadyExists` where `path` names anything at all.
    pub fn create(&self, path: &Path) -> io::Result<File> {
        let path = self.beneath(path, Symlinks::Refuse)?;
        patiently(|| OpenOptions::new().write(true).create_new(true).open(&path))
    }

    /// Makes one folder; its parent exists.
    pub fn make(&self, path: &Path) -> io::Result<()> {
        let path = self.beneath(path, Symlinks::Refuse)?;
        patiently(|| fs::create_dir(&path))
    }

    pub fn status(&self, path: &Path) -> io::Result<FileStatus> {
        status(&look(&self.beneath(path, Symlinks::Refuse)?)?)
    }

    /// The status of the folder itself.
    pub fn own_status(&self) -> io::Result<FileStatus> {
        status(&look(&self.0)?)
    }

    /// Here rights are inherited from the folder above.
    pub fn set_mode(&self, _: u32) -> io::Result<()> {
        Ok(())
    }

    /// Gives a file (or a symbolic link itself) a second name.
    pub fn link(&self, path: &Path, to: &WindowsFolder, new: &Path) -> io::Result<()> {
        let path = self.beneath(path, Symlinks::Refuse)?;
        fs::hard_link(path, to.beneath(new, Symlinks::Refuse)?)
    }

    pub fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        fs::read_link(self.beneath(path, Symlinks::Refuse)?)
    }

    pub fn make_link(&self, target: &Path, path: &Path) -> io::Result<()> {
        let path = self.beneath(path, Symlinks::Refuse)?;
        match path.parent().is_some_and(|parent| parent.join(target).is_dir()) {
            true => symlink_dir(target, path),
            false => symlink_file(target, path),
        }
    }

    /// Renames, taking the place of a file of that name.
    pub fn rename(&self, path: &Path, to: &WindowsFolder, new: &Path) -> io::Result<()> {
        let path = self.beneath(path, Symlinks::Refuse)?;
        let new = to.beneath(new, Symlinks::Refuse)?;
        patiently(|| fs::rename(&path, &new))
    }

    /// Not possible here; `EXCHANGES` says so before anybody asks.
    pub fn exchange(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub fn remove(&self, path: &Path) -> io::Result<()> {
        let path = self.beneath(path, Symlinks::Refuse)?;
        let is_folder = fs::symlink_metadata(&path)?.file_type().is_symlink_dir();
        patiently(|| if is_folder { fs::remove_dir(&path) } else { fs::remove_file(&path) })
    }

    /// Removes an empty folder.
    pub fn remove_folder(&self, path: &Path) -> io::Result<()> {
        let path = self.beneath(path, Symlinks::Refuse)?;
        patiently(|| fs::remove_dir(&path))
    }

    /// What the folder holds, in no order.
    pub fn list(&self) -> io::Result<Vec<(OsString, NodeKind)>> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok((entry.file_name(), kind_of(entry.file_type()?)))
        };
        fs::read_dir(&self.0)?.map(entry).collect()
    }

    /// Nothing to wait for: a volume is synchronised by its administrator alone. After a power cut, the next build
    /// finds each file with other bytes than it should have, and writes it again.
    pub fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    /// Whether `path` is the root of another mount, with which nothing can change places.
    pub fn is_mount(&self, _: &Path) -> io::Result<bool> {
        Ok(false)
    }

    fn found(path: PathBuf) -> io::Result<WindowsFolder> {
        let kind = kind_of(look(&path)?.metadata()?.file_type());
        match kind {
            NodeKind::Folder => Ok(WindowsFolder(path)),
            NodeKind::Link => Err(io::Error::from_raw_os_error(CANNOT_RESOLVE)),
            NodeKind::File | NodeKind::Other => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    /// Where `path` leads below this folder. Where links are refused, the last name is not looked at: whoever opens it
    /// opens a link itself.
    fn beneath(&self, path: &Path, links: Symlinks) -> io::Result<PathBuf> {
        let mut way = vec![self.0.clone()];
        let mut ahead = segments(path)?;
        let mut followed = 0;
        while let Some(segment) = ahead.pop() {
            if segment == ".." {
                way.pop();
                continue;
            }
            let next = way.last().ok_or_else(out)?.join(&segment);
            if ahead.is_empty() && links == Symlinks::Refuse {
                return Ok(next);
            }
            if !fs::symlink_metadata(&next)?.is_symlink() {
                way.push(next);
                continue;
            }
            followed += 1;
            if links == Symlinks::Refuse || followed > MOST_LINKS {
                return Err(io::Error::from_raw_os_error(CANNOT_RESOLVE));
            }
            ahead.extend(segments(&fs::read_link(&next)?)?);
        }
        way.pop().ok_or_else(out)
    }
}

/// The status of an open file.
pub fn status(file: &File) -> io::Result<FileStatus> {
    let metadata = file.metadata()?;
    let information = information(file)?;
    Ok(FileStatus {
        kind: kind_of(metadata.file_type()),
        size: metadata.len(),
        modified: modified(&metadata),
        identity: (information.volume_serial_number(), information.file_index()),
        mode: 0o777,
    })
}

/// Reads until `room` is full or the file ends; how many bytes those were.
pub fn read_to(mut file: &File, room: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while let Some(rest) = room.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(count) => read += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}

/// Whether the fault of `file` or `folder` was a link that leads above the folder.
pub fn leads_out(error: &io::Error) -> bool {
    error.raw_os_error() == Some(NOT_SAME_DEVICE)
}

/// Whether the fault was a symbolic link where none is followed, or a ring of them.
pub fn is_link_fault(error: &io::Error) -> bool {
    error.raw_os_error() == Some(CANNOT_RESOLVE)
}

/// Sockets and devices have no names in folders here.
pub fn is_not_openable(_: &io::Error) -> bool {
    false
}

/// Whether `path` names this very file, and not another that has taken its place.
pub fn is_at(file: &File, path: &Path) -> bool {
    let there = look(path).and_then(|there| status(&there));
    status(file).is_ok_and(|held| there.is_ok_and(|there| there.identity == held.identity))
}

/// Whether the fault of `open_or_make` was that somebody else is just letting go of the file.
pub fn is_held(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(ACCESS_DENIED | SHARING_VIOLATION | DELETE_PENDING))
}

/// Opens a file of any place for writing, and makes it where there is none. A link is an error.
pub fn open_or_make(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .custom_flags(OPEN_LINK)
        .open(path)?;
    match file.metadata()?.is_symlink() {
        true => Err(io::Error::other("this is a symbolic link: delete it")),
        false => Ok(file),
    }
}

/// Opens what stands at `path`, a link itself among it, only to learn about it.
fn look(path: &Path) -> io::Result<File> {
    OpenOptions::new().access_mode(0).custom_flags(OPEN_LINK | OPEN_FOLDER).open(path)
}

/// Does what another process may stand in the way of for a moment.
fn patiently<T>(action: impl Fn() -> io::Result<T>) -> io::Result<T> {
    for pause in PAUSES {
        match action() {
            Err(error) if is_held(&error) => std::thread::sleep(Duration::from_millis(*pause)),
            other => return other,
        }
    }
    action()
}

fn out() -> io::Error {
    io::Error::from_raw_os_error(NOT_SAME_DEVICE)
}

/// The segments of a relative path, last first.
fn segments(path: &Path) -> io::Result<Vec<OsString>> {
    let mut segments = Vec::new();
    for component in path.components().rev() {
        match component {
            // A colon would name a second stream of a file's bytes.
            Component::Normal(segment) if segment.as_encoded_bytes().contains(&b':') => {
                return Err(io::ErrorKind::InvalidInput.into());
            }
            Component::Normal(segment) => segments.push(segment.to_owned()),
            Component::ParentDir => segments.push(OsString::from("..")),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return Err(out()),
        }
    }
    Ok(segments)
}

fn kind_of(kind: fs::FileType) -> NodeKind {
    match kind {
        link if link.is_symlink() => NodeKind::Link,
        folder if folder.is_dir() => NodeKind::Folder,
        file if file.is_file() => NodeKind::File,
        _ => NodeKind::Other,
    }
}

fn modified(metadata: &Metadata) -> (i64, u64) {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let since = since.unwrap_or_default();
    (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), u64::from(since.subsec_nanos()))
}
