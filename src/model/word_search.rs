//! Searches a text for many words at once, and for single characters quickly.

use std::ops::Range;

use memchr::memmem;

use crate::model::bytes::sift;

/// A set of words that are searched for in one pass, however many there are.
///
/// A text is read four bytes at a time. Of any four neighbouring positions, exactly one is a multiple of
/// four, so each word is recognised by the fours that begin at four such positions in it.
#[derive(Debug, Clone)]
pub struct WordSearch {
    words: Vec<(Vec<u8>, Case)>,
    /// The byte that the end of a line in a text matches.
    line_end: u8,
    /// For each pair of bytes, a bit for every group with a four that begins with the pair. The upper half
    /// has those of the groups with a four that ends with it.
    groups: Box<[u16; 0x1_0000]>,
    /// The fours whose bytes are all known, by those bytes.
    whole: Fours,
    /// The other fours, by whichever two bytes tell more.
    partial: Fours,
}

/// Whether the ASCII letters of a word match in either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    AsWritten,
    Any,
}

/// Four bytes at some place in a word. Bytes before or after the word can be anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Four {
    word: usize,
    /// The position of the four within the word; negative if it begins before the word.
    offset: isize,
    bytes: u32,
    /// The bits that are the same however the word is written.
    mask: u32,
}

/// Two neighbouring bytes. `None` stands for a byte before or after the word.
type BytePair = [Option<u8>; 2];

/// The groups of fours that begin with any two bytes, and of fours that end with any two.
const ANY_FRONT: u8 = 1;
const ANY_BACK: u8 = 2;

impl WordSearch {
    /// Searches for `words`. Empty words are never found.
    pub fn new<W: AsRef<[u8]>>(words: impl IntoIterator<Item = (W, Case)>) -> WordSearch {
        WordSearch::of(words, b'\n')
    }

    /// The same, but a line may end where a word has a space.
    pub fn across_lines<W: AsRef<[u8]>>(words: impl IntoIterator<Item = (W, Case)>) -> WordSearch {
        WordSearch::of(words, b' ')
    }

    fn of<W: AsRef<[u8]>>(words: impl IntoIterator<Item = (W, Case)>, line_end: u8) -> WordSearch {
        let mut word_search = WordSearch {
            words: Vec::new(),
            line_end,
            groups: Box::new([u16::from_le_bytes([ANY_FRONT, ANY_BACK]); 0x1_0000]),
            whole: Fours::default(),
            partial: Fours::default(),
        };
        for (word, case) in words {
            word_search.add(word.as_ref(), case);
        }
        word_search
    }

    fn add(&mut self, word: &[u8], case: Case) {
        let byte = |at: isize| usize::try_from(at).ok().and_then(|at| word.get(at)).copied();
        let rarities: Vec<usize> = word.iter().map(|byte| rarity(*byte, case)).collect();
        let rarity = |at: isize| {
            usize::try_from(at).ok().and_then(|at| rarities.get(at)).copied().unwrap_or(0)
        };
        let least = |start: &isize| {
            (*start..start + 4).map(|at| (at..at + 4).map(rarity).sum::<usize>()).min()
        };
        let starts = -3..=word.len().cast_signed() - 4;
        for offset in starts.max_by_key(least).map_or(0..0, |start| start..start + 4) {
            let four = [0, 1, 2, 3].map(|nth| byte(offset + nth));
            let [front, back] = [[four[0], four[1]], [four[2], four[3]]];
            let group = group(front, back);
            self.note(front, case, u16::from_le_bytes([group, 0]));
            self.note(back, case, u16::from_le_bytes([0, group]));
            let mask = four.map(|byte| {
                let Some(byte) = byte else { return 0 };
                !self.ways(Some(byte), case).fold(0, |all, way| all | (way ^ byte))
            });
            let bytes = four.map(|byte| byte.unwrap_or(0));
            let (bytes, mask) = (u32::from_le_bytes(bytes), u32::from_le_bytes(mask));
            let held = Four { word: self.words.len(), offset, bytes, mask };
            if let [Some(_), Some(_), Some(_), Some(_)] = four {
                let backs = self.keys(back, case);
                let keys = self.keys(front, case).flat_map(|front| {
                    let key = move |back| whole_key(u32::from(front) | u32::from(back) << 16);
                    backs.clone().map(key)
                });
                self.whole.hold(keys, held);
                continue;
            }
            let telling = |pair: BytePair, at: isize| {
                (pair.into_iter().flatten().count(), rarity(at) + rarity(at + 1))
            };
            let is_front = telling(front, offset) > telling(back, offset + 2);
            let keys = self.keys(if is_front { front } else { back }, case);
            self.partial.hold(keys.map(usize::from), held);
        }
        self.words.push((word.to_vec(), case));
    }

