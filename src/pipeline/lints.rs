//! Lets the lints judge every guide; findings are reused as long as its files and facts are unchanged.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::lint::{LintFindings, Linter};
use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::fingerprint::Fingerprint;
use crate::model::guide::Translation;
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::operator::Registry;
use crate::model::site::{Edition, Guide, Site};
use crate::model::source::Sources;
use crate::model::span::Span;
use crate::pipeline::cache::{Cache, Findings};
use crate::pipeline::join::join;
use crate::pipeline::sections::SectionSet;
use crate::pipeline::threads::{self, Threads, panicked};
use crate::pipeline::watcher::Watcher;

/// What guides and sections were judged by, and what was found.
#[derive(Debug, Clone, Default)]
pub(super) struct LintResults {
    /// The findings depend on these two, and not on another guide or on the day; `Linter::guide` guarantees
    /// that.
    by: Option<(Arc<Config>, Arc<Registry>)>,
    /// The findings in guides, sorted by id.
    guides: Arc<[(Arc<Guide>, Arc<LintFindings>)]>,
    folders: Arc<[(GuideId, Texts, Arc<LintFindings>)]>,
}

/// The texts that somebody has written, in the order of their languages.
type Texts = Vec<Arc<Translation>>;

impl LintResults {
    /// The results if the facts are still the same; otherwise none.
    fn under(&self, site: &Site) -> LintResults {
        let same = self
            .by
            .as_ref()
            .is_some_and(|(config, registry)| *config == site.config && *registry == site.registry);
        if same { self.clone() } else { LintResults::default() }
    }
}

/// Whether nobody has written anything new in the guide.
fn is_same(one: &Arc<Guide>, other: &Arc<Guide>) -> bool {
    Arc::ptr_eq(one, other) || {
        let texts = |guide: &Guide| written(&guide.translations);
        Arc::ptr_eq(&one.original.text, &other.original.text)
            && are_same(&texts(one), &texts(other))
    }
}

fn are_same(some: &Texts, others: &Texts) -> bool {
    some.iter().map(Arc::as_ptr).eq(others.iter().map(Arc::as_ptr))
}

fn written(editions: &BTreeMap<Language, Edition>) -> Texts {
    let written = editions.values().filter(|edition| edition.converted_from.is_none());
    written.map(|edition| edition.text.clone()).collect()
}

/// What the lints say about every guide and section, and about the whole site; or only about some sections.
pub(super) fn site(
    site: &Site,
    only: Option<&SectionSet>,
    (sources, today): (&Sources, Date),
    cache: Cache,
    threads: &Threads,
    watcher: &dyn Watcher,
) -> (Vec<Diagnostic>, Cache) {
    watcher.phase("Judging guides", site.guides.len());
    let linter = Linter::new(site, sources, today);
    let before = cache.judged().under(site);
    let kept = cache.findings().map(|findings| EarlierFindings::new(findings, sources, site));
    let lints = |guide: &Arc<Guide>| {
        let path = &guide.original.text.path;
        let fault = |message| panicked(message).at(path, Span::default()).into();
        let lints = || threads::guarded(|| linter.guide(guide), fault);
        kept.as_ref().map_or_else(|| (Arc::new(lints()), None), |kept| kept.found(guide, lints))
    };
    let is_asked_for = |id: &GuideId| only.is_none_or(|only| only.has(id.as_str()));
    let asked_for = || site.guides.values().filter(|guide| is_asked_for(&guide.id));
    let guides = join(asked_for(), &before.guides, |guide, (known, _)| guide.id.cmp(&known.id));
    let guides: Vec<_> = guides.collect();
    let guides = threads.map(&guides, |(guide, known)| {
        watcher.tick();
        let known = known.filter(|(known, _)| is_same(guide, known));
        let (found, key) = known.map_or_else(|| lints(guide), |(_, found)| (found.clone(), None));
        ((Arc::clone(guide), found), key)
    });
    let keyed = guides.iter().filter_map(|((_, found), key)| Some(((*key)?, found.clone())));
    let findings: Findings = keyed.filter(|(_, found)| is_lasting(found)).collect();
    let guides: Arc<[_]> = guides.into_iter().map(|(judged, _)| judged).collect();
    let folders = site.folders.iter().filter(|(id, _)| is_asked_for(id));
    let folders = join(folders, &before.folders, |(id, _), (known, _, _)| id.cmp(&known));
    let folders: Vec<_> = folders.collect();
    let folders = threads.map(&folders, |((id, folder), known)| {
        let texts = written(&folder.words);
        let known = known.filter(|(_, known, _)| are_same(&texts, known));
        let found =
            known.map_or_else(|| Arc::new(linter.folder(folder)), |(_, _, found)| found.clone());
        (GuideId::clone(id), texts, found)
    });
    let found = || {
        let (guides, folders) = (guides.iter(), folders.iter());
        guides.map(|(_, found)| &**found).chain(folders.map(|(_, _, found)| &**found))
    };
    let mut diagnostics = if only.is_none() { linter.site(found()) } else { Vec::new() };
    diagnostics.extend(found().flat_map(|one| one.diagnostics.iter().cloned()));
    diagnostics.extend(asked_for().flat_map(|guide| linter.due(guide)));
    let by = Some((site.config.clone(), site.registry.clone()));
    let judged = LintResults { by, guides, folders: folders.into() };
    (diagnostics, cache.with_judged(judged, findings))
}

/// The findings of an earlier run.
struct EarlierFindings<'a> {
    findings: &'a Findings,
    sources: &'a Sources,
    /// A fingerprint of everything that the lints judge every guide by.
    grounds: Fingerprint,
}

impl<'a> EarlierFindings<'a> {
    fn new(findings: &'a Findings, sources: &'a Sources, site: &Site) -> EarlierFindings<'a> {
        let settings = ["guides/site.yaml", "guides/glossary.yaml"].map(|path| sources.text(path));
        let registry: Vec<_> = sources.texts_below("guides/operators/").collect();
        let base = &site.config.base;
        let grounds = Fingerprint::of_value(&(settings, registry, &base.origin, &base.path));
        EarlierFindings { findings, sources, grounds }
    }

    /// What was found in a guide earlier, or else what `lints` finds now, with the key under which it is
    /// kept.
    fn found(
        &self,
        guide: &Guide,
        lints: impl FnOnce() -> LintFindings,
    ) -> (Arc<LintFindings>, Option<Fingerprint>) {
        let key = self.key(guide);
        let known = self.findings.get(&key).cloned();
        (known.unwrap_or_else(|| Arc::new(lints())), Some(key))
    }

    /// A fingerprint of a guide's files as they are judged on these grounds.
    fn key(&self, guide: &Guide) -> Fingerprint {
        let mut files = vec![&guide.original.text.path];
        let texts = written(&guide.translations);
        files.extend(texts.iter().map(|text| &text.path));
        let files: Vec<_> =
            files.iter().map(|path| (path, self.sources.text(path.as_str()))).collect();
        Fingerprint::of_value(&(self.grounds, files))
    }
}

/// Whether the findings may be kept. A failure of our own may not occur again.
fn is_lasting(found: &LintFindings) -> bool {
    found.diagnostics.iter().all(|fault| fault.code != Code::Internal)
}
