//! Which fields a map may have and what each contains, for the parser and for the JSON Schema of editors.
//!
//! `Fields` finds only fields that are listed here, and has to ask for all of them, so the two cannot drift
//! apart.

use crate::parse::form::Form;
use crate::parse::shapes::shapes;

/// The shape of a map, named by the words that messages use for it: “a step”.
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

/// What a value may be. A single value may stand for a list of one.
pub enum ValueShape {
    Text,
    Texts,
    Flag,
    Of(Form),
    ListOf(Form),
    Word(fn() -> Vec<&'static str>),
    Words(fn() -> Vec<&'static str>),
    /// One text for every language, or one for each language.
    Local,
    /// A map of another shape.
    Map(&'static str),
    /// A list of such maps.
    Maps(&'static str),
    /// A list of such maps, or of just their titles.
    Items(&'static str),
    /// A map whose keys have a form.
    Keyed(Form, &'static ValueShape),
    /// A text, or a map of a shape.
    TextOr(&'static str),
    /// A text of a form, or a map of a shape.
    FormOr(Form, &'static str),
    /// One of some words, or a map of a shape.
    WordOr(fn() -> Vec<&'static str>, &'static str),
    /// A list of language tags, or a map by language tag.
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
