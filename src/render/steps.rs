//! Views of a guide's steps: what each one needs, asks for and uses, and how you can see that it has worked.

use crate::model::date::{Cost, Duration};
use crate::model::guide::{ChannelChoice, Field, Role, Step, StepPicture, Verification, Warning};
use crate::model::id::{Id, OperatorId};
use crate::model::markup::escape;
use crate::model::operator::{Channel, Operator};
use crate::model::site::{PageKey, Target};
use crate::model::vocabulary::{Choose, Reliability, Show, Vocabulary};
use crate::render::context::local;
use crate::render::guide_view::{
    FactView, FieldView, LinkHtmlView, PictureView, StepOperatorView, StepView, StepsView,
    VerificationView,
};
use crate::render::items::{ItemWriter, capital};
use crate::render::prose::{BodyProse, Operators, ids, operator_sections};
use crate::render::templates::{Html, Shared};
use crate::render::{pictures, registry};

impl<'a> ItemWriter<'a> {
    pub fn steps(&mut self, steps: &[Step], choose: Choose, level: u8) -> Option<StepsView> {
        if steps.is_empty() {
            return None;
        }
        let choose_label = match choose {
            Choose::One => self.word("choose_one"),
            Choose::All => String::new(),
        };
        let steps = steps.iter().map(|step| self.step(step, level)).collect();
        Some(StepsView { choose: Choose::as_str(choose), choose_label, steps })
    }

    fn step(&mut self, step: &Step, level: u8) -> StepView {
        let below = (level + 1).min(6);
        let warnings = &self.prose.guide.facts().warnings;
        let here = |warning: &&Warning| match (&warning.at, &step.item.id) {
            (Some(at), Some(id)) => at.value == id.value,
            _ => false,
        };
        StepView {
            item: self.item(&step.item, below, Operators::Apart),
            level: level.min(6),
            optional: self.optional(step.optional),
            facts: self.step_facts(step),
            needs: step.needs.iter().filter_map(|id| self.need(&id.value)).collect(),
            warnings: warnings.iter().filter(here).map(|warning| self.warning(warning)).collect(),
            operators: self.step_operators(step, below),
            picture: step.picture.as_ref().and_then(|picture| self.picture(step, picture)),
            fields: step.fields.iter().map(|field| self.field(field)).collect(),
            checks: step
                .checks
                .iter()
                .map(|check| self.item(check, below, Operators::Within))
                .collect(),
            verify: step.verify.iter().map(|one| self.verification(one, below)).collect(),
            steps: self.steps(&step.steps, step.choose, below),
        }
    }

    /// The picture with the page's words for it, or otherwise the original's.
    fn picture(&self, step: &Step, picture: &StepPicture) -> Option<PictureView> {
        let original = self.original().edition;
        let link = original.text.links.get(picture.link as usize)?;
        let (url, size) = match original.targets.get(picture.link as usize)? {
            Target::File(url, size) => (url.to_string(), *size),
            Target::Elsewhere => (link.target.to_owned(), None),
            _ => return None,
        };
        let id = step.item.id.as_ref().map(|id| &id.value);
        let own = match (&self.prose.edition.text.role, id) {
            (Role::Translation(words), Some(id)) => {
                words.items.get(id).and_then(|words| words.alt.as_ref())
            }
            _ => None,
        };
        let language = if own.is_none() { self.foreign(original) } else { None };
        let alt = own.or(picture.alt.as_ref()).map_or("", |alt| &alt.value);
        let smaller = self.context().site.routes.smaller.get(&*url);
        Some(PictureView {
            srcset: smaller.map(|versions| pictures::srcset(versions)).unwrap_or_default(),
            sizes: if smaller.is_some() { pictures::SIZES } else { "" },
            url,
            alt: alt.to_owned(),
            language: language.filter(|_| !alt.is_empty()),
            width: size.map_or(0, |size| size.width),
            height: size.map_or(0, |size| size.height),
        })
    }

    fn step_facts(&self, step: &Step) -> Vec<FactView> {
        let mut facts = Vec::new();
        self.duration_fact("time", step.duration, &mut facts);
        self.duration_fact("wait", step.wait, &mut facts);
        self.cost_fact(step.cost.as_ref(), &mut facts);
        self.unknown_once(facts)
    }

    /// The facts that are known, followed by one entry for all those that are not.
    pub fn unknown_once(&self, facts: Vec<FactView>) -> Vec<FactView> {
        let unknown = self.word("unknown");
        let (missing, mut facts): (Vec<FactView>, Vec<FactView>) =
            facts.into_iter().partition(|fact| fact.value == unknown);
        let labels: Vec<String> = missing.into_iter().map(|fact| fact.label).collect();
        if !labels.is_empty() {
            let label = self.locale().words.list(&labels);
            facts.push(FactView { kind: "unknown", label, value: unknown });
        }
        facts
    }

    pub fn duration_fact(
        &self,
        kind: &'static str,
        duration: Option<Duration>,
        facts: &mut Vec<FactView>,
    ) {
        if let Some(duration) = duration {
            let value = registry::duration(self.locale(), duration);
            facts.push(FactView { kind, label: self.word(&format!("fact_{kind}")), value });
        }
    }

