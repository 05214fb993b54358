//! The resolved site: guides with their translations, what stands where, and every page there is.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::guide::{Facts, Section, Translation};
use crate::model::id::{CountryCode, GuideId, Id, OperatorId};
use crate::model::language::Language;
use crate::model::operator::Registry;
use crate::model::source::SourcePath;
use crate::model::span::Located;
use crate::model::unit::{State, UnitKey};
use crate::model::unpublished::Unpublished;
use crate::model::vocabulary::{Block, Vocabulary};

/// Cheap to clone: what is large is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    pub config: Arc<Config>,
    pub registry: Arc<Registry>,
    pub guides: BTreeMap<GuideId, Arc<Guide>>,
    /// Guides that have a day on which they are published, and are not today.
    pub unpublished: BTreeMap<GuideId, Unpublished>,
    /// Sections, and the home page under the empty id.
    pub folders: BTreeMap<GuideId, SectionFolder>,
    /// Guides by tag.
    pub tags: BTreeMap<Id, Vec<GuideId>>,
    /// Guides by the operators that they name.
    pub operators: BTreeMap<OperatorId, Vec<GuideId>>,
    /// Guides by the terms that they use.
    pub terms: BTreeMap<Id, Vec<GuideId>>,
    /// The owner's words that stand on every page.
    pub owner: OwnerWords,
    pub pages: Arc<[Page]>,
    pub routes: Arc<Routes>,
    /// The place among `pages` of the page that each file is of, by the file's path.
    pub files: Arc<[(Arc<str>, usize)]>,
}

/// A guide in all its languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    pub id: GuideId,
    pub original: Edition,
    pub translations: BTreeMap<Language, Edition>,
    /// The ids of its items.
    pub items: BTreeSet<Id>,
    pub previous: Option<GuideId>,
    pub next: Option<GuideId>,
}

/// One file of a guide, with what was found out about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    pub text: Arc<Translation>,
    /// The section of the body that holds the words of an item or of a block, by its id.
    pub words: BTreeMap<Id, usize>,
    /// Where its links lead, one for one.
    pub targets: Arc<[Target]>,
    /// Of a text with many sections: its anchors, each with whether it was written as an id.
    pub anchors: Arc<BTreeMap<Box<str>, bool>>,
    /// Of a translation: how each unit of the original stands in it, in the original's order.
    pub standing: Vec<(UnitKey, State)>,
    /// The language whose script the program converted, where no file has these words.
    pub converted_from: Option<Language>,
}

/// As many sections are looked through one by one.
const FEW: usize = 32;

/// The anchors of a text, where it has so many sections that a look at each of them for each link would take long.
pub fn anchors(text: &Translation) -> Arc<BTreeMap<Box<str>, bool>> {
    let sections = &text.body.sections;
    let anchor = |section: &Section| (section.anchor.clone(), section.id.is_some());
    let many = sections.iter().filter(|_| sections.len() > FEW);
    Arc::new(many.map(anchor).collect())
}

impl Edition {
    /// Whether a section has this anchor, and where so, whether it was written as an id.
    pub fn section(&self, anchor: &str) -> Option<bool> {
        if !self.anchors.is_empty() {
            return self.anchors.get(anchor).copied();
        }
        let sections = &self.text.body.sections;
        sections.iter().find(|one| *one.anchor == *anchor).map(|one| one.id.is_some())
    }

    /// Whether the original has changed there since this was translated.
    pub fn is_stale(&self, key: &str) -> bool {
        self.standing.iter().any(|(unit, state)| *state == State::Stale && unit.as_str() == key)
    }

    pub fn count(&self, state: State) -> usize {
        self.standing.iter().filter(|(_, own)| *own == state).count()
    }
}

/// A section or the home page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SectionFolder {
    pub words: BTreeMap<Language, Edition>,
    /// In the order of the navigation.
    pub folders: Vec<GuideId>,
    pub guides: Vec<GuideId>,
    /// Where the folder is a country's.
    pub country: Option<CountryCode>,
}

/// The owner's words in each language, with where their links lead.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnerWords {
    pub footer: BTreeMap<Language, Edition>,
    pub banner: BTreeMap<Language, Edition>,
    /// Of the menu, one for one.
    pub menu: Vec<Target>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Page {
        page: PageKey,
        /// Of the page, in each language.
        routes: Arc<[Route]>,
        anchor: Option<Box<str>>,
    },
    /// A heading of the same page.
    Here(Box<str>),
    /// A file beside a guide, by its address.
    File(Arc<str>),
    /// An address of another site, a telephone number: as it was written.
    Elsewhere,
    /// Nothing there; it was reported.
    Nowhere,
}

