//! Characters without a shape, and those that turn the order of others round.

use crate::model::diagnostic::Severity;
use crate::model::language::Direction;

/// What such a character is, in words for a message.
pub fn described(c: char) -> String {
    let what = if overrides(c) { "turns the order of letters round" } else { "cannot be seen" };
    format!("a character that {what}: U+{:04X}{}", u32::from(c), name(c))
}

/// With an override, what is read is another text than what is copied.
pub fn severity(c: char) -> Severity {
    if overrides(c) { Severity::Error } else { Severity::Warning }
}

fn overrides(c: char) -> bool {
    matches!(c, '\u{202D}' | '\u{202E}')
}

/// Whether nobody sees `c` behind `before` in a text that runs in `direction`.
pub fn hides(c: char, before: Option<char>, direction: Direction) -> bool {
    let after = |matches: fn(char) -> bool| before.is_some_and(matches);
    match c {
        // Persian and Indic words, and emoji of several parts, need joiners.
        // Persian puts one between a foreign word and its own ending: `callback‌ها`.
        '\u{200C}' => {
            !after(joins) && (direction == Direction::LeftToRight || !after(char::is_alphanumeric))
        }
        '\u{200D}' => !after(joins) && !after(is_emoji),
        // Scripts without spaces mark where a line may break.
        '\u{200B}' => !after(
            |c| matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'),
        ),
        '\u{200E}' | '\u{200F}' | '\u{061C}' => direction == Direction::LeftToRight,
        '\u{FE0E}' | '\u{FE0F}' => {
            !after(is_emoji) && !after(|c| c.is_ascii_digit() || "#*©®™‼⁉ℹ〰〽㊗㊙Ⓜ".contains(c))
        }
        '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}' => !after(is_ideograph),
        // The flags of Scotland, England and Wales.
        '\u{E0020}'..='\u{E007F}' => !after(|c| matches!(c, '🏴' | '\u{E0020}'..='\u{E007E}')),
        // Where a long word may be broken: the search reads it as one word.
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

/// Letters of scripts in which joiners change the shape of a word.
fn joins(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{2460}'..='\u{27BF}' | '\u{2900}'..='\u{297F}' | '\u{2B00}'..='\u{2BFF}' | '\u{FE0F}' | '\u{20E3}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
