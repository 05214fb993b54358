//! The order of the stages, and the threads that they run on.

mod cache;
mod images;
mod judge;
mod pack;
mod search;
mod threads;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use crate::images::Images;
use crate::model::config::{Base, Config};
use crate::model::date::Date;
use crate::model::diagnostic::{Code, Diagnostic, Outcome, Severity};
use crate::model::fingerprint::Fingerprint;
use crate::model::guide::Translation;
use crate::model::output::{Output, OutputPath};
use crate::model::site::{Page, PageKey, Site};
use crate::model::source::{SourcePath, Sources};
use crate::model::span::Span;
use crate::model::theme::Theme;
use crate::pipeline::cache::{Drawn, Parsed};
use crate::pipeline::threads::Threads;
use crate::resolve::Parts;
use crate::{parse, render, resolve};

pub use crate::pipeline::cache::Cache;
pub use crate::resolve::Drafts;

/// What a run is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    pub drafts: Drafts,
    /// The day on which reviews are judged.
    pub today: Date,
    /// Instead of what `site.yaml` says.
    pub base: Option<Base>,
    /// How many threads; 0 for one a core.
    pub jobs: usize,
}

/// Somebody who wants to know how far a run has come.
pub trait Watcher: Sync {
    fn phase(&self, name: &'static str, total: usize);
    fn tick(&self);
}

/// Parsed and resolved sources.
#[derive(Debug)]
pub struct Prepared {
    pub site: Site,
    pub theme: Theme,
    /// Files beside guides that are published.
    assets: Vec<SourcePath>,
    images: Option<Images>,
    threads: Threads,
    today: Date,
}

/// What a run found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub pages: usize,
    pub guides: usize,
    pub operators: usize,
    pub languages: usize,
}

/// Everything up to the resolved site.
pub fn prepare(sources: &Sources, options: &Options, watcher: &dyn Watcher) -> Outcome<Prepared> {
    prepare_warm(sources, options, &Cache::default(), watcher).0
}

/// The same, with what the last build left; and what this one leaves.
pub fn prepare_warm(
    sources: &Sources,
    options: &Options,
    cache: &Cache,
    watcher: &dyn Watcher,
) -> (Outcome<Prepared>, Cache) {
    let mut diagnostics = Vec::new();
    let threads = Threads::new(options.jobs);
    let mut config = parse::config(sources).unload(&mut diagnostics);
    if let Some(base) = &options.base {
        config.base = base.clone();
    }
    let config = Arc::new(config);
    let theme = parse::theme(sources, &config).unload(&mut diagnostics);
    let registry = Arc::new(parse::registry(sources, &config).unload(&mut diagnostics));
    let files = parse::files(sources, &config).unload(&mut diagnostics);
    let known = cache.under(&config);
    let parsed = parsed(files.translations, &config, known, &threads, watcher);
    let parsed = parsed.unload(&mut diagnostics);
    diagnostics.extend(parsed.iter().flat_map(|parsed| parsed.diagnostics.iter().cloned()));
    let translations: Vec<Arc<Translation>> =
        parsed.iter().map(|parsed| parsed.translation.clone()).collect();
    let cache = cache.with_files(config.clone(), parsed);
    watcher.phase("Resolving", translations.len());
    let fingerprints: Vec<(String, String)> =
        theme.assets.iter().map(|(name, bytes)| (name.clone(), fingerprint(bytes))).collect();
    let parts = Parts {
        config: &config,
        registry: &registry,
        translations,
        files: &files.assets,
        assets: &fingerprints,
        refused: &files.refused,
        drafts: options.drafts,
    };
    let mut site = resolve::site(parts).unload(&mut diagnostics);
    let images = images::plan(&mut site, sources).unload(&mut diagnostics);
    let (found, cache) = judge::site(&site, sources, options.today, cache, &threads, watcher);
    diagnostics.extend(found);
    let prepared =
        Prepared { site, theme, assets: files.assets, images, threads, today: options.today };
    (Outcome::new(prepared, diagnostics), cache)
}

type File = (SourcePath, Arc<str>, crate::model::language::Language);

fn parsed(
    files: Vec<File>,
    config: &Config,
    cache: Option<&Cache>,
    threads: &Threads,
    watcher: &dyn Watcher,
) -> Outcome<Vec<Parsed>> {
    watcher.phase("Reading guides", files.len());
    let parsed = threads.map(&files, |(path, text, language)| {
        watcher.tick();
        if let Some(parsed) = cache.and_then(|cache| cache.parsed(path, text)) {
            return Ok(parsed.clone());
        }
        let fault = |message: String| Err(panicked(message).at(path, Span::default()));
        let parse = || {
            let Outcome { value, diagnostics } =
                parse::translation(path, text, language.clone(), config);
            let (path, text) = (path.clone(), text.clone());
            Ok(Parsed { path, text, translation: Arc::new(value), diagnostics })
        };
        threads::guarded(parse, fault)
    });
    let mut outcome: Outcome<Vec<Parsed>> = Outcome::default();
    for one in parsed {
        match one {
            Ok(one) => outcome.value.push(one),
            Err(fault) => outcome.diagnostics.push(fault),
        }
    }
    outcome
}

