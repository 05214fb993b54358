//! What a template sees: one finished value per page, with every word and address already in it.
//!
//! A field of `Html` is written as it is; every other text is plain and is escaped by the template
//! engine. An empty list or text means that there is nothing to show.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::model::language::Language;
use crate::model::locales::own_name;
use crate::model::value::Value;
use crate::render::guide_view::{GuideView, SourcesView};
use crate::render::list_view::{
    GuideGroupView, HomeView, IndexGroupView, OperatorCountryView, SectionView, TermView,
    TranslationsView,
};
use crate::render::owner_view::{LogoView, SocialLinkView};
use crate::render::templates::{Html, Shared};

/// What every page of one language shares; a template sees it as `site`.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: String,
    pub language: LanguageView,
    /// Words of the interface that have no plural forms, by key; some with `{…}` for a script to fill in.
    pub words: std::collections::BTreeMap<String, String>,
    /// The address of the home page. This and the other addresses of the site start at the host's root.
    pub home: String,
    /// Addresses of this language's other fixed pages; empty where the site has no such page.
    pub operators: String,
    pub tags: String,
    pub glossary: String,
    pub index: String,
    /// The search page, and the folder with its index; both empty where the site has no search of its own.
    pub search: String,
    pub search_index: String,
    /// The address of the Atom feed (RFC 4287); empty where the site does not know where it will live.
    pub feed: String,
    /// The address of the web manifest (W3C).
    pub manifest: String,
    /// The service worker; empty where browsers keep nothing.
    pub worker: String,
    pub icons: Vec<IconView>,
    /// A CSS colour for the browser's own interface: `#0b5d66`.
    pub theme_color: String,
    /// Each language's locale as Open Graph writes it (`zh_CN`), by the language's tag.
    pub locales: std::collections::BTreeMap<String, String>,
    /// The links that the site's owner has chosen.
    pub menu: Vec<LinkView>,
    /// A picture in the place of the title.
    pub logo: Option<LogoView>,
    /// Addresses of the owner's fonts that the pages of this language are set in.
    pub fonts: Vec<String>,
    /// What is announced above each page, today.
    pub banner: Option<OwnerTextView>,
    /// The owner's words below each page.
    pub footer: Option<OwnerTextView>,
    /// Where else the owner is found.
    pub social: Vec<SocialLinkView>,
    /// Where readers reach the owner: an address of `mailto:` or of a page.
    pub contact: Option<LinkView>,
    /// The HTML of the owner's file for the head of each page.
    pub head: Html,
    /// Sections of the first level, in the order of the navigation.
    pub sections: Vec<LinkView>,
    /// The theme's files by name (`style.css`); a fingerprint in each address lets them be cached for ever.
    pub assets: std::collections::BTreeMap<String, String>,
    /// The value of `extra:` in `site.yaml`.
    pub extra: Value,
}

/// A language, as it is marked up and as its own readers call it.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct LanguageView {
    /// The language's BCP 47 tag: `zh-Hans`.
    pub tag: String,
    /// The direction of writing: `ltr` or `rtl`.
    pub dir: &'static str,
    /// The language's name in the language itself: `简体中文`.
    pub name: String,
}

/// A link: its words and its address.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct LinkView {
    pub title: String,
    pub url: String,
}

/// The owner's words.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct OwnerTextView {
    pub html: Html,
    /// Set where they are in another language than the page.
    pub language: Option<LanguageView>,
}

/// A picture that stands for a page.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ImageView {
    /// An absolute address.
    pub url: String,
    /// Width and height in pixels.
    pub width: usize,
    pub height: usize,
    /// The text alternative: the title that the picture shows.
    pub alt: String,
}

