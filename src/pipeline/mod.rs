//! The order of the stages, and the threads that they run on.
//!
//! Ordered maps are used wherever order can reach an output, and the results of threads are put into the
//! order of their inputs. A stage uses no clock (apart from `--as-of`), no environment, no randomness and
//! no hash that differs between runs. A page depends on the day only if a review is overdue. The manifest
//! is sorted.
//!
//! `build` renders only if parsing and resolving found nothing that stops it (with `--strict`, no warning
//! either). Otherwise it draws only to find the templates' faults, so that all faults are reported in one
//! run. If nothing at all has been found, it draws without the texts, which are a third of a large site's
//! memory; should drawing find a fault, they are read again to show its place.
//!
//! Long texts that are kept for a long time are stored in blocks of 2 MiB (`model/text.rs`), which the
//! system maps in one step if it can, and gets back as a whole; texts that were freed one by one would
//! leave holes that fit nothing else. Texts are read straight into such blocks, and the HTML of guides is
//! put there while they are parsed (`pipeline/gathered.rs`); this saves half of a build's page faults. Each
//! text is hashed once, when it is read; code that needs to know whether texts have changed hashes their
//! fingerprints.
//!
//! A run with one job uses no thread pool. With more, the calling thread works as well
//! (`pipeline/threads.rs`): that means one thread fewer to switch to, and memory that it has freed can be
//! used again. A panic while one file is being parsed or one page is being drawn is caught and reported as
//! an `internal` fault of that file; the others are still checked, and the exit code is 4.

mod cache;
mod drawing;
mod export;
mod gathered;
mod images;
mod join;
mod lints;
mod made;
mod pack;
mod page_renderer;
mod part;
mod prepared;
mod search;
mod sections;
mod smaller;
mod threads;
mod watcher;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use crate::model::config::{Base, Config, Offline};
use crate::model::date::Date;
use crate::model::diagnostic::{Diagnostic, Outcome, Severity};
use crate::model::fingerprint::Fingerprint;
use crate::model::output::{Output, OutputPath};
use crate::model::policy::{Framing, policy};
use crate::model::source::{SourcePath, Sources};
use crate::model::span::Span;
use crate::model::text::Text;
use crate::model::theme::Theme;
use crate::model::vocabulary::OwnSearch;
use crate::pipeline::cache::Parsed;
use crate::pipeline::gathered::Gathered;
use crate::pipeline::join::join;
use crate::pipeline::made::Nowhere;
use crate::pipeline::page_renderer::Put;
use crate::pipeline::threads::{Threads, panicked};
use crate::pipeline::written::WrittenFiles;
use crate::resolve::{self, Parts};
use crate::{lint, parse, render};

pub use crate::pipeline::cache::{Cache, Findings};
pub use crate::pipeline::made::MadeElsewhere;
pub use crate::pipeline::prepared::{Counts, Keep, Prepared};
pub use crate::pipeline::sections::SectionSet;
pub use crate::pipeline::watcher::Watcher;
pub use crate::resolve::Drafts;

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    pub drafts: Drafts,
    /// The day on which reviews are judged.
    pub today: Date,
    /// Takes the place of the base address in `site.yaml`.
    pub base: Option<Base>,
    /// The number of threads; 0 means one for each core.
    pub jobs: usize,
    pub purpose: Purpose,
}

/// What becomes of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Hosting,
    /// It changes all the time: no browser may keep it.
    Preview,
}

/// Does everything up to the resolved site.
pub fn prepare(sources: &Sources, options: &Options, watcher: &dyn Watcher) -> Outcome<Prepared> {
    prepare_warm(sources, options, &Cache::default(), watcher).0
}

/// The same, with what the last build left. Also returns what this build leaves.
pub fn prepare_warm(
    sources: &Sources,
    options: &Options,
    cache: &Cache,
    watcher: &dyn Watcher,
) -> (Outcome<Prepared>, Cache) {
    prepare_sections(sources, options, None, cache, watcher)
}

/// Does everything up to the resolved site, and judges only these sections. Also returns what was found in their guides,
/// for the build that puts the parts together.
pub fn prepare_part(
    sources: &Sources,
    options: &Options,
    sections: &SectionSet,
    watcher: &dyn Watcher,
) -> (Outcome<Prepared>, Cache) {
    let cache = Cache::of_findings(Findings::new());
    let (mut prepared, cache) = prepare_sections(sources, options, Some(sections), &cache, watcher);
    prepared.diagnostics.retain(|fault| sections.concerns(fault));
    (prepared, cache)
}