    fn note(&mut self, pair: BytePair, case: Case, groups: u16) {
        // The groups for any two bytes were noted at the start.
        if pair == [None, None] {
            return;
        }
        for key in self.keys(pair, case) {
            if let Some(all) = self.groups.get_mut(usize::from(key)) {
                *all |= groups;
            }
        }
    }

    /// All ways to write two bytes of a word.
    fn keys(&self, [one, two]: BytePair, case: Case) -> impl Iterator<Item = u16> + Clone + use<> {
        let ones = self.ways(one, case);
        let key = |one, two| u16::from_le_bytes([one, two]);
        self.ways(two, case).flat_map(move |two| ones.clone().map(move |one| key(one, two)))
    }

    fn ways(&self, byte: Option<u8>, case: Case) -> impl Iterator<Item = u8> + Clone + use<> {
        let any = byte.is_none().then_some(0..=u8::MAX);
        let letter = byte.filter(|byte| case == Case::Any && byte.is_ascii_alphabetic());
        let line_end = byte.filter(|byte| *byte == self.line_end).map(|_| b'\n');
        let known = byte.into_iter().chain(letter.map(|letter| letter ^ 0x20)).chain(line_end);
        any.into_iter().flatten().chain(known)
    }

    /// The index and the range of each word found, in order of their starts. Words may overlap.
    pub fn find<T: AsRef<[u8]> + ?Sized>(&self, text: &T) -> Vec<(usize, Range<usize>)> {
        let text = text.as_ref();
        let mut found = Vec::new();
        let mut look = |at: usize, bytes: u32| {
            let [front, back] = halves(bytes).map(|key| self.partial.get(key));
            for fours in [self.whole.get(whole_key(bytes)), front, back] {
                for four in fours {
                    if (four.bytes ^ bytes) & four.mask == 0 {
                        found.extend(self.word(four, at, text));
                    }
                }
            }
        };
        let groups = &*self.groups;
        // The groups that the four bytes may belong to.
        let groups = move |four: &[u8; 4]| {
            let [front, back] = halves(u32::from_le_bytes(*four));
            let of = |key: usize| groups.get(key).copied().unwrap_or(0).to_le_bytes();
            of(front)[0] & of(back)[1]
        };
        let (fours, rest) = text.as_chunks();
        sift(fours, groups, |nth, four| look(nth * 4, u32::from_le_bytes(*four)));
        let last = rest.iter().rfold(0, |bytes, byte| bytes << 8 | u32::from(*byte));
        look(fours.len() * 4, last);
        found.sort_unstable_by_key(|(number, range)| (range.start, *number));
        found.dedup();
        found
    }

    /// The index and range of the word that `four` belongs to, if the whole word stands there.
    fn word(&self, four: &Four, at: usize, text: &[u8]) -> Option<(usize, Range<usize>)> {
        let (word, case) = self.words.get(four.word)?;
        let start = at.checked_sub_signed(four.offset)?;
        let range = start..start + word.len();
        let is_same = |(written, byte): (&u8, &u8)| {
            let written = if *written == b'\n' { self.line_end } else { *written };
            written == *byte || (*case == Case::Any && written.eq_ignore_ascii_case(byte))
        };
        text.get(range.clone())?.iter().zip(word).all(is_same).then_some((four.word, range))
    }
}

/// Lists of fours, by a key.
#[derive(Debug, Clone)]
struct Fours {
    /// The index of each key's list. The list at index 0 is empty.
    places: Box<[u16; 0x1_0000]>,
    lists: Vec<Vec<Four>>,
}

impl Default for Fours {
    fn default() -> Fours {
        Fours { places: Box::new([0; 0x1_0000]), lists: vec![Vec::new()] }
    }
}

impl Fours {
    /// Adds `four` under all `keys`. Those that had no list yet share a new one.
    fn hold(&mut self, keys: impl Iterator<Item = usize>, four: Four) {
        // If the numbers run out, the last list is used.
        let new = u16::try_from(self.lists.len()).unwrap_or(u16::MAX);
        for key in keys {
            let Some(place) = self.places.get_mut(key) else { continue };
            if *place == 0 {
                *place = new;
            }
            let place = usize::from(*place);
            if place == self.lists.len() {
                self.lists.push(Vec::new());
            }
            let list = self.lists.get_mut(place).filter(|list| list.last() != Some(&four));
            list.into_iter().for_each(|list| list.push(four));
        }
    }

