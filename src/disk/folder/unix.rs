//! A folder by its descriptor, on Linux, macOS and their kin: no symbolic link can lead what is reached through it elsewhere.
#![expect(clippy::disallowed_types, reason = "disk is the edge that opens files")]

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Component, Path, PathBuf};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;

use crate::disk::folder::{FileStatus, NodeKind, Symlinks};

/// An open folder. Every path is relative to it, and neither `..` nor links ever lead above it.
#[derive(Debug)]
pub struct UnixFolder(OwnedFd);

impl UnixFolder {
    /// Whether two folders can change places in one step, if the file system lets them.
    pub const EXCHANGES: bool = cfg!(any(target_os = "linux", target_vendor = "apple"));

    /// Opens what the user named; symbolic links in `path` are the user's own.
    pub fn open(path: &Path) -> io::Result<UnixFolder> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(UnixFolder(rustix::fs::open(path, flags, Mode::empty())?))
    }

    pub fn folder(&self, path: &Path, links: Symlinks) -> io::Result<UnixFolder> {
        Ok(UnixFolder(self.beneath(path, OFlags::RDONLY | OFlags::DIRECTORY, links)?))
    }

    /// Opens whatever `path` names for reading, without waiting for the other end of a pipe.
    pub fn file(&self, path: &Path, links: Symlinks) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY;
        Ok(File::from(self.beneath(path, flags, links)?))
    }

    /// Creates a file for writing. The error is `AlreadyExists` if `path` names anything at all.
    pub fn create(&self, path: &Path) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
        Ok(File::from(self.beneath(path, flags, Symlinks::Refuse)?))
    }

    /// Creates a folder in one that exists.
    pub fn make(&self, path: &Path) -> io::Result<()> {
        Ok(rustix::fs::mkdirat(&self.0, path, Mode::from_raw_mode(0o777))?)
    }

    pub fn status(&self, path: &Path) -> io::Result<FileStatus> {
        Ok(status_of(&rustix::fs::statat(&self.0, path, AtFlags::SYMLINK_NOFOLLOW)?))
    }

    /// The status of the folder itself.
    pub fn own_status(&self) -> io::Result<FileStatus> {
        status(&self.0)
    }

    pub fn set_mode(&self, mode: u32) -> io::Result<()> {
        Ok(rustix::fs::fchmod(&self.0, mode_bits(mode))?)
    }

    /// Gives a file (or a symbolic link itself) a second name.
    pub fn link(&self, path: &Path, to: &UnixFolder, new: &Path) -> io::Result<()> {
        Ok(rustix::fs::linkat(&self.0, path, &to.0, new, AtFlags::empty())?)
    }

    pub fn read_link(&self, path: &Path) -> io::Result<PathBuf> {
        let target = rustix::fs::readlinkat(&self.0, path, Vec::new())?;
        Ok(PathBuf::from(OsString::from_vec(target.into_bytes())))
    }

    pub fn make_link(&self, target: &Path, path: &Path) -> io::Result<()> {
        Ok(rustix::fs::symlinkat(target, &self.0, path)?)
    }

    /// Renames, taking the place of a file of that name.
    pub fn rename(&self, path: &Path, to: &UnixFolder, new: &Path) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.0, path, &to.0, new)?)
    }

    /// Swaps two names in this folder in one step. The error is `Unsupported` where that is impossible.
    pub fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        match exchange(self.0.as_fd(), one, other) {
            // `BUSY` means a mount point, and `XDEV` that another file system is mounted on one of them.
            Err(Errno::INVAL | Errno::NOSYS | Errno::XDEV | Errno::BUSY | Errno::NOTSUP) => {
                Err(io::ErrorKind::Unsupported.into())
            }
            other => Ok(other?),
        }
    }

    pub fn remove(&self, path: &Path) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.0, path, AtFlags::empty())?)
    }

    /// Removes an empty folder.
    pub fn remove_folder(&self, path: &Path) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.0, path, AtFlags::REMOVEDIR)?)
    }

    /// What the folder contains, in no particular order.
    pub fn list(&self) -> io::Result<Vec<(OsString, NodeKind)>> {
        let mut folder = Dir::new(self.0.try_clone()?)?;
        folder.rewind();
        let mut entries = Vec::new();
        while let Some(entry) = folder.read() {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            let kind = match entry.file_type() {
                FileType::Unknown => self.status(Path::new(name))?.kind,
                known => kind_of(known),
            };
            entries.push((name.to_owned(), kind));
        }
        Ok(entries)
    }

    /// Waits until everything written to this folder's file system would survive a power cut.
    #[cfg(target_os = "linux")]
    pub fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::syncfs(&self.0)?)
    }

    /// Synchronises the folder, on systems that cannot synchronise a whole file system.
    #[cfg(not(target_os = "linux"))]
    pub fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::fsync(&self.0)?)
    }

    /// Whether `path` is the root of another mount, which cannot be swapped.
    #[cfg(target_os = "linux")]
    pub fn is_mount(&self, path: &Path) -> io::Result<bool> {
        use rustix::fs::ResolveFlags;
        let flags = OFlags::PATH | OFlags::CLOEXEC;
        match rustix::fs::openat2(&self.0, path, flags, Mode::empty(), ResolveFlags::NO_XDEV) {
            Ok(_) => Ok(false),
            Err(Errno::XDEV) => Ok(true),
            Err(_) => self.is_other_device(path),
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub fn is_mount(&self, path: &Path) -> io::Result<bool> {
        self.is_other_device(path)
    }

    fn is_other_device(&self, path: &Path) -> io::Result<bool> {
        Ok(self.status(path)?.identity.0 != self.own_status()?.identity.0)
    }

    fn beneath(&self, path: &Path, flags: OFlags, links: Symlinks) -> rustix::io::Result<OwnedFd> {
        let mode = if flags.contains(OFlags::CREATE) { 0o666 } else { 0 };
        let flags = flags | OFlags::CLOEXEC;
        beneath(self.0.as_fd(), path, flags, Mode::from_raw_mode(mode), links)
    }
}

/// The status of an open file.
pub fn status(file: impl AsFd) -> io::Result<FileStatus> {
    Ok(status_of(&rustix::fs::fstat(file)?))
}

/// Reads until `room` is full or the file ends; how many bytes those were.
pub fn read_to(file: &File, room: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while let Some(rest) = room.get_mut(read..).filter(|rest| !rest.is_empty()) {
        match rustix::io::read(file, rest) {
            Ok(0) => break,
            Ok(count) => read += count,
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(read)
}

/// Whether an error of `file` or `folder` came from a link that leads above the folder.
pub fn leads_out(error: &io::Error) -> bool {
    Errno::from_io_error(error) == Some(Errno::XDEV)
}

/// Whether an error came from a symbolic link where none is followed, or from a ring of links.
pub fn is_link_fault(error: &io::Error) -> bool {
    Errno::from_io_error(error) == Some(Errno::LOOP)
}

/// Whether an error came from a socket, which cannot be opened, or a device with nothing behind it.
pub fn is_not_openable(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::NXIO | Errno::NODEV))
}

#[cfg(target_os = "linux")]
fn beneath(
    folder: BorrowedFd<'_>,
    path: &Path,
    flags: OFlags,
    mode: Mode,
    links: Symlinks,
) -> rustix::io::Result<OwnedFd> {
    use rustix::fs::ResolveFlags;
    let resolve = match links {
        Symlinks::Refuse => ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS,
        Symlinks::Within => ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS,
    };
    // The kernel returns `AGAIN` if something was renamed during the lookup, which soon passes.
    for _ in 0..16 {
        match rustix::fs::openat2(folder, path, flags, mode, resolve) {
            Err(Errno::AGAIN) => {}
            // Kernels before 5.6 and some sandboxes do not know this call.
            Err(Errno::NOSYS | Errno::PERM) => break,
            other => return other,
        }
    }
    step_by_step(folder, path, flags, mode, links)
}

#[cfg(not(target_os = "linux"))]
use step_by_step as beneath;

/// The portable way: opens one segment at a time, without following links.
fn step_by_step(
    folder: BorrowedFd<'_>,
    path: &Path,
    flags: OFlags,
    mode: Mode,
    links: Symlinks,
) -> rustix::io::Result<OwnedFd> {
    const FOLDER: OFlags =
        OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC).union(OFlags::NOFOLLOW);
    let mut way = vec![rustix::fs::openat(folder, ".", FOLDER, Mode::empty())?];
    let mut ahead = segments(path)?;
    let mut followed = 0;
    while let Some(segment) = ahead.pop() {
        let Some(here) = way.last() else { return Err(Errno::XDEV) };
        if segment == ".." {
            way.pop();
            continue;
        }
        let is_last = ahead.is_empty();
        let (flags, mode) =
            if is_last { (flags | OFlags::NOFOLLOW, mode) } else { (FOLDER, Mode::empty()) };
        match rustix::fs::openat(here, &segment, flags, mode) {
            Ok(found) => way.push(found),
            // Systems disagree about the error for a link that may not be followed.
            Err(error @ (Errno::LOOP | Errno::NOTDIR | Errno::MLINK)) => {
                let Ok(target) = rustix::fs::readlinkat(here, &segment, Vec::new()) else {
                    return Err(error);
                };
                followed += 1;
                if links == Symlinks::Refuse || followed > 40 {
                    return Err(Errno::LOOP);
                }
                ahead.extend(segments(Path::new(OsStr::from_bytes(target.as_bytes())))?);
            }
            Err(error) => return Err(error),
        }
    }
    way.pop().ok_or(Errno::XDEV)
}

