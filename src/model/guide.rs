//! A guide as a single file gives it: facts in the original, words in each language.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::address::Address;
use crate::model::date::{Cost, Date, Duration, Interval};
use crate::model::fingerprint::Pin;
use crate::model::id::{CountryCode, GuideId, Id, OperatorId};
use crate::model::language::Language;
use crate::model::lints::Allow;
use crate::model::markup::{Inline, Links, Markup};
use crate::model::operator::LocalText;
use crate::model::region::Regions;
use crate::model::source::SourcePath;
use crate::model::span::{Located, Span};
use crate::model::unit::{PageWording, UnitKey, Wording};
use crate::model::value::Value;
use crate::model::vocabulary::{
    Audience, Block, ChannelKind, Choose, Confidence, Difficulty, Effect, Gravity, Plan,
    Reliability, Show, TranslationStatus, Whereabouts,
};

/// One file of a guide, of a section, or of the home page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    pub path: SourcePath,
    /// The size of the file, in bytes.
    pub size: usize,
    /// The guide or section that the file belongs to.
    pub guide: GuideId,
    /// The language that the file is named after.
    pub language: Language,
    /// The title, without Markdown; the name of the folder where the file has none.
    pub title: Located<Arc<str>>,
    /// One or two sentences about the page, without Markdown.
    pub summary: Option<Arc<str>>,
    /// The last segment of the page's address in this language; the guide's own name where there is none.
    pub slug: Option<Located<String>>,
    /// Whether it is built only with `--drafts`.
    pub draft: bool,
    /// Whether the file is the original or a translation, with what only that one holds.
    pub role: Role,
    /// What readers may call what it is about.
    pub search_words: Box<[Arc<str>]>,
    /// Whether its front matter could be read. Where not, that alone is told, and not what follows.
    pub readable: bool,
    /// The Markdown below the front matter.
    pub body: Body,
    /// Every link and picture of the file. The slots of its markup refer to them by index.
    pub links: Links,
    /// The words of the file that belong to no item and no section.
    pub wording: PageWording,
    /// What each part of the file is, in the order written.
    pub regions: Regions,
    /// Where the text after the front matter begins, in bytes from the start of the file.
    pub body_start: u32,
    /// The lines that allow a finding of a lint.
    pub allows: Box<[Allow]>,
}

/// The part that a file plays in its guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The original, which has the facts. They are boxed because a translation has none.
    Original(Box<Facts>),
    Translation(TranslationWords),
}

impl Translation {
    /// The facts of an original; `None` for a translation.
    pub fn facts(&self) -> Option<&Facts> {
        match &self.role {
            Role::Original(facts) => Some(facts),
            Role::Translation(_) => None,
        }
    }
}

/// What only a translation's front matter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationWords {
    /// The language that this was translated from.
    pub of: Located<Language>,
    /// How the translation was made.
    pub status: TranslationStatus,
    /// The pin of each unit of the original at the time when it was translated. The program writes these.
    pub at: BTreeMap<UnitKey, Pin>,
    /// The words of items, by the id of an item or a source, or `review`.
    pub items: BTreeMap<Id, ItemWords>,
}

/// The words of one item in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemWords {
    /// Where the id stands, for messages.
    pub span: Span,
    pub title: Option<Inline>,
    pub text: Option<Markup>,
    pub remedy: Option<Inline>,
    /// What a step's picture shows.
    pub alt: Option<Located<Arc<str>>>,
    pub wording: Wording,
}

