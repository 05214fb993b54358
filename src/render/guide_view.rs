//! What a template sees of a guide: its facts, and every item in the order of the page.

use serde::Serialize;

use crate::model::value::Value;
use crate::render::templates::{Html, Shared};
use crate::render::view::{EmergencyView, LanguageView, LinkView};

/// A guide, in the order in which the page shows it.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct GuideView {
    pub id: String,
    pub summary: String,
    /// What a reader in a hurry asks first: whom to call, where to begin, what to have at hand.
    pub answer: AnswerView,
    /// Short facts: label and value (“Time: about 30 minutes”), ready to read. Those that are not known
    /// are one entry.
    pub facts: Vec<FactView>,
    /// Each a `LinkView`; pages share it.
    pub tags: Vec<Shared>,
    /// The operators a reader can choose between. Chosen by script; without it all are shown.
    pub operators: Vec<OperatorChoiceView>,
    pub warnings: Vec<WarningView>,
    /// Text before the first heading; of a guide without steps, all prose before the first block.
    pub lead_html: Html,
    /// Prose sections before the first block of a guide with steps: what may be read later.
    pub lead: Vec<ProseView>,
    /// eligibility, materials, before, steps, followups, faq: those that the guide has.
    pub blocks: Vec<BlockView>,
    pub footnotes_html: Html,
    pub sources: Option<SourcesView>,
    pub review: Option<ReviewView>,
    /// Each a `GuideLinkView`; pages share it.
    pub related: Vec<Shared>,
    /// Whether it shows what `pages.css` styles: code, a quotation, a list of the registry.
    pub shows_rare: bool,
    pub extra: Value,
}

/// The first answer of a guide.
#[derive(Debug, Clone, PartialEq, Hash, Default, Serialize)]
pub struct AnswerView {
    /// The guide's operators that its steps are done with.
    pub operators: Vec<AnswerOperatorView>,
    /// Whether anything in the guide holds for some operators alone, so that a choice cuts it.
    pub choice: bool,
    /// That the second number may help where the first does not; empty where there is but one.
    pub advice: String,
    /// The country's first emergency number, where the guide shows them.
    pub emergency: Vec<EmergencyView>,
    /// Where the steps begin; the title says “Go to step 1”, or that there are several ways.
    pub start: Option<LinkView>,
    /// Titles of the materials that are not optional; inline HTML.
    pub needs: Vec<Html>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct AnswerOperatorView {
    /// `al/one`, for `data-operator`.
    pub id: String,
    pub name: String,
    /// The operator's page.
    pub url: String,
    /// One telephone number or two of the same name; none where the steps name no number. Each a
    /// `ChannelView`.
    pub channels: Vec<Shared>,
}

/// A section of prose, so that it can be folded to its heading.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ProseView {
    /// The heading with its anchor; empty where the section cannot be taken apart.
    pub heading_html: Html,
    pub text_html: Html,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct FactView {
    /// time, wait, cost, difficulty, audience, plans, country, unknown: for an icon or a class.
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
    /// “Not verified”, where several entries are: a legend for the mark that then stands for it.
    pub legend: String,
    /// A few words in front of the entries.
    pub intro_html: Html,
    pub conditions: Vec<ConditionView>,
    pub materials: Vec<MaterialView>,
    pub tasks: Vec<TaskView>,
    pub steps: Option<StepsView>,
    pub questions: Vec<ItemView>,
    /// Prose sections that follow this block in the body.
    pub after_html: Html,
}

/// What every entry has.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ItemView {
    /// Anchor; empty for an entry without an id.
    pub id: String,
    /// Inline HTML.
    pub title_html: Html,
    /// Blocks of HTML, including sections of prose below it.
    pub text_html: Html,
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
    pub remedy_html: Html,
    /// Of the remedy, where it is not the page's.
    pub remedy_language: Option<LanguageView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct MaterialView {
    pub item: ItemView,
    /// “Optional”, or empty.
    pub optional: String,
    /// “Not needed if: the card is lost”, or empty; inline HTML.
    pub unless_html: Html,
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
    pub title_html: Html,
    pub url: String,
}

/// What holds for one operator within a step: `<section data-operator="al/one">`.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct StepOperatorView {
    /// Ids joined by a space, for `data-operator`.
    pub ids: String,
    /// Anchor; may be empty.
    pub anchor: String,
    pub title_html: Html,
    /// Level of its heading.
    pub level: u8,
    pub text_html: Html,
    /// Of title and text, where it is not the page's.
    pub language: Option<LanguageView>,
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
    /// As written: `142`.
    pub value: String,
    /// The same with places at which a long address may be broken.
    pub value_html: Html,
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
    pub intro_html: Html,
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
