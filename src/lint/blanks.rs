//! Makes a text's other parts blank, so that what is left keeps its place.

use std::ops::Range;

use crate::model::bytes::utf8;

/// Stands where a field of the front matter begins; no source holds a NUL.
pub const FIELD: char = '\0';

/// `text` with some of its parts blank, which come in order.
pub fn without(text: &str, parts: &[Range<usize>]) -> String {
    let mut left = String::with_capacity(text.len());
    for part in parts {
        left.push_str(text.get(left.len()..part.start).unwrap_or(""));
        let part = text.get(left.len()..part.end).unwrap_or("");
        left.extend(part.bytes().map(|byte| char::from(blank(byte))));
    }
    left.push_str(text.get(left.len()..).unwrap_or(""));
    left
}

/// Lines stay lines.
fn blank(byte: u8) -> u8 {
    if byte == b'\n' { b'\n' } else { b' ' }
}

/// A text of which parts are being made blank.
#[derive(Debug, Clone)]
pub struct Blanks(Vec<u8>);

impl Blanks {
    pub fn of(text: &str) -> Blanks {
        Blanks(text.as_bytes().to_vec())
    }

    /// The caller hands over whole characters.
    pub fn blank(&mut self, range: Range<usize>) {
        for byte in self.0.get_mut(range).unwrap_or_default() {
            *byte = blank(*byte);
        }
    }

    /// The same, and a new field begins here.
    pub fn field(&mut self, range: Range<usize>) {
        let start = range.start;
        self.blank(range);
        if let Some(first) = self.0.get_mut(start).filter(|first| **first == b' ') {
            *first = FIELD as u8;
        }
    }

    /// As long as it was.
    pub fn text(&self) -> String {
        utf8(&self.0).unwrap_or_default().to_owned()
    }
}
