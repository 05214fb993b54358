//! Unicode's normal forms: one text for all the ways in which the same characters can be written.

use unicode_normalization::UnicodeNormalization;

use crate::model::bytes::Bytes;

/// Converts to NFC, Unicode's canonical composition.
pub fn nfc(text: &str) -> String {
    if is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}

/// Converts to NFKC, the compatibility composition: full-width letters, ligatures and the like become plain
/// ones.
pub fn nfkc(text: &str) -> String {
    text.nfkc().collect()
}

/// Converts to NFD, the canonical decomposition: combining marks follow their letters.
pub fn nfd(text: &str) -> String {
    text.nfd().collect()
}

/// Whether `c` is a combining mark (general category M).
pub fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Whether `text` is already in NFC.
pub fn is_nfc(text: &str) -> bool {
    let character = |at| text.get(at..).and_then(|rest| rest.chars().next());
    let mut doubtful = DOUBTFUL.places(text.as_bytes()).filter_map(character);
    doubtful.all(is_composed) || unicode_normalization::is_nfc(text)
}

/// Whether `c` never changes in NFC, whatever stands beside it (`NFC_Quick_Check=Yes` and
/// `Canonical_Combining_Class=0`). True for everything below U+0300 and for the usual Chinese characters.
pub fn is_composed(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3029}'
        | '\u{3400}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}')
}

/// The bytes that can begin a character that is not `is_composed`. Characters below U+0300 and from U+4000 to
/// U+9FFF begin with other bytes.
static DOUBTFUL: Bytes<2> = Bytes::of([(0xCC, 0xE3), (0xEA, 0xFF)]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_for_composed_is_so_beside_anything() {
        for c in ('\0'..=char::MAX).filter(|c| is_composed(*c)) {
            assert!(unicode_normalization::is_nfc(&c.to_string()), "{c:?}");
            assert_eq!(unicode_normalization::char::canonical_combining_class(c), 0, "{c:?}");
        }
        for c in ('\0'..=char::MAX).filter(|c| !is_composed(*c)) {
            assert!(DOUBTFUL.hold(c.to_string().as_bytes()[0]), "{c:?}");
        }
        assert!(!is_nfc("e\u{301}") && !is_nfc("\u{F900}") && is_nfc("é注，"));
    }
}
