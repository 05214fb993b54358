//! Units of translation (a title, an item, a heading with its text), and the state of their translations.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::model::fingerprint::Pin;
use crate::model::guide::{Facts, Role, Section, Translation};
use crate::model::span::{Located, Span};
use crate::model::word_search::places;

/// The name of a unit: the id of an item or a section. Anything without an id has a name with a dot:
/// `page.title`, `section.<anchor>`, `source.<id>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitKey(Arc<str>);

impl UnitKey {
    /// `None` where `text` cannot be the name of a unit.
    pub fn parse(text: &str) -> Option<UnitKey> {
        let mark = |c: char| matches!(c, '\u{300}'..='\u{36F}');
        let sound = |c: char| c.is_alphanumeric() || mark(c) || matches!(c, '-' | '.');
        (!text.is_empty() && text.chars().all(sound)).then(|| UnitKey(Arc::from(text)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a translation is incomplete without it. The name of a source need not be translated.
    pub fn is_due(&self) -> bool {
        !self.0.starts_with(SOURCE)
    }

    fn section(anchor: &str) -> UnitKey {
        UnitKey(Arc::from([ANONYMOUS, anchor].concat()))
    }
}

impl From<&str> for UnitKey {
    fn from(text: &str) -> UnitKey {
        UnitKey(Arc::from(text))
    }
}

impl fmt::Display for UnitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for UnitKey {
    fn borrow(&self) -> &str {
        &self.0
    }
}

const TITLE: &str = "page.title";
const SUMMARY: &str = "page.summary";
const LEAD: &str = "page.lead";
const FOOTNOTES: &str = "page.footnotes";
const ANONYMOUS: &str = "section.";
const SOURCE: &str = "source.";

/// Words as they were written: where they stand, and a pin that shows whether they have changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wording {
    /// Meaningful for an original only, since nothing depends on what a translation said before.
    pub pin: Pin,
    /// Where the words stand in the file.
    pub spans: Vec<Span>,
    /// Whether the writer left a `TODO` in them.
    pub todo: bool,
}

impl Wording {
    /// The wording of those texts that are present.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a Option<Located<String>>>) -> Wording {
        let mut wording = Wording::default();
        for text in texts.into_iter().flatten() {
            wording.add(&text.value, text.span);
        }
        wording
    }

    /// Adds a text and the place where it stands.
    pub fn add(&mut self, text: &str, span: Span) {
        self.pin = self.pin.then(text);
        self.spans.push(span);
        self.todo |= has_todo(text);
    }

    /// Adds the words of `other` after these.
    pub fn append(&mut self, other: &Wording) {
        if other.is_empty() {
            return;
        }
        self.pin = if self.is_empty() { other.pin } else { self.pin.then(&other.pin.to_string()) };
        self.spans.extend(&other.spans);
        self.todo |= other.todo;
    }

    /// Whether there are no words at all.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }
}

/// Whether a `TODO` mark is left in `text`.
pub fn has_todo(text: &str) -> bool {
    todos(text).next().is_some()
}

/// The positions where `TODO` is a mark: alone, before a colon, or at the start of a line, a field or an
/// item. Within a sentence it is an ordinary word, and in code it is an example.
pub fn todos(text: &str) -> impl Iterator<Item = usize> {
    let mut code = CodeReader::default();
    places(text, "TODO").filter(move |at| !code.holds(text, *at) && is_mark(text, *at))
}

/// Reads a text once for all the places in it that are asked for in their order: whether each is in code.
#[derive(Debug, Default)]
struct CodeReader {
    /// Up to where it has read, and where that line begins.
    at: usize,
    line: usize,
    ticks: usize,
    fence: Option<&'static str>,
}

impl CodeReader {
    fn holds(&mut self, text: &str, at: usize) -> bool {
        while let Some(end) = text.get(self.at..at).and_then(|read| read.find('\n')) {
            let end = self.at + end;
            self.fence = fence(text.get(self.line..end).unwrap_or(""), self.fence);
            (self.at, self.line, self.ticks) = (end + 1, end + 1, 0);
        }
        self.ticks += text.get(self.at..at).unwrap_or("").matches('`').count();
        self.at = at;
        self.ticks % 2 == 1 || self.fence.is_some()
    }
}

fn is_mark(text: &str, at: usize) -> bool {
    let (head, tail) = text.split_at(at);
    let tail = tail.get("TODO".len()..).unwrap_or("");
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    if tail.starts_with(word) || head.ends_with(word) {
        return false;
    }
    let bare = tail.trim_start_matches(['"', '\'', ' ', '*', '_']);
    if bare.starts_with([':', '：']) {
        return true;
    }
    let blank = |c: char| c != '\n' && c.is_whitespace();
    let open = |c: char| blank(c) || matches!(c, '"' | '\'' | '*' | '_');
    let before = head.trim_end_matches(open).chars().next_back().filter(|c| *c != '\n');
    let begins = before.is_none_or(|c| ":-#>|{[(.!?。！？：/%".contains(c));
    let next = tail.trim_start_matches(blank).split(char::is_whitespace).next().unwrap_or("");
    begins && !NO_MARK.contains(&next)
}

/// Words after which `TODO` is not a mark: things that are named after it, and Spanish, Galician and
/// Portuguese, where it means “all”.
const NO_MARK: &[&str] = &[
    "app",
    "apps",
    "application",
    "comment",
    "comments",
    "item",
    "items",
    "list",
    "lists",
    "tag",
    "tags",
    "el",
    "ello",
    "es",
    "esta",
    "este",
    "esto",
    "está",
    "la",
    "las",
    "lo",
    "los",
    "mi",
    "mundo",
    "o",
    "os",
    "su",
    "tu",
    "um",
    "uma",
];

/// Whether what follows `head` is inside a fenced code block.
pub fn is_in_fence(head: &str) -> bool {
    let lines = head.rsplit_once('\n').map_or("", |(lines, _)| lines).lines();
    lines.fold(None, |open, line| fence(line, open)).is_some()
}

/// Which block of code is open behind `line`, where `open` was before it.
fn fence(line: &str, open: Option<&'static str>) -> Option<&'static str> {
    let line = line.trim_start_matches([' ', '>', '\t']);
    let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark));
    match (open, mark) {
        (None, mark) => mark,
        (Some(fence), Some(mark)) if fence == mark => None,
        (open, _) => open,
    }
}

