//! Draws pages on many threads; a page that would come out the same is taken from the last build.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::io;
use std::ops::Deref;
use std::sync::Arc;

use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::output::{Output, OutputPath};
use crate::model::site::{Page, PageKey, Site};
use crate::pipeline::Cache;
use crate::pipeline::cache::{Drawings, Drawn};
use crate::pipeline::prepared::{Keep, Prepared};
use crate::pipeline::threads::{self, panicked};
use crate::pipeline::watcher::Watcher;
use crate::render;

/// What is needed to draw many pages.
pub struct PageRenderer<'a> {
    prepared: &'a Prepared,
    context: &'a render::RenderContext<'a>,
    /// What was drawn before with the same templates.
    known: Option<&'a Drawings>,
    /// The same, if the theme's words and the day are unchanged too.
    equal: Option<&'a Drawings>,
    keep: Keep,
    watcher: &'a dyn Watcher,
    put: Put<'a>,
}

pub type Put<'a> = &'a (dyn Fn(&Output) -> io::Result<()> + Sync);

type DrawnFiles = Vec<(OutputPath, Drawn)>;

impl<'a> PageRenderer<'a> {
    pub fn new(
        prepared: &'a Prepared,
        context: &'a render::RenderContext<'a>,
        (cache, keep): (&'a Cache, Keep),
        watcher: &'a dyn Watcher,
        put: Put<'a>,
    ) -> PageRenderer<'a> {
        let known = cache.drawn();
        let known = known.filter(|known| known.theme.templates == prepared.theme.templates);
        let equal = known.filter(|known| {
            known.today == prepared.today
                && known.theme == prepared.theme
                // Pictures are planned for the whole site.
                && prepared.images.is_none()
        });
        PageRenderer { prepared, context, known, equal, keep, watcher, put }
    }

    /// Draws `pages` and hands them to `put`, and gathers what was drawn if it is to be kept.
    pub fn draw(
        &self,
        pages: &[&Page],
        diagnostics: &mut Vec<Diagnostic>,
        drawn: &mut BTreeMap<OutputPath, Drawn>,
    ) -> io::Result<()> {
        let page_group: Vec<&[&Page]> = pages.chunk_by(|page, next| page.is_akin(next)).collect();
        let done = self.prepared.threads.try_map(&page_group, |pages| self.draw_group(pages))?;
        for (faults, files) in done.into_iter().flatten() {
            diagnostics.extend(faults);
            drawn.extend(files);
        }
        Ok(())
    }

    /// Draws the pages about one thing, which have much in common, and hands them to `put`.
    fn draw_group(&self, pages: &[&Page]) -> io::Result<Vec<(Vec<Diagnostic>, DrawnFiles)>> {
        let Some(first) = pages.first() else { return Ok(Vec::new()) };
        let page_group = LazyCell::new(|| render::PageGroup::of(self.context, first));
        pages.iter().map(|page| self.draw_page(page, &page_group)).collect()
    }

    fn draw_page(
        &self,
        page: &Page,
        page_group: &impl Deref<Target = render::PageGroup>,
    ) -> io::Result<(Vec<Diagnostic>, DrawnFiles)> {
        self.watcher.tick();
        let fault = |message: String| Outcome::new(Vec::new(), vec![panicked(message)]);
        let Outcome { value: mut files, mut diagnostics } = match self.untouched(page) {
            Some(files) => Outcome::new(files, Vec::new()),
            None => threads::guarded(|| self.page(page, page_group), fault),
        };
        for (path, drawn) in &files {
            let output = Output { path: path.clone(), bytes: drawn.bytes.clone() };
            diagnostics.extend(self.too_large(page, &output));
            (self.put)(&output)?;
        }
        match self.keep {
            Keep::Pages => {
                let sound = diagnostics.is_empty();
                files.iter_mut().for_each(|(_, drawn)| drawn.sound = sound);
            }
            Keep::Nothing => files.clear(),
        }
        Ok((diagnostics, files))
    }

    /// The files of a guide's page if nothing that it shows has changed, so that its view need not be made.
    fn untouched(&self, page: &Page) -> Option<DrawnFiles> {
        let (known, Page::Of { key: PageKey::Guide(id), .. }) = (self.equal?, page) else {
            return None;
        };
        if !self.prepared.resolved.is_same_guide(&known.resolved, id) {
            return None;
        }
        let file = |path: OutputPath| Some((path.clone(), known.pages.get(&path)?.clone()));
        let own = file(render::path(self.context.site, page)?).filter(|(_, drawn)| drawn.sound)?;
        let twin = render::twin_path(self.context.site, page).and_then(file);
        Some([own].into_iter().chain(twin).collect())
    }

    /// Draws a page, unless an equal one was drawn before and can be reused. A panic counts as a fault of
    /// the page.
    fn page(&self, page: &Page, page_group: &render::PageGroup) -> Outcome<DrawnFiles> {
        let mut faults = Vec::new();
        let Some(view) = render::view(self.context, page, page_group, &mut faults) else {
            return Outcome::new(Vec::new(), faults);
        };
        let fingerprint = match self.keep {
            Keep::Pages => render::fingerprint(self.context, page, &view),
            Keep::Nothing => None,
        };
        let known = |path: fn(&Site, &Page) -> Option<OutputPath>| {
            let pages = &self.known?.pages;
            let path = path(self.context.site, page)?;
            let known = pages.get(&path)?;
            let same = known.fingerprint.is_some() && known.fingerprint == fingerprint;
            same.then(|| (path, known.clone()))
        };
        let new = |Output { path, mut bytes }: Output| {
            if let (Keep::Pages, Some(bytes)) = (self.keep, Arc::get_mut(&mut bytes)) {
                bytes.shrink_to_fit();
            }
            (path, Drawn { fingerprint, bytes, sound: false })
        };
        let mut files = Vec::new();
        if render::has_twin(&view) {
            let twin = known(render::twin_path);
            files.extend(twin.or_else(|| render::twin(self.context, page, &view).map(new)));
        }
        files.extend(match known(render::path) {
            Some(file) => Some(file),
            None => render::draw(self.context, page, view).drain_into(&mut faults).map(new),
        });
        Outcome::new(files, faults)
    }

    /// A page may be 16 times as large as its source plus one mebibyte; beyond that, something is
    /// multiplying itself.
    fn too_large(&self, page: &Page, output: &Output) -> Option<Diagnostic> {
        let Page::Of { key: PageKey::Guide(id), language } = page else { return None };
        let site = &self.prepared.site;
        if output.bytes.len() <= 1 << 20 {
            return None;
        }
        let text = &site.guides.get(id)?.edition(site.language(*language)).text;
        let limit = text.size.saturating_mul(16).saturating_add(1 << 20);
        (output.bytes.len() > limit).then(|| {
            let message =
                format!("the page has {} bytes; the limit is {limit}", output.bytes.len());
            let hint = "split the guide, or mend what repeats itself in the template";
            Diagnostic::new(Code::PageTooLarge, message).at(&text.path, text.title.span).hint(hint)
        })
    }
}
