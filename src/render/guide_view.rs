//! What a template sees of a guide: its facts, and every item in the order of the page.

use serde::Serialize;

use crate::model::value::Value;
use crate::render::templates::{Html, Shared};
use crate::render::view::{EmergencyView, LanguageView, LinkView};

/// A guide, with its parts in the order in which the page shows them.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct GuideView {
    /// The guide's path below `guides/`: `al/cancel-sim`.
    pub id: String,
    pub summary: String,
    /// What a reader in a hurry asks first: whom to call, where to begin, what to have at hand.
    pub answer: AnswerView,
    /// Short facts, each with a label and a value (“Time: about 30 minutes”), ready to read. All facts that
    /// are not known share one entry.
    pub facts: Vec<FactView>,
    /// Each entry is a `LinkView`, which pages share.
    pub tags: Vec<Shared>,
    /// The operators that a reader can choose between. A script makes the choice; without it, the page
    /// shows all of them.
    pub operators: Vec<OperatorChoiceView>,
    pub warnings: Vec<WarningView>,
    /// The text before the first heading. In a guide without steps, all prose before the first block.
    pub lead_html: Html,
    /// The prose sections before the first block of a guide with steps: they can be read later.
    pub lead: Vec<ProseView>,
    /// eligibility, materials, before, steps, followups, faq: the blocks that this guide has.
    pub blocks: Vec<BlockView>,
    pub footnotes_html: Html,
    pub sources: Option<SourcesView>,
    pub review: Option<ReviewView>,
    /// Each entry is a `GuideLinkView`, which pages share.
    pub related: Vec<Shared>,
    /// Whether it shows what `pages.css` styles: code, a quotation, a list of the registry.
    pub shows_rare: bool,
    pub extra: Value,
}

/// The first answer of a guide.
#[derive(Debug, Clone, PartialEq, Hash, Default, Serialize)]
pub struct AnswerView {
    /// Those of the guide's operators that have a channel which the steps use.
    pub operators: Vec<AnswerOperatorView>,
    /// Whether anything in the guide is for some operators only, so that choosing one shortens it.
    pub choice: bool,
    /// A sentence saying that the second number may help where the first does not; empty where there is
    /// only one.
    pub advice: String,
    /// The country's first emergency number, where the guide shows emergency numbers; at most one entry.
    pub emergency: Vec<EmergencyView>,
    /// A link to where the steps begin. Its title says “Go to step 1”, or that there are several ways.
    pub start: Option<LinkView>,
    /// The titles of the materials that are not optional, as inline HTML.
    pub needs: Vec<Html>,
}

/// An operator whose channels a guide's steps use.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct AnswerOperatorView {
    /// The operator's id for `data-operator`: `al/one`.
    pub id: String,
    pub name: String,
    /// The address of the operator's page.
    pub url: String,
    /// One telephone number, or two with the same name, each a `ChannelView`; empty where the steps use no
    /// number.
    pub channels: Vec<Shared>,
}

/// A section of prose, cut so that it can be folded to its heading.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ProseView {
    /// The heading with its anchor; empty where the section cannot be cut.
    pub heading_html: Html,
    pub text_html: Html,
}

/// A short fact about a guide or a step.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct FactView {
    /// One of time, wait, cost, difficulty, audience, plans, country and unknown, for an icon or a class.
    pub kind: &'static str,
    pub label: String,
    pub value: String,
}

/// An operator that a reader can choose.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct OperatorChoiceView {
    /// The operator's id, `al/one`. It is in the `data-operator` of everything that is for this operator.
    pub id: String,
    pub name: String,
    /// A shorter name for a narrow screen; may be empty.
    pub short_name: String,
    pub url: String,
}

/// One block of a guide. Exactly one of its lists has entries.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct BlockView {
    /// One of eligibility, materials, before, steps, followups and faq; also the anchor.
    pub kind: &'static str,
    pub title: String,
    /// “Not verified”, where several entries are: the legend for the mark that then takes the place of
    /// these words.
    pub legend: String,
    /// A few words before the entries.
    pub intro_html: Html,
    pub conditions: Vec<ConditionView>,
    pub materials: Vec<MaterialView>,
    pub tasks: Vec<TaskView>,
    pub steps: Option<StepsView>,
    pub questions: Vec<ItemView>,
    /// The prose sections that follow this block in the body.
    pub after_html: Html,
}

