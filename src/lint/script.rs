//! Characters of one Chinese script only.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use crate::model::language::Language;

/// Pairs of a Simplified and a Traditional character, in three parts: both of one script only, the
/// second only, the first only. Of one script only is what GB 2312 has and Big5 has not, and the
/// reverse; the pairs are those of OpenCC (Apache-2.0).
pub const PAIRS: &str = include_str!("han.txt");

/// The first character that has three bytes.
pub const FIRST: usize = 0x800;

/// The characters that are of one script only.
pub struct Script {
    /// The part of `PAIRS` that is of the other script.
    pub without: usize,
    /// Whether a character may be named on a page of the other script, for those of three bytes.
    pub telling: Box<[bool; 0x1_0000 - FIRST]>,
    /// What stands for each in the other script: few pages ask.
    pub others: OnceLock<HashMap<char, char>>,
}

pub static TRADITIONAL: LazyLock<Script> = LazyLock::new(|| Script::new(2));
pub static SIMPLIFIED: LazyLock<Script> = LazyLock::new(|| Script::new(1));

impl Script {
    pub fn new(without: usize) -> Script {
        let mut telling = Box::new([true; 0x1_0000 - FIRST]);
        for usual in USUAL {
            let usual = telling.get_mut(usual.start - FIRST..usual.end - FIRST);
            usual.into_iter().for_each(|usual| usual.fill(false));
        }
        for (character, _) in pairs(without) {
            if let Some(telling) = telling.get_mut((character as usize).wrapping_sub(FIRST)) {
                *telling = true;
            }
        }
        Script { without, telling, others: OnceLock::new() }
    }

    /// Whether three bytes are a character that may be named, or none at all.
    pub fn tells(&self, bytes: &[u8; 3]) -> bool {
        let [one, two, three] = bytes.map(usize::from);
        let c = ((one << 12) + (two << 6) + three).wrapping_sub(0xE_2080 + FIRST);
        self.telling.get(c).is_none_or(|telling| *telling)
    }

    pub fn other(&self, c: char) -> Option<char> {
        let others = self.others.get_or_init(|| {
            let mut others = HashMap::new();
            for (character, other) in pairs(self.without) {
                // The first pair of a character is the usual one.
                others.entry(character).or_insert(other);
            }
            others
        });
        others.get(&c).copied()
    }
}

/// The script whose characters do not belong on a page.
pub fn foreign(language: &Language) -> Option<&'static Script> {
    match language.script().as_str() {
        "Hans" => Some(&TRADITIONAL),
        "Hant" => Some(&SIMPLIFIED),
        _ => None,
    }
}

/// The characters of three bytes that are not suspicious: ideographs, the punctuation of Chinese and
/// English quotation.
pub const USUAL: [Range<usize>; 4] =
    [0x2010..0x2028, 0x3001..0x302A, 0x4000..0xA000, 0xFF01..0xFF40];

/// Each character that is of one script only, with one of the other.
pub fn pairs(without: usize) -> impl Iterator<Item = (char, char)> {
    let parts = PAIRS.split("\n\n").enumerate().filter(move |(part, _)| *part != without);
    let pairs = parts.flat_map(|(_, part)| part.split_ascii_whitespace());
    pairs.filter_map(move |pair| {
        let mut pair = pair.chars();
        let (simplified, traditional) = (pair.next()?, pair.next()?);
        Some(if without == 2 { (traditional, simplified) } else { (simplified, traditional) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_scripts_write_is_of_neither() {
        for c in "阿保卡注册着干后里台".chars() {
            assert!(TRADITIONAL.other(c).is_none(), "{c}");
        }
        for c in "阿保卡干后里台只".chars() {
            assert!(SIMPLIFIED.other(c).is_none(), "{c}");
        }
        assert_eq!(TRADITIONAL.other('爾'), Some('尔'));
        assert_eq!(SIMPLIFIED.other('尔'), Some('爾'));
    }
}
