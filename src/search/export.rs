//! Writes what can be found as documents for other search engines: one for each part of a page in each language.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::model::date::Date;
use crate::model::fingerprint::Fingerprint;
use crate::model::id::GuideId;
use crate::model::site::{PageKey, Site};
use crate::search::languages::Group;
use crate::search::sections::{push, subject};
use crate::search::spellings::{joined, numbers};
use crate::search::subjects::{Rendition, Subject, SubjectKey, SubjectPart};
use crate::search::words::digit;

/// The fewest digits of a fact that is a number to call: `42` is none, `112` is one.
const SHORTEST: usize = 3;

/// A document on one line, and the id under which an engine keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportLine {
    pub id: String,
    pub json: String,
}

/// What is left out is empty.
#[derive(Serialize)]
struct ExportDocument<'a> {
    id: &'a str,
    kind: &'static str,
    language: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    heading: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    /// Of the part, with its anchor, and of the page as a whole.
    url: String,
    page: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    anchor: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    step: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    section: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    country: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    operators: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    names: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    synonyms: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    about: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    labels: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    facts: &'a [String],
    /// Telephone numbers in each form in which somebody may look for them, in digits.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    numbers: BTreeSet<String>,
    /// Words that a hyphen or a point joins, without it: `wifi`.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    spellings: BTreeSet<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    call: &'a str,
    #[serde(flatten)]
    dates: ExportDates,
}

/// The days that are known of a page.
#[derive(Clone, Default, Serialize)]
struct ExportDates {
    /// When somebody last checked the facts of a guide.
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publish_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publish_until: Option<String>,
    /// When an operator got its name, and when it ended; a year or a month may be all that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

/// The documents of a subject in the languages of `group`, in the order of its languages and parts.
pub fn documents(site: &Site, group: &Group, key: &SubjectKey) -> Vec<ExportLine> {
    let Some(subject) = subject(site, group, key) else { return Vec::new() };
    let writer = DocumentWriter {
        site,
        group,
        section: section_of(key).map(|id| id.to_string()).unwrap_or_default(),
        page: key.page(),
        dates: dates(site, key),
        subject: &subject,
    };
    let renditions = subject.renditions.iter();
    renditions.flat_map(|rendition| writer.rendition(rendition)).collect()
}

struct DocumentWriter<'a> {
    site: &'a Site,
    group: &'a Group,
    section: String,
    page: PageKey,
    dates: ExportDates,
    subject: &'a Subject,
}

impl DocumentWriter<'_> {
    fn rendition(&self, rendition: &Rendition) -> Vec<ExportLine> {
        let parts = by_anchor(&rendition.parts);
        let parts = parts.iter().filter(|part| says_something(part));
        parts.filter_map(|part| self.part(rendition, part)).collect()
    }

    fn part(&self, rendition: &Rendition, part: &SubjectPart) -> Option<ExportLine> {
        let Subject { kind, operators, country, tags, call, renditions: _ } = self.subject;
        let language = self.site.language(rendition.language);
        let page = format!("{}{}", self.site.routes.origin, rendition.url);
        let is_whole = part.anchor.is_empty();
        let url = if is_whole { page.clone() } else { format!("{page}#{}", part.anchor) };
        // Each part of the glossary is a thing of its own.
        let is_term = self.page == PageKey::Glossary;
        let title = if is_term { &part.heading } else { &rendition.title };
        let id = id(language.tag(), &self.page, &part.anchor);
        let document = ExportDocument {
            id: &id,
            kind: if is_term { "term" } else { kind },
            language: language.tag(),
            title,
            heading: if is_whole || is_term { "" } else { &part.heading },
            summary: &part.summary,
            text: &part.text,
            url,
            page,
            anchor: &part.anchor,
            step: &part.step,
            section: &self.section,
            country,
            operators,
            tags,
            names: &part.names,
            synonyms: &part.synonyms,
            about: &part.about,
            labels: &part.labels,
            facts: &part.facts,
            numbers: self.numbers(part),
            spellings: spellings(part),
            call,
            dates: self.dates.clone(),
        };
        // These are texts and lists of texts, all of which JSON can hold.
        let json = serde_json::to_string(&document).ok()?;
        Some(ExportLine { id, json })
    }

    fn numbers(&self, part: &SubjectPart) -> BTreeSet<String> {
        let codes = &self.group.codes;
        let code = codes.get(&self.subject.country).map(String::as_str);
        let texts = [&part.heading, &part.summary, &part.text].into_iter().chain(&part.facts);
        let mut found: BTreeSet<String> =
            texts.flat_map(|text| numbers(text, code, codes)).collect();
        found.extend(part.facts.iter().filter_map(|fact| short_number(fact)));
        found
    }
}

