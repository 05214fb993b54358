//! Makes every address of the site, and finds two things with one address.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::fingerprint::Fingerprint;
use crate::model::fold::{nfc, nfkc};
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::output::OutputPath;
use crate::model::picture::FOLDER;
use crate::model::site::{Page, PageKey, Redirect, Route, Routes, Site};
use crate::model::span::{Place, Span};
use crate::resolve::{Diagnostics, Parts};

/// A segment longer than this is cut and made unique by a hash (bytes; file systems allow 255).
const SEGMENT: usize = 200;

pub fn routes(site: &Site, pages: &[Page], parts: &Parts, diagnostics: &mut Diagnostics) -> Routes {
    let mut routes = Routes {
        origin: site.config.base.origin.clone(),
        // A `%` of an address is encoded already.
        root: encode(&site.config.base.path).replace("%25", "%"),
        ..Routes::default()
    };
    for kin in pages.chunk_by(Page::is_akin) {
        let Some(Page::Of { key, .. }) = kin.first() else { continue };
        let languages = site.config.languages.iter();
        let own = languages.map(|language| {
            let language = match key {
                PageKey::Guide(id) if site.is_hidden(key, language) => {
                    site.guides.get(id).map_or(language, |guide| &guide.original.text.language)
                }
                _ => language,
            };
            route(&routes.root, path(site, key, language), key)
        });
        routes.pages.insert(key.clone(), own.collect());
    }
    for file in &parts.files {
        let below = file.as_str().strip_prefix("guides/").unwrap_or(file.as_str());
        let route =
            Route { url: format!("{}{}", routes.root, encode(below)).into(), path: below.into() };
        routes.files.insert(file.clone(), route);
    }
    for (name, fingerprint) in &parts.assets {
        let path = fingerprinted(name, fingerprint);
        let url = format!("{}{}", routes.root, encode(&path)).into();
        routes.assets.insert(name.clone(), Route { url, path: path.into() });
    }
    routes.search = Route { url: format!("{}search/", routes.root).into(), path: "search/".into() };
    routes.redirects = redirects(site, &routes.root);
    let each = |name: &str| -> Vec<Route> {
        let route = |language: &Language| {
            let path = format!("{}/{name}", language.slug());
            Route { url: format!("{}{path}", routes.root).into(), path: path.into() }
        };
        site.config.languages.iter().map(route).collect()
    };
    (routes.feeds, routes.manifests) = (each("feed.xml"), each("site.webmanifest"));
    doubles(site, &routes, diagnostics);
    routes
}

/// `assets/og/1a2b3c4d5e6f7a8b.png`: may be kept for ever. Two pages that show the same share a picture; 64
/// bits tell those of the largest site apart.
pub fn image(root: &str, fingerprint: Fingerprint) -> Route {
    let mut digits = fingerprint.to_string();
    digits.truncate(16);
    let path = format!("{FOLDER}{digits}.png");
    Route { url: format!("{root}{path}").into(), path: path.into() }
}

/// From `aliases:`. An old address below a language's folder leads to that language, any other to the
/// original's.
fn redirects(site: &Site, root: &str) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for guide in site.guides.values() {
        for alias in &guide.facts().aliases {
            let path = alias.value.trim_matches('/').to_owned();
            let tag = path.split('/').next().unwrap_or("");
            let of =
                |language: &Language| site.config.languages.iter().position(|one| one == language);
            let own = site.config.languages.iter().position(|language| language.slug() == tag);
            let language = own.or_else(|| of(&guide.original.text.language)).unwrap_or(0);
            let to = PageKey::Guide(guide.id.clone());
            let file = path.rsplit('/').next().is_some_and(|name| name.ends_with(".html"));
            let from = if file {
                Route { url: format!("{root}{}", encode(&path)).into(), path: path.into() }
            } else {
                route(root, path, &to)
            };
            redirects.push(Redirect { from, to, language });
        }
    }
    redirects
}

/// `assets/style.1a2b3c4d.css`: may be cached for ever, because a change gives it another name.
fn fingerprinted(name: &str, fingerprint: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}.{fingerprint}.{extension}"),
        None => format!("assets/{name}.{fingerprint}"),
    }
}

fn route(root: &str, path: String, key: &PageKey) -> Route {
    if *key == PageKey::NotFound {
        return Route { url: format!("{root}{}", encode(&path)).into(), path: path.into() };
    }
    Route {
        url: format!("{root}{}/", encode(&path)).into(),
        path: format!("{path}/index.html").into(),
    }
}

/// Below the output folder, without a slash at either end.
fn path(site: &Site, key: &PageKey, language: &Language) -> String {
    let tag = language.slug();
    match key {
        PageKey::Home => tag,
        PageKey::Folder(id) | PageKey::Guide(id) => format!("{tag}/{}", slugs(site, id, language)),
        PageKey::Operators => format!("{tag}/operators"),
        PageKey::Operator(id) => format!("{tag}/operators/{id}"),
        PageKey::Tags => format!("{tag}/tags"),
        PageKey::Tag(tag_id) => format!("{tag}/tags/{tag_id}"),
        PageKey::Glossary => format!("{tag}/glossary"),
        PageKey::Index => format!("{tag}/a-z"),
        PageKey::Translations => format!("{tag}/translations"),
        PageKey::Search => format!("{tag}/search"),
        PageKey::NotFound => format!("{tag}/404.html"),
    }
}

