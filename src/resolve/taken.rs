//! Finds addresses that are used twice, and paths that cannot be an address at all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::config::Offline;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::fold::nfkc;
use crate::model::language::Language;
use crate::model::output::{EXPORT, OutputPath};
use crate::model::routes::Routes;
use crate::model::site::{Edition, PageKey, Site};
use crate::model::span::{Place, Span};
use crate::model::vocabulary::Host;
use crate::resolve::parts::Diagnostics;

/// The most bytes of a path below the output, so that a file system can open it wherever the output is.
const PATH: usize = 2000;

/// Who uses an address.
#[derive(Debug, Clone)]
enum Owner {
    /// The program itself; holds what is at the address.
    Site(&'static str),
    /// A writer; holds the place where they set it.
    Writer(Place),
}

/// Reports two outputs with the same path. Paths that differ only in case or Unicode form are the same file
/// on some disks, and a file cannot also be a folder. `written` holds the places of the old addresses, in
/// their order.
pub fn check(site: &Site, routes: &Routes, written: &[Place], diagnostics: &mut Diagnostics) {
    let mut claims = Claims { slugs: slugs(site), taken: BTreeMap::new(), diagnostics };
    for (path, what) in own(site, routes) {
        claims.claim(&path, Owner::Site(what));
    }
    for (key, languages) in &routes.pages {
        for (index, route) in languages.iter().enumerate() {
            // This page has the address of the original's page.
            if site.is_hidden(key, site.language(index)) {
                continue;
            }
            let place = place(site, key, site.language(index));
            claims.claim(&route.path, place.map_or(Owner::Site(name(key)), Owner::Writer));
        }
    }
    for (redirect, place) in routes.redirects.iter().zip(written) {
        claims.claim(&redirect.from.path, Owner::Writer(place.clone()));
    }
    for (file, route) in &routes.files {
        let place = Place { path: file.clone(), span: Span::default() };
        claims.claim(&route.path, Owner::Writer(place));
    }
    for route in routes.assets.values() {
        claims.claim(&route.path, Owner::Site("a file of the theme"));
    }
    claims.files_as_folders();
}

struct Claims<'a> {
    /// The places where writers set an address with a slug.
    slugs: BTreeSet<Place>,
    /// The paths in use, in a form that ignores what some disks ignore.
    taken: BTreeMap<String, (Arc<str>, Owner)>,
    diagnostics: &'a mut Diagnostics,
}

impl Claims<'_> {
    fn claim(&mut self, path: &Arc<str>, owner: Owner) {
        if OutputPath::parse(path).is_none() || path.len() > PATH {
            let message = format!("`{path}` cannot be a path of the site");
            let hint = "choose another `slug`, or rename the folder";
            self.push(Diagnostic::new(Code::BadAddress, message).hint(hint), Some(&owner));
            return;
        }
        let folded: String = match path.is_ascii() {
            true => path.to_ascii_lowercase(),
            false => nfkc(&nfkc(path).chars().flat_map(char::to_lowercase).collect::<String>()),
        };
        match self.taken.get(&folded) {
            None => _ = self.taken.insert(folded, (path.clone(), owner)),
            Some((_, first)) => {
                let first = first.clone();
                self.double(path, first, owner);
            }
        }
    }

    fn double(&mut self, path: &str, first: Owner, second: Owner) {
        let shown = path.trim_end_matches("index.html");
        let (first, second) = match (first, second) {
            // The writer who set an address by hand can change it.
            (Owner::Writer(first), Owner::Writer(second))
                if self.slugs.contains(&first) && !self.slugs.contains(&second) =>
            {
                (second, first)
            }
            (Owner::Writer(first), Owner::Writer(second)) => (first, second),
            (Owner::Site(what), writer) | (writer, Owner::Site(what)) => {
                let message = format!("the address `/{shown}` is taken by {what}");
                let hint = "choose another `slug`, folder or old address";
                self.push(
                    Diagnostic::new(Code::DuplicateAddress, message).hint(hint),
                    Some(&writer),
                );
                return;
            }
        };
        let diagnostic = Diagnostic::new(
            Code::DuplicateAddress,
            format!("two things have the address `/{shown}`"),
        );
        let diagnostic = diagnostic
            .hint("give one of them another `slug`, or another folder")
            .related(&first.path, first.span, "the other one");
        self.push(diagnostic, Some(&Owner::Writer(second)));
    }

    /// `feed.xml` and `feed.xml/index.html` cannot both exist. The file of a page itself is never a folder
    /// too, because no name may be `index.html`.
    fn files_as_folders(&mut self) {
        let mut found = Vec::new();
        for (file, (path, owner)) in &self.taken {
            if file.ends_with("/index.html") {
                continue;
            }
            let below = format!("{file}/");
            let behind = self.taken.range(below.clone()..).next();
            let Some((_, (_, other))) = behind.filter(|(path, _)| path.starts_with(&below)) else {
                continue;
            };
            let what = match owner {
                Owner::Site(what) => what,
                Owner::Writer(_) => "a file",
            };
            let message = format!("`/{path}` is {what}, so that nothing can lie below it");
            let hint = "choose another `slug`, folder or old address";
            let mut diagnostic = Diagnostic::new(Code::DuplicateAddress, message).hint(hint);
            if let (Owner::Writer(first), Owner::Writer(_)) = (owner, other) {
                diagnostic = diagnostic.related(&first.path, first.span, "the file");
            }
            let at = if matches!(other, Owner::Writer(_)) { other } else { owner };
            found.push((diagnostic, at.clone()));
        }
        for (diagnostic, owner) in found {
            self.push(diagnostic, Some(&owner));
        }
    }

    fn push(&mut self, diagnostic: Diagnostic, owner: Option<&Owner>) {
        self.diagnostics.push(match owner {
            Some(Owner::Writer(place)) => diagnostic.at(&place.path, place.span),
            _ => diagnostic,
        });
    }
}