impl Target {
    /// Whether the same address leads there from a page in any language: headings may differ.
    pub fn is_of_all_languages(&self) -> bool {
        matches!(self, Target::Page { anchor: None, .. } | Target::File(_) | Target::Elsewhere)
    }
}

/// What a page is about, whatever its language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKey {
    Home,
    Folder(GuideId),
    Guide(GuideId),
    Operators,
    Operator(OperatorId),
    Tags,
    Tag(Id),
    Glossary,
    Index,
    /// What is translated and what is not.
    Translations,
    Search,
    NotFound,
}

/// A page of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// `/`: offers the languages.
    Chooser,
    /// By the language's place among the site's.
    Of { key: PageKey, language: usize },
    /// An old address that leads on, by its place among the routes' redirects.
    Redirect(usize),
    /// `/404.html`, which most hosts show for any address that they do not know.
    NotFound,
}

impl Page {
    /// Whether another page is about the same thing in another language.
    pub fn is_akin(&self, other: &Page) -> bool {
        match (self, other) {
            (Page::Of { key, .. }, Page::Of { key: other, .. }) => key == other,
            _ => false,
        }
    }
}

/// Every address of the site. Made by `resolve::routes` alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Routes {
    /// `https://example.org`, or nothing.
    pub origin: String,
    /// `/`, or the site's folder: `/guides/`.
    pub root: String,
    /// A page's address in each language, by the language's place among the site's.
    pub pages: BTreeMap<PageKey, Arc<[Route]>>,
    /// Files beside guides.
    pub files: BTreeMap<SourcePath, Route>,
    /// Files of the theme, by name.
    pub assets: BTreeMap<String, Route>,
    /// The pictures that stand for pages elsewhere, by the page and the language's place.
    pub images: BTreeMap<(PageKey, usize), Route>,
    /// The folder of what is asked for anew of the search index.
    pub search: Route,
    /// Where guides were that are over: hosts say that they are gone.
    pub gone: Vec<Route>,
    /// Old addresses, in their order.
    pub redirects: Vec<Redirect>,
    /// The Atom feed of each language.
    pub feeds: Vec<Route>,
    /// The web manifest of each language.
    pub manifests: Vec<Route>,
}

/// An old address, and what it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    pub from: Route,
    pub to: RedirectTarget,
    /// The place among the site's of the language that it leads to.
    pub language: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectTarget {
    Page(PageKey),
    /// A page's part, the choice of languages or a file, by its address from the host's root.
    Own(Arc<str>),
    /// An address of another site.
    Other(Arc<str>),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// From the host's root, percent-encoded: `/guides/zh-hans/al/`.
    pub url: Arc<str>,
    /// Below the output folder: `zh-hans/al/index.html`.
    pub path: Arc<str>,
}

impl Routes {
    /// The address of a file at the site's root: `/guides/sitemap.xml`.
    pub fn at_root(&self, name: &str) -> String {
        format!("{}{name}", self.root)
    }

    /// Of a page's addresses the one in a language.
    pub fn url<'a>(&'a self, routes: &'a [Route], language: usize) -> &'a str {
        routes.get(language).map_or(&self.root, |route| &route.url)
    }

    pub fn page(&self, key: &PageKey, language: usize) -> &str {
        let routes = self.pages.get(key).map_or(&[][..], |routes| routes);
        self.url(routes, language)
    }
}

impl Site {
    pub fn language(&self, index: usize) -> &Language {
        self.config.languages.get(index).unwrap_or(&self.config.default_language)
    }

    /// Whether a guide has no page in the language: links lead to its original's instead.
    pub fn is_hidden(&self, key: &PageKey, language: &Language) -> bool {
        let PageKey::Guide(id) = key else {
            return false;
        };
        self.config.hidden.contains(language)
            && self.guides.get(id).is_some_and(|guide| !guide.translations.contains_key(language))
    }

    /// Where an old address leads, from the host's root or on another host.
    pub fn goal<'a>(&'a self, redirect: &'a Redirect) -> &'a str {
        match &redirect.to {
            RedirectTarget::Page(key) => self.routes.page(key, redirect.language),
            RedirectTarget::Own(url) | RedirectTarget::Other(url) => url,
        }
    }