/// The words of a file that belong to no item and no section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageWording {
    /// The words of `title` in the front matter.
    pub title: Wording,
    /// The words of `summary` in the front matter.
    pub summary: Wording,
    /// The text before the first heading.
    pub lead: Wording,
    /// The text of all footnotes.
    pub footnotes: Wording,
}

/// One unit, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub key: UnitKey,
    pub wording: Wording,
}

/// The state of a unit's translation, compared with the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// There are no words, or there is a `TODO` among them.
    Missing,
    /// The translation was made from what the original says today.
    Fresh,
    /// The original has changed since the unit was translated.
    Stale,
    /// There are words, but it was not recorded what they were made from.
    Unpinned,
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            State::Missing => "missing",
            State::Fresh => "fresh",
            State::Stale => "stale",
            State::Unpinned => "unpinned",
        }
    }
}

impl Translation {
    /// The units of this file, in the order of the file.
    pub fn units(&self) -> Vec<Unit> {
        let mut units = Units::default();
        units.add(TITLE.into(), &self.wording.title);
        units.add(SUMMARY.into(), &self.wording.summary);
        match &self.role {
            Role::Original(facts) => items(facts, &mut units),
            Role::Translation(words) => {
                for (id, item) in &words.items {
                    units.add(id.as_str().into(), &item.wording);
                }
            }
        }
        units.add(LEAD.into(), &self.wording.lead);
        sections(&self.body.sections, &mut units);
        units.add(FOOTNOTES.into(), &self.wording.footnotes);
        if let Role::Original(facts) = &self.role {
            for source in &facts.sources {
                units.add((*format!("{SOURCE}{}", source.id.value)).into(), &source.wording);
            }
        }
        units.list
    }
}

#[derive(Default)]
struct Units {
    list: Vec<Unit>,
    places: BTreeMap<UnitKey, usize>,
}

