//! Makes the search index of each group of languages, its pages' words on many threads.

use std::io;

use crate::model::output::Output;
use crate::pipeline::{Prepared, Watcher};
use crate::search::{self, Group, Index, Indexer, PageWords, SubjectKey};

/// How many pages' words are held besides the index (pages).
const BATCH: usize = 256;

impl Prepared {
    /// The index of every group of languages, for `search`.
    pub fn indexes(&self) -> Vec<Index> {
        let subjects = search::subjects(&self.site);
        let groups = search::groups(&self.site);
        groups.into_iter().map(|group| self.index(&subjects, group)).collect()
    }

    /// Makes one group's index after the other, and hands its files to `put`.
    pub fn put_search(
        &self,
        watcher: &dyn Watcher,
        put: &(dyn Fn(&Output) -> io::Result<()> + Sync),
    ) -> io::Result<()> {
        let subjects = search::subjects(&self.site);
        let groups = search::groups(&self.site);
        watcher.phase("Indexing for search", groups.len());
        for group in groups {
            let index = self.index(&subjects, group);
            for output in search::files(&self.site, &index) {
                put(&output)?;
            }
            watcher.tick();
        }
        Ok(())
    }

    fn index(&self, subjects: &[SubjectKey], group: Group) -> Index {
        let mut indexer = Indexer::default();
        for batch in subjects.chunks(BATCH) {
            let words = self.threads.map(batch, |key| {
                let subject = search::subject(&self.site, &group, key)?;
                Some(PageWords::of(&subject, &group))
            });
            words.into_iter().flatten().for_each(|words| indexer.add(words));
        }
        indexer.finish(group)
    }
}
