//! The view that all pages of a language share.

use crate::model::config::Offline;
use crate::model::id::GuideId;
use crate::model::routes::Route;
use crate::model::site::{PageKey, Site};
use crate::model::theme::Theme;
use crate::model::vocabulary::OwnSearch;
use crate::render::context::local;
use crate::render::view::{LinkView, SiteView, language_view};
use crate::render::words::Words;
use crate::render::{manifest, owner, worker};

pub fn site_view(site: &Site, theme: &Theme, index: usize, words: &Words<'_>) -> SiteView {
    let language = site.language(index);
    let page = |key: PageKey| {
        let known = site.routes.pages.contains_key(&key);
        if known { site.routes.page(&key, index).to_owned() } else { String::new() }
    };
    let home = GuideId::parse("").and_then(|id| site.folders.get(&id));
    let sections = home.iter().flat_map(|home| &home.folders).map(|id| {
        let words = site.folders.get(id).map(|folder| &folder.words);
        let text = words.and_then(|words| {
            words
                .get(language)
                .or_else(|| words.get(&site.config.default_language))
                .or(words.values().next())
        });
        LinkView {
            title: text.map_or_else(
                || id.name().to_owned(),
                |edition| edition.text.title.value.to_string(),
            ),
            url: page(PageKey::Folder(id.clone())),
        }
    });
    let given = site.config.language_names.get(language).map(|name| &**name);
    let own = |routes: &[Route]| {
        routes.get(index).map_or_else(String::new, |route| route.url.to_string())
    };
    let locales = site.config.languages.iter();
    SiteView {
        title: local(&site.config.title, language),
        description: site.config.description.get(language).to_owned(),
        language: language_view(language, given.unwrap_or(words.name())),
        words: words.plain(),
        home: page(PageKey::Home),
        operators: page(PageKey::Operators),
        tags: page(PageKey::Tags),
        glossary: page(PageKey::Glossary),
        index: page(PageKey::Index),
        search: page(PageKey::Search),
        search_index: match site.config.search {
            OwnSearch::On => site.routes.search.url.to_string(),
            OwnSearch::Off => String::new(),
        },
        feed: match site.routes.origin.as_str() {
            "" => String::new(),
            _ => own(&site.routes.feeds),
        },
        manifest: own(&site.routes.manifests),
        worker: match site.config.offline {
            Offline::Kept => site.routes.at_root(worker::PATH),
            Offline::Never | Offline::Removed => String::new(),
        },
        icons: manifest::icons(site, &theme.icons),
        theme_color: site.config.theme_color.clone(),
        locales: locales.map(|one| (one.tag().to_owned(), one.locale())).collect(),
        menu: owner::menu(site, index),
        logo: owner::logo(site, theme),
        fonts: owner::fonts(site, language),
        // Filled in once links have their addresses.
        banner: None,
        footer: None,
        social: owner::social(site, language),
        contact: owner::contact(site, language),
        head: theme.owner.head.to_string().into(),
        sections: sections.collect(),
        assets: site
            .routes
            .assets
            .iter()
            .map(|(name, route)| (name.clone(), route.url.to_string()))
            .collect(),
        extra: site.config.extra.clone(),
    }
}
