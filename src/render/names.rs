//! The names of languages in the language of a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::foreign;
use crate::model::language::Language;
use crate::model::locales::{Names, own_name};
use crate::model::site::Site;

#[derive(Debug)]
pub struct LanguageNames {
    names: Names,
    /// What the site calls each of its languages in that language itself.
    given: BTreeMap<Language, Arc<str>>,
}

impl LanguageNames {
    pub fn new(reader: &Language, config: &Config) -> LanguageNames {
        LanguageNames { names: Names::of(reader), given: config.language_names.clone() }
    }

    /// CLDR's name for a language; otherwise the language's own name, marked as words of that language.
    pub fn name(&self, language: &Language) -> String {
        let own = || match self.given.get(language) {
            Some(given) => given.to_string(),
            None => own_name(language),
        };
        self.names.name(language).unwrap_or_else(|| foreign::mark(language, &own()))
    }

    /// Whether CLDR has a name for each language that a page of the site may name.
    pub fn know(&self, site: &Site) -> bool {
        let operators = site.registry.operators.values().flat_map(|operator| &operator.channels);
        let regulators = site.registry.countries.values().filter_map(|one| one.regulator.as_ref());
        let channels = operators.chain(regulators.flat_map(|regulator| &regulator.channels));
        let mut languages =
            channels.flat_map(|channel| &channel.languages).chain(&site.config.languages);
        languages.all(|language| self.names.name(language).is_some())
    }
}
