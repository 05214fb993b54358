//! Reports addresses that the last build gave out and this one has no more.

use std::collections::{BTreeMap, BTreeSet};

use crate::commands::talk::Talk;
use crate::model::site::{Page, PageKey, Site};

/// As many are told one by one.
const TOLD: usize = 10;

/// Says which pages of `before`, the files of the last build, are gone, and with what their addresses are kept.
/// Nothing is wrong with a page that is taken out on purpose, so this stops nothing.
pub fn tell(before: &BTreeSet<String>, site: &Site, talk: &Talk) {
    let gone: Vec<&str> = before
        .iter()
        .filter(|path| path.ends_with("/index.html") && site.page_at(path).is_none())
        .filter(|path| !path.starts_with("search/"))
        .filter_map(|path| path.strip_suffix("index.html"))
        .collect();
    if gone.is_empty() {
        return;
    }
    let new = NewPages::of(before, site);
    let mut by_file: BTreeMap<Option<String>, Vec<&str>> = BTreeMap::new();
    for path in gone.iter().take(TOLD) {
        by_file.entry(new.successor(path)).or_default().push(path);
    }
    for (file, paths) in by_file {
        let shown: Vec<String> = paths.iter().map(|path| format!("`/{path}`")).collect();
        let are = if paths.len() == 1 { "is" } else { "are" };
        talk.note(&format!(
            "warning: {} {are} gone: whoever kept the address finds nothing there",
            shown.join(", ")
        ));
        let aliases: Vec<String> = paths.iter().map(|path| format!("/{path}")).collect();
        let line = format!("aliases: [{}]", aliases.join(", "));
        talk.note(&match file {
            Some(file) => format!("  = hint: if `{file}` took its place, write `{line}` there"),
            None => {
                format!("  = hint: write `{line}` into the guide that took its place, if any did")
            }
        });
    }
    if gone.len() > TOLD {
        talk.note(&format!("warning: so are {} other addresses", gone.len() - TOLD));
    }
}

/// The pages that the last build did not have, each with the file of its original.
#[derive(Default)]
struct NewPages {
    /// By the language and the last part of the address, and by the folder that it lies in.
    by_name: BTreeMap<(String, String), BTreeSet<String>>,
    by_folder: BTreeMap<String, BTreeSet<String>>,
}

impl NewPages {
    fn of(before: &BTreeSet<String>, site: &Site) -> NewPages {
        let mut pages = NewPages::default();
        for page in site.pages.iter() {
            let Page::Of { key, language } = page else { continue };
            let (Some(path), Some(file)) = (site.path(page), file(site, key, *language)) else {
                continue;
            };
            let Some(path) = path.strip_suffix("index.html").filter(|_| !before.contains(path))
            else {
                continue;
            };
            let (folder, name) = parted(path);
            let language = folder.split('/').next().unwrap_or("").to_owned();
            pages.by_name.entry((language, name.to_owned())).or_default().insert(file.clone());
            pages.by_folder.entry(folder.to_owned()).or_default().insert(file);
        }
        pages
    }

    /// The one new page of the same name, else the one new page in the same folder.
    fn successor(&self, path: &str) -> Option<String> {
        let (folder, name) = parted(path);
        let language = folder.split('/').next().unwrap_or("").to_owned();
        let only = |files: &BTreeSet<String>| {
            let mut files = files.iter();
            files.next().filter(|_| files.next().is_none()).cloned()
        };
        let named = self.by_name.get(&(language, name.to_owned())).and_then(only);
        named.or_else(|| self.by_folder.get(folder).and_then(only))
    }
}

/// `en/al/cancel/` is `cancel` in `en/al`.
fn parted(path: &str) -> (&str, &str) {
    let path = path.trim_end_matches('/');
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Where an old address of the page is written.
fn file(site: &Site, key: &PageKey, language: usize) -> Option<String> {
    let edition = match key {
        PageKey::Guide(id) => Some(&site.guides.get(id)?.original),
        PageKey::Folder(_) => site.edition(key, site.language(language)),
        _ => None,
    };
    Some(edition?.text.path.to_string())
}
