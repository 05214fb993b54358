//! Which words occur where: a subject's words in each part, and how much they weigh there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::fingerprint::Table;
use crate::search::card::{Card, CardText, number, place, show};
use crate::search::families::{Families, families};
use crate::search::languages::Group;
use crate::search::postings::{Postings, tiers};
use crate::search::sounds::{self, MARK, Sounds};
use crate::search::spellings::{joined, numbers};
use crate::search::subjects::{Subject, SubjectPart};
use crate::search::term::WordKey;
use crate::search::variants::Variants;
use crate::search::words::{Stretch, each_term, is_run, pieces};

/// A part of more words is about none of them in particular.
const LONG: usize = 300;

/// Characters that a writer may type for another with the same sound: the first level of GB 2312.
const COMMON: &str = include_str!("common.txt");

/// The words of one subject. They depend on the subject alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageWords {
    /// Sorted by term and part, with the greatest weight first: see `entry`.
    pub(super) words: Vec<u128>,
    /// The words whose terms are hashes.
    pub(super) long: BTreeMap<WordKey, Box<str>>,
    pub(super) card: Arc<Card>,
}

impl PageWords {
    pub fn of(subject: &Subject, group: &Group) -> PageWords {
        let mut words = SubjectWords {
            group,
            country: &subject.country,
            all: Vec::new(),
            long: BTreeMap::new(),
            body: Vec::new(),
        };
        let mut anchors: Vec<String> = vec![String::new()];
        let mut steps: Vec<Box<str>> = Vec::new();
        let mut faces = Vec::new();
        for rendition in &subject.renditions {
            let mut face = CardText {
                language: rendition.language,
                title: rendition.title.clone(),
                url: rendition.url.clone(),
                parts: Vec::new(),
            };
            for part in &rendition.parts {
                let place = place(&mut anchors, &part.anchor);
                words.weigh(part, place);
                number(&mut steps, place, &part.step);
                show(&mut face, place, part);
            }
            faces.push(face);
        }
        let SubjectWords { mut all, long, .. } = words;
        all.sort_unstable();
        all.dedup_by_key(|entry| *entry >> 4);
        all.shrink_to_fit();
        for face in &mut faces {
            face.parts.resize(anchors.len(), Default::default());
            face.parts.shrink_to_fit();
        }
        let card = Card {
            kind: subject.kind,
            operators: subject.operators.clone(),
            country: subject.country.clone(),
            tags: subject.tags.clone(),
            anchors,
            steps,
            call: subject.call.clone(),
            faces,
        };
        PageWords { words: all, long, card: Arc::new(card) }
    }
}

/// A word in a part: sorted, the weightiest of a part stands first. The weight is 1 to 15.
fn entry(term: WordKey, part: u8, weight: u8) -> u128 {
    term.with(u16::from(part) << 4 | u16::from(15 - weight.min(15)))
}

/// The words of a subject that is being read.
struct SubjectWords<'a> {
    group: &'a Group,
    /// The country's code, or empty.
    country: &'a str,
    all: Vec<u128>,
    long: BTreeMap<WordKey, Box<str>>,
    /// The words of one text, which are about to be counted.
    body: Vec<WordKey>,
}

