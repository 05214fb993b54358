//! Cuts a text into the words that are looked up. `themes/default/assets/search.js` does the same.

use std::sync::LazyLock;

use crate::model::fold::{is_mark, nfc, nfd, nfkc};
use crate::search::variants::Variants;

/// Longer words are cut at this length (in characters).
const LONGEST: usize = 40;

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    Word(String),
    /// Characters of a script that puts no spaces between words.
    Run(Vec<char>),
}

pub fn pieces(text: &str, variants: &Variants) -> Vec<Stretch> {
    let mut pieces = Vec::new();
    cut(text, variants, |piece| pieces.push(piece.owned()));
    pieces
}

/// The words under which a text is found: single words as they are; runs as pairs and their last character.
pub fn terms(text: &str, variants: &Variants) -> Vec<String> {
    let mut terms = Vec::new();
    each_term(text, variants, |term| terms.push(term.to_owned()));
    terms
}

/// The same, handed over one after the other.
pub fn each_term(text: &str, variants: &Variants, mut put: impl FnMut(&str)) {
    let mut pair = String::new();
    cut(text, variants, |piece| match piece {
        Cut::Word(word) => put(word),
        Cut::Run(run) => {
            for (at, first) in run.iter().enumerate() {
                pair.clear();
                pair.push(*first);
                pair.extend(run.get(at + 1));
                put(&pair);
            }
        }
    });
}

/// A piece of a text that is being cut.
enum Cut<'a> {
    Word(&'a str),
    Run(&'a [char]),
}

impl Cut<'_> {
    fn owned(self) -> Stretch {
        match self {
            Cut::Word(word) => Stretch::Word(word.to_owned()),
            Cut::Run(run) => Stretch::Run(run.to_vec()),
        }
    }
}

fn cut(text: &str, variants: &Variants, mut put: impl FnMut(Cut<'_>)) {
    let text = normal(text);
    let mut word = String::new();
    let mut run: Vec<char> = Vec::new();
    let mut end = |word: &mut String, run: &mut Vec<char>| {
        if !word.is_empty() {
            let bare = bare(word);
            let cut = bare.char_indices().nth(LONGEST).map_or(bare.len(), |(cut, _)| cut);
            put(Cut::Word(bare.get(..cut).unwrap_or("")));
            word.clear();
        }
        if !run.is_empty() {
            put(Cut::Run(run));
            run.clear();
        }
    };
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            if !run.is_empty() {
                end(&mut word, &mut run);
            }
            word.push(c);
        } else if is_run(c) {
            if !word.is_empty() {
                end(&mut word, &mut run);
            }
            run.push(variants.fold(c));
        } else if !c.is_ascii() && (c.is_alphanumeric() || is_mark(c)) {
            if !run.is_empty() {
                end(&mut word, &mut run);
            }
            match plain_letters(c) {
                Some(letters) => word.push_str(letters),
                None => word.push(c),
            }
        } else {
            end(&mut word, &mut run);
        }
    }
    end(&mut word, &mut run);
}

/// Levels compatibility forms and case, and drops marks of Latin, Greek, Cyrillic, Hebrew and Arabic.
fn normal(text: &str) -> String {
    // Normalising is slow, and nearly every character has a form that does not depend on its neighbours.
    let mut level = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..='\x7F' => level.push(c.to_ascii_lowercase()),
            '\u{4E00}'..='\u{9FFF}' => level.push(c),
            '\u{FF01}'..='\u{FF5E}' => {
                let plain = u8::try_from(u32::from(c) - 0xFEE0).unwrap_or(b' ');
                level.push(char::from(plain.to_ascii_lowercase()));
            }
            '\u{80}'..='\u{24F}' => {
                let at = usize::try_from(u32::from(c) - 0x80).unwrap_or(0);
                level.push_str(LATIN.get(at).map_or("", |plain| plain));
            }
            // These are dashes, quotation marks and dots.
            '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' => {
                level.push(' ');
            }
            _ => return levelled(text),
        }
    }
    level
}

/// The levelled forms of the characters from U+0080 to U+024F.
static LATIN: LazyLock<Vec<String>> = LazyLock::new(|| {
    ('\u{80}'..='\u{24F}').map(|c| levelled(c.encode_utf8(&mut [0; 4]))).collect()
});

