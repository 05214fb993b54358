//! What `site.yaml` says about the whole site.

use std::sync::Arc;

use crate::model::address::Address;
use crate::model::date::Interval;
use crate::model::id::{GuideId, Id};
use crate::model::language::Language;
use crate::model::lints::Lints;
use crate::model::operator::LocalText;
use crate::model::owner::OwnerSettings;
use crate::model::publication::PublishTarget;
use crate::model::source::SourcePath;
use crate::model::span::{Located, Span};
use crate::model::value::Value;
use crate::model::vocabulary::{BareLinks, Host, OwnSearch, Packing, SearchExport, SourceRule};

/// The settings of a site, as `site.yaml` gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The path of `site.yaml`, for messages.
    pub path: SourcePath,
    pub title: LocalText,
    pub description: LocalText,
    /// Where the site will live.
    pub base: Base,
    /// The languages in the order of the language switcher. The list is never empty.
    pub languages: Vec<Language>,
    /// Where `site.yaml` lists the languages.
    pub languages_span: Span,
    /// Languages whose missing pages are converted from another script, each with the language they come
    /// from.
    pub converted: std::collections::BTreeMap<Language, Located<Language>>,
    /// The site's own names for its languages, which replace the theme's.
    pub language_names: std::collections::BTreeMap<Language, Arc<str>>,
    /// Languages that have no page for a guide that is not translated into them.
    pub hidden: std::collections::BTreeSet<Language>,
    /// The first of `languages`, unless `site.yaml` names another of them.
    pub default_language: Language,
    /// The name of a folder below `themes/`, or `default` for the built-in theme.
    pub theme: Located<String>,
    /// Picture files below `guides/`, which replace the theme's icons.
    pub icons: Vec<Located<String>>,
    /// The colour of the frame that a browser draws round a page: `#0b5d66`.
    pub theme_color: String,
    /// How to draw pictures of pages for sites where they are shared. `None` means that no pictures are
    /// drawn.
    pub images: Option<Images>,
    /// Whether each guide is also published as Markdown.
    pub markdown: bool,
    /// Off for a site that another engine searches: it has no index, no search page and no search box.
    pub search: OwnSearch,
    /// The documents for other search engines, if there are any.
    pub search_export: Option<SearchExport>,
    /// Whether addresses that stand in a text as they are become links.
    pub bare_links: BareLinks,
    pub offline: Offline,
    /// Whether the first use of a term in a page leads to the glossary.
    pub glossary_links: bool,
    /// Whether pages offer smaller versions of wide pictures.
    pub smaller_pictures: bool,
    /// The owner's links, in the head of every page.
    pub menu: Vec<MenuLink>,
    /// Where readers report mistakes, if anywhere.
    pub feedback: Option<Feedback>,
    /// What the built-in theme shows of the owner's own.
    pub owner: OwnerSettings,
    /// Where the sources are.
    pub repository: Option<Repository>,
    /// Sections and guides that come first, in this order; the others follow in order of path.
    pub navigation: Vec<Located<GuideId>>,
    /// The names of tags.
    pub tags: std::collections::BTreeMap<Id, LocalText>,
    /// How long facts count as fresh after a review, unless the guide says otherwise.
    pub review_every: Option<Interval>,
    /// How long after that an overdue review is still tolerated.
    pub review_grace: Option<Interval>,
    /// Whether every guide with facts must name its sources.
    pub sources: SourceRule,
    /// Patterns (globs) of files that are left out.
    pub exclude: Vec<String>,
    pub limits: Limits,
    /// Which other sites guides may link to.
    pub links: LinkPolicy,
    /// Severities and exceptions of single lints.
    pub lints: Lints,
    /// The hosts for which the site gets files with redirects and headers.
    pub hosts: Vec<Host>,
    /// The compressed forms in which text files are written in addition to the plain one.
    pub precompress: Vec<Packing>,
    /// The targets of `publish`, by name.
    pub publish: std::collections::BTreeMap<Id, PublishTarget>,
    /// Data for the theme, passed on as it was written.
    pub extra: Value,
}

/// Whether browsers keep what was read for when there is no network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Offline {
    #[default]
    Never,
    Kept,
    /// They did once: what was kept is taken away.
    Removed,
}

/// Where the site will live.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Base {
    /// For example `https://example.org`, without a trailing slash; empty where `site.yaml` does not give it.
    pub origin: String,
    /// For example `/` or `/guides/`, percent-encoded.
    pub path: String,
}

