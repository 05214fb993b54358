//! The preview: a server on this machine, a watch on the guides, pages that reload themselves.

mod accept;
mod answer;
mod faults;
mod guard;
mod kinds;
mod live;
mod path;
mod preview;
mod range;
mod server;
mod watch;

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::thread;

pub use answer::Rules;
pub use preview::{Fault, Preview, Soundness};
pub use server::{Bound, Current, bind};
pub use watch::{Changes, Watch};

/// Somebody who makes the site anew when its sources have changed.
pub trait Maker: Send {
    /// `None` where nothing has changed after all.
    fn make(&mut self, changes: &Changes) -> Option<Preview>;
}

/// Answers until somebody presses Ctrl-C, and lets `maker` follow what is saved below `root`.
pub fn run(
    bound: Bound,
    rules: Rules,
    first: Preview,
    root: &Path,
    maker: Box<dyn Maker>,
) -> io::Result<()> {
    let current = Current::new(first);
    let watch = Watch::new(root);
    follow(watch, maker, current.clone())?;
    server::run(bound, Arc::new(rules), current)
}

/// A thread of its own: a page is answered from the last site while the next one is made.
fn follow(mut watch: Watch, mut maker: Box<dyn Maker>, current: Current) -> io::Result<()> {
    let body = move || {
        while let Some(changes) = watch.wait() {
            if let Some(preview) = maker.make(&changes) {
                current.replace(preview);
            }
        }
    };
    thread::Builder::new().name("preview".to_owned()).spawn(body).map(|_| ())
}
