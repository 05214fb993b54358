//! What the id of a place in a text may be.

use crate::model::vocabulary::{Block, Vocabulary};

/// Whether a heading may have this id: letters and digits of any script, `-`, `_` and `.`.
pub fn is_anchor(id: &str) -> bool {
    let is_sound = |c: char| c.is_alphanumeric() || is_mark(c) || matches!(c, '-' | '_' | '.');
    !is_of_page(id)
        && id.len() <= 200
        && id.starts_with(char::is_alphanumeric)
        && id.chars().all(is_sound)
}

/// Signs on letters that are no letters themselves, without which a word is another: accents, and the virama and
/// nukta of Indic scripts with their like in Thai, Lao, Burmese, Khmer and Tibetan.
pub fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{93C}' | '\u{94D}' | '\u{9BC}' | '\u{9CD}' | '\u{A3C}' | '\u{A4D}'
        | '\u{ABC}' | '\u{ACD}' | '\u{B3C}' | '\u{B4D}' | '\u{BCD}' | '\u{C3C}' | '\u{C4D}' | '\u{CBC}'
        | '\u{CCD}' | '\u{D3B}' | '\u{D3C}' | '\u{D4D}' | '\u{DCA}' | '\u{E3A}' | '\u{E47}'..='\u{E4E}'
        | '\u{EB8}'..='\u{EBC}' | '\u{EC8}'..='\u{ECE}' | '\u{F39}' | '\u{F84}' | '\u{1037}' | '\u{1039}'
        | '\u{103A}' | '\u{17C9}'..='\u{17D3}')
}

/// Whether a page has an element of its own with this id.
pub fn is_of_page(anchor: &str) -> bool {
    Block::parse(anchor).is_some() || ["main", "top", "footnotes"].contains(&anchor)
}
