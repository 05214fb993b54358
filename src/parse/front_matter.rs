//! Reads one file of a guide: the front matter field by field, then the body.

use std::sync::Arc;

use crate::model::address::{Address, check_name};
use crate::model::config::Config;
use crate::model::date::{Cost, Date};
use crate::model::diagnostic::{Code, Outcome};
use crate::model::fold::nfc;
use crate::model::guide::{Facts, PublishDates, Role, Translation};
use crate::model::id::{CountryCode, GuideId, Id, OperatorId};
use crate::model::language::Language;
use crate::model::markup::Links;
use crate::model::region::Regions;
use crate::model::source::SourcePath;
use crate::model::span::{Located, Span};
use crate::model::unit::{PageWording, Wording};
use crate::model::vocabulary::Choose;
use crate::parse::fields::{Faults, Fields};
use crate::parse::items::{COST, ItemReader, OPERATOR, WORD};
use crate::parse::provenance::{review, sources};
use crate::parse::words::{facts_elsewhere, words};
use crate::parse::yaml::{self, Excerpt, Node, Yaml};
use crate::parse::{body, escapes, lints, slips, wording};

/// Reads the file at `path`, whose name is the tag of `language`. The result is a translation, whatever is
/// wrong with the file.
pub fn translation(
    path: &SourcePath,
    source: &str,
    language: Language,
    config: &Config,
) -> Outcome<Translation> {
    let mut faults = Faults::new(path);
    let mut links = Links::default();
    let mut regions = Vec::new();
    let guide = guide_of(path);
    let (front, start) = split(source, config, &mut faults);
    let root = read(front, path, config, &mut faults);
    let mut translation = {
        let mut reader = ItemReader {
            faults: &mut faults,
            links: &mut links,
            regions: &mut regions,
            source,
            languages: &config.languages,
            bare_links: config.bare_links,
        };
        let fields = root.as_ref().and_then(|root| Fields::open(root, "a guide", reader.faults));
        if let Some(root) = &root {
            let direction = language.direction();
            escapes::check(root, source, direction, reader.regions, reader.faults);
        }
        match fields {
            Some(fields) => head(fields, &guide, language, &mut reader),
            None => untitled(guide, language, path),
        }
    };
    let text = source.get(start..).unwrap_or("");
    translation.body =
        body::read(text, start, config.bare_links, (&mut links, &mut regions), &mut faults);
    regions.sort_unstable_by_key(|region| (region.span.start, region.kind));
    slips::check(source, &regions, &mut faults);
    let has_todo = faults.todos(source);
    wording::body(text, start, has_todo, &mut translation);
    links.shrink_to_fit();
    translation.links = links;
    translation.allows = lints::allows(source, start, &mut faults).into();
    translation.size = source.len();
    translation.regions = regions.into();
    translation.body_start = Span::new(start, start).start;
    Outcome::new(translation, faults.list)
}

/// The guide that a file belongs to: for `guides/al/cancel-sim/en.md` it is `al/cancel-sim`.
fn guide_of(path: &SourcePath) -> GuideId {
    let folder = path.folder().strip_prefix("guides").unwrap_or("").trim_start_matches('/');
    GuideId::parse(folder).unwrap_or_else(empty_guide)
}

fn empty_guide() -> GuideId {
    // The empty id names the home page and is always valid.
    GuideId::parse("").unwrap_or_else(|| unreachable!("the home page has an id"))
}

pub(super) fn untitled(guide: GuideId, language: Language, path: &SourcePath) -> Translation {
    Translation {
        path: path.clone(),
        size: 0,
        title: Located::new(Arc::from(guide.name()), Span::default()),
        guide,
        language,
        summary: None,
        slug: None,
        draft: false,
        role: Role::Original(Box::default()),
        search_words: Box::default(),
        readable: false,
        body: crate::model::guide::Body::default(),
        links: Links::default(),
        wording: PageWording::default(),
        regions: Regions::default(),
        body_start: 0,
        allows: Box::default(),
    }
}

