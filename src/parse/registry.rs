//! Reads the registry: countries, operators, terms.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::date::Date;
use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::id::{CountryCode, Id, OperatorId};
use crate::model::language::Language;
use crate::model::operator::{
    Channel, Country, Emergency, FormerName, Operator, Registry, Regulator, Term,
};
use crate::model::source::{SourcePath, Sources};
use crate::model::span::{Located, Span};
use crate::model::vocabulary::{ChannelKind, OperatorStatus};
use crate::parse::escapes;
use crate::parse::fields::{Faults, Fields};
use crate::parse::front_matter::day;
use crate::parse::items::{OPERATOR, WORD};
use crate::parse::local::{TAG, lists, words};
use crate::parse::provenance::{sources as read_sources, web_address};
use crate::parse::yaml::{self, Excerpt, Node, Yaml};

const FOLDER: &str = "guides/operators/";
const GLOSSARY: &str = "guides/glossary.yaml";
const DATE: &str = "a year, a month or a day, like `2015-07`";

/// Reads everything below `guides/operators/`, and `guides/glossary.yaml`.
pub fn registry(sources: &Sources, config: &Config) -> Outcome<Registry> {
    let mut registry = Registry::default();
    let mut diagnostics = Vec::new();
    for (path, source) in sources.texts_below(FOLDER) {
        let inner = path.as_str().strip_prefix(FOLDER).unwrap_or_default();
        let mut faults = Faults::new(path);
        if let Some(name) = inner.strip_suffix(".yaml") {
            entry(name, source, config, &mut registry, &mut faults);
        } else {
            let hint = match inner.strip_suffix(".yml") {
                Some(name) => format!("name it `operators/{name}.yaml`"),
                None => "a country is `operators/al.yaml`, an operator `operators/al/one.yaml`"
                    .to_owned(),
            };
            faults.hint(
                Code::StrayFile,
                Default::default(),
                "this file is not part of the registry",
                hint,
            );
        }
        diagnostics.append(&mut faults.list);
    }
    if let Some((path, source)) = sources.texts.get_key_value(GLOSSARY) {
        let mut faults = Faults::new(path);
        registry.terms = glossary(path, source, config, &mut faults);
        diagnostics.append(&mut faults.list);
    }
    Outcome::new(registry, diagnostics)
}

fn entry(
    name: &str,
    source: &str,
    config: &Config,
    registry: &mut Registry,
    faults: &mut Faults<'_>,
) {
    faults.todos(source);
    let excerpt = Excerpt { path: faults.path, text: source, offset: 0 };
    let mut unheard = Faults::new(faults.path);
    let (root, faults) = match yaml::parse(excerpt, config.limits.depth) {
        Ok(root) => {
            escapes::file(&root, source, faults);
            (root, faults)
        }
        // The country or operator is there all the same; what it lacks is not told.
        Err(fault) => {
            faults.list.push(fault);
            (Node { span: Span::default(), value: Yaml::Map(Vec::new()) }, &mut unheard)
        }
    };
    if let Some(code) = CountryCode::parse(name) {
        if let Some(country) = country(&root, code, config, faults) {
            registry.countries.insert(country.code.clone(), country);
        }
    } else if let Some(id) = OperatorId::parse(name) {
        if let Some(operator) = operator(&root, id, config, faults) {
            registry.operators.insert(operator.id.clone(), operator);
        }
    } else {
        let hint = "name it by country and operator in lower case: `operators/al/one.yaml`";
        let message = format!("`{name}` is no country and no operator");
        faults.hint(Code::StrayFile, Default::default(), message, hint);
    }
}

fn country(
    root: &Node,
    code: CountryCode,
    config: &Config,
    faults: &mut Faults<'_>,
) -> Option<Country> {
    let languages = &config.languages;
    let mut fields = Fields::open(root, "a country", faults)?;
    let span = fields.entry("name").map_or(root.span, |entry| entry.key_span);
    if fields.node("name").is_none() {
        fields.required("name", faults);
    }
    let mut text = |name, faults: &mut Faults<'_>| {
        fields.text(name, faults).map(|text| Arc::<str>::from(text.value))
    };
    let (calling_code, mcc, currency) =
        (text("calling_code", faults), text("mcc", faults), text("currency", faults));
    let country = Country {
        code,
        path: faults.path.clone(),
        span,
        name: words(&mut fields, "name", languages, faults),
        aliases: {
            let aliases = fields.texts("aliases", faults).into_iter();
            aliases.map(|alias| Arc::from(alias.value)).collect()
        },
        calling_code,
        mcc,
        currency,
        emergency: {
            let nodes = fields.list("emergency", faults);
            let emergency: Vec<Emergency> =
                nodes.iter().filter_map(|node| emergency(node, languages, faults)).collect();
            distinct(emergency.iter().map(|one| &one.id), faults);
            emergency
        },
        regulator: fields.node("regulator").and_then(|node| regulator(node, languages, faults)),
        extra: fields.extra(),
    };
    fields.close(faults);
    Some(country)
}

