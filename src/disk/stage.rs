//! A site that is being made beside the output, which stays as it is until the site is complete.
#![expect(clippy::disallowed_types, reason = "files are put from many threads")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::disk::carry::copy;
use crate::disk::commit::CommitWay;
use crate::disk::folder::{self, Folder, NodeKind, Symlinks};
use crate::disk::lock::Lock;
use crate::disk::manifest::{MANIFEST, Manifest, OutputEntry};
use crate::disk::recover::{STAGE, recover};
use crate::disk::target::{OpenError, OutputTarget, at};
use crate::disk::tree;
use crate::model::output::{Output, OutputPath};

/// How an output is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageOptions {
    /// How long to wait for another build of the same output.
    pub wait: Duration,
    /// The way to try first; `Exchanged` works only if the file system supports it.
    pub way: CommitWay,
}

impl Default for StageOptions {
    fn default() -> StageOptions {
        StageOptions { wait: Duration::from_secs(30), way: CommitWay::Exchanged }
    }
}

/// A site that is being written. If it is dropped without `commit`, the previous one stays untouched.
#[derive(Debug)]
pub struct Stage {
    pub(super) target: OutputTarget,
    pub(super) parent: Folder,
    /// The name of the stage in `parent`; `None` once the stage is no longer ours to delete.
    pub(super) name: Option<PathBuf>,
    pub(super) folder: Folder,
    pub(super) previous: Option<PreviousOutput>,
    pub(super) way: CommitWay,
    pub(super) counts: StageCounts,
    files: Mutex<BTreeMap<OutputPath, OutputEntry>>,
    /// The files that the previous output does not have with the same bytes.
    fresh: Mutex<BTreeSet<OutputPath>>,
    folders: Mutex<BTreeSet<Box<str>>>,
    /// Whether any file differs from the previous output, so that a new folder is needed at all.
    is_fresh: AtomicBool,
    /// Unchanged files that were put before the first one that differs. Usually none ever differs.
    waiting: Mutex<Vec<OutputPath>>,
    has_failed: AtomicBool,
    // This is the last field because fields are dropped in order.
    _lock: Lock,
}

/// The output as the previous build left it.
#[derive(Debug)]
pub(super) struct PreviousOutput {
    pub folder: Folder,
    pub manifest: Manifest,
}

#[derive(Debug, Default)]
pub(super) struct StageCounts {
    pub added: AtomicUsize,
    pub changed: AtomicUsize,
    pub unchanged: AtomicUsize,
}

/// How a file compares with the one in the previous output.
#[derive(Clone, Copy)]
enum Fate {
    Added,
    Changed,
    Unchanged,
}

impl Stage {
    /// Prepares to write the site of the project at `root` to `output`, and keeps other builds out until the
    /// stage is dropped. Repairs what a killed build left behind.
    pub fn open(output: &Path, root: &Path, options: &StageOptions) -> Result<Stage, OpenError> {
        let StageOptions { wait, way } = options;
        let target = OutputTarget::find(output, root)?;
        let lock = Lock::take(&target.parent.join(target.beside("lock")), *wait)?;
        let named = |error| at(&target.path(), error);
        let parent = Folder::open(&target.parent).map_err(named)?;
        recover(&parent, &target).map_err(named)?;
        let previous = previous(&parent, &target, output)?;
        let is_mount =
            previous.is_some() && parent.is_mount(Path::new(&target.name)).map_err(named)?;
        let way = if is_mount || !Folder::EXCHANGES { CommitWay::Ordered } else { *way };
        let name = target.beside(STAGE);
        let made = |error| at(&target.parent.join(&name), error);
        parent.make(&name).map_err(made)?;
        let folder = parent.folder(&name, Symlinks::Refuse).map_err(made)?;
        Ok(Stage {
            name: Some(name),
            target,
            parent,
            folder,
            previous,
            way,
            counts: StageCounts::default(),
            files: Mutex::default(),
            fresh: Mutex::default(),
            folders: Mutex::default(),
            is_fresh: AtomicBool::new(false),
            waiting: Mutex::default(),
            has_failed: AtomicBool::new(false),
            _lock: lock,
        })
    }

    /// Adds a file to the site. Many threads may call this at once.
    ///
    /// A file that the previous output holds with the same bytes keeps its inode and its time. After an error
    /// nothing can be committed. Putting the same path twice is an error.
    pub fn put(&self, output: &Output) -> io::Result<()> {
        let put = self.try_put(output);
        put.map_err(|error| {
            self.has_failed.store(true, Ordering::Relaxed);
            at(&self.target.path().join(output.path.as_str()), error)
        })
    }

    /// Every file that has been put so far.
    pub fn files(&self) -> BTreeMap<OutputPath, OutputEntry> {
        lock(&self.files).clone()
    }

    pub(super) fn fresh(&self) -> BTreeSet<OutputPath> {
        lock(&self.fresh).clone()
    }

    /// The folder with those files that the previous output does not have with the same bytes.
    pub fn folder(&self) -> PathBuf {
        self.name.as_ref().map_or_else(|| self.target.path(), |name| self.target.parent.join(name))
    }

    /// The list of all files that were put. It is an error if one of them could not be written.
    pub(super) fn take_manifest(&self) -> io::Result<Manifest> {
        if self.has_failed.load(Ordering::Relaxed) {
            return Err(io::Error::other("a file could not be written, so the site is not whole"));
        }
        Ok(Manifest { files: std::mem::take(&mut *lock(&self.files)) })
    }

