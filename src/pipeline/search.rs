//! Makes the search index of each group of languages, from the words of pages and from the previous index.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::fingerprint::Fingerprint;
use crate::model::operator::Registry;
use crate::model::output::{Output, OutputPath};
use crate::model::site::Site;
use crate::model::vocabulary::OwnSearch;
use crate::pipeline::cache::Cache;
use crate::pipeline::made::{MadeElsewhere, Nowhere};
use crate::pipeline::prepared::{Keep, Prepared};
use crate::pipeline::watcher::Watcher;
use crate::search::{self, Group, Index, Indexer, PageWords, SubjectInputs, SubjectKey};

/// The theme's files that only the search uses.
pub(super) const SCRIPTS: [&str; 3] = ["find.js", "search.css", "search.js"];

/// The number of pages whose words are held at a time beside the index.
const BATCH: usize = 256;

/// The search as the last build left it.
#[derive(Debug, Clone, Default)]
pub(super) struct Searched {
    by: Option<(Arc<Config>, Arc<Registry>)>,
    groups: BTreeMap<String, Arc<Indexed>>,
}

/// The index of a group, and what it was made from.
#[derive(Debug)]
struct Indexed {
    index: Index,
    subjects: Subjects,
    files: PackedFiles,
}

/// Each subject with the number of its card and what it was made from.
type Subjects = BTreeMap<SubjectKey, (usize, SubjectInputs)>;

/// Packed files, each with the fingerprint of its content.
type PackedFiles = BTreeMap<OutputPath, (Fingerprint, Arc<Vec<u8>>)>;

impl Searched {
    /// The known search, if these two are unchanged: subjects without files of their own are made from
    /// them.
    fn under(&self, site: &Site) -> Option<&Searched> {
        let (config, registry) = self.by.as_ref()?;
        (*config == site.config && *registry == site.registry).then_some(self)
    }
}

impl Indexed {
    /// The number of a subject's card, if the subject would come out the same again.
    fn known(&self, site: &Site, key: &SubjectKey, basis: &SubjectInputs) -> Option<usize> {
        let (number, _) = self.subjects.get(key).filter(|(_, known)| known.agrees(basis))?;
        let page = key.page();
        let faces = &self.index.cards.get(*number)?.faces;
        let mut stay = faces.iter().map(|face| site.routes.page(&page, face.language) == face.url);
        stay.all(|stays| stays).then_some(*number)
    }

    fn put(&self, put: &(dyn Fn(&Output) -> io::Result<()> + Sync)) -> io::Result<()> {
        let mut files = self.files.iter();
        files.try_for_each(|(path, (_, bytes))| {
            put(&Output { path: path.clone(), bytes: bytes.clone() })
        })
    }
}

/// Words of subjects that were made elsewhere, as bytes.
type KeptWords<'a> = BTreeMap<SubjectKey, &'a [u8]>;

/// A subject of an index that is being made.
enum Made {
    Known(usize),
    Fresh(PageWords),
}

impl Prepared {
    /// The index of every group of languages, for `search`.
    pub fn indexes(&self) -> Vec<Index> {
        let subjects = search::subjects(&self.site);
        let groups = search::groups(&self.site);
        let made = KeptWords::new();
        let index = |group| self.index(&subjects, group, &made, None).map(|(index, _)| index);
        groups.into_iter().filter_map(index).collect()
    }

    /// Makes the index of one group after the other and hands its files to `put`. It uses what the last
    /// build left, and returns what this one leaves.
    pub fn put_search(
        &self,
        cache: Cache,
        keep: Keep,
        watcher: &dyn Watcher,
        put: &(dyn Fn(&Output) -> io::Result<()> + Sync),
    ) -> io::Result<Cache> {
        self.put_search_beside(&Nowhere, cache, keep, watcher, put)
    }