impl SubjectWords<'_> {
    fn term(long: &mut BTreeMap<WordKey, Box<str>>, word: &str) -> WordKey {
        let term = WordKey::new(word);
        if term.is_long() {
            long.entry(term).or_insert_with(|| word.into());
        }
        term
    }

    fn put(&mut self, text: &str, place: u8, weight: u8) {
        let weight = weight.clamp(1, 15);
        each_term(text, Variants::all(), |word| {
            self.all.push(entry(Self::term(&mut self.long, word), place, weight));
        });
        self.put_spellings(text, place, weight);
    }

    fn put_spellings(&mut self, text: &str, place: u8, weight: u8) {
        let codes = &self.group.codes;
        let code = codes.get(self.country).map(String::as_str);
        for other in joined(text).iter().chain(&numbers(text, code, codes)) {
            each_term(other, Variants::all(), |word| {
                self.all.push(entry(Self::term(&mut self.long, word), place, weight));
            });
        }
    }

    fn weigh(&mut self, part: &SubjectPart, place: u8) {
        let whole = part.anchor.is_empty();
        let mut length = 0;
        each_term(&part.heading, Variants::all(), |_| length += 1);
        // In a short heading, each word says more.
        let long = u8::try_from(length / 6).unwrap_or(3).min(3);
        let top = if whole { 15 } else { 11 } - long;
        self.put(&part.heading, place, top);
        if self.group.chinese {
            self.sounds(&part.heading, place, top - 1);
        }
        let listed: [(&[String], u8); 5] = [
            (&part.names, 14),
            (&part.facts, 13),
            (&part.synonyms, 11),
            (&part.about, 8),
            (&part.labels, 6),
        ];
        for (names, weight) in listed {
            names.iter().for_each(|name| self.put(name, place, weight));
        }
        self.put(&part.summary, place, 6);
        self.text(&part.text, place);
    }

    fn sounds(&mut self, heading: &str, place: u8, weight: u8) {
        for piece in pieces(heading, Variants::all()) {
            if let Stretch::Run(run) = piece {
                let sounds = sounds::terms(&run);
                let term = |sound: &String| entry(Self::term(&mut self.long, sound), place, weight);
                self.all.extend(sounds.iter().map(term));
            }
        }
    }

    /// A word that occurs more often weighs more, in three degrees. The length of a text says little,
    /// because each part answers one question; only a text that is far too long weighs less.
    fn text(&mut self, text: &str, place: u8) {
        let SubjectWords { all, long, body, .. } = self;
        body.clear();
        each_term(text, Variants::all(), |word| body.push(Self::term(long, word)));
        let least = if body.len() > LONG { 2 } else { 3 };
        body.sort_unstable();
        for same in body.chunk_by(|a, b| a == b) {
            let weight = least + u8::try_from(same.len() - 1).unwrap_or(2).min(2);
            all.extend(same.first().map(|term| entry(*term, place, weight)));
        }
        self.put_spellings(text, place, least);
    }
}

/// Collects the words of a group's subjects; those of unchanged pages come from the previous index.
#[derive(Debug, Default)]
pub struct Indexer<'a> {
    before: Option<&'a Index>,
    /// The new number of each card of the previous index; none if the card is gone.
    moved: Vec<Option<u32>>,
    postings: Table<WordKey, Postings>,
    long: BTreeMap<WordKey, Box<str>>,
    cards: Vec<Arc<Card>>,
}

/// The index of a group: postings by word, cards by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    pub group: Group,
    pub terms: Terms,
    pub cards: Vec<Arc<Card>>,
    /// The number of parts of all cards together.
    pub parts: usize,
    pub chars: BTreeSet<char>,
    pub sounds: Sounds,
    pub families: Families,
}

/// Sorted by word. An entry that has not changed is shared with the previous index.
type Terms = Vec<Arc<WordEntry>>;

/// A word and the places where it occurs.
#[derive(Debug, PartialEq, Eq)]
pub struct WordEntry {
    pub word: Box<str>,
    pub postings: Postings,
}

