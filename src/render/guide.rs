//! The view of a guide: prose and blocks in the order of the page.

use std::collections::BTreeMap;

use crate::model::site::Guide;
use crate::model::vocabulary::{Block, Choose, Vocabulary};
use crate::render::context::{Locale, RenderContext, local};
use crate::render::dial::link_numbers;
use crate::render::guide_view::{
    BlockView, FactView, GuideView, OperatorChoiceView, ProseView, ReviewView, SourcesView,
};
use crate::render::items::ItemWriter;
use crate::render::pictures::{link_pictures, offer_smaller};
use crate::render::prose::{BodyProse, Operators};
use crate::render::templates::{Html, TemplateFaults};
use crate::render::term_links::link_terms;
use crate::render::view::ContentsView;
use crate::render::{answer, registry};

/// The blocks that a page shows as such, in order.
const SHOWN: [Block; 6] = [
    Block::Eligibility,
    Block::Materials,
    Block::Before,
    Block::Steps,
    Block::Followups,
    Block::Faq,
];

/// A guide's view and its table of contents.
pub struct DrawnGuide {
    pub view: GuideView,
    pub contents: Vec<ContentsView>,
    pub faults: TemplateFaults,
}

/// Draws a guide in the words of `locale`; links that lead away from it have titles in the reader's
/// language.
pub fn draw<'a>(
    context: &'a RenderContext<'a>,
    locale: &'a Locale<'a>,
    reader: &'a Locale<'a>,
    guide: &'a Guide,
) -> DrawnGuide {
    let edition = guide.edition(reader.language);
    let prose = BodyProse { context, locale, guide, edition, lender: None };
    let mut writer = ItemWriter { prose, faults: Vec::new() };
    let facts = guide.facts();
    let answer = answer::answer(&mut writer);
    let mut parts = parts(&mut writer);
    let mut contents = parts.lead.contents;
    let mut blocks = Vec::new();
    for kind in SHOWN {
        let Some(mut block) = block(&mut writer, kind) else { continue };
        contents.push(ContentsView {
            title: block_title_plain(&writer, kind),
            anchor: kind.as_str().to_owned(),
            children: if kind == Block::Steps { step_contents(&mut writer) } else { Vec::new() },
        });
        if let Some(after) = parts.after.remove(&kind) {
            block.after_html = after.html.into();
            contents.extend(after.contents);
        }
        blocks.push(block);
    }
    let sources = sources(&mut writer);
    if let Some(sources) = &sources {
        let anchor = Block::Sources.as_str().to_owned();
        contents.push(ContentsView { title: sources.title.clone(), anchor, children: Vec::new() });
    }
    let mut view = GuideView {
        id: guide.id.to_string(),
        summary: edition.text.summary.as_deref().unwrap_or_default().to_owned(),
        answer,
        facts: guide_facts(&writer, guide),
        tags: facts.tags.iter().filter_map(|tag| reader.tags.get(&tag.value).cloned()).collect(),
        operators: choices(context, locale, guide),
        warnings: facts
            .warnings
            .iter()
            .filter(|warning| warning.at.is_none())
            .map(|warning| writer.warning(warning))
            .collect(),
        lead_html: parts.lead.html.into(),
        lead: parts.lead.sections,
        blocks,
        footnotes_html: footnotes(context, locale, guide).into(),
        sources,
        review: review(context, locale, guide),
        related: context.guide_links(facts.related.iter().map(|one| &one.value), reader),
        shows_rare: false,
        extra: facts.extra.clone(),
    };
    view.shows_rare = view.has_rare();
    view.texts(&mut |html, _| {
        if let Some(linked) = link_pictures(html) {
            *html = linked.into();
        }
        if let Some(offered) = offer_smaller(html, &context.site.routes) {
            *html = offered.into();
        }
    });
    link_terms(context, locale, reader, &mut view);
    DrawnGuide { view, contents, faults: writer.faults }
}

/// The prose of the body, sorted by where it is shown.
#[derive(Default)]
struct ProseParts {
    lead: BodyPart,
    after: BTreeMap<Block, BodyPart>,
}

#[derive(Default)]
struct BodyPart {
    html: String,
    /// The sections that are folded to their headings.
    sections: Vec<ProseView>,
    contents: Vec<ContentsView>,
}

