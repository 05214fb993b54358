//! What `site.yaml` says.

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
use crate::model::vocabulary::{Host, OwnSearch, Packing, SourceRule};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub path: SourcePath,
    pub title: LocalText,
    pub description: LocalText,
    pub base: Base,
    /// In the order of the switcher; never empty.
    pub languages: Vec<Language>,
    /// Where they are listed.
    pub languages_span: Span,
    /// Languages whose missing pages are converted from another script, and from which.
    pub converted: std::collections::BTreeMap<Language, Located<Language>>,
    /// Names that the site gives its languages, instead of the theme's.
    pub language_names: std::collections::BTreeMap<Language, Arc<str>>,
    /// Languages in which there is no page of a guide that is not translated.
    pub hidden: std::collections::BTreeSet<Language>,
    pub default_language: Language,
    pub theme: Located<String>,
    /// Files below `guides/`, instead of the theme's icons.
    pub icons: Vec<Located<String>>,
    /// Of the frame that a browser draws round a page: `#0b5d66`.
    pub theme_color: String,
    /// The pictures that stand for pages elsewhere; none where nobody asks for them.
    pub images: Option<Images>,
    /// Whether each guide is there in Markdown too.
    pub markdown: bool,
    /// Off where another engine searches the site: then it has no index, no search page and no search box.
    pub search: OwnSearch,
    pub offline: Offline,
    /// Whether the first use of a term in a page leads to the glossary.
    pub glossary_links: bool,
    /// The owner's links, in the head of every page.
    pub menu: Vec<MenuLink>,
    /// Where readers report mistakes.
    pub feedback: Option<Feedback>,
    /// What the built-in theme shows of the owner's own.
    pub owner: OwnerSettings,
    /// Where the sources are.
    pub repository: Option<Repository>,
    pub navigation: Vec<Located<GuideId>>,
    /// Names of tags.
    pub tags: std::collections::BTreeMap<Id, LocalText>,
    pub review_every: Option<Interval>,
    pub review_grace: Option<Interval>,
    pub sources: SourceRule,
    pub exclude: Vec<String>,
    pub limits: Limits,
    pub links: LinkPolicy,
    pub lints: Lints,
    /// For which the site holds files of redirects and headers.
    pub hosts: Vec<Host>,
    /// How text files are also written, beside themselves.
    pub precompress: Vec<Packing>,
    /// Where `publish` brings the site.
    pub publish: std::collections::BTreeMap<Id, PublishTarget>,
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
    /// `https://example.org`, without a slash at its end; empty where `site.yaml` does not say.
    pub origin: String,
    /// `/` or `/guides/`, percent-encoded.
    pub path: String,
}

impl Base {
    /// `None` where `text` is no address of `http` or `https`.
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
        // What servers read as a variable or as the end of a text has no business in a folder's name.
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuLink {
    pub title: LocalText,
    /// A web address, or the place of a page from the top: `/al/cancel-sim/`.
    pub url: Located<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feedback {
    /// An e-mail address.
    Mail(String),
    /// The web address of a form for new issues.
    Form(String),
}

/// The sources on a host that lets people edit them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Without a slash at its end.
    pub url: String,
    pub branch: String,
    /// The project's folder in the repository; empty where it is the whole.
    pub folder: String,
}

/// How pictures of pages are drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Images {
    /// Files below `guides/`; a character is taken from the first that has it.
    pub fonts: Vec<Located<String>>,
    /// Of the bar: `#f2b84b`.
    pub accent: Option<String>,
    pub span: Span,
}

/// Bounds on what strangers may send (bytes, levels).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    pub page: usize,
    pub front_matter: usize,
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
    pub allow: Vec<AllowedHost>,
    pub block: Vec<Located<String>>,
    /// How many links to hosts that are not allowed one page may have.
    pub max: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHost {
    pub host: Located<String>,
    pub reason: String,
}

impl Config {
    /// What a build goes on with where `site.yaml` is missing or broken.
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
            offline: Offline::Never,
            glossary_links: true,
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
