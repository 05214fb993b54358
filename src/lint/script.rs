//! Characters that belong to only one Chinese script.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use crate::model::language::Language;

/// Pairs of a Simplified and a Traditional character, in three parts: those where each belongs to one script
/// only, those where only the second does, and those where only the first does. A character belongs to one
/// script only if GB 2312 has it and Big5 does not, or the reverse. The pairs are OpenCC's (Apache-2.0).
pub const PAIRS: &str = include_str!("han.txt");

/// The first character that takes three bytes.
pub const FIRST: usize = 0x800;

/// The characters that belong to one script only.
pub struct Script {
    /// The index of the part of `PAIRS` whose characters belong to the other script.
    pub without: usize,
    /// For each character of three bytes, whether it may be reported on a page of the other script.
    pub telling: Box<[bool; 0x1_0000 - FIRST]>,
    /// The counterpart of each character in the other script, made when a page first needs it.
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

    /// Whether three bytes are a character that may be reported, or not a character at all.
    pub fn tells(&self, bytes: &[u8; 3]) -> bool {
        let [one, two, three] = bytes.map(usize::from);
        let c = ((one << 12) + (two << 6) + three).wrapping_sub(0xE_2080 + FIRST);
        self.telling.get(c).is_none_or(|telling| *telling)
    }

    pub fn other(&self, c: char) -> Option<char> {
        let others = self.others.get_or_init(|| {
            let mut others = HashMap::new();
            for (character, other) in pairs(self.without) {
                // The first pair with a character is the usual one.
                others.entry(character).or_insert(other);
            }
            others
        });
        others.get(&c).copied()
    }
}

/// The script whose characters do not belong on a page in this language.
pub fn foreign(language: &Language) -> Option<&'static Script> {
    match language.script().as_str() {
        "Hans" => Some(&TRADITIONAL),
        "Hant" => Some(&SIMPLIFIED),
        _ => None,
    }
}

/// The characters of three bytes that are not suspicious: ideographs, Chinese punctuation and English
/// quotation marks.
pub const USUAL: [Range<usize>; 4] =
    [0x2010..0x2028, 0x3001..0x302A, 0x4000..0xA000, 0xFF01..0xFF40];

/// Each character that belongs to one script only, with its counterpart in the other.
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
