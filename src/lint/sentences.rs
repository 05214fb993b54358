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
            [b'.', behind @ ..] if !begins_with_space(behind) => continue,
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

fn begins_with_space(behind: &[u8]) -> bool {
    match behind {
        [] => true,
        // This is the ideographic space; other wide characters do not follow a full stop.
        [0xE3, 0x80, 0x80, ..] => true,
        [byte, ..] => byte.is_ascii_whitespace(),
    }
}
