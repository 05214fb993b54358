//! Finds in one pass the characters that a lint may report: those that deceive, and those of another script.

use std::sync::LazyLock;

use crate::lint::script::{Script, USUAL};
use crate::model::bytes::sift;

/// The suspicious characters of a text, with their positions. In Chinese, those of the other script are
/// included.
pub fn suspicious(text: &str, script: Option<&Script>) -> Vec<(usize, char)> {
    match script {
        Some(script) => among_ideographs(text, script),
        None => among_letters(text),
    }
}

/// Whether a lint may report `c`, whatever the script.
pub fn is_suspicious(c: char) -> bool {
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes);
    let usual = USUAL.iter().any(|range| range.contains(&(c as usize)));
    is_rare(bytes[0]) && !usual
}

/// The first bytes of suspicious characters. They are rare in our languages, although some usual characters
/// have them too.
fn is_rare(byte: u8) -> bool {
    let control = byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t');
    control || matches!(byte, 0x7F | 0xC2 | 0xCC..=0xE3 | 0xEA..)
}

/// Searches a text in which most characters take one byte.
fn among_letters(text: &str) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut look = |at: usize| {
        if bytes.get(at).is_some_and(|byte| is_rare(*byte)) {
            let c = text.get(at..).and_then(|rest| rest.chars().next());
            found.extend(c.filter(|c| is_suspicious(*c)).map(|c| (at, c)));
        }
    };
    let (pairs, rest) = bytes.as_chunks();
    let table = &**PAIRS;
    let may_hold = |pair: &[u8; 2]| {
        table.get(usize::from(u16::from_le_bytes(*pair))).is_some_and(|rare| *rare)
    };
    sift(pairs, may_hold, |nth, _| {
        look(nth * 2);
        look(nth * 2 + 1);
    });
    look(text.len() - rest.len());
    found
}

/// Whether one of two bytes is rare, because one answer for both is quicker.
static PAIRS: LazyLock<Box<[bool; 0x1_0000]>> = LazyLock::new(|| {
    let rare: [bool; 256] = std::array::from_fn(|byte| u8::try_from(byte).is_ok_and(is_rare));
    let mut pairs = Box::new([false; 0x1_0000]);
    for (row, second) in pairs.as_chunks_mut().0.iter_mut().zip(rare) {
        *row = rare.map(|first| first | second);
    }
    pairs
});

/// Whether a byte begins a character that is suspicious or takes three bytes.
static STOPS: LazyLock<[bool; 256]> = LazyLock::new(|| {
    let stops = |byte| matches!(byte, 0xE4..=0xE9) || is_rare(byte);
    std::array::from_fn(|byte| u8::try_from(byte).is_ok_and(stops))
});

/// Searches a text in which most characters take three bytes and seldom stand alone.
fn among_ideographs(text: &str, script: &Script) -> Vec<(usize, char)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let table = &*STOPS;
    let stops = |byte: &u8| table.get(usize::from(*byte)).is_some_and(|stops| *stops);
    let mut at = 0;
    while let Some(stop) = bytes.get(at..).and_then(|rest| rest.iter().position(stops)) {
        at += stop;
        let threes = bytes.get(at..).unwrap_or_default().as_chunks().0;
        let usual = threes.iter().position(|three| script.tells(three));
        at += 3 * usual.unwrap_or(threes.len());
        let c = text.get(at..).and_then(|rest| rest.chars().next());
        if let Some(c) = c.filter(|_| bytes.get(at).is_some_and(stops)) {
            found.push((at, c));
            at += c.len_utf8();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::script::TRADITIONAL;

    #[test]
    fn an_odd_character_is_found_wherever_it_stands() {
        let text = "爾a爾，é爾😀爾爾b注\u{7FF}爾\u{FFFF}爾。\u{200B}x\u{7F}注\u{340}\u{7}";
        let odd_one = |c: &char| is_suspicious(*c);
        let among_letters: Vec<(usize, char)> =
            text.char_indices().filter(|(_, c)| odd_one(c)).collect();
        let among_ideographs: Vec<(usize, char)> =
            text.char_indices().filter(|(_, c)| odd_one(c) || *c == '爾').collect();
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            let before = |found: &[(usize, char)]| {
                found.iter().copied().filter(|(at, _)| *at < end).collect::<Vec<_>>()
            };
            assert_eq!(suspicious(&text[..end], None), before(&among_letters));
            assert_eq!(suspicious(&text[..end], Some(&TRADITIONAL)), before(&among_ideographs));
        }
    }
}
