//! Finds in one pass what the lints look for by name: operators, messengers, hosts, the trade's words.

use std::ops::Range;

use crate::lint::avoided::Avoided;
use crate::lint::hosts::hosts;
use crate::lint::names::RegistryNames;
use crate::lint::phrases::is_latin;
use crate::lint::prose::Prose;
use crate::lint::trade::{BRANDS, MESSENGERS, TRADE};
use crate::model::operator::Registry;
use crate::model::word_search::{Case, WordSearch};

/// What a word means to the lints. Numbers are indexes into their lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Name(usize),
    Messenger(usize),
    Host(usize),
    /// A word that shows that a name is a company's.
    Company,
    Imei,
    Avoided(usize),
}

/// Searches for all of these words.
#[derive(Debug, Clone)]
pub struct MentionFinder {
    word_search: WordSearch,
    whats: Vec<What>,
}

/// Where a file mentions them, each list in order of position. Names and words are searched for among the
/// words of the file, and hosts in everything that is shown.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    pub names: Vec<(usize, Range<usize>)>,
    pub messengers: Vec<(usize, Range<usize>)>,
    pub hosts: Vec<(usize, Range<usize>)>,
    pub companies: Vec<Range<usize>>,
    pub imei: Vec<Range<usize>>,
    pub avoided: Vec<(usize, Range<usize>)>,
}

impl MentionFinder {
    pub fn new(
        names: &RegistryNames<'_>,
        avoided: &[Avoided<'_>],
        registry: &Registry,
    ) -> MentionFinder {
        let countries = registry.countries.values().flat_map(|country| {
            country.name.default.iter().chain(country.name.by_language.values()).map(|name| &**name)
        });
        let names = names.all().iter().map(|name| (&*name.text, name.case())).enumerate();
        let avoided = avoided.iter().map(|one| one.word).enumerate();
        // The lints only recognise companies with names in Latin letters.
        let countries = countries.filter(|name| name.starts_with(is_latin));
        let trade = BRANDS.iter().chain(TRADE).copied().chain(countries);
        let messengers = MESSENGERS.iter().copied().enumerate();
        let words: Vec<(&str, Case, What)> = names
            .map(|(index, (word, case))| (word, case, What::Name(index)))
            .chain(avoided.map(|(index, word)| (word, Case::Any, What::Avoided(index))))
            .chain(messengers.map(|(index, word)| (word, Case::AsWritten, What::Messenger(index))))
            .chain(hosts().enumerate().map(|(index, word)| (word, Case::Any, What::Host(index))))
            .chain(trade.map(|word| (word, Case::AsWritten, What::Company)))
            .chain([("IMEI", Case::AsWritten, What::Imei)])
            .collect();
        // A name may be broken at the end of a line.
        let word_search =
            WordSearch::across_lines(words.iter().map(|(word, case, _)| (word, *case)));
        MentionFinder { word_search, whats: words.into_iter().map(|(_, _, what)| what).collect() }
    }

    pub fn find(&self, source: &str, prose: &Prose) -> Mentions {
        let mut mentions = Mentions::default();
        for (index, range) in self.word_search.find(source) {
            // Whether the whole word is still there, with no part of it blanked.
            let written = |text: &str| {
                text.as_bytes().get(range.clone()) == source.as_bytes().get(range.clone())
            };
            let word = written(&prose.words);
            match self.whats.get(index) {
                Some(What::Name(name)) if word => mentions.names.push((*name, range)),
                Some(What::Messenger(one)) if word => mentions.messengers.push((*one, range)),
                Some(What::Company) if word => mentions.companies.push(range),
                Some(What::Imei) if word => mentions.imei.push(range),
                Some(What::Avoided(one)) if word => mentions.avoided.push((*one, range)),
                Some(What::Host(host)) if written(&prose.shown) => {
                    mentions.hosts.push((*host, range))
                }
                _ => {}
            }
        }
        mentions
    }
}
