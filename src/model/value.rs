//! Data of a site's own (`extra:`), passed to the theme as it was written.

use std::collections::BTreeMap;

use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(untagged)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Integer(i64),
    /// A text, and any number that is no 64-bit integer, as it was spelled.
    Text(String),
    List(Vec<Value>),
    Map(BTreeMap<String, Value>),
}
