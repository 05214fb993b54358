//! The search's index: what is packed is read back as it was, by a plain twin of the script that readers run.

use std::collections::BTreeSet;

use cicerone::search::{self, Indexer, PageWords, Rendition, Subject, SubjectPart};

use super::query::READERS;
use super::text;

// Where the contexts begin, as `src/search/chunk.rs` has them.
const NUMBER: usize = 128;
const DETAILED: usize = 2048;
const SHARED: usize = NUMBER;
const REST: usize = 2 * NUMBER;
const FAR: usize = 3 * NUMBER;
const TIERS: usize = 4 * NUMBER;
const TOTAL: usize = 5 * NUMBER;
const PAGES: usize = 6 * NUMBER;
const PARTS: usize = 7 * NUMBER;
const PART: usize = 11 * NUMBER;
const PAGE: usize = 27 * NUMBER;
const FIRST: usize = 51 * NUMBER;
const WEIGHT: usize = FIRST + 4 * 64;
const BYTE: usize = WEIGHT + 5 * 2 * 16;
const LETTER: usize = BYTE + 256;
const ALL: usize = LETTER + 32 * DETAILED;

/// A line is a part of a page, an empty one ends the page. A line that begins with a digit is said so many times more.
pub fn search_index(data: &[u8]) {
    let text = text(data);
    let readers = &*READERS;
    for group in search::groups(&readers.site).into_iter().take(2) {
        let language = group.languages[0];
        let mut indexer = Indexer::default();
        for (number, page) in text.split("\n\n").take(300).enumerate() {
            let parts = page.lines().take(80).enumerate().map(|(at, line)| SubjectPart {
                anchor: if at == 0 { String::new() } else { format!("p{at}") },
                heading: line.split(' ').next().unwrap_or("").to_owned(),
                text: line.repeat(line.bytes().next().map_or(1, |byte| usize::from(byte % 8))),
                ..SubjectPart::default()
            });
            let rendition = Rendition {
                language,
                title: format!("page {number}"),
                url: format!("/{number}/"),
                parts: parts.collect(),
            };
            let subject = Subject { renditions: vec![rendition], ..Subject::default() };
            indexer.add(PageWords::of(&subject, &group));
        }
        let index = indexer.finish(group);
        let mut words = BTreeSet::new();
        let mut found = Vec::new();
        for file in search::files(&readers.site, &index) {
            let packed = file.packed();
            let name = packed.path.as_str().rsplit('/').next().unwrap_or("");
            if name.starts_with('t') && packed.path.as_str().contains("/assets/")
                || name.starts_with('t')
            {
                for (word, postings) in Decoder::new(&packed.bytes, ALL).words() {
                    assert!(words.insert(word.clone()), "{word:?} stands twice");
                    found.push((word, postings));
                }
            }
        }
        found.sort();
        let mut wanted: Vec<(String, Vec<u32>)> = Vec::new();
        for entry in &index.terms {
            wanted.push((entry.word.to_string(), entry.postings.iter().collect()));
        }
        wanted.sort();
        assert_eq!(found, wanted);
    }
    // And bytes that nobody has packed come to an end.
    Decoder::new(data, ALL).some(10_000);
}

#[derive(Clone, Copy)]
struct Context {
    odds: u16,
    seen: u16,
}

/// Reads bits as `src/search/coder.rs` has written them.
struct Decoder<'a> {
    bytes: &'a [u8],
    at: usize,
    contexts: Vec<Context>,
    code: u64,
    range: u64,
}