/// The same, where the lints judge only these sections if there are any.
fn prepare_sections(
    sources: &Sources,
    options: &Options,
    only: Option<&SectionSet>,
    cache: &Cache,
    watcher: &dyn Watcher,
) -> (Outcome<Prepared>, Cache) {
    let mut diagnostics = Vec::new();
    let threads = Threads::new(options.jobs);
    let mut config = parse::config(sources).drain_into(&mut diagnostics);
    if let Some(base) = &options.base {
        config.base = base.clone();
    }
    if options.purpose == Purpose::Preview {
        config.offline = Offline::Never;
        config.smaller_pictures = false;
    }
    let config = cache.config(config);
    let theme = Arc::new(parse::theme(sources, &config).drain_into(&mut diagnostics));
    let registry = cache.registry(parse::registry(sources, &config).drain_into(&mut diagnostics));
    let files = parse::files(sources, &config).drain_into(&mut diagnostics);
    let known = cache.files(&config);
    let parsed = parsed(files.translations, &config, known, &threads, watcher);
    let parsed = parsed.drain_into(&mut diagnostics);
    diagnostics.extend(parsed.iter().flat_map(|parsed| parsed.diagnostics.iter().cloned()));
    watcher.phase("Resolving", parsed.len());
    let parts = Parts {
        config: config.clone(),
        registry: registry.clone(),
        translations: parsed.iter().map(|parsed| parsed.translation.clone()).collect(),
        files: files.assets.clone(),
        sizes: files.sizes.into(),
        assets: assets(&theme, &config),
        refused: files.refused,
        drafts: options.drafts,
        today: options.today,
    };
    let resolved = Arc::new(resolve::site(parts, cache.resolved().map(|known| &**known)));
    diagnostics.extend(resolved.diagnostics().cloned());
    let mut site = resolved.site.clone();
    let cache = cache.with_files(config, registry, parsed).with_resolved(resolved.clone());
    let images = images::plan(&mut site, sources).drain_into(&mut diagnostics);
    smaller::plan(&mut site, sources);
    let given = (sources, options.today);
    let (found, cache) = lints::site(&site, only, given, cache, &threads, watcher);
    diagnostics.extend(found);
    let diagnostics = lint::apply(diagnostics, &site);
    let (assets, today) = (files.assets, options.today);
    let written = WrittenFiles::default();
    let kept_pictures = BTreeMap::new();
    let prepared =
        Prepared { site, theme, resolved, assets, images, threads, today, written, kept_pictures };
    (Outcome::new(prepared, diagnostics), cache)
}

type DrawnFile = (SourcePath, Text, crate::model::language::Language);

fn parsed(
    files: Vec<DrawnFile>,
    config: &Config,
    known: &[Arc<Parsed>],
    threads: &Threads,
    watcher: &dyn Watcher,
) -> Outcome<Vec<Arc<Parsed>>> {
    watcher.phase("Reading guides", files.len());
    let joined = join(files.into_iter(), known, |(path, _, _), known| path.cmp(&known.path));
    let files: Vec<_> = joined.collect();
    let add =
        |gathered: &mut Gathered, index, (file, known): &(DrawnFile, Option<&Arc<Parsed>>)| {
            let (path, text, language) = file;
            watcher.tick();
            if let Some(parsed) = known.filter(|known| known.text == *text) {
                return gathered.add(index, Ok(parsed.clone()));
            }
            let fault = |message: String| Err(panicked(message).at(path, Span::default()));
            let parse = || Ok(parse::translation(path, text, language.clone(), config));
            match threads::guarded(parse, fault) {
                Ok(Outcome { value, diagnostics }) => {
                    let (path, text, translation) = (path.clone(), text.clone(), Arc::new(value));
                    gathered.parsed(index, Parsed { path, text, translation, diagnostics });
                }
                Err(fault) => gathered.add(index, Err(fault)),
            }
        };
    let gathered = threads.fold(&files, add).into_iter().flat_map(Gathered::finish);
    let mut outcome: Outcome<Vec<Arc<Parsed>>> = Outcome::default();
    for one in threads::in_order(gathered) {
        match one {
            Ok(one) => outcome.value.push(one),
            Err(fault) => outcome.diagnostics.push(fault),
        }
    }
    outcome
}

