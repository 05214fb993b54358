//! Turns the bytes of a file into text, and reports bytes that are not text.

use std::borrow::Cow;

use crate::model::bytes::utf8;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::model::word_search::first_of;

/// How many bytes U+FFFD takes, which replaces what could not be read.
const REPLACEMENT_BYTES: usize = '\u{fffd}'.len_utf8();

/// The text of `bytes` without its byte order mark, with U+FFFD for NUL and for what is not UTF-8.
///
/// Line ends are kept, so that a position in the text is a position in the file.
pub fn decode<'a>(
    path: &SourcePath,
    bytes: &'a [u8],
    diagnostics: &mut Vec<Diagnostic>,
) -> Cow<'a, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(good) => {
            diagnostics.push(not_utf8(path, bytes, good));
            String::from_utf8_lossy(bytes)
        }
    };
    match first_of(0, 0, &text) {
        None => text,
        Some(first) => {
            diagnostics.push(nul_byte(path, &text, first));
            Cow::Owned(text.replace('\0', "\u{fffd}"))
        }
    }
}

fn not_utf8(path: &SourcePath, bytes: &[u8], good: usize) -> Diagnostic {
    let nuls = bytes.iter().take(good).filter(|byte| **byte == 0).count();
    // Positions are those in the resulting text, in which each NUL takes more bytes.
    let start = good + nuls * (REPLACEMENT_BYTES - 1);
    let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let hint = match is_utf16 {
        true => "it looks like UTF-16; save it as UTF-8",
        false => "save it as UTF-8",
    };
    Diagnostic::new(Code::NotUtf8, "this file is not UTF-8 from here on")
        .at(path, Span::new(start, start + REPLACEMENT_BYTES))
        .hint(hint)
}

/// Reports NUL bytes once for each file, because a binary file would otherwise drown everything else.
fn nul_byte(path: &SourcePath, text: &str, first: usize) -> Diagnostic {
    let message = match text.matches('\0').count() {
        1 => String::from("this file holds a NUL byte"),
        count => format!("this file holds {count} NUL bytes, the first of them here"),
    };
    Diagnostic::new(Code::NulByte, message)
        .at(path, Span::new(first, first + REPLACEMENT_BYTES))
        .hint("it is shown as `\u{fffd}`; delete it")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Vec<(Code, usize)>) {
        let mut diagnostics = Vec::new();
        let text = decode(&SourcePath::new("guides/en.md"), bytes, &mut diagnostics);
        let start = |diagnostic: &Diagnostic| {
            diagnostic.place.as_ref().map_or(usize::MAX, |place| place.span.range().start)
        };
        let found = diagnostics.iter().map(|found| (found.code, start(found))).collect();
        (text.to_string(), found)
    }

    #[test]
    fn a_byte_order_mark_is_stripped_and_line_ends_are_kept() {
        assert_eq!(decoded(b"\xef\xbb\xbfa\r\nb\rc"), ("a\r\nb\rc".into(), vec![]));
    }

    #[test]
    fn nul_is_replaced_and_told_once() {
        assert_eq!(decoded(b"a\0b\0"), ("a\u{fffd}b\u{fffd}".into(), vec![(Code::NulByte, 1)]));
    }

    #[test]
    fn what_is_not_utf8_is_told_at_the_first_bad_byte_of_the_text_handed_on() {
        let (text, found) = decoded(b"\xef\xbb\xbf\0caf\xe9!");
        assert_eq!(text, "\u{fffd}caf\u{fffd}!");
        assert_eq!(
            found,
            vec![(Code::NotUtf8, text.find("\u{fffd}!").unwrap()), (Code::NulByte, 0)]
        );
    }
}
