//! Which languages share an index, and what is known about each: its endings, and words that say little.

use std::collections::BTreeMap;

use crate::model::id::Id;
use crate::model::language::Language;
use crate::model::operator::Term;
use crate::model::site::Site;
use crate::search::variants::Variants;
use crate::search::words::terms;

/// One line for each language: its tag, its endings, its quiet words.
const LIST: &str = include_str!("languages.txt");

/// Languages that share an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name in the files' paths: `zh`, `pt-br`.
    pub name: String,
    /// The languages' indexes among the site's languages.
    pub languages: Vec<usize>,
    /// The endings of words, longest first.
    pub endings: Vec<&'static str>,
    /// Words that a question often has but an answer need not have.
    pub quiet: Vec<&'static str>,
    /// Whether the group holds Chinese: if so, pinyin and homophones find titles too.
    pub chinese: bool,
    /// The names of the glossary's terms.
    pub names: Vec<TermName>,
    /// The calling codes by country, in digits.
    pub codes: BTreeMap<String, String>,
}

/// A name of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermName {
    pub term: Id,
    pub language: Language,
    /// The significant words of the name, without their endings.
    pub stems: Vec<String>,
}

/// The names of a term: its own, and what else it is called.
pub fn names_of(term: &Term, language: &Language) -> Vec<String> {
    let mut names = vec![term.term.get(language).to_owned()];
    let aliases = term.aliases.get(language);
    names.extend(aliases.into_iter().flatten().map(|alias| alias.to_string()));
    names
}

impl Group {
    /// The significant words of a name, without their endings.
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

    /// A word without its longest ending, as long as three letters remain.
    pub fn stem<'a>(&self, word: &'a str) -> &'a str {
        let mut stems = self.endings.iter().filter_map(|ending| word.strip_suffix(ending));
        stems.find(|stem| stem.chars().nth(2).is_some()).unwrap_or(word)
    }
}

/// The groups in the site's order: Chinese in both scripts is one group; every other language is a group of
/// its own.
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
