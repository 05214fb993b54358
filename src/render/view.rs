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
use crate::render::list_view::{IndexGroupView, TranslationsView};
use crate::render::owner_view::{LogoView, SocialLinkView};
use crate::render::templates::{Html, Shared};

/// What all pages of one language share.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SiteView {
    pub title: String,
    pub description: String,
    pub language: LanguageView,
    /// Words of the interface that have no plural forms, by key; some with `{…}` for a script to fill in.
    pub words: std::collections::BTreeMap<String, String>,
    /// Addresses of this language's fixed pages.
    pub home: String,
    pub operators: String,
    pub tags: String,
    pub glossary: String,
    pub index: String,
    /// Both empty where the site has no search of its own.
    pub search: String,
    pub search_index: String,
    /// The Atom feed; empty where the site does not know where it will live.
    pub feed: String,
    pub manifest: String,
    /// The service worker; empty where browsers keep nothing.
    pub worker: String,
    pub icons: Vec<IconView>,
    pub theme_color: String,
    /// By the tag of each language, as Open Graph writes it: `zh_CN`.
    pub locales: std::collections::BTreeMap<String, String>,
    /// The owner's links.
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
    /// The theme's files by name (`style.css`), with the fingerprint that lets them be cached for ever.
    pub assets: std::collections::BTreeMap<String, String>,
    /// `extra:` of `site.yaml`.
    pub extra: Value,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct LanguageView {
    /// BCP 47: `zh-Hans`.
    pub tag: String,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// In the language itself: `简体中文`.
    pub name: String,
}

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
    /// Absolute.
    pub url: String,
    pub width: usize,
    pub height: usize,
    /// The words on it.
    pub alt: String,
}

