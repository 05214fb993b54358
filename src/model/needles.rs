//! Many words looked for in a text at once, and bytes of some kind looked for fast.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

/// Words that are looked for in one go, however many they are. ASCII letters match in either case.
#[derive(Debug, Clone)]
pub struct Needles {
    words: Vec<Vec<u8>>,
    /// By the first two bytes of words, a bit for each kind of third byte: in most places of a text
    /// this tells that no word begins there.
    beginnings: Vec<u32>,
    /// The numbers of the words with these first two bytes.
    groups: BTreeMap<usize, Vec<usize>>,
}

impl Needles {
    /// Empty words are found nowhere.
    pub fn new<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Needles {
        let words = words.into_iter().map(|word| word.as_ref().to_vec()).collect();
        let mut needles = Needles { words, beginnings: vec![0; 1 << 16], groups: BTreeMap::new() };
        for number in 0..needles.words.len() {
            match *needles.words.get(number).map_or(&[][..], Vec::as_slice) {
                [] => {}
                [one] => {
                    (0..=u8::MAX).for_each(|two| needles.add(pair(one, two), u32::MAX, number))
                }
                [one, two] => needles.add(pair(one, two), u32::MAX, number),
                [one, two, three, ..] => needles.add(pair(one, two), kind(three), number),
            }
        }
        needles
    }

    fn add(&mut self, pair: usize, thirds: u32, number: usize) {
        if let Some(known) = self.beginnings.get_mut(pair) {
            *known |= thirds;
        }
        let group = self.groups.entry(pair).or_default();
        if group.last() != Some(&number) {
            group.push(number);
        }
    }

    /// Where each word stands and which it is, by its beginning; those that overlap as well.
    pub fn find<'t, T>(&'t self, text: &'t T) -> impl Iterator<Item = (usize, Range<usize>)> + 't
    where
        T: AsRef<[u8]> + ?Sized,
    {
        let text = text.as_ref();
        let byte = |at: usize| text.get(at).copied().unwrap_or(0);
        let mut behind = 0;
        let places = std::iter::from_fn(move || {
            let at = behind + self.first(text.get(behind..)?)?;
            behind = at + 1;
            Some(at)
        });
        let words = move |at: usize| {
            let pair = pair(byte(at), byte(at + 1));
            self.groups.get(&pair).into_iter().flatten().filter_map(move |number| {
                let word = self.words.get(*number)?;
                let range = at..at + word.len();
                text.get(range.clone())?.eq_ignore_ascii_case(word).then_some((*number, range))
            })
        };
        places.flat_map(words)
    }

    /// The first place where, as far as three bytes tell, a word may begin.
    fn first(&self, text: &[u8]) -> Option<usize> {
        let begins = |bytes: &[u8]| match *bytes {
            [one, two, three] => self.begins([one, two, three]) != 0,
            [one, two] => self.begins([one, two, 0]) != 0,
            [one] => self.begins([one, 0, 0]) != 0,
            _ => false,
        };
        let end = |at: &usize| text.get(*at..).is_some_and(begins);
        let last = || (text.len().saturating_sub(2)..text.len()).find(end);
        text.windows(3).position(begins).or_else(last)
    }

    /// Not 0 where a word may begin with these bytes.
    fn begins(&self, [one, two, three]: [u8; 3]) -> u32 {
        self.beginnings.get(pair(one, two)).copied().unwrap_or(0) & kind(three)
    }
}

/// Of two bytes, whatever their case; some that are no letters are taken for others.
fn pair(one: u8, two: u8) -> usize {
    usize::from(u16::from_le_bytes([one, two]) | 0x2020)
}

/// A letter is a kind of its own, whatever its case.
fn kind(three: u8) -> u32 {
    1 << (three & 31)
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
        let short = Needles::new(["a", "ab", "卡"]);
        let found: Vec<_> = short.find("Ab卡a").collect();
        assert_eq!(found, [(0, 0..1), (1, 0..2), (2, 2..5), (0, 5..6)]);
        assert_eq!(Needles::new(Vec::<&str>::new()).find("abc").count(), 0);
        assert_eq!(places("a](b](", "](").collect::<Vec<_>>(), [1, 4]);
        assert_eq!(first_of(b'`', b'<', "ab<c`"), Some(2));
        assert_eq!(first_of_three([b'&', b'<', b'>'], "ab>"), Some(2));
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
