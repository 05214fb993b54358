//! Pinyin without tones: the pinyin of characters, and words cut into syllables.

use std::collections::{BTreeMap, BTreeSet};

use pinyin::ToPinyin;

use crate::model::fold::nfd;

/// Marks the words of the index that are sounds; no word of a text begins with it.
pub const MARK: char = '\'';

/// The characters of a site, by their sound.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sounds {
    pub syllables: BTreeMap<String, String>,
    by_char: BTreeMap<char, String>,
}

pub fn sound(c: char) -> Option<String> {
    let plain = c.to_pinyin()?.plain();
    if plain.is_ascii() {
        return Some(plain.to_owned());
    }
    Some(nfd(plain).chars().filter(char::is_ascii_lowercase).collect())
}

/// The sounds of a run: `'zhu'xiao` for each pair of characters, `'xiao` for the last one.
pub fn terms(run: &[char]) -> Vec<String> {
    let sounds: Vec<Option<String>> = run.iter().map(|c| sound(*c)).collect();
    let mut terms = Vec::new();
    for pair in sounds.windows(2) {
        if let [Some(first), Some(second)] = pair {
            terms.push(format!("{MARK}{first}{MARK}{second}"));
        }
    }
    terms.extend(sounds.last().and_then(Option::as_ref).map(|last| format!("{MARK}{last}")));
    terms
}

impl Sounds {
    pub fn of(chars: &BTreeSet<char>) -> Sounds {
        let mut sounds = Sounds::default();
        for c in chars {
            if let Some(sound) = sound(*c) {
                sounds.syllables.entry(sound.clone()).or_default().push(*c);
                sounds.by_char.insert(*c, sound);
            }
        }
        sounds
    }

    pub fn get(&self, c: char) -> Option<&str> {
        self.by_char.get(&c).map(String::as_str)
    }

    /// The word cut into syllables, the first ones as long as possible; none if it cannot be cut like this.
    pub fn split(&self, word: &str) -> Option<Vec<String>> {
        let word = word.replace('v', "u");
        if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return None;
        }
        self.cut(&word)
    }

    fn cut(&self, word: &str) -> Option<Vec<String>> {
        if word.is_empty() {
            return Some(Vec::new());
        }
        for length in (1..=word.len().min(6)).rev() {
            let (head, rest) = word.split_at_checked(length)?;
            if !self.syllables.contains_key(head) {
                continue;
            }
            if let Some(mut syllables) = self.cut(rest) {
                syllables.insert(0, head.to_owned());
                return Some(syllables);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_cut_into_syllables() {
        let sounds = Sounds::of(&"注销卡".chars().collect());
        assert_eq!(sounds.split("zhuxiao").unwrap_or_default(), ["zhu", "xiao"]);
        assert_eq!(sounds.split("zhuxia"), None);
        assert_eq!(terms(&['注', '销']), ["'zhu'xiao", "'xiao"]);
    }
}
