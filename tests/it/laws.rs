//! What holds for every page of every site.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests look at whole sites"
)]

mod links;
mod pages;
mod sites;
mod stable;

use std::collections::{BTreeMap, BTreeSet};

use cicerone::model::language::Language;
use cicerone::model::site::{PageKey, Site};

use crate::html::{Document, Element};
use crate::project::Built;

/// A site as its reader meets it.
pub struct Shown<'a> {
    pub site: &'a Site,
    /// Pages by their addresses from the host's root, decoded: `/zh-hans/al/`.
    pub pages: BTreeMap<String, Shape>,
    /// The addresses of all files.
    pub urls: BTreeSet<String>,
    /// Guides shown in the original's language, by address: the original's address and language.
    pub fallbacks: BTreeMap<String, (String, &'a Language)>,
}

/// A page, parsed.
pub struct Shape {
    pub document: Document,
    pub ids: Vec<String>,
}

impl Shape {
    pub fn parse(text: &str) -> Shape {
        let document = Document::parse(text);
        let id = |element: &&Element| element.attribute("id").map(str::to_owned);
        let ids = document.all().iter().filter_map(id).collect();
        Shape { document, ids }
    }
}

impl<'a> Shown<'a> {
    pub fn new(built: &'a Built) -> Shown<'a> {
        let site = &built.prepared.site;
        let root = decode(&site.routes.root);
        let fallbacks = fallbacks(site);
        let mut shown = Shown { site, pages: BTreeMap::new(), urls: BTreeSet::new(), fallbacks };
        for (path, bytes) in &built.files {
            let url = match path.strip_suffix("index.html") {
                Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
                _ => path,
            };
            let url = format!("{root}{url}");
            if path.ends_with(".html") {
                let shape = Shape::parse(std::str::from_utf8(bytes).unwrap());
                shown.pages.insert(url.clone(), shape);
            }
            shown.urls.insert(url);
        }
        shown
    }

    /// The language of the page at `url`, by its address.
    pub fn language(&self, url: &str) -> &Language {
        let below = url.strip_prefix(&decode(&self.site.routes.root)).unwrap();
        let first = below.split('/').next().unwrap();
        let languages = &self.site.config.languages;
        languages
            .iter()
            .find(|language| language.slug() == first)
            .unwrap_or(&self.site.config.default_language)
    }

    /// An address of this site without its host; `None` for another site's.
    pub fn below<'u>(&self, url: &'u str) -> Option<&'u str> {
        let origin = &self.site.routes.origin;
        let path = match url.strip_prefix(origin.as_str()) {
            Some(path) if !origin.is_empty() => path,
            _ => url,
        };
        path.starts_with('/').then_some(path)
    }

    /// `url`, decoded, with the host in front.
    pub fn absolute(&self, url: &str) -> String {
        format!("{}{url}", self.site.routes.origin)
    }
}

fn fallbacks(site: &Site) -> BTreeMap<String, (String, &Language)> {
    let languages = &site.config.languages;
    let mut found = BTreeMap::new();
    for (id, guide) in &site.guides {
        let routes = &site.routes.pages[&PageKey::Guide(id.clone())];
        let original = &guide.original.text.language;
        let place = languages.iter().position(|known| known == original).unwrap();
        for (language, route) in languages.iter().zip(&**routes) {
            if !guide.translations.contains_key(language) {
                found.insert(decode(&route.url), (routes[place].url.to_string(), original));
            }
        }
    }
    // The first page of a language is its own, whoever wrote its words.
    let sections = site.folders.iter().filter(|(id, _)| !id.as_str().is_empty());
    for (id, folder) in sections.filter(|(_, folder)| !folder.words.is_empty()) {
        let routes = &site.routes.pages[&PageKey::Folder(id.clone())];
        let default = languages.iter().find(|known| **known == site.config.default_language);
        let default = default.filter(|default| folder.words.contains_key(default));
        let original = default.or(folder.words.keys().next()).unwrap();
        let place = languages.iter().position(|known| known == original).unwrap();
        for (language, route) in languages.iter().zip(&**routes) {
            if !folder.words.contains_key(language) {
                found.insert(decode(&route.url), (routes[place].url.to_string(), original));
            }
        }
    }
    found
}

/// Percent-decoded.
pub fn decode(url: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = url.as_bytes();
    while let Some((byte, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let digits = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        match digits {
            Some(decoded) if *byte == b'%' => {
                bytes.push(decoded);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*byte);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Every breach of every law.
pub fn breaches(built: &Built) -> Vec<String> {
    let shown = Shown::new(built);
    let mut breaches: Vec<_> =
        shown.pages.keys().flat_map(|url| page_breaches(&shown, url)).collect();
    for (path, bytes) in &built.files {
        if [".xml", ".txt"].iter().any(|extension| path.ends_with(extension)) {
            breaches.extend(links::listed(&shown, path, &String::from_utf8_lossy(bytes)));
        }
    }
    breaches
}

pub fn page_breaches(shown: &Shown<'_>, url: &str) -> Vec<String> {
    let document = &shown.pages[url].document;
    let mut found = pages::whole(shown, url, document);
    found.extend(pages::quiet(document));
    found.extend(pages::fallback(shown, url, document));
    found.extend(links::leads_somewhere(shown, url, document));
    found.extend(links::alternates(shown, url, document));
    found.extend(links::tappable(shown, url, document));
    found.extend(links::channels(shown, url, document));
    found.into_iter().map(|breach| format!("{url}: {breach}")).collect()
}

#[track_caller]
pub fn assert_lawful(built: &Built) {
    let breaches = breaches(built);
    let shown = breaches.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(breaches.is_empty(), "{} breaches:\n{shown}", breaches.len());
}
