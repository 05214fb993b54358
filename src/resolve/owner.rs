//! Finds where the owner's own links and old addresses lead: the menu, the banner, what is below each page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::address::Address;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::Translation;
use crate::model::language::Language;
use crate::model::owner::{OwnerText, RedirectGoal, RedirectRule};
use crate::model::percent::encode;
use crate::model::routes::{Redirect, RedirectTarget, Route, Routes};
use crate::model::site::{Edition, OwnerWords, PageKey, Site, Target};
use crate::model::span::{Place, Span};
use crate::model::suggest::suggest;
use crate::model::unpublished::{PublishState, Unpublished};
use crate::resolve::derive::{self, Conversion};
use crate::resolve::links::{self, Finder};
use crate::resolve::parts::Diagnostics;
use crate::resolve::{guides, routes};

/// The words in each language of the site, and where their links and those of the menu lead.
pub fn words(ways: &[Conversion], finder: &mut Finder<'_>) -> OwnerWords {
    let config = finder.site.config.clone();
    let banner = config.owner.banner.as_ref().map(|banner| &banner.text);
    OwnerWords {
        footer: editions(&config.owner.footer, ways, finder),
        banner: banner.map(|text| editions(text, ways, finder)).unwrap_or_default(),
        menu: menu(finder),
    }
}

/// A language without words of its own has those of every language, else any.
fn editions(
    words: &OwnerText,
    ways: &[Conversion],
    finder: &mut Finder<'_>,
) -> BTreeMap<Language, Edition> {
    let own = words.by_language.iter();
    let mut editions: BTreeMap<Language, Edition> =
        own.map(|(language, text)| (language.clone(), guides::edition(text.clone()))).collect();
    derive::pages(ways, &mut editions);
    let any = words.default.as_ref().or_else(|| words.by_language.values().next());
    let Some(any) = any else { return editions };
    let is_common = words.default.is_some();
    for language in &finder.site.config.languages {
        editions.entry(language.clone()).or_insert_with(|| {
            let language = if is_common { language } else { &any.language };
            let text = Translation { language: language.clone(), ..Translation::clone(any) };
            guides::edition(Arc::new(text))
        });
    }
    let targets = finder.targets(&editions);
    links::put(targets, &mut editions);
    editions
}

/// A link from the top leads as one of the home page would.
fn menu(finder: &mut Finder<'_>) -> Vec<Target> {
    let config = finder.site.config.clone();
    let Some(text) = &config.owner.menu else {
        return Vec::new();
    };
    let edition = guides::edition(text.clone());
    let targets = finder.targets(&BTreeMap::from([(text.language.clone(), edition)]));
    targets.first().map(|targets| targets.to_vec()).unwrap_or_default()
}

/// What `redirects` of `site.yaml` says, each with its place. `known`: the old addresses of guides and sections.
pub fn redirects(
    site: &Site,
    addresses: &Routes,
    known: &[(Redirect, Place)],
    diagnostics: &mut Diagnostics,
) -> Vec<(Redirect, Place)> {
    let rules = &site.config.owner.redirects;
    let finder = GoalFinder { site, routes: addresses, known, rules };
    let redirect = |rule: &RedirectRule| match finder.target(rule) {
        _ if finder.unpublished(rule).is_some_and(|(id, why)| {
            diagnostics.push(links::unpublished(&site.config.path, rule.to.span, id, why));
            true
        }) =>
        {
            None
        }
        Ok((to, language)) => {
            let from = &rule.from.value;
            let route = Route { url: from.url(&addresses.root).into(), path: from.file().into() };
            let place = Place { path: site.config.path.clone(), span: rule.from.span };
            Some((Redirect { from: route, to, language }, place))
        }
        Err(fault) => {
            diagnostics.push(*fault);
            None
        }
    };
    rules.iter().filter_map(redirect).collect()
}

struct GoalFinder<'a> {
    site: &'a Site,
    routes: &'a Routes,
    known: &'a [(Redirect, Place)],
    rules: &'a [RedirectRule],
}