    /// Writes a file that is not in the stage yet.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.folder.create(path)?.write_all(bytes)
    }

    /// Links the unchanged files that were put off in the hope that no file would differ.
    pub(super) fn link_waiting(&self, previous: &PreviousOutput) -> io::Result<()> {
        let mut waiting = std::mem::take(&mut *lock(&self.waiting));
        // Files in the same folder are found faster one after the other.
        waiting.sort();
        waiting.iter().try_for_each(|path| self.link(previous, path))
    }

    fn try_put(&self, output: &Output) -> io::Result<()> {
        self.claim(output)?;
        let path = Path::new(output.path.as_str());
        let count = match (self.fate(path, &output.bytes)?, &self.previous) {
            (Fate::Unchanged, Some(previous)) => {
                if self.is_fresh.load(Ordering::Relaxed) {
                    self.link(previous, &output.path)?;
                } else {
                    lock(&self.waiting).push(output.path.clone());
                }
                &self.counts.unchanged
            }
            (fate, _) => {
                self.is_fresh.store(true, Ordering::Relaxed);
                lock(&self.fresh).insert(output.path.clone());
                self.make_parents(output.path.as_str())?;
                self.write(path, &output.bytes)?;
                if matches!(fate, Fate::Added) { &self.counts.added } else { &self.counts.changed }
            }
        };
        count.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Takes a file over from the previous output, with its inode and its time.
    fn link(&self, previous: &PreviousOutput, path: &OutputPath) -> io::Result<()> {
        self.make_parents(path.as_str())?;
        let path = Path::new(path.as_str());
        // If the file system allows a file only one name, it is copied.
        match previous.folder.link(path, &self.folder, path) {
            Ok(()) => Ok(()),
            Err(_) => copy(&previous.folder, path, NodeKind::File, &self.folder, path),
        }
    }

    fn claim(&self, output: &Output) -> io::Result<()> {
        let entry = OutputEntry::of(&output.bytes);
        if output.path.as_str() == MANIFEST {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "this name is reserved"));
        }
        match lock(&self.files).insert(output.path.clone(), entry) {
            None => Ok(()),
            Some(_) => Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "two files of the site have this path",
            )),
        }
    }

    /// Creates the folder that `path` lies in. Each folder is created once, after its parents.
    fn make_parents(&self, path: &str) -> io::Result<()> {
        let Some((folder, _)) = path.rsplit_once('/') else { return Ok(()) };
        if lock(&self.folders).contains(folder) {
            return Ok(());
        }
        self.make_parents(folder)?;
        match self.folder.make(Path::new(folder)) {
            // Another thread was quicker.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            other => other?,
        }
        lock(&self.folders).insert(folder.into());
        Ok(())
    }

    fn fate(&self, path: &Path, bytes: &[u8]) -> io::Result<Fate> {
        let Some(previous) = &self.previous else { return Ok(Fate::Added) };
        // A link, a pipe or an unreadable file is not ours. It is replaced, not followed.
        let Ok(file) = previous.folder.file(path, Symlinks::Refuse) else { return Ok(Fate::Added) };
        let status = folder::status(&file)?;
        if status.kind != NodeKind::File {
            return Ok(Fate::Added);
        }
        if status.size != bytes.len() as u64 {
            return Ok(Fate::Changed);
        }
        let mut held = Vec::new();
        folder::read(&file, status.size, u64::MAX, &mut held)?;
        Ok(if held == bytes { Fate::Unchanged } else { Fate::Changed })
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            // If it cannot be removed now, the next build removes it.
            let _ = tree::remove(&self.parent, name);
        }
    }
}

/// If a thread panics, the map stays valid, because it changes only by single insertions.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The previous output; `None` if there is none. Refuses a folder that no build wrote.
fn previous(
    parent: &Folder,
    target: &OutputTarget,
    output: &Path,
) -> Result<Option<PreviousOutput>, OpenError> {
    let named = |error| at(&target.path(), error);
    let folder = match parent.folder(Path::new(&target.name), Symlinks::Refuse) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(named)?,
    };
    match Manifest::read(&folder) {
        Ok(Some(manifest)) => Ok(Some(PreviousOutput { folder, manifest })),
        Ok(None) => {
            refuse_strangers(&folder, output)?;
            Ok(Some(PreviousOutput { folder, manifest: Manifest::default() }))
        }
        // An error of the machine says nothing about the folder.
        Err(error) if is_of_machine(&error) => Err(at(&target.path().join(MANIFEST), error).into()),
        Err(error) => Err(OpenError::refused(
            format!("the output `{}` cannot be trusted: {error}", output.display()),
            "name another folder, or empty this one",
        )),
    }
}

/// Whether an error is not about the file itself: no space, no descriptor, or a failing disk.
fn is_of_machine(error: &io::Error) -> bool {
    let of_file = folder::is_link_fault(error) || error.kind() == io::ErrorKind::IsADirectory;
    error.raw_os_error().is_some() && !of_file
}

fn refuse_strangers(folder: &Folder, output: &Path) -> Result<(), OpenError> {
    let mut names: Vec<_> = folder.list()?.into_iter().map(|(name, _)| name).collect();
    names.retain(|name| name != ".gitignore");
    names.sort();
    let Some(first) = names.first() else { return Ok(()) };
    Err(OpenError::refused(
        format!(
            "the output `{}` holds files that no build wrote, such as `{}`",
            output.display(),
            first.to_string_lossy()
        ),
        "name an empty folder, or move these files away",
    ))
}
