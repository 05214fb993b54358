//! Many words looked for in a text at once, and bytes of some kind looked for fast.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind, StartKind};
use memchr::memmem;

/// Up to so many bytes of words are made into a table of all that may come next.
const MOST: usize = 16 << 10;

/// Words that are looked for in one go, however many they are. ASCII letters match in either case.
#[derive(Debug, Clone, Default)]
pub struct Needles {
    /// `None` where there is nothing to look for.
    automaton: Option<AhoCorasick>,
}

impl Needles {
    /// Empty words are found nowhere.
    pub fn new<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Needles {
        // A word keeps its number, so an empty one becomes what no text of ours holds.
        let named = |word: W| match word.as_ref() {
            [] => vec![0xFF],
            word => word.to_vec(),
        };
        let words: Vec<Vec<u8>> = words.into_iter().map(named).collect();
        // The fastest kind, as long as it stays within some megabytes.
        let small = words.iter().map(Vec::len).sum::<usize>() <= MOST;
        let built = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .start_kind(StartKind::Unanchored)
            .kind(small.then_some(AhoCorasickKind::DFA))
            .build(&words);
        Needles { automaton: built.ok().filter(|one| one.patterns_len() > 0) }
    }

    /// Where each word stands and which it is, by its end; those that overlap as well.
    pub fn find<'t, T>(&'t self, text: &'t T) -> impl Iterator<Item = (usize, Range<usize>)> + 't
    where
        T: AsRef<[u8]> + ?Sized,
    {
        let text = text.as_ref();
        let found = self.automaton.iter().flat_map(move |one| one.find_overlapping_iter(text));
        found.map(|found| (found.pattern().as_usize(), found.range()))
    }
}

/// Where `needle` stands in `text`.
pub fn places<'t>(text: &'t str, needle: &'t str) -> impl Iterator<Item = usize> + 't {
    memmem::find_iter(text.as_bytes(), needle)
}

/// Bytes of some kind.
#[derive(Debug, Clone)]
pub struct Bytes([bool; 256]);

impl Bytes {
    /// Those of each range, its last one included.
    #[expect(clippy::indexing_slicing, reason = "known when compiling: a table has all 256 bytes")]
    pub const fn of<const N: usize>(ranges: [(u8, u8); N]) -> Bytes {
        let mut table = [false; 256];
        let mut range = 0;
        while range < N {
            let (from, to) = ranges[range];
            let mut byte = from as usize;
            while byte <= to as usize {
                table[byte] = true;
                byte += 1;
            }
            range += 1;
        }
        Bytes(table)
    }

    pub fn hold(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).copied().unwrap_or(false)
    }

    /// The first of them in `text`.
    pub fn find(&self, text: &[u8]) -> Option<usize> {
        // Eight at a time: most texts hold few of them, and one answer for all is sooner given.
        let (chunks, rest) = text.as_chunks::<8>();
        let holds = |chunk: &[u8; 8]| chunk.iter().fold(false, |any, byte| any | self.hold(*byte));
        let first = chunks.iter().position(holds);
        let start = first.unwrap_or(chunks.len()) * 8;
        let near = first.and_then(|first| chunks.get(first)).map_or(rest, |chunk| chunk.as_slice());
        near.iter().position(|byte| self.hold(*byte)).map(|at| start + at)
    }

    /// Where they stand in `text`.
    pub fn places(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let found = at + self.find(text.get(at..)?)?;
            at = found + 1;
            Some(found)
        })
    }
}

/// The first of two ASCII characters in `text`.
pub fn first_of(one: u8, other: u8, text: &str) -> Option<usize> {
    memchr::memchr2(one, other, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_overlap_and_in_any_case() {
        let needles = Needles::new(["abc", "", "BC"]);
        let found: Vec<_> = needles.find("xABC").collect();
        assert_eq!(found, [(0, 1..4), (2, 2..4)]);
        assert_eq!(Needles::new(Vec::<&str>::new()).find("abc").count(), 0);
        assert_eq!(places("a](b](", "](").collect::<Vec<_>>(), [1, 4]);
        assert_eq!(first_of(b'`', b'<', "ab<c`"), Some(2));
    }

    #[test]
    fn bytes_are_found_wherever_they_stand() {
        for length in [0, 1, 31, 32, 33, 64, 100] {
            for places in [vec![], vec![0], vec![length / 2], vec![0, 30, 31, 32, 33, 99]] {
                let places: Vec<usize> = places.into_iter().filter(|at| *at < length).collect();
                let bytes: Vec<u8> = (0..length).map(|at| u8::from(places.contains(&at))).collect();
                let found: Vec<usize> = Bytes::of([(1, 2), (5, 5)]).places(&bytes).collect();
                assert_eq!(found, places, "{length}");
            }
        }
    }
}