/// What is true in every language. Only the original holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Old addresses of the guide, which redirect to it.
    pub aliases: Vec<Located<Address>>,
    pub tags: Vec<Located<Id>>,
    /// The country that the guide is about.
    pub country: Option<Located<CountryCode>>,
    /// The readers that the guide is for; empty for all.
    pub audience: Vec<Audience>,
    pub plans: Vec<Plan>,
    /// The operators that the guide is about.
    pub operators: Vec<Located<OperatorId>>,
    /// How much of the reader's own time it takes.
    pub active: Option<Duration>,
    /// How long the reader has to wait.
    pub wait: Option<Duration>,
    pub cost: Option<Cost>,
    pub difficulty: Option<Difficulty>,
    /// Conditions that may keep a reader from following the guide.
    pub eligibility: Vec<Condition>,
    /// What the reader has to have at hand.
    pub materials: Vec<Material>,
    /// What to do before the first step.
    pub before: Vec<Task>,
    pub steps: Vec<Step>,
    /// Whether all steps are to be done, or one of them; `None` where the file does not say.
    pub choose: Option<Choose>,
    pub warnings: Vec<Warning>,
    /// What to do after the last step.
    pub followups: Vec<Task>,
    /// Questions and their answers.
    pub faq: Vec<Item>,
    /// Other guides on the subject.
    pub related: Vec<Located<GuideId>>,
    pub published: PublishDates,
    pub sources: Vec<Source>,
    pub review: Option<Review>,
    /// Data for the theme, passed on as it was written.
    pub extra: Value,
}

/// The days between which readers have a guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PublishDates {
    /// The first day.
    pub from: Option<Located<Date>>,
    /// The last one.
    pub until: Option<Located<Date>>,
}

impl PublishDates {
    /// The day on which it begins, where that is still to come.
    pub fn coming(&self, today: Date) -> Option<Located<Date>> {
        self.from.filter(|from| today < from.value)
    }

    /// The last day, where that has gone by.
    pub fn over(&self, today: Date) -> Option<Located<Date>> {
        self.until.filter(|until| today > until.value)
    }
}

/// What every entry of a guide's lists has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Where the item stands in the front matter.
    pub span: Span,
    pub id: Option<Located<Id>>,
    pub title: Option<Inline>,
    pub text: Option<Markup>,
    /// The words of title, text, remedy and a picture's description, as far as they stand in the front matter.
    pub wording: Wording,
    /// What the claim of the item is based on.
    pub confidence: Option<Confidence>,
    /// Ids of the guide's `sources` that support the item.
    pub sources: Vec<Located<Id>>,
    /// The plans that the item applies to; empty for all.
    pub plans: Vec<Plan>,
    /// The operators that the item applies to; empty for all.
    pub operators: Vec<Located<OperatorId>>,
}

/// Something that can keep a reader from doing what the guide describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub item: Item,
    pub effect: Effect,
    /// One line about what to do about it.
    pub remedy: Option<Inline>,
}

/// Something that a reader has to have at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    pub item: Item,
    /// A term of the glossary, which gives the title where there is none.
    pub term: Option<Located<Id>>,
    /// The id of the condition under which it is not needed.
    pub unless: Option<Located<Id>>,
    pub optional: bool,
    /// Where the reader can find it.
    pub places: Vec<Whereabouts>,
}

/// Something to do before the first step or after the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub item: Item,
    pub optional: bool,
    /// How long after the last step to do it.
    pub after: Option<Duration>,
}

/// One step of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub item: Item,
    pub optional: bool,
    /// The channels through which the step can be done.
    pub channels: Vec<Located<ChannelChoice>>,
    /// Ids of the materials that the step needs.
    pub needs: Vec<Located<Id>>,
    /// How long the step takes.
    pub duration: Option<Duration>,
    pub wait: Option<Duration>,
    pub cost: Option<Cost>,
    /// What the form of this step asks for.
    pub fields: Vec<Field>,
    /// What the step looks like when it is done.
    pub picture: Option<StepPicture>,
    /// What to make sure of.
    pub checks: Vec<Item>,
    /// How to know that the step worked.
    pub verify: Vec<Verification>,
    /// Steps that this one is made of.
    pub steps: Vec<Step>,
    /// Whether all of its own `steps` are to be done, or one of them.
    pub choose: Choose,
}

/// A picture that shows how a step is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepPicture {
    /// Its place among the links of the original.
    pub link: u32,
    /// Where the picture is named.
    pub span: Span,
    /// What a reader who cannot see it must know, without Markdown.
    pub alt: Option<Located<Arc<str>>>,
}

/// Either all channels of a kind that the operators have, or one channel of one operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelChoice {
    Kind(ChannelKind),
    One(OperatorId, Id),
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub item: Item,
    /// A term of the glossary, which gives the title where there is none.
    pub term: Option<Located<Id>>,
    pub optional: bool,
}

