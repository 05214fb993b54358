//! Which languages share an index, and what is known of each: endings, and words that say little.

use std::collections::BTreeMap;

use crate::model::id::Id;
use crate::model::language::Language;
use crate::model::operator::Term;
use crate::model::site::Site;
use crate::search::variants::Variants;
use crate::search::words::terms;

/// A language a line: its tag, its endings, its quiet words.
const LIST: &str = include_str!("languages.txt");

/// Languages with one index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// `zh`, `pt-br`.
    pub name: String,
    /// By their places among the site's.
    pub languages: Vec<usize>,
    /// Of words, longest first.
    pub endings: Vec<&'static str>,
    /// Words that a question has and an answer need not have.
    pub quiet: Vec<&'static str>,
    /// Whether Chinese is in it: then pinyin and homophones find titles.
    pub chinese: bool,
    /// Of the glossary's terms.
    pub names: Vec<TermName>,
    /// The calling codes of countries, in digits.
    pub codes: BTreeMap<String, String>,
}

/// A name of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermName {
    pub term: Id,
    pub language: Language,
    /// The words of it that say something, without their endings.
    pub stems: Vec<String>,
}

/// A term, and what else it is called.
pub fn names_of(term: &Term, language: &Language) -> Vec<String> {
    let mut names = vec![term.term.get(language).to_owned()];
    let aliases = term.aliases.get(language);
    names.extend(aliases.into_iter().flatten().map(|alias| alias.to_string()));
    names
}

impl Group {
    /// The words of a name that say something, without their endings.
    pub fn stems(&self, name: &str) -> Vec<String> {
        let words = terms(name, Variants::all()).into_iter();
        let loud = words.filter(|word| !self.quiet.contains(&word.as_str()));
        loud.map(|word| self.stem(&word).to_owned()).collect()
    }

    fn fill_names(&mut self, site: &Site) {
        let countries = site.registry.countries.values().filter_map(|country| {
            let code = country.calling_code.as_ref()?;
            let digits: String = code.chars().filter(char::is_ascii_digit).collect();
            (!digits.is_empty()).then(|| (country.code.to_string(), digits))
        });
        self.codes = countries.collect();
        for language in self.languages.iter().map(|language| site.language(*language)) {
            for (id, term) in &site.registry.terms {
                let name = |name: String| TermName {
                    term: id.clone(),
                    language: language.clone(),
                    stems: self.stems(&name),
                };
                let names: Vec<TermName> = names_of(term, language).into_iter().map(name).collect();
                self.names.extend(names);
            }
        }
    }

    /// A word without its longest ending, if three letters remain.
    pub fn stem<'a>(&self, word: &'a str) -> &'a str {
        let mut stems = self.endings.iter().filter_map(|ending| word.strip_suffix(ending));
        stems.find(|stem| stem.chars().nth(2).is_some()).unwrap_or(word)
    }
}

/// Chinese in both scripts is one group; every other language is its own. In the site's order.
pub fn groups(site: &Site) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, language) in site.config.languages.iter().enumerate() {
        let slug = language.slug();
        let first = slug.split('-').next().unwrap_or_default();
        let chinese = first == "zh";
        let name = if chinese { first } else { slug.as_str() };
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.languages.push(index),
            None => groups.push(group(name, first, index, chinese)),
        }
    }
    groups.iter_mut().for_each(|group| group.fill_names(site));
    groups
}

fn group(name: &str, language: &str, index: usize, chinese: bool) -> Group {
    let mut endings = field(language, 1);
    endings.sort_by_key(|ending| (std::cmp::Reverse(ending.chars().count()), *ending));
    Group {
        name: name.to_owned(),
        languages: vec![index],
        endings,
        quiet: field(language, 2),
        chinese,
        names: Vec::new(),
        codes: BTreeMap::new(),
    }
}

fn field(language: &str, index: usize) -> Vec<&'static str> {
    let own = LIST.lines().filter(|line| line.split('\t').next() == Some(language));
    own.filter_map(|line| line.split('\t').nth(index))
        .flat_map(|words| words.split(' '))
        .filter(|word| !word.is_empty())
        .collect()
}
