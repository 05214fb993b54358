//! Finds where each byte of a YAML value was written, although lines may be folded and quotes escaped.

use crate::model::span::Span;

/// The positions in the file of a value's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceMap {
    /// Where each run of bytes begins in the value and in the file, in ascending order.
    runs: Vec<(usize, usize)>,
}

impl SourceMap {
    /// `None` if `value` was not written at `span` of `source` but elsewhere (an alias).
    pub fn new(value: &str, source: &str, span: Span) -> Option<SourceMap> {
        let range = span.range();
        let written = source.get(range.clone())?;
        // The text starts below the line with the `|` or `>`.
        let above = match written.starts_with(['|', '>']) {
            true => written.find('\n')?,
            false => 0,
        };
        let written = written.get(above..)?;
        let quote = written.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''));
        let quote = quote.filter(|_| written.len() > 1 && !value.starts_with(written));
        let runs = match quote {
            None if written.starts_with(value) => vec![(0, 0)],
            _ => runs(value.as_bytes(), written.as_bytes(), quote)?,
        };
        let start = range.start + above;
        Some(SourceMap { runs: runs.into_iter().map(|(at, to)| (at, start + to)).collect() })
    }

    /// The range in the file in which the bytes of `range` were written, including anything between them.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.place(range.start);
        let last = range.end.saturating_sub(1);
        let end = if last < range.start { start } else { self.place(last) + 1 };
        Span::new(start, end)
    }

    fn place(&self, at: usize) -> usize {
        let index = self.runs.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        self.runs.get(index).map_or(at, |(start, place)| place + at.saturating_sub(*start))
    }
}

/// Walks along the value and its written form, and returns the runs.
fn runs(value: &[u8], written: &[u8], quote: Option<u8>) -> Option<Vec<(usize, usize)>> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let (mut at, mut place) = (0, usize::from(quote.is_some()));
    while let Some(byte) = value.get(at) {
        let Some(sign) = written.get(place) else {
            // The line end after a block of lines need not have been written.
            return value.get(at..)?.trim_ascii().is_empty().then_some(runs);
        };
        let is_escape = quote == Some(b'"') && *sign == b'\\';
        if byte == sign && !is_escape {
            if runs.last().is_none_or(|(start, to)| at - start != place - to) {
                runs.push((at, place));
            }
            (at, place) = (at + 1, place + 1);
        } else if is_escape {
            let length = escape(written.get(place + 1).copied(), written.get(place + 2).copied());
            if length > 0 {
                runs.push((at, place + 1));
                at += width(*byte);
            }
            // An escaped line end stands for nothing.
            place += length.max(1);
        } else if sign.is_ascii_whitespace() {
            place += 1;
        } else if byte.is_ascii_whitespace() {
            at += 1;
        } else if quote == Some(b'\'') && *sign == b'\'' {
            place += 1;
        } else {
            return None;
        }
    }
    Some(runs)
}

/// The length of an escape (YAML 1.2.2, 5.7); 0 for an escaped line end.
fn escape(letter: Option<u8>, next: Option<u8>) -> usize {
    match (letter, next) {
        (Some(b'\n'), _) | (Some(b'\r'), Some(b'\n')) => 0,
        (Some(b'x'), _) => 4,
        (Some(b'u'), _) => 6,
        (Some(b'U'), _) => 10,
        _ => 2,
    }
}

/// The length in bytes of a character that begins with `byte`.
fn width(byte: u8) -> usize {
    match byte {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::SourcePath;
    use crate::parse::yaml::{self, Excerpt, Yaml};

    /// What was written for each word of the value of `a`.
    fn words(source: &str) -> Vec<&str> {
        let path = SourcePath::new("guides/en.md");
        let root = yaml::parse(Excerpt { path: &path, text: source, offset: 0 }, 9).unwrap();
        let Yaml::Map(entries) = &root.value else { panic!("{source}") };
        let value = &entries[0].value;
        let Yaml::Text(text) = &value.value else { panic!("{source}") };
        let map = SourceMap::new(text, source, value.span).unwrap();
        text.split_whitespace()
            .map(|word| {
                let start = word.as_ptr() as usize - text.as_ptr() as usize;
                &source[map.span(start..start + word.len()).range()]
            })
            .collect()
    }

    #[test]
    fn a_word_is_found_however_it_was_written() {
        for source in [
            "a: one 注 two\n",
            "a: 'one 注 two'\n",
            "a: \"one 注 two\"\n",
            "a: >\n  one\n  注\n  two\n",
            "a: |\n    one\n    注\n\n    two\nb: c\n",
            "a: one\n  注\n  two\n",
            "a: \"one\n  注\n\n  two\"\n",
            "a: \"one\\n注\\n two\"\n",
            "a: >+2\n    one\n  注\n  two\n",
        ] {
            assert_eq!(words(source), ["one", "注", "two"], "{source}");
        }
        assert_eq!(words("a: \"s\\\"ay x\"\n"), ["s\\\"ay", "x"]);
        assert_eq!(words("a: \"\\u6CE8 x\"\n")[1], "x");
        assert_eq!(words("a: 'it''s so'\n"), ["it''s", "so"]);
    }

    #[test]
    fn what_was_written_elsewhere_has_no_place() {
        assert_eq!(SourceMap::new("words", "a: &x words\nb: *x\n", Span::new(15, 17)), None);
    }

    proptest::proptest! {
        #[test]
        fn any_quoted_text_is_found(text in "[a-z 注\\n\"'\\\\]{0,20}") {
            let source = format!("a: {}\n", serde_json::to_string(&text).unwrap());
            let span = Span::new(3, source.len() - 1);
            let map = SourceMap::new(&text, &source, span).unwrap();
            for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                let found = &source[map.span(at..at + c.len_utf8()).range()];
                proptest::prop_assert_eq!(found, c.to_string());
            }
        }
    }
}