fn emergency(node: &Node, languages: &[Language], faults: &mut Faults<'_>) -> Option<Emergency> {
    let mut fields = Fields::open(node, "an emergency number", faults)?;
    let id = id(&mut fields, faults);
    let value = fields.required("value", faults);
    let name = words(&mut fields, "name", languages, faults);
    let note = words(&mut fields, "note", languages, faults);
    let source = fields.value("source", "an address with `https://`", web_address, faults);
    let confidence = fields.word("confidence", faults);
    fields.close(faults);
    let value = value.map(|value| Located::new(Arc::from(value.value), value.span))?;
    Some(Emergency { id: id?, value, name, note, source, confidence })
}

fn regulator(node: &Node, languages: &[Language], faults: &mut Faults<'_>) -> Option<Regulator> {
    let mut fields = Fields::open(node, "a regulator", faults)?;
    let regulator = Regulator {
        name: words(&mut fields, "name", languages, faults),
        website: fields.value("website", "an address with `https://`", web_address, faults),
        channels: channels(&mut fields, languages, faults),
    };
    fields.close(faults);
    Some(regulator)
}

fn operator(
    root: &Node,
    id: OperatorId,
    config: &Config,
    faults: &mut Faults<'_>,
) -> Option<Operator> {
    let languages = &config.languages;
    let mut fields = Fields::open(root, "an operator", faults)?;
    let span = fields.entry("name").map_or(root.span, |entry| entry.key_span);
    if fields.node("name").is_none() {
        fields.required("name", faults);
    }
    let shared =
        |texts: Vec<Located<String>>| texts.into_iter().map(|text| Arc::from(text.value)).collect();
    let (since, until) = period(&mut fields, "since", faults);
    let operator = Operator {
        id,
        path: faults.path.clone(),
        span,
        name: words(&mut fields, "name", languages, faults),
        short_name: words(&mut fields, "short_name", languages, faults),
        aliases: shared(fields.texts("aliases", faults)),
        former_names: {
            let nodes = fields.list("former_names", faults);
            nodes.iter().filter_map(|node| former_name(node, faults)).collect()
        },
        absorbed: fields.values("absorbed", OPERATOR, OperatorId::parse, faults),
        successor: fields.value("successor", OPERATOR, OperatorId::parse, faults),
        status: fields.word("status", faults).unwrap_or(OperatorStatus::Active),
        since,
        until,
        networks: shared(fields.texts("networks", faults)),
        website: fields.value("website", "an address with `https://`", web_address, faults),
        note: words(&mut fields, "note", languages, faults),
        channels: channels(&mut fields, languages, faults),
        sources: fields.node("sources").map(|node| read_sources(node, faults)).unwrap_or_default(),
        extra: fields.extra(),
    };
    fields.close(faults);
    Some(operator)
}

/// Reads when something began, in the field `begin`, and when it ended, in the field `until`.
fn period(
    fields: &mut Fields<'_>,
    begin: &'static str,
    faults: &mut Faults<'_>,
) -> (Option<Located<Date>>, Option<Date>) {
    let from = fields.value(begin, DATE, Date::parse, faults);
    let until = fields.value("until", DATE, Date::parse, faults);
    if let (Some(from), Some(until)) = (from, until)
        && from.value.is_after(until.value)
    {
        let message = format!("it ends on `{}`, before it begins on `{}`", until.value, from.value);
        let hint = format!("`{begin}` is the earlier of the two days");
        let fault = Diagnostic::new(Code::BadValue, message).at(faults.path, until.span);
        let fault = fault.related(faults.path, from.span, "it begins here").hint(hint);
        faults.list.push(fault);
    }
    (from, until.map(|until| until.value))
}

fn former_name(node: &Node, faults: &mut Faults<'_>) -> Option<FormerName> {
    if let Yaml::Text(name) = &node.value {
        return Some(FormerName { name: Arc::from(name.as_str()), from: None, until: None });
    }
    let mut fields = Fields::open(node, "a former name", faults)?;
    let name = fields.required("name", faults);
    let (from, until) = period(&mut fields, "from", faults);
    fields.close(faults);
    let from = from.map(|from| from.value);
    Some(FormerName { name: Arc::from(name?.value), from, until })
}

fn channels(
    fields: &mut Fields<'_>,
    languages: &[Language],
    faults: &mut Faults<'_>,
) -> Vec<Channel> {
    let nodes = fields.list("channels", faults);
    let channels: Vec<Channel> =
        nodes.iter().filter_map(|node| channel(node, languages, faults)).collect();
    distinct(channels.iter().map(|channel| &channel.id), faults);
    channels
}

