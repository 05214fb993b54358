//! The preview: a server on this machine, a watch on the guides, pages that reload themselves.

mod accept;
mod answer;
mod backstage;
mod compare;
mod current;
mod desk;
mod document;
mod edit;
mod faults;
mod guard;
mod live;
mod overview;
mod path;
mod preview;
mod range;
mod server;
mod watch;

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

pub use answer::Rules;
pub use current::Current;
pub use desk::{
    Before, Cell, Comparison, Desk, Due, Overview, Pair, Places, Row, Side, Spot, Title,
};
pub use edit::Editor;
pub use preview::{Extent, Fault, Files, Preview, Soundness};
pub use server::{Bound, bind};
pub use watch::{Changes, Watch};

/// Somebody who makes the site, and makes it anew when its sources have changed.
pub trait Maker: Send {
    /// The site as it is when the preview starts.
    fn start(&mut self) -> Preview;
    /// Publishes the new site: first what is looked at, then everything; nothing where nothing has
    /// changed after all.
    fn make(&mut self, changes: &Changes, session: &Session);
}

/// What a maker may ask and tell while the preview runs.
pub struct Session {
    current: Current,
    pending: Arc<AtomicBool>,
}

impl Session {
    pub fn publish(&self, preview: Preview) {
        self.current.replace(preview);
    }

    /// The files of the pages that somebody looks at.
    pub fn wanted(&self) -> BTreeSet<String> {
        self.current.wanted()
    }

    /// Whether something has been saved since the last changes were told.
    pub fn is_outdated(&self) -> bool {
        self.pending.load(Ordering::Relaxed)
    }
}

/// Answers until somebody presses Ctrl-C, and lets `maker` follow what is saved below `root`. Whoever
/// asks before the site is there waits for it.
pub fn run(bound: Bound, rules: Rules, root: &Path, mut maker: Box<dyn Maker>) -> io::Result<()> {
    let (ready, current) = server::coming();
    let root = root.to_owned();
    // A thread of its own: a page is answered from the last site while the next one is made.
    let body = move || {
        let current = Current::new(maker.start());
        let mut watch = Watch::new(&root);
        let session = Session { current: current.clone(), pending: watch.pending() };
        // Nobody to tell: the server has ended.
        let _ = ready.send(current);
        while let Some(changes) = watch.wait() {
            maker.make(&changes, &session);
        }
    };
    thread::Builder::new().name("preview".to_owned()).spawn(body)?;
    server::run(bound, Arc::new(rules), current)
}
