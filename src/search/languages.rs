//! Which languages share an index, and what is known of each: endings, and words that say little.

use crate::model::site::Site;

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
    }
}

fn field(language: &str, index: usize) -> Vec<&'static str> {
    let own = LIST.lines().filter(|line| line.split('\t').next() == Some(language));
    own.filter_map(|line| line.split('\t').nth(index))
        .flat_map(|words| words.split(' '))
        .filter(|word| !word.is_empty())
        .collect()
}