impl<'a> Decoder<'a> {
    fn new(bytes: &'a [u8], contexts: usize) -> Decoder<'a> {
        let contexts = vec![Context { odds: 1 << 15, seen: 0 }; contexts];
        let mut decoder = Decoder { bytes, at: 1, contexts, code: 0, range: u64::from(u32::MAX) };
        (0..4).for_each(|_| decoder.shift());
        decoder
    }

    fn shift(&mut self) {
        self.code = (self.code << 8 | u64::from(self.bytes.get(self.at).copied().unwrap_or(0)))
            & 0xFFFF_FFFF;
        self.at += 1;
    }

    fn bit(&mut self, context: usize) -> bool {
        let context = &mut self.contexts[context];
        let bound = (self.range >> 12) * u64::from(context.odds >> 4);
        let bit = self.code < bound;
        if bit {
            self.range = bound;
        } else {
            self.code -= bound;
            self.range -= bound;
        }
        let (odds, goal) = (i32::from(context.odds), if bit { 1 << 16 } else { 0 });
        context.odds = (odds + (goal - odds) / (i32::from(context.seen) + 2)) as u16;
        context.seen = (context.seen + 1).min(62);
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
        bit
    }

    fn bits(&mut self, context: usize, count: u32) -> u32 {
        let mut node = 1;
        for _ in 0..count {
            node = node << 1 | usize::from(self.bit(context + node));
        }
        (node - (1 << count)) as u32
    }

    fn number(&mut self, context: usize, learnt: usize) -> usize {
        let length = (0..24).take_while(|place| self.bit(context + place)).count();
        let first = context + 32 + (length << learnt);
        let mut node = 1;
        for at in 0..length {
            node =
                node << 1 | usize::from(self.bit(if at < learnt { first + node } else { first }));
        }
        node - 1
    }

    fn postings(&mut self) -> Vec<u32> {
        let (mut found, count) = (Vec::new(), self.number(PAGES, 2));
        let distance = PAGE + count.max(1).ilog2().min(23) as usize * NUMBER;
        let (mut next, mut parts, mut weight) = (0, 1, 0);
        for _ in 0..count {
            let card = next + self.number(distance, 2) as u32;
            next = card + 1;
            parts = 1 + self.number(PARTS + (parts.min(4) - 1) * NUMBER, 2);
            let mut expected = 0;
            for at in 0..parts {
                let part = match at {
                    0 => self.bits(FIRST + (parts.min(4) - 1) * 64, 6),
                    _ => {
                        let (left, place) = ((parts - at).min(4), (expected - 1_u32).min(15) >> 2);
                        expected
                            + self.number(PART + (place as usize * 4 + left - 1) * NUMBER, 2) as u32
                    }
                };
                expected = part + 1;
                let kind = if part == 0 { 0 } else { parts.min(4) };
                weight = self.bits(WEIGHT + (kind * 2 + usize::from(weight >= 8)) * 16, 4);
                found.push(card << 10 | part << 4 | weight);
            }
        }
        found
    }

    fn words(&mut self) -> Vec<(String, Vec<u32>)> {
        let mut words = Vec::new();
        let mut last: Vec<char> = Vec::new();
        while self.bit(0) {
            let shared = self.number(SHARED, 2);
            let length = shared + self.number(REST, 2);
            let mut word: Vec<char> = last[..shared].to_vec();
            for at in shared..length {
                let c = match last.get(at).filter(|_| at == shared) {
                    Some(other) => *other as usize + self.number(FAR, 2),
                    None => {
                        let before = at.checked_sub(1).map_or(0, |at| word[at] as usize);
                        self.number(LETTER + before % 32 * DETAILED, 6)
                    }
                };
                word.push(
                    char::from_u32(c as u32).unwrap_or_else(|| panic!("{c:x} is no character")),
                );
            }
            let tiers = self.number(TIERS, 2);
            if tiers > 0 {
                self.number(TOTAL, 2);
                (0..tiers * 4).for_each(|_| _ = self.bits(BYTE, 8));
            }
            let postings = self.postings();
            words.push((word.iter().collect(), postings));
            last = word;
        }
        words
    }

    fn some(&mut self, most: usize) {
        for at in 0..most {
            self.number(at % 6 * NUMBER, 2);
        }
    }
}
