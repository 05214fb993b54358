//! Views of a guide's items: words by id from the translation, else from the original; facts from the original.

use crate::model::date::{Cost, Duration};
use crate::model::guide::{
    ChannelChoice, Condition, Field, Item, Material, Role, Step, Task, Verification, Warning,
};
use crate::model::id::{Id, OperatorId};
use crate::model::markup::Inline;
use crate::model::operator::{Channel, Operator};
use crate::model::site::{Edition, PageKey};
use crate::model::span::Located;
use crate::model::vocabulary::{Choose, Confidence, Effect, Gravity, Reliability, Vocabulary};
use crate::render::prose::{Faults, Operators, Prose, ids, joined, operator_sections};
use crate::render::registry;
use crate::render::scene::{Scene, Tongue, escape, fill_html};
use crate::render::templates::Shared;
use crate::render::view::{
    ConditionView, FactView, FieldView, ItemView, LanguageView, LinkHtmlView, LinkView,
    MaterialView, SourceMarkView, StepOperatorView, StepView, StepsView, TaskView,
    VerificationView, WarningView,
};

/// Writes the items of one guide for one page.
pub struct Writer<'a> {
    pub prose: Prose<'a>,
    pub faults: Faults,
}

/// An item's words, and the edition that they stand in.
struct Found<'a> {
    title: String,
    text: String,
    edition: Option<&'a Edition>,
}

impl<'a> Writer<'a> {
    fn scene(&self) -> &'a Scene<'a> {
        self.prose.scene
    }

    fn tongue(&self) -> &'a Tongue<'a> {
        self.prose.tongue
    }

    fn word(&self, key: &str) -> String {
        self.tongue().words.get(key).to_owned()
    }