impl GoalFinder<'_> {
    fn target(&self, rule: &RedirectRule) -> Result<(RedirectTarget, usize), Box<Diagnostic>> {
        let tag = rule.from.value.as_str().split('/').next().unwrap_or("");
        let mut languages = self.site.config.languages.iter();
        let own = languages.position(|language| language.slug() == tag);
        let default = &self.site.config.default_language;
        let mut languages = self.site.config.languages.iter();
        let language = own.or_else(|| languages.position(|one| one == default)).unwrap_or(0);
        match &rule.to.value {
            RedirectGoal::Other(address) => {
                Ok((RedirectTarget::Other(address.as_str().into()), language))
            }
            RedirectGoal::Own(address, part) => self.own(rule, address, part.as_deref(), language),
        }
    }

    /// The guide that an old address leads to and that readers do not have today.
    fn unpublished(&self, rule: &RedirectRule) -> Option<(&str, PublishState)> {
        let RedirectGoal::Own(address, _) = &rule.to.value else {
            return None;
        };
        let file = address.file();
        self.site.unpublished.iter().find_map(|(id, Unpublished { guide, why })| {
            let is_there = |language| {
                let path = routes::path(self.site, &PageKey::Guide(id.clone()), language);
                format!("{path}/index.html") == file
            };
            let mut languages = self.site.config.languages.iter().chain(guide.translations.keys());
            languages.any(is_there).then_some((id.as_str(), *why))
        })
    }

    fn own(
        &self,
        rule: &RedirectRule,
        address: &Address,
        part: Option<&str>,
        language: usize,
    ) -> Result<(RedirectTarget, usize), Box<Diagnostic>> {
        let fault = |code, span: Span, message: String, hint: String| {
            let fault = Diagnostic::new(code, message).at(&self.site.config.path, span).hint(hint);
            Err(Box::new(fault))
        };
        let shown = format!("/{}", address.as_str());
        let (from, to) = (rule.from.value.file(), address.file());
        if from == to {
            let message = format!("`{shown}` leads to itself");
            let hint = "write where the old address leads, or take it out";
            return fault(Code::BadAddress, rule.to.span, message, hint.to_owned());
        }
        if let Some(next) = self.next(address) {
            let message = format!("`{shown}` is an old address itself");
            let hint = match self.end(&next, &from) {
                Some(end) => format!("write where it leads: `{end}`"),
                None => "these lead round in a ring; write where one of them ends".to_owned(),
            };
            return fault(Code::BadAddress, rule.to.span, message, hint);
        }
        let with_part = |url: &str| match part {
            Some(part) => format!("{url}#{}", encode(part)).into(),
            None => Arc::from(url),
        };
        if address.as_str().is_empty() {
            return Ok((RedirectTarget::Own(with_part(&self.routes.root)), language));
        }
        if let Some((key, language)) = self.page(&to) {
            let url = self.routes.page(key, language);
            return Ok(match part {
                Some(_) => (RedirectTarget::Own(with_part(url)), language),
                None => (RedirectTarget::Page(key.clone()), language),
            });
        }
        let path = address.as_str().trim_end_matches('/');
        if let Some(file) = self.routes.files.values().find(|route| *route.path == *path) {
            return Ok((RedirectTarget::Own(with_part(&file.url)), language));
        }
        let message = format!("there is no page at `{shown}`");
        fault(Code::BrokenLink, rule.to.span, message, self.near(path))
    }

    /// Where an address leads on, if it is an old one: as it is typed, or as the site has it.
    fn next(&self, address: &Address) -> Option<String> {
        let file = address.file();
        let rule = self.rules.iter().find(|rule| rule.from.value.file() == file);
        let typed = rule.map(|rule| match &rule.to.value {
            RedirectGoal::Own(address, _) => format!("/{}", address.as_str()),
            RedirectGoal::Other(address) => address.as_str().to_owned(),
        });
        typed.or_else(|| {
            let (redirect, _) = self.known.iter().find(|(known, _)| *known.from.path == *file)?;
            let RedirectTarget::Page(key) = &redirect.to else {
                return None;
            };
            let route = self.routes.pages.get(key)?.get(redirect.language)?;
            Some(format!("/{}", route.path.strip_suffix("index.html").unwrap_or(&route.path)))
        })
    }

    /// Where a chain of old addresses ends; `None` where it never does.
    fn end(&self, next: &str, from: &str) -> Option<String> {
        let mut end = next.to_owned();
        for _ in 0..=self.rules.len() {
            let Some(address) = Address::parse(&end).ok() else {
                return Some(end);
            };
            if address.file() == from {
                return None;
            }
            match self.next(&address) {
                Some(next) => end = next,
                None => return Some(end),
            }
        }
        None
    }

    /// The page whose file this is, and the place of its language.
    fn page(&self, file: &str) -> Option<(&PageKey, usize)> {
        self.routes.pages.iter().find_map(|(key, routes)| {
            let shown = |index| !self.site.is_hidden(key, self.site.language(index));
            let index = routes.iter().position(|route| *route.path == *file)?;
            shown(index).then_some((key, index))
        })
    }

    /// The address that may be meant.
    fn near(&self, path: &str) -> String {
        let folder = |route: &Route| route.path.strip_suffix("/index.html").map(str::to_owned);
        let all: Vec<String> = self
            .routes
            .pages
            .values()
            .flat_map(|routes| routes.iter())
            .filter_map(folder)
            .collect();
        // Without its language, as it stands below `guides/`.
        let default = self.site.config.default_language.slug();
        let whole = format!("{default}/{path}");
        let near = match all.contains(&whole) {
            true => Some(whole.as_str()),
            false => suggest(path, all.iter().map(String::as_str)),
        };
        match near {
            Some(near) => format!("did you mean `/{near}/`?"),
            None => format!(
                "write it as a browser shows it, with its language: `/{default}/{}/`",
                encode("al/cancel-sim")
            ),
        }
    }
}
