//! Many words looked for in a text at once, and single characters looked for fast.

use std::ops::Range;

use memchr::memmem;

use crate::model::bytes::sift;

/// Words that are looked for in one go, however many they are.
#[derive(Debug, Clone)]
pub struct Needles {
    words: Vec<(Vec<u8>, Case)>,
    /// Words of less than `LONG` bytes, by the two of them that are the rarest.
    short: Sieve,
    /// The others: wherever one stands, four of its bytes begin at a multiple of four. So it is
    /// enough to look at every fourth place of a text.
    long: Sieve,
    /// A bit for each key in `long`: few enough of them to stay at hand.
    long_keys: Box<[u64; 0x400]>,
}

/// How the ASCII letters of a word are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    AsWritten,
    Any,
}

const LONG: usize = 7;

impl Needles {
    /// Empty words are found nowhere.
    pub fn new<W: AsRef<[u8]>>(words: impl IntoIterator<Item = (W, Case)>) -> Needles {
        let words = words.into_iter().map(|(word, case)| (word.as_ref().to_vec(), case)).collect();
        let (short, long, long_keys) = (Sieve::default(), Sieve::default(), Box::new([0; 0x400]));
        let mut needles = Needles { words, short, long, long_keys };
        for (number, (word, case)) in needles.words.iter().enumerate() {
            if word.len() < LONG {
                let start = rarest::<2>(word, *case);
                let pairs = pair_keys(word.get(start..).unwrap_or_default(), *case);
                pairs.for_each(|key| needles.short.add(key, number, start));
            } else {
                let start = rarest::<LONG>(word, Case::Any);
                let fours = word.windows(4).filter_map(|four| four.first_chunk()).enumerate();
                let fours = fours.skip(start).take(4);
                for (key, offset) in fours.map(|(offset, four)| (four_key(four), offset)) {
                    needles.long.add(key, number, offset);
                    if let Some(bits) = needles.long_keys.get_mut(key / 64) {
                        *bits |= 1 << (key % 64);
                    }
                }
            }
        }
        needles
    }

    /// Where each word stands and which it is, by its beginning; those that overlap as well.
    pub fn find<T: AsRef<[u8]> + ?Sized>(&self, text: &T) -> Vec<(usize, Range<usize>)> {
        let text = text.as_ref();
        let mut found = Vec::new();
        let mut look = |at: usize, holders: &[(usize, usize)]| {
            found.extend(holders.iter().filter_map(|(number, offset)| {
                let (word, case) = self.words.get(*number)?;
                let start = at.checked_sub(*offset)?;
                let range = start..start + word.len();
                let written = text.get(range.clone())?;
                let same = match case {
                    Case::AsWritten => written == word,
                    Case::Any => written.eq_ignore_ascii_case(word),
                };
                same.then_some((*number, range))
            }));
        };
        if !self.long.is_empty() {
            let fours = text.as_chunks::<4>().0;
            let is_key = |four: &[u8; 4]| {
                let key = four_key(four);
                self.long_keys.get(key / 64).is_some_and(|bits| bits >> (key % 64) & 1 == 1)
            };
            sift(fours, is_key, |nth, _| {
                let place = fours.get(nth).map_or(0, |four| self.long.place(four_key(four)));
                look(nth * 4, self.long.holders(place));
            });
        }
        for first in (0..2).filter(|_| !self.short.is_empty()) {
            let (pairs, rest) = text.get(first..).unwrap_or_default().as_chunks();
            let place = |pair: &[u8; 2]| self.short.place(pair_key(pair));
            let mut near = |at, place| look(at, self.short.holders(place));
            sift(pairs, place, |nth, place| near(first + nth * 2, place));
            if let [last] = rest {
                near(text.len() - 1, place(&[*last, 0]));
            }
        }
        found.sort_unstable_by_key(|(number, range)| (range.start, *number));
        found
    }
}

/// Where the `N` bytes of a word begin that are seen least often in texts.
fn rarest<const N: usize>(word: &[u8], case: Case) -> usize {
    let rarity = |byte: &u8| match (case, byte) {
        (_, 0xE4..=0xE9) => 3,
        (_, 0x80..=0xBF) => 15,
        (Case::AsWritten, b'A'..=b'Z') => 30,
        (_, byte) => {
            let common = b" etaoinshrdlucmfwygpbvkxjqz";
            common.iter().position(|one| *one == byte.to_ascii_lowercase()).unwrap_or(25)
        }
    };
    let windows = word.windows(N).map(|window| window.iter().map(rarity).sum::<usize>());
    windows.enumerate().max_by_key(|(_, rarity)| *rarity).map_or(0, |(start, _)| start)
}

