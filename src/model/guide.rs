//! A guide as one file says it: facts in the original, words in each language.

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
    /// Of the file, in bytes.
    pub size: usize,
    pub guide: GuideId,
    pub language: Language,
    pub title: Located<Arc<str>>,
    pub summary: Option<Arc<str>>,
    pub slug: Option<Located<String>>,
    pub draft: bool,
    pub role: Role,
    /// What readers may call what it is about.
    pub search_words: Box<[Arc<str>]>,
    /// Whether its front matter could be read. Where not, that alone is told, and not what follows.
    pub readable: bool,
    pub body: Body,
    /// Every link and picture of the file, to which the slots of its markup refer.
    pub links: Links,
    pub wording: PageWording,
    /// What each part of the file is, in the order written.
    pub regions: Regions,
    /// Where the text below the front matter begins, in bytes.
    pub body_start: u32,
    /// Lines that let a finding pass.
    pub allows: Box<[Allow]>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// It has the facts. Boxed: a translation has none.
    Original(Box<Facts>),
    Translation(TranslationWords),
}

impl Translation {
    pub fn facts(&self) -> Option<&Facts> {
        match &self.role {
            Role::Original(facts) => Some(facts),
            Role::Translation(_) => None,
        }
    }
}

/// What a translation's front matter says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationWords {
    /// The language that was translated from.
    pub of: Located<Language>,
    pub status: TranslationStatus,
    /// What each unit of the original was when it was translated. Written by the program.
    pub at: BTreeMap<UnitKey, Pin>,
    /// By the id of an item, a source, or `review`.
    pub items: BTreeMap<Id, ItemWords>,
}

/// The words of one item in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemWords {
    /// Of the id, for messages.
    pub span: Span,
    pub title: Option<Inline>,
    pub text: Option<Markup>,
    pub remedy: Option<Inline>,
    pub wording: Wording,
}

/// What is true in every language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Old addresses.
    pub aliases: Vec<Located<Address>>,
    pub tags: Vec<Located<Id>>,
    pub country: Option<Located<CountryCode>>,
    pub audience: Vec<Audience>,
    pub plans: Vec<Plan>,
    pub operators: Vec<Located<OperatorId>>,
    pub active: Option<Duration>,
    pub wait: Option<Duration>,
    pub cost: Option<Cost>,
    pub difficulty: Option<Difficulty>,
    pub eligibility: Vec<Condition>,
    pub materials: Vec<Material>,
    pub before: Vec<Task>,
    pub steps: Vec<Step>,
    pub choose: Option<Choose>,
    pub warnings: Vec<Warning>,
    pub followups: Vec<Task>,
    pub faq: Vec<Item>,
    pub related: Vec<Located<GuideId>>,
    pub published: PublishDates,
    pub sources: Vec<Source>,
    pub review: Option<Review>,
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
    pub span: Span,
    pub id: Option<Located<Id>>,
    pub title: Option<Inline>,
    pub text: Option<Markup>,
    /// Of title, text and remedy, where they stand in the front matter.
    pub wording: Wording,
    pub confidence: Option<Confidence>,
    pub sources: Vec<Located<Id>>,
    pub plans: Vec<Plan>,
    pub operators: Vec<Located<OperatorId>>,
}

/// Something that keeps a reader from doing it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub item: Item,
    pub effect: Effect,
    pub remedy: Option<Inline>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    pub item: Item,
    pub term: Option<Located<Id>>,
    /// The condition under which it is not needed.
    pub unless: Option<Located<Id>>,
    pub optional: bool,
    pub places: Vec<Whereabouts>,
}

/// Something to do before the first step or after the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub item: Item,
    pub optional: bool,
    pub after: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub item: Item,
    pub optional: bool,
    pub channels: Vec<Located<ChannelChoice>>,
    pub needs: Vec<Located<Id>>,
    pub duration: Option<Duration>,
    pub wait: Option<Duration>,
    pub cost: Option<Cost>,
    pub fields: Vec<Field>,
    pub checks: Vec<Item>,
    pub verify: Vec<Verification>,
    pub steps: Vec<Step>,
    pub choose: Choose,
}

/// The operators' channels of a kind, or one channel of one operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChannelChoice {
    Kind(ChannelKind),
    One(OperatorId, Id),
}

/// What a form asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub item: Item,
    pub term: Option<Located<Id>>,
    pub optional: bool,
}

/// How to know that a step worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    pub item: Item,
    pub reliability: Option<Reliability>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub item: Item,
    pub gravity: Gravity,
    /// The step that it belongs to.
    pub at: Option<Located<Id>>,
}

/// Where a claim was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub id: Located<Id>,
    pub title: Arc<str>,
    pub wording: Wording,
    pub url: Option<Located<Arc<str>>>,
    pub accessed: Option<Located<Date>>,
    /// Channels (`al/one#care`) or operators that it is the source of.
    pub supports: Vec<Located<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub verified: Option<Located<Date>>,
    pub every: Option<Interval>,
    pub by: LocalText,
}

/// The Markdown below the front matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// Before the first heading.
    pub lead: Markup,
    /// In the order written; a section's own sections follow it with a greater level.
    pub sections: Vec<Section>,
    /// List items, one a footnote.
    pub footnotes: Markup,
}

/// A heading and the text below it, down to the next heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Of the heading.
    pub span: Span,
    /// 2 to 6.
    pub level: u8,
    /// As written in `{#…}`.
    pub id: Option<Located<Id>>,
    /// The id, or else the title made into one; unique in the file.
    pub anchor: Box<str>,
    pub title: Inline,
    pub operators: Vec<Located<OperatorId>>,
    pub show: Option<Show>,
    pub text: Markup,
    /// Of the heading and the text, without footnotes.
    pub wording: Wording,
}

impl Body {
    /// All its markup, in the order written.
    pub fn markup_mut(&mut self) -> impl Iterator<Item = &mut Markup> {
        let sections = self.sections.iter_mut().map(|section| &mut section.text);
        std::iter::once(&mut self.lead).chain(sections).chain([&mut self.footnotes])
    }

    /// The sections below the one at `index`, at any depth, as a range of indices.
    pub fn below(&self, index: usize) -> std::ops::Range<usize> {
        let level = self.sections.get(index).map_or(0, |section| section.level);
        let rest = self.sections.get(index + 1..).unwrap_or_default();
        let count = rest.iter().take_while(|section| section.level > level).count();
        index + 1..index + 1 + count
    }
}

impl Facts {
    /// Every item with the block that lists it; steps in steps too.
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

    /// Every step at any depth.
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
