//! The resolved site: guides with their translations, what belongs where, and every page there is.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::guide::{Facts, Section, Translation};
use crate::model::id::{CountryCode, GuideId, Id, OperatorId};
use crate::model::language::Language;
use crate::model::operator::Registry;
use crate::model::picture::PictureSize;
use crate::model::routes::{Redirect, RedirectTarget, Route, Routes};
use crate::model::span::Located;
use crate::model::unit::{State, UnitKey};
use crate::model::unpublished::Unpublished;
use crate::model::vocabulary::{Block, Vocabulary};

/// The whole site after all references are resolved. It is cheap to clone, because what is large is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The site's settings.
    pub config: Arc<Config>,
    /// The operators, countries and terms.
    pub registry: Arc<Registry>,
    pub guides: BTreeMap<GuideId, Arc<Guide>>,
    /// Guides that have a day on which they are published, and are not today.
    pub unpublished: BTreeMap<GuideId, Unpublished>,
    /// Sections, and the home page under the empty id.
    pub folders: BTreeMap<GuideId, SectionFolder>,
    /// The guides that have each tag.
    pub tags: BTreeMap<Id, Vec<GuideId>>,
    /// The guides that name each operator.
    pub operators: BTreeMap<OperatorId, Vec<GuideId>>,
    /// The guides that use each term.
    pub terms: BTreeMap<Id, Vec<GuideId>>,
    /// The owner's words that stand on every page.
    pub owner: OwnerWords,
    pub pages: Arc<[Page]>,
    /// Every address of the site.
    pub routes: Arc<Routes>,
    /// The path of every page's file and the page's index in `pages`, sorted by path.
    pub files: Arc<[(Arc<str>, usize)]>,
}

/// A guide in all its languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    pub id: GuideId,
    /// The file that has the facts, and its words.
    pub original: Edition,
    /// The guide in each language that has a file or is converted, including the original's.
    pub translations: BTreeMap<Language, Edition>,
    /// The ids of all its items.
    pub items: BTreeSet<Id>,
    /// The guide before it in its section.
    pub previous: Option<GuideId>,
    /// The guide after it in its section.
    pub next: Option<GuideId>,
}

/// One file of a guide, with what resolving found out about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The file itself.
    pub text: Arc<Translation>,
    /// The index of the body's section that holds the words of an item or a block, by its id.
    pub words: BTreeMap<Id, usize>,
    /// Where each of its links leads, in the order of the links.
    pub targets: Arc<[Target]>,
    /// For a text with many sections, its anchors; `true` for those that were written as ids. Otherwise
    /// empty.
    pub anchors: Arc<BTreeMap<Box<str>, bool>>,
    /// For a translation, the state of each unit of the original, in the original's order.
    pub standing: Vec<(UnitKey, State)>,
    /// The language that the program converted these words from, if no file holds them.
    pub converted_from: Option<Language>,
}

/// Up to this many sections are searched one by one.
const FEW: usize = 32;

/// The anchors of a text with so many sections that searching them again for each link would take long.
pub fn anchors(text: &Translation) -> Arc<BTreeMap<Box<str>, bool>> {
    let sections = &text.body.sections;
    let anchor = |section: &Section| (section.anchor.clone(), section.id.is_some());
    let many = sections.iter().filter(|_| sections.len() > FEW);
    Arc::new(many.map(anchor).collect())
}

impl Edition {
    /// `None` if no section has this anchor; otherwise whether it was written as an id.
    pub fn section(&self, anchor: &str) -> Option<bool> {
        if !self.anchors.is_empty() {
            return self.anchors.get(anchor).copied();
        }
        let sections = &self.text.body.sections;
        sections.iter().find(|one| *one.anchor == *anchor).map(|one| one.id.is_some())
    }

    /// Whether a section or a place in the text has this anchor.
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.section(anchor).is_some() || self.text.links.has_anchor(anchor)
    }

    /// Whether the original has changed there since this was translated.
    pub fn is_stale(&self, key: &str) -> bool {
        self.standing.iter().any(|(unit, state)| *state == State::Stale && unit.as_str() == key)
    }

    /// How many units of the original are in this state.
    pub fn count(&self, state: State) -> usize {
        self.standing.iter().filter(|(_, own)| *own == state).count()
    }
}

/// A section or the home page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SectionFolder {
    /// The words of the section in each language.
    pub words: BTreeMap<Language, Edition>,
    /// Its subfolders, in the order of the navigation.
    pub folders: Vec<GuideId>,
    /// The guides that lie in it, in the order of the navigation.
    pub guides: Vec<GuideId>,
    /// The country, where the folder is that of one.
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

impl SectionFolder {
    /// What a reader of `language` reads: its words in that language, else in the site's default one, else in any.
    pub fn edition(&self, language: &Language, default: &Language) -> Option<&Edition> {
        let words = &self.words;
        words.get(language).or_else(|| words.get(default)).or_else(|| words.values().next())
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of the site, or a heading on it.
    Page {
        page: PageKey,
        /// The addresses of the page, one for each language.
        routes: Arc<[Route]>,
        anchor: Option<Box<str>>,
    },
    /// A heading of the same page, by its anchor.
    Here(Box<str>),
    /// A file beside a guide, by its address; of a picture, how large it is.
    File(Arc<str>, Option<PictureSize>),
    /// An address of another site, a telephone number: as it was written.
    Elsewhere,
    /// Nothing was found there, and that was reported.
    Nowhere,
}

impl Target {
    /// Whether one address works for pages in every language. A heading's anchor may differ.
    pub fn is_of_all_languages(&self) -> bool {
        matches!(self, Target::Page { anchor: None, .. } | Target::File(..) | Target::Elsewhere)
    }
}

/// What a page is about, regardless of its language.
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
    /// The page that shows what is translated and what is not.
    Translations,
    Search,
    NotFound,
}