/// A number as it is dialled, in digits; none where there is anything but a number.
fn short_number(fact: &str) -> Option<String> {
    let is_between = |c: char| matches!(c, ' ' | '\u{a0}' | '-' | '.' | '(' | ')' | '/' | '+');
    let is_number = fact.chars().all(|c| digit(c).is_some() || is_between(c));
    let digits: String = fact.chars().filter_map(digit).collect();
    (is_number && digits.len() >= SHORTEST).then_some(digits)
}

fn spellings(part: &SubjectPart) -> BTreeSet<String> {
    let texts = [&part.heading, &part.summary, &part.text].into_iter();
    texts.chain(&part.names).flat_map(|text| joined(text)).collect()
}

/// The parts with what else has their anchor: an item without an id belongs to the page as a whole.
fn by_anchor(parts: &[SubjectPart]) -> Vec<SubjectPart> {
    let mut merged: Vec<SubjectPart> = Vec::with_capacity(parts.len());
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for part in parts {
        let known = places.get(part.anchor.as_str()).and_then(|place| merged.get_mut(*place));
        match known {
            Some(known) => add(known, part),
            None => {
                places.insert(&part.anchor, merged.len());
                merged.push(part.clone());
            }
        }
    }
    merged
}

fn add(known: &mut SubjectPart, part: &SubjectPart) {
    for text in [&part.heading, &part.summary, &part.text] {
        push(&mut known.text, text);
    }
    let SubjectPart { names, synonyms, about, labels, facts, .. } = part.clone();
    known.names.extend(names);
    known.synonyms.extend(synonyms);
    known.about.extend(about);
    known.labels.extend(labels);
    known.facts.extend(facts);
}

fn says_something(part: &SubjectPart) -> bool {
    let texts = [&part.heading, &part.summary, &part.text];
    texts.iter().any(|text| !text.is_empty()) || !part.facts.is_empty()
}

/// The same for the same part of the same page, whatever it says and wherever the page is.
fn id(language: &str, page: &PageKey, anchor: &str) -> String {
    let (kind, name) = match page {
        PageKey::Guide(id) => ("guide", id.as_str()),
        PageKey::Folder(id) => ("section", id.as_str()),
        PageKey::Operator(id) => ("operator", id.as_str()),
        _ => ("term", ""),
    };
    Fingerprint::of([language, kind, name, anchor].join("\n").as_bytes()).to_string()
}

/// The section that a guide lies in, or that a page is of.
fn section_of(key: &SubjectKey) -> Option<GuideId> {
    match key {
        SubjectKey::Guide(id) => id.parent(),
        SubjectKey::Folder(id) => Some(id.clone()),
        SubjectKey::Operator(_) | SubjectKey::Glossary(_) => None,
    }
}

fn dates(site: &Site, key: &SubjectKey) -> ExportDates {
    let text = |date: Date| date.to_string();
    match key {
        SubjectKey::Guide(id) => {
            let facts = site.guides.get(id).map(|guide| guide.facts());
            let verified = facts.and_then(|facts| facts.review.as_ref()?.verified);
            let published = facts.map(|facts| facts.published).unwrap_or_default();
            ExportDates {
                // An engine that sorts by days wants whole ones.
                verified: verified
                    .map(|date| date.value)
                    .filter(|date| date.day.is_some())
                    .map(text),
                publish_from: published.from.map(|date| text(date.value)),
                publish_until: published.until.map(|date| text(date.value)),
                ..ExportDates::default()
            }
        }
        SubjectKey::Operator(id) => {
            let operator = site.registry.operators.get(id);
            ExportDates {
                since: operator.and_then(|operator| operator.since).map(|date| text(date.value)),
                until: operator.and_then(|operator| operator.until).map(text),
                ..ExportDates::default()
            }
        }
        SubjectKey::Folder(_) | SubjectKey::Glossary(_) => ExportDates::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_to_call_is_told_from_an_address() {
        let of = |fact: &str| short_number(fact).unwrap_or_default();
        assert_eq!(["112", "+355 4 2250928", "٠٤ ٢٢٥"].map(of), ["112", "35542250928", "04225"]);
        assert_eq!(["*100#", "42", "a@b.example", "https://112.example", ""].map(of), [""; 5]);
    }

    #[test]
    fn parts_with_one_anchor_are_one() {
        let part = |anchor: &str, heading: &str, text: &str, fact: &str| SubjectPart {
            anchor: anchor.to_owned(),
            heading: heading.to_owned(),
            text: text.to_owned(),
            facts: vec![fact.to_owned()],
            ..SubjectPart::default()
        };
        let parts = [part("", "A", "b", "1"), part("x", "C", "d", "2"), part("", "E", "f", "3")];
        let merged = by_anchor(&parts);
        assert_eq!(
            merged,
            [
                SubjectPart {
                    facts: vec!["1".to_owned(), "3".to_owned()],
                    ..part("", "A", "b E f", "")
                },
                part("x", "C", "d", "2"),
            ]
        );
    }
}