    /// The same, with the words that were made elsewhere.
    pub(super) fn put_search_beside(
        &self,
        made_elsewhere: &dyn MadeElsewhere,
        cache: Cache,
        keep: Keep,
        watcher: &dyn Watcher,
        put: &(dyn Fn(&Output) -> io::Result<()> + Sync),
    ) -> io::Result<Cache> {
        if self.site.config.search == OwnSearch::Off {
            return Ok(cache.with_searched(Searched::default()));
        }
        let subjects = search::subjects(&self.site);
        let groups = search::groups(&self.site);
        let known = cache.searched().under(&self.site);
        let mut made = BTreeMap::new();
        watcher.phase("Indexing for search", groups.len());
        for group in groups {
            let name = group.name.clone();
            let before = known.and_then(|known| known.groups.get(&name));
            let kept = made_elsewhere.words(&name)?;
            let kept: KeptWords<'_> =
                kept.iter().flat_map(|bytes| search::unpacked_words(bytes)).collect();
            let index = self.index(&subjects, group, &kept, before.map(|before| &**before));
            match (index, before) {
                (Some((index, subjects)), _) => {
                    let files =
                        self.put_files(&index, before.map(|before| &**before), keep, put)?;
                    if keep == Keep::Pages {
                        made.insert(name, Arc::new(Indexed { index, subjects, files }));
                    }
                }
                (None, Some(before)) => {
                    before.put(put)?;
                    made.insert(name, before.clone());
                }
                (None, None) => {}
            }
            watcher.tick();
        }
        let by = Some((self.site.config.clone(), self.site.registry.clone()));
        Ok(cache.with_searched(Searched { by, groups: made }))
    }

    /// None if it would be the same as the previous index.
    fn index(
        &self,
        subjects: &[SubjectKey],
        group: Group,
        kept: &KeptWords<'_>,
        before: Option<&Indexed>,
    ) -> Option<(Index, Subjects)> {
        let mut indexer = before.map_or_else(Indexer::default, |one| Indexer::after(&one.index));
        let mut cards = Subjects::new();
        for batch in subjects.chunks(BATCH) {
            let made = self.threads.map(batch, |key| {
                let basis = SubjectInputs::of(&self.site, &group, key);
                if let Some(known) = before.and_then(|one| one.known(&self.site, key, &basis)) {
                    return Some((Made::Known(known), basis));
                }
                let kept = kept.get(key).and_then(|bytes| PageWords::from_bytes(bytes));
                if let Some(words) = kept {
                    return Some((Made::Fresh(words), basis));
                }
                let subject = search::subject(&self.site, &group, key)?;
                Some((Made::Fresh(PageWords::of(&subject, &group)), basis))
            });
            for (key, made) in batch.iter().zip(made) {
                let Some((made, basis)) = made else { continue };
                cards.insert(key.clone(), (cards.len(), basis));
                match made {
                    Made::Known(number) => indexer.keep(number),
                    Made::Fresh(words) => indexer.add(words),
                }
            }
        }
        (!indexer.is_as_before()).then(|| (indexer.finish(group), cards))
    }

    /// Packs the files of an index, except for those that are unchanged.
    fn put_files(
        &self,
        index: &Index,
        before: Option<&Indexed>,
        keep: Keep,
        put: &(dyn Fn(&Output) -> io::Result<()> + Sync),
    ) -> io::Result<PackedFiles> {
        let files = search::files(&self.site, index);
        let packed = self.threads.try_map(&files, |file| {
            let fingerprint = Fingerprint::of(&file.bytes);
            let known = before.and_then(|one| one.files.get(&file.path));
            let output = match known.filter(|(known, _)| *known == fingerprint) {
                Some((_, bytes)) => Output { path: file.path.clone(), bytes: bytes.clone() },
                None => file.packed(),
            };
            put(&output)?;
            Ok::<_, io::Error>(
                (keep == Keep::Pages).then_some((output.path, (fingerprint, output.bytes))),
            )
        })?;
        Ok(packed.into_iter().flatten().collect())
    }
}
