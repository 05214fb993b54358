//! Reads a YAML map field by field. Each value is checked in its place, and none is left unread.

use std::collections::BTreeMap;

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::source::SourcePath;
use crate::model::span::{Located, Span};
use crate::model::suggest::suggest;
use crate::model::unit::todos;
use crate::model::value::Value;
use crate::model::vocabulary::Vocabulary;
use crate::parse::foreign_fields;
use crate::parse::shape::{self, Shape};
use crate::parse::yaml::{Entry, Node, Yaml};

/// The map that other generators have too.
const SITE: &str = "`site.yaml`";

/// The faults of one file, gathered while it is read.
#[derive(Debug)]
pub struct Faults<'a> {
    pub path: &'a SourcePath,
    pub list: Vec<Diagnostic>,
}

impl<'a> Faults<'a> {
    pub fn new(path: &'a SourcePath) -> Faults<'a> {
        Faults { path, list: Vec::new() }
    }

    /// Reports every `TODO` that a writer left in the file. Returns whether there are any.
    pub fn todos(&mut self, source: &str) -> bool {
        let before = self.list.len();
        for at in todos(source) {
            let message = "a `TODO` is left here";
            self.hint(
                Code::Todo,
                Span::new(at, at + 4),
                message,
                "write what belongs here, and take it out",
            );
        }
        self.list.len() > before
    }

    /// Reports a fault together with what to do about it.
    pub fn hint(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.list.push(Diagnostic::new(code, message).at(self.path, span).hint(hint));
    }
}

/// A map that is being read. Every field is asked for by name, and `close` reports those that were never
/// asked for.
pub struct Fields<'n> {
    /// What the map describes, with an article: “a step”.
    what: &'static str,
    pub span: Span,
    entries: &'n [Entry],
    known: Vec<&'static str>,
    /// The fields that the map may hold, if they are written down. Otherwise these are the ones that are
    /// asked for.
    shape: Option<&'static Shape>,
}