/// Whether `path` names this very file, and not another that has taken its place.
pub fn is_at(file: &File, path: &Path) -> bool {
    let there = rustix::fs::lstat(path).map(|stat| status_of(&stat).identity);
    status(file).is_ok_and(|held| there.is_ok_and(|there| there == held.identity))
}

/// Whether the fault of `open_or_make` was that somebody else is just letting go of the file.
pub fn is_held(_: &io::Error) -> bool {
    false
}

/// Opens a file of any place for writing, and makes it where there is none. A link is an error; a pipe is not
/// waited for.
pub fn open_or_make(path: &Path) -> io::Result<File> {
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let flags = flags | OFlags::NOCTTY | OFlags::CLOEXEC;
    match rustix::fs::open(path, flags, Mode::from_raw_mode(0o666)) {
        Err(Errno::LOOP | Errno::MLINK) => {
            Err(io::Error::other("this is a symbolic link: delete it"))
        }
        other => Ok(File::from(other?)),
    }
}

/// The segments of a relative path, the last one first.
fn segments(path: &Path) -> rustix::io::Result<Vec<OsString>> {
    let mut segments = Vec::new();
    for component in path.components().rev() {
        match component {
            Component::Normal(segment) => segments.push(segment.to_owned()),
            Component::ParentDir => segments.push(OsString::from("..")),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return Err(Errno::XDEV),
        }
    }
    Ok(segments)
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(folder: BorrowedFd<'_>, one: &Path, other: &Path) -> rustix::io::Result<()> {
    rustix::fs::renameat_with(folder, one, folder, other, rustix::fs::RenameFlags::EXCHANGE)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: BorrowedFd<'_>, _: &Path, _: &Path) -> rustix::io::Result<()> {
    Err(Errno::NOSYS)
}

fn kind_of(kind: FileType) -> NodeKind {
    match kind {
        FileType::RegularFile => NodeKind::File,
        FileType::Directory => NodeKind::Folder,
        FileType::Symlink => NodeKind::Link,
        _ => NodeKind::Other,
    }
}

#[allow(clippy::unnecessary_cast, reason = "the fields are of other types on other systems")]
fn status_of(stat: &Stat) -> FileStatus {
    FileStatus {
        kind: kind_of(FileType::from_raw_mode(stat.st_mode)),
        size: u64::try_from(stat.st_size).unwrap_or(0),
        modified: (stat.st_mtime as i64, stat.st_mtime_nsec as u64),
        identity: (stat.st_dev as u64, stat.st_ino as u64),
        mode: Mode::from_raw_mode(stat.st_mode).bits() as u32,
    }
}

#[allow(clippy::unnecessary_cast, reason = "the type is another on other systems")]
fn mode_bits(mode: u32) -> Mode {
    Mode::from_raw_mode(mode as rustix::fs::RawMode)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What either way makes of `path`: the file's number, or the error's kind.
    fn found(
        way: fn(BorrowedFd<'_>, &Path, OFlags, Mode, Symlinks) -> rustix::io::Result<OwnedFd>,
        folder: &UnixFolder,
        (path, links): (&str, Symlinks),
    ) -> Result<u64, Errno> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = way(folder.0.as_fd(), Path::new(path), flags, Mode::empty(), links)?;
        Ok(status(file).unwrap().identity.1)
    }

    #[test]
    fn the_portable_way_finds_what_the_kernel_finds() {
        let outside = tempfile::tempdir().unwrap();
        let folder = UnixFolder::open(outside.path()).unwrap();
        for path in ["in", "in/al", "in/al/deep"] {
            folder.make(Path::new(path)).unwrap();
        }
        folder.create(Path::new("secret")).unwrap();
        folder.create(Path::new("in/al/deep/file")).unwrap();
        let links = [
            ("../secret", "in/out"),
            ("/etc/passwd", "in/absolute"),
            ("al/deep/../deep/file", "in/within"),
            ("../al", "in/al/folder"),
            ("round", "in/round"),
            ("nothing", "in/dangling"),
            ("out", "in/twice"),
        ];
        for (target, path) in links {
            folder.make_link(Path::new(target), Path::new(path)).unwrap();
        }
        let folder = folder.folder(Path::new("in"), Symlinks::Refuse).unwrap();
        let plain = [".", "al/deep/file", "al/none", "none/none", "al/deep/file/x", "../secret"];
        let linked = ["out", "absolute", "within", "round", "dangling", "twice", "al/folder/deep"];
        for path in plain.into_iter().chain(linked) {
            for case in [(path, Symlinks::Refuse), (path, Symlinks::Within)] {
                let portable = found(step_by_step, &folder, case);
                assert_eq!(found(beneath, &folder, case), portable, "{case:?}");
            }
        }
        assert_eq!(found(step_by_step, &folder, ("out", Symlinks::Within)), Err(Errno::XDEV));
        assert!(found(step_by_step, &folder, ("al/folder/deep/file", Symlinks::Within)).is_ok());
    }
}
