//! The site as the preview shows it now, and the pages of it that somebody is looking at.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use crate::serve::preview::Preview;
use crate::serve::server::watch;

/// How many of the pages that were requested last are drawn before all others.
const RECENT: usize = 8;

/// The current site. It is replaced as a whole, so that an answer never mixes two sites.
#[derive(Clone)]
pub struct Current {
    preview: Arc<watch::Sender<Arc<Preview>>>,
    /// How many readers are listening to each page.
    readers: Arc<watch::Sender<BTreeMap<String, usize>>>,
    /// The pages that were requested last, including by programs that do not listen.
    recent: Arc<watch::Sender<VecDeque<String>>>,
}

impl Current {
    pub fn new(preview: Preview) -> Current {
        let preview = Arc::new(watch::Sender::new(Arc::new(preview)));
        Current { preview, readers: Arc::default(), recent: Arc::default() }
    }

    pub fn replace(&self, preview: Preview) {
        self.preview.send_replace(Arc::new(preview));
    }

    pub fn subscribe(&self) -> watch::Receiver<Arc<Preview>> {
        self.preview.subscribe()
    }

    /// The pages that somebody is looking at, or is likely to request again.
    pub fn wanted(&self) -> BTreeSet<String> {
        let (readers, recent) = (self.readers.borrow(), self.recent.borrow());
        readers.keys().chain(recent.iter()).cloned().collect()
    }

    /// Notes that somebody has requested a page.
    pub fn asked(&self, page: String) {
        self.recent.send_modify(|recent| {
            recent.retain(|known| *known != page);
            recent.push_front(page);
            recent.truncate(RECENT);
        });
    }

    /// Counts somebody as looking at a page for as long as the returned value lives.
    pub fn reader(&self, page: &str) -> Viewer {
        self.readers.send_modify(|readers| *readers.entry(page.to_owned()).or_default() += 1);
        Viewer { page: page.to_owned(), readers: self.readers.clone() }
    }
}

/// Somebody who is looking at a page.
pub struct Viewer {
    page: String,
    readers: Arc<watch::Sender<BTreeMap<String, usize>>>,
}

impl Drop for Viewer {
    fn drop(&mut self) {
        self.readers.send_modify(|readers| {
            if let Some(count) = readers.get_mut(&self.page) {
                *count = count.saturating_sub(1);
            }
            readers.retain(|_, count| *count > 0);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::language::Language;
    use crate::serve::preview::{Extent, Soundness};

    fn current() -> Current {
        let language = Language::parse("en").unwrap();
        Current::new(Preview {
            soundness: Soundness::Sound,
            extent: Extent::Whole,
            root: "/".to_owned(),
            languages: vec![language.clone()],
            default_language: language,
            policy: None,
            files: Arc::default(),
            older: Arc::default(),
            styles: Vec::new(),
            undrawn: BTreeSet::new(),
            faults: Vec::new(),
            editor: None,
        })
    }

    #[test]
    fn what_is_read_or_was_asked_for_last_is_wanted() {
        let current = current();
        let reader = current.reader("read");
        for number in 0..10 {
            current.asked(number.to_string());
        }
        // This page is asked for once more, and so later than the others.
        current.asked("2".to_owned());
        let wanted = |current: &Current| current.wanted().into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(wanted(&current), "2 3 4 5 6 7 8 9 read");
        current.asked("10".to_owned());
        drop(reader);
        assert_eq!(wanted(&current), "10 2 4 5 6 7 8 9");
    }
}
