//! Finds the lines of a text, to turn an offset into a line and a column.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::source::{SourcePath, Sources};

/// How many bytes lie between two stored counts of characters. Finding a column counts at most so many.
const BLOCK: usize = 1024;

/// A line and a column as people count them: both from 1, columns in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// A text with the positions where its lines begin, which are found only once for all its faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines<'a> {
    text: Cow<'a, str>,
    starts: Vec<usize>,
    /// The number of characters before each block. Without it, columns of a very long line would take
    /// quadratic time.
    counts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a str) -> Lines<'a> {
        Lines::of(Cow::Borrowed(text))
    }

    fn of(text: Cow<'a, str>) -> Lines<'a> {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        let mut counts = vec![0];
        let mut count = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            count += characters(block);
            counts.push(count);
        }
        Lines { text, starts, counts }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// `None` if the text is empty or ends before `offset`.
    pub fn position(&self, offset: usize) -> Option<Position> {
        if self.text.is_empty() || offset > self.text.len() {
            return None;
        }
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line(offset);
        let column = self.before(offset) - self.before(self.start(line)) + 1;
        Some(Position { line: line + 1, column })
    }

    /// The index of the line that contains `offset`, counted from 0.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The range of a line, counted from 0, without its `\n` or `\r\n`; empty beyond the last line.
    pub fn range(&self, line: usize) -> Range<usize> {
        let start = self.start(line);
        let end = self.start(line + 1);
        let text = self.text.get(start..end).unwrap_or("");
        let text = text.strip_suffix('\n').unwrap_or(text);
        start..start + text.strip_suffix('\r').unwrap_or(text).len()
    }

    fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// How many characters begin before `offset`.
    fn before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or(&[]);
        self.counts.get(block).copied().unwrap_or(0) + characters(rest)
    }
}

/// Counts characters: every byte except a continuation byte of UTF-8 begins one.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// The lines of every file that a report names, found when the first fault needs them.
pub(super) struct LineIndex<'a> {
    sources: &'a Sources,
    lines: BTreeMap<SourcePath, Lines<'a>>,
}

impl<'a> LineIndex<'a> {
    pub(super) fn new(sources: &'a Sources) -> LineIndex<'a> {
        LineIndex { sources, lines: BTreeMap::new() }
    }

    /// `None` if `path` is not a text that was read.
    pub(super) fn lines(&mut self, path: &str) -> Option<&Lines<'a>> {
        let sources = self.sources;
        if !self.lines.contains_key(path) {
            let (path, text) = sources.shown(path)?;
            self.lines.insert(path.clone(), Lines::of(text));
        }
        self.lines.get(path)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Position};

    fn position(text: &str, offset: usize) -> Option<(usize, usize)> {
        Lines::new(text).position(offset).map(|Position { line, column }| (line, column))
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(position("ab\n注销 x", 3), Some((2, 1)));
        assert_eq!(position("ab\n注销 x", 10), Some((2, 4)));
    }

    #[test]
    fn columns_count_characters_beyond_a_block() {
        let text = "注".repeat(5000);
        assert_eq!(position(&text, 3 * 4321), Some((1, 4322)));
        let text = format!("{}\n{}", "é".repeat(700), "注".repeat(900));
        assert_eq!(position(&text, 1401 + 3 * 899), Some((2, 900)));
    }

    #[test]
    fn the_end_is_a_place_and_beyond_it_is_none() {
        assert_eq!(position("ab\n", 3), Some((2, 1)));
        assert_eq!(position("ab\n", 4), None);
        assert_eq!(position("", 0), None);
    }

    #[test]
    fn a_line_is_without_its_end() {
        let lines = Lines::new("a\r\nb\n\nc");
        let ranges: Vec<_> = (0..5).map(|line| lines.range(line)).collect();
        assert_eq!(ranges, [0..1, 3..4, 5..5, 6..7, 7..7]);
    }
}
