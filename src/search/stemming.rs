//! Takes a word back to what its forms have in common, by rules that travel with a language's index.

use crate::search::variants::Variants;
use crate::search::words::terms;

/// Letters that must be left of a word without its ending; and without what is put before it.
const LEAST: usize = 3;
const LEAST_BEHIND_PREFIX: usize = 4;

/// Endings that a word may have, one behind the other.
const ENDINGS: usize = 5;

/// How a language makes forms of a word. The script does the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stemming {
    /// Longest first.
    pub endings: Vec<String>,
    /// `ge` of *gesperrt*.
    pub prefixes: Vec<String>,
    /// What the end of a stem becomes before other endings: `ок` of *звонок* is `к` in *звонка*.
    pub tails: Vec<(String, String)>,
    /// Whether forms differ in double letters: *kaart*, *kaarten*, *kortti*, *kortin*.
    pub doubles: bool,
    /// What stands between the parts of a compound; `None` in a language without them.
    pub links: Option<Vec<String>>,
    /// Whether the words of the site are listed by stem. Else they are looked up with each ending.
    pub listed: bool,
}

impl Stemming {
    /// From the columns of `languages.txt`: endings, rules, links.
    pub fn parse(endings: &str, rules: &str, links: &str) -> Stemming {
        let folded = |word: &str| terms(word, Variants::all()).concat();
        let words = |column: &str| column.split_whitespace().map(folded).collect::<Vec<_>>();
        let mut endings = words(endings);
        endings.sort_by_key(|ending| (std::cmp::Reverse(ending.chars().count()), ending.clone()));
        endings.dedup();
        let mut stemming = Stemming { endings, ..Stemming::default() };
        stemming.listed = !rules.is_empty() && !stemming.endings.is_empty();
        for rule in rules.split_whitespace() {
            if let Some(prefix) = rule.strip_prefix('^') {
                stemming.prefixes.push(folded(prefix));
            } else if let Some((from, to)) = rule.split_once('=') {
                stemming.tails.push((folded(from), folded(to)));
            } else if rule == "2" {
                stemming.doubles = true;
            }
        }
        // A language that puts nothing between the parts has a dash there.
        stemming.links = (!links.is_empty())
            .then(|| words(links).into_iter().filter(|link| !link.is_empty()).collect());
        stemming
    }

    /// Whether two words with one stem are forms of one word: they begin alike for half of the shorter one.
    pub fn are_forms(&self, one: &str, other: &str) -> bool {
        let (one, other) = (self.bare(one), self.bare(other));
        let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        2 * alike >= one.chars().count().min(other.chars().count())
    }

    /// A word without what is put before it.
    fn bare<'w>(&self, word: &'w str) -> &'w str {
        let mut bare = self.prefixes.iter().filter_map(|prefix| word.strip_prefix(&**prefix));
        bare.find(|rest| left(rest, LEAST_BEHIND_PREFIX)).unwrap_or(word)
    }

    /// A word without its endings, if three letters remain.
    pub fn stem(&self, word: &str) -> String {
        let mut stem = self.bare(word);
        for _ in 0..if self.listed { ENDINGS } else { 1 } {
            let mut stems = self.endings.iter().filter_map(|ending| stem.strip_suffix(&**ending));
            match stems.find(|rest| left(rest, LEAST)) {
                Some(rest) => stem = rest,
                None => break,
            }
        }
        self.lean(stem)
    }

    /// A word, and what is left of it without each ending that it may have, one behind the other.
    pub fn stems(&self, word: &str) -> Vec<String> {
        let mut stems = vec![self.lean(word)];
        let endings = |stem: &str| -> Vec<String> {
            let left = |ending: &String| {
                let rest = stem.strip_suffix(&**ending).filter(|rest| left(rest, LEAST))?;
                Some(rest.to_owned())
            };
            self.endings.iter().filter_map(left).collect()
        };
        if !self.listed {
            stems.extend(endings(word));
            return stems;
        }
        let mut stem = self.bare(word).to_owned();
        for _ in 0..ENDINGS {
            let Some(rest) = endings(&stem).into_iter().next() else { break };
            stems.push(self.lean(&rest));
            stem = rest;
        }
        stems
    }

    /// A stem as all forms have it.
    fn lean(&self, stem: &str) -> String {
        let mut stem = stem.to_owned();
        if self.doubles {
            let mut last = None;
            stem.retain(|c| last.replace(c) != Some(c));
        }
        for (from, to) in &self.tails {
            if let Some(rest) = stem.strip_suffix(&**from).filter(|rest| left(rest, LEAST - 1)) {
                return format!("{rest}{to}");
            }
        }
        stem
    }
}

/// Whether as many letters are left.
fn left(rest: &str, least: usize) -> bool {
    rest.chars().nth(least - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_have_a_stem_in_common() {
        let russian = Stemming::parse("а ы у ить ение ения ки", "^за ок=к", "");
        for word in ["отмена", "отмены", "отменить"] {
            assert_eq!(russian.stem(word), "отмен");
        }
        assert_eq!(russian.stem("звонка"), russian.stem("звонок"));
        assert_eq!(russian.stem("дом"), "дом");
        // However much of a word could be an ending, a form that is longer has a stem in common with it.
        let spanish = Stemming::parse("s o os er", ".", "");
        assert_eq!(spanish.stems("numeros"), ["numeros", "numer", "num"]);
        assert_eq!(spanish.stems("numero"), ["numero", "numer", "num"]);
        let albanian = Stemming::parse("e te n en", "", "");
        assert_eq!(albanian.stems("karte"), ["karte", "kar", "kart"]);
        assert_eq!(albanian.stems("karten"), ["karten", "kart", "karte"]);
        let dutch = Stemming::parse("en s", "2", "s");
        assert_eq!(dutch.stem("kaarten"), dutch.stem("kaart"));
        assert!(dutch.are_forms("kaarten", "kaart") && !dutch.are_forms("kaart", "keren"));
    }
}