/// A panic of ours: told as a fault of the page, so that the others are still checked.
fn panicked(message: String) -> Diagnostic {
    Diagnostic::new(Code::Internal, format!("the program failed here: {message}"))
        .hint("this is a fault of Cicerone; please report it with the file")
}

fn fingerprint(bytes: &[u8]) -> String {
    let mut digits = Fingerprint::of(bytes).to_string();
    // 32 bits tell the versions of one file apart.
    digits.truncate(8);
    digits
}

impl Prepared {
    pub fn counts(&self) -> Counts {
        Counts {
            pages: self.site.pages.len(),
            guides: self.site.guides.len(),
            operators: self.site.registry.operators.len(),
            languages: self.site.config.languages.len(),
        }
    }

    /// The files of all pages that there should be.
    pub fn paths(&self) -> impl Iterator<Item = OutputPath> {
        self.site.pages.iter().filter_map(|page| render::path(&self.site, page))
    }

    /// Draws every file of the site and hands it to `put`, from many threads and in no order.
    /// `Err` is the first failure of `put`; no file is drawn after it.
    pub fn render(
        &self,
        sources: &Sources,
        watcher: &dyn Watcher,
        put: &(dyn Fn(&Output) -> io::Result<()> + Sync),
    ) -> io::Result<Vec<Diagnostic>> {
        let diagnostics = self.pages(sources, watcher, put)?;
        if !has_errors(&diagnostics) {
            self.put_images(watcher, put)?;
        }
        Ok(diagnostics)
    }

    fn pages(
        &self,
        sources: &Sources,
        watcher: &dyn Watcher,
        put: &(dyn Fn(&Output) -> io::Result<()> + Sync),
    ) -> io::Result<Vec<Diagnostic>> {
        let (cache, first) = (Cache::default(), BTreeSet::new());
        let warm = Warm { cache: &cache, keep: Keep::Nothing, first: &first, between: &mut |_| {} };
        self.render_warm(sources, warm, watcher, put).map(|(diagnostics, _)| diagnostics)
    }

    /// The same but for the pictures, with what the last build left; and what this one leaves.
    pub fn render_warm(
        &self,
        sources: &Sources,
        warm: Warm<'_>,
        watcher: &dyn Watcher,
        put: &(dyn Fn(&Output) -> io::Result<()> + Sync),
    ) -> io::Result<(Vec<Diagnostic>, Cache)> {
        let Warm { cache, keep, first, between } = warm;
        let Outcome { value: templates, mut diagnostics } = render::templates(&self.theme);
        if !diagnostics.is_empty() {
            return Ok((diagnostics, cache.clone()));
        }
        let scene = render::Scene::new(&self.site, &self.theme, &templates, self.today);
        watcher.phase("Drawing pages", self.site.pages.len());
        let studio = Studio { prepared: self, scene: &scene, sources, cache, keep, watcher, put };
        let mut drawn = BTreeMap::new();
        let is_first = |page: &&Page| {
            let path = render::path(&self.site, page);
            path.is_some_and(|path| first.contains(path.as_str()))
        };
        for output in self.files(sources) {
            put(&output)?;
        }
        let pages = match first.is_empty() {
            true => self.site.pages.iter().collect(),
            false => {
                let (early, late) = self.site.pages.iter().partition::<Vec<_>, _>(is_first);
                studio.draw(&early, &mut diagnostics, &mut drawn)?;
                between(&diagnostics);
                late
            }
        };
        studio.draw(&pages, &mut diagnostics, &mut drawn)?;
        for output in render::files(&scene) {
            put(&output)?;
        }
        let cache = cache.with_pages(&self.theme, drawn);
        Ok((diagnostics, self.put_search(cache, keep, watcher, put)?))
    }

    /// What is wrong with the pages, found by drawing them. Nothing is kept, and what has no faults of
    /// its own, like the search, is not made.
    pub fn faults(&self, sources: &Sources, watcher: &dyn Watcher) -> Vec<Diagnostic> {
        let Outcome { value: templates, mut diagnostics } = render::templates(&self.theme);
        if !diagnostics.is_empty() {
            return diagnostics;
        }
        let scene = render::Scene::new(&self.site, &self.theme, &templates, self.today);
        watcher.phase("Drawing pages", self.site.pages.len());
        let (cache, keep, put) = (&Cache::default(), Keep::Nothing, &|_: &Output| Ok(()));
        let studio = Studio { prepared: self, scene: &scene, sources, cache, keep, watcher, put };
        let pages: Vec<&Page> = self.site.pages.iter().collect();
        // Only writing can fail.
        let _ = studio.draw(&pages, &mut diagnostics, &mut BTreeMap::new());
        diagnostics
    }