/// The theme's files that the site needs, by name and fingerprint.
fn assets(theme: &Theme, config: &Config) -> Vec<(String, String)> {
    let assets = theme.assets.iter().filter(|(name, _)| match name.as_str() {
        render::WORKER | render::REMOVAL => false,
        render::REGISTER => config.offline == Offline::Kept,
        name => config.search == OwnSearch::On || !search::SCRIPTS.contains(&name),
    });
    assets.map(|(name, bytes)| (name.clone(), short(bytes))).collect()
}

/// The part of a file's name that tells its versions apart.
fn short(bytes: &[u8]) -> String {
    let mut digits = Fingerprint::of(bytes).to_string();
    // 32 bits are enough to tell the versions of one file apart.
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

    /// The policy under which the preview shows pages, where their owner adds anything to their heads: so
    /// that what a host would block is missed before readers miss it.
    pub fn policy(&self) -> Option<String> {
        let admitted = render::admitted(&self.site, &self.theme);
        let is_own = self.site.config.owner.head.is_none();
        (!is_own).then(|| policy(&admitted, Framing::OwnPages))
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
        put: Put<'_>,
    ) -> io::Result<Vec<Diagnostic>> {
        let diagnostics = self.draw(sources, watcher, put)?;
        if !has_errors(&diagnostics) {
            self.finish(watcher, put)?;
        }
        Ok(diagnostics)
    }

    /// The first part of `render`: everything except the search and the pictures. Of the sources, only the
    /// files that are not text are used.
    pub fn draw(
        &self,
        sources: &Sources,
        watcher: &dyn Watcher,
        put: Put<'_>,
    ) -> io::Result<Vec<Diagnostic>> {
        let (cache, first) = (Cache::default(), BTreeSet::new());
        let warm = Warm { cache: &cache, keep: Keep::Nothing, first: &first, between: &mut |_| {} };
        let put = self.noting(put);
        self.draw_warm(sources, warm, watcher, &put).map(|(diagnostics, _)| diagnostics)
    }

    /// The second part: the search, the pictures, the documents for other search engines, and what knows all files of
    /// the build.
    pub fn finish(&self, watcher: &dyn Watcher, put: Put<'_>) -> io::Result<()> {
        self.finish_beside(&Nowhere, watcher, put)
    }

    /// The same without what was `made` elsewhere.
    pub fn finish_beside(
        &self,
        made: &dyn MadeElsewhere,
        watcher: &dyn Watcher,
        put: Put<'_>,
    ) -> io::Result<()> {
        let noting = self.noting(put);
        self.put_search_beside(made, Cache::default(), Keep::Nothing, watcher, &noting)?;
        self.put_pictures(&|_, path| !made.has_file(path), watcher, &noting)?;
        self.put_export(watcher, &noting)?;
        let (build, search) = (self.written.build(), self.written.search(&self.site));
        match render::worker(&self.site, &self.theme, build, &search) {
            Some(worker) => put(&worker),
            None => Ok(()),
        }
    }

    /// `put` that notes what goes through it, where browsers keep the site.
    fn noting<'p>(&'p self, put: Put<'p>) -> impl Fn(&Output) -> io::Result<()> + Sync + use<'p> {
        move |output| {
            if self.site.config.offline == Offline::Kept {
                self.written.note(output);
            }
            put(output)
        }
    }

    /// The same without the pictures, with what the last build left. Also returns what this build leaves.
    pub fn render_warm(
        &self,
        sources: &Sources,
        warm: Warm<'_>,
        watcher: &dyn Watcher,
        put: Put<'_>,
    ) -> io::Result<(Vec<Diagnostic>, Cache)> {
        let (keep, cache) = (warm.keep, warm.cache);
        let (diagnostics, drawings) = self.draw_warm(sources, warm, watcher, put)?;
        let cache = match drawings {
            Some(drawings) => self.put_search(cache.with_drawn(drawings), keep, watcher, put)?,
            None => cache.clone(),
        };
        Ok((diagnostics, cache))
    }
}

/// What a build of pages knows and does when there has been one before it.
pub struct Warm<'a> {
    pub cache: &'a Cache,
    pub keep: Keep,
    /// The files of pages that somebody is waiting for; they are drawn before the others.
    pub first: &'a BTreeSet<String>,
    /// Called when those have been drawn, if there are any, with the faults found so far.
    pub between: &'a mut dyn FnMut(&[Diagnostic]),
}

/// Whether anything prevents the site from being written.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