/// The text between the first two `---` lines with its position, and where the body begins.
pub fn split<'a>(
    source: &'a str,
    config: &Config,
    faults: &mut Faults<'_>,
) -> (Option<Located<&'a str>>, usize) {
    let mut lines = source.split_inclusive('\n');
    let first = lines.next().unwrap_or("");
    if first.trim_end() != "---" {
        let span = Span::new(0, first.trim_end().len());
        let (message, hint) = match source.trim_start().starts_with("---") {
            true => (
                "the front matter does not begin in the first line",
                "take out what stands above the first `---`",
            ),
            false => (
                "this file has no front matter",
                "begin the file with `---`, `title: …`, and another `---` line",
            ),
        };
        faults.hint(Code::MissingFrontMatter, span, message, hint);
        return (None, 0);
    }
    let start = first.len();
    let mut end = start;
    for line in lines {
        if line.trim_end() == "---" {
            let span = Span::new(start, end);
            let front = source.get(start..end).unwrap_or("");
            if front.len() > config.limits.front_matter {
                let message = format!(
                    "the front matter has {} KiB; the limit is {} KiB",
                    front.len().div_ceil(1 << 10),
                    config.limits.front_matter >> 10
                );
                let hint = "move long texts into the body, or raise `limits: {front_matter: …}` in `site.yaml`";
                faults.hint(Code::FrontMatterTooLarge, Span::new(0, 3), message, hint);
                return (None, end + line.len());
            }
            return (Some(Located::new(front, span)), end + line.len());
        }
        end += line.len();
    }
    let hint = "end it with a line `---` before the text";
    faults.hint(Code::MissingFrontMatter, Span::new(0, 3), "the front matter has no end", hint);
    (None, source.len())
}

fn read(
    front: Option<Located<&str>>,
    path: &SourcePath,
    config: &Config,
    faults: &mut Faults<'_>,
) -> Option<Node> {
    let front = front?;
    let excerpt = Excerpt { path, text: front.value, offset: front.span.start as usize };
    match yaml::parse(excerpt, config.limits.depth) {
        Ok(Node { span, value: Yaml::Null }) => Some(Node { span, value: Yaml::Map(Vec::new()) }),
        Ok(node) => Some(node),
        Err(fault) => {
            faults.list.push(fault);
            None
        }
    }
}

fn head(
    mut fields: Fields<'_>,
    guide: &GuideId,
    language: Language,
    reader: &mut ItemReader<'_, '_>,
) -> Translation {
    let path = reader.faults.path;
    let mut translation = Translation { readable: true, ..untitled(guide.clone(), language, path) };
    let title = match fields.node("title") {
        Some(node) => crate::parse::items::one_line(node, "title", reader.faults),
        None => fields.required("title", reader.faults),
    };
    if let Some(title) = title {
        reader.plain("title", &title);
        translation.wording.title.add(&title.value, title.span);
        translation.title = Located::new(Arc::from(title.value), title.span);
    }
    let summary = fields
        .node("summary")
        .and_then(|node| crate::parse::items::one_line(node, "summary", reader.faults));
    if let Some(summary) = &summary {
        reader.plain("summary", summary);
    }
    translation.wording.summary = Wording::of([&summary]);
    translation.summary = summary.map(|summary| Arc::from(summary.value));
    translation.slug =
        fields.value("slug", "one segment of an address, without `/`", slug, reader.faults);
    translation.search_words = search_words(&mut fields, reader.faults);
    translation.role = if fields.becomes("a translation", "translation") {
        let words = words(&mut fields, reader);
        facts_elsewhere(&fields, &words, guide, reader.faults);
        Role::Translation(words)
    } else {
        translation.draft = fields.flag("draft", reader.faults);
        let facts = facts(&mut fields, reader);
        fields.close(reader.faults);
        Role::Original(Box::new(facts))
    };
    translation
}