/// A page of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// The page at `/`, which offers the languages.
    Chooser,
    /// A page in one language, which is an index into the site's languages.
    Of { key: PageKey, language: usize },
    /// A redirect from an old address, by its index in `Routes::redirects`.
    Redirect(usize),
    /// The page at `/404.html`, which most hosts show for any address that they do not know.
    NotFound,
}

impl Page {
    /// Whether the other page is about the same thing, in any language.
    pub fn is_akin(&self, other: &Page) -> bool {
        match (self, other) {
            (Page::Of { key, .. }, Page::Of { key: other, .. }) => key == other,
            _ => false,
        }
    }
}

impl Site {
    /// The language at this index; the default language where there is none.
    pub fn language(&self, index: usize) -> &Language {
        self.config.languages.get(index).unwrap_or(&self.config.default_language)
    }

    /// Whether a guide has no page in this language. Links then lead to the page in the original's language.
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

    /// What a reader of `language` reads of a section or of the home page.
    pub fn folder_edition(&self, id: &GuideId, language: &Language) -> Option<&Edition> {
        self.folders.get(id)?.edition(language, &self.config.default_language)
    }

    /// The file whose words a page shows, where somebody wrote it.
    pub fn edition(&self, key: &PageKey, language: &Language) -> Option<&Edition> {
        match key {
            PageKey::Guide(id) => self.guides.get(id).map(|guide| guide.edition(language)),
            PageKey::Folder(id) => self.folder_edition(id, language),
            PageKey::Home => self
                .folders
                .iter()
                .find(|(id, _)| id.as_str().is_empty())
                .and_then(|(_, folder)| folder.edition(language, &self.config.default_language)),
            _ => None,
        }
    }

    /// The language of a page's words, where it is not that of its readers.
    pub fn other_language(&self, key: &PageKey, language: &Language) -> Option<&Language> {
        let own = &self.edition(key, language)?.text.language;
        (own != language).then_some(own)
    }

    /// The language of the page for which this one only stands in. The first page of a language is its own, whoever
    /// wrote its words: what it leads to is in that language.
    pub fn fallback(&self, key: &PageKey, language: &Language) -> Option<&Language> {
        self.other_language(key, language).filter(|_| *key != PageKey::Home)
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

    /// The index of the page whose file is at `path`.
    pub fn page_at(&self, path: &str) -> Option<usize> {
        let at = self.files.binary_search_by(|(known, _)| (**known).cmp(path)).ok()?;
        self.files.get(at).map(|(_, page)| *page)
    }

    /// The table that `page_at` searches. If two pages have the same file, which is a fault, it finds either.
    pub fn files_of(&self) -> Arc<[(Arc<str>, usize)]> {
        let pages = self.pages.iter().enumerate();
        let mut files: Vec<(Arc<str>, usize)> =
            pages.filter_map(|(place, page)| Some((Arc::from(self.path(page)?), place))).collect();
        files.sort_unstable();
        files.into()
    }
}

/// When the facts of a guide have to be checked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewDue {
    /// The day on which they were last checked.
    pub verified: Located<Date>,
    /// The last day before the review is overdue.
    pub due: Date,
    /// The last day of grace, if the site grants any.
    pub grace: Option<Date>,
}

impl ReviewDue {
    /// Whether the review should have happened before `today`.
    pub fn is_overdue(&self, today: Date) -> bool {
        today > self.due
    }

    /// Whether the period of grace is over too.
    pub fn is_out_of_grace(&self, today: Date) -> bool {
        today > self.grace.unwrap_or(self.due)
    }
}

const CHOOSER: &str = "index.html";
const NOT_FOUND: &str = "404.html";

impl Guide {
    /// The facts of the original.
    pub fn facts(&self) -> &Facts {
        static NONE: std::sync::LazyLock<Facts> = std::sync::LazyLock::new(Facts::default);
        self.original.text.facts().unwrap_or(&NONE)
    }

    /// When the facts have to be checked again. `None` where the guide does not say when they were checked,
    /// or neither it nor the site says how often to.
    pub fn review_due(&self, config: &Config) -> Option<ReviewDue> {
        let review = self.facts().review.as_ref()?;
        let verified = review.verified?;
        let due = verified.value.after(review.every.or(config.review_every)?)?;
        let grace = config.review_grace.and_then(|grace| due.after(grace));
        Some(ReviewDue { verified, due, grace })
    }

    /// What a reader of `language` gets: the translation, or else the original.
    pub fn edition(&self, language: &Language) -> &Edition {
        self.translations.get(language).unwrap_or(&self.original)
    }

    /// The anchor of a section on the page: its own one, unless an item already uses that.
    pub fn anchor<'a>(&self, section: &'a Section) -> Cow<'a, str> {
        if section.id.is_none() && self.items.contains(&*section.anchor) {
            return format!("{}-text", section.anchor).into();
        }
        Cow::Borrowed(&section.anchor)
    }

    /// Whether a section with this id holds the words of an item or a block that the page has, and is
    /// therefore shown there. Any other section is prose.
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
        // If an item uses the anchor, the section has it with `-text` added.
        let given_way = || {
            let own = anchor.strip_suffix("-text").filter(|own| self.items.contains(*own))?;
            edition.section(own).filter(|is_id| !is_id)
        };
        self.is_named(anchor) || edition.has_anchor(anchor) || given_way().is_some()
    }
}
