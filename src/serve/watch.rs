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
/// The same where we look ourselves: some network folders note the time of a save in steps of two seconds.
const SETTLED_BY_LOOKING: Duration = Duration::from_millis(2300);
/// How often we look ourselves: as long as the system has told of no save, and where it tells of none.
const LOOK: Duration = Duration::from_secs(1);
/// And once it has told of one.
const LOOK_AGAIN: Duration = Duration::from_secs(3);
/// Looking takes no more than this part of the time, however slow the folder is.
const SHARE: u32 = 10;
/// So long after a save was seen the system may still tell of it.
const GRACE: Duration = Duration::from_millis(300);

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

/// How saves are to be noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noticing {
    /// The system tells of them, where it does.
    Told,
    /// By looking, every second.
    ByLooking,
}

/// Why saves are noticed by looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyLook {
    /// The system cannot watch, or not so many folders.
    Unwatched,
    /// This file was saved, and the system said nothing.
    Untold(String),
}

/// The sources from outside: how they are to be watched, and what looks different since it was called last.
pub struct Sight {
    pub root: PathBuf,
    pub noticing: Noticing,
    pub look: Box<dyn FnMut() -> BTreeSet<String> + Send>,
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
    look: Box<dyn FnMut() -> BTreeSet<String> + Send>,
    watcher: Option<RecommendedWatcher>,
    signals: Receiver<Signal>,
    /// Keeps `signals` open if there is no watcher.
    _sender: Sender<Signal>,
    /// Whether there are signals that have not been gathered.
    pending: Arc<AtomicBool>,
    noticing: Noticing,
    /// What has yet to be said about that.
    news: Option<WhyLook>,
    /// Whether the system has told of any save.
    proven: bool,
    /// What the system has told since the last look.
    told: BTreeSet<String>,
    settle: Option<Instant>,
    next_look: Instant,
}

impl Watch {
    /// Follows `guides` and `themes`, as `sight` says.
    pub fn new(sight: Sight) -> Watch {
        let Sight { root, noticing, look } = sight;
        let root = root.canonicalize().unwrap_or(root);
        let (sender, signals) = mpsc::channel();
        let pending = Arc::new(AtomicBool::new(false));
        let handler =
            Handler { root: root.clone(), sender: sender.clone(), pending: pending.clone() };
        let config = Config::default().with_follow_symlinks(false);
        let on_event = move |event| handler.signal(event);
        let watcher = match noticing {
            Noticing::Told => RecommendedWatcher::new(on_event, config).ok(),
            Noticing::ByLooking => None,
        };
        let mut watch = Watch {
            watcher,
            root,
            look,
            signals,
            _sender: sender,
            pending,
            noticing,
            news: None,
            proven: false,
            told: BTreeSet::new(),
            // What was saved between the first build and now.
            settle: Some(Instant::now()),
            next_look: Instant::now() + LOOK,
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

    /// Waits for the next change. `None` when the watch has ended. `say` hears once why saves are looked for.
    pub fn wait(&mut self, say: &mut dyn FnMut(&WhyLook)) -> Option<Changes> {
        let changes = loop {
            if let Some(news) = self.news.take() {
                say(&news);
            }
            // Before a signal is taken, so that one which comes meanwhile sets it again.
            self.pending.store(false, Ordering::Relaxed);
            let due = self.settle.map_or(self.next_look, |settle| settle.min(self.next_look));
            match self.signals.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(signal) => {
                    let mut changes = Changes::Paths(BTreeSet::new());
                    if self.gather(signal, &mut changes) {
                        self.gather_until(LONGEST, QUIET, &mut changes);
                        break changes;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) if self.settle.is_some_and(|at| at <= due) => {
                    self.settle = None;
                    self.forget();
                    return Some(Changes::Everything);
                }
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(changes) = self.look() {
                        break changes;
                    }
                }
            }
        };
        if let Some(news) = self.news.take() {
            say(&news);
        }
        let settled = match self.noticing {
            Noticing::Told => SETTLED,
            Noticing::ByLooking => SETTLED_BY_LOOKING,
        };
        self.settle = Some(Instant::now() + settled);
        match &changes {
            Changes::Everything => self.forget(),
            Changes::Paths(paths) => self.told.extend(paths.iter().cloned()),
        }
        Some(changes)
    }

    /// Gathers what is told until it has been quiet for `quiet`, and for `longest` at most.
    fn gather_until(&mut self, longest: Duration, quiet: Duration, changes: &mut Changes) {
        let end = Instant::now() + longest;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            self.pending.store(false, Ordering::Relaxed);
            match self.signals.recv_timeout(quiet.min(left)) {
                Ok(signal) => _ = self.gather(signal, changes),
                Err(_) => return,
            }
        }
    }

    /// Everything is about to be read, so no older change is of interest.
    fn forget(&mut self) {
        (self.look)();
        self.told.clear();
    }

    /// Looks for saves of which the system has said nothing.
    fn look(&mut self) -> Option<Changes> {
        let started = Instant::now();
        let mut seen = (self.look)();
        let took = started.elapsed();
        let told = std::mem::take(&mut self.told);
        self.proven |= !told.is_empty();
        let often = self.noticing == Noticing::ByLooking || !self.proven;
        let pause = if often { LOOK } else { LOOK_AGAIN };
        self.next_look = Instant::now() + pause.max(took * SHARE);
        seen.retain(|path| !is_told(path, &told));
        if seen.is_empty() {
            return None;
        }
        let mut late = Changes::Paths(BTreeSet::new());
        if self.noticing == Noticing::Told {
            self.gather_until(GRACE, GRACE, &mut late);
        }
        let Changes::Paths(mut paths) = late else { return Some(Changes::Everything) };
        let untold = seen.iter().find(|path| !is_told(path, &paths));
        if let Some(path) = untold.filter(|_| self.noticing == Noticing::Told) {
            self.look_from_now_on(WhyLook::Untold(path.clone()));
        }
        paths.extend(seen);
        Some(Changes::Paths(paths))
    }

    fn look_from_now_on(&mut self, why: WhyLook) {
        if self.noticing == Noticing::Told {
            self.noticing = Noticing::ByLooking;
            self.news = Some(why);
        }
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
                self.look_from_now_on(WhyLook::Unwatched);
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
            return self.look_from_now_on(WhyLook::Unwatched);
        };
        if let Err(error) = watcher.watch(path, mode) {
            // The folder of themes need not exist; if it is created, the watch on the root reports it.
            let missing = matches!(&error.kind, notify::ErrorKind::PathNotFound)
                || matches!(&error.kind, notify::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::NotFound);
            if !missing {
                self.look_from_now_on(WhyLook::Unwatched);
            }
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

/// Whether the system has told of the file, or of a folder that it lies in.
fn is_told(path: &str, told: &BTreeSet<String>) -> bool {
    let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
    ends.filter_map(|end| path.get(..end)).any(|above| told.contains(above))
}

/// `path` below the root with `/` between its segments; `None` outside, and where it is not UTF-8.
fn below(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let segments: Option<Vec<&str>> = below.iter().map(|segment| segment.to_str()).collect();
    segments.map(|segments| segments.join("/")).filter(|below| !below.is_empty())
}
