//! The preview: a server on this machine, a watch on the guides, and pages that reload themselves.
//!
//! `serve` answers from a `Preview`, a finished site that is replaced as a whole and never changed. One
//! thread answers requests. Another waits for saves, rereads the saved files (`disk::reread`) and makes the
//! next preview. No request ever reads from a disk, so no path leads anywhere but into a map.
//!
//! - **Warm builds.** `pipeline::Cache` holds what the last build made: parsed files, the resolved site, what the lints
//!   found, drawn pages. Each build replaces it. What is equal is handed on as the same `Arc`, so that what follows sees
//!   at a glance that nothing has changed, and an edit costs a walk along lists of pointers.
//!   - *Resolving.* `resolve::edit` compares of an edited file what the rest of the site is resolved by: addresses, ids,
//!     headings, tags, operators. Where that is as before, only the edited guide is resolved; else everything is.
//!   - *Drawing.* A guide's page is as before where its guide is the same `Arc` and no title or summary that another page
//!     may show has changed (`Resolved::is_same_guide`); its view is not even made. Any other page is as before where
//!     its view has the same fingerprint.
//!   - `tests/it/warm.rs` finds warm equal to cold, byte for byte, over 1,000 random edits.
//! - **On the disk** `build` keeps three things in `.cicerone/cache`. What the lints found in each guide, by the fingerprint
//!   of all that it is judged by; most guides have no more than that fingerprint. What was wrong with each site, as a whole,
//!   by what the site is made of: a site with the same sources is reported in the same words without being made. And of
//!   what the last build of each output was made, with the list of its files: where those are still there, it is done at
//!   once, and so is a publication to a folder. Warnings and errors make no difference: an unchanged project of 3,200
//!   pages with 1,871 warnings takes 63 ms of CPU, as it does without any, where it took 1.7 s. The file names the program
//!   that wrote it (version, size, time) and the fingerprint of its content; one that does not fit is not read, and none is
//!   ever needed. `check` reads it and writes nothing. Parsed guides are not kept.
//! - **Ctrl-C** ends the first build as well: it runs on the thread that follows, and the server waits for it.
//! - **What is looked at comes first.** The pages that a browser shows, and the eight that were asked for last, are drawn
//!   first and published at once (`Extent::Part`), before the other pages and the search index, which take six sevenths of
//!   the work; a request for another page waits for the rest. A save while the rest is drawn ends the drawing, for at
//!   most a second.
//! - **Reloading.** A page tells its version, the fingerprint of what its reader sees without the addresses of style
//!   sheets. The stream of events compares it with each new preview: another version is `reload`, other style sheets are
//!   `styles`. So a change before the script ran is not missed, and a change elsewhere disturbs nobody.
//! - **Watching.** The system's events only say where to look; what was read is compared with what was read before.
//!   Opening and reading are no changes. 300 ms after the last change everything is read once more, which finds what
//!   the system did not tell; a save meanwhile ends it, and it begins again after that. Every few seconds the sizes and
//!   times of all files are compared as well (`disk::SourceOutline`, of which the edge above hands the sight). Where one has
//!   changed and the system has not said so, which is how network folders and disks that two systems share behave, that
//!   is said, and from then on we look each second.
//! - **Strangers.** `Host` and `Origin` are checked against the names of this machine and `--host`, no answer may be
//!   read by another site, the stream of events needs a token. A client has 5 s for its headers; of more than 128
//!   connections the one that has been silent longest is closed.
//!
//! - **For writers.** What a preview shows beside the site is data that it asks `serve::EditorApi` for when
//!   a page needs it (`commands/editor/` answers): the place of each page and element in the sources, what
//!   is translated, what is due. The script of the preview puts the links into a page, after the first line
//!   of each element with an id; so the built site has no such links, and no HTML is read here.
//!   `/_cicerone/` and `/_cicerone/compare/…` have a policy of their own that runs nothing from a guide.
//!   They are made on another thread than pages, and ask git what the original said when it was translated.
//!
//! `serve` is built on hyper rather than axum: the time limit for headers and the number of connections are
//! set on hyper's own connection in either case, and one `match` is all the routing there is.

mod accept;
mod answer;
mod compare;
mod current;
mod document;
mod edit;
mod editor_api;
mod editor_pages;
mod faults;
mod guard;
mod live;
mod overview;
mod path;
mod preview;
mod range;
mod reload;
mod rules;
mod server;
mod watch;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{io, thread};

pub use current::Current;
pub use edit::Editor;
pub use editor_api::{
    Before, Cell, Comparison, ComparisonRow, Due, EditorApi, Overview, Pair, Places, Side, Spot,
    Title,
};
pub use preview::{Extent, Fault, Preview, SiteFiles, Soundness};
pub use rules::Rules;
pub use server::{Bound, bind};
pub use watch::{Changes, Noticing, Sight, Watch, WhyLook};

/// Makes the site, and makes it again when its sources have changed.
pub trait Maker: Send {
    /// The site as it is when the preview starts.
    fn start(&mut self) -> Preview;
    /// Publishes the new site: first the pages that somebody is looking at, then everything. It publishes
    /// nothing if nothing has changed after all.
    fn make(&mut self, changes: &Changes, session: &Session);
    /// Says why saves are noticed by looking from now on.
    fn looks(&mut self, why: &WhyLook);
}

/// What a maker may ask and announce while the preview runs.
pub struct Session {
    current: Current,
    pending: Arc<AtomicBool>,
}

impl Session {
    pub fn publish(&self, preview: Preview) {
        self.current.replace(preview);
    }

    /// The files of the pages that somebody is looking at.
    pub fn wanted(&self) -> BTreeSet<String> {
        self.current.wanted()
    }

    /// Whether something has been saved since the last changes were handed over.
    pub fn is_outdated(&self) -> bool {
        self.pending.load(Ordering::Relaxed)
    }
}

/// Answers until somebody presses Ctrl-C, and lets `maker` follow what is saved. Whoever asks before the
/// site is there waits for it.
pub fn run(bound: Bound, rules: Rules, sight: Sight, mut maker: Box<dyn Maker>) -> io::Result<()> {
    let (ready, current) = server::coming();
    // A thread of its own: a page is answered from the last site while the next one is made.
    let body = move || {
        let current = Current::new(maker.start());
        let mut watch = Watch::new(sight);
        let session = Session { current: current.clone(), pending: watch.pending() };
        // If this fails, the server has ended, and there is nobody to tell.
        let _ = ready.send(current);
        while let Some(changes) = watch.wait(&mut |why| maker.looks(why)) {
            maker.make(&changes, &session);
        }
    };
    thread::Builder::new().name("preview".to_owned()).spawn(body)?;
    server::run(bound, Arc::new(rules), current)
}
