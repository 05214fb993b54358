//! A file as the lints read it: only its words, each in its original place.

use std::ops::Range;

use crate::lint::sentences::sentences;
use crate::model::bytes::utf8;
use crate::model::guide::Translation;
use crate::model::region::{Region, RegionKind};
use crate::model::word_search::places;

/// The most bytes of a text, such as an address or a sentence, that are searched again for every match in it.
/// Without this limit, a page full of brackets would take a day.
pub const LONGEST: usize = 2000;

/// Stands before words that begin something new, such as a field or an item. No source contains NUL.
pub const BREAK: char = '\0';

/// The texts that the lints search. Both are as long as the source, so their positions are those of the
/// source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// Everything except code and comments: what can be a link or a picture.
    pub shown: String,
    /// Only the words: addresses, ids and attributes are blank. Code within a line is kept, because people
    /// write numbers to dial and names that way.
    pub words: String,
    pub blocks: Vec<Block>,
    /// Links and pictures, in the order of their ends.
    pub links: Vec<WrittenLink>,
    /// Where the items of numbered lists begin.
    pub numbered: Vec<usize>,
    /// What stands for a character.
    pub escapes: Vec<Range<usize>>,
    /// Where the body begins.
    pub body: usize,
}

/// Words that belong together: a paragraph, a list item, a row of a table, a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub range: Range<usize>,
    pub kind: RegionKind,
}

/// A link or picture as it is written: `[words](target)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenLink {
    pub kind: RegionKind,
    pub whole: Range<usize>,
    pub words: Range<usize>,
    /// The target without the brackets around it; empty if it is written elsewhere.
    pub target: Range<usize>,
}

impl Prose {
    /// Makes both texts from a file's source and the regions that its parser found.
    pub fn new(source: &str, text: &Translation) -> Prose {
        let mut prose = Prose { body: text.body_start as usize, ..Prose::default() };
        let mut words = BlankedText { source, text: Vec::with_capacity(source.len()) };
        let mut code = Vec::new();
        let mut open: Vec<(RegionKind, Range<usize>)> = Vec::new();
        for Region { span, kind } in text.regions.iter() {
            let Range { start, end } = span.range();
            let range = source.floor_char_boundary(start)..source.ceil_char_boundary(end);
            match kind {
                kind if kind.is_block() => {
                    words.write(&range);
                    prose.blocks.push(Block { range, kind });
                }
                RegionKind::Link | RegionKind::Image => open.push((kind, range)),
                RegionKind::Numbered => prose.numbered.push(range.start),
                // Its digits are no figure of the text.
                RegionKind::Escape => {
                    words.blank(range.clone());
                    prose.escapes.push(range);
                }
                RegionKind::Code => {
                    words.blank_ticks(&range);
                    code.push(range);
                }
                RegionKind::CodeBlock | RegionKind::Comment => {
                    words.blank(range.clone());
                    code.push(range);
                }
                RegionKind::Address => {
                    let link = open.iter().rposition(|(_, whole)| whole.end == range.end);
                    let link = link.map(|index| open.remove(index));
                    // The bracket that ends the words stays with them.
                    words.blank(range.start + usize::from(link.is_some())..range.end);
                    prose.links.extend(link.map(|link| WrittenLink::new(source, link, range)));
                }
                _ => words.blank(range),
            }
        }
        words.blank_addresses();
        prose.words = words.finish();
        prose.shown = without(source, &code);
        debug_assert_eq!((prose.words.len(), prose.shown.len()), (source.len(), source.len()));
        prose
    }

    pub fn of(&self, range: &Range<usize>) -> &str {
        self.words.get(range.clone()).unwrap_or("")
    }

    /// The sentences that contain one of the positions, which are in order.
    pub fn sentences_with(&self, places: impl IntoIterator<Item = usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let (mut last, mut inside) = (0..0, Vec::new());
        for place in places {
            if found.last().is_some_and(|sentence| place < sentence.end) {
                continue;
            }
            let Some(block) = self.block(place) else { continue };
            if last != block.range {
                last = block.range.clone();
                inside = sentences(&self.words, &last);
            }
            let index = inside.partition_point(|sentence| sentence.end <= place);
            found.extend(inside.get(index).filter(|one| one.start <= place).cloned());
        }
        found
    }