/// A page of any kind; a template sees it as `page`.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct PageView {
    /// The kind of page, which is also the template's name: `guide` is drawn by `guide.html`. One of guide,
    /// section, home, chooser, operators, operator, tags, tag, glossary, index, search, translations,
    /// not_found and redirect.
    pub kind: &'static str,
    /// The `h1`.
    pub title: String,
    /// The text for `<title>`: the page's title with the site's name after it.
    pub head_title: String,
    /// One sentence for search engines and previews; may be empty.
    pub description: String,
    /// The page's address from the host's root.
    pub url: String,
    /// An absolute address; empty for a page that should not be indexed.
    pub canonical: String,
    /// The address of the guide in Markdown; empty where there is no such file.
    pub markdown: String,
    /// Where a reader reports a mistake; `%23` and an anchor can follow. Empty where the site wants no reports.
    pub report: String,
    /// The address at which the page's source is edited; empty where the site has no repository.
    pub edit: String,
    /// The page's `hreflang` links: real translations and `x-default`, with absolute addresses. A list of
    /// `AlternateView` that pages share.
    pub alternates: Shared,
    /// Whether search engines are asked to leave this page out.
    pub noindex: bool,
    /// Complete JSON-LD text, safe inside `<script type="application/ld+json">`; may be empty.
    pub json_ld: Html,
    /// The picture that other sites show where this page is shared; none where the site draws no pictures.
    pub image: Option<ImageView>,
    /// The pages above this one, from the home page down, without this page.
    pub breadcrumbs: Trail,
    /// This page in each language, in the order of the site's languages; each entry is a `SwitchView`.
    pub switcher: Vec<Shared>,
    /// An `OthersView`: the same as `frame/other/` draws it. Templates see it beside the page, as `others`.
    #[serde(skip)]
    pub others: Shared,
    /// The table of contents; empty where the page has none.
    pub contents: Vec<ContentsView>,
    /// The guides around this one in its section, and this one, each a `GuideLinkView`; none if it is alone.
    pub siblings: Vec<Shared>,
    /// The pages to read before and after this one; a redirect's `next` is the page that it leads to.
    pub previous: Option<LinkView>,
    pub next: Option<LinkView>,
    /// Notices about the page as a whole, in the reader's language.
    pub notices: Vec<NoticeView>,
    /// The language of the page's content where it is not the language of the page (a guide that is not
    /// translated). A template wraps the content in an element with this `lang` and `dir`.
    pub content_language: Option<LanguageView>,
    /// The words of the interface in `content_language`, by key; empty where that is not set.
    pub words: Shared,
    /// What the page shows. A page has the values that its kind needs; the others are empty.
    pub guide: Option<GuideView>,
    pub section: Option<SectionView>,
    pub home: Option<HomeView>,
    /// On the search page the countries with emergency numbers.
    pub operators: Vec<OperatorCountryView>,
    pub operator: Option<OperatorView>,
    pub tags: Vec<CountedLinkView>,
    /// The guides that have this tag, each a `GuideLinkView`.
    pub guides: Vec<Shared>,
    /// The guides of a tag by their first letters, where they are too many for one list.
    pub groups: Vec<GuideGroupView>,
    pub terms: Vec<TermView>,
    pub index: Vec<IndexGroupView>,
    pub translations: Option<TranslationsView>,
}

/// The pages above a page, from the home page down; a list of `LinkView` that pages share.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Trail {
    pub links: Arc<[LinkView]>,
    shared: Shared,
}

impl Trail {
    pub fn new(links: Vec<LinkView>) -> Trail {
        Trail { shared: Shared::new(&links), links: links.into() }
    }
}

impl Serialize for Trail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shared.serialize(serializer)
    }
}

/// A version of a page in another language, for search engines.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct AlternateView {
    /// A BCP 47 tag, or `x-default`.
    pub hreflang: String,
    /// An absolute address.
    pub href: String,
}

/// A page in one of the site's languages.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SwitchView {
    /// A `LanguageView`, which pages share.
    pub language: Shared,
    pub url: String,
    /// Whether this is the language of the page itself.
    pub current: bool,
    /// Whether the page exists in this language only as a notice with the original's text.
    pub fallback: bool,
}

