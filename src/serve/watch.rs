//! Watches the sources and reports, gathered, what has been saved.
#![expect(clippy::disallowed_methods, reason = "a watch waits until it has been quiet for a while")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// A save causes several events; it is over after this long without one.
const QUIET: Duration = Duration::from_millis(10);
/// During a long series of saves (a checkout of thousands of files), the site follows this often.
const LONGEST: Duration = Duration::from_millis(200);
/// This long after the last change, everything is read once more. That finds what the system did not
/// report: a link to a changed file, or a folder that was filled while it was being noticed.
const SETTLED: Duration = Duration::from_millis(300);
/// How often everything is read if the system cannot watch.
const POLL: Duration = Duration::from_secs(1);

const TREES: [&str; 2] = ["guides", "themes"];

/// What has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changes {
    /// These files and folders changed; the paths start at the project's root and have `/` between
    /// segments.
    Paths(BTreeSet<String>),
    /// It is not known what changed.
    Everything,
}

enum Signal {
    Path(PathBuf),
    /// Some events were lost.
    Lost,
    /// No more folders can be watched.
    Full,
}

pub struct Watch {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    signals: Receiver<Signal>,
    /// Keeps `signals` open if there is no watcher.
    _sender: Sender<Signal>,
    /// Whether there are signals that have not been gathered.
    pending: Arc<AtomicBool>,
    polling: bool,
    settle: Option<Instant>,
}

impl Watch {
    /// Follows `guides` and `themes` below `root`. If the system cannot watch them, they are read again
    /// every second.
    pub fn new(root: &Path) -> Watch {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let (sender, signals) = mpsc::channel();
        let pending = Arc::new(AtomicBool::new(false));
        let handler =
            Handler { root: root.clone(), sender: sender.clone(), pending: pending.clone() };
        let config = Config::default().with_follow_symlinks(false);
        let on_event = move |event| handler.signal(event);
        let mut watch = Watch {
            watcher: RecommendedWatcher::new(on_event, config).ok(),
            root,
            signals,
            _sender: sender,
            pending,
            polling: false,
            // This catches what is saved between the first build and now.
            settle: Some(Instant::now()),
        };
        let root = watch.root.clone();
        watch.add(&root, RecursiveMode::NonRecursive);
        for tree in TREES {
            watch.add(&root.join(tree), RecursiveMode::Recursive);
        }
        watch
    }

    /// Set while something has been saved that has not been reported yet.
    pub fn pending(&self) -> Arc<AtomicBool> {
        self.pending.clone()
    }

    /// Waits for the next change. `None` when the watch has ended.
    pub fn wait(&mut self) -> Option<Changes> {
        let mut changes = Changes::Paths(BTreeSet::new());
        let mut first: Option<Instant> = None;
        loop {
            // The flag is cleared before a signal is taken, so that a signal that comes in the meantime
            // sets it again.
            self.pending.store(false, Ordering::Relaxed);
            let wait = match first {
                Some(first) => QUIET.min(LONGEST.saturating_sub(first.elapsed())),
                None => self.patience(),
            };
            match self.signals.recv_timeout(wait) {
                Ok(signal) => {
                    if self.gather(signal, &mut changes) {
                        first = first.or_else(|| Some(Instant::now()));
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) if first.is_some() => break,
                Err(RecvTimeoutError::Timeout) => {
                    self.settle = None;
                    return Some(Changes::Everything);
                }
            }
            if first.is_some_and(|first| first.elapsed() >= LONGEST) {
                break;
            }
        }
        self.settle = Some(Instant::now() + SETTLED);
        Some(changes)
    }

    /// How long to wait for a first event.
    fn patience(&self) -> Duration {
        let settle = self.settle.map(|at| at.saturating_duration_since(Instant::now()));
        let poll = self.polling.then_some(POLL);
        settle.into_iter().chain(poll).min().unwrap_or(Duration::from_secs(3600 * 24))
    }

    /// Takes up a signal. Returns whether it was about the sources.
    fn gather(&mut self, signal: Signal, changes: &mut Changes) -> bool {
        let path = match signal {
            Signal::Path(path) => path,
            Signal::Lost => {
                *changes = Changes::Everything;
                return true;
            }
            Signal::Full => {
                self.polling = true;
                return false;
            }
        };
        let Some(below) = below(&self.root, &path) else { return false };
        if TREES.contains(&below.as_str()) {
            // A tree that came back is another folder, which is not being watched yet.
            self.add(&path, RecursiveMode::Recursive);
            *changes = Changes::Everything;
        } else if !TREES.contains(&below.split('/').next().unwrap_or_default()) {
            return false;
        } else if let Changes::Paths(paths) = changes {
            paths.insert(below);
        }
        true
    }

    fn add(&mut self, path: &Path, mode: RecursiveMode) {
        let Some(watcher) = &mut self.watcher else {
            self.polling = true;
            return;
        };
        if let Err(error) = watcher.watch(path, mode) {
            // The folder of themes need not exist; if it is created, the watch on the root reports it.
            let missing = matches!(&error.kind, notify::ErrorKind::PathNotFound)
                || matches!(&error.kind, notify::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::NotFound);
            self.polling |= !missing;
        }
    }
}

/// Receives the events of the system's watcher, on a thread of the watcher's own.
struct Handler {
    root: PathBuf,
    sender: Sender<Signal>,
    pending: Arc<AtomicBool>,
}

impl Handler {
    fn signal(&self, event: notify::Result<Event>) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                let full = matches!(error.kind, notify::ErrorKind::MaxFilesWatch);
                return self.send(if full { Signal::Full } else { Signal::Lost });
            }
        };
        if event.need_rescan() {
            self.send(Signal::Lost);
        }
        // Our own reading opens and closes files, so only a file that was written has changed.
        let is_reading = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            EventKind::Access(_) => true,
            _ => false,
        };
        let is_source =
            |path: &PathBuf| TREES.iter().any(|tree| path.starts_with(self.root.join(tree)));
        if !is_reading {
            event
                .paths
                .into_iter()
                .filter(is_source)
                .for_each(|path| self.send(Signal::Path(path)));
        }
    }

    fn send(&self, signal: Signal) {
        self.pending.store(true, Ordering::Relaxed);
        // If the channel is closed, the watch has ended and nobody is listening.
        let _ = self.sender.send(signal);
    }
}

/// `path` below the root, with `/` between segments; `None` if it is outside, or is not UTF-8.
fn below(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let segments: Option<Vec<&str>> = below.iter().map(|segment| segment.to_str()).collect();
    segments.map(|segments| segments.join("/")).filter(|below| !below.is_empty())
}