impl Base {
    /// `None` where `text` is not an `http` or `https` address.
    pub fn parse(text: &str) -> Option<Base> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let host = rest.split('/').next().unwrap_or("");
        let of_host =
            |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
        if host.is_empty() || !host.chars().all(of_host) {
            return None;
        }
        let (origin, path) = text.split_at_checked(text.len() - rest.len() + host.len())?;
        let path = path.trim_matches('/');
        // A folder's name must not hold what servers read as a variable or as the end of a string.
        let of_folder = |c: char| !c.is_whitespace() && !"$\"'<>{}".contains(c);
        if path.is_empty() || !path.chars().all(of_folder) {
            return path
                .is_empty()
                .then(|| Base { origin: origin.to_owned(), path: "/".to_owned() });
        }
        let address = Address::of_url(&format!("/{path}/"))?;
        address
            .as_str()
            .chars()
            .all(|c| c == ' ' || of_folder(c))
            .then(|| Base { origin: origin.to_owned(), path: address.url("/") })
    }
}

/// A link of the site's owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuLink {
    pub title: LocalText,
    /// A web address, or the place of a page from the top: `/al/cancel-sim/`.
    pub url: Located<String>,
}

/// How readers report mistakes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feedback {
    /// By e-mail to this address.
    Mail(String),
    /// On a form for new issues at this web address.
    Form(String),
}

/// The sources on a host that lets people edit them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// The web address of the repository, without a trailing slash.
    pub url: String,
    /// The branch that is edited.
    pub branch: String,
    /// The project's folder in the repository; empty where the project is the whole repository.
    pub folder: String,
}

/// How pictures of pages are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Images {
    /// Font files below `guides/`. A character is taken from the first font that has it.
    pub fonts: Vec<Located<String>>,
    /// The colour of the bar: `#f2b84b`.
    pub accent: Option<String>,
    /// Where `site.yaml` asks for pictures.
    pub span: Span,
}

/// Limits on what strangers may send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The size of a page's source, in bytes.
    pub page: usize,
    /// The size of a page's front matter, in bytes.
    pub front_matter: usize,
    /// How many levels deep the lists and maps of YAML may be nested.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { page: 4 << 20, front_matter: 64 << 10, depth: 32 }
    }
}

/// Which other sites may be linked to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinkPolicy {
    /// Hosts that may be linked to, with their subdomains. Where the list is empty, any host may be.
    pub allow: Vec<AllowedHost>,
    /// Hosts that may not be linked to, with their subdomains.
    pub block: Vec<Located<String>>,
    /// How many links one page may have to hosts that are not in `allow`.
    pub max: Option<usize>,
}

/// A host that may be linked to, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost {
    /// A host in lower case; it stands for its subdomains too.
    pub host: Located<String>,
    /// Why the owner allows it.
    pub reason: String,
}

impl Config {
    /// The settings that a build goes on with where `site.yaml` is missing or broken.
    pub fn fallback(path: SourcePath, language: Language) -> Config {
        Config {
            path,
            title: LocalText::default(),
            description: LocalText::default(),
            base: Base { origin: String::new(), path: "/".to_owned() },
            languages: vec![language.clone()],
            languages_span: Span::default(),
            converted: std::collections::BTreeMap::new(),
            language_names: std::collections::BTreeMap::new(),
            hidden: std::collections::BTreeSet::new(),
            default_language: language,
            theme: Located::new("default".to_owned(), Span::default()),
            icons: Vec::new(),
            theme_color: "#0b5d66".to_owned(),
            images: None,
            markdown: false,
            search: OwnSearch::On,
            search_export: None,
            bare_links: BareLinks::On,
            offline: Offline::Never,
            glossary_links: true,
            smaller_pictures: false,
            menu: Vec::new(),
            feedback: None,
            owner: OwnerSettings::default(),
            repository: None,
            navigation: Vec::new(),
            tags: std::collections::BTreeMap::new(),
            review_every: None,
            review_grace: None,
            sources: SourceRule::Optional,
            exclude: Vec::new(),
            limits: Limits::default(),
            links: LinkPolicy::default(),
            lints: Lints::new(),
            hosts: Vec::new(),
            precompress: Vec::new(),
            publish: std::collections::BTreeMap::new(),
            extra: Value::Null,
        }
    }
}
