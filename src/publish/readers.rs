//! What publishing changes for readers: pages by their titles, addresses that vanish, and what caches have to forget.

use std::collections::BTreeMap;

use crate::model::media::is_fingerprinted;
use crate::model::percent::encode;
use crate::model::publication::{PageChange, PageNews, Plan, PlanChange, ReaderNews};
use crate::model::site::{Page, PageKey, Site};

/// Of the site that will be there, beside the plan that brings it there.
pub fn news(plan: &Plan, site: &Site) -> ReaderNews {
    let pages: BTreeMap<&str, (String, String)> =
        site.pages.iter().filter_map(|page| titled(site, page)).collect();
    let mut news = ReaderNews::default();
    for step in &plan.steps {
        let path = step.path.as_str();
        let address = format!("{}{}", site.routes.root, encode(address(path)));
        // What has a fingerprint in its name is asked for under another name, and what is new by nobody yet.
        let is_shown = !is_fingerprinted(path) && !is_packed(path) && !is_for_host(path);
        if step.change != PlanChange::Added && is_shown {
            news.purge.push(format!("{}{address}", site.routes.origin));
        }
        let kind = match step.change {
            PlanChange::Added => PageNews::New,
            PlanChange::Changed => PageNews::Changed,
            PlanChange::Deleted => PageNews::Gone,
        };
        let known = pages.get(path);
        let is_gone = kind == PageNews::Gone && path.ends_with("/index.html");
        let Some((title, language)) = known.cloned().or(is_gone.then(Default::default)) else {
            continue;
        };
        news.pages.push(PageChange { kind, address, title, language });
    }
    news.purge.sort();
    news.pages.sort_by(|one, other| (one.kind, &one.address).cmp(&(other.kind, &other.address)));
    news
}

/// The address of a file: a page's ends with its folder.
fn address(path: &str) -> &str {
    match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => path,
    }
}

/// The smaller forms of a file have no address of their own.
fn is_packed(path: &str) -> bool {
    path.ends_with(".gz") || path.ends_with(".br")
}

/// What a host reads and shows to nobody.
fn is_for_host(path: &str) -> bool {
    path.starts_with(['_', '.']) || path == "nginx.conf.example"
}

/// A page's file, with its title and its language; lists and the like have none.
fn titled<'a>(site: &'a Site, page: &'a Page) -> Option<(&'a str, (String, String))> {
    let Page::Of { key, language } = page else { return None };
    let tag = site.language(*language);
    let title = match key {
        PageKey::Guide(id) => site.guides.get(id)?.edition(tag).text.title.value.to_string(),
        PageKey::Folder(id) => {
            let words = &site.folders.get(id)?.words;
            let text = words.get(tag).or(words.values().next());
            text.map_or_else(|| id.to_string(), |one| one.text.title.value.to_string())
        }
        PageKey::Operator(id) => site.registry.operators.get(id)?.name.get(tag).to_owned(),
        PageKey::Home => site.config.title.get(tag).to_owned(),
        _ => return None,
    };
    Some((site.path(page)?, (title, tag.to_string())))
}
