//! Reads YAML into a tree in which every key and value knows its place.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::parse::plain;
use crate::parse::syntax::{Explained, explain};

/// A value, and the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub span: Span,
    pub value: Yaml,
}

/// The kinds of value in YAML. A plain scalar keeps its spelling: `142` is the text `142`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Yaml {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key with its value, in the order written. The same key may occur twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Node,
}

impl Yaml {
    /// The kind of value, in words for a message.
    pub fn kind(&self) -> &'static str {
        match self {
            Yaml::Null => "nothing",
            Yaml::Bool(_) => "a truth value",
            Yaml::Number(_) => "a number",
            Yaml::Text(_) => "a text",
            Yaml::List(_) => "a list",
            Yaml::Map(_) => "a map",
        }
    }
}

/// A text within a file, where it begins at the byte `offset`.
#[derive(Debug, Clone, Copy)]
pub struct Excerpt<'a> {
    pub path: &'a SourcePath,
    pub text: &'a str,
    pub offset: usize,
}

/// Reads the root of `excerpt`, or returns the fault that prevents it. A text of nothing but comments is an
/// empty map. `depth` limits how deep lists and maps may be nested.
pub fn parse(excerpt: Excerpt<'_>, depth: usize) -> Result<Node, Diagnostic> {
    let Excerpt { text, offset, .. } = excerpt;
    let blank = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    if text.lines().all(blank) {
        let span = Span::new(offset, offset);
        return Ok(Node { span, value: Yaml::Map(Vec::new()) });
    }
    match plain::tree(excerpt, depth) {
        Some(root) => Ok(root),
        None => over_serde(excerpt, depth),
    }
}

/// Reads what is not plain, and what is not YAML at all.
fn over_serde(excerpt: Excerpt<'_>, depth: usize) -> Result<Node, Diagnostic> {
    let Excerpt { text, offset, .. } = excerpt;
    match serde_yaml::from_str_with_options::<Raw>(text, options(depth)) {
        Ok(raw) => Ok(YamlReader { text, offset }.node(raw)),
        Err(error) => Err(syntax_error(excerpt, &error)),
    }
}

fn options(depth: usize) -> serde_yaml::Options {
    serde_yaml::options! {
        strict_booleans: true,
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_yaml::options::MergeKeyPolicy::AsOrdinary,
        budget: serde_yaml::budget! {
            max_depth: depth,
            max_documents: 1,
            max_events: 100_000,
            max_aliases: 100,
            max_anchors: 100,
        },
    }
}

/// The marks of a merge that nobody has finished, which explain any fault.
fn unmerged(excerpt: Excerpt<'_>) -> Option<Diagnostic> {
    const MARK: &str = "<<<<<<<";
    let Excerpt { path, text, offset } = excerpt;
    let is_mark = |line: &str| line.strip_prefix(MARK).is_some_and(|rest| rest.starts_with(' '));
    let lines = text.split_inclusive('\n').take_while(|line| !is_mark(line));
    let at = lines.map(str::len).sum::<usize>();
    let span = Span::new(at, at + MARK.len()).shifted(offset);
    let hint = "keep what is right, and take out the lines `<<<<<<<`, `=======` and `>>>>>>>`";
    let fault = Diagnostic::new(Code::MergeConflict, "a merge was not finished here");
    (at < text.len()).then(|| fault.at(path, span).hint(hint))
}

fn syntax_error(excerpt: Excerpt<'_>, error: &serde_yaml::Error) -> Diagnostic {
    if let Some(fault) = unmerged(excerpt) {
        return fault;
    }
    let error = error.without_snippet();
    let at = error.location().map_or(0, |location| place(excerpt.text, &location));
    let reason = error.render_with_options(plain());
    // The library's message ends with a place of its own, counted from the first line of the excerpt.
    let reason = reason.split(" at line ").next().and_then(|reason| reason.lines().next());
    let reason = reason.unwrap_or("").trim_end_matches('.');
    let Explained { range, message, hint } = explain(excerpt.text, at, reason);
    Diagnostic::new(Code::YamlSyntax, message)
        .at(excerpt.path, Span::new(range.start, range.end).shifted(excerpt.offset))
        .hint(hint)
}

/// The byte at which `location` begins. For a fault, the library gives only the character.
fn place(text: &str, location: &serde_yaml::Location) -> usize {
    let character = usize::try_from(location.span().offset()).unwrap_or(usize::MAX);
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}

fn plain() -> serde_yaml::RenderOptions<'static> {
    let mut options = serde_yaml::RenderOptions::new(&serde_yaml::UserMessageFormatter);
    options.snippets = serde_yaml::SnippetMode::Off;
    options
}

/// What the library reads, before scalars get their spelling back from the text.
struct Raw(Spanned<RawValue>);