fn channel(node: &Node, languages: &[Language], faults: &mut Faults<'_>) -> Option<Channel> {
    let mut fields = Fields::open(node, "a channel", faults)?;
    let id = id(&mut fields, faults);
    if fields.node("type").is_none() {
        fields.required("type", faults);
    }
    let kind = fields.word::<ChannelKind>("type", faults);
    let value = match kind {
        // A shop has at most an address, and an app a name.
        Some(ChannelKind::Shop | ChannelKind::App) | None => fields.text("value", faults),
        Some(_) => fields.required("value", faults),
    };
    let value = value.and_then(|value| sound(kind?, value, faults));
    let channel = Channel {
        id: id.clone().unwrap_or_else(|| {
            Located::new(Id::parse("x").unwrap_or_else(|| unreachable!("`x` is an id")), node.span)
        }),
        kind: kind.unwrap_or(ChannelKind::Phone),
        value,
        name: words(&mut fields, "name", languages, faults),
        note: words(&mut fields, "note", languages, faults),
        plans: fields.words("plans", faults),
        reach: fields.word("reach", faults),
        hours: words(&mut fields, "hours", languages, faults),
        languages: fields
            .values("languages", TAG, Language::parse, faults)
            .into_iter()
            .map(|language| language.value)
            .collect(),
        source: fields.value("source", "an address with `https://`", web_address, faults),
        verified: fields.value("verified", "a day, like `2026-08-22`", day, faults),
        confidence: fields.word("confidence", faults),
    };
    fields.close(faults);
    (id.is_some() && kind.is_some()).then_some(channel)
}

/// Checks that a channel's value has the form that its kind needs. A wrong value is reported and left out.
fn sound(
    kind: ChannelKind,
    value: Located<String>,
    faults: &mut Faults<'_>,
) -> Option<Located<Arc<str>>> {
    let text = value.value.trim();
    let digits =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '*' | '#');
    let (right, form) = match kind {
        ChannelKind::Phone | ChannelKind::Sms | ChannelKind::Ussd => {
            (text.chars().all(digits), "a number: digits, with `+`, `*`, `#` or spaces")
        }
        ChannelKind::Web => (web_address(text).is_some(), "an address with `https://`"),
        ChannelKind::Email => {
            let sound = text
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
            (sound && !text.contains(char::is_whitespace), "an e-mail address")
        }
        _ => (true, ""),
    };
    if !right {
        let message = format!("`{text}` cannot be the `value` of this kind of channel");
        faults.hint(Code::BadValue, value.span, message, format!("write {form}"));
        return None;
    }
    Some(Located::new(Arc::from(text), value.span))
}

fn id(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Option<Located<Id>> {
    if fields.node("id").is_none() {
        fields.required("id", faults);
        return None;
    }
    fields.value("id", WORD, Id::parse, faults)
}

fn distinct<'a>(ids: impl Iterator<Item = &'a Located<Id>>, faults: &mut Faults<'_>) {
    let mut seen: BTreeMap<&Id, &Located<Id>> = BTreeMap::new();
    for id in ids {
        if let Some(first) = seen.insert(&id.value, id) {
            let diagnostic =
                Diagnostic::new(Code::DuplicateId, format!("the id `{}` is given twice", id.value))
                    .at(faults.path, id.span)
                    .related(faults.path, first.span, "first used here")
                    .hint("give one of them another id");
            faults.list.push(diagnostic);
        }
    }
}

fn glossary(
    path: &SourcePath,
    source: &str,
    config: &Config,
    faults: &mut Faults<'_>,
) -> BTreeMap<Id, Term> {
    let mut terms = BTreeMap::new();
    let root = match yaml::parse(Excerpt { path, text: source, offset: 0 }, config.limits.depth) {
        Ok(root) => root,
        Err(fault) => {
            faults.list.push(fault);
            return terms;
        }
    };
    escapes::file(&root, source, faults);
    if Fields::open(&root, "the glossary", faults).is_none() {
        return terms;
    }
    let Yaml::Map(entries) = &root.value else { return terms };
    let languages = &config.languages;
    for entry in entries {
        let Some(id) = Id::parse(&entry.key) else {
            let message = format!("`{}` cannot be an id", entry.key);
            faults.hint(Code::BadValue, entry.key_span, message, format!("write {WORD}"));
            continue;
        };
        let Some(mut fields) = Fields::open(&entry.value, "a term", faults) else { continue };
        if fields.node("term").is_none() {
            fields.required("term", faults);
        }
        let is_linked = fields.node("link").is_none() || fields.flag("link", faults);
        let term = Term {
            id: id.clone(),
            path: path.clone(),
            span: entry.key_span,
            term: words(&mut fields, "term", languages, faults),
            text: words(&mut fields, "text", languages, faults),
            aliases: lists(&mut fields, "aliases", languages, faults),
            is_linked,
            avoid: lists(&mut fields, "avoid", languages, faults),
        };
        fields.close(faults);
        terms.insert(id, term);
    }
    terms
}