/// A page's languages, already drawn; a template sees this value as `others`.
#[derive(Debug, Clone, PartialEq, Hash, Default, Serialize)]
pub struct OthersView {
    /// What `frame/other/link.html` draws for each language.
    pub links: Html,
    /// What `frame/other/locale.html` draws for each other language that the page really exists in.
    pub locales: Html,
    /// What `frame/other/alternate.html` draws for each entry of `page.alternates`.
    pub alternates: Html,
}

/// A heading in the table of contents, with the headings below it.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ContentsView {
    pub title: String,
    pub anchor: String,
    pub children: Vec<ContentsView>,
}

/// A notice about a page as a whole, in the reader's language.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct NoticeView {
    /// One of fallback, machine, converted, stale, overdue and draft.
    pub kind: &'static str,
    pub text: String,
    /// The page that the notice leads to (the original), if there is one.
    pub link: Option<LinkView>,
}

/// A guide in a list. Pages share it as a `Shared` value.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct GuideLinkView {
    pub title: String,
    pub url: String,
    pub summary: String,
    /// Set where the guide's words are in another language than the list.
    pub language: Option<LanguageView>,
}

/// An emergency number of a country.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct EmergencyView {
    pub value: String,
    /// The link that calls it: `tel:112`.
    pub href: String,
    pub name: String,
    pub note: String,
}

/// An operator in a list.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct OperatorLinkView {
    pub name: String,
    pub url: String,
    /// active, merged or closed.
    pub status: &'static str,
    /// The status in words: “Merged into One Albania on 1 January 2023”; empty for an active operator.
    pub status_label: String,
    /// Its former names in words: “Formerly AMC, Telekom Albania”; may be empty.
    pub formerly: String,
}

/// What the page of an operator shows.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct OperatorView {
    /// The country's code and the operator's name: `al/one`.
    pub id: String,
    /// active, merged or closed.
    pub status: &'static str,
    /// The status in words: “Merged into One Albania on 1 January 2023”.
    pub status_label: String,
    /// The operator that this one was merged into.
    pub successor: Option<LinkView>,
    pub country: Option<LinkView>,
    pub website: String,
    pub note: String,
    /// The codes of its mobile networks, written as a list: “27601”.
    pub networks: String,
    pub former_names: Vec<FormerNameView>,
    pub aliases: Vec<String>,
    /// The operators that were merged into this one.
    pub absorbed: Vec<LinkView>,
    /// Each entry is a `ChannelView`, which pages share.
    pub channels: Vec<Shared>,
    /// Every guide that names it, each a `GuideLinkView`.
    pub guides: Vec<Shared>,
    /// The emergency numbers of its country, shown apart so that nobody takes one for a hotline.
    pub emergency: Vec<EmergencyView>,
    pub sources: Option<SourcesView>,
}

/// A name that an operator had before.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct FormerNameView {
    pub name: String,
    /// When it had this name: “July 2015 – September 2020”; may be empty.
    pub period: String,
}

/// A tag in the list of tags, with the number of its guides.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct CountedLinkView {
    pub title: String,
    pub url: String,
    /// The number of its guides, in words: “3 guides”.
    pub count: String,
}

/// An icon that the head of a page links to.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct IconView {
    /// icon or apple-touch-icon.
    pub rel: &'static str,
    pub url: String,
    /// The media type: `image/svg+xml`, `image/png`.
    pub kind: &'static str,
    /// As HTML's `sizes` attribute has it: `any`, `192x192`.
    pub sizes: String,
}

/// A language as a list of languages shows it; `name` is set where the site or its theme calls it by
/// another name than CLDR.
pub fn language_view(language: &Language, name: &str) -> LanguageView {
    LanguageView {
        tag: language.tag().to_owned(),
        dir: language.direction().as_str(),
        name: if name.is_empty() { own_name(language) } else { name.to_owned() },
    }
}
