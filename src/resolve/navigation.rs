//! Puts guides and sections in order, and tells each guide which ones come before and after it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::id::GuideId;
use crate::model::site::Site;
use crate::model::suggest::Suggester;
use crate::resolve::parts::Diagnostics;

/// Sorts by `navigation:` in `site.yaml`, and then by path.
pub fn order(site: &mut Site, suggester: &Suggester, diagnostics: &mut Diagnostics) {
    let mut ranks: BTreeMap<GuideId, usize> = BTreeMap::new();
    for (rank, entry) in site.config.navigation.iter().enumerate() {
        let known = site.guides.contains_key(&entry.value)
            || site.unpublished.contains_key(&entry.value)
            || site.folders.contains_key(&entry.value);
        if !known {
            let names = site.guides.keys().chain(site.folders.keys()).map(GuideId::as_str);
            let hint = match suggester.suggest(entry.value.as_str(), names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write the path of a guide or section below `guides/`, or take it out"
                    .to_owned(),
            };
            let message = format!("no guide or section is called `{}`", entry.value);
            diagnostics.push(
                Diagnostic::new(Code::BrokenLink, message)
                    .at(&site.config.path, entry.span)
                    .hint(hint),
            );
        }
        ranks.entry(entry.value.clone()).or_insert(rank);
    }
    let rank = |id: &GuideId| (ranks.get(id).copied().unwrap_or(usize::MAX), id.clone());
    let mut folders: BTreeMap<GuideId, (Vec<GuideId>, Vec<GuideId>)> = BTreeMap::new();
    for id in site.folders.keys() {
        if let Some(parent) = id.parent() {
            folders.entry(parent).or_default().0.push(id.clone());
        }
    }
    for id in site.guides.keys() {
        if let Some(parent) = id.parent() {
            folders.entry(parent).or_default().1.push(id.clone());
        }
    }
    for (id, (mut below, mut guides)) in folders {
        below.sort_by_cached_key(rank);
        guides.sort_by_cached_key(rank);
        neighbours(site, &guides);
        if let Some(folder) = site.folders.get_mut(&id) {
            (folder.folders, folder.guides) = (below, guides);
        }
    }
}

/// Links the guides of one section to their neighbours.
fn neighbours(site: &mut Site, guides: &[GuideId]) {
    for pair in guides.windows(2) {
        let [first, second] = pair else { continue };
        if let Some(guide) = site.guides.get_mut(first).map(Arc::make_mut) {
            guide.next = Some(second.clone());
        }
        if let Some(guide) = site.guides.get_mut(second).map(Arc::make_mut) {
            guide.previous = Some(first.clone());
        }
    }
}
