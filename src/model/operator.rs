//! The registry: operators, the countries they work in, and the glossary's terms.

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

/// Either one text for every language, or one for each language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LocalText {
    /// The text for every language that is not in `by_language`.
    pub default: Option<Arc<str>>,
    pub by_language: BTreeMap<Language, Arc<str>>,
}

impl LocalText {
    /// The words in `language`, or else in its nearest parent, or those for every language, or any; empty where
    /// there are none.
    pub fn get(&self, language: &Language) -> &str {
        self.find(language).0
    }

    /// The same, and the language that the words are in where it is known to be another.
    pub fn find(&self, language: &Language) -> (&str, Option<&Language>) {
        if let Some(own) = self.by_language.get(language) {
            return (own, None);
        }
        // A neighbour in the same language is looked for where there is one, since CLDR's chain takes long to walk.
        let mut kin = self.by_language.keys().filter(|one| one.primary() == language.primary());
        let nearest = kin.next().and_then(|_| language.nearest(self.by_language.keys()));
        if let Some(text) = nearest.and_then(|own| self.by_language.get(own)) {
            return (text, None);
        }
        match (&self.default, self.by_language.first_key_value()) {
            (Some(text), _) => (text, None),
            (None, Some((own, text))) => (text, Some(own)),
            (None, None) => ("", None),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.default.is_none() && self.by_language.is_empty()
    }
}

/// All operators, countries and terms that the project describes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Registry {
    pub operators: BTreeMap<OperatorId, Operator>,
    pub countries: BTreeMap<CountryCode, Country>,
    /// The terms of the glossary.
    pub terms: BTreeMap<Id, Term>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
/// An operator, as its file in `guides/operators/` describes it.
pub struct Operator {
    pub id: OperatorId,
    pub path: SourcePath,
    /// Where the name stands, for messages that point at the operator.
    pub span: Span,
    pub name: LocalText,
    /// A name for narrow screens; empty where there is none.
    pub short_name: LocalText,
    /// Other names that people use for the operator.
    pub aliases: Vec<Arc<str>>,
    /// The former names, oldest first.
    pub former_names: Vec<FormerName>,
    /// Operators that merged into this one.
    pub absorbed: Vec<Located<OperatorId>>,
    /// The operator that this one merged into.
    pub successor: Option<Located<OperatorId>>,
    pub status: OperatorStatus,
    /// When the operator got its present name.
    pub since: Option<Located<Date>>,
    /// When the operator closed or merged.
    pub until: Option<Date>,
    /// Codes of its networks, MCC followed by MNC: `27601`.
    pub networks: Vec<Arc<str>>,
    /// A web address.
    pub website: Option<Located<Arc<str>>>,
    /// A sentence or two about the operator.
    pub note: LocalText,
    pub channels: Vec<Channel>,
    /// The documents that support what is said here.
    pub sources: Vec<Source>,
    pub extra: Value,
}

/// A name that an operator had, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerName {
    pub name: Arc<str>,
    /// When the name came into use.
    pub from: Option<Date>,
    pub until: Option<Date>,
}

/// A way to reach an operator or a regulator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    pub id: Located<Id>,
    pub kind: ChannelKind,
    /// A number, code or address. A shop or an app may have none.
    pub value: Option<Located<Arc<str>>>,
    pub name: LocalText,
    pub note: LocalText,
    /// The plans that the channel serves; empty for all plans.
    pub plans: Vec<Plan>,
    /// Where the channel can be used from.
    pub reach: Option<Reach>,
    /// The hours at which somebody answers.
    pub hours: LocalText,
    /// The languages that are spoken there.
    pub languages: Vec<Language>,
    /// The address of a page that supports the claim.
    pub source: Option<Located<Arc<str>>>,
    /// The day on which somebody last checked it.
    pub verified: Option<Located<Date>>,
    /// What the claim is based on.
    pub confidence: Option<Confidence>,
}

/// What the registry says about one country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// The code of the country, after which its file is named.
    pub code: CountryCode,
    pub path: SourcePath,
    pub span: Span,
    pub name: LocalText,
    /// What else it is called, in any language: `UK`, `Britain`.
    pub aliases: Vec<Arc<str>>,
    pub calling_code: Option<Arc<str>>,
    /// The mobile country code (ITU-T E.212).
    pub mcc: Option<Arc<str>>,
    /// The currency, an ISO 4217 code.
    pub currency: Option<Arc<str>>,
    /// The numbers for emergencies.
    pub emergency: Vec<Emergency>,
    /// The authority that supervises the operators.
    pub regulator: Option<Regulator>,
    pub extra: Value,
}

/// An emergency number, which never belongs to an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    pub id: Located<Id>,
    /// The number itself.
    pub value: Located<Arc<str>>,
    pub name: LocalText,
    pub note: LocalText,
    /// The address of a page that supports the claim.
    pub source: Option<Located<Arc<str>>>,
    pub confidence: Option<Confidence>,
}

/// The authority that supervises the operators of a country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regulator {
    pub name: LocalText,
    pub website: Option<Located<Arc<str>>>,
    pub channels: Vec<Channel>,
}

/// A term of the glossary, with its definition in `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub id: Id,
    pub path: SourcePath,
    pub span: Span,
    /// The term itself.
    pub term: LocalText,
    /// What the term means.
    pub text: LocalText,
    /// Other words for it, which readers may search for.
    pub aliases: BTreeMap<Language, Vec<Arc<str>>>,
    /// Whether its first use in a page leads to the glossary.
    pub is_linked: bool,
    /// Words that mean something else.
    pub avoid: BTreeMap<Language, Vec<Arc<str>>>,
}