/// The files that the program writes in addition to the pages of `routes`, each with what it is.
fn own(site: &Site, routes: &Routes) -> Vec<(Arc<str>, &'static str)> {
    let mut own: Vec<(Arc<str>, &'static str)> = vec![
        ("index.html".into(), "the choice of languages"),
        ("404.html".into(), "the page for what is not there"),
        ("robots.txt".into(), "a file for search engines"),
        ("sitemap.xml".into(), "a file for search engines"),
        ("llms.txt".into(), "a file for programs"),
    ];
    if site.config.offline != Offline::Never {
        own.push(("sw.js".into(), "what keeps pages for when there is no network"));
    }
    // No file: nothing else may lie in the folder of this name.
    if site.config.search_export.is_some() {
        own.push((EXPORT.into(), "the folder of the search’s export"));
    }
    own.extend(routes.feeds.iter().map(|route| (route.path.clone(), "the site’s feed")));
    own.extend(routes.manifests.iter().map(|route| (route.path.clone(), "the site’s manifest")));
    for host in &site.config.hosts {
        let files: &[&str] = match host {
            Host::GithubPages => &[".nojekyll", "CNAME"],
            Host::Netlify | Host::Cloudflare => &["_redirects", "_headers"],
            Host::Apache => &[".htaccess"],
            Host::Nginx => &["nginx.conf.example"],
        };
        own.extend(files.iter().map(|file| (Arc::from(*file), "a file for the host")));
    }
    own.sort();
    own.dedup();
    own
}

/// What kind of page it is, for pages that nobody wrote.
fn name(key: &PageKey) -> &'static str {
    match key {
        PageKey::Home => "the first page of a language",
        PageKey::Folder(_) => "the page of a section",
        PageKey::Guide(_) => "the page of a guide",
        PageKey::Operators => "the list of operators",
        PageKey::Operator(_) => "the page of an operator",
        PageKey::Tags => "the list of topics",
        PageKey::Tag(_) => "the page of a topic",
        PageKey::Glossary => "the glossary",
        PageKey::Index => "the A–Z index",
        PageKey::Search => "the site’s search",
        PageKey::Translations => "the page about translations",
        PageKey::NotFound => "the page for what is not there",
    }
}

/// The places where writers set an address with a slug.
fn slugs(site: &Site) -> BTreeSet<Place> {
    let guides = site.guides.values().flat_map(|guide| guide.translations.values());
    let folders = site.folders.values().flat_map(|folder| folder.words.values());
    let slug = |edition: &Edition| {
        let span = edition.text.slug.as_ref()?.span;
        Some(Place { path: edition.text.path.clone(), span })
    };
    guides.chain(folders).filter_map(slug).collect()
}

/// The place where the writer set a page's address: its slug, or else its title.
fn place(site: &Site, key: &PageKey, language: &Language) -> Option<Place> {
    let edition = match key {
        PageKey::Guide(id) => site.guides.get(id).map(|guide| guide.edition(language)),
        PageKey::Folder(id) => {
            let words = &site.folders.get(id)?.words;
            words.get(language).or_else(|| words.values().next())
        }
        _ => None,
    }?;
    let own = edition.text.slug.as_ref().filter(|_| edition.text.language == *language);
    let span = own.map_or(edition.text.title.span, |slug| slug.span);
    Some(Place { path: edition.text.path.clone(), span })
}
