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

use crate::disk::folder::{is_at, is_held, open_or_make};
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
            let is_late = Instant::now() >= until;
            match open(path) {
                Ok(file) => match file.try_lock() {
                    Ok(()) if is_at(&file, path) => {
                        return Ok(Lock { path: path.to_owned(), _file: file });
                    }
                    // Its last holder deleted it between our opening and our locking.
                    Ok(()) | Err(TryLockError::WouldBlock) => {}
                    Err(TryLockError::Error(error)) => return Err(at(path, error).into()),
                },
                Err(error) if is_held(&error) && !is_late => {}
                Err(error) => return Err(at(path, error).into()),
            }
            if is_late {
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

fn busy(path: &Path, wait: Duration) -> OpenError {
    OpenError::Busy {
        reason: format!("another build has been writing this output for {} s", wait.as_secs()),
        hint: format!("wait for it to end; it holds `{}`", path.display()),
    }
}
