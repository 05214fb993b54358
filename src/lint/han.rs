//! Chinese characters of the other script: Traditional ones in a Simplified text, and the reverse.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use crate::lint::Page;
use crate::model::diagnostic::{Code, Diagnostic};

/// Pairs of a Simplified and a Traditional character, in three parts: both of one script only, the
/// second only, the first only. Of one script only is what GB 2312 has and Big5 has not, and the
/// reverse; the pairs are those of OpenCC (Apache-2.0).
const PAIRS: &str = include_str!("han.txt");

/// The first character that has three bytes.
const FIRST: usize = 0x800;

/// The characters that are of one script only.
struct Script {
    /// What stands for each in the other script.
    others: HashMap<char, char>,
    /// Whether a character is one of them, for those that have three bytes.
    foreign: Box<[bool; 0x1_0000 - FIRST]>,
}

impl Default for Script {
    fn default() -> Script {
        Script { others: HashMap::new(), foreign: Box::new([false; 0x1_0000 - FIRST]) }
    }
}

impl Script {
    /// The first pair of a character is the usual one.
    fn set(&mut self, from: char, to: char) {
        self.others.entry(from).or_insert(to);
        if let Some(foreign) = self.foreign.get_mut((from as usize).wrapping_sub(FIRST)) {
            *foreign = true;
        }
    }

    fn other(&self, c: char) -> Option<char> {
        self.others.get(&c).copied()
    }
}

#[derive(Default)]
struct Scripts {
    traditional: Script,
    simplified: Script,
}

static SCRIPTS: LazyLock<Scripts> = LazyLock::new(|| {
    let mut scripts = Scripts::default();
    for (index, part) in PAIRS.split("\n\n").enumerate() {
        for pair in part.split_whitespace() {
            let mut pair = pair.chars();
            let (Some(simplified), Some(traditional)) = (pair.next(), pair.next()) else {
                continue;
            };
            if index != 2 {
                scripts.traditional.set(traditional, simplified);
            }
            if index != 1 {
                scripts.simplified.set(simplified, traditional);
            }
        }
    }
    scripts
});

pub fn check(page: &Page<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (script, other, own) = match page.language().script().as_str() {
        "Hans" => (&SCRIPTS.traditional, "Traditional", "Simplified"),
        "Hant" => (&SCRIPTS.simplified, "Simplified", "Traditional"),
        _ => return,
    };
    let words = &page.prose.words;
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut foreign = places(words, script).peekable();
    while let Some(first) = foreign.next() {
        let run = run(words, first);
        let mut last = first;
        while let Some(at) = foreign.next_if(|at| *at < run.end) {
            last = at;
        }
        if is_quoted(words, &run) {
            continue;
        }
        // A word seldom has more than two characters before the first telling one.
        let start = if first - run.start <= 6 { run.start } else { first };
        let range = start..words.ceil_char_boundary(last + 1);
        let text = words.get(range.clone()).unwrap_or("");
        if !told.insert(text.to_owned()) {
            continue;
        }
        let mended: String = text.chars().map(|c| script.other(c).unwrap_or(c)).collect();
        let message = format!("`{text}` is {other} Chinese on a {own} page");
        let hint =
            format!("write `{mended}`, or put it between quotation marks where it is meant so");
        diagnostics.push(page.fault(Code::MixedScripts, range, message).hint(hint));
    }
}

/// Where characters stand that are of `script`.
fn places(text: &str, script: &Script) -> impl Iterator<Item = usize> {
    let text = text.as_bytes();
    let begins_three = |byte: &u8| matches!(byte, 0xE0..=0xEF);
    // The number of a character that has three bytes; others are beyond the table.
    let tells = |character: &[u8; 3]| {
        let [one, two, three] = character.map(usize::from);
        let c = ((one << 12) + (two << 6) + three).wrapping_sub(0xE_2080 + FIRST);
        script.foreign.get(c).is_none_or(|foreign| *foreign)
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += text.get(at..)?.iter().position(begins_three)?;
            // They seldom stand alone.
            let threes = text.get(at..)?.as_chunks().0;
            at += 3 * threes.iter().position(tells).unwrap_or(threes.len());
            if text.get(at).is_some_and(begins_three) {
                at += 3;
                return Some(at - 3);
            }
        }
    })
}

/// The ideographs round the one at `at`, without anything between.
fn run(text: &str, at: usize) -> Range<usize> {
    let other = |c: char| !('\u{4E00}'..='\u{9FFF}').contains(&c);
    let (head, tail) = text.split_at(at);
    let start = head.rfind(other).map_or(0, |last| head.ceil_char_boundary(last + 1));
    start..at + tail.find(other).unwrap_or(tail.len())
}

/// Whether a run stands alone between quotation marks: a word that is spoken of.
fn is_quoted(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|head| head.chars().next_back());
    let after = text.get(range.end..).and_then(|tail| tail.chars().next());
    matches!(
        (before, after),
        (Some('“'), Some('”'))
            | (Some('「'), Some('」'))
            | (Some('『'), Some('』'))
            | (Some('‘'), Some('’'))
            | (Some('《'), Some('》'))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_scripts_write_is_of_neither() {
        for c in "阿保卡注册着干后里台".chars() {
            assert!(SCRIPTS.traditional.other(c).is_none(), "{c}");
        }
        for c in "阿保卡干后里台只".chars() {
            assert!(SCRIPTS.simplified.other(c).is_none(), "{c}");
        }
        assert_eq!(SCRIPTS.traditional.other('爾'), Some('尔'));
        assert_eq!(SCRIPTS.simplified.other('尔'), Some('爾'));
    }

    #[test]
    fn a_foreign_character_is_found_wherever_it_stands() {
        let text = "爾a爾，é爾😀爾爾b注\u{7FF}爾\u{FFFF}爾";
        let expected: Vec<usize> = text.match_indices('爾').map(|(at, _)| at).collect();
        assert_eq!(places(text, &SCRIPTS.traditional).collect::<Vec<_>>(), expected);
    }
}
