//! Keeps a second build out while one is writing.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "disk is the edge that touches files, and waiting for another build takes a clock"
)]

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::disk::folder::open_or_make;
use crate::disk::target::{OpenError, at};

/// How long to wait before trying a lock again that another build holds.
const PAUSE: Duration = Duration::from_millis(20);

/// The right to write to one output. It is released on drop, and by the system if the program dies.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Waits for the lock, but no longer than `wait`, whatever is at `path`.
    pub fn take(path: &Path, wait: Duration) -> Result<Lock, OpenError> {
        let until = Instant::now() + wait;
        loop {
            let file = open(path).map_err(|error| at(path, error))?;
            match file.try_lock() {
                Ok(()) if is_at(&file, path) => {
                    return Ok(Lock { path: path.to_owned(), _file: file });
                }
                // The last holder deleted the file after this process opened it and before it was locked.
                Ok(()) | Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(at(path, error).into()),
            }
            if Instant::now() >= until {
                return Err(busy(path, wait));
            }
            std::thread::sleep(PAUSE);
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The file is deleted while the lock is still held, so that nobody can hold a lock that nobody else
        // sees. If that fails, the file stays and does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

/// Opens what is there, without following a link or waiting for the other end of a pipe.
fn open(path: &Path) -> io::Result<File> {
    let file = open_or_make(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::other("this is no file to lock: delete it")),
    }
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let held = file.metadata().map(identity);
    held.is_ok_and(|held| fs::symlink_metadata(path).map(identity).is_ok_and(|at| at == held))
}

/// On other systems, a file that is open cannot be deleted by another program.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

fn busy(path: &Path, wait: Duration) -> OpenError {
    OpenError::Busy {
        reason: format!("another build has been writing this output for {} s", wait.as_secs()),
        hint: format!("wait for it to end; it holds `{}`", path.display()),
    }
}
