//! Unicode's normal forms: one text for all the ways in which the same characters can be written.

use unicode_normalization::UnicodeNormalization;

/// Canonical composition.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Compatibility composition: full-width letters, ligatures and the like become plain ones.
pub fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

/// Canonical decomposition: marks stand behind their letters.
pub fn nfd(text: &str) -> String {
    text.nfd().collect()
}

/// Whether `c` is a combining mark (general category M).
pub fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Whether `text` is in canonical composition already.
pub fn is_nfc(text: &str) -> bool {
    text.is_ascii() || unicode_normalization::is_nfc(text)
}
