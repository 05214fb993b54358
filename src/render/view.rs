//! What a template sees: one finished value per page, with every word and address already in it.
//!
//! A field whose name ends in `_html` is finished HTML (`{{ x | safe }}`); every other text is plain
//! and is escaped by the template engine. An empty list or text means that there is nothing to show.

use serde::Serialize;

use crate::model::value::Value;
use crate::render::coverage::TranslationsView;
use crate::render::index::IndexGroupView;
use crate::render::manifest::IconView;
use crate::render::templates::Shared;

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
    pub search: String,
    pub search_index: String,
    /// The Atom feed; empty where the site does not know where it will live.
    pub feed: String,
    pub manifest: String,
    pub icons: Vec<IconView>,
    pub theme_color: String,
    /// By the tag of each language, as Open Graph writes it: `zh_CN`.
    pub locales: std::collections::BTreeMap<String, String>,
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
    /// `hreflang` links: real translations and `x-default`, absolute addresses.
    pub alternates: Vec<AlternateView>,
    /// Whether search engines are asked to leave this page out.
    pub noindex: bool,
    /// Complete JSON-LD text, safe inside `<script type="application/ld+json">`; may be empty.
    pub json_ld: String,
    /// From the home page down, without this page.
    pub breadcrumbs: Vec<LinkView>,
    /// This very page in each language, in the site's order.
    pub switcher: Vec<SwitchView>,
    pub contents: Vec<ContentsView>,
    pub previous: Option<LinkView>,
    pub next: Option<LinkView>,
    /// Notices about the page as a whole, in the reader's language.
    pub notices: Vec<NoticeView>,
    /// The language of the words of the page, where it is not the language of the page
    /// (a guide that is not translated): wraps the content with its own `lang` and `dir`.
    pub content_language: Option<LanguageView>,
    /// Words of the interface in that language; empty where it is the language of the page.
    pub words: std::collections::BTreeMap<String, String>,
    pub guide: Option<GuideView>,
    pub section: Option<SectionView>,
    pub home: Option<HomeView>,
    pub operators: Vec<OperatorCountryView>,
    pub operator: Option<OperatorView>,
    pub tags: Vec<CountedLinkView>,
    /// The guides of a tag.
    pub guides: Vec<GuideLinkView>,
    pub terms: Vec<TermView>,
    pub index: Vec<IndexGroupView>,
    pub translations: Option<TranslationsView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct AlternateView {
    pub hreflang: String,
    pub href: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SwitchView {
    pub language: LanguageView,
    pub url: String,
    pub current: bool,
    /// The page exists in this language only as a notice with the original's text.
    pub fallback: bool,
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

/// A guide, in the order in which the page shows it.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct GuideView {
    pub id: String,
    pub summary: String,
    /// Short facts: label and value (“Time: about 30 minutes”), ready to read.
    pub facts: Vec<FactView>,
    pub tags: Vec<LinkView>,
    /// The operators a reader can choose between. Chosen by script; without it all are shown.
    pub operators: Vec<OperatorChoiceView>,
    pub warnings: Vec<WarningView>,
    /// Text before the first heading, and prose sections before the first block.
    pub lead_html: String,
    /// eligibility, materials, before, steps, followups, faq: those that the guide has.
    pub blocks: Vec<BlockView>,
    pub footnotes_html: String,
    pub sources: Option<SourcesView>,
    pub review: Option<ReviewView>,
    pub related: Vec<GuideLinkView>,
    pub extra: Value,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct FactView {
    /// time, wait, cost, difficulty, audience, plans, country: for an icon or a class.
    pub kind: &'static str,
    pub label: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct OperatorChoiceView {
    /// `al/one`: stands in `data-operator` of everything that holds for it.
    pub id: String,
    pub name: String,
    /// For a narrow screen; may be empty.
    pub short_name: String,
    pub url: String,
}

/// One block of a guide. Exactly one of the lists has entries.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct BlockView {
    /// eligibility, materials, before, steps, followups, faq; also the anchor.
    pub kind: &'static str,
    pub title: String,
    /// A few words in front of the entries.
    pub intro_html: String,
    pub conditions: Vec<ConditionView>,
    pub materials: Vec<MaterialView>,
    pub tasks: Vec<TaskView>,
    pub steps: Option<StepsView>,
    pub questions: Vec<ItemView>,
    /// Prose sections that follow this block in the body.
    pub after_html: String,
}

/// What every entry has.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ItemView {
    /// Anchor; empty for an entry without an id.
    pub id: String,
    /// Inline HTML.
    pub title_html: String,
    /// Blocks of HTML, including sections of prose below it.
    pub text_html: String,
    /// Set where the words are in another language than the page's content: wrap them.
    pub language: Option<LanguageView>,
    /// “Not verified”, “From the operator's page”: empty where nothing is said.
    pub confidence: String,
    /// law, operator-page, press, user-report, unverified, or empty.
    pub confidence_kind: &'static str,
    /// Numbers into the list of sources.
    pub sources: Vec<SourceMarkView>,
    /// “Prepaid only”; empty where it holds for all plans.
    pub plans: String,
    /// That the original has changed here since the words were translated; else empty.
    pub stale: String,
    /// Operators' ids that it is limited to, for `data-operator`, joined by a space; empty for all.
    pub operators: String,
    /// Their names, to be shown: “Only One Albania”; empty for all.
    pub operators_label: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SourceMarkView {
    pub number: usize,
    /// `#source-one-care`.
    pub url: String,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ConditionView {
    pub item: ItemView,
    /// blocks, delays, costs.
    pub effect: &'static str,
    /// “Stops you”, “Takes longer”, “Costs money”.
    pub effect_label: String,
    /// What to do about it; inline HTML, may be empty.
    pub remedy_html: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct MaterialView {
    pub item: ItemView,
    /// “Optional”, or empty.
    pub optional: String,
    /// “Not needed if: the card is lost”, or empty; inline HTML.
    pub unless_html: String,
    /// “On the card, on its package”; empty where nothing is said.
    pub places: String,
    /// The term in the glossary, or none.
    pub term: Option<LinkView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TaskView {
    pub item: ItemView,
    pub optional: String,
    /// “After 30 days”; empty where nothing is said.
    pub after: String,
}

/// A list of steps, at any depth.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct StepsView {
    /// all: an ordered list. one: an unordered list of ways, headed by `choose_label`.
    pub choose: &'static str,
    pub choose_label: String,
    pub steps: Vec<StepView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct StepView {
    pub item: ItemView,
    /// Level of the step's heading: 3 for a step, 4 within it, at most 6.
    pub level: u8,
    pub optional: String,
    /// “20 minutes”, “Waiting: up to 3 days”, “500 ALL”: label and value.
    pub facts: Vec<FactView>,
    /// Materials it needs, linking to them.
    pub needs: Vec<LinkHtmlView>,
    /// Warnings that belong here.
    pub warnings: Vec<WarningView>,
    /// How to reach each operator for this step, with the words for that operator.
    pub operators: Vec<StepOperatorView>,
    pub fields: Vec<FieldView>,
    pub checks: Vec<ItemView>,
    pub verify: Vec<VerificationView>,
    pub steps: Option<StepsView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct LinkHtmlView {
    pub title_html: String,
    pub url: String,
}

/// What holds for one operator within a step: `<section data-operator="al/one">`.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct StepOperatorView {
    /// Ids joined by a space, for `data-operator`.
    pub ids: String,
    /// Anchor; may be empty.
    pub anchor: String,
    pub title_html: String,
    /// Level of its heading.
    pub level: u8,
    pub text_html: String,
    /// The operator's page; empty where there are several.
    pub url: String,
    /// Each a `ChannelView`; pages share it.
    pub channels: Vec<Shared>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ChannelView {
    /// Anchor on the operator's page.
    pub id: String,
    /// phone, sms, ussd, web, app, shop, email, chat, post: for an icon or a class.
    pub kind: &'static str,
    /// “Phone”.
    pub kind_label: String,
    /// What it is for: “Customer care”; may be empty.
    pub name: String,
    /// As shown: `142`.
    pub value: String,
    /// `tel:142`, `sms:…`, `mailto:…`, `https:…`; empty where it cannot be followed.
    pub href: String,
    /// `rel` of the link, where it leads to another site.
    pub rel: String,
    /// “Prepaid”, “From the operator's own network”, hours, languages: short, ready to read.
    pub details: Vec<String>,
    /// A remark: “The operator's pages disagree”; may be empty.
    pub note: String,
    pub confidence: String,
    pub confidence_kind: &'static str,
    /// “Checked 22 August 2026”; may be empty.
    pub verified: String,
    /// Where it was found; empty where nothing is said.
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct FieldView {
    pub item: ItemView,
    pub optional: String,
    pub term: Option<LinkView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct VerificationView {
    pub item: ItemView,
    /// high, medium, low, or empty.
    pub reliability: &'static str,
    /// “Reliable”.
    pub reliability_label: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct WarningView {
    pub item: ItemView,
    /// note, caution, danger.
    pub severity: &'static str,
    /// “Warning”.
    pub severity_label: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SourcesView {
    pub title: String,
    pub intro_html: String,
    pub sources: Vec<SourceView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SourceView {
    /// `source-one-care`.
    pub anchor: String,
    pub title: String,
    pub url: String,
    pub rel: String,
    /// “Read on 22 August 2026”; may be empty.
    pub accessed: String,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ReviewView {
    /// “Last verified on 22 August 2026”; may be empty.
    pub verified: String,
    /// `2026-08-22`, for `<time datetime>`.
    pub verified_iso: String,
    /// “by the editors”; may be empty.
    pub by: String,
    /// “Checked again every 6 months”; may be empty.
    pub every: String,
    pub overdue: bool,
}

/// A guide in a list.
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
    pub body_html: String,
    pub sections: Vec<SectionLinkView>,
    pub guides: Vec<GuideLinkView>,
    /// Where the section is a country's: its operators and emergency numbers.
    pub country: Option<CountryView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SectionLinkView {
    pub title: String,
    pub url: String,
    pub summary: String,
    /// “11 guides”.
    pub count: String,
    pub guides: Vec<GuideLinkView>,
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
    pub body_html: String,
    pub sections: Vec<SectionLinkView>,
    /// Guides that stand in no section.
    pub guides: Vec<GuideLinkView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct OperatorCountryView {
    pub name: String,
    pub anchor: String,
    pub operators: Vec<OperatorLinkView>,
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
    pub guides: Vec<GuideLinkView>,
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
    pub guides: Vec<GuideLinkView>,
}