enum RawValue {
    Null,
    Bool(bool),
    Number,
    Text(String),
    List(Vec<Raw>),
    Map(Vec<(Spanned<String>, Raw)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        Spanned::deserialize(deserializer).map(Raw)
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RawValue, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_none<E>(self) -> Result<RawValue, E> {
        Ok(RawValue::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<RawValue, E> {
        Ok(RawValue::Bool(value))
    }

    fn visit_i64<E>(self, _: i64) -> Result<RawValue, E> {
        Ok(RawValue::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<RawValue, E> {
        Ok(RawValue::Number)
    }

    fn visit_i128<E>(self, _: i128) -> Result<RawValue, E> {
        Ok(RawValue::Number)
    }

    fn visit_u128<E>(self, _: u128) -> Result<RawValue, E> {
        Ok(RawValue::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawValue, E> {
        Ok(RawValue::Number)
    }

    fn visit_str<E>(self, value: &str) -> Result<RawValue, E> {
        Ok(RawValue::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<RawValue, E> {
        Ok(RawValue::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawValue, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(RawValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<RawValue, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(RawValue::Map(map))
    }
}

struct YamlReader<'a> {
    text: &'a str,
    offset: usize,
}

impl YamlReader<'_> {
    fn node(&self, Raw(raw): Raw) -> Node {
        let span = self.span(&raw.referenced);
        let value = match raw.value {
            RawValue::Null => Yaml::Null,
            RawValue::Bool(value) => Yaml::Bool(value),
            RawValue::Number => Yaml::Number(self.spelling(&raw.defined)),
            RawValue::Text(text) => Yaml::Text(text),
            RawValue::List(list) => {
                Yaml::List(list.into_iter().map(|raw| self.node(raw)).collect())
            }
            RawValue::Map(map) => {
                Yaml::Map(map.into_iter().map(|entry| self.entry(entry)).collect())
            }
        };
        Node { span, value }
    }

    fn entry(&self, (key, value): (Spanned<String>, Raw)) -> Entry {
        Entry { key_span: self.span(&key.referenced), key: key.value, value: self.node(value) }
    }

    fn span(&self, location: &serde_yaml::Location) -> Span {
        let (start, end) = bytes(location);
        let end = end.min(self.text.len());
        let written = self.text.get(start..end).unwrap_or("");
        // The library lets a block end at the next token, but the writer's text ends before the white space.
        Span::new(start, start + written.trim_end().len()).shifted(self.offset)
    }

    fn spelling(&self, location: &serde_yaml::Location) -> String {
        let (start, end) = bytes(location);
        self.text.get(start..end).unwrap_or("").trim().to_owned()
    }
}

fn bytes(location: &serde_yaml::Location) -> (usize, usize) {
    let span = location.span();
    let number = |value: Option<u64>| usize::try_from(value.unwrap_or(0)).unwrap_or(usize::MAX);
    let start = number(span.byte_offset());
    (start, start.saturating_add(number(span.byte_len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What either way makes of `text`; the short one may leave it to the other.
    fn both(text: &str) -> (Option<Node>, Option<Node>) {
        let path = SourcePath::new("guides/en.md");
        let excerpt = Excerpt { path: &path, text, offset: 4 };
        (plain::tree(excerpt, 12), over_serde(excerpt, 12).ok())
    }

    #[test]
    fn the_short_way_reads_what_the_long_way_reads() {
        let plain = [
            "a: b\n",
            "title: 注销 SIM 卡  # why\nsummary: >\n  one\n  two\n\nx: |\n  a\n   b\n",
            "time: {active: 30min, wait: 0-45d}\ncost: 0-500 ALL\ntags: [sim, 'a b', \"c\\n\"]\n",
            "steps:\n  - Use it up\n  - id: contact\n    steps:\n    - {id: x, title: \"a: b\"}\n",
            "verified: 2026-08-22\nfrom: 1995\nvalue: 142\nempty:\nnothing: ~\nyes: no\non: true\n",
            "a: one\n  two\n   three\nb:\n\n- c\n",
            "a: 1-2d\nb: 5min\nc: 6mo\nd: 2015-07\ne: 12e5x\nf: nan\ng: inf\nh: 1:30\n",
            "a: b\na: c\n\"\": d\n",
            "- a\n-\n- - b\n",
            "text\n",
            "a: [x,\n  y ]   \n# end\n",
            "a: 1_000\nb: -5\nc: 0x1F\nd: 1.5\ne: 007\nf: 1e5\ng: .inf\nh: +3\ni: 0o7\nj: 0b1\n",
            "p: {of: en, at: {\n  a: 086efdc6ca7a3be0,\n  b: 1e88261aca0e5d25,\n  }}\nq: +355 4 2250928\nr: ../a\n",
            "a: |\n\n  x\n   y\n\nb: >-\n  x\n  y\n\n  z\n# c\nc: |-\r\n  x\r\nd: 'it''s' # c\ne: []\nf:\n- - a\n  -\n- b: {}\n",
            "a: 18446744073709551615\nb: 99999999999999999999999\nc: 1e999\nd: 1-e5\ne: 0.5\n",
        ];
        for text in plain {
            let (short, long) = both(text);
            assert!(short.is_none() || short == long, "{text}: {short:?} {long:?}");
        }
        assert_eq!(plain.iter().filter(|text| both(text).0.is_some()).count(), 9);
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_long_way() {
        let deep = "[".repeat(12) + &"]".repeat(12);
        for text in ["a: &x b\nc: *x\n", "a: !!str 5\n", "<<: {a: b}\n", "a: [\n", "5: a\n", &deep]
        {
            assert_eq!(both(text).0, None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn both_ways_agree_on_any_text(text in "([a-z0-9~:+.xe_-]{1,4}: ?|- |\\[|\\]|\\{|\\}|, |\"|'|#|\\n|\\n  |\\n    |[a-z0-9.+-]{1,5}|[|>]|&a |\\*a|! |---\\n|\\.\\.\\.\\n|注| |\\r\\n|[|>]-?\\n  |''| # c|: | ?:\\n){0,24}") {
            let (short, long) = both(&text);
            proptest::prop_assert!(short.is_none() || short == long, "{short:?}\n{long:?}");
        }
    }
}
