//! Checks what a guide's facts refer to: materials, conditions, steps, sources, operators, guides.

use std::collections::BTreeSet;

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::{ChannelChoice, Facts, Item, Translation};
use crate::model::id::{GuideId, Id, OperatorId};
use crate::model::operator::{Operator, Registry};
use crate::model::site::{Guide, Site};
use crate::model::span::{Located, Span};
use crate::model::suggest::Suggester;
use crate::resolve::parts::{Absence, Diagnostics, LeftOut};
use crate::resolve::{links, operators};

struct Checker<'a> {
    text: &'a Translation,
    facts: &'a Facts,
    registry: &'a Registry,
    suggester: &'a Suggester,
    /// The ids of the guide's own facts, by kind.
    operators: BTreeSet<&'a OperatorId>,
    sources: BTreeSet<&'a Id>,
    conditions: BTreeSet<&'a Id>,
    materials: BTreeSet<&'a Id>,
    steps: BTreeSet<&'a Id>,
    diagnostics: &'a mut Diagnostics,
}

pub fn check(
    guide: &Guide,
    site: &Site,
    (left_out, suggester): (&LeftOut, &Suggester),
    diagnostics: &mut Diagnostics,
) {
    let facts = guide.facts();
    let text = &*guide.original.text;
    if !text.readable {
        return;
    }
    let mut checker = Checker {
        text,
        facts,
        registry: &site.registry,
        suggester,
        operators: facts.operators.iter().map(|operator| &operator.value).collect(),
        sources: facts.sources.iter().map(|source| &source.id.value).collect(),
        conditions: ids(facts.eligibility.iter().map(|one| &one.item)),
        materials: ids(facts.materials.iter().map(|one| &one.item)),
        steps: ids(facts.all_steps().into_iter().map(|step| &step.item)),
        diagnostics,
    };
    checker.country();
    checker.operators();
    checker.items();
    checker.materials();
    checker.steps();
    checker.warnings();
    checker.supports();
    checker.related(site, left_out);
    for edition in guide.translations.values() {
        checker.sections(&edition.text);
    }
}

fn ids<'a>(items: impl Iterator<Item = &'a Item>) -> BTreeSet<&'a Id> {
    items.filter_map(|item| item.id.as_ref()).map(|id| &id.value).collect()
}

impl<'a> Checker<'a> {
    fn push(&mut self, code: Code, span: Span, message: String, hint: String) {
        self.diagnostics.push(Diagnostic::new(code, message).at(&self.text.path, span).hint(hint));
    }

    /// Reports an id that is not among `known`; `missing` says so in words: “there is no step”.
    fn unknown<'k>(
        &mut self,
        code: Code,
        id: &Located<Id>,
        missing: &str,
        known: impl Iterator<Item = &'k Id>,
        otherwise: &str,
    ) {
        let hint = match self.suggester.suggest(id.value.as_str(), known.map(Id::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => otherwise.to_owned(),
        };
        self.push(code, id.span, format!("{missing} `{}`", id.value), hint);
    }

    /// Checks an id that has to be one of the guide's own.
    fn one_of(
        &mut self,
        id: &Located<Id>,
        known: fn(&Self) -> &BTreeSet<&'a Id>,
        missing: &str,
        otherwise: &str,
    ) {
        if !known(self).contains(&id.value) {
            let known = known(self).clone();
            self.unknown(Code::UnknownId, id, missing, known.into_iter(), otherwise);
        }
    }

    fn country(&mut self) {
        let Some(country) = &self.facts.country else {
            return;
        };
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
                    operators::unknown(self.registry, operator, self.suggester)
                        .at(&self.text.path, operator.span),
                );
            }
        }
    }

    /// Checks that an operator is one of the guide's.
    fn of_guide(&mut self, text: &Translation, operator: &Located<OperatorId>) {
        if self.operators.contains(&operator.value) {
            return;
        }
        let diagnostic = if self.registry.operators.contains_key(&operator.value) {
            let message = format!("`{}` is not among this guide's operators", operator.value);
            Diagnostic::new(Code::OperatorNotOfGuide, message)
                .hint(format!("add it to `operators` in `{}`", self.text.path.name()))
        } else {
            operators::unknown(self.registry, operator, self.suggester)
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
            let hint = "add it to `sources`";
            self.one_of(source, |own| &own.sources, "there is no source", hint);
        }
        for operator in &item.operators {
            self.of_guide(self.text, operator);
        }
    }

    fn term(&mut self, term: &Located<Id>) {
        let terms = &self.registry.terms;
        if !terms.contains_key(&term.value) {
            let hint = "add it to `guides/glossary.yaml`";
            self.unknown(Code::UnknownTerm, term, "there is no term", terms.keys(), hint);
        }
    }

    fn materials(&mut self) {
        for material in &self.facts.materials {
            if let Some(term) = &material.term {
                self.term(term);
            }
            if let Some(unless) = &material.unless {
                let hint = "add it to `eligibility`";
                self.one_of(unless, |own| &own.conditions, "there is no condition", hint);
            }
        }
    }

    fn steps(&mut self) {
        for step in self.facts.all_steps() {
            for need in &step.needs {
                let hint = "add it to `materials`";
                self.one_of(need, |own| &own.materials, "there is no material", hint);
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
        let ChannelChoice::One(operator, id) = &channel.value else {
            return;
        };
        self.of_guide(self.text, &Located::new(operator.clone(), channel.span));
        let Some(operator) = self.registry.operators.get(operator) else {
            return;
        };
        let id = Located::new(id.clone(), channel.span);
        let otherwise = format!("add it to `channels` in `{}`", operator.path);
        self.channel_of(operator, &id, &otherwise);
    }

    fn channel_of(&mut self, operator: &Operator, id: &Located<Id>, otherwise: &str) {
        let known = operator.channels.iter().map(|channel| &channel.id.value);
        if !known.clone().any(|known| *known == id.value) {
            let missing = format!("`{}` has no channel", operator.id);
            self.unknown(Code::UnknownId, id, &missing, known, otherwise);
        }
    }

    fn warnings(&mut self) {
        for warning in &self.facts.warnings {
            if let Some(at) = &warning.at {
                let hint = "write the id of a step";
                self.one_of(at, |own| &own.steps, "there is no step", hint);
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
                    let fault = operators::unknown(self.registry, &id, self.suggester);
                    self.diagnostics.push(fault.at(&self.text.path, id.span));
                    continue;
                };
                if let Some(channel) = channel.and_then(Id::parse) {
                    let channel = Located::new(channel, supported.span);
                    let otherwise = "write the id of one of its channels";
                    self.channel_of(operator, &channel, otherwise);
                }
            }
        }
    }

    fn related(&mut self, site: &Site, left_out: &LeftOut) {
        for related in &self.facts.related {
            if site.guides.contains_key(&related.value) {
                continue;
            }
            let hint = match left_out.get(&related.value) {
                Some(Absence::Draft) => {
                    "it is a draft; publish it, or take the link out".to_owned()
                }
                Some(Absence::Day(why)) => {
                    self.diagnostics.push(links::unpublished(
                        &self.text.path,
                        related.span,
                        related.value.as_str(),
                        *why,
                    ));
                    continue;
                }
                None => {
                    let known = site.guides.keys().map(GuideId::as_str);
                    match self.suggester.suggest(related.value.as_str(), known) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "write the path of a guide below `guides/`".to_owned(),
                    }
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