fn search_words(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Box<[Arc<str>]> {
    let node = fields.node("search");
    let Some(mut fields) = node.and_then(|node| Fields::open(node, "`search`", faults)) else {
        return Box::default();
    };
    let words = fields.texts("words", faults).into_iter().map(|word| Arc::from(word.value));
    let words = words.collect();
    fields.close(faults);
    words
}

fn slug(text: &str) -> Option<String> {
    let sound = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let slug = nfc(&text.to_lowercase());
    (check_name(&slug).is_ok() && slug.chars().all(sound)).then_some(slug)
}

fn facts(fields: &mut Fields<'_>, reader: &mut ItemReader<'_, '_>) -> Facts {
    let mut facts = Facts { aliases: aliases(fields, reader.faults), ..Facts::default() };
    facts.tags = fields.values("tags", WORD, Id::parse, reader.faults);
    let country = |text: &str| CountryCode::parse(&text.to_ascii_lowercase());
    facts.country =
        fields.value("country", "two letters (ISO 3166), like `AL`", country, reader.faults);
    facts.audience = fields.words("audience", reader.faults);
    facts.plans = fields.words("plans", reader.faults);
    facts.operators = fields.values("operators", OPERATOR, OperatorId::parse, reader.faults);
    time(fields, &mut facts, reader);
    facts.cost = fields.value("cost", COST, Cost::parse, reader.faults).map(|cost| cost.value);
    facts.difficulty = fields.word("difficulty", reader.faults);
    facts.eligibility = {
        let nodes = fields.list("eligibility", reader.faults);
        reader.conditions(nodes)
    };
    facts.materials = {
        let nodes = fields.list("materials", reader.faults);
        reader.materials(nodes)
    };
    facts.before = {
        let nodes = fields.list("before", reader.faults);
        reader.tasks(nodes)
    };
    facts.steps = {
        let nodes = fields.list("steps", reader.faults);
        reader.steps(nodes)
    };
    facts.choose = fields.word::<Choose>("choose", reader.faults);
    facts.warnings = {
        let nodes = fields.list("warnings", reader.faults);
        reader.warnings(nodes)
    };
    facts.followups = {
        let nodes = fields.list("followups", reader.faults);
        reader.tasks(nodes)
    };
    facts.faq = {
        let nodes = fields.list("faq", reader.faults);
        reader.questions(nodes)
    };
    let guide =
        |text: &str| GuideId::parse(text.trim_matches('/')).filter(|id| !id.as_str().is_empty());
    facts.related = fields.values(
        "related",
        "the path of a guide, like `al/port-number`",
        guide,
        reader.faults,
    );
    facts.published = published(fields, reader.faults);
    if let Some(node) = fields.node("sources") {
        facts.sources = sources(node, reader.faults);
    }
    facts.review = fields.node("review").and_then(|node| review(node, reader));
    facts.extra = fields.extra();
    facts
}

/// The days between which readers have the guide; the last cannot come before the first.
fn published(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> PublishDates {
    let form = "a day, like `2027-06-30`";
    let from = fields.value("publish_from", form, day, faults);
    let until = fields.value("publish_until", form, day, faults);
    if let (Some(from), Some(until)) = (from, until)
        && until.value < from.value
    {
        let message = format!("`publish_until` is before `publish_from`: {}", until.value);
        let hint = "write a later day, or take one of the two out";
        faults.hint(Code::BadValue, until.span, message, hint);
        return PublishDates { from: Some(from), until: None };
    }
    PublishDates { from, until }
}

/// Old addresses: each that could be none is a fault of its own.
fn aliases(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Vec<Located<Address>> {
    let mut aliases = Vec::new();
    for text in fields.texts("aliases", faults) {
        match Address::parse(text.value.trim()) {
            Ok(address) => aliases.push(Located::new(address, text.span)),
            Err(flaw) => {
                let message = format!("the old address `{}` {flaw}", text.value);
                faults.hint(Code::BadAddress, text.span, message, flaw.hint());
            }
        }
    }
    aliases
}

fn time(fields: &mut Fields<'_>, facts: &mut Facts, reader: &mut ItemReader<'_, '_>) {
    let Some(node) = fields.node("time") else {
        return;
    };
    let Some(mut time) = Fields::open(node, "`time`", reader.faults) else {
        return;
    };
    facts.active = reader.duration(&mut time, "active");
    facts.wait = reader.duration(&mut time, "wait");
    time.close(reader.faults);
}

/// A full date with its day.
pub fn day(text: &str) -> Option<Date> {
    Date::parse(text).filter(|date| date.day.is_some())
}