/// The prose before the section of the first item is the lead; the rest follows the block of the item
/// before it.
fn parts(writer: &mut ItemWriter<'_>) -> ProseParts {
    let prose = writer.prose;
    let body = &prose.edition.text.body;
    let items = prose.guide.facts().items();
    let mut parts = ProseParts::default();
    let texts = body.sections.iter().map(|section| &section.text).chain([&body.lead]);
    parts
        .lead
        .html
        .reserve(texts.map(|text| text.html.len() + (text.notes.slot_count() + 1) * 64).sum());
    let BodyProse { context, edition, locale, lender, .. } = prose;
    context.fill_into(&mut parts.lead.html, &body.lead, edition, locale, lender);
    let country = prose.guide.facts().country.as_ref().map(|code| &code.value);
    link_numbers(context, country, &mut parts.lead.html, 0);
    let mut last: Option<Block> = None;
    let mut index = 0;
    while let Some(section) = body.sections.get(index) {
        let below = body.below(index);
        if prose.is_named(section) {
            let id = section.id.as_ref().map_or("", |id| id.value.as_str());
            let of_item = items
                .iter()
                .find(|(_, item)| item.id.as_ref().is_some_and(|own| own.value.as_str() == id));
            let block = Block::parse(id).or(of_item.map(|(block, _)| *block));
            last = block.filter(|block| SHOWN.contains(block) && has(writer, *block)).or(last);
        } else {
            let part = match last {
                None => &mut parts.lead,
                Some(block) => parts.after.entry(block).or_default(),
            };
            let end = part.html.len();
            if end > 0 && part.contents.is_empty() {
                // This follows the text before the first heading.
                part.html.push('\n');
            }
            let start = part.html.len();
            prose.section(index, 2, &mut part.html, &mut writer.faults);
            if part.html.len() > start {
                let title = section.title.plain.to_string();
                let anchor = prose.guide.anchor(section).into_owned();
                part.contents.push(ContentsView { title, anchor, children: Vec::new() });
                if last.is_none() && has(writer, Block::Steps) {
                    part.sections.push(folded(&part.html.split_off(start)));
                }
            } else {
                part.html.truncate(end);
            }
            // A heading without an id above items is placed where those items are.
            let inner = body.sections.get(below.clone()).unwrap_or_default();
            let named = inner.iter().rev().find(|section| prose.is_named(section));
            if let Some(id) = named.and_then(|section| section.id.as_ref()) {
                let of_item = items
                    .iter()
                    .find(|(_, item)| item.id.as_ref().is_some_and(|own| own.value == id.value));
                last =
                    of_item.map(|(block, _)| *block).filter(|block| SHOWN.contains(block)).or(last);
            }
        }
        index = below.end;
    }
    parts
}

/// A section with its heading cut off. A section for an operator stays whole.
fn folded(html: &str) -> ProseView {
    let end = if html.starts_with("<h2") { html.find("</h2>\n") } else { None };
    let (heading, text) = html.split_at(end.map_or(0, |end| end + "</h2>\n".len()));
    ProseView {
        heading_html: heading.trim_end().to_owned().into(),
        text_html: text.trim_end().to_owned().into(),
    }
}

fn has(writer: &ItemWriter<'_>, kind: Block) -> bool {
    let facts = writer.prose.guide.facts();
    match kind {
        Block::Eligibility => !facts.eligibility.is_empty(),
        Block::Materials => !facts.materials.is_empty(),
        Block::Before => !facts.before.is_empty(),
        Block::Steps => !facts.steps.is_empty(),
        Block::Followups => !facts.followups.is_empty(),
        Block::Faq => !facts.faq.is_empty(),
        Block::Warnings | Block::Sources => false,
    }
}

fn block(writer: &mut ItemWriter<'_>, kind: Block) -> Option<BlockView> {
    if !has(writer, kind) {
        return None;
    }
    let (title, intro_html) = block_words(writer, kind);
    let facts = writer.prose.guide.facts();
    let mut view = BlockView {
        kind: kind.as_str(),
        title,
        legend: String::new(),
        intro_html: intro_html.into(),
        conditions: Vec::new(),
        materials: Vec::new(),
        tasks: Vec::new(),
        steps: None,
        questions: Vec::new(),
        after_html: Html::default(),
    };
    match kind {
        Block::Eligibility => {
            view.conditions = facts.eligibility.iter().map(|one| writer.condition(one)).collect()
        }
        Block::Materials => {
            view.materials = facts.materials.iter().map(|one| writer.material(one)).collect()
        }
        Block::Before => view.tasks = facts.before.iter().map(|one| writer.task(one)).collect(),
        Block::Followups => {
            view.tasks = facts.followups.iter().map(|one| writer.task(one)).collect()
        }
        Block::Faq => {
            view.questions =
                facts.faq.iter().map(|one| writer.item(one, 4, Operators::Within)).collect();
        }
        Block::Steps => {
            view.steps = writer.steps(&facts.steps, facts.choose.unwrap_or(Choose::All), 3)
        }
        Block::Warnings | Block::Sources => {}
    }
    view.legend = answer::legend(writer, &view);
    Some(view)
}

/// A block's heading (as plain text, even if it has inline HTML) and the words before its entries.
fn block_words(writer: &mut ItemWriter<'_>, kind: Block) -> (String, String) {
    let title = block_title_plain(writer, kind);
    let prose = writer.prose;
    let index = prose.edition.words.get(kind.as_str()).copied();
    let intro = index.map(|index| prose.text(index, 3, Operators::Within, &mut writer.faults));
    (title, intro.unwrap_or_default())
}

fn block_title_plain(writer: &ItemWriter<'_>, kind: Block) -> String {
    let prose = writer.prose;
    let section =
        prose.edition.words.get(kind.as_str()).and_then(|index| prose.sections().get(*index));
    match section {
        Some(section) => section.title.plain.to_string(),
        None => prose.locale.words.get(&format!("block_{}", kind.as_str())).to_owned(),
    }
}

