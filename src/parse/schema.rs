//! The shapes of files as JSON Schema (draft 2020-12), with which editors complete and check what is typed.

use serde_json::{Map, Value, json};

use crate::parse::form::{Form, TAG};
use crate::parse::shape::{self, FieldShape, Needed, Shape, ValueShape};
use crate::parse::shapes::shapes;

/// The kinds of file that have a schema, by the name used on the command line.
const ROOTS: &[(&str, &str)] = &[
    ("guide", "a guide"),
    ("translation", "a translation"),
    ("operator", "an operator"),
    ("site", "`site.yaml`"),
];

/// The schema of `guide`, `translation`, `operator` or `site`, as text that ends with a line end.
pub fn schema(name: &str) -> Option<String> {
    let (_, what) = ROOTS.iter().find(|(root, _)| *root == name)?;
    let root = shape::of(what)?;
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".into(), format!("Cicerone: {what}").into());
    schema.extend(map(root));
    let mut used = vec![root.what];
    let mut at = 0;
    let mut definitions = Map::new();
    while let Some(what) = used.get(at).copied() {
        at += 1;
        let Some(shape) = shape::of(what) else { continue };
        for next in shape.fields.iter().filter_map(|field| refers(&field.kind)) {
            if !used.contains(&next) {
                used.push(next);
            }
        }
        if at > 1 || refers_to(what, shapes().filter(|one| used.contains(&one.what))) {
            definitions.insert(key(what), Value::Object(map(shape)));
        }
    }
    schema.insert("$defs".into(), Value::Object(definitions));
    let text = serde_json::to_string_pretty(&Value::Object(schema)).ok()?;
    Some(text + "\n")
}

fn refers_to<'s>(what: &str, mut shapes: impl Iterator<Item = &'s Shape>) -> bool {
    shapes.any(|shape| shape.fields.iter().any(|field| refers(&field.kind) == Some(what)))
}

/// The shape that a kind of value refers to.
fn refers(kind: &ValueShape) -> Option<&'static str> {
    match kind {
        ValueShape::Map(what)
        | ValueShape::Maps(what)
        | ValueShape::Items(what)
        | ValueShape::TextOr(what) => Some(what),
        ValueShape::FormOr(_, what) | ValueShape::WordOr(_, what) => Some(what),
        ValueShape::Keyed(_, kind) => refers(kind),
        ValueShape::Languages => Some("a language"),
        _ => None,
    }
}

/// The key of a shape: “an item's words” becomes `an-items-words`.
fn key(what: &str) -> String {
    what.chars()
        .filter(|c| c.is_ascii_alphabetic() || *c == ' ')
        .collect::<String>()
        .replace(' ', "-")
}

fn map(shape: &Shape) -> Map<String, Value> {
    let properties: Map<String, Value> =
        shape.fields.iter().map(|field| (field.name.to_owned(), property(field))).collect();
    let required: Vec<&str> = shape
        .fields
        .iter()
        .filter(|field| field.needed == Needed::Always)
        .map(|field| field.name)
        .collect();
    let mut schema = Map::new();
    schema.insert("description".into(), shape.about.into());
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), Value::Object(properties));
    if !required.is_empty() {
        schema.insert("required".into(), json!(required));
    }
    schema.insert("additionalProperties".into(), false.into());
    schema
}

/// A field that is not required may also be empty, which counts as absent.
fn property(field: &FieldShape) -> Value {
    let value = value(&field.kind);
    match (field.needed, &field.kind) {
        (_, ValueShape::Anything) | (Needed::Always, _) => value,
        (Needed::No, _) => json!({"anyOf": [value, {"type": "null"}]}),
    }
}

fn value(kind: &ValueShape) -> Value {
    match kind {
        ValueShape::Text => text(),
        ValueShape::Texts => list(text()),
        ValueShape::Flag => json!({"type": "boolean"}),
        ValueShape::Of(form) => form_of(form),
        ValueShape::ListOf(form) => list(form_of(form)),
        ValueShape::Word(words) => json!({"enum": words()}),
        ValueShape::Words(words) => list(json!({"enum": words()})),
        ValueShape::Local => json!({"anyOf": [text(), by_language(text())]}),
        ValueShape::Map(what) => reference(what),
        ValueShape::Maps(what) => json!({"type": "array", "items": reference(what)}),
        ValueShape::Items(what) => list(json!({"anyOf": [text(), reference(what)]})),
        ValueShape::TextOr(what) => json!({"anyOf": [text(), reference(what)]}),
        ValueShape::FormOr(form, what) => json!({"anyOf": [form_of(form), reference(what)]}),
        ValueShape::WordOr(words, what) => {
            json!({"anyOf": [json!({"enum": words()}), reference(what)]})
        }
        ValueShape::Keyed(form, kind) => json!({
            "type": "object",
            "propertyNames": {"pattern": pattern(form)},
            "additionalProperties": value(kind),
        }),
        ValueShape::Languages => {
            let language = json!({"anyOf": [reference("a language"), {"type": "null"}]});
            json!({"anyOf": [list(form_of(&TAG)), by_language(language)]})
        }
        ValueShape::Anything => json!(true),
    }
}

fn reference(what: &str) -> Value {
    json!({"$ref": format!("#/$defs/{}", key(what))})
}

/// A text may be anything that YAML reads as a scalar.
fn text() -> Value {
    json!({"type": ["string", "number", "boolean"], "pattern": "\\S"})
}

fn form_of(form: &Form) -> Value {
    let pattern = pattern(form);
    match form.number {
        true => json!({"type": ["string", "number"], "pattern": pattern}),
        false => json!({"type": "string", "pattern": pattern}),
    }
}

fn pattern(form: &Form) -> String {
    format!("^\\s*{}\\s*$", form.pattern)
}

/// A single value stands for a list of one.
fn list(value: Value) -> Value {
    json!({"anyOf": [value.clone(), {"type": "array", "items": value}]})
}

fn by_language(value: Value) -> Value {
    json!({
        "type": "object",
        "propertyNames": {"pattern": pattern(&TAG)},
        "additionalProperties": value,
    })
}
