//! Makes a text's other parts blank, so that what is left keeps its place.

use std::ops::Range;

use crate::model::needles::first_of;

/// Stands where a field of the front matter begins; no source holds a NUL.
pub const FIELD: char = '\0';

/// As many spaces as `blank_out` writes at once.
const SPACES: &str = "                                                                ";

/// What of a text is made blank.
#[derive(Debug)]
pub struct Blanks {
    /// With whether a field begins there.
    ranges: Vec<(Range<usize>, bool)>,
}

impl Default for Blanks {
    fn default() -> Blanks {
        Blanks { ranges: Vec::with_capacity(64) }
    }
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
            let blank = source.get(start..end).unwrap_or("");
            match blank.get(1..).filter(|_| begins && !blank.starts_with('\n')) {
                Some(rest) => {
                    text.push(FIELD);
                    blank_out(rest, &mut text);
                }
                None => blank_out(blank, &mut text),
            }
        }
        text.push_str(source.get(text.len()..).unwrap_or(""));
        text
    }
}

/// Writes as many spaces as `source` has bytes, and its line ends.
fn blank_out(source: &str, text: &mut String) {
    let mut rest = source;
    while let Some(end) = first_of(b'\n', b'\n', rest) {
        spaces(end, text);
        text.push('\n');
        rest = rest.get(end + 1..).unwrap_or("");
    }
    spaces(rest.len(), text);
}

fn spaces(mut count: usize, text: &mut String) {
    while count > 0 {
        let some = SPACES.get(..count).unwrap_or(SPACES);
        text.push_str(some);
        count -= some.len();
    }
}
