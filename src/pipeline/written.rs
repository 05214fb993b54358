//! What a build has written: tells builds apart, and what of the search a reader may keep.
#![expect(clippy::disallowed_types, reason = "files come from many threads and in no order")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::model::fingerprint::short;
use crate::model::output::Output;
use crate::model::site::Site;
use crate::render::SearchFiles;
use crate::search;

/// A search that is no larger is kept as a whole; of another its root (bytes).
const WHOLE: usize = 128 << 10;

/// The files that a build has written so far.
#[derive(Debug, Default)]
pub struct WrittenFiles {
    /// Of all of them, in whatever order they came.
    sum: AtomicU64,
    /// Sizes of the files of the search.
    search: Mutex<BTreeMap<String, usize>>,
}

impl WrittenFiles {
    pub fn note(&self, output: &Output) {
        let path = output.path.as_str();
        let both = [short(path.as_bytes()), short(&output.bytes)].map(u64::to_le_bytes);
        self.sum.fetch_add(short(both.as_flattened()), Ordering::Relaxed);
        if path.ends_with(".idx") {
            let mut search = self.search.lock().unwrap_or_else(PoisonError::into_inner);
            search.insert(path.to_owned(), output.bytes.len());
        }
    }

    /// Another where any file is another.
    pub fn build(&self) -> u64 {
        self.sum.load(Ordering::Relaxed)
    }

    pub fn search(&self, site: &Site) -> Vec<SearchFiles> {
        let files = self.search.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |group: search::Group| {
            let root = format!("search/{}.idx", group.name);
            let folder = format!("assets/search/{}/", group.name);
            let own = || files.iter().filter(|(path, _)| path.starts_with(&folder));
            let size: usize = own().map(|(_, size)| size).sum();
            let rest = own().map(|(path, _)| path.clone()).filter(|_| size <= WHOLE);
            let languages = group.languages.iter().map(|index| site.language(*index).slug());
            SearchFiles {
                languages: languages.collect(),
                files: [root].into_iter().chain(rest).collect(),
            }
        };
        search::groups(site).into_iter().map(of).collect()
    }
}
