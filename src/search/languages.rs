//! Which languages share an index, and what is known about each: its endings, and words that say little.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::id::Id;
use crate::model::language::Language;
use crate::model::operator::Term;
use crate::model::site::Site;
use crate::search::stemming::Stemming;
use crate::search::variants::Variants;
use crate::search::words::{Stretch, pieces, terms};

/// A language a line: its tags, its endings, its quiet words, its rules (`^` a prefix, `a=b` what the end of a stem
/// becomes, `2` double letters are one), what joins its compounds (`-`: nothing),
/// and words for a number to call. Without rules (a `.` where there are no others) words are looked up with each ending.
const LIST: &str = include_str!("languages.txt");

/// Languages that share an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name in the files' paths: `zh`, `pt-br`.
    pub name: String,
    /// The languages' indexes among the site's languages.
    pub languages: Vec<usize>,
    pub stemming: Stemming,
    /// Words that a question has and an answer need not have.
    pub quiet: BTreeSet<String>,
    /// What somebody calls a number who looks for one.
    pub calls: Vec<String>,
    /// Whether Chinese is in it: then pinyin and homophones find titles.
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
        let loud = words.filter(|word| !self.quiet.contains(word));
        loud.map(|word| self.stemming.stem(&word)).collect()
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
    let own = LIST.lines().find(|line| {
        line.split('\t').next().is_some_and(|tags| tags.split(' ').any(|tag| tag == language))
    });
    let column = |at: usize| own.and_then(|line| line.split('\t').nth(at)).unwrap_or_default();
    Group {
        name: name.to_owned(),
        languages: vec![index],
        stemming: Stemming::parse(column(1), column(3), column(4)),
        calls: column(5).split_whitespace().map(str::to_owned).collect(),
        quiet: column(2).split_whitespace().flat_map(quiet).collect(),
        chinese,
        names: Vec::new(),
        codes: BTreeMap::new(),
    }
}

/// A quiet word as it is asked for: characters in pairs, but for one that stands alone.
fn quiet(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in pieces(word, Variants::all()) {
        match piece {
            Stretch::Word(word) => found.push(word),
            Stretch::Run(run) if run.len() == 1 => found.extend(run.first().map(char::to_string)),
            Stretch::Run(run) => found.extend(run.windows(2).map(|pair| pair.iter().collect())),
        }
    }
    found
}