impl<'a> Indexer<'a> {
    pub fn after(before: &'a Index) -> Indexer<'a> {
        let moved = vec![None; before.cards.len()];
        Indexer { before: Some(before), moved, ..Indexer::default() }
    }

    fn number(&self) -> u32 {
        u32::try_from(self.cards.len()).unwrap_or(u32::MAX)
    }

    /// Adds the page that had this number before. Such pages are added in their previous order.
    pub fn keep(&mut self, before: usize) {
        let number = self.number();
        let card = self.before.and_then(|index| index.cards.get(before));
        if let (Some(card), Some(place)) = (card, self.moved.get_mut(before)) {
            *place = Some(number);
            self.cards.push(card.clone());
        }
    }

    pub fn add(&mut self, page: PageWords) {
        let number = self.number();
        let same = |one: &u128, other: &u128| WordKey::split(*one).0 == WordKey::split(*other).0;
        for entries in page.words.chunk_by(same) {
            let Some(first) = entries.first() else { continue };
            let postings = self.postings.entry(WordKey::split(*first).0).or_default();
            // The posting holds part and weight as `entry` stored them.
            let posting = |entry: &u128| number << 10 | u32::from(WordKey::split(*entry).1 ^ 15);
            postings.extend(entries.iter().map(posting));
        }
        self.long.extend(page.long);
        self.cards.push(page.card);
    }

    /// Whether exactly the pages of the previous index have been added.
    pub fn is_as_before(&self) -> bool {
        self.before.is_some_and(|before| before.cards.len() == self.cards.len())
            && self.moved.iter().all(Option::is_some)
    }

    pub fn finish(self, group: Group) -> Index {
        let Indexer { before, moved, postings, mut long, cards } = self;
        let written = |(term, mut postings): (WordKey, Postings)| {
            postings.shrink();
            let word = long.remove(&term).unwrap_or_else(|| term.word().into_boxed_str());
            Arc::new(WordEntry { word, postings })
        };
        let mut terms: Terms = postings.into_iter().map(written).collect();
        terms.sort_unstable_by(|a, b| a.word.cmp(&b.word));
        if let Some(before) = before {
            terms = renewed(&before.terms, &moved, terms);
        }
        let chars = runs(&terms);
        let sounds = if group.chinese {
            Sounds::of(&chars.iter().copied().chain(COMMON.trim_end().chars()).collect())
        } else {
            Sounds::default()
        };
        let parts = cards.iter().map(|card| card.anchors.len()).sum();
        let families = families(&group.stemming, &terms);
        Index { group, terms, cards, parts, chars, sounds, families }
    }
}

/// The previous entries, limited to the cards that are left, merged with the `fresh` ones.
fn renewed(before: &Terms, moved: &[Option<u32>], fresh: Terms) -> Terms {
    let stays =
        |card: usize| moved.get(card).copied().flatten().is_some_and(|to| to as usize == card);
    let none = Postings::default();
    let mut terms = Terms::with_capacity(before.len() + fresh.len());
    let mut fresh = fresh.into_iter().peekable();
    for entry in before {
        while let Some(new) = fresh.next_if(|new| new.word < entry.word) {
            terms.push(new);
        }
        let new = fresh.next_if(|new| new.word == entry.word);
        if new.is_none() && entry.postings.iter().all(|posting| stays((posting >> 10) as usize)) {
            terms.push(entry.clone());
            continue;
        }
        let new = new.as_ref().map_or(&none, |new| &new.postings);
        let postings = entry.postings.renewed(moved, new);
        if postings.len() > 0 {
            terms.push(Arc::new(WordEntry { word: entry.word.clone(), postings }));
        }
    }
    terms.extend(fresh);
    terms
}

/// The characters that are looked up in pairs.
fn runs(terms: &Terms) -> BTreeSet<char> {
    let mut seen = Vec::new();
    for entry in terms.iter().filter(|entry| !entry.word.starts_with(MARK)) {
        seen.extend(entry.word.chars().filter(|c| is_run(*c)));
        // Neighbouring words begin alike, and there are many more words than characters.
        if seen.len() > 1 << 16 {
            seen.sort_unstable();
            seen.dedup();
        }
    }
    seen.into_iter().collect()
}

impl Index {
    /// The positions of the words that begin with `prefix`.
    pub fn range(&self, prefix: &str) -> std::ops::Range<usize> {
        let start = self.terms.partition_point(|entry| *entry.word < *prefix);
        let rest = self.terms.get(start..).unwrap_or_default();
        start..start + rest.partition_point(|entry| entry.word.starts_with(prefix))
    }

    pub fn term(&self, at: usize) -> &str {
        self.terms.get(at).map_or("", |entry| &entry.word)
    }

    /// The number of parts in which a word occurs.
    pub fn count(&self, at: usize) -> usize {
        self.terms.get(at).map_or(0, |entry| entry.postings.len())
    }

    pub fn postings(&self, at: usize) -> impl Iterator<Item = u32> + '_ {
        self.terms.get(at).into_iter().flat_map(|entry| entry.postings.iter())
    }

    /// The weightiest of them, which travel first.
    pub fn first_tier(&self, at: usize) -> Vec<u32> {
        let entry = self.terms.get(at);
        entry.and_then(|entry| tiers(&entry.postings).into_iter().next()).unwrap_or_default()
    }
}