/// What every entry of a block has.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ItemView {
    /// The anchor; empty for an entry without an id.
    pub id: String,
    /// The title, as inline HTML.
    pub title_html: Html,
    /// The text, as blocks of HTML, with the sections of prose below it.
    pub text_html: Html,
    /// Set where the words are in another language than the page's content, so that a template can mark
    /// them.
    pub language: Option<LanguageView>,
    /// How sure the entry is, in words: “Not verified”, “From the operator's page”. Empty where the guide
    /// does not say.
    pub confidence: String,
    /// The same for a class: law, operator-page, press, user-report, unverified, or empty.
    pub confidence_kind: &'static str,
    /// The sources that the entry refers to, by their numbers in the list of sources.
    pub sources: Vec<SourceMarkView>,
    /// The plans that the entry is for: “Prepaid only”; empty where it is for all plans.
    pub plans: String,
    /// A sentence saying that the original has changed here since the words were translated; otherwise
    /// empty.
    pub stale: String,
    /// The ids of the operators that the entry is limited to, joined by a space, for `data-operator`; empty
    /// where it is for all.
    pub operators: String,
    /// The same in words: “Only One Albania”; empty where the entry is for all operators.
    pub operators_label: String,
}

/// A reference to an entry in the list of sources.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SourceMarkView {
    /// The source's number, counted from 1.
    pub number: usize,
    /// A link within the page: `#source-one-care`.
    pub url: String,
    pub title: String,
}

/// A condition that can stop, delay or cost the reader something.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ConditionView {
    pub item: ItemView,
    /// blocks, delays or costs.
    pub effect: &'static str,
    /// The effect in words: “Stops you”, “Takes longer”, “Costs money”.
    pub effect_label: String,
    /// What the reader can do about it, as inline HTML; may be empty.
    pub remedy_html: Html,
    /// The language of the remedy, where it is not the page's.
    pub remedy_language: Option<LanguageView>,
}

/// Something that the reader needs to have at hand.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct MaterialView {
    pub item: ItemView,
    /// “Optional”, or empty.
    pub optional: String,
    /// When it is not needed, as inline HTML: “Not needed if: the card is lost”; may be empty.
    pub unless_html: Html,
    /// Where it can be found: “On the card, on its package”; empty where the guide does not say.
    pub places: String,
    /// A link to the term in the glossary, if there is one.
    pub term: Option<LinkView>,
}

/// Something to do before the steps, or some time after them.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct TaskView {
    pub item: ItemView,
    /// “Optional”, or empty.
    pub optional: String,
    /// When it is due: “After 30 days”; empty where the guide does not say.
    pub after: String,
}

/// A list of steps, at any depth.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct StepsView {
    /// `all` for an ordered list; `one` for an unordered list of ways, headed by `choose_label`.
    pub choose: &'static str,
    pub choose_label: String,
    pub steps: Vec<StepView>,
}

/// A step, with everything that the reader needs for it.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct StepView {
    pub item: ItemView,
    /// The level of the step's heading: 3 for a step of the guide, 4 for one within it, at most 6.
    pub level: u8,
    /// “Optional”, or empty.
    pub optional: String,
    /// How long it takes, how long the reader waits and what it costs: “20 minutes”, “Waiting: up to 3
    /// days”, “500 ALL”.
    pub facts: Vec<FactView>,
    /// The materials that the step needs, as links to them.
    pub needs: Vec<LinkHtmlView>,
    /// The warnings that belong to this step.
    pub warnings: Vec<WarningView>,
    /// How to reach each operator for this step, with the words for that operator.
    pub operators: Vec<StepOperatorView>,
    /// A picture that shows how it is done, if there is one.
    pub picture: Option<PictureView>,
    pub fields: Vec<FieldView>,
    pub checks: Vec<ItemView>,
    pub verify: Vec<VerificationView>,
    pub steps: Option<StepsView>,
}

