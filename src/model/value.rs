//! The site's own data (`extra:`), passed to the theme as it was written.

use std::collections::BTreeMap;

use serde::Serialize;

/// A value of YAML.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(untagged)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    Integer(i64),
    /// A string, or any number that is not a 64-bit integer, as it was written.
    Text(String),
    List(Vec<Value>),
    Map(BTreeMap<String, Value>),
}