/// The general rule, which works for every character.
fn levelled(text: &str) -> String {
    let lower = nfkc(text).to_lowercase();
    let kept = nfd(&lower).chars().filter(|c| !is_dropped(*c)).collect::<String>();
    nfc(&kept).chars().map(|c| digit(c).unwrap_or_else(|| hiragana(c))).collect()
}

/// The zeros of scripts with decimal digits of their own, each followed by its nine others.
const ZEROS: [u32; 68] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0x104A0,
    0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650,
    0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0,
    0x11DE0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1E140, 0x1E2F0, 0x1E4F0,
    0x1E5F1, 0x1E950,
];

/// The digit in ASCII.
pub fn digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    if !c.is_numeric() {
        return None;
    }
    let code = u32::from(c);
    let value =
        ZEROS.iter().find_map(|zero| code.checked_sub(*zero).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

/// Katakana as hiragana.
fn hiragana(c: char) -> char {
    match c {
        '\u{30A1}'..='\u{30F6}' | '\u{30FD}' | '\u{30FE}' => {
            char::from_u32(u32::from(c) - 0x60).unwrap_or(c)
        }
        _ => c,
    }
}

/// An Arabic word without its article, and what is written in one with that: “and the”, “with the”.
fn bare(word: &str) -> &str {
    if !word.starts_with(['ا', 'و', 'ف', 'ب', 'ك', 'ل']) {
        return word;
    }
    let rest = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let article = ["ال", "بال", "كال", "لل"].into_iter().find_map(|start| rest.strip_prefix(start));
    article.filter(|bare| bare.chars().nth(2).is_some()).unwrap_or(word)
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

/// Marks that many leave out when they type (so the nukta, the hamza and the sign of a long vowel), and signs
/// that cannot be seen.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'..='\u{05C2}'
        | '\u{05C4}'..='\u{05C5}' | '\u{05C7}' | '\u{0621}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{093C}' | '\u{09BC}' | '\u{0A3C}' | '\u{0ABC}' | '\u{0B3C}' | '\u{0CBC}' | '\u{30FC}'
        | '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// The usual substitute for a letter that has no mark to drop, for people who cannot type it.
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
        'ґ' => "г",
        'ך' => "כ",
        'ם' => "מ",
        'ן' => "נ",
        'ף' => "פ",
        'ץ' => "צ",
        'ँ' => "ं",
        // As Arabic, Persian and Urdu write the same letters.
        'ة' | 'ہ' | 'ھ' | 'ە' | 'ۃ' => "ه",
        'ى' | 'ی' | 'ے' | 'ې' | 'ۍ' => "ي",
        'ک' | 'ڪ' => "ك",
        'ٱ' => "ا",
        'ں' => "ن",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        terms(text, Variants::all()).join(" ")
    }

    #[test]
    fn the_short_way_and_the_rule_agree() {
        let all = ('\0'..='\u{24F}').chain('\u{2010}'..='\u{2027}').chain('\u{3001}'..='\u{3011}');
        let all = all.chain(['注', '註', '，', 'Ａ', '９', '～']);
        for c in all {
            for text in [format!("{c}"), format!("Ab{c}cd"), format!("销{c}é{c}S")] {
                let mut rule = Vec::new();
                // A character that the fast path does not know sends a text down the slow one: here, a
                // musical sign.
                cut(&format!("{text}\u{1D11E}"), Variants::all(), |piece| rule.push(piece.owned()));
                assert_eq!(pieces(&text, Variants::all()), rule, "{c:?}");
            }
        }
    }

    #[test]
    fn a_text_is_cut_into_words() {
        assert_eq!(shown("Çregjistrim, KARTËN!"), "cregjistrim karten");
        assert_eq!(shown("註銷號碼"), "注销 销号 号码 码");
        assert_eq!(shown("SIM卡"), "sim 卡");
        assert_eq!(shown("ＳＩＭ １２９"), "sim 129");
        assert_eq!(shown("Straße ΟΔΟΣ *100#"), "strasse οδοσ 100");
        assert_eq!(shown("١٢٩ ۱۲۹ १२९ ๑๒๙ ১২৯"), "129 129 129 129 129");
        assert_eq!(shown("الشَّريحةِ والشريحة بالشريحة للشريحة شريحة"), ["شريحه"; 5].join(" "));
        assert_eq!(shown("گوشی کارت الان"), "گوشي كارت الان");
    }
}
