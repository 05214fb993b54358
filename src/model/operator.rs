//! The registry: operators, the countries they work in, and the terms of the field.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::date::Date;
use crate::model::guide::Source;
use crate::model::id::{CountryCode, Id, OperatorId};
use crate::model::language::Language;
use crate::model::source::SourcePath;
use crate::model::span::{Located, Span};
use crate::model::value::Value;
use crate::model::vocabulary::{ChannelKind, Confidence, OperatorStatus, Plan, Reach};

/// One text for every language, or one a language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalText {
    pub default: Option<Arc<str>>,
    pub by_language: BTreeMap<Language, Arc<str>>,
}

impl LocalText {
    /// The words in `language`, else those for every language, else any; empty where there are none.
    pub fn get(&self, language: &Language) -> &str {
        let own = self.by_language.get(language);
        let any = || self.default.as_ref().or_else(|| self.by_language.values().next());
        own.or_else(any).map_or("", |text| text)
    }

    pub fn is_empty(&self) -> bool {
        self.default.is_none() && self.by_language.is_empty()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Registry {
    pub operators: BTreeMap<OperatorId, Operator>,
    pub countries: BTreeMap<CountryCode, Country>,
    pub terms: BTreeMap<Id, Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator {
    pub id: OperatorId,
    pub path: SourcePath,
    /// Of the name, for messages that point at the operator.
    pub span: Span,
    pub name: LocalText,
    pub short_name: LocalText,
    pub aliases: Vec<Arc<str>>,
    /// Oldest first.
    pub former_names: Vec<FormerName>,
    pub absorbed: Vec<Located<OperatorId>>,
    pub successor: Option<Located<OperatorId>>,
    pub status: OperatorStatus,
    pub since: Option<Located<Date>>,
    pub until: Option<Date>,
    /// MCC and MNC: `27601`.
    pub networks: Vec<Arc<str>>,
    pub website: Option<Located<Arc<str>>>,
    pub note: LocalText,
    pub channels: Vec<Channel>,
    pub sources: Vec<Source>,
    pub extra: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerName {
    pub name: Arc<str>,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

/// A way to reach an operator or a regulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    pub id: Located<Id>,
    pub kind: ChannelKind,
    /// A number, code or address; a shop or an app may have none.
    pub value: Option<Located<Arc<str>>>,
    pub name: LocalText,
    pub note: LocalText,
    /// Empty: all plans.
    pub plans: Vec<Plan>,
    pub reach: Option<Reach>,
    pub hours: LocalText,
    pub languages: Vec<Language>,
    pub source: Option<Located<Arc<str>>>,
    pub verified: Option<Located<Date>>,
    pub confidence: Option<Confidence>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    pub code: CountryCode,
    pub path: SourcePath,
    pub span: Span,
    pub name: LocalText,
    /// What else it is called, in any language: `UK`, `Britain`.
    pub aliases: Vec<Arc<str>>,
    pub calling_code: Option<Arc<str>>,
    /// Mobile country code (ITU-T E.212).
    pub mcc: Option<Arc<str>>,
    pub currency: Option<Arc<str>>,
    pub emergency: Vec<Emergency>,
    pub regulator: Option<Regulator>,
    pub extra: Value,
}

/// A number that is never an operator's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    pub id: Located<Id>,
    pub value: Located<Arc<str>>,
    pub name: LocalText,
    pub note: LocalText,
    pub source: Option<Located<Arc<str>>>,
    pub confidence: Option<Confidence>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regulator {
    pub name: LocalText,
    pub website: Option<Located<Arc<str>>>,
    pub channels: Vec<Channel>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub id: Id,
    pub path: SourcePath,
    pub span: Span,
    pub term: LocalText,
    pub text: LocalText,
    pub aliases: BTreeMap<Language, Vec<Arc<str>>>,
    /// Whether its first use in a page leads to the glossary.
    pub is_linked: bool,
    /// Words that mean something else.
    pub avoid: BTreeMap<Language, Vec<Arc<str>>>,
}
