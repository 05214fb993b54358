//! Lets the lints judge every guide; one whose files and facts are as before is judged as before.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::lint::{Found, Linter};
use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::Translation;
use crate::model::id::GuideId;
use crate::model::operator::Registry;
use crate::model::site::{Guide, Site};
use crate::model::source::Sources;
use crate::model::span::Span;
use crate::pipeline::threads::{self, Threads};
use crate::pipeline::{Cache, Watcher, panicked};

/// What guides were judged by, and what was found.
#[derive(Debug, Clone, Default)]
pub(super) struct Judged {
    /// None of it depends on another guide: so much is the rule of `Linter::guide`.
    by: Option<(Arc<Config>, Arc<Registry>, Date)>,
    guides: BTreeMap<GuideId, (Files, Arc<Found>)>,
}

/// The files of a guide that somebody wrote.
type Files = Vec<Arc<Translation>>;

impl Judged {
    fn under(&self, site: &Site, today: Date) -> Option<&Judged> {
        let (config, registry, day) = self.by.as_ref()?;
        (*day == today && *config == site.config && *registry == site.registry).then_some(self)
    }

    fn known(&self, guide: &Guide) -> Option<Arc<Found>> {
        let (files, found) = self.guides.get(&guide.id)?;
        let same = files.iter().zip(written(guide)).all(|(one, other)| Arc::ptr_eq(one, other));
        (same && files.len() == written(guide).count()).then(|| found.clone())
    }
}

fn written(guide: &Guide) -> impl Iterator<Item = &Arc<Translation>> {
    let written = guide.translations.values().filter(|edition| edition.converted_from.is_none());
    std::iter::once(&guide.original).chain(written).map(|edition| &edition.text)
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
    let guides: Vec<_> = site.guides.values().collect();
    let folders: Vec<_> = site.folders.values().collect();
    watcher.phase("Judging guides", guides.len());
    let linter = Linter::new(site, sources, today);
    let before = cache.judged().under(site, today);
    let mut found = threads.map(&guides, |guide| {
        watcher.tick();
        if let Some(found) = before.and_then(|before| before.known(guide)) {
            return found;
        }
        let path = &guide.original.text.path;
        let fault = |message| panicked(message).at(path, Span::default()).into();
        Arc::new(threads::guarded(|| linter.guide(guide), fault))
    });
    let judged = Judged {
        by: Some((site.config.clone(), site.registry.clone(), today)),
        guides: guides
            .iter()
            .zip(&found)
            .map(|(guide, found)| {
                (guide.id.clone(), (written(guide).cloned().collect(), found.clone()))
            })
            .collect(),
    };
    found.extend(threads.map(&folders, |folder| Arc::new(linter.folder(folder))));
    let mut diagnostics = linter.site(found.iter().map(|one| &**one));
    diagnostics.extend(found.iter().flat_map(|one| one.diagnostics.iter().cloned()));
    (diagnostics, cache.with_judged(judged))
}
