//! Chinese characters of the other script: Traditional ones in a Simplified text, and the reverse.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use crate::lint::LintedFile;
use crate::lint::suspicious::USUAL;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::language::Language;

/// Pairs of a Simplified and a Traditional character, in three parts: both of one script only, the
/// second only, the first only. Of one script only is what GB 2312 has and Big5 has not, and the
/// reverse; the pairs are those of OpenCC (Apache-2.0).
const PAIRS: &str = include_str!("han.txt");

/// The first character that has three bytes.
const FIRST: usize = 0x800;

/// The characters that are of one script only.
pub struct Script {
    /// The part of `PAIRS` that is of the other script.
    without: usize,
    /// Whether a character may be named on a page of the other script, for those of three bytes.
    telling: Box<[bool; 0x1_0000 - FIRST]>,
    /// What stands for each in the other script: few pages ask.
    others: OnceLock<HashMap<char, char>>,
}

pub static TRADITIONAL: LazyLock<Script> = LazyLock::new(|| Script::new(2));
static SIMPLIFIED: LazyLock<Script> = LazyLock::new(|| Script::new(1));

impl Script {
    fn new(without: usize) -> Script {
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

    fn other(&self, c: char) -> Option<char> {
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

/// Each character that is of one script only, with one of the other.
fn pairs(without: usize) -> impl Iterator<Item = (char, char)> {
    let parts = PAIRS.split("\n\n").enumerate().filter(move |(part, _)| *part != without);
    let pairs = parts.flat_map(|(_, part)| part.split_ascii_whitespace());
    pairs.filter_map(move |pair| {
        let mut pair = pair.chars();
        let (simplified, traditional) = (pair.next()?, pair.next()?);
        Some(if without == 2 { (traditional, simplified) } else { (simplified, traditional) })
    })
}

/// The script whose characters do not belong on a page.
pub fn foreign(language: &Language) -> Option<&'static Script> {
    match language.script().as_str() {
        "Hans" => Some(&TRADITIONAL),
        "Hant" => Some(&SIMPLIFIED),
        _ => None,
    }
}

pub fn check(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(script) = page.foreign else { return };
    let (other, own) = match script.without {
        2 => ("Traditional", "Simplified"),
        _ => ("Simplified", "Traditional"),
    };
    let words = &page.prose.words;
    let mut told: BTreeSet<String> = BTreeSet::new();
    let is_word = |at: usize, c: char| words.get(at..).is_some_and(|rest| rest.starts_with(c));
    let foreign =
        page.suspicious.iter().filter(|(at, c)| script.other(*c).is_some() && is_word(*at, *c));
    let mut foreign = foreign.map(|(at, _)| *at).peekable();
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
            assert!(TRADITIONAL.other(c).is_none(), "{c}");
        }
        for c in "阿保卡干后里台只".chars() {
            assert!(SIMPLIFIED.other(c).is_none(), "{c}");
        }
        assert_eq!(TRADITIONAL.other('爾'), Some('尔'));
        assert_eq!(SIMPLIFIED.other('尔'), Some('爾'));
    }
}