    fn get(&self, key: usize) -> &[Four] {
        let place = self.places.get(key).copied().unwrap_or(0);
        self.lists.get(usize::from(place)).map_or(&[], Vec::as_slice)
    }
}

/// How rare a byte is in texts.
fn rarity(byte: u8, case: Case) -> usize {
    match (case, byte) {
        (_, 0xE4..=0xE9) => 3,
        (_, 0x80..=0xBF) => 15,
        (Case::AsWritten, b'A'..=b'Z') => 30,
        (_, byte) => {
            let common = b" etaoinshrdlucmfwygpbvkxjqz";
            common.iter().position(|one| *one == byte.to_ascii_lowercase()).unwrap_or(25)
        }
    }
}

/// A group, as a bit. Fours that begin alike are in the same group, so that a pair begins few groups.
fn group(front: BytePair, back: BytePair) -> u8 {
    let folded = |byte: Option<u8>| usize::from(byte.unwrap_or(0) | 0x20);
    match (front, back) {
        ([None, None], _) => ANY_FRONT,
        (_, [None, None]) => ANY_BACK,
        ([one, two], _) => 4 << ((folded(one) * 5 + folded(two) * 7) / 2 % 6),
    }
}

/// A key for four bytes, which is the same in both cases of letters. Other bytes may have the same key.
fn whole_key(four: u32) -> usize {
    // The multiplier is Knuth's: 2³² over the golden ratio.
    ((four | 0x2020_2020).wrapping_mul(0x9E37_79B1) >> 16) as usize
}

/// The first two bytes and the last two.
fn halves(four: u32) -> [usize; 2] {
    [four & 0xFFFF, four >> 16].map(|half| half as usize)
}

/// The positions of `needle` in `text`.
pub fn places<'t>(text: &'t str, needle: &'t str) -> impl Iterator<Item = usize> + 't {
    memmem::find_iter(text.as_bytes(), needle)
}

/// The positions of an ASCII character in `text`.
pub fn places_of(byte: u8, text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(byte, text.as_bytes())
}

/// The position of the first of two ASCII characters in `text`.
pub fn first_of(one: u8, other: u8, text: &str) -> Option<usize> {
    memchr::memchr2(one, other, text.as_bytes())
}

/// The position of the first of three ASCII characters in `text`.
pub fn first_of_three([one, two, three]: [u8; 3], text: &str) -> Option<usize> {
    memchr::memchr3(one, two, three, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_overlap_and_in_any_case() {
        let of =
            |words: &[&'static str], case| WordSearch::new(words.iter().map(|word| (*word, case)));
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
                let as_written = WordSearch::new([(word, Case::AsWritten)]);
                assert_eq!(as_written.find(&text), found);
                let same = text.to_uppercase() == text;
                assert_eq!(as_written.find(&text.to_uppercase()).is_empty(), !same);
                let any = WordSearch::new([(word.to_lowercase(), Case::Any)]);
                assert_eq!(any.find(&text.to_uppercase()), found);
            }
        }
    }

    #[test]
    fn a_line_may_end_where_a_word_has_a_space() {
        let words = [("Sim kart", Case::AsWritten), ("one two three", Case::Any)];
        let text = "a Sim\nkart, ONE\ntwo three";
        assert_eq!(WordSearch::across_lines(words).find(text), [(0, 2..10), (1, 12..25)]);
        assert!(WordSearch::new(words).find(text).is_empty());
    }

    #[test]
    fn many_words_are_found_as_each_of_them_is() {
        let mut seed = 1_u32;
        let mut letters = |count: usize| -> Vec<u8> {
            let letter = |_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                b"abA \n."[(seed >> 16) as usize % 6]
            };
            (0..count).map(letter).collect()
        };
        let cases = [Case::Any, Case::AsWritten];
        let words: Vec<(Vec<u8>, Case)> =
            (0..200).map(|nth| (letters(1 + nth % 9), cases[nth % 2])).collect();
        let text = letters(5003);
        let stands = |at: usize, (word, case): &(Vec<u8>, Case)| {
            text.get(at..at + word.len()).is_some_and(|written| match case {
                Case::Any => written.eq_ignore_ascii_case(word),
                Case::AsWritten => written == word,
            })
        };
        let mut expected = Vec::new();
        for at in 0..text.len() {
            let here = words.iter().enumerate().filter(|(_, word)| stands(at, word));
            expected.extend(here.map(|(number, (word, _))| (number, at..at + word.len())));
        }
        assert_eq!(
            WordSearch::new(words.iter().map(|(word, case)| (word, *case))).find(&text),
            expected
        );
    }
}
