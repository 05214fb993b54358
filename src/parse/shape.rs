//! Which fields a map may have, and what is in each: read by the parser, and told to editors as JSON Schema.
//!
//! `Fields` finds no field that is not listed here and takes none that is; so the two cannot drift.

use crate::parse::form::Form;
use crate::parse::shapes::shapes;

/// A map by the words that messages call it: “a step”.
pub struct Shape {
    pub what: &'static str,
    pub about: &'static str,
    pub fields: &'static [FieldShape],
}

pub struct FieldShape {
    pub name: &'static str,
    pub kind: ValueShape,
    pub needed: Needed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    Always,
    No,
}

/// What a value may be. A list may be one value alone.
pub enum ValueShape {
    Text,
    Texts,
    Flag,
    Of(Form),
    ListOf(Form),
    Word(fn() -> Vec<&'static str>),
    Words(fn() -> Vec<&'static str>),
    /// One text for every language, or one a language.
    Local,
    /// A map of another shape.
    Map(&'static str),
    /// A list of such maps.
    Maps(&'static str),
    /// A list of such maps, or of their titles.
    Items(&'static str),
    /// A map with keys of a form.
    Keyed(Form, &'static ValueShape),
    /// A text, or a map of a shape.
    TextOr(&'static str),
    /// A text of a form, or a map of a shape.
    FormOr(Form, &'static str),
    /// One of some words, or a map of a shape.
    WordOr(fn() -> Vec<&'static str>, &'static str),
    /// A list of tags, or a map of them.
    Languages,
    Anything,
}

impl Shape {
    pub fn field(&self, name: &str) -> Option<&'static FieldShape> {
        self.fields.iter().find(|field| field.name == name)
    }
}

pub fn of(what: &str) -> Option<&'static Shape> {
    shapes().find(|shape| shape.what == what)
}
