//! A word of the index as one number: the many words of a page sort fast and need no memory of their own.

use crate::model::fingerprint;

/// A word: its bytes if there are at most eight, or else a hash of 56 bits after a byte that does not occur
/// in UTF-8. The chance that any two of a million long words have the same hash is one in 140,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordKey(u64);

const LONG: u64 = 0xFF << 56;

impl WordKey {
    pub fn new(word: &str) -> WordKey {
        let mut bytes = [0; 8];
        match bytes.get_mut(..word.len()) {
            Some(place) => {
                place.copy_from_slice(word.as_bytes());
                WordKey(u64::from_be_bytes(bytes))
            }
            None => WordKey(LONG | fingerprint::short(word.as_bytes()) >> 8),
        }
    }

    /// One number by which entries are sorted: first by word, then by `behind`.
    pub fn with(self, behind: u16) -> u128 {
        u128::from(self.0) << 16 | u128::from(behind)
    }

    /// Takes apart what `with` has put together.
    pub fn split(entry: u128) -> (WordKey, u16) {
        (WordKey((entry >> 16) as u64), entry as u16)
    }

    /// Whether the word itself has to be kept elsewhere.
    pub fn is_long(self) -> bool {
        self.0 >= LONG
    }

    /// The word, if it is short; words hold no NUL.
    pub fn word(self) -> String {
        let bytes = self.0.to_be_bytes();
        let length = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        String::from_utf8_lossy(bytes.get(..length).unwrap_or_default()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_themselves() {
        for word in ["a", "sim", "注销", "12345678", "𠮷𠮷"] {
            assert_eq!(WordKey::new(word).word(), word);
            assert!(!WordKey::new(word).is_long());
        }
        assert!(WordKey::new("123456789").is_long());
        assert!(WordKey::new("ab") < WordKey::new("b"));
    }
}