    /// The blocks that overlap a range of the text.
    pub fn blocks_in(&self, range: &Range<usize>) -> &[Block] {
        let first = self.blocks.partition_point(|block| block.range.end <= range.start);
        let end = self.blocks.partition_point(|block| block.range.start < range.end);
        self.blocks.get(first..end).unwrap_or_default()
    }

    /// The block that contains `at`.
    pub fn block(&self, at: usize) -> Option<&Block> {
        let index = self.blocks.partition_point(|block| block.range.end <= at);
        self.blocks.get(index).filter(|block| block.range.start <= at)
    }
}

impl WrittenLink {
    /// `address` begins with the bracket that ends the words.
    fn new(
        source: &str,
        (kind, whole): (RegionKind, Range<usize>),
        address: Range<usize>,
    ) -> WrittenLink {
        let signs = if kind == RegionKind::Image { 2 } else { 1 };
        let words = whole.start + signs..address.start.max(whole.start + signs);
        let is_here = source.get(address.clone()).is_some_and(|text| text.starts_with("]("));
        let target =
            if is_here { address.start + 2..address.end - 1 } else { whole.end..whole.end };
        WrittenLink { kind, whole, words, target }
    }
}

/// A text as long as its source, written from start to end.
struct BlankedText<'a> {
    source: &'a str,
    text: Vec<u8>,
}

impl BlankedText<'_> {
    /// Writes a block of words, and blanks everything before it.
    fn write(&mut self, block: &Range<usize>) {
        self.blank_up_to(block.start);
        if let Some(before) = self.text.last_mut().filter(|before| **before == b' ') {
            *before = BREAK as u8;
        }
        let rest = self.text.len().max(block.start)..block.end;
        self.text.extend(self.source.as_bytes().get(rest).unwrap_or_default());
    }

    fn blank_up_to(&mut self, end: usize) {
        let gap = self.source.as_bytes().get(self.text.len()..end).unwrap_or_default();
        self.text.extend(gap.iter().map(|byte| blank(*byte)));
    }

    /// The caller has to pass whole characters.
    fn blank(&mut self, range: Range<usize>) {
        let end = range.end.min(self.text.len());
        for byte in self.text.get_mut(range.start..end).unwrap_or_default() {
            *byte = blank(*byte);
        }
    }

    /// Blanks the backticks at both ends of code within a line.
    fn blank_ticks(&mut self, code: &Range<usize>) {
        let written = self.source.get(code.clone()).unwrap_or("");
        let ticks = written.len() - written.trim_start_matches('`').len();
        self.blank(code.start..code.start + ticks);
        self.blank(code.end.saturating_sub(ticks)..code.end);
    }

    /// Blanks addresses that stand among the words without being links.
    fn blank_addresses(&mut self) {
        for at in places(self.source, "://") {
            let head = self.source.get(..at).unwrap_or("");
            let scheme = head.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            self.blank(scheme.len()..url_end(self.source, at));
        }
    }

    fn finish(mut self) -> String {
        self.blank_up_to(self.source.len());
        utf8(&self.text).unwrap_or_default().to_owned()
    }
}

/// `text` with some parts blanked. The parts are in order.
fn without(text: &str, parts: &[Range<usize>]) -> String {
    let mut left = String::with_capacity(text.len());
    for part in parts {
        left.push_str(text.get(left.len()..part.start).unwrap_or(""));
        let part = text.get(left.len()..part.end).unwrap_or("");
        left.extend(part.bytes().map(|byte| char::from(blank(byte))));
    }
    left.push_str(text.get(left.len()..).unwrap_or(""));
    left
}

/// Replaces a byte by a space, but keeps line ends.
fn blank(byte: u8) -> u8 {
    if byte == b'\n' { b'\n' } else { b' ' }
}

/// Where the address that contains `at` ends: at a space, a bracket, or another character that addresses
/// cannot have.
pub fn url_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..text.floor_char_boundary(at + LONGEST)).unwrap_or("");
    let ends = |byte: u8| {
        !byte.is_ascii_graphic() || matches!(byte, b')' | b']' | b'<' | b'>' | b'"' | b'\'')
    };
    at + rest.bytes().position(ends).unwrap_or(rest.len())
}
