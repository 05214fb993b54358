//! Lets the lints judge every guide; one whose files and facts are as before is judged as before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::lint::{Found, Linter};
use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::diagnostic::Diagnostic;
use crate::model::fingerprint::Fingerprint;
use crate::model::guide::Translation;
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::operator::Registry;
use crate::model::site::{Edition, Guide, Site};
use crate::model::source::Sources;
use crate::model::span::Span;
use crate::pipeline::cache::Cache;
use crate::pipeline::join::join;
use crate::pipeline::threads::{self, Threads};
use crate::pipeline::{Watcher, panicked};

/// What guides and sections were judged by, and what was found.
#[derive(Debug, Clone, Default)]
pub(super) struct Judged {
    /// None of it depends on another guide: so much is the rule of `Linter::guide`.
    by: Option<(Arc<Config>, Arc<Registry>, Date)>,
    /// By id.
    guides: Arc<[(Arc<Guide>, Arc<Found>)]>,
    folders: Arc<[(GuideId, Texts, Arc<Found>)]>,
}

/// What somebody wrote, by language.
type Texts = Vec<Arc<Translation>>;

impl Judged {
    /// Nothing of it under other facts or on another day.
    fn under(&self, site: &Site, today: Date) -> Judged {
        let same = self.by.as_ref().is_some_and(|(config, registry, day)| {
            *day == today && *config == site.config && *registry == site.registry
        });
        if same { self.clone() } else { Judged::default() }
    }
}

/// Whether nobody has written anything new.
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

/// What the lints say of every guide and section, and of the whole.
pub(super) fn site(
    site: &Site,
    sources: &Sources,
    today: Date,
    cache: Cache,
    threads: &Threads,
    watcher: &dyn Watcher,
) -> (Vec<Diagnostic>, Cache) {
    watcher.phase("Judging guides", site.guides.len());
    let linter = Linter::new(site, sources, today);
    let before = cache.judged().under(site, today);
    let grounds = cache.clean().map(|clean| (clean, grounds(sources, site)));
    let judge = |guide: &Arc<Guide>| {
        let path = &guide.original.text.path;
        let fault = |message| panicked(message).at(path, Span::default()).into();
        let key = grounds.map(|(_, grounds)| key(guide, sources, grounds));
        let known = grounds.zip(key).is_some_and(|((clean, _), key)| clean.contains(&key));
        let mut found = match known {
            true => Found::default(),
            false => threads::guarded(|| linter.guide(guide), fault),
        };
        let clean = key.filter(|_| found.is_empty());
        found.diagnostics.extend(linter.due(guide));
        (Arc::new(found), clean)
    };
    let guides =
        join(site.guides.values(), &before.guides, |guide, (known, _)| guide.id.cmp(&known.id));
    let guides: Vec<_> = guides.collect();
    let guides = threads.map(&guides, |(guide, known)| {
        watcher.tick();
        let known = known.filter(|(known, _)| is_same(guide, known));
        let (found, clean) = known.map_or_else(|| judge(guide), |(_, found)| (found.clone(), None));
        ((Arc::clone(guide), found), clean)
    });
    let clean: BTreeSet<Fingerprint> = guides.iter().filter_map(|(_, clean)| *clean).collect();
    let guides: Arc<[_]> = guides.into_iter().map(|(judged, _)| judged).collect();
    let folders =
        join(site.folders.iter(), &before.folders, |(id, _), (known, _, _)| id.cmp(&known));
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
    let mut diagnostics = linter.site(found());
    diagnostics.extend(found().flat_map(|one| one.diagnostics.iter().cloned()));
    let by = Some((site.config.clone(), site.registry.clone(), today));
    let judged = Judged { by, guides, folders: folders.into() };
    (diagnostics, cache.with_judged(judged, clean))
}

/// Of all that the lints judge every guide by.
fn grounds(sources: &Sources, site: &Site) -> Fingerprint {
    let settings = ["guides/site.yaml", "guides/glossary.yaml"].map(|path| sources.text(path));
    let registry: Vec<_> = sources.texts_below("guides/operators/").collect();
    Fingerprint::of_value(&(settings, registry, &site.config.base.origin, &site.config.base.path))
}

/// Of a guide's files, as they are judged on these grounds.
fn key(guide: &Guide, sources: &Sources, grounds: Fingerprint) -> Fingerprint {
    let mut files = vec![&guide.original.text.path];
    let texts = written(&guide.translations);
    files.extend(texts.iter().map(|text| &text.path));
    let files: Vec<_> = files.iter().map(|path| (path, sources.text(path.as_str()))).collect();
    Fingerprint::of_value(&(grounds, files))
}