fn step_contents(writer: &mut ItemWriter<'_>) -> Vec<ContentsView> {
    let steps = &writer.prose.guide.facts().steps;
    let entry = |step: &crate::model::guide::Step| {
        let anchor = step.item.id.as_ref()?.value.to_string();
        Some(ContentsView { title: writer.plain_title(&step.item), anchor, children: Vec::new() })
    };
    steps.iter().filter_map(entry).collect()
}

fn guide_facts(writer: &ItemWriter<'_>, guide: &Guide) -> Vec<FactView> {
    let locale = writer.prose.locale;
    let words = &locale.words;
    let facts = guide.facts();
    let mut views = Vec::new();
    let mut push = |kind: &'static str, value: String| {
        if !value.is_empty() {
            views.push(FactView {
                kind,
                label: words.get(&format!("fact_{kind}")).to_owned(),
                value,
            });
        }
    };
    let audience = facts
        .audience
        .iter()
        .map(|one| words.get(&format!("audience_{}", one.as_str())).to_owned());
    push("audience", words.list(&audience.collect::<Vec<_>>()));
    push("plans", registry::plans(locale, &facts.plans));
    writer.duration_fact("time", facts.active, &mut views);
    writer.duration_fact("wait", facts.wait, &mut views);
    writer.cost_fact(facts.cost.as_ref(), &mut views);
    if let Some(difficulty) = facts.difficulty {
        let value = words.get(&format!("difficulty_{}", difficulty.as_str())).to_owned();
        views.push(FactView {
            kind: "difficulty",
            label: words.get("fact_difficulty").to_owned(),
            value,
        });
    }
    writer.unknown_once(views)
}

fn choices(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    guide: &Guide,
) -> Vec<OperatorChoiceView> {
    let operators = guide.facts().operators.iter();
    let choices: Vec<OperatorChoiceView> = operators
        .filter_map(|id| context.site.registry.operators.get(&id.value))
        .map(|operator| OperatorChoiceView {
            id: operator.id.to_string(),
            name: local(&operator.name, locale.language),
            short_name: local(&operator.short_name, locale.language),
            url: context
                .url(&crate::model::site::PageKey::Operator(operator.id.clone()), locale.index)
                .to_owned(),
        })
        .collect();
    choices
}

fn footnotes(context: &RenderContext<'_>, locale: &Locale<'_>, guide: &Guide) -> String {
    let edition = guide.edition(locale.language);
    let notes = &edition.text.body.footnotes;
    if notes.is_empty() {
        return String::new();
    }
    let title = locale.words.get("footnotes");
    let list = context.fill(notes, edition, locale);
    format!(
        "<section class=\"footnotes\">\n<h2 id=\"footnotes\">{title}</h2>\n<ol>\n{list}\n</ol>\n</section>"
    )
}

fn sources(writer: &mut ItemWriter<'_>) -> Option<SourcesView> {
    let prose = writer.prose;
    let facts = prose.guide.facts();
    let mut view = registry::sources(prose.context, prose.locale, &facts.sources, |source| {
        writer.source_title(source)
    })?;
    view.title = block_title_plain(writer, Block::Sources);
    if let Some(index) = prose.edition.words.get(Block::Sources.as_str()) {
        view.intro_html = prose.text(*index, 3, Operators::Within, &mut writer.faults).into();
    }
    Some(view)
}

fn review(context: &RenderContext<'_>, locale: &Locale<'_>, guide: &Guide) -> Option<ReviewView> {
    let review = guide.facts().review.as_ref()?;
    let words = &locale.words;
    let verified = review.verified.map(|date| date.value);
    let every = review.every.or(context.site.config.review_every);
    let who = match &guide.edition(locale.language).text.role {
        crate::model::guide::Role::Translation(words) => words
            .items
            .get("review")
            .and_then(|words| words.title.as_ref())
            .map(|title| title.plain.to_string()),
        crate::model::guide::Role::Original(_) => None,
    };
    let own = || Some(review.by.get(locale.language).to_owned());
    let who = who.or_else(own).filter(|who| !who.is_empty());
    Some(ReviewView {
        verified: verified
            .map(|date| words.fill("verified_on", &[("date", &locale.dates.write(date))]))
            .unwrap_or_default(),
        verified_iso: verified.map(|date| date.to_string()).unwrap_or_default(),
        by: who.map(|who| words.fill("verified_by", &[("who", &who)])).unwrap_or_default(),
        every: every
            .map(|every| {
                words.fill("review_every", &[("duration", &registry::interval(locale, every))])
            })
            .unwrap_or_default(),
        overdue: overdue(context, guide),
    })
}

/// Whether the day of the next review has passed.
pub fn overdue(context: &RenderContext<'_>, guide: &Guide) -> bool {
    guide.review_due(&context.site.config).is_some_and(|review| review.is_overdue(context.today))
}
