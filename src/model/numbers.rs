//! Finds numbers to keep left-to-right on a right-to-left page: telephone numbers, codes, times, ranges.

use std::ops::Range;

/// The range of each number that a browser would reorder. It shows whole numbers and decimals as they were
/// typed.
pub fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(at) = text.get(rest..).and_then(|text| text.find(begins)) {
        let start = rest + at;
        let length = length(text.get(start..).unwrap_or(""));
        let before = text.get(..start).and_then(|text| text.chars().next_back());
        let is_within = before.is_some_and(|c| c.is_ascii_alphabetic() || c == '&' || is_digit(c));
        let number = text.get(start..start + length).unwrap_or("");
        if !is_within && is_turned(number) {
            found.push(start..start + length);
        }
        let first =
            text.get(start..).and_then(|text| text.chars().next()).map_or(1, char::len_utf8);
        rest = start + length.max(first);
    }
    found
}

/// Digits that run from left to right by themselves: the European ones and those of Persian.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '\u{6F0}'..='\u{6F9}')
}

fn begins(c: char) -> bool {
    is_digit(c) || matches!(c, '+' | '*' | '#')
}

/// The length in bytes of the number at the start of `text`.
fn length(text: &str) -> usize {
    // A space belongs to the number only if it begins like a telephone number. Elsewhere it separates two
    // numbers.
    let is_phone = text.starts_with(['+', '0', '۰']);
    let mut length = 0;
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let is_sign = matches!(c, '*' | '#') || (c == '+' && at == 0);
        let is_joint = matches!(c, '-' | '–' | '‑' | ':' | '.' | '/' | '(' | ')');
        let is_blank = is_phone && matches!(c, ' ' | '\u{A0}' | '\u{202F}');
        if is_digit(c) || is_sign {
            length = at + c.len_utf8();
        } else if !(is_blank && last != ' ' || is_joint && (is_phone || is_digit(last))) {
            break;
        }
        last = if is_blank { ' ' } else { c };
    }
    length
}

fn is_turned(number: &str) -> bool {
    let digits = number.chars().filter(|c| is_digit(*c)).count();
    let has_blank = number.contains([' ', '\u{A0}', '\u{202F}']);
    let is_turning = |c: char| matches!(c, '+' | '*' | '#' | '-' | '–' | '‑' | '(' | ')');
    // If the number has a space but few digits, these are two numbers.
    digits > 1 && (number.contains(is_turning) || has_blank) && (!has_blank || digits > 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_would_be_turned_are_found() {
        let of = |text: &'static str| -> Vec<&str> {
            numbers(text).into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(of("على +355 69 123 4567 أو"), ["+355 69 123 4567"]);
        assert_eq!(of("من 08:00-20:00، أو 5–10."), ["08:00-20:00", "5–10"]);
        assert_eq!(of("اطلب *100*1# أو **04*1234#."), ["*100*1#", "**04*1234#"]);
        assert_eq!(of("۰۲۱-۸۸۷۷ و 069 555 0199"), ["۰۲۱-۸۸۷۷", "069 555 0199"]);
        assert_eq!(of("(+98) 21 8877"), ["+98) 21 8877"]);
        assert_eq!(of("2026-08-22"), ["2026-08-22"]);
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "في 2024 50 شخص",
            "112 و 3.5 و 1,500",
            "SIM1-2",
            "# ب",
            "5 - 10",
            "+ 5",
            "0 5",
            "&#39;",
        ] {
            assert!(numbers(text).is_empty(), "{text}");
        }
    }
}