/// A page of any kind.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct PageView {
    /// Also the template's name: `guide` is drawn by `guide.html`.
    /// guide, section, home, chooser, operators, operator, tags, tag, glossary, index, search, translations, not_found.
    pub kind: &'static str,
    /// The `h1`.
    pub title: String,
    /// `<title>`: with the site's name behind it.
    pub head_title: String,
    /// One sentence for search engines and previews; may be empty.
    pub description: String,
    pub url: String,
    /// Absolute; empty for a page that should not be indexed.
    pub canonical: String,
    /// The guide in Markdown; empty where it is not there.
    pub markdown: String,
    /// Where a mistake in the page is reported; `%23` and an anchor can follow. Empty where nowhere.
    pub report: String,
    /// Where the text is edited; empty where nowhere.
    pub edit: String,
    /// `hreflang` links: real translations and `x-default`, absolute addresses; a list of
    /// `AlternateView` that pages share.
    pub alternates: Shared,
    /// Whether search engines are asked to leave this page out.
    pub noindex: bool,
    /// Complete JSON-LD text, safe inside `<script type="application/ld+json">`; may be empty.
    pub json_ld: Html,
    /// What other sites show where the page is shared; none where the site draws no pictures.
    pub image: Option<ImageView>,
    /// From the home page down, without this page.
    pub breadcrumbs: Trail,
    /// This very page in each language, in the site's order; each a `SwitchView`.
    pub switcher: Vec<Shared>,
    /// The same as `frame/other/` draws it, an `OthersView`; templates see it beside the page.
    #[serde(skip)]
    pub others: Shared,
    pub contents: Vec<ContentsView>,
    /// The guides around this one in its section, this one among them, each a `GuideLinkView`; none
    /// where it is alone.
    pub siblings: Vec<Shared>,
    pub previous: Option<LinkView>,
    pub next: Option<LinkView>,
    /// Notices about the page as a whole, in the reader's language.
    pub notices: Vec<NoticeView>,
    /// The language of the words of the page, where it is not the language of the page
    /// (a guide that is not translated): wraps the content with its own `lang` and `dir`.
    pub content_language: Option<LanguageView>,
    /// Words of the interface in that language, by key; empty where it is the language of the page.
    pub words: Shared,
    pub guide: Option<GuideView>,
    pub section: Option<SectionView>,
    pub home: Option<HomeView>,
    /// On the search page the countries with emergency numbers.
    pub operators: Vec<OperatorCountryView>,
    pub operator: Option<OperatorView>,
    pub tags: Vec<CountedLinkView>,
    /// The guides of a tag.
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

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct AlternateView {
    pub hreflang: String,
    pub href: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SwitchView {
    /// A `LanguageView`; pages share it.
    pub language: Shared,
    pub url: String,
    pub current: bool,
    /// The page exists in this language only as a notice with the original's text.
    pub fallback: bool,
}

/// The languages of a page: `others` to a template.
#[derive(Debug, Clone, PartialEq, Hash, Default, Serialize)]
pub struct OthersView {
    /// What `frame/other/link.html` draws of each.
    pub links: Html,
    /// What `frame/other/locale.html` draws, of those alone that the page is really there in beside its own.
    pub locales: Html,
    /// What `frame/other/alternate.html` draws of each entry of `page.alternates`.
    pub alternates: Html,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ContentsView {
    pub title: String,
    pub anchor: String,
    pub children: Vec<ContentsView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct NoticeView {
    /// fallback, machine, converted, stale, overdue, draft.
    pub kind: &'static str,
    pub text: String,
    /// Where the notice leads (the original), if anywhere.
    pub link: Option<LinkView>,
}

/// A guide in a list; pages share it, as `Shared`.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct GuideLinkView {
    pub title: String,
    pub url: String,
    pub summary: String,
    /// Set where the guide is in another language than the list.
    pub language: Option<LanguageView>,
}

/// A folder of guides.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SectionView {
    pub summary: String,
    pub body_html: Html,
    pub sections: Vec<SectionLinkView>,
    pub guides: Vec<Shared>,
    /// The same by their first letters, where they are too many for one list.
    pub groups: Vec<GuideGroupView>,
    /// Where the section is a country's: its operators and emergency numbers.
    pub country: Option<CountryView>,
}

/// Guides whose titles begin alike.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct GuideGroupView {
    /// “C”, or a stroke count.
    pub label: String,
    pub anchor: String,
    /// “11 guides”.
    pub count: String,
    /// Each a `GuideLinkView`; pages share it.
    pub guides: Vec<Shared>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SectionLinkView {
    pub title: String,
    pub url: String,
    pub summary: String,
    /// “11 guides”.
    pub count: String,
    pub guides: Vec<Shared>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct CountryView {
    pub name: String,
    pub emergency: Vec<EmergencyView>,
    pub operators: Vec<OperatorLinkView>,
    pub regulator: Option<RegulatorView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct EmergencyView {
    pub value: String,
    /// `tel:112`.
    pub href: String,
    pub name: String,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct RegulatorView {
    pub name: String,
    pub website: String,
    /// Each a `ChannelView`; pages share it.
    pub channels: Vec<Shared>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct HomeView {
    pub summary: String,
    pub body_html: Html,
    pub sections: Vec<SectionLinkView>,
    /// Guides that stand in no section.
    pub guides: Vec<Shared>,
    /// The same by their first letters, where they are too many for one list.
    pub groups: Vec<GuideGroupView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct OperatorCountryView {
    pub name: String,
    pub anchor: String,
    pub operators: Vec<OperatorLinkView>,
    /// On the search page alone.
    pub emergency: Vec<EmergencyView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct OperatorLinkView {
    pub name: String,
    pub url: String,
    /// active, merged, closed.
    pub status: &'static str,
    /// “Merged into One Albania on 1 January 2023”; empty for an active operator.
    pub status_label: String,
    /// “Formerly AMC, Telekom Albania”; may be empty.
    pub formerly: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct OperatorView {
    pub id: String,
    pub status: &'static str,
    pub status_label: String,
    pub successor: Option<LinkView>,
    pub country: Option<LinkView>,
    pub website: String,
    pub note: String,
    /// “27601”.
    pub networks: String,
    pub former_names: Vec<FormerNameView>,
    pub aliases: Vec<String>,
    pub absorbed: Vec<LinkView>,
    /// Each a `ChannelView`; pages share it.
    pub channels: Vec<Shared>,
    /// Every guide that names it.
    pub guides: Vec<Shared>,
    /// Emergency numbers of its country: so that nobody takes them for a hotline.
    pub emergency: Vec<EmergencyView>,
    pub sources: Option<SourcesView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct FormerNameView {
    pub name: String,
    /// “July 2015 – September 2020”; may be empty.
    pub period: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct CountedLinkView {
    pub title: String,
    pub url: String,
    /// “3 guides”.
    pub count: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TermView {
    pub id: String,
    pub term: String,
    pub text: String,
    pub aliases: Vec<String>,
    /// Words that are used for it by mistake.
    pub avoid: Vec<String>,
    pub guides: Vec<Shared>,
}

/// A picture in the head of a page.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct IconView {
    /// icon, apple-touch-icon.
    pub rel: &'static str,
    pub url: String,
    /// `image/svg+xml`, `image/png`.
    pub kind: &'static str,
    /// `any`, `192x192`.
    pub sizes: String,
}

/// As a list of languages shows it; `name` where the site or its theme calls it otherwise than CLDR.
pub fn language_view(language: &Language, name: &str) -> LanguageView {
    LanguageView {
        tag: language.tag().to_owned(),
        dir: language.direction().as_str(),
        name: if name.is_empty() { own_name(language) } else { name.to_owned() },
    }
}