/// A picture beside a guide.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct PictureView {
    pub url: String,
    /// Its smaller versions in AVIF, as `srcset` has them, and how wide it is shown; empty where there are none.
    pub srcset: String,
    pub sizes: &'static str,
    /// What a reader who cannot see it must know.
    pub alt: String,
    /// The language of `alt`, where it is not the page's.
    pub language: Option<LanguageView>,
    /// How many pixels it is wide and high; 0 where its file does not say.
    pub width: u32,
    pub height: u32,
}

/// A link whose words are inline HTML.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct LinkHtmlView {
    pub title_html: Html,
    pub url: String,
}

/// What is for one operator within a step: `<section data-operator="al/one">`.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct StepOperatorView {
    /// The operators' ids, joined by a space, for `data-operator`.
    pub ids: String,
    /// The section's anchor; may be empty.
    pub anchor: String,
    pub title_html: Html,
    /// The level of its heading.
    pub level: u8,
    pub text_html: Html,
    /// The language of title and text, where it is not the page's.
    pub language: Option<LanguageView>,
    /// The address of the operator's page; empty where there are several operators.
    pub url: String,
    /// Each entry is a `ChannelView`, which pages share.
    pub channels: Vec<Shared>,
}

/// A way to reach an operator or a regulator.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ChannelView {
    /// The channel's anchor on the operator's page.
    pub id: String,
    /// One of phone, sms, ussd, web, app, shop, email, chat and post, for an icon or a class.
    pub kind: &'static str,
    /// The kind in words: “Phone”.
    pub kind_label: String,
    /// What the channel is for: “Customer care”; may be empty.
    pub name: String,
    /// The number or address as it is shown: `142`.
    pub value: String,
    /// The same, with the places at which a long address may be broken.
    pub value_html: Html,
    /// The link's target: `tel:142`, `sms:…`, `mailto:…`, `https:…`; empty where the channel cannot be
    /// followed.
    pub href: String,
    /// The link's `rel`, where it leads to another site.
    pub rel: String,
    /// Short facts, ready to read: “Prepaid”, “From the operator's own network”, opening hours, languages.
    pub details: Vec<String>,
    /// A remark: “The operator's pages disagree”; may be empty.
    pub note: String,
    /// How sure the entry is, in words and as a word for a class, as in `ItemView`.
    pub confidence: String,
    pub confidence_kind: &'static str,
    /// When somebody last checked it: “Checked 22 August 2026”; may be empty.
    pub verified: String,
    /// Where it was found; empty where the registry does not say.
    pub source: String,
}

/// A piece of information that a step asks the reader for.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct FieldView {
    pub item: ItemView,
    /// “Optional”, or empty.
    pub optional: String,
    /// A link to the term in the glossary, if there is one.
    pub term: Option<LinkView>,
}

/// A way to see that a step has worked.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct VerificationView {
    pub item: ItemView,
    /// high, medium, low, or empty.
    pub reliability: &'static str,
    /// The reliability in words: “Reliable”.
    pub reliability_label: String,
}

/// A warning, with how serious it is.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct WarningView {
    pub item: ItemView,
    /// note, caution or danger.
    pub severity: &'static str,
    /// The severity in words: “Warning”.
    pub severity_label: String,
}

/// The list of sources of a guide or an operator.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SourcesView {
    pub title: String,
    pub intro_html: Html,
    pub sources: Vec<SourceView>,
}

/// An entry in the list of sources.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct SourceView {
    /// The entry's anchor: `source-one-care`.
    pub anchor: String,
    pub title: String,
    pub url: String,
    /// The link's `rel`, where it leads to another site.
    pub rel: String,
    /// When the editors read it: “Read on 22 August 2026”; may be empty.
    pub accessed: String,
}

/// When a guide was last verified, by whom, and how often that is done.
#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct ReviewView {
    /// When it was last verified: “Last verified on 22 August 2026”; may be empty.
    pub verified: String,
    /// The same day for `<time datetime>`: `2026-08-22`.
    pub verified_iso: String,
    /// Who verified it: “by the editors”; may be empty.
    pub by: String,
    /// How often it is verified: “Checked again every 6 months”; may be empty.
    pub every: String,
    /// Whether the day of the next review has passed.
    pub overdue: bool,
}