/// The path of a guide or section, each segment by its own `slug:` in the language.
fn slugs(site: &Site, id: &GuideId, language: &Language) -> String {
    let segment = |id: &GuideId| {
        let words = site.folders.get(id).and_then(|folder| folder.words.get(language));
        let text = words
            .or_else(|| site.guides.get(id).and_then(|guide| guide.translations.get(language)));
        let slug =
            text.and_then(|edition| edition.text.slug.as_ref()).map(|slug| slug.value.as_str());
        shorten(&nfc(slug.unwrap_or(id.name())))
    };
    let mut segments = vec![segment(id)];
    let mut above = id.parent();
    while let Some(folder) = above.filter(|id| !id.as_str().is_empty()) {
        segments.push(segment(&folder));
        above = folder.parent();
    }
    segments.reverse();
    segments.join("/")
}

fn shorten(segment: &str) -> String {
    if segment.len() <= SEGMENT {
        return segment.to_owned();
    }
    let cut = segment.floor_char_boundary(SEGMENT - 17);
    // FNV-1a: short, and the same everywhere and always.
    let hash = segment.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{}-{hash:016x}", segment.get(..cut).unwrap_or(""))
}

/// Percent-encoded as RFC 3986 wants a path, slashes kept.
pub fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Two outputs whose paths differ only in case or Unicode form are one file on some disks.
fn doubles(site: &Site, routes: &Routes, diagnostics: &mut Diagnostics) {
    let mut taken: BTreeMap<String, (Arc<str>, Option<Place>)> = BTreeMap::new();
    let mut claim = |path: &Arc<str>, place: Option<Place>| {
        let folded: String = match path.is_ascii() {
            true => path.to_ascii_lowercase(),
            false => nfkc(&nfkc(path).chars().flat_map(char::to_lowercase).collect::<String>()),
        };
        if OutputPath::parse(path).is_none() {
            let message = format!("`{path}` cannot be a path of the site");
            diagnostics.push(placed(Diagnostic::new(Code::BadValue, message), place.as_ref()));
            return;
        }
        let Some((_, first)) = taken.get(&folded) else {
            taken.insert(folded, (path.clone(), place));
            return;
        };
        // Whoever set an address by hand can set another.
        let (first, place) = match (first.clone(), place) {
            (Some(first), Some(place)) if is_slug(site, &first) && !is_slug(site, &place) => {
                (Some(place), Some(first))
            }
            both => both,
        };
        let message =
            format!("two things have the address `/{}`", path.trim_end_matches("index.html"));
        let mut diagnostic = Diagnostic::new(Code::DuplicateAddress, message)
            .hint("give one of them another `slug`, or another folder");
        if let Some(first) = &first {
            diagnostic = diagnostic.related(&first.path, first.span, "the other one");
        }
        diagnostics.push(placed(diagnostic, place.as_ref().or(first.as_ref())));
    };
    for (key, languages) in &routes.pages {
        let own = languages.iter().enumerate();
        let own = own.filter(|(index, _)| !site.is_hidden(key, site.language(*index)));
        for (index, route) in own {
            claim(&route.path, place(site, key, site.language(index)));
        }
    }
    for redirect in &routes.redirects {
        claim(&redirect.from.path, alias_place(site, redirect));
    }
    for (file, route) in &routes.files {
        claim(&route.path, Some(Place { path: file.clone(), span: Span::default() }));
    }
    for route in routes.assets.values() {
        claim(&route.path, None);
    }
}

/// Where the original says the old address.
fn alias_place(site: &Site, redirect: &Redirect) -> Option<Place> {
    let PageKey::Guide(id) = &redirect.to else { return None };
    let guide = site.guides.get(id)?;
    let text = &guide.original.text;
    let written = guide.facts().aliases.iter().find(|alias| {
        redirect.from.path.trim_end_matches("/index.html") == alias.value.trim_matches('/')
    });
    Some(Place {
        path: text.path.clone(),
        span: written.map_or(text.title.span, |alias| alias.span),
    })
}

fn placed(diagnostic: Diagnostic, place: Option<&Place>) -> Diagnostic {
    match place {
        Some(place) => diagnostic.at(&place.path, place.span),
        None => diagnostic,
    }
}

/// Whether the writer set the address at `place` by a slug.
fn is_slug(site: &Site, place: &Place) -> bool {
    let guides = site.guides.values().flat_map(|guide| guide.translations.values());
    let folders = site.folders.values().flat_map(|folder| folder.words.values());
    guides.chain(folders).any(|edition| {
        let slug = edition.text.slug.as_ref();
        edition.text.path == place.path && slug.is_some_and(|slug| slug.span == place.span)
    })
}

/// Where the writer set a page's address: its slug, else its title.
fn place(site: &Site, key: &PageKey, language: &Language) -> Option<Place> {
    let edition = match key {
        PageKey::Guide(id) => site.guides.get(id).map(|guide| guide.edition(language)),
        PageKey::Folder(id) => site.folders.get(id).and_then(|folder| folder.words.get(language)),
        _ => None,
    }?;
    let own = edition.text.slug.as_ref().filter(|_| edition.text.language == *language);
    let span = own.map_or(edition.text.title.span, |slug| slug.span);
    Some(Place { path: edition.text.path.clone(), span })
}