impl<'n> Fields<'n> {
    /// `None`, with a fault, if `node` is not a map.
    pub fn open(node: &'n Node, what: &'static str, faults: &mut Faults<'_>) -> Option<Fields<'n>> {
        match &node.value {
            Yaml::Map(entries) => {
                duplicates(entries, faults);
                let shape = shape::of(what);
                Some(Fields { what, span: node.span, entries, known: Vec::new(), shape })
            }
            Yaml::Null => {
                let hint = "write something there, or take it out";
                faults.hint(Code::MissingField, node.span, format!("{what} is empty"), hint);
                None
            }
            other => {
                let message =
                    format!("{what} has fields of its own, and cannot be {}", other.kind());
                let hint = "write its fields as `name: value`, with a space after the colon";
                faults.hint(Code::WrongType, node.span, message, hint);
                None
            }
        }
    }

    /// The value of `name`, of any type. A field without a value (`name:`) counts as absent.
    pub fn node(&mut self, name: &'static str) -> Option<&'n Node> {
        self.entry(name).map(|entry| &entry.value).filter(|node| node.value != Yaml::Null)
    }

    pub fn entry(&mut self, name: &'static str) -> Option<&'n Entry> {
        self.known.push(name);
        if self.shape.is_some_and(|shape| shape.field(name).is_none()) {
            debug_assert!(false, "`{name}` is not among the fields of {}", self.what);
            return None;
        }
        self.entries.iter().find(|entry| entry.key == name)
    }

    pub fn text(&mut self, name: &'static str, faults: &mut Faults<'_>) -> Option<Located<String>> {
        self.node(name).and_then(|node| text(node, name, faults))
    }

    /// A text that must be there. If it is absent, the first field that is there is marked.
    pub fn required(
        &mut self,
        name: &'static str,
        faults: &mut Faults<'_>,
    ) -> Option<Located<String>> {
        let first = self.entries.first().map_or(first_line(self.span), |entry| entry.key_span);
        match self.entry(name) {
            Some(entry) if entry.value.value == Yaml::Null => {
                let message = format!("`{name}` of {} is empty", self.what);
                let hint = format!("write something after `{name}:`");
                faults.hint(Code::MissingField, entry.key_span, message, hint);
                None
            }
            Some(entry) => text(&entry.value, name, faults),
            // A misspelt name is reported once, when the map is closed.
            None if self.entries.iter().any(|entry| suggest(&entry.key, [name]).is_some()) => None,
            None => {
                let message = format!("{} has no `{name}`", self.what);
                faults.hint(Code::MissingField, first, message, format!("add `{name}: …`"));
                None
            }
        }
    }

    pub fn flag(&mut self, name: &'static str, faults: &mut Faults<'_>) -> bool {
        match self.node(name).map(|node| (node, &node.value)) {
            None => false,
            Some((_, Yaml::Bool(value))) => *value,
            Some((node, other)) => {
                let message = format!("`{name}` is `true` or `false`, not {}", other.kind());
                let hint = format!("write `{name}: true` or `{name}: false`");
                faults.hint(Code::WrongType, node.span, message, hint);
                false
            }
        }
    }

    /// A text that `parse` understands; `form` describes what that is.
    pub fn value<T>(
        &mut self,
        name: &'static str,
        form: &str,
        parse: impl Fn(&str) -> Option<T>,
        faults: &mut Faults<'_>,
    ) -> Option<Located<T>> {
        let text = self.text(name, faults)?;
        value(&text, &format!("`{name}`"), form, parse, faults)
    }

    pub fn word<V: Vocabulary>(
        &mut self,
        name: &'static str,
        faults: &mut Faults<'_>,
    ) -> Option<V> {
        let text = self.text(name, faults)?;
        word(&text, name, faults).map(|word| word.value)
    }

    /// The entries of a list. A single text stands for a list of one.
    pub fn list(&mut self, name: &'static str, faults: &mut Faults<'_>) -> &'n [Node] {
        match self.node(name) {
            None => &[],
            Some(Node { value: Yaml::List(list), .. }) => list,
            Some(Node { value: Yaml::Text(text), span }) if is_dashed(text) => {
                let hint = "write a space after each `-`";
                faults.hint(Code::WrongType, *span, "there is no space after this `-`", hint);
                &[]
            }
            Some(node @ Node { value: Yaml::Text(_) | Yaml::Number(_), .. }) => {
                std::slice::from_ref(node)
            }
            Some(node) => {
                let message = format!("`{name}` is a list, not {}", node.value.kind());
                let hint = format!("write `{name}: [one, two]`, or each on a line after `- `");
                faults.hint(Code::WrongType, node.span, message, hint);
                &[]
            }
        }
    }

    pub fn texts(&mut self, name: &'static str, faults: &mut Faults<'_>) -> Vec<Located<String>> {
        let list = self.list(name, faults);
        list.iter().filter_map(|node| text(node, name, faults)).collect()
    }

    pub fn words<V: Vocabulary>(&mut self, name: &'static str, faults: &mut Faults<'_>) -> Vec<V> {
        let texts = self.texts(name, faults);
        let slot = format!("in `{name}`");
        texts.iter().filter_map(|text| one_of(text, &slot, faults)).map(|word| word.value).collect()
    }

    pub fn values<T>(
        &mut self,
        name: &'static str,
        form: &str,
        parse: impl Fn(&str) -> Option<T>,
        faults: &mut Faults<'_>,
    ) -> Vec<Located<T>> {
        let texts = self.texts(name, faults);
        let slot = format!("in `{name}`");
        texts.iter().filter_map(|text| value(text, &slot, form, &parse, faults)).collect()
    }

    pub fn extra(&mut self) -> Value {
        self.node("extra").map_or(Value::Null, plain)
    }

    /// Continues as another kind of map, if the field `name` shows that it is one.
    pub fn becomes(&mut self, what: &'static str, name: &str) -> bool {
        let found = self.entries.iter().any(|entry| entry.key == name);
        if found {
            (self.what, self.shape) = (what, shape::of(what));
        }
        found
    }

    /// The entries that have not been asked for.
    pub fn rest(&self) -> impl Iterator<Item = &'n Entry> {
        self.entries.iter().filter(|entry| !self.known.contains(&entry.key.as_str()))
    }

    /// Reports the fields that have not been asked for.
    pub fn close(self, faults: &mut Faults<'_>) {
        let names: Vec<&str> = match self.shape {
            Some(shape) => shape.fields.iter().map(|field| field.name).collect(),
            None => self.known.clone(),
        };
        debug_assert!(
            names.iter().all(|name| self.known.contains(name)),
            "a field of {} is described and never read",
            self.what
        );
        for entry in self.entries.iter().filter(|entry| !names.contains(&entry.key.as_str())) {
            let message = format!("{} has no field `{}`", self.what, entry.key);
            let near = suggest(&entry.key, names.iter().copied());
            let joined = entry.key.split_once(':').filter(|(name, _)| names.contains(name));
            let foreign = foreign_fields::ours(&entry.key).filter(|_| self.what == SITE);
            let hint = match (joined, near) {
                _ if foreign.is_some() => foreign.unwrap_or_default().to_owned(),
                (Some((name, value)), _) => {
                    format!("write a space after the colon: `{name}: {value}`")
                }
                (None, Some(near)) => format!("did you mean `{near}`?"),
                (None, None) if names.contains(&"extra") => {
                    "put a field of your own under `extra:`".to_owned()
                }
                (None, None) => format!("its fields are {}", listed(&names)),
            };
            faults.hint(Code::UnknownField, entry.key_span, message, hint);
        }
    }
}

fn duplicates(entries: &[Entry], faults: &mut Faults<'_>) {
    let mut firsts: BTreeMap<&str, Span> = BTreeMap::new();
    for entry in entries {
        if let Some(first) = firsts.get(&*entry.key) {
            let diagnostic =
                Diagnostic::new(Code::DuplicateKey, format!("`{}` is given twice", entry.key))
                    .at(faults.path, entry.key_span)
                    .related(faults.path, *first, "first given here")
                    .hint("keep one of the two");
            faults.list.push(diagnostic);
        } else {
            firsts.insert(&entry.key, entry.key_span);
        }
    }
}

/// A scalar as text, whatever type YAML gives it: `142` is the text `142`.
pub fn text(node: &Node, name: &str, faults: &mut Faults<'_>) -> Option<Located<String>> {
    match &node.value {
        Yaml::Text(text) | Yaml::Number(text) if !text.trim().is_empty() => {
            Some(Located::new(text.clone(), node.span))
        }
        Yaml::Text(_) | Yaml::Number(_) | Yaml::Null => {
            let hint = format!("write something after `{name}:`, or take it out");
            faults.hint(Code::MissingField, node.span, format!("`{name}` is empty"), hint);
            None
        }
        Yaml::Bool(value) => Some(Located::new(value.to_string(), node.span)),
        other => {
            let message = format!("`{name}` is a text, not {}", other.kind());
            faults.hint(
                Code::WrongType,
                node.span,
                message,
                format!("write `{name}: …` with one text"),
            );
            None
        }
    }
}

/// Whether a text looks like a list whose dashes have no space after them.
fn is_dashed(text: &str) -> bool {
    text.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// What `parse` makes of a text; `slot` says where the text stands: “`time`”, “in `tags`”.
fn value<T>(
    text: &Located<String>,
    slot: &str,
    form: &str,
    parse: impl Fn(&str) -> Option<T>,
    faults: &mut Faults<'_>,
) -> Option<Located<T>> {
    let parsed = parse(text.value.trim());
    if parsed.is_none() {
        let message = format!("`{}` cannot be {slot}", text.value.trim());
        faults.hint(Code::BadValue, text.span, message, format!("write {form}"));
    }
    parsed.map(|value| Located::new(value, text.span))
}

/// A word from a closed list.
pub fn word<V: Vocabulary>(
    text: &Located<String>,
    name: &str,
    faults: &mut Faults<'_>,
) -> Option<Located<V>> {
    one_of(text, &format!("`{name}`"), faults)
}

fn one_of<V: Vocabulary>(
    text: &Located<String>,
    slot: &str,
    faults: &mut Faults<'_>,
) -> Option<Located<V>> {
    let parsed = V::parse(&text.value);
    if parsed.is_none() {
        let words: Vec<&str> = V::ALL.iter().map(|word| word.as_str()).collect();
        let hint = match suggest(&text.value, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", listed(&words)),
        };
        faults.hint(Code::BadValue, text.span, format!("`{}` cannot be {slot}", text.value), hint);
    }
    parsed.map(|word| Located::new(word, text.span))
}

/// A node as plain data, without places.
pub fn plain(node: &Node) -> Value {
    match &node.value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => Value::Bool(*value),
        Yaml::Number(text) => {
            text.parse().map_or_else(|_| Value::Text(text.clone()), Value::Integer)
        }
        Yaml::Text(text) => Value::Text(text.clone()),
        Yaml::List(list) => Value::List(list.iter().map(plain).collect()),
        Yaml::Map(entries) => Value::Map(
            entries.iter().map(|entry| (entry.key.clone(), plain(&entry.value))).collect(),
        ),
    }
}

fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

/// The first byte of a map. A map may span many lines, so a missing field is shown at its start.
fn first_line(span: Span) -> Span {
    Span { start: span.start, end: span.end.min(span.start.saturating_add(1)) }
}
