//! Makes a text's other parts blank, so that what is left keeps its place.

use std::ops::Range;

/// Stands where a field of the front matter begins; no source holds a NUL.
pub const FIELD: char = '\0';

/// As many spaces as `blank_out` writes at once.
const SPACES: &str = "                                                                ";

/// What of a text is made blank.
#[derive(Debug, Default)]
pub struct Blanks {
    /// With whether a field begins there.
    ranges: Vec<(Range<usize>, bool)>,
}

impl Blanks {
    /// Lines stay lines. The caller hands over whole characters.
    pub fn blank(&mut self, range: Range<usize>) {
        self.ranges.push((range, false));
    }

    /// The same, and a new field begins here.
    pub fn field(&mut self, range: Range<usize>) {
        self.ranges.push((range, true));
    }

    /// `source` with all of it blank, as long as it was.
    pub fn text(mut self, source: &str) -> String {
        self.ranges.sort_by_key(|(range, _)| range.start);
        let mut text = String::with_capacity(source.len());
        for (range, is_field) in self.ranges {
            let end = range.end.min(source.len());
            let start = range.start.max(text.len());
            text.push_str(source.get(text.len()..start).unwrap_or(""));
            let begins = is_field && start == range.start && start < end;
            let mut blank = source.as_bytes().get(start..end).unwrap_or_default();
            if let Some((_, rest)) =
                blank.split_first().filter(|(first, _)| begins && **first != b'\n')
            {
                text.push(FIELD);
                blank = rest;
            }
            blank_out(blank, &mut text);
        }
        text.push_str(source.get(text.len()..).unwrap_or(""));
        text
    }
}

/// Writes as many spaces as `source` has bytes, and its line ends.
fn blank_out(source: &[u8], text: &mut String) {
    for (nth, line) in source.split(|byte| *byte == b'\n').enumerate() {
        if nth > 0 {
            text.push('\n');
        }
        let mut spaces = line.len();
        while spaces > 0 {
            let some = SPACES.get(..spaces).unwrap_or(SPACES);
            text.push_str(some);
            spaces -= some.len();
        }
    }
}
