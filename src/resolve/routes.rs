//! Makes every address of the site.

use crate::model::fingerprint::Fingerprint;
use crate::model::fold::nfc;
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::percent::encode;
use crate::model::picture::{FOLDER, SMALLER_FOLDER};
use crate::model::routes::{Redirect, RedirectTarget, Route, Routes};
use crate::model::site::{Page, PageKey, Site};
use crate::model::span::Place;
use crate::model::unpublished::{PublishState, Unpublished};
use crate::resolve::parts::{Diagnostics, Parts};
use crate::resolve::{owner, taken};

pub fn routes(site: &Site, pages: &[Page], parts: &Parts, diagnostics: &mut Diagnostics) -> Routes {
    let mut routes = Routes {
        origin: site.config.base.origin.clone(),
        root: site.config.base.path.clone(),
        sizes: parts.sizes.clone(),
        ..Routes::default()
    };
    for kin in pages.chunk_by(Page::is_akin) {
        let Some(Page::Of { key, .. }) = kin.first() else {
            continue;
        };
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
    let over = site.unpublished.values().filter(|one| matches!(one.why, PublishState::Over(_)));
    for Unpublished { guide, .. } in over {
        let key = PageKey::Guide(guide.id.clone());
        let own = guide.translations.keys();
        let was = own.map(|language| route(&routes.root, path(site, &key, language), &key));
        routes.gone.extend(was);
    }
    let mut redirects = redirects(site, &routes.root);
    redirects.extend(owner::redirects(site, &routes, &redirects, diagnostics));
    let (redirects, written): (Vec<_>, Vec<_>) = redirects.into_iter().unzip();
    routes.redirects = redirects;
    let each = |name: &str| -> Vec<Route> {
        let route = |language: &Language| {
            let path = format!("{}/{name}", language.slug());
            Route { url: format!("{}{path}", routes.root).into(), path: path.into() }
        };
        site.config.languages.iter().map(route).collect()
    };
    (routes.feeds, routes.manifests) = (each("feed.xml"), each("site.webmanifest"));
    taken::check(site, &routes, &written, diagnostics);
    routes
}

/// The route of a picture, such as `assets/og/1a2b3c4d5e6f7a8b.png`, which may be cached for ever. Two pages
/// that show the same picture share it. 64 bits are enough to tell apart the pictures of the largest site.
pub fn image(root: &str, fingerprint: Fingerprint) -> Route {
    let mut digits = fingerprint.to_string();
    digits.truncate(16);
    let path = format!("{FOLDER}{digits}.png");
    Route { url: format!("{root}{path}").into(), path: path.into() }
}

/// The route of a smaller version of a picture. It may be cached for ever, because another picture or another
/// way to make it smaller gives it another name.
pub fn smaller(root: &str, fingerprint: Fingerprint, width: u32) -> Route {
    let mut digits = fingerprint.to_string();
    digits.truncate(16);
    let path = format!("{SMALLER_FOLDER}{digits}-{width}.avif");
    Route { url: format!("{root}{path}").into(), path: path.into() }
}

/// The redirects from `aliases:` of guides and sections, each with its place. An old address below a
/// language's folder leads to that language, and any other to the original's.
fn redirects(site: &Site, root: &str) -> Vec<(Redirect, Place)> {
    let guides =
        site.guides.values().map(|guide| (PageKey::Guide(guide.id.clone()), &guide.original));
    let sections = site.folders.iter().flat_map(|(id, folder)| {
        let key = match id.as_str() {
            "" => PageKey::Home,
            _ => PageKey::Folder(id.clone()),
        };
        folder.words.values().map(move |edition| (key.clone(), edition))
    });
    let mut redirects = Vec::new();
    for (to, edition) in guides.chain(sections) {
        let text = &edition.text;
        for alias in text.facts().map_or(&[][..], |facts| &facts.aliases) {
            let tag = alias.value.as_str().split('/').next().unwrap_or("");
            let languages = || site.config.languages.iter();
            let own = languages().position(|language| language.slug() == tag);
            let language = own.or_else(|| languages().position(|one| *one == text.language));
            let from = Route { url: alias.value.url(root).into(), path: alias.value.file().into() };
            let target = RedirectTarget::Page(to.clone());
            let redirect = Redirect { from, to: target, language: language.unwrap_or(0) };
            redirects.push((redirect, Place { path: text.path.clone(), span: alias.span }));
        }
    }
    redirects
}

/// The name of a theme's file, such as `assets/style.1a2b3c4d.css`. It may be cached for ever, because a
/// change gives it another name.
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
pub fn path(site: &Site, key: &PageKey, language: &Language) -> String {
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

/// The path of a guide or section. Each segment is the folder's `slug:` in the language, or else its name.
fn slugs(site: &Site, id: &GuideId, language: &Language) -> String {
    let segment = |id: &GuideId| {
        let words = site.folders.get(id).and_then(|folder| folder.words.get(language));
        let guide = site.guides.get(id).or(site.unpublished.get(id).map(|one| &one.guide));
        let text = words.or_else(|| guide.and_then(|guide| guide.translations.get(language)));
        let slug =
            text.and_then(|edition| edition.text.slug.as_ref()).map(|slug| slug.value.as_str());
        nfc(slug.unwrap_or(id.name()))
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