impl Units {
    /// Adds words to the unit with this name. Returns its index, if it has any words.
    fn add(&mut self, key: UnitKey, wording: &Wording) -> Option<usize> {
        if wording.is_empty() {
            return self.places.get(&key).copied();
        }
        let next = self.list.len();
        let place = *self.places.entry(key.clone()).or_insert(next);
        if place == next {
            self.list.push(Unit { key, wording: Wording::default() });
        }
        self.append(place, wording);
        Some(place)
    }

    fn append(&mut self, place: usize, wording: &Wording) {
        if let Some(unit) = self.list.get_mut(place) {
            unit.wording.append(wording);
        }
    }
}

fn items(facts: &Facts, units: &mut Units) {
    for (_, item) in facts.items() {
        if let Some(id) = &item.id {
            units.add(id.value.as_str().into(), &item.wording);
        }
    }
}

/// A section without an id belongs to the section that it lies in. At the top level it is a unit of its own.
fn sections(sections: &[Section], units: &mut Units) {
    let mut above: Vec<(u8, usize)> = Vec::new();
    for section in sections {
        above.retain(|(level, _)| *level < section.level);
        let place = match (&section.id, above.last()) {
            (Some(id), _) => units.add(id.value.as_str().into(), &section.wording),
            (None, Some((_, place))) => {
                units.append(*place, &section.wording);
                Some(*place)
            }
            (None, None) => units.add(UnitKey::section(&section.anchor), &section.wording),
        };
        above.extend(place.map(|place| (section.level, place)));
    }
}

/// For each unit of the original, the unit of the translation that has its words.
pub fn counterparts<'a>(original: &[Unit], own: &'a [Unit]) -> Vec<Option<&'a Unit>> {
    let by_key: BTreeMap<&str, &Unit> = own.iter().map(|unit| (unit.key.as_str(), unit)).collect();
    // A section without an id in one language has none in the other, so they are matched in order.
    let mut unnamed = own.iter().filter(|unit| unit.key.as_str().starts_with(ANONYMOUS));
    let mut counterpart = |unit: &Unit| {
        let key = unit.key.as_str();
        match key.strip_prefix(SOURCE) {
            _ if key.starts_with(ANONYMOUS) => unnamed.next(),
            Some(id) => by_key.get(id).copied(),
            None => by_key.get(key).copied(),
        }
    };
    original.iter().map(&mut counterpart).collect()
}

/// The state of each unit of an original in a translation.
pub fn standing(original: &[Unit], translation: &Translation) -> Vec<(UnitKey, State)> {
    let Role::Translation(words) = &translation.role else { return Vec::new() };
    let own = translation.units();
    let mut standing = Vec::new();
    for (unit, own) in original.iter().zip(counterparts(original, &own)) {
        let state = match (own.filter(|own| !own.wording.todo), words.at.get(&unit.key)) {
            // The name of a source need not be translated.
            (None, _) if !unit.key.is_due() => continue,
            (None, _) => State::Missing,
            (Some(_), None) => State::Unpinned,
            (Some(_), Some(pin)) if *pin == unit.wording.pin => State::Fresh,
            (Some(_), Some(_)) => State::Stale,
        };
        standing.push((unit.key.clone(), state));
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_todo_is_a_word() {
        let found = |text| todos(text).collect::<Vec<_>>();
        assert_eq!(found("TODO: a TODO_b TODOS 待TODO (TODO)"), [0, 30]);
        for text in [
            "TODO what",
            "title: TODO",
            "- TODO: x",
            "## TODO what",
            "a: \"TODO x\"",
            "{title: TODO x}",
            "[^1]: TODO",
            "Done. TODO the rest",
            "{/* TODO: x */}",
            "<!-- TODO x -->",
            "写 **TODO**：x",
        ] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
        for text in [
            "Write a TODO app",
            "- TODO lists",
            "TODO el mundo",
            "TODO o dia",
            "see `TODO: x`",
            "```\n# TODO: x\n```",
            "~~~\n```\nTODO\n~~~",
            "a TODO-list",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
        assert_eq!(found("```\nTODO\n```\nTODO"), [13]);
    }
}
