//! Many words looked for in a text at once, and a few bytes looked for fast.

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

/// The first of two ASCII characters in `text`.
pub fn first_of(one: u8, other: u8, text: &str) -> Option<usize> {
    memchr::memchr2(one, other, text.as_bytes())
}

/// The first of three ASCII characters in `text`.
pub fn first_of_three([one, two, three]: [u8; 3], text: &str) -> Option<usize> {
    memchr::memchr3(one, two, three, text.as_bytes())
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
        assert_eq!(first_of_three([b'&', b'<', b'>'], "ab>"), Some(2));
    }
}
