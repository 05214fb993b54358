//! Characters that deceive: invisible ones, letters that look like others, texts that are not in NFC.

use std::ops::Range;

use crate::lint::file::LintedFile;
use crate::lint::names::RegistryNames;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::fold::{is_composed, is_nfc, nfc, nfkc};
use crate::model::hidden::{self, hides};

pub fn check(page: &LintedFile<'_>, names: &RegistryNames<'_>, diagnostics: &mut Vec<Diagnostic>) {
    unseen_ones(page, diagnostics);
    // Greek, Cyrillic, and the letters of mathematics.
    let is_foreign = |c| matches!(c, '\u{340}'..='\u{53F}' | '\u{10000}'..='\u{3FFFF}');
    if page.suspicious.iter().any(|(_, c)| is_foreign(*c)) {
        look_alikes(page, names, diagnostics);
    }
    if !page.suspicious.iter().all(|(_, c)| is_composed(*c)) {
        composed(page, diagnostics);
    }
}

/// Characters without a shape, in the whole file: code and ids are copied and compared too.
fn unseen_ones(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let direction = page.language().direction();
    let mut found: Option<(Range<usize>, char, usize)> = None;
    for &(at, c) in &page.suspicious {
        let before = page.source.get(..at).and_then(|head| head.chars().next_back());
        if !hides(c, before, direction) {
            continue;
        }
        match &mut found {
            Some((range, _, count)) if range.end == at => {
                range.end += c.len_utf8();
                *count += 1;
            }
            _ => {
                diagnostics.extend(found.take().map(|found| unseen(page, found)));
                found = Some((at..at + c.len_utf8(), c, 1));
            }
        }
    }
    diagnostics.extend(found.map(|found| unseen(page, found)));
}

fn unseen(page: &LintedFile<'_>, (range, c, count): (Range<usize>, char, usize)) -> Diagnostic {
    let more = match count {
        1 => String::new(),
        2 => " and another".to_owned(),
        count => format!(" and {} others", count - 1),
    };
    let mut fault =
        page.fault(Code::HiddenCharacter, range, format!("{}{more}", hidden::described(c)));
    fault.severity = hidden::severity(c);
    fault.hint("take it out: delete the letters on both sides of it and write them again")
}

