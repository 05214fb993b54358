//! Resolves a site again after an edit that affects only the edited guide.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::guide::{Facts, Role, Section, Translation};
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::site::{Edition, Guide};
use crate::model::span::Located;
use crate::model::suggest::Suggester;
use crate::resolve::parts::{Parts, Resolved};
use crate::resolve::{Known, guides, links, terms_in, words};

/// `None` if more has to be resolved than the edited guides.
pub fn site(parts: &Parts, before: &Resolved) -> Option<Resolved> {
    let edited = edited(parts, before)?;
    let mut resolved = Resolved { parts: parts.clone(), ..before.clone() };
    let Resolved { site, left_out, ways, found, common, .. } = &mut resolved;
    let suggester = Suggester::default();
    let refused = parts.refused.iter().cloned().collect();
    for id in &edited {
        let files = parts.translations.iter().filter(|text| text.guide == *id).cloned();
        let mut diagnostics = Vec::new();
        let guide = guides::guide(id, files.collect(), &site.config, &mut diagnostics)?;
        let known = site.guides.get_mut(id)?;
        let (previous, next) = (known.previous.clone(), known.next.clone());
        *known = Arc::new(Guide { previous, next, ..guide });
        found.guides.remove(id);
        found.of_guide(id, diagnostics);
        words(site, id, ways, (left_out, &suggester), found);
    }
    let known = Known { left_out, refused: &refused, suggester: &suggester };
    for id in &edited {
        links(site, id, &known, found);
    }
    let shown = |guide: &GuideId| site.guides.get(guide).map(|guide| card(guide));
    let before = |guide: &GuideId| before.site.guides.get(guide).map(|guide| card(guide));
    if !edited.iter().all(|id| shown(id) == before(id)) {
        *common = Arc::default();
    }
    Some(resolved)
}

/// What other guides' pages show of a guide.
fn card<'g>(guide: &'g Guide) -> Vec<(&'g Language, &'g str, Option<&'g str>)> {
    let card = |edition: &'g Edition| {
        let text = &edition.text;
        (&text.language, &*text.title.value, text.summary.as_deref())
    };
    std::iter::once(&guide.original).chain(guide.translations.values()).map(card).collect()
}

/// The guides whose files have changed; `None` if anything else has.
fn edited(parts: &Parts, before: &Resolved) -> Option<BTreeSet<GuideId>> {
    let known = &before.parts;
    let same = Arc::ptr_eq(&parts.config, &known.config)
        && Arc::ptr_eq(&parts.registry, &known.registry)
        && parts.translations.len() == known.translations.len()
        && parts.drafts == known.drafts
        && parts.today == known.today
        && parts.files == known.files
        && parts.sizes == known.sizes
        && parts.assets == known.assets
        && parts.refused == known.refused
        // Faults of addresses are reported at the places where guides set them, and those may have moved.
        && before.found.addresses.is_empty();
    let pairs = parts.translations.iter().zip(&known.translations);
    let mut changed = pairs.filter(|(now, before)| !Arc::ptr_eq(now, before));
    if !same || !changed.clone().all(|(now, before)| is_own(before, now)) {
        return None;
    }
    changed.try_fold(BTreeSet::new(), |mut ids, (now, _)| {
        before.site.guides.contains_key(&now.guide).then(|| ids.insert(now.guide.clone()))?;
        Some(ids)
    })
}

/// Whether an edit changes nothing that the rest of the site depends on: addresses, lists, and what links
/// lead to.
fn is_own(before: &Translation, now: &Translation) -> bool {
    fn values<T: PartialEq>(before: &[Located<T>], now: &[Located<T>]) -> bool {
        before.iter().map(|one| &one.value).eq(now.iter().map(|one| &one.value))
    }
    let anchors = |text: &Translation| -> Vec<(Box<str>, bool)> {
        let anchor = |section: &Section| (section.anchor.clone(), section.id.is_some());
        text.body.sections.iter().map(anchor).collect()
    };
    let facts = match (&before.role, &now.role) {
        (Role::Original(before), Role::Original(now)) => {
            let items = |facts: &Facts| -> Vec<_> {
                let items = facts.items().into_iter();
                items.map(|(block, item)| (block, item.id.clone().map(|id| id.value))).collect()
            };
            values(&before.aliases, &now.aliases)
                && before.published == now.published
                && values(&before.tags, &now.tags)
                && values(&before.operators, &now.operators)
                && terms_in(before).eq(terms_in(now))
                && before.sources.is_empty() == now.sources.is_empty()
                && items(before) == items(now)
        }
        (Role::Translation(_), Role::Translation(_)) => true,
        _ => false,
    };
    let slug = |text: &Translation| text.slug.as_ref().map(|slug| slug.value.clone());
    facts
        && before.path == now.path
        && before.guide == now.guide
        && before.language == now.language
        && before.readable
        && now.readable
        && before.draft == now.draft
        && slug(before) == slug(now)
        && anchors(before) == anchors(now)
}