    pub fn cost_fact(&self, cost: Option<&Cost>, facts: &mut Vec<FactView>) {
        if let Some(cost) = cost {
            let value = registry::cost(self.locale(), cost);
            facts.push(FactView { kind: "cost", label: self.word("fact_cost"), value });
        }
    }

    fn need(&mut self, id: &Id) -> Option<LinkHtmlView> {
        let materials = &self.prose.guide.facts().materials;
        let material = materials
            .iter()
            .find(|one| one.item.id.as_ref().is_some_and(|own| own.value == *id))?;
        let title_html = self.material(material).item.title_html;
        Some(LinkHtmlView { title_html, url: format!("#{id}") })
    }

    fn field(&mut self, field: &Field) -> FieldView {
        let mut item = self.item(&field.item, 6, Operators::Within);
        let term = field.term.as_ref().and_then(|term| self.term(&term.value));
        if let (true, Some(term)) = (item.title_html.is_empty(), &term) {
            item.title_html = capital(&escape(&term.title)).into();
        }
        FieldView { item, optional: self.optional(field.optional), term }
    }

    fn verification(&mut self, verification: &Verification, level: u8) -> VerificationView {
        let reliability = verification.reliability;
        VerificationView {
            item: self.item(&verification.item, level, Operators::Within),
            reliability: reliability.map_or("", Reliability::as_str),
            reliability_label: reliability
                .map(|reliability| self.word(&format!("reliability_{}", reliability.as_str())))
                .unwrap_or_default(),
        }
    }

    /// The guide's operators in order, each with its words and its channels for this step.
    fn step_operators(&mut self, step: &Step, level: u8) -> Vec<StepOperatorView> {
        let prose = self.prose_of(step);
        let mut sections = operator_sections(prose, step);
        let mut views = Vec::new();
        for listed in &self.prose.guide.facts().operators {
            let limited = &step.item.operators;
            if !limited.is_empty() && !limited.iter().any(|one| one.value == listed.value) {
                continue;
            }
            let of = |section: &usize| {
                let section = prose.sections().get(*section);
                section.is_some_and(|section| {
                    section.operators.iter().any(|one| one.value == listed.value)
                })
            };
            let mut found = false;
            while let Some(at) = sections.iter().position(of) {
                found = true;
                let index = sections.remove(at);
                views.extend(self.operator_section(prose, index, step, level));
            }
            // A section for several operators may have shown this one's channels already.
            let told =
                |view: &StepOperatorView| view.ids.split(' ').any(|id| id == listed.value.as_str());
            if !found && !views.iter().any(told) {
                views.extend(self.operator_channels(&listed.value, step, level));
            }
        }
        views
    }

    /// The edition that has the step's section: the translation, or otherwise the original.
    fn prose_of(&self, step: &Step) -> BodyProse<'a> {
        let id = step.item.id.as_ref().map(|id| &id.value);
        let own = id.is_some_and(|id| self.prose.edition.words.contains_key(id));
        if own { self.prose } else { self.original() }
    }

    fn operator_section(
        &mut self,
        prose: BodyProse<'a>,
        index: usize,
        step: &Step,
        level: u8,
    ) -> Option<StepOperatorView> {
        let section = prose.sections().get(index)?;
        let registry = &self.context().site.registry.operators;
        let operators: Vec<&Operator> =
            section.operators.iter().filter_map(|id| registry.get(&id.value)).collect();
        // A section that shows all channels already includes those of the step.
        let channels = match section.show {
            Some(Show::Channels) => Vec::new(),
            _ => operators.iter().flat_map(|operator| self.chosen(operator, step)).collect(),
        };
        Some(StepOperatorView {
            ids: ids(section),
            anchor: self.prose.guide.anchor(section).into_owned(),
            title_html: section.title.html.to_string().into(),
            level,
            text_html: prose
                .text(index, (level + 1).min(6), Operators::Within, &mut self.faults)
                .into(),
            language: self.foreign(prose.edition),
            url: match operators.as_slice() {
                [operator] => self.operator_url(&operator.id),
                _ => String::new(),
            },
            channels,
        })
    }

    fn operator_channels(
        &self,
        id: &OperatorId,
        step: &Step,
        level: u8,
    ) -> Option<StepOperatorView> {
        let operator = self.context().site.registry.operators.get(id)?;
        let channels = self.chosen(operator, step);
        if channels.is_empty() {
            return None;
        }
        Some(StepOperatorView {
            ids: id.to_string(),
            anchor: String::new(),
            title_html: escape(&local(&operator.name, self.locale().language)).into(),
            level,
            text_html: Html::default(),
            language: None,
            url: self.operator_url(id),
            channels,
        })
    }

    fn operator_url(&self, id: &OperatorId) -> String {
        self.context().url(&PageKey::Operator(id.clone()), self.locale().index).to_owned()
    }

    /// The operator's channels that the step asks for, in the registry's order.
    fn chosen(&self, operator: &Operator, step: &Step) -> Vec<Shared> {
        registry::channels_of(self.locale(), operator, |channel| asks_for(step, operator, channel))
    }
}

/// Whether the step uses one of the operator's channels.
pub fn asks_for(step: &Step, operator: &Operator, channel: &Channel) -> bool {
    step.channels.iter().any(|choice| match &choice.value {
        ChannelChoice::Kind(kind) => *kind == channel.kind,
        ChannelChoice::One(of, id) => *of == operator.id && *id == channel.id.value,
    })
}