/// Cyrillic and Greek letters, each before the Latin one that it looks like (from Unicode's
/// `confusables.txt`, UTS 39).
const ALIKE: &[(char, char)] = &[
    ('а', 'a'),
    ('А', 'A'),
    ('В', 'B'),
    ('с', 'c'),
    ('С', 'C'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('Е', 'E'),
    ('һ', 'h'),
    ('Н', 'H'),
    ('і', 'i'),
    ('І', 'I'),
    ('ј', 'j'),
    ('Ј', 'J'),
    ('К', 'K'),
    ('к', 'k'),
    ('М', 'M'),
    ('о', 'o'),
    ('О', 'O'),
    ('р', 'p'),
    ('Р', 'P'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('Ѕ', 'S'),
    ('т', 't'),
    ('Т', 'T'),
    ('ѵ', 'v'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('Х', 'X'),
    ('у', 'y'),
    ('У', 'Y'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('ο', 'o'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('α', 'a'),
    ('ν', 'v'),
    ('υ', 'u'),
    ('ι', 'i'),
    ('ɑ', 'a'),
    ('ɡ', 'g'),
    ('ı', 'i'),
    ('ᴏ', 'o'),
];

pub fn latin(c: char) -> Option<char> {
    if ('\u{1D400}'..='\u{1D7FF}').contains(&c) {
        // These are letters of mathematics: bold, script, double-struck.
        return nfkc(c.encode_utf8(&mut [0; 4])).chars().next().filter(char::is_ascii_alphanumeric);
    }
    // `ı` and similar letters belong to Latin alphabets, so they only deceive within other alphabets.
    ALIKE.iter().find(|(other, _)| *other == c).map(|(_, latin)| *latin)
}

/// Reports words of one alphabet with letters of another that look the same.
fn look_alikes(
    page: &LintedFile<'_>,
    names: &RegistryNames<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let words = &page.prose.words;
    let cyrillic = page.language().script() == "Cyrl";
    let mut start = None;
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        if c.is_alphabetic() || ('\u{1D400}'..='\u{1D7FF}').contains(&c) {
            start = start.or(Some(at));
            continue;
        }
        let Some(start) = start.take() else { continue };
        let word = words.get(start..at).unwrap_or("");
        if !word.is_ascii() {
            let plain = deceives(word, names)
                .filter(|plain| !(cyrillic && is_inflected(word)) || is_name(plain, names));
            diagnostics.extend(plain.map(|plain| alike(page, start..at, word, &plain)));
        }
    }
}

/// What a word is taken for, where it holds letters of another alphabet.
pub fn deceives(word: &str, names: &RegistryNames<'_>) -> Option<String> {
    let turkish = |c: char| matches!(c, 'ı' | 'ɑ' | 'ɡ' | 'ᴏ');
    let foreign = word.chars().filter(|c| latin(*c).is_some() && !turkish(*c)).count();
    if foreign == 0 {
        return None;
    }
    let plain: String = word.chars().map(|c| latin(c).unwrap_or(c)).collect();
    let mixed = word.chars().any(|c| c.is_ascii_alphabetic());
    let mathematical = word.chars().any(|c| ('\u{1D400}'..='\u{1D7FF}').contains(&c));
    let whole = plain.is_ascii();
    let greek = word.chars().any(|c| matches!(c, '\u{370}'..='\u{3FF}'));
    let cyrillic = word.chars().any(|c| matches!(c, '\u{400}'..='\u{52F}'));
    (whole && (mixed || mathematical || (greek && cyrillic) || is_name(&plain, names)))
        .then_some(plain)
}

/// Whether the registry has a name that contains this word.
fn is_name(word: &str, names: &RegistryNames<'_>) -> bool {
    let parts = names.all().iter().flat_map(|name| name.text.split(' '));
    parts.into_iter().any(|part| part.eq_ignore_ascii_case(word))
}

/// Whether it is a foreign name with an ending of the language's own, as in Russian and Bulgarian: `Pythonу`.
fn is_inflected(word: &str) -> bool {
    let ending = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let cyrillic = |c: char| matches!(c, '\u{400}'..='\u{52F}');
    let length = ending.chars().count();
    let name = word.get(..word.len() - ending.len()).unwrap_or("");
    // An abbreviation may also begin a word: `SIMкарта`.
    let is_short = name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase());
    !name.is_empty()
        && ((1..=3).contains(&length) || (length > 3 && is_short))
        && ending.chars().all(cyrillic)
}

pub fn alike(page: &LintedFile<'_>, range: Range<usize>, word: &str, plain: &str) -> Diagnostic {
    let foreign: Vec<String> = word
        .chars()
        .filter(|c| latin(*c).is_some())
        .take(3)
        .map(|c| format!("`{c}` (U+{:04X})", u32::from(c)))
        .collect();
    let message = format!("`{word}` is not `{plain}`: it holds {}", foreign.join(", "));
    page.fault(Code::LookAlike, range, message).hint(format!(
        "write `{plain}` anew, letter by letter; search and comparison fail otherwise"
    ))
}

/// The lines of a text, with their positions.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    })
}

/// Reports a text that is not in NFC, at the first word that another program would compare as different.
fn composed(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if is_nfc(page.source) {
        return;
    }
    let doubtful = lines(page.source).filter(|(_, line)| !is_nfc(line));
    let mut words = doubtful.flat_map(|(start, line)| {
        let word = line.split(char::is_whitespace).find(|word| is_composable(word))?;
        Some((start + line.find(word)?, word))
    });
    let Some((at, word)) = words.next() else { return };
    let message = format!("`{}` is not written in Unicode's composed form (NFC)", nfc(word));
    diagnostics.push(page.fault(Code::NotNfc, at..at + word.len(), message).hint(
        "save the file in NFC; search and comparison treat the two forms as different words",
    ));
}

/// Whether one of its characters has a composed form that was not used. Some letters of India and Bengal have
/// none, and the marks of Arabic are only put into another order, which no editor can fix.
fn is_composable(word: &str) -> bool {
    if is_nfc(word) {
        return false;
    }
    let sorted = |text: &str| {
        let mut characters: Vec<char> = text.chars().collect();
        characters.sort_unstable();
        characters
    };
    let composed = nfc(word);
    let (before, after) = (sorted(word), sorted(&composed));
    after.len() <= before.len() && after != before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::suspicious::is_suspicious;
    use crate::model::language::Direction;

    #[test]
    fn a_foreign_word_may_have_an_ending_of_the_language() {
        let is_hidden = |before, direction| hides('\u{200C}', before, direction);
        assert!(!is_hidden(Some('k'), Direction::RightToLeft));
        assert!(!is_hidden(Some('5'), Direction::RightToLeft));
        assert!(is_hidden(Some(' '), Direction::RightToLeft));
        assert!(is_hidden(Some('k'), Direction::LeftToRight));
    }

    #[test]
    fn what_may_be_named_is_odd() {
        for c in '\0'..=char::MAX {
            let named = hides(c, None, Direction::LeftToRight) || !is_composed(c);
            let foreign = matches!(c, '\u{340}'..='\u{53F}' | '\u{10000}'..='\u{3FFFF}');
            assert!(!(named || foreign) || is_suspicious(c), "{c:?}");
        }
    }

    #[test]
    fn only_what_can_be_composed_is_to_be_so() {
        for word in ["cafe\u{301}", "\u{9C7}\u{9BE}", "\u{BC6}\u{BBE}", "\u{212B}", "か\u{3099}"] {
            assert!(is_composable(word), "{word}");
        }
        // Bengali and Devanagari letters without a composed form; Arabic marks in another order.
        for word in ["\u{9DF}", "\u{95E}", "\u{631}\u{651}\u{650}", "\u{631}\u{650}\u{651}", "café"]
        {
            assert!(!is_composable(word), "{word}");
        }
    }

    #[test]
    fn a_name_with_an_ending_of_the_language_deceives_nobody() {
        for word in ["Pythonу", "URLа", "Dockerе", "APIах"] {
            assert!(is_inflected(word), "{word}");
        }
        for word in ["еSIM", "Vоdafone", "Москва", "Python", "Visaхаха"] {
            assert!(!is_inflected(word), "{word}");
        }
    }

    #[test]
    fn letters_of_two_alphabets_in_one_word_deceive() {
        let registry = crate::model::operator::Registry::default();
        let names = RegistryNames::new(&registry);
        assert_eq!(deceives("vоdafone", &names).as_deref(), Some("vodafone"));
        assert_eq!(deceives("𝗧𝗚", &names).as_deref(), Some("TG"));
        assert_eq!(deceives("Москва", &names), None);
        assert_eq!(deceives("ısı", &names), None);
    }
}
