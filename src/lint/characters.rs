//! Characters that deceive: invisible ones, letters that look like others, texts that are not in NFC.

use std::ops::Range;

use crate::lint::file::LintedFile;
use crate::lint::names::RegistryNames;
use crate::model::diagnostic::{Code, Diagnostic, Severity};
use crate::model::fold::{is_composed, is_nfc, nfc, nfkc};
use crate::model::language::Direction;

pub fn check(page: &LintedFile<'_>, names: &RegistryNames<'_>, diagnostics: &mut Vec<Diagnostic>) {
    hidden(page, diagnostics);
    // These are Greek, Cyrillic, and the letters of mathematics.
    let is_foreign = |c| matches!(c, '\u{340}'..='\u{53F}' | '\u{10000}'..='\u{3FFFF}');
    if page.suspicious.iter().any(|(_, c)| is_foreign(*c)) {
        look_alikes(page, names, diagnostics);
    }
    if !page.suspicious.iter().all(|(_, c)| is_composed(*c)) {
        composed(page, diagnostics);
    }
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// Reports invisible characters anywhere in the file, because code and ids are copied and compared too.
fn hidden(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
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
    let name = format!("U+{:04X}{}", u32::from(c), name(c));
    let more = match count {
        1 => String::new(),
        2 => " and another".to_owned(),
        count => format!(" and {} others", count - 1),
    };
    let overrides = matches!(c, '\u{202D}' | '\u{202E}');
    let what = if overrides { "turns the order of letters round" } else { "cannot be seen" };
    let mut fault =
        page.fault(Code::HiddenCharacter, range, format!("a character that {what}: {name}{more}"));
    if overrides {
        fault.severity = Severity::Error;
    }
    fault.hint("take it out: delete the letters on both sides of it and write them again")
}

fn name(c: char) -> &'static str {
    match c {
        '\u{00AD}' => " (soft hyphen)",
        '\u{200B}' => " (zero width space)",
        '\u{200C}' => " (zero width non-joiner)",
        '\u{200D}' => " (zero width joiner)",
        '\u{200E}' => " (left-to-right mark)",
        '\u{200F}' => " (right-to-left mark)",
        '\u{202D}' => " (left-to-right override)",
        '\u{202E}' => " (right-to-left override)",
        '\u{2060}' => " (word joiner)",
        '\u{FEFF}' => " (byte order mark)",
        '\u{202A}'..='\u{202C}' | '\u{2066}'..='\u{2069}' => " (direction)",
        '\u{E0000}'..='\u{E007F}' => " (tag)",
        _ => "",
    }
}

fn hides(c: char, before: Option<char>, direction: Direction) -> bool {
    let after = |matches: fn(char) -> bool| before.is_some_and(matches);
    match c {
        // Persian and Indic words need joiners, and so do emoji made of several parts.
        '\u{200C}' => !after(joins),
        '\u{200D}' => !after(joins) && !after(is_emoji),
        // Scripts without spaces use it to mark where a line may break.
        '\u{200B}' => !after(
            |c| matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'),
        ),
        '\u{200E}' | '\u{200F}' | '\u{061C}' => direction == Direction::LeftToRight,
        '\u{FE0E}' | '\u{FE0F}' => {
            !after(is_emoji) && !after(|c| c.is_ascii_digit() || "#*©®™‼⁉ℹ〰〽㊗㊙Ⓜ".contains(c))
        }
        '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}' => !after(is_ideograph),
        // The flags of Scotland, England and Wales are made of these.
        '\u{E0020}'..='\u{E007F}' => !after(|c| matches!(c, '🏴' | '\u{E0020}'..='\u{E007E}')),
        // It marks where a long word may be broken. The search treats that as one word.
        '\u{00AD}' => !after(char::is_alphabetic),
        '\u{115F}'
        | '\u{1160}'
        | '\u{180E}'
        | '\u{3164}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E001F}' => true,
        c => is_control(c),
    }
}

/// Whether `c` belongs to a script in which joiners change the shape of a word.
fn joins(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{2460}'..='\u{27BF}' | '\u{2900}'..='\u{297F}' | '\u{2B00}'..='\u{2BFF}' | '\u{FE0F}' | '\u{20E3}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Cyrillic and Greek letters, each with the Latin letter that it looks like (from Unicode's
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

fn latin(c: char) -> Option<char> {
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

/// What a word can be mistaken for, if it has letters of another alphabet.
fn deceives(word: &str, names: &RegistryNames<'_>) -> Option<String> {
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
    ending.len() < word.len() && (1..=3).contains(&length) && ending.chars().all(cyrillic)
}

fn alike(page: &LintedFile<'_>, range: Range<usize>, word: &str, plain: &str) -> Diagnostic {
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

    fn hidden(text: &str) -> Vec<String> {
        let mut before = None;
        let mut found = Vec::new();
        for c in text.chars() {
            if hides(c, before, Direction::LeftToRight) {
                found.push(format!("{:X}", u32::from(c)));
            }
            before = Some(c);
        }
        found
    }

    #[test]
    fn joiners_that_a_word_needs_are_kept() {
        assert!(hidden("Klein\u{AD}schreibung 👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ❤️ 1️⃣ می‌خواهم 葛󠄀").is_empty());
        assert_eq!(
            hidden("a\u{200B}b\u{200D}c\u{202E}d\u{FEFF}"),
            ["200B", "200D", "202E", "FEFF"]
        );
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
