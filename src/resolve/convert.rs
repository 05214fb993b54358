//! Converts words for a region or to the other Chinese script: the glossary's terms first, then characters.
//!
//! The converter chooses characters by their neighbours (头发 becomes 頭髮, 发现 becomes 發現) and knows the forms of
//! Taiwan and Hong Kong. It does not replace words by a region's own, because it would take 注销 for a log-out.

use std::collections::BTreeMap;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use crate::model::language::Language;
use crate::model::markup::{Inline, Markup, Notes, Run, Slot};
use crate::model::operator::Registry;

/// Converts words from one language to another.
pub struct Converter {
    /// Converts the characters; only present for Chinese in another script.
    characters: Option<OpenCC>,
    /// The terms to replace, by their first character, the longest first.
    terms: BTreeMap<char, Vec<(String, String)>>,
}

impl Converter {
    /// A converter for another region with the same script, where only the glossary's terms differ.
    pub fn regional(from: &Language, to: &Language, registry: &Registry) -> Converter {
        Converter { characters: None, terms: terms(None, from, to, registry) }
    }

    /// A converter to another script; `None` if no conversion is known.
    pub fn new(from: &Language, to: &Language, registry: &Registry) -> Option<Converter> {
        let region = |language: &Language| language.identifier().region.map(|one| one.to_string());
        let hong_kong = |language| matches!(region(language).as_deref(), Some("HK" | "MO"));
        let config = match (&*from.script(), &*to.script()) {
            ("Hans", "Hant") if hong_kong(to) => BuiltinConfig::S2hk,
            ("Hans", "Hant") => BuiltinConfig::S2tw,
            ("Hant", "Hans") if hong_kong(from) => BuiltinConfig::Hk2s,
            ("Hant", "Hans") => BuiltinConfig::Tw2s,
            _ => return None,
        };
        let characters = OpenCC::from_config(config).ok()?;
        let terms = terms(Some(&characters), from, to, registry);
        Some(Converter { characters: Some(characters), terms })
    }

    pub fn text(&self, text: &str) -> String {
        if self.terms.is_empty() && self.characters.is_none() || text.is_ascii() {
            return text.to_owned();
        }
        let characters = |text| convert(self.characters.as_ref(), text);
        let mut converted = String::with_capacity(text.len());
        let (mut start, mut at) = (0, 0);
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = text.get(at..).unwrap_or("");
            let of = |terms: &Vec<(String, String)>| {
                terms.iter().find(|(from, _)| rest.starts_with(from.as_str())).cloned()
            };
            match self.terms.get(&c).and_then(of) {
                Some((from, to)) => {
                    converted.push_str(&characters(text.get(start..at).unwrap_or("")));
                    converted.push_str(&to);
                    at += from.len();
                    start = at;
                }
                None => at += c.len_utf8(),
            }
        }
        converted + &characters(text.get(start..).unwrap_or(""))
    }

    pub fn inline(&self, line: &Inline) -> Inline {
        Inline { html: self.text(&line.html).into(), plain: self.text(&line.plain).into() }
    }

    /// Converts markup. Slots and runs keep their places relative to the text around them.
    pub fn markup(&self, markup: &Markup) -> Markup {
        let slots = markup.notes.slots().map(|slot| slot.at as usize);
        let runs = markup.notes.runs().flat_map(|run| [run.range.start, run.range.end]);
        let mut edges: Vec<usize> = slots.chain(runs).chain([markup.html.len()]).collect();
        edges.sort_unstable();
        let mut html = String::with_capacity(markup.html.len());
        let mut last = 0;
        let mut moved = Vec::with_capacity(edges.len());
        for at in &edges {
            html.push_str(&self.text(markup.html.get(last..*at).unwrap_or("")));
            moved.push(html.len());
            last = *at;
        }
        let place = |at: usize| {
            let index = edges.partition_point(|edge| *edge < at);
            moved.get(index).copied().unwrap_or(html.len())
        };
        let slot = |slot: Slot| {
            let at = u32::try_from(place(slot.at as usize)).unwrap_or(u32::MAX);
            Slot { at, ..slot }
        };
        let run = |run: Run| Run { range: place(run.range.start)..place(run.range.end), ..run };
        let slots: Vec<Slot> = markup.notes.slots().map(slot).collect();
        let notes = Notes::new(slots.into_iter(), markup.notes.runs().map(run));
        Markup { html: html.into(), notes }
    }
}

fn convert(characters: Option<&OpenCC>, text: &str) -> String {
    characters.map_or_else(|| text.to_owned(), |characters| characters.convert(text))
}

/// The terms that the glossary has in both languages, and their other names, so that a shorter term does not
/// cut those apart.
fn terms(
    characters: Option<&OpenCC>,
    from: &Language,
    to: &Language,
    registry: &Registry,
) -> BTreeMap<char, Vec<(String, String)>> {
    let mut terms: BTreeMap<char, Vec<(String, String)>> = BTreeMap::new();
    let mut add = |from: &str, to: String| {
        if let Some(first) = from.chars().next().filter(|first| !first.is_ascii()) {
            terms.entry(first).or_default().push((from.to_owned(), to));
        }
    };
    for term in registry.terms.values() {
        let of = |language: &Language| term.term.by_language.get(language);
        if let (Some(from), Some(to)) = (of(from), of(to)) {
            add(from, to.to_string());
        }
        for alias in term.aliases.get(from).into_iter().flatten() {
            add(alias, convert(characters, alias));
        }
    }
    for list in terms.values_mut() {
        // A term comes before another term's alias with the same letters, because it was added first.
        list.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
    }
    terms
}