    /// Where the file of a page goes, below the output folder.
    pub fn path(&self, page: &Page) -> Option<&str> {
        Some(match page {
            Page::Chooser => CHOOSER,
            Page::NotFound => NOT_FOUND,
            Page::Redirect(index) => &self.routes.redirects.get(*index)?.from.path,
            Page::Of { key, language } => &self.routes.pages.get(key)?.get(*language)?.path,
        })
    }

    /// The place among the pages of the one whose file goes to `path`.
    pub fn page_at(&self, path: &str) -> Option<usize> {
        let at = self.files.binary_search_by(|(known, _)| (**known).cmp(path)).ok()?;
        self.files.get(at).map(|(_, page)| *page)
    }

    /// What `page_at` looks up. Of two pages with one file, which is a fault, either.
    pub fn files_of(&self) -> Arc<[(Arc<str>, usize)]> {
        let pages = self.pages.iter().enumerate();
        let mut files: Vec<(Arc<str>, usize)> =
            pages.filter_map(|(place, page)| Some((Arc::from(self.path(page)?), place))).collect();
        files.sort_unstable();
        files.into()
    }
}

/// When a guide's facts are to be checked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewDue {
    /// When they were checked last.
    pub verified: Located<Date>,
    /// The last day before the review is overdue.
    pub due: Date,
    /// The last day of grace, where the site grants any.
    pub grace: Option<Date>,
}

impl ReviewDue {
    pub fn is_overdue(&self, today: Date) -> bool {
        today > self.due
    }

    /// Whether the grace is over as well.
    pub fn is_out_of_grace(&self, today: Date) -> bool {
        today > self.grace.unwrap_or(self.due)
    }
}

const CHOOSER: &str = "index.html";
const NOT_FOUND: &str = "404.html";

impl Guide {
    pub fn facts(&self) -> &Facts {
        static NONE: std::sync::LazyLock<Facts> = std::sync::LazyLock::new(Facts::default);
        self.original.text.facts().unwrap_or(&NONE)
    }

    /// When its facts are to be checked again, where it says when they were.
    pub fn review_due(&self, config: &Config) -> Option<ReviewDue> {
        let review = self.facts().review.as_ref()?;
        let verified = review.verified?;
        let due = verified.value.after(review.every.or(config.review_every)?)?;
        let grace = config.review_grace.and_then(|grace| due.after(grace));
        Some(ReviewDue { verified, due, grace })
    }

    /// What a reader of `language` reads: the translation, else the original.
    pub fn edition(&self, language: &Language) -> &Edition {
        self.translations.get(language).unwrap_or(&self.original)
    }

    /// The anchor of a section on the page: its own, unless an item has taken it.
    pub fn anchor<'a>(&self, section: &'a Section) -> Cow<'a, str> {
        if section.id.is_none() && self.items.contains(&*section.anchor) {
            return format!("{}-text", section.anchor).into();
        }
        Cow::Borrowed(&section.anchor)
    }

    /// Whether a section with this id holds the words of an item or of a block that the page has, and so is shown
    /// there. Any other section is prose.
    pub fn is_named(&self, id: &str) -> bool {
        let facts = self.facts();
        let block = |block: Block| match block {
            Block::Eligibility => !facts.eligibility.is_empty(),
            Block::Materials => !facts.materials.is_empty(),
            Block::Before => !facts.before.is_empty(),
            Block::Steps => !facts.steps.is_empty(),
            Block::Warnings => false,
            Block::Followups => !facts.followups.is_empty(),
            Block::Faq => !facts.faq.is_empty(),
            Block::Sources => !facts.sources.is_empty(),
        };
        self.items.contains(id) || Block::parse(id).is_some_and(block)
    }

    /// Whether the guide's page in `language` has an element with this id.
    pub fn has_anchor(&self, language: &Language, anchor: &str) -> bool {
        let edition = self.edition(language);
        // What an item has taken is there with a word behind it.
        let given_way = || {
            let own = anchor.strip_suffix("-text").filter(|own| self.items.contains(*own))?;
            edition.section(own).filter(|is_id| !is_id)
        };
        self.is_named(anchor) || edition.section(anchor).is_some() || given_way().is_some()
    }
}
