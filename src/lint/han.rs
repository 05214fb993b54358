//! Chinese characters of the other script: Traditional ones in a Simplified text, and the reverse.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::lint::Page;
use crate::model::diagnostic::{Code, Diagnostic};

/// Pairs of a Simplified and a Traditional character, in three parts: both of one script only, the
/// second only, the first only. Of one script only is what GB 2312 has and Big5 has not, and the
/// reverse; the pairs are those of OpenCC (Apache-2.0).
const PAIRS: &str = include_str!("han.txt");

/// Where the ideographs begin whose first byte is 0xE4; those of the table begin a little later.
const FIRST: u32 = 0x4000;

/// What stands in the other script for a character that is of one script only, and U+0000 for all others.
struct Table {
    to_simplified: Vec<char>,
    to_traditional: Vec<char>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { to_simplified: vec!['\0'; 0x6000], to_traditional: vec!['\0'; 0x6000] };
    for (index, part) in PAIRS.split("\n\n").enumerate() {
        for pair in part.split_whitespace() {
            let mut pair = pair.chars();
            let (Some(simplified), Some(traditional)) = (pair.next(), pair.next()) else {
                continue;
            };
            if index != 2 {
                set(&mut table.to_simplified, traditional, simplified);
            }
            if index != 1 {
                set(&mut table.to_traditional, simplified, traditional);
            }
        }
    }
    table
});

fn index(c: char) -> Option<usize> {
    usize::try_from(u32::from(c).checked_sub(FIRST)?).ok()
}

/// The first pair of a character is the usual one.
fn set(table: &mut [char], from: char, to: char) {
    if let Some(cell) =
        index(from).and_then(|index| table.get_mut(index)).filter(|cell| **cell == '\0')
    {
        *cell = to;
    }
}

fn get(table: &[char], c: char) -> Option<char> {
    index(c).and_then(|index| table.get(index)).copied().filter(|c| *c != '\0')
}

pub fn check(page: &Page<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (table, other, own) = match page.language().script().as_str() {
        "Hans" => (&TABLE.to_simplified, "Traditional", "Simplified"),
        "Hant" => (&TABLE.to_traditional, "Simplified", "Traditional"),
        _ => return,
    };
    let words = &page.prose.words;
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut foreign = places(words, table).peekable();
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
        let mended: String = text.chars().map(|c| get(table, c).unwrap_or(c)).collect();
        let message = format!("`{text}` is {other} Chinese on a {own} page");
        let hint =
            format!("write `{mended}`, or put it between quotation marks where it is meant so");
        diagnostics.push(page.fault(Code::MixedScripts, range, message).hint(hint));
    }
}

/// Where characters stand that `table` has another for.
fn places(text: &str, table: &[char]) -> impl Iterator<Item = usize> {
    let text = text.as_bytes();
    let is_first = |byte: &u8| matches!(byte, 0xE4..=0xE9);
    // What begins with another byte than an ideograph has no place in the table.
    let plain = |character: &&[u8; 3]| {
        let [one, two, three] = **character;
        let index = usize::from(one.wrapping_sub(0xE4)) << 12;
        let index = index | usize::from(two & 0x3F) << 6 | usize::from(three & 0x3F);
        table.get(index) == Some(&'\0')
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += text.get(at..)?.iter().position(is_first)?;
            // Ideographs stand behind one another.
            let ideographs = text.get(at..)?.as_chunks().0;
            at += 3 * ideographs.iter().take_while(plain).count();
            if is_first(text.get(at)?) {
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
            assert!(get(&TABLE.to_simplified, c).is_none(), "{c}");
        }
        for c in "阿保卡干后里台只".chars() {
            assert!(get(&TABLE.to_traditional, c).is_none(), "{c}");
        }
        assert_eq!(get(&TABLE.to_simplified, '爾'), Some('尔'));
        assert_eq!(get(&TABLE.to_traditional, '尔'), Some('爾'));
    }
}
