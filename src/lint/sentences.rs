//! Cuts a block of words into sentences.

use std::ops::Range;

use crate::lint::prose::LONGEST;
use crate::model::bytes::Bytes;

/// The sentences of a block, without the marks that end them. None is longer than what may be searched
/// repeatedly.
pub fn sentences(words: &str, block: &Range<usize>) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let text = words.get(block.clone()).unwrap_or("").as_bytes();
    let mut start = 0;
    let mut add = |range: Range<usize>| {
        let blank = text.get(range.clone()).unwrap_or_default().trim_ascii_start().is_empty();
        if !blank {
            sentences.push(block.start + range.start..block.start + range.end);
        }
    };
    for at in ENDS.places(text).chain([text.len()]) {
        let length = match text.get(at..).unwrap_or_default() {
            [b'.', behind @ ..] if !begins_with_space(behind) || shortens(text, at) => continue,
            [0xE3, 0x80, 0x82, ..] | [0xEF, 0xBC, 0x81 | 0x9F | 0x9B, ..] => 3,
            // The danda of Indic scripts, the full stop of Urdu, the question mark and semicolon of Arabic.
            [0xE0, 0xA5, 0xA4 | 0xA5, ..] => 3,
            [0xDB, 0x94, ..] | [0xD8, 0x9B | 0x9F, ..] => 2,
            [0xD8 | 0xDB | 0xE0 | 0xE3 | 0xEF, ..] => continue,
            _ => 1,
        };
        while at.saturating_sub(start) > LONGEST {
            let cut = words.floor_char_boundary(block.start + start + LONGEST) - block.start;
            add(start..cut);
            start = cut;
        }
        add(start..at);
        start = at + length;
    }
    sentences
}

/// The first bytes of what ends a sentence: marks, a field's end, `。`, marks in full width, `।`, `۔`, `؟`.
static ENDS: Bytes<10> = Bytes::of([
    (0, 0),
    (b'!', b'!'),
    (b'.', b'.'),
    (b';', b';'),
    (b'?', b'?'),
    (0xD8, 0xD8),
    (0xDB, 0xDB),
    (0xE0, 0xE0),
    (0xE3, 0xE3),
    (0xEF, 0xEF),
]);

/// Whether the full stop at `at` only shortens a word for “telephone” or “number”: `tel. 129`.
fn shortens(text: &[u8], at: usize) -> bool {
    let behind = text.get(at + 1..).unwrap_or_default().trim_ascii_start();
    let digit = behind.first().is_some_and(|byte| byte.is_ascii_digit() || b"+(*".contains(byte));
    let before = text.get(..at).unwrap_or_default();
    digit
        && SHORTENED.iter().any(|word| {
            let start = before.len().checked_sub(word.len());
            start.and_then(|start| before.split_at_checked(start)).is_some_and(|(head, tail)| {
                tail.eq_ignore_ascii_case(word.as_bytes())
                    && !head.last().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80)
            })
        })
}

/// Words for “telephone” and “number” as they are shortened before a number.
const SHORTENED: &[&str] = &["tel", "tél", "telf", "tlf", "тел", "Тел", "nr", "núm", "τηλ", "ph"];

fn begins_with_space(behind: &[u8]) -> bool {
    match behind {
        [] => true,
        // This is the ideographic space; other wide characters do not follow a full stop.
        [0xE3, 0x80, 0x80, ..] => true,
        [byte, ..] => byte.is_ascii_whitespace(),
    }
}