/// The two bytes that a word may begin with where it stands; of one byte, with anything behind it.
fn pair_keys(word: &[u8], case: Case) -> impl Iterator<Item = usize> {
    let cases = move |byte: &u8| match case {
        Case::AsWritten => [*byte, *byte],
        Case::Any => [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()],
    };
    let firsts = word.first().map(cases);
    let seconds: Vec<u8> =
        word.get(1).map_or_else(|| (0..=u8::MAX).collect(), |second| cases(second).to_vec());
    firsts.into_iter().flatten().flat_map(move |first| {
        seconds.clone().into_iter().map(move |second| pair_key(&[first, second]))
    })
}

fn pair_key(pair: &[u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(*pair))
}

/// Of four bytes, whatever the case of letters among them; others may have the same.
fn four_key(four: &[u8; 4]) -> usize {
    let folded = u32::from_le_bytes(*four) | 0x2020_2020;
    // The multiplier is Knuth's: 2³² over the golden ratio.
    (folded.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

/// Tells of a few bytes, by their key of 16 bits, which words hold them.
#[derive(Debug, Clone)]
struct Sieve {
    /// For each key a place in `holders`, where none stand at 0.
    places: Box<[u16; 0x1_0000]>,
    /// The numbers of words, each with how many of its bytes stand before these.
    holders: Vec<Vec<(usize, usize)>>,
}

impl Default for Sieve {
    fn default() -> Sieve {
        Sieve { places: Box::new([0; 0x1_0000]), holders: vec![Vec::new()] }
    }
}

impl Sieve {
    fn add(&mut self, key: usize, number: usize, offset: usize) {
        let Some(place) = self.places.get_mut(key) else { return };
        if *place == 0 {
            // Text in UTF-8 has fewer pairs of bytes than there are numbers of 16 bits.
            *place = u16::try_from(self.holders.len()).unwrap_or(u16::MAX);
            self.holders.push(Vec::new());
        }
        let holders = self.holders.get_mut(usize::from(*place));
        if let Some(holders) = holders.filter(|all| !all.contains(&(number, offset))) {
            holders.push((number, offset));
        }
    }

    fn is_empty(&self) -> bool {
        self.holders.len() == 1
    }

    /// 0 where no word holds these bytes.
    fn place(&self, key: usize) -> u16 {
        self.places.get(key).copied().unwrap_or(0)
    }

    fn holders(&self, place: u16) -> &[(usize, usize)] {
        self.holders.get(usize::from(place)).map_or(&[], Vec::as_slice)
    }
}

/// Where `needle` stands in `text`.
pub fn places<'t>(text: &'t str, needle: &'t str) -> impl Iterator<Item = usize> + 't {
    memmem::find_iter(text.as_bytes(), needle)
}

/// Where an ASCII character stands in `text`.
pub fn places_of(byte: u8, text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(byte, text.as_bytes())
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
        let of =
            |words: &[&'static str], case| Needles::new(words.iter().map(|word| (*word, case)));
        let found = of(&["abc", "", "BC"], Case::Any).find("xABC");
        assert_eq!(found, [(0, 1..4), (2, 2..4)]);
        let found = of(&["abc", "", "BC"], Case::AsWritten).find("xABC");
        assert_eq!(found, [(2, 2..4)]);
        let found = of(&["a", "ab", "卡"], Case::Any).find("Ab卡aab");
        let expected = [(0, 0..1), (1, 0..2), (2, 2..5), (0, 5..6), (0, 6..7), (1, 6..8)];
        assert_eq!(found, expected);
        assert!(of(&[], Case::Any).find("abc").is_empty());
        assert_eq!(places("a](b](", "](").collect::<Vec<_>>(), [1, 4]);
        assert_eq!(first_of(b'`', b'<', "ab<c`"), Some(2));
        assert_eq!(first_of_three([b'&', b'<', b'>'], "ab>"), Some(2));
    }

    #[test]
    fn a_word_of_any_length_is_found_at_any_place() {
        let words = ["AbAbAbAbAbAb", "注销手机卡", "t.me", "o", "Qq", "aBcDeFg", "Sim kart", "卡"];
        for (word, before) in words.into_iter().flat_map(|word| (0..80).map(move |at| (word, at))) {
            for behind in [0, 1, 2, 3, 40] {
                let text = format!("{}{word}{}", "-".repeat(before), "-".repeat(behind));
                let found = [(0, before..before + word.len())];
                let as_written = Needles::new([(word, Case::AsWritten)]);
                assert_eq!(as_written.find(&text), found);
                let same = text.to_uppercase() == text;
                assert_eq!(as_written.find(&text.to_uppercase()).is_empty(), !same);
                let any = Needles::new([(word.to_lowercase(), Case::Any)]);
                assert_eq!(any.find(&text.to_uppercase()), found);
            }
        }
    }
}
