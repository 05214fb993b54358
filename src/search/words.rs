//! Cuts a text into the words that are looked up. `themes/default/assets/search.js` does the same.

use std::borrow::Cow;

use crate::model::fold::{is_mark, nfc, nfd, nfkc};
use crate::search::variants::Variants;

/// Longer words are cut (characters).
const LONGEST: usize = 40;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Word(String),
    /// Characters of a script that puts no spaces between words.
    Run(Vec<char>),
}

pub fn pieces(text: &str, variants: &Variants) -> Vec<Piece> {
    let text = normal(text);
    let mut pieces = Vec::new();
    let mut word = String::new();
    let mut run: Vec<char> = Vec::new();
    for c in text.chars() {
        if is_run(c) {
            end_word(&mut word, &mut pieces);
            run.push(variants.fold(c));
        } else if c.is_alphanumeric() || is_mark(c) {
            end_run(&mut run, &mut pieces);
            match plain_letters(c) {
                Some(letters) => word.push_str(letters),
                None => word.push(c),
            }
        } else {
            end_word(&mut word, &mut pieces);
            end_run(&mut run, &mut pieces);
        }
    }
    end_word(&mut word, &mut pieces);
    end_run(&mut run, &mut pieces);
    pieces
}

/// The words under which a text is found: words as they are; runs as pairs, and their last character.
pub fn terms(text: &str, variants: &Variants) -> Vec<String> {
    let mut terms = Vec::new();
    for piece in pieces(text, variants) {
        match piece {
            Piece::Word(word) => terms.push(word),
            Piece::Run(run) => {
                terms.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
                terms.extend(run.last().map(char::to_string));
            }
        }
    }
    terms
}

/// Compatibility forms and case are levelled, marks of Latin, Greek, Cyrillic, Hebrew and Arabic dropped.
fn normal(text: &str) -> Cow<'_, str> {
    // Most texts have nothing to level but case, and the normal forms are dear.
    if text.chars().all(is_settled) {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    let lower = nfkc(text).to_lowercase();
    let bare: String = nfd(&lower).chars().filter(|c| !is_dropped(*c)).collect();
    Cow::Owned(nfc(&bare))
}

/// A character that only its case can change: ASCII, Han without compatibility forms, their full stop
/// and comma.
fn is_settled(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3001}' | '\u{3002}')
}

fn end_word(word: &mut String, pieces: &mut Vec<Piece>) {
    if word.is_empty() {
        return;
    }
    if let Some((cut, _)) = word.char_indices().nth(LONGEST) {
        word.truncate(cut);
    }
    pieces.push(Piece::Word(std::mem::take(word)));
}

fn end_run(run: &mut Vec<char>, pieces: &mut Vec<Piece>) {
    if !run.is_empty() {
        pieces.push(Piece::Run(std::mem::take(run)));
    }
}

/// Han, kana, Hangul, and the scripts of South-East Asia that put no spaces between words.
pub fn is_run(c: char) -> bool {
    matches!(c,
        '\u{0E01}'..='\u{0EDF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17D3}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}'
        | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'
        | '\u{20000}'..='\u{323AF}')
}

/// Marks that many leave out when they type, and signs that cannot be seen.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'..='\u{05C2}'
        | '\u{05C4}'..='\u{05C5}' | '\u{05C7}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// Letters that have no mark to lose, as they are typed without their key.
fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        terms(text, Variants::all()).join(" ")
    }

    #[test]
    fn a_text_is_cut_into_words() {
        assert_eq!(cut("Çregjistrim, KARTËN!"), "cregjistrim karten");
        assert_eq!(cut("註銷號碼"), "注销 销号 号码 码");
        assert_eq!(cut("SIM卡"), "sim 卡");
        assert_eq!(cut("ＳＩＭ １２９"), "sim 129");
        assert_eq!(cut("Straße ΟΔΟΣ *100#"), "strasse οδοσ 100");
    }
}