/// A way to tell that a step worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    pub item: Item,
    pub reliability: Option<Reliability>,
}

/// A warning about the whole guide, or about one of its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub item: Item,
    pub gravity: Gravity,
    /// The id of the step that it belongs to.
    pub at: Option<Located<Id>>,
}

/// A document that supports a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub id: Located<Id>,
    pub title: Arc<str>,
    pub wording: Wording,
    pub url: Option<Located<Arc<str>>>,
    /// The day on which somebody last read it.
    pub accessed: Option<Located<Date>>,
    /// The operators, or the channels (`al/one#care`), that it supports.
    pub supports: Vec<Located<String>>,
}

/// When the facts of a guide were last checked, and how often they should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The day on which they were last checked.
    pub verified: Option<Located<Date>>,
    /// How long they count as fresh; the site's `review_every` where there is none.
    pub every: Option<Interval>,
    /// Who checked them.
    pub by: LocalText,
}

/// The Markdown below the front matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The text before the first heading.
    pub lead: Markup,
    /// All sections in the order written. The subsections of a section follow it and have a greater level.
    pub sections: Vec<Section>,
    /// The footnotes as list items, one for each.
    pub footnotes: Markup,
}

/// A heading and the text below it, down to the next heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Where the heading stands.
    pub span: Span,
    /// The heading's level, from 2 to 6.
    pub level: u8,
    /// The id as it is written in `{#…}`.
    pub id: Option<Located<Id>>,
    /// The id, or else one made from the title. It is unique in the file.
    pub anchor: Box<str>,
    pub title: Inline,
    /// The operators that the section applies to; empty for all.
    pub operators: Vec<Located<OperatorId>>,
    /// What the section shows of the registry below its text.
    pub show: Option<Show>,
    pub text: Markup,
    /// The words of the heading and the text, without footnotes.
    pub wording: Wording,
}

impl Body {
    /// All markup of the body, in the order written.
    pub fn markup_mut(&mut self) -> impl Iterator<Item = &mut Markup> {
        let sections = self.sections.iter_mut().map(|section| &mut section.text);
        std::iter::once(&mut self.lead).chain(sections).chain([&mut self.footnotes])
    }

    /// The subsections of the section at `index`, at any depth, as a range of indices.
    pub fn below(&self, index: usize) -> std::ops::Range<usize> {
        let level = self.sections.get(index).map_or(0, |section| section.level);
        let rest = self.sections.get(index + 1..).unwrap_or_default();
        let count = rest.iter().take_while(|section| section.level > level).count();
        index + 1..index + 1 + count
    }
}

impl Facts {
    /// Every item with the block that lists it, including those of steps within steps.
    pub fn items(&self) -> Vec<(Block, &Item)> {
        let mut items = Vec::new();
        items.extend(self.eligibility.iter().map(|one| (Block::Eligibility, &one.item)));
        items.extend(self.materials.iter().map(|one| (Block::Materials, &one.item)));
        items.extend(self.before.iter().map(|one| (Block::Before, &one.item)));
        for step in &self.steps {
            step.collect(&mut items);
        }
        items.extend(self.warnings.iter().map(|one| (Block::Warnings, &one.item)));
        items.extend(self.followups.iter().map(|one| (Block::Followups, &one.item)));
        items.extend(self.faq.iter().map(|one| (Block::Faq, one)));
        items
    }

    /// Every step at any depth, in the order written.
    pub fn all_steps(&self) -> Vec<&Step> {
        let mut found = Vec::new();
        let mut waiting: Vec<&Step> = self.steps.iter().rev().collect();
        while let Some(step) = waiting.pop() {
            found.push(step);
            waiting.extend(step.steps.iter().rev());
        }
        found
    }
}

impl Step {
    fn collect<'a>(&'a self, items: &mut Vec<(Block, &'a Item)>) {
        items.push((Block::Steps, &self.item));
        items.extend(self.fields.iter().map(|one| (Block::Steps, &one.item)));
        items.extend(self.checks.iter().map(|one| (Block::Steps, one)));
        items.extend(self.verify.iter().map(|one| (Block::Steps, &one.item)));
        for step in &self.steps {
            step.collect(items);
        }
    }
}
