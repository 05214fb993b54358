//! Packs words and the places where they occur. `themes/default/assets/search.js` reads them.

use crate::model::varint;
use crate::search::coder::{Coder, DETAILED, NUMBER};
use crate::search::postings::Postings;

/// The length of the name of a file, in bytes.
pub const NAME: usize = 4;

/// The least weight of a word that does more than occur in a text.
const HEAVY: u32 = 8;

/// Where each kind of context begins. The first ones are for numbers, one kind after the other.
const MORE: usize = 0;
const SHARED: usize = NUMBER;
const REST: usize = 2 * NUMBER;
const FAR: usize = 3 * NUMBER;
const TIERS: usize = 4 * NUMBER;
const TOTAL: usize = 5 * NUMBER;
const PAGES: usize = 6 * NUMBER;
/// The number of a page's parts, by how many parts the last page had.
const PARTS: usize = 7 * NUMBER;
/// The distance to the next part, by how many parts are still to come and where the last one was.
const PART: usize = 11 * NUMBER;
/// The distance to the next page, by the logarithm of how many pages there are.
const PAGE: usize = 27 * NUMBER;
/// The six bits of a page's first part, by how many parts there are.
const FIRST: usize = 51 * NUMBER;
/// The four bits of a weight, by the same and by whether the last weight was that of a heading.
const WEIGHT: usize = FIRST + 4 * 64;
/// The eight bits of a byte.
const BYTE: usize = WEIGHT + 5 * 2 * 16;
/// Letters, by the letter before.
const LETTER: usize = BYTE + 256;
const ALL: usize = LETTER + 32 * DETAILED;

/// Appends a word, the number of its postings, the names of its further tiers, and the postings of the
/// first tier.
pub fn write(word: &str, count: usize, tiers: &[u32], first: &Postings, bytes: &mut Vec<u8>) {
    varint::push(word.len(), bytes);
    bytes.extend_from_slice(word.as_bytes());
    varint::push(tiers.len(), bytes);
    tiers.iter().for_each(|name| bytes.extend_from_slice(&name.to_be_bytes()));
    varint::push(count, bytes);
    varint::push(first.bytes().len(), bytes);
    bytes.extend_from_slice(first.bytes());
}

/// Packs what `write` has written.
pub fn packed(mut bytes: &[u8]) -> Vec<u8> {
    let mut coder = Coder::new(ALL);
    let [mut word, mut before] = [const { Vec::new() }; 2];
    let mut postings = Vec::new();
    while let Some(entry) = ChunkEntry::read(&mut bytes) {
        coder.bit(MORE, true);
        word.clear();
        word.extend(entry.word.chars());
        put_word(&mut coder, &word, &before);
        coder.number(TIERS, entry.tiers.len() / NAME);
        if !entry.tiers.is_empty() {
            coder.number(TOTAL, entry.count);
            entry.tiers.iter().for_each(|byte| coder.bits(BYTE, 8, u32::from(*byte)));
        }
        postings.clear();
        postings.extend(Postings::read(entry.postings));
        put_postings(&mut coder, &postings);
        std::mem::swap(&mut word, &mut before);
    }
    coder.bit(MORE, false);
    coder.finish()
}

/// Packs a tier's postings.
pub fn packed_tier(postings: &[u8]) -> Vec<u8> {
    let mut coder = Coder::new(LETTER);
    put_postings(&mut coder, &Postings::read(postings).collect::<Vec<_>>());
    coder.finish()
}

/// What `write` has written about one word.
struct ChunkEntry<'a> {
    word: &'a str,
    tiers: &'a [u8],
    count: usize,
    postings: &'a [u8],
}

impl<'a> ChunkEntry<'a> {
    fn read(bytes: &mut &'a [u8]) -> Option<ChunkEntry<'a>> {
        let mut take = |size: usize| {
            let length = varint::take(bytes)? as usize;
            let (taken, rest) = bytes.split_at_checked(length * size)?;
            *bytes = rest;
            Some(taken)
        };
        let word = std::str::from_utf8(take(1)?).ok()?;
        let tiers = take(NAME)?;
        let count = varint::take(bytes)? as usize;
        let length = varint::take(bytes)? as usize;
        let (postings, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        Some(ChunkEntry { word, tiers, count, postings })
    }
}

/// Writes a word as the number of characters that it shares with the one before, the distance to its next
/// character, and the rest.
fn put_word(coder: &mut Coder, word: &[char], before: &[char]) {
    let shared = word.iter().zip(before).take_while(|(a, b)| a == b).count();
    coder.number(SHARED, shared);
    coder.number(REST, word.len() - shared);
    let mut last = shared.checked_sub(1).and_then(|at| word.get(at)).map_or(0, |c| *c as usize);
    for (at, c) in word.iter().enumerate().skip(shared) {
        let c = *c as usize;
        match before.get(at).filter(|_| at == shared) {
            // Words are sorted, so the first character that differs is a later one.
            Some(other) => coder.number(FAR, c.saturating_sub(*other as usize)),
            None => coder.detailed(LETTER + last % 32 * DETAILED, c),
        }
        last = c;
    }
}

/// For each page, writes its distance from the last one, the number of its parts, and each part with its
/// weight.
fn put_postings(coder: &mut Coder, postings: &[u32]) {
    let pages = postings.chunk_by(|a, b| a >> 10 == b >> 10);
    let count = pages.clone().count();
    coder.number(PAGES, count);
    let scale = PAGE + count.max(1).ilog2().min(23) as usize * NUMBER;
    let (mut next, mut before, mut last) = (0, 1, 0);
    for page in pages {
        let number = page.first().map_or(0, |posting| posting >> 10);
        coder.number(scale, (number - next) as usize);
        next = number + 1;
        coder.number(PARTS + (before.min(4) - 1) * NUMBER, page.len() - 1);
        before = page.len();
        let mut expected = 0;
        for (at, posting) in page.iter().enumerate() {
            let (part, weight) = (posting >> 4 & 63, posting & 15);
            if at == 0 {
                coder.bits(FIRST + (page.len().min(4) - 1) * 64, 6, part);
            } else {
                let (left, place) = ((page.len() - at).min(4), (expected - 1).min(15) >> 2);
                let context = PART + (place as usize * 4 + left - 1) * NUMBER;
                coder.number(context, (part - expected) as usize);
            }
            expected = part + 1;
            let kind = if part == 0 { 0 } else { page.len().min(4) };
            coder.bits(WEIGHT + (kind * 2 + usize::from(last >= HEAVY)) * 16, 4, weight);
            last = weight;
        }
    }
}
