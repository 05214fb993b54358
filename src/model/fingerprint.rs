//! A fingerprint of bytes, which tells two texts or files apart without keeping either.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64, xxh3_64_with_seed, xxh3_128};

use crate::model::bytes::Bytes;

/// An XXH3 hash of 128 bits. It is the same on any machine, but it is not secret and does not protect against
/// forgery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    pub fn of(bytes: &[u8]) -> Fingerprint {
        Fingerprint(xxh3_128(bytes))
    }

    /// The fingerprint of a value within this process; another process may give the same value another one.
    pub fn of_value(value: &impl Hash) -> Fingerprint {
        let mut hasher = Xxh3Default::new();
        value.hash(&mut hasher);
        Fingerprint(hasher.digest128())
    }

    /// `None` unless `text` is 32 hexadecimal digits, as `Display` writes them.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| u128::from_str_radix(text, 16).ok().map(Fingerprint)).flatten()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// A hash table that is only looked up, never iterated. For short keys it is twice as quick as the standard
/// one, but it does not protect against keys that are made to collide.
pub type Table<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// XXH3 with 64 bits, where each part is hashed with the result so far as its seed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A hash of 64 bits, for tables that need a number for each word.
pub fn short(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// The length in bytes of the white-space character (`White_Space=Yes`) at the start of `text`; 0 if there is
/// none.
fn space(text: &[u8]) -> usize {
    match text {
        [b' ' | 9..=13, ..] => 1,
        [0xC2, 0x85 | 0xA0, ..] => 2,
        [0xE1, 0x9A, 0x80, ..]
        | [0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF, ..]
        | [0xE2, 0x81, 0x9F, ..]
        | [0xE3, 0x80, 0x80, ..] => 3,
        _ => 0,
    }
}

/// The first bytes of all white-space characters except U+0020.
static SPACE_BUT_PLAIN: Bytes<3> = Bytes::of([(9, 13), (0xC2, 0xC2), (0xE1, 0xE3)]);

/// Appends the words of `text`, which are separated by plain spaces, with one space after each.
fn add_words(text: &str, bytes: &mut Vec<u8>) {
    let mut add = |words: &str| {
        bytes.extend_from_slice(words.as_bytes());
        bytes.push(b' ');
    };
    match text.trim_matches(' ') {
        "" => {}
        text if text.contains("  ") => {
            text.split(' ').filter(|word| !word.is_empty()).for_each(add);
        }
        // Nearly all texts have single spaces only.
        text => add(text),
    }
}

/// A hash of 64 bits of words as they were written. A translation stores it to know what it was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pin(u64);

impl Pin {
    /// The pin of everything that this one stands for, followed by `text`. White space of any kind and length
    /// counts as one space, so rewrapping lines does not change a pin.
    pub fn then(self, text: &str) -> Pin {
        let mut bytes = Vec::with_capacity(text.len() + 9);
        bytes.extend_from_slice(&self.0.to_le_bytes());
        let (mut start, mut at) = (0, 0);
        while let Some(rest) = text.get(at..)
            && let Some(found) = SPACE_BUT_PLAIN.find(rest.as_bytes())
        {
            at += found;
            match space(text.as_bytes().get(at..).unwrap_or_default()) {
                0 => at = text.ceil_char_boundary(at + 1),
                length => {
                    add_words(text.get(start..at).unwrap_or(""), &mut bytes);
                    at += length;
                    start = at;
                }
            }
        }
        add_words(text.get(start..).unwrap_or(""), &mut bytes);
        Pin(xxh3_64(&bytes))
    }

    /// `None` unless `text` is 16 hexadecimal digits, as `Display` writes them.
    pub fn parse(text: &str) -> Option<Pin> {
        let digits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| u64::from_str_radix(text, 16).ok().map(Pin)).flatten()
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_back_as_written() {
        let fingerprint = Fingerprint::of("注销".as_bytes());
        assert_eq!(Fingerprint::parse(&fingerprint.to_string()), Some(fingerprint));
        assert_eq!(Fingerprint::parse("+0000000000000000000000000000001"), None);
    }

    #[test]
    fn a_pin_tells_words_apart_and_not_how_they_are_wrapped() {
        let pin = Pin::default().then("注销 a\n  card");
        assert_eq!(pin, Pin::default().then(" 注销\r\na card "));
        assert_ne!(pin, Pin::default().then("注销 acard"));
        assert_ne!(pin.then("b"), Pin::default().then("注销 a card b"));
        assert_eq!(Pin::parse(&pin.to_string()), Some(pin));
        assert_eq!(Pin::parse("+00000000000000a"), None);
    }

    proptest::proptest! {
        #[test]
        fn a_pin_is_of_words_with_a_space_behind_each(text in "([a-z]{1,3}|注| |  |\n|\r\n|\t|\u{A0}|\u{3000}|。|ê|’|\u{1}){0,16}") {
            let words = text.split_whitespace().flat_map(|word| [word, " "]).collect::<String>();
            let bytes = [&0_u64.to_le_bytes(), words.as_bytes()].concat();
            proptest::prop_assert_eq!(Pin::default().then(&text), Pin(xxh3_64(&bytes)));
        }
    }

    #[test]
    fn white_space_is_what_unicode_says() {
        for c in '\0'..=char::MAX {
            let length = if c.is_whitespace() { c.len_utf8() } else { 0 };
            assert_eq!(space(c.encode_utf8(&mut [0; 4]).as_bytes()), length, "{c:?}");
        }
    }
}
