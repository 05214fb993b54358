//! Checks what a guide's facts refer to: materials, conditions, steps, sources, operators, guides.

use std::collections::BTreeSet;

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::{ChannelChoice, Facts, Item, Translation};
use crate::model::id::{GuideId, Id, OperatorId};
use crate::model::operator::Registry;
use crate::model::site::{Guide, Site};
use crate::model::span::{Located, Span};
use crate::model::suggest::suggest;
use crate::resolve::{Diagnostics, operators};

struct Checker<'a> {
    text: &'a Translation,
    facts: &'a Facts,
    registry: &'a Registry,
    diagnostics: &'a mut Diagnostics,
}

pub fn check(
    guide: &Guide,
    site: &Site,
    drafts: &BTreeSet<GuideId>,
    diagnostics: &mut Diagnostics,
) {
    let facts = guide.facts();
    let text = &*guide.original.text;
    if !text.readable {
        return;
    }
    let mut checker = Checker { text, facts, registry: &site.registry, diagnostics };
    checker.country();
    checker.operators();
    checker.items();
    checker.materials();
    checker.steps();
    checker.warnings();
    checker.supports();
    checker.related(site, drafts);
    for edition in guide.translations.values() {
        checker.sections(&edition.text);
    }
}

impl Checker<'_> {
    fn push(&mut self, code: Code, span: Span, message: String, hint: String) {
        self.diagnostics.push(Diagnostic::new(code, message).at(&self.text.path, span).hint(hint));
    }

    /// One id that must be among `known`; `missing` says that it is not: “there is no step”.
    fn one_of<'k>(
        &mut self,
        code: Code,
        id: &Located<Id>,
        missing: &str,
        known: impl Iterator<Item = &'k Id>,
        otherwise: &str,
    ) {
        let known: Vec<&str> = known.map(Id::as_str).collect();
        if known.contains(&id.value.as_str()) {
            return;
        }
        let hint = match suggest(id.value.as_str(), known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => otherwise.to_owned(),
        };
        self.push(code, id.span, format!("{missing} `{}`", id.value), hint);
    }

    fn country(&mut self) {
        let Some(country) = &self.facts.country else { return };
        if !self.registry.countries.contains_key(&country.value) {
            let message =
                format!("there is no country `{}`", country.value.as_str().to_uppercase());
            let hint = format!("write `guides/operators/{}.yaml` with a `name`", country.value);
            self.push(Code::UnknownCountry, country.span, message, hint);
        }
    }

    fn operators(&mut self) {
        for operator in &self.facts.operators {
            if !self.registry.operators.contains_key(&operator.value) {
                self.diagnostics.push(
                    operators::unknown(self.registry, operator).at(&self.text.path, operator.span),
                );
            }
        }
    }

    /// An operator that must be among the guide's.
    fn of_guide(&mut self, text: &Translation, operator: &Located<OperatorId>) {
        let listed = self.facts.operators.iter().any(|listed| listed.value == operator.value);
        if listed {
            return;
        }
        let diagnostic = if self.registry.operators.contains_key(&operator.value) {
            let message = format!("`{}` is not among this guide's operators", operator.value);
            Diagnostic::new(Code::OperatorNotOfGuide, message)
                .hint(format!("add it to `operators` in `{}`", self.text.path.name()))
        } else {
            operators::unknown(self.registry, operator)
        };
        self.diagnostics.push(diagnostic.at(&text.path, operator.span));
    }

    fn items(&mut self) {
        for (_, item) in self.facts.items() {
            self.item(item);
        }
    }

    fn item(&mut self, item: &Item) {
        for source in &item.sources {
            let known = self.facts.sources.iter().map(|source| &source.id.value);
            self.one_of(
                Code::UnknownId,
                source,
                "there is no source",
                known,
                "add it to `sources`",
            );
        }
        for operator in &item.operators {
            self.of_guide(self.text, operator);
        }
    }

    fn term(&mut self, term: &Located<Id>) {
        let known = self.registry.terms.keys();
        self.one_of(
            Code::UnknownTerm,
            term,
            "there is no term",
            known,
            "add it to `guides/glossary.yaml`",
        );
    }

    fn materials(&mut self) {
        for material in &self.facts.materials {
            if let Some(term) = &material.term {
                self.term(term);
            }
            if let Some(unless) = &material.unless {
                let known = self.facts.eligibility.iter().filter_map(|one| one.item.id.as_ref());
                let known = known.map(|id| &id.value);
                self.one_of(
                    Code::UnknownId,
                    unless,
                    "there is no condition",
                    known,
                    "add it to `eligibility`",
                );
            }
        }
    }

    fn steps(&mut self) {
        for step in self.facts.all_steps() {
            for need in &step.needs {
                let known = self.facts.materials.iter().filter_map(|one| one.item.id.as_ref());
                let known = known.map(|id| &id.value);
                self.one_of(
                    Code::UnknownId,
                    need,
                    "there is no material",
                    known,
                    "add it to `materials`",
                );
            }
            for field in &step.fields {
                if let Some(term) = &field.term {
                    self.term(term);
                }
            }
            for channel in &step.channels {
                self.channel(channel);
            }
        }
    }

    fn channel(&mut self, channel: &Located<ChannelChoice>) {
        let ChannelChoice::One(operator, id) = &channel.value else { return };
        self.of_guide(self.text, &Located::new(operator.clone(), channel.span));
        let Some(operator) = self.registry.operators.get(operator) else { return };
        let id = Located::new(id.clone(), channel.span);
        let known = operator.channels.iter().map(|channel| &channel.id.value);
        let otherwise = format!("add it to `channels` in `{}`", operator.path);
        self.one_of(
            Code::UnknownId,
            &id,
            &format!("`{}` has no channel", operator.id),
            known,
            &otherwise,
        );
    }

    fn warnings(&mut self) {
        for warning in &self.facts.warnings {
            if let Some(at) = &warning.at {
                let steps = self.facts.all_steps();
                let known =
                    steps.iter().filter_map(|step| step.item.id.as_ref()).map(|id| &id.value);
                self.one_of(
                    Code::UnknownId,
                    at,
                    "there is no step",
                    known,
                    "write the id of a step",
                );
            }
        }
    }

    fn supports(&mut self) {
        for source in &self.facts.sources {
            for supported in &source.supports {
                let (operator, channel) = match supported.value.split_once('#') {
                    Some((operator, channel)) => (operator, Some(channel)),
                    None => (supported.value.as_str(), None),
                };
                let Some(id) = OperatorId::parse(operator) else {
                    let message = format!("`{}` cannot be in `supports`", supported.value);
                    let hint =
                        "write an operator (`al/one`) or a channel (`al/one#care`)".to_owned();
                    self.push(Code::BadValue, supported.span, message, hint);
                    continue;
                };
                let Some(operator) = self.registry.operators.get(&id) else {
                    let id = Located::new(id, supported.span);
                    self.diagnostics
                        .push(operators::unknown(self.registry, &id).at(&self.text.path, id.span));
                    continue;
                };
                if let Some(channel) = channel.and_then(Id::parse) {
                    let channel = Located::new(channel, supported.span);
                    let known = operator.channels.iter().map(|channel| &channel.id.value);
                    let missing = format!("`{}` has no channel", operator.id);
                    self.one_of(
                        Code::UnknownId,
                        &channel,
                        &missing,
                        known,
                        "write the id of one of its channels",
                    );
                }
            }
        }
    }

    fn related(&mut self, site: &Site, drafts: &BTreeSet<GuideId>) {
        for related in &self.facts.related {
            if site.guides.contains_key(&related.value) {
                continue;
            }
            let hint = if drafts.contains(&related.value) {
                "it is a draft; publish it, or take the link out".to_owned()
            } else {
                match suggest(related.value.as_str(), site.guides.keys().map(GuideId::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "write the path of a guide below `guides/`".to_owned(),
                }
            };
            let message = format!("no guide is called `{}`", related.value);
            self.push(Code::BrokenLink, related.span, message, hint);
        }
    }

    fn sections(&mut self, text: &Translation) {
        for section in &text.body.sections {
            for operator in &section.operators {
                self.of_guide(text, operator);
            }
        }
    }
}
