//! The first answer of a guide, and the legends of its blocks.

use crate::model::guide::Facts;
use crate::model::operator::{Channel, Operator};
use crate::model::site::PageKey;
use crate::model::vocabulary::{Block, ChannelKind, Choose, Confidence, Show, Vocabulary};
use crate::render::context::local;
use crate::render::guide_view::{
    AnswerOperatorView, AnswerView, BlockView, ItemView, StepView, StepsView, WarningView,
};
use crate::render::items::ItemWriter;
use crate::render::registry;
use crate::render::steps::asks_for;
use crate::render::templates::Html;
use crate::render::view::{EmergencyView, LinkView};

pub fn answer(writer: &mut ItemWriter<'_>) -> AnswerView {
    let facts = writer.prose.guide.facts();
    let registry = &writer.context().site.registry;
    let operators = facts.operators.iter().filter_map(|id| registry.operators.get(&id.value));
    let operators: Vec<AnswerOperatorView> =
        operators.filter_map(|operator| numbers(writer, facts, operator)).collect();
    let several = operators.iter().any(|operator| operator.channels.len() > 1);
    AnswerView {
        choice: facts.operators.len() > 1 && is_cut(writer, facts),
        advice: if several { writer.word("other_number") } else { String::new() },
        operators,
        emergency: emergency(writer, facts),
        start: start(writer, facts),
        needs: needs(writer, facts),
    }
}

fn is_cut(writer: &ItemWriter<'_>, facts: &Facts) -> bool {
    let sections = writer.prose.sections().iter().any(|section| !section.operators.is_empty());
    let items = facts.items().iter().any(|(_, item)| !item.operators.is_empty());
    let steps = facts.all_steps().iter().any(|step| !step.channels.is_empty());
    sections || items || steps
}

/// The first telephone number that a step asks for, with the next one if it has the same name.
fn numbers(
    writer: &ItemWriter<'_>,
    facts: &Facts,
    operator: &Operator,
) -> Option<AnswerOperatorView> {
    let locale = writer.locale();
    let steps = facts.all_steps();
    let wanted = |channel: &&Channel| {
        let dialled = channel.kind == ChannelKind::Phone && channel.value.is_some();
        dialled && steps.iter().any(|step| asks_for(step, operator, channel))
    };
    let mut found = operator.channels.iter().filter(wanted);
    let first = found.next();
    let name = |channel: &Channel| channel.name.get(locale.language).to_owned();
    let alike = found.take_while(|one| first.is_some_and(|first| name(one) == name(first)));
    let ids: Vec<_> = first.into_iter().chain(alike.take(1)).map(|one| &one.id.value).collect();
    // An operator that the steps do not use cannot be the answer.
    let asked = |one: &Channel| steps.iter().any(|step| asks_for(step, operator, one));
    operator.channels.iter().any(asked).then(|| AnswerOperatorView {
        id: operator.id.to_string(),
        name: local(&operator.name, locale.language),
        url: writer.context().url(&PageKey::Operator(operator.id.clone()), locale.index).to_owned(),
        channels: registry::channels_of(locale, operator, |one| ids.contains(&&one.id.value)),
    })
}

fn emergency(writer: &ItemWriter<'_>, facts: &Facts) -> Vec<EmergencyView> {
    let shown = |section: &crate::model::guide::Section| section.show == Some(Show::Emergency);
    let country = facts.country.as_ref().filter(|_| writer.prose.sections().iter().any(shown));
    let countries = &writer.context().site.registry.countries;
    let country = country.and_then(|code| countries.get(&code.value));
    let numbers = country.map(|country| registry::emergency(writer.locale(), country));
    numbers.into_iter().flatten().take(1).collect()
}

fn start(writer: &ItemWriter<'_>, facts: &Facts) -> Option<LinkView> {
    let first = facts.steps.first()?;
    Some(match facts.choose {
        Some(Choose::One) => LinkView {
            title: writer.word("choose_one"),
            url: format!("#{}", Block::Steps.as_str()),
        },
        _ => LinkView {
            title: writer.word("go_to_steps"),
            url: format!(
                "#{}",
                first.item.id.as_ref().map_or(Block::Steps.as_str(), |id| id.value.as_str())
            ),
        },
    })
}

fn needs(writer: &mut ItemWriter<'_>, facts: &Facts) -> Vec<Html> {
    let needed = facts.materials.iter().filter(|material| !material.optional);
    needed.map(|material| writer.material(material).item.title_html).collect()
}

/// The legend “Not verified”, where a block says so more than once; otherwise empty.
pub fn legend(writer: &ItemWriter<'_>, block: &BlockView) -> String {
    let conditions = block.conditions.iter().map(|one| doubtful(&one.item));
    let materials = block.materials.iter().map(|one| doubtful(&one.item));
    let tasks = block.tasks.iter().map(|one| doubtful(&one.item));
    let questions = block.questions.iter().map(doubtful);
    let items: usize = conditions.chain(materials).chain(tasks).chain(questions).sum();
    match items + block.steps.as_ref().map_or(0, doubtful_steps) {
        0 | 1 => String::new(),
        _ => registry::confidence(writer.locale(), Some(Confidence::Unverified)),
    }
}

fn doubtful(item: &ItemView) -> usize {
    usize::from(item.confidence_kind == Confidence::Unverified.as_str())
}

fn doubtful_steps(steps: &StepsView) -> usize {
    steps.steps.iter().map(doubtful_step).sum()
}

fn doubtful_step(step: &StepView) -> usize {
    let fields = step.fields.iter().map(|field| doubtful(&field.item));
    let ways = step.verify.iter().map(|way| doubtful(&way.item));
    let warnings = step.warnings.iter().map(|WarningView { item, .. }| doubtful(item));
    let checks = step.checks.iter().map(doubtful);
    let own: usize = fields.chain(ways).chain(warnings).chain(checks).sum();
    doubtful(&step.item) + own + step.steps.as_ref().map_or(0, doubtful_steps)
}
