//! Draws the pages of a site, all or some of them, with what they have in common.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use crate::model::diagnostic::{Diagnostic, Outcome};
use crate::model::mention::FindMentions;
use crate::model::output::{Output, OutputPath};
use crate::model::site::Page;
use crate::model::source::Sources;
use crate::pipeline::Warm;
use crate::pipeline::cache::{Cache, Drawings};
use crate::pipeline::page_renderer::{PageRenderer, Put};
use crate::pipeline::prepared::{Keep, Prepared};
use crate::pipeline::watcher::Watcher;
use crate::render::{self, RenderContext};
use crate::search::TermMentions;

impl Prepared {
    /// Lets `draw` draw with what all pages share. Returns nothing of it if the theme does not compile.
    pub(super) fn drawing<R>(
        &self,
        (cache, keep): (&Cache, Keep),
        watcher: &dyn Watcher,
        put: Put<'_>,
        draw: impl FnOnce(&PageRenderer<'_>, &RenderContext<'_>, &mut Vec<Diagnostic>) -> io::Result<R>,
    ) -> io::Result<(Vec<Diagnostic>, Option<R>)> {
        let Outcome { value: templates, mut diagnostics } = render::templates(&self.theme);
        if !diagnostics.is_empty() {
            return Ok((diagnostics, None));
        }
        let mut context = RenderContext::new(&self.site, &self.theme, &templates, self.today)
            .drain_into(&mut diagnostics);
        let mentions = TermMentions::new(&self.site);
        context.mentions = mentions.as_ref().map(|mentions| mentions as &dyn FindMentions);
        watcher.phase("Drawing pages", self.site.pages.len());
        let page_renderer = PageRenderer::new(self, &context, (cache, keep), watcher, put);
        let drawn = draw(&page_renderer, &context, &mut diagnostics)?;
        Ok((diagnostics, Some(drawn)))
    }

    /// Returns no drawings if the theme does not compile.
    pub(super) fn draw_warm(
        &self,
        sources: &Sources,
        warm: Warm<'_>,
        watcher: &dyn Watcher,
        put: Put<'_>,
    ) -> io::Result<(Vec<Diagnostic>, Option<Drawings>)> {
        let Warm { cache, keep, first, between } = warm;
        let first: BTreeSet<usize> =
            first.iter().filter_map(|path| self.site.page_at(path)).collect();
        self.drawing((cache, keep), watcher, put, |page_renderer, context, diagnostics| {
            let mut drawn = BTreeMap::new();
            for output in self.files(sources) {
                put(&output)?;
            }
            diagnostics.extend(self.put_smaller(sources, watcher, put)?);
            if !first.is_empty() {
                let early: Vec<&Page> =
                    first.iter().filter_map(|place| self.site.pages.get(*place)).collect();
                page_renderer.draw(&early, diagnostics, &mut drawn)?;
                between(diagnostics);
            }
            let pages = self.site.pages.iter().enumerate();
            let late: Vec<&Page> =
                pages.filter(|(place, _)| !first.contains(place)).map(|(_, page)| page).collect();
            page_renderer.draw(&late, diagnostics, &mut drawn)?;
            for output in render::files(context) {
                put(&output)?;
            }
            let (theme, resolved) = (self.theme.clone(), self.resolved.clone());
            Ok(Drawings { theme, resolved, today: self.today, pages: drawn })
        })
    }

    /// The faults of the pages, which are found by drawing them. Nothing is kept, and whatever has no
    /// faults of its own, like the search, is not made.
    pub fn faults(&self, watcher: &dyn Watcher) -> Vec<Diagnostic> {
        let pages: Vec<&Page> = self.site.pages.iter().collect();
        self.faults_of(&pages, watcher)
    }

    /// The same of some of the pages.
    pub(super) fn faults_of(&self, pages: &[&Page], watcher: &dyn Watcher) -> Vec<Diagnostic> {
        let (cache, put) = (Cache::default(), |_: &Output| Ok(()));
        let keep = (&cache, Keep::Nothing);
        let drawn = self.drawing(keep, watcher, &put, |page_renderer, _, diagnostics| {
            page_renderer.draw(pages, diagnostics, &mut BTreeMap::new())
        });
        // Only `put` can fail, and this one does not.
        drawn.map(|(diagnostics, _)| diagnostics).unwrap_or_default()
    }

    /// The files that are published unchanged.
    pub(super) fn files(&self, sources: &Sources) -> Vec<Output> {
        let routes = &self.site.routes;
        let beside = self
            .assets
            .iter()
            .filter_map(|path| Some((&routes.files.get(path)?.path, sources.assets.get(path)?)));
        let theme = routes
            .assets
            .iter()
            .filter_map(|(name, route)| Some((&route.path, self.theme.assets.get(name)?)));
        let output = |(path, bytes): (&Arc<str>, &Arc<Vec<u8>>)| {
            Some(Output { path: OutputPath::parse(path)?, bytes: bytes.clone() })
        };
        beside.chain(theme).filter_map(output).collect()
    }
}
