//! Draws the sections of a body: prose with its headings, and what they show from the registry.

use std::sync::Arc;

use crate::model::guide::{Section, Step};
use crate::model::id::OperatorId;
use crate::model::markup::{escape, escape_into};
use crate::model::site::{Edition, Guide};
use crate::model::vocabulary::Show;
use crate::render::context::{Locale, RenderContext};
use crate::render::dial::link_numbers;
use crate::render::registry;
use crate::render::templates::{Shared, TemplateFaults};

/// The body of one edition of a guide, as a page of `locale` shows it.
#[derive(Clone, Copy)]
pub struct BodyProse<'a> {
    pub context: &'a RenderContext<'a>,
    pub locale: &'a Locale<'a>,
    pub guide: &'a Guide,
    pub edition: &'a Edition,
    /// For borrowed words, which a translation lacks: the page that has their footnotes.
    pub lender: Option<&'a str>,
}

impl<'a> BodyProse<'a> {
    /// The original's words, which stand in for those that the translation lacks.
    pub fn original(&self) -> BodyProse<'a> {
        let edition = &self.guide.original;
        let borrowed = !Arc::ptr_eq(&edition.text, &self.edition.text);
        let lender = borrowed.then(|| self.context.own_url(self.guide, &edition.text.language));
        BodyProse { edition, lender, ..*self }
    }

    pub fn sections(&self) -> &'a [Section] {
        &self.edition.text.body.sections
    }

    /// Whether the section holds the words of an item or a block, and is therefore shown elsewhere.
    pub fn is_named(&self, section: &Section) -> bool {
        section.id.as_ref().is_some_and(|id| self.guide.is_named(id.value.as_str()))
    }

    /// The text of a section and of the prose below it; a heading right below it has `level`. With
    /// `Operators::Apart`, sections for an operator are left out, because they are shown with its channels.
    pub fn text(
        &self,
        index: usize,
        level: u8,
        operators: Operators,
        faults: &mut TemplateFaults,
    ) -> String {
        let mut html = String::new();
        self.text_into(&mut html, index, level, operators, faults);
        html
    }

    fn text_into(
        &self,
        html: &mut String,
        index: usize,
        level: u8,
        operators: Operators,
        faults: &mut TemplateFaults,
    ) {
        let Some(section) = self.sections().get(index) else { return };
        self.own_text(section, html, faults);
        let below = self.edition.text.body.below(index);
        self.below(below, section.level, level, operators, html, faults);
    }

    fn below(
        &self,
        range: std::ops::Range<usize>,
        parent: u8,
        level: u8,
        operators: Operators,
        html: &mut String,
        faults: &mut TemplateFaults,
    ) {
        let mut index = range.start;
        while index < range.end {
            let Some(section) = self.sections().get(index) else { return };
            let after = self.edition.text.body.below(index).end;
            let apart = operators == Operators::Apart && !section.operators.is_empty();
            if !self.is_named(section) && !apart {
                let level = (level + section.level.saturating_sub(parent + 1)).min(6);
                self.section(index, level, html, faults);
            }
            index = after;
        }
    }

    /// A prose section with its heading at `level`, and the prose below it.
    pub fn section(&self, index: usize, level: u8, html: &mut String, faults: &mut TemplateFaults) {
        let Some(section) = self.sections().get(index) else { return };
        let start = html.len();
        let is_limited = !section.operators.is_empty();
        if is_limited {
            let ids = ids(section);
            html.push_str(&format!("<section data-operator=\"{ids}\">\n"));
        }
        self.heading(section, level, html);
        let inner = html.len();
        self.text_into(html, index, (level + 1).min(6), Operators::Within, faults);
        if html.len() == inner && !self.edition.text.body.below(index).is_empty() {
            // Everything below it is shown elsewhere; the empty heading has already been reported.
            html.truncate(start);
            return;
        }
        html.push_str(if is_limited { "\n</section>\n" } else { "\n" });
    }

    fn heading(&self, section: &Section, level: u8, html: &mut String) {
        let tag = match level {
            0..=2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            6.. => "h6",
        };
        for part in ["<", tag, " id=\""] {
            html.push_str(part);
        }
        escape_into(html, &self.guide.anchor(section));
        for part in ["\">", &section.title.html, "</", tag, ">\n"] {
            html.push_str(part);
        }
        if section.id.as_ref().is_some_and(|id| self.edition.is_stale(id.value.as_str())) {
            let text = escape(self.locale.words.get("stale_here"));
            html.push_str(&format!("<p class=\"stale\">{text}</p>\n"));
        }
    }

    fn own_text(&self, section: &Section, html: &mut String, faults: &mut TemplateFaults) {
        let start = html.len();
        let BodyProse { context, edition, locale, lender, .. } = *self;
        context.fill_into(html, &section.text, edition, locale, lender);
        let country = self.guide.facts().country.as_ref().map(|code| &code.value);
        link_numbers(context, country, html, start);
        if let Some(show) = section.show {
            if html.len() > start {
                html.push('\n');
            }
            html.push_str(&self.shown(section, show, faults));
        }
    }

    fn shown(&self, section: &Section, show: Show, faults: &mut TemplateFaults) -> String {
        let (context, locale) = (self.context, self.locale);
        let facts = self.guide.facts();
        let country = facts
            .country
            .as_ref()
            .and_then(|code| context.site.registry.countries.get(&code.value));
        match show {
            Show::Emergency => {
                let numbers =
                    country.map(|country| registry::emergency(locale, country)).unwrap_or_default();
                context.partial("partials/emergency.html", "emergency", &numbers, locale, faults)
            }
            Show::Operators => {
                let code = country.map_or("", |country| country.code.as_str());
                let operators = registry::operators_of(context, locale, code);
                context.partial("partials/operators.html", "operators", &operators, locale, faults)
            }
            Show::Channels => {
                let listed = if section.operators.is_empty() {
                    &facts.operators
                } else {
                    &section.operators
                };
                let channels: Vec<Shared> = listed
                    .iter()
                    .filter_map(|id| context.site.registry.operators.get(&id.value))
                    .flat_map(|operator| registry::channels_of(locale, operator, |_| true))
                    .collect();
                context.partial("partials/channels.html", "channels", &channels, locale, faults)
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operators {
    Apart,
    Within,
}

/// The ids of a section's operators, for `data-operator`.
pub fn ids(section: &Section) -> String {
    joined(section.operators.iter().map(|operator| &operator.value))
}

pub fn joined<'a>(ids: impl Iterator<Item = &'a OperatorId>) -> String {
    ids.map(OperatorId::as_str).collect::<Vec<_>>().join(" ")
}

/// The sections for operators below a step's section, at any depth, but not within another item's section.
pub fn operator_sections(prose: BodyProse<'_>, step: &Step) -> Vec<usize> {
    let body = &prose.edition.text.body;
    let id = step.item.id.as_ref().map(|id| &id.value);
    let Some(index) = id.and_then(|id| prose.edition.words.get(id)) else { return Vec::new() };
    let below = body.below(*index);
    let mut found = Vec::new();
    let mut at = below.start;
    while at < below.end {
        let Some(section) = body.sections.get(at) else { break };
        let operators = !section.operators.is_empty();
        if operators && !prose.is_named(section) {
            found.push(at);
        }
        at = if operators || prose.is_named(section) { body.below(at).end } else { at + 1 };
    }
    found
}
