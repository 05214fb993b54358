//! Makes a part of a site: the pages, pictures and words of some sections; and the whole site from its parts.
//!
//! A part is made from all sources, since a page shows titles of other pages and links to them. So it is the same as in
//! a build of the whole, and the whole is the sum of its parts and of what knows them all: lists, feeds, the search.

use std::collections::BTreeMap;
use std::io;

use crate::model::config::Offline;
use crate::model::diagnostic::Diagnostic;
use crate::model::media::unpacked;
use crate::model::output::{Output, OutputPath};
use crate::model::site::Page;
use crate::model::source::Sources;
use crate::model::vocabulary::OwnSearch;
use crate::pipeline::cache::Cache;
use crate::pipeline::page_renderer::Put;
use crate::pipeline::prepared::{Counts, Keep, Prepared};
use crate::pipeline::sections::SectionSet;
use crate::pipeline::watcher::Watcher;
use crate::render;
use crate::search::{self, PageWords};

impl Prepared {
    /// What there is of the sections.
    pub fn counts_of(&self, sections: &SectionSet) -> Counts {
        let pages = self.site.pages.iter().filter(|page| is_of(sections, page));
        let guides = self.site.guides.keys().filter(|id| sections.has(id.as_str()));
        Counts { pages: pages.count(), guides: guides.count(), ..self.counts() }
    }

    /// Draws the pages of the sections and hands their files to `put`.
    pub fn draw_part(
        &self,
        sections: &SectionSet,
        watcher: &dyn Watcher,
        put: Put<'_>,
    ) -> io::Result<Vec<Diagnostic>> {
        let pages = self.pages_of(sections);
        let cache = Cache::default();
        let keep = (&cache, Keep::Nothing);
        let drawn = self.drawing(keep, watcher, put, |page_renderer, _, diagnostics| {
            page_renderer.draw(&pages, diagnostics, &mut BTreeMap::new())
        });
        drawn.map(|(diagnostics, _)| diagnostics)
    }

    /// The faults of the sections' pages.
    pub fn faults_of_part(&self, sections: &SectionSet, watcher: &dyn Watcher) -> Vec<Diagnostic> {
        self.faults_of(&self.pages_of(sections), watcher)
    }

    fn pages_of(&self, sections: &SectionSet) -> Vec<&Page> {
        self.site.pages.iter().filter(|page| is_of(sections, page)).collect()
    }

    /// Hands over what else a part holds: the pictures of the sections' pages, and, in the folder `words`, their words.
    pub fn finish_part(
        &self,
        sections: &SectionSet,
        words: &str,
        watcher: &dyn Watcher,
        put: Put<'_>,
    ) -> io::Result<()> {
        let own = |picture: &crate::images::Picture, _: &str| sections.has_page(&picture.key);
        self.put_pictures(&own, watcher, put)?;
        if self.site.config.search == OwnSearch::Off {
            return Ok(());
        }
        let subjects = search::subjects(&self.site);
        let subjects: Vec<_> =
            subjects.into_iter().filter(|key| sections.has_page(&key.page())).collect();
        let groups = search::groups(&self.site);
        watcher.phase("Gathering words for search", groups.len());
        for group in groups {
            let kept = self.threads.map(&subjects, |key| {
                let subject = search::subject(&self.site, &group, key)?;
                Some(PageWords::of(&subject, &group).to_bytes())
            });
            let kept = subjects.iter().zip(kept);
            let kept: Vec<_> = kept.filter_map(|(key, words)| Some((key, words?))).collect();
            let bytes = search::packed_words(kept.iter());
            if let Some(path) = OutputPath::parse(&format!("{words}{}", group.name)) {
                put(&Output { path, bytes: bytes.into() })?;
            }
            watcher.tick();
        }
        Ok(())
    }

    /// Draws everything but the pages of the sections, which parts hold.
    pub fn draw_rest(
        &self,
        sections: &SectionSet,
        sources: &Sources,
        watcher: &dyn Watcher,
        put: Put<'_>,
    ) -> io::Result<Vec<Diagnostic>> {
        let noting = self.noting(put);
        let pages: Vec<&Page> =
            self.site.pages.iter().filter(|page| !is_of(sections, page)).collect();
        let cache = Cache::default();
        let keep = (&cache, Keep::Nothing);
        let drawn = self.drawing(keep, watcher, &noting, |page_renderer, context, diagnostics| {
            self.files(sources).iter().try_for_each(&noting)?;
            diagnostics.extend(self.put_smaller(sources, watcher, &noting)?);
            page_renderer.draw(&pages, diagnostics, &mut BTreeMap::new())?;
            render::files(context).try_for_each(|output| noting(&output))
        });
        drawn.map(|(diagnostics, _)| diagnostics)
    }

    /// Takes over what parts hold: `read` gives each of the `files`, with all their smaller forms, to `put`.
    pub fn put_made<T: Sync, E: From<io::Error> + Send>(
        &self,
        files: &[T],
        read: impl Fn(&T) -> Result<Output, E> + Sync,
        put: Put<'_>,
    ) -> Result<(), E> {
        let done = self.threads.try_map(files, |file| {
            let output = read(file)?;
            // A smaller form of a file is no file of its own.
            if self.site.config.offline == Offline::Kept && unpacked(output.path.as_str()).is_none()
            {
                self.written.note(&output);
            }
            put(&output).map_err(E::from)
        });
        done.map(|_| ())
    }
}

fn is_of(sections: &SectionSet, page: &Page) -> bool {
    matches!(page, Page::Of { key, .. } if sections.has_page(key))
}