    /// A page may be 16 times its source and a mebibyte; beyond, something multiplies itself.
    fn too_large(&self, page: &Page, output: &Output, sources: &Sources) -> Option<Diagnostic> {
        let Page::Of { key: PageKey::Guide(id), language } = page else { return None };
        let text = &self.site.guides.get(id)?.edition(self.site.language(*language)).text;
        let size = sources.text(text.path.as_str()).map_or(0, |source| source.len());
        let limit = size.saturating_mul(16).saturating_add(1 << 20);
        (output.bytes.len() > limit).then(|| {
            let message =
                format!("the page has {} bytes; the limit is {limit}", output.bytes.len());
            let hint = "split the guide, or mend what repeats itself in the template";
            Diagnostic::new(Code::PageTooLarge, message).at(&text.path, text.title.span).hint(hint)
        })
    }

    /// Files that are published as they are.
    fn files(&self, sources: &Sources) -> Vec<Output> {
        let routes = &self.site.routes;
        let beside = self
            .assets
            .iter()
            .filter_map(|path| Some((&routes.files.get(path)?.path, sources.assets.get(path)?)));
        let theme = routes
            .assets
            .iter()
            .filter_map(|(name, route)| Some((&route.path, self.theme.assets.get(name)?)));
        let output = |(path, bytes): (&Arc<str>, &Arc<[u8]>)| {
            Some(Output { path: OutputPath::parse(path)?, bytes: bytes.clone() })
        };
        beside.chain(theme).filter_map(output).collect()
    }
}

/// How a build goes about its pages when another went before it.
pub struct Warm<'a> {
    pub cache: &'a Cache,
    pub keep: Keep,
    /// The files of pages that somebody waits for: they are drawn before the others.
    pub first: &'a BTreeSet<String>,
    /// Called when those are drawn, where there are any, with what was found wrong so far.
    pub between: &'a mut dyn FnMut(&[Diagnostic]),
}

/// Whether the next build will want what this one draws: a site takes as much memory as it has bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    Pages,
    Nothing,
}

/// What drawing many pages needs.
struct Studio<'a> {
    prepared: &'a Prepared,
    scene: &'a render::Scene<'a>,
    sources: &'a Sources,
    cache: &'a Cache,
    keep: Keep,
    watcher: &'a dyn Watcher,
    put: &'a (dyn Fn(&Output) -> io::Result<()> + Sync),
}

impl Studio<'_> {
    fn draw(
        &self,
        pages: &[&Page],
        diagnostics: &mut Vec<Diagnostic>,
        drawn: &mut BTreeMap<OutputPath, Drawn>,
    ) -> io::Result<()> {
        let cache = self.cache.drawn_with(&self.prepared.theme);
        let done = self.prepared.threads.try_map(pages, |page| {
            self.watcher.tick();
            let fault = |message: String| (Outcome::new(Vec::new(), vec![panicked(message)]), None);
            let (outcome, fingerprint) = threads::guarded(|| self.page(page, cache), fault);
            let Outcome { value: outputs, mut diagnostics } = outcome;
            for output in &outputs {
                diagnostics.extend(self.prepared.too_large(page, output, self.sources));
                (self.put)(output)?;
            }
            let kept = outputs.into_iter().filter_map(move |output| {
                Some((output.path, Drawn { fingerprint: fingerprint?, bytes: output.bytes }))
            });
            Ok((diagnostics, kept))
        })?;
        for (faults, kept) in done {
            diagnostics.extend(faults);
            drawn.extend(kept);
        }
        Ok(())
    }

    /// A page equal to one that was drawn before is that page. A panic is the page's own.
    fn page(
        &self,
        page: &Page,
        cache: Option<&Cache>,
    ) -> (Outcome<Vec<Output>>, Option<Fingerprint>) {
        let mut faults = Vec::new();
        let Some(view) = render::view(self.scene, page, &mut faults) else {
            return (Outcome::new(Vec::new(), faults), None);
        };
        let fingerprint = match self.keep {
            Keep::Pages => render::fingerprint(self.scene, page, &view),
            Keep::Nothing => None,
        };
        let known = |path: Option<OutputPath>| {
            let (cache, fingerprint) = cache.zip(fingerprint)?;
            cache.drawn(&path?, fingerprint)
        };
        let mut outputs = Vec::new();
        if render::has_twin(&view) {
            let twin = known(render::twin_path(self.scene.site, page));
            outputs.extend(twin.or_else(|| render::twin(self.scene, page, &view)));
        }
        outputs.extend(match known(render::path(self.scene.site, page)) {
            Some(output) => Some(output),
            None => render::draw(self.scene, page, view).unload(&mut faults),
        });
        (Outcome::new(outputs, faults), fingerprint)
    }
}

/// Whether anything keeps the site from being written.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
