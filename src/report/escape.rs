//! Makes invisible characters visible, so that no source can control a terminal.

use std::fmt::Write;

/// Whether `character` is invisible by itself, or moves, hides or reorders what is around it.
///
/// U+200C and U+200D are not included, because Persian and Indian scripts and emoji need them.
pub(super) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e00ff}')
}

/// A message on one line, with `<U+202E>` in the place of a hidden character.
pub(super) fn message(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' => shown.push(' '),
            '\r' => {}
            _ => push(&mut shown, character),
        }
    }
    shown
}

/// Part of a source, in the form that an excerpt shows. Each character is replaced independently of the
/// others.
pub(super) fn source(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => shown.push_str("    "),
            // Terminals disagree about the width of a cluster of these, and only that of its parts is
            // certain. Carets have to stand exactly below them.
            '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => {}
            '\u{e0100}'..='\u{e01ef}' => {}
            _ => push(&mut shown, character),
        }
    }
    shown
}

/// How many columns `source` uses for a character, at most. Terminals and fonts differ.
pub(super) fn columns(character: char) -> usize {
    match character {
        '\t' => 4,
        _ if is_hidden(character) => "<U+10FFFF>".len(),
        '\u{1100}'.. => 2,
        _ => 1,
    }
}

/// A line of JSON with its hidden characters as `\u` escapes. All of them are within strings.
pub(super) fn json(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for character in line.chars() {
        if is_hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a `String` cannot fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(character);
        }
    }
    shown
}

fn push(shown: &mut String, character: char) {
    if is_hidden(character) {
        // Writing to a `String` cannot fail.
        let _ = write!(shown, "<U+{:04X}>", u32::from(character));
    } else {
        shown.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::{json, message, source};

    #[test]
    fn a_terminal_never_gets_an_escape_sequence() {
        assert_eq!(message("a\u{1b}[2Jb\u{9b}1m"), "a<U+001B>[2Jb<U+009B>1m");
        assert_eq!(source("a\u{1b}[2J"), "a<U+001B>[2J");
        assert_eq!(json("\"\u{7f}\u{e0041}\""), r#""\u007f\udb40\udc41""#);
    }

    #[test]
    fn a_message_stays_on_one_line() {
        assert_eq!(message("one\r\ntwo\tthree"), "one two three");
    }

    #[test]
    fn text_that_can_be_seen_stays() {
        assert_eq!(message("联系运营商 👩‍🚒 می‌خواهم"), "联系运营商 👩‍🚒 می‌خواهم");
        assert_eq!(source("👩‍🚒❤️👍🏽"), "👩🚒❤👍");
    }
}