    fn original(&self) -> Prose<'a> {
        Prose { edition: &self.prose.guide.original, ..self.prose }
    }

    /// The view of an item; headings within its text have `level`.
    pub fn item(&mut self, item: &Item, level: u8, operators: Operators) -> ItemView {
        let found = self.words(item, level, operators);
        let language = found
            .edition
            .filter(|edition| edition.text.language != self.prose.edition.text.language);
        let language: Option<LanguageView> =
            language.map(|edition| self.scene().language_view(&edition.text.language));
        let stale = found.edition.is_some_and(|edition| {
            item.id.as_ref().is_some_and(|id| edition.is_stale(id.value.as_str()))
        });
        let names =
            item.operators.iter().map(|id| self.operator_name(&id.value)).collect::<Vec<_>>();
        let words = &self.tongue().words;
        ItemView {
            id: item.id.as_ref().map_or_else(String::new, |id| id.value.to_string()),
            title_html: found.title,
            text_html: found.text,
            language,
            confidence: registry::confidence(self.tongue(), item.confidence),
            confidence_kind: item.confidence.map_or("", Confidence::as_str),
            sources: self.source_marks(&item.sources),
            plans: match item.plans.as_slice() {
                [] => String::new(),
                plans => {
                    words.fill("plans_only", &[("plans", &registry::plans(self.tongue(), plans))])
                }
            },
            stale: if stale { words.get("stale_here").to_owned() } else { String::new() },
            operators: joined(item.operators.iter().map(|id| &id.value)),
            operators_label: match names.as_slice() {
                [] => String::new(),
                names => words.fill("operators_only", &[("operators", &words.list(names))]),
            },
        }
    }

    fn words(&mut self, item: &Item, level: u8, operators: Operators) -> Found<'a> {
        let Some(id) = item.id.as_ref().map(|id| &id.value) else {
            return self.front_matter_words(item);
        };
        if let Role::Translation(words) = &self.prose.edition.text.role {
            if let Some(words) = words.items.get(id)
                && (words.title.is_some() || words.text.is_some())
            {
                let text = words.text.as_ref();
                let text =
                    text.map(|text| self.scene().fill(text, self.prose.edition, self.tongue()));
                let title = words.title.clone().unwrap_or_default();
                return Found {
                    title: title.html.into(),
                    text: text.unwrap_or_default(),
                    edition: Some(self.prose.edition),
                };
            }
            if let Some(found) = self.section_words(self.prose, id, level, operators) {
                return found;
            }
        }
        match self.section_words(self.original(), id, level, operators) {
            Some(found) => found,
            None => self.front_matter_words(item),
        }
    }

    fn section_words(
        &mut self,
        prose: Prose<'a>,
        id: &Id,
        level: u8,
        operators: Operators,
    ) -> Option<Found<'a>> {
        let index = *prose.edition.words.get(id)?;
        let section = prose.sections().get(index)?;
        Some(Found {
            title: section.title.html.to_string(),
            text: prose.text(index, level, operators, &mut self.faults),
            edition: Some(prose.edition),
        })
    }

    fn front_matter_words(&self, item: &Item) -> Found<'a> {
        let original = &self.prose.guide.original;
        let text = item.text.as_ref().map(|text| self.scene().fill(text, original, self.tongue()));
        let title = item.title.clone().unwrap_or_default();
        Found {
            edition: (!title.html.is_empty() || text.is_some()).then_some(original),
            title: title.html.into(),
            text: text.unwrap_or_default(),
        }
    }

    /// An item's title without tags, for a list of contents.
    pub fn plain_title(&self, item: &Item) -> String {
        let title = self.title(item);
        title.map_or_else(String::new, |title| title.plain.to_string())
    }

    /// The title that `words` finds.
    fn title<'i>(&'i self, item: &'i Item) -> Option<&'i Inline> {
        let Some(id) = item.id.as_ref().map(|id| &id.value) else { return item.title.as_ref() };
        if let Role::Translation(words) = &self.prose.edition.text.role {
            if let Some(words) = words.items.get(id)
                && (words.title.is_some() || words.text.is_some())
            {
                return words.title.as_ref();
            }
            if let Some(title) = self.section_title(self.prose, id) {
                return Some(title);
            }
        }
        self.section_title(self.original(), id).or(item.title.as_ref())
    }

    fn section_title(&self, prose: Prose<'a>, id: &Id) -> Option<&'a Inline> {
        let section = prose.sections().get(*prose.edition.words.get(id)?)?;
        Some(&section.title)
    }

    fn remedy(&self, condition: &Condition) -> String {
        let id = condition.item.id.as_ref().map(|id| &id.value);
        if let (Role::Translation(words), Some(id)) = (&self.prose.edition.text.role, id)
            && let Some(remedy) = words.items.get(id).and_then(|words| words.remedy.as_ref())
        {
            return remedy.html.to_string();
        }
        condition.remedy.as_ref().map_or_else(String::new, |remedy| remedy.html.to_string())
    }

    fn operator_name(&self, id: &OperatorId) -> String {
        let operator = self.scene().site.registry.operators.get(id);
        operator.map_or_else(
            || id.to_string(),
            |operator| operator.name.get(self.tongue().language).to_owned(),
        )
    }

    fn source_marks(&self, sources: &[Located<Id>]) -> Vec<SourceMarkView> {
        let listed = &self.prose.guide.facts().sources;
        let mark = |id: &Located<Id>| {
            let index = listed.iter().position(|source| source.id.value == id.value)?;
            let source = listed.get(index)?;
            Some(SourceMarkView {
                number: index + 1,
                url: format!("#source-{}", id.value),
                title: self.source_title(source),
            })
        };
        sources.iter().filter_map(mark).collect()
    }

    pub fn source_title(&self, source: &crate::model::guide::Source) -> String {
        if let Role::Translation(words) = &self.prose.edition.text.role
            && let Some(title) =
                words.items.get(&source.id.value).and_then(|words| words.title.as_ref())
        {
            return title.plain.to_string();
        }
        source.title.to_string()
    }

    pub fn condition(&mut self, condition: &Condition) -> ConditionView {
        ConditionView {
            item: self.item(&condition.item, 3, Operators::Within),
            effect: Effect::as_str(condition.effect),
            effect_label: self.word(&format!("effect_{}", condition.effect.as_str())),
            remedy_html: self.remedy(condition),
        }
    }

    pub fn material(&mut self, material: &Material) -> MaterialView {
        let mut item = self.item(&material.item, 3, Operators::Within);
        let term = material.term.as_ref().and_then(|term| self.term(&term.value));
        if let (true, Some(term)) = (item.title_html.is_empty(), &term) {
            item.title_html = escape(&term.title);
        }
        let places =
            material.places.iter().map(|place| self.word(&format!("place_{}", place.as_str())));
        let places = self.tongue().words.list(&places.collect::<Vec<_>>());
        MaterialView {
            item,
            optional: self.optional(material.optional),
            unless_html: material
                .unless
                .as_ref()
                .map(|id| self.unless(&id.value))
                .unwrap_or_default(),
            places,
            term,
        }
    }

    fn optional(&self, optional: bool) -> String {
        if optional { self.word("optional") } else { String::new() }
    }

    fn unless(&mut self, id: &Id) -> String {
        let conditions = &self.prose.guide.facts().eligibility;
        let condition =
            conditions.iter().find(|one| one.item.id.as_ref().is_some_and(|own| own.value == *id));
        let Some(condition) = condition else { return String::new() };
        let title = self.words(&condition.item, 6, Operators::Within).title;
        let link = format!("<a href=\"#{id}\">{title}</a>");
        fill_html(self.tongue().words.get("unless"), "condition", &link)
    }

    fn term(&self, id: &Id) -> Option<LinkView> {
        let term = self.scene().site.registry.terms.get(id)?;
        let url = self.scene().url(&PageKey::Glossary, self.tongue().index);
        Some(LinkView {
            title: term.term.get(self.tongue().language).to_owned(),
            url: format!("{url}#{id}"),
        })
    }

    pub fn task(&mut self, task: &Task) -> TaskView {
        TaskView {
            item: self.item(&task.item, 3, Operators::Within),
            optional: self.optional(task.optional),
            after: match task.after {
                Some(after) => {
                    let duration = registry::duration(self.tongue(), after);
                    self.tongue().words.fill("after", &[("duration", &duration)])
                }
                None => String::new(),
            },
        }
    }

    pub fn warning(&mut self, warning: &Warning) -> WarningView {
        WarningView {
            item: self.item(&warning.item, 4, Operators::Within),
            severity: Gravity::as_str(warning.gravity),
            severity_label: self.word(&format!("severity_{}", warning.gravity.as_str())),
        }
    }

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

    fn step_facts(&self, step: &Step) -> Vec<FactView> {
        let mut facts = Vec::new();
        self.duration_fact("time", step.duration, &mut facts);
        self.duration_fact("wait", step.wait, &mut facts);
        self.cost_fact(step.cost.as_ref(), &mut facts);
        facts
    }

    pub fn duration_fact(
        &self,
        kind: &'static str,
        duration: Option<Duration>,
        facts: &mut Vec<FactView>,
    ) {
        if let Some(duration) = duration {
            let value = registry::duration(self.tongue(), duration);
            facts.push(FactView { kind, label: self.word(&format!("fact_{kind}")), value });
        }
    }

    pub fn cost_fact(&self, cost: Option<&Cost>, facts: &mut Vec<FactView>) {
        if let Some(cost) = cost {
            let value = registry::cost(self.tongue(), cost);
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
            item.title_html = escape(&term.title);
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

    /// The guide's operators in their order, each with its words and its channels for this step.
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
            // A section for several operators has told this one's channels already.
            let told =
                |view: &StepOperatorView| view.ids.split(' ').any(|id| id == listed.value.as_str());
            if !found && !views.iter().any(told) {
                views.extend(self.operator_channels(&listed.value, step, level));
            }
        }
        views
    }

    /// The edition that has the step's section: the translation, else the original.
    fn prose_of(&self, step: &Step) -> Prose<'a> {
        let id = step.item.id.as_ref().map(|id| &id.value);
        let own = id.is_some_and(|id| self.prose.edition.words.contains_key(id));
        if own { self.prose } else { self.original() }
    }

    fn operator_section(
        &mut self,
        prose: Prose<'a>,
        index: usize,
        step: &Step,
        level: u8,
    ) -> Option<StepOperatorView> {
        let section = prose.sections().get(index)?;
        let registry = &self.scene().site.registry.operators;
        let operators: Vec<&Operator> =
            section.operators.iter().filter_map(|id| registry.get(&id.value)).collect();
        let channels = operators.iter().flat_map(|operator| self.chosen(operator, step)).collect();
        Some(StepOperatorView {
            ids: ids(section),
            anchor: self.prose.guide.anchor(section),
            title_html: section.title.html.to_string(),
            level,
            text_html: prose.text(index, (level + 1).min(6), Operators::Within, &mut self.faults),
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
        let operator = self.scene().site.registry.operators.get(id)?;
        let channels = self.chosen(operator, step);
        if channels.is_empty() {
            return None;
        }
        Some(StepOperatorView {
            ids: id.to_string(),
            anchor: String::new(),
            title_html: escape(operator.name.get(self.tongue().language)),
            level,
            text_html: String::new(),
            url: self.operator_url(id),
            channels,
        })
    }

    fn operator_url(&self, id: &OperatorId) -> String {
        self.scene().url(&PageKey::Operator(id.clone()), self.tongue().index).to_owned()
    }

    /// The operator's channels that the step asks for, in the registry's order.
    fn chosen(&self, operator: &Operator, step: &Step) -> Vec<Shared> {
        let wanted = |channel: &Channel| {
            step.channels.iter().any(|choice| match &choice.value {
                ChannelChoice::Kind(kind) => *kind == channel.kind,
                ChannelChoice::One(of, id) => *of == operator.id && *id == channel.id.value,
            })
        };
        registry::channels_of(self.tongue(), operator, wanted)
    }
}
