//! Keeps the words of pages as bytes, for the build that makes an index of them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::id::GuideId;
use crate::model::varint;
use crate::search::card::{Card, CardText};
use crate::search::index::PageWords;
use crate::search::subjects::SubjectKey;
use crate::search::term::WordKey;

/// The kinds of subject that a page of a section can be.
const KINDS: [&str; 2] = ["guide", "section"];

#[derive(Serialize, Deserialize)]
struct KeptCard {
    kind: String,
    operators: Vec<String>,
    country: String,
    tags: Vec<String>,
    anchors: Vec<String>,
    steps: Vec<Box<str>>,
    call: String,
    faces: Vec<KeptFace>,
}

#[derive(Serialize, Deserialize)]
struct KeptFace {
    language: usize,
    title: String,
    url: String,
    parts: Vec<(Box<str>, Box<str>)>,
}

impl PageWords {
    /// The card, then each word as the length of what it shares with the one before, the rest of it, and its entries.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // These are texts and lists of texts, all of which JSON can hold.
        let card = serde_json::to_vec(&kept(&self.card)).unwrap_or_default();
        varint::push(card.len(), &mut bytes);
        bytes.extend_from_slice(&card);
        let term = |entry: &u128| WordKey::split(*entry).0;
        let mut words: Vec<(String, &[u128])> = self
            .words
            .chunk_by(|a, b| term(a) == term(b))
            .filter_map(|entries| Some((self.word(term(entries.first()?)), entries)))
            .collect();
        words.sort_unstable();
        let mut before = String::new();
        for (word, entries) in words {
            let shared = word.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
            let rest = word.as_bytes().get(shared..).unwrap_or_default();
            varint::push(shared, &mut bytes);
            varint::push(rest.len(), &mut bytes);
            bytes.extend_from_slice(rest);
            varint::push(entries.len(), &mut bytes);
            for entry in entries {
                varint::push(usize::from(WordKey::split(*entry).1), &mut bytes);
            }
            before = word;
        }
        bytes
    }

    fn word(&self, term: WordKey) -> String {
        self.long.get(&term).map_or_else(|| term.word(), |word| word.to_string())
    }

    /// `None` unless these are bytes that `to_bytes` made.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<PageWords> {
        let length = varint::take(&mut bytes)? as usize;
        let (card, mut bytes) = bytes.split_at_checked(length)?;
        let card = card_of(serde_json::from_slice(card).ok()?)?;
        let mut page = PageWords { card: Arc::new(card), ..PageWords::default() };
        let mut word: Vec<u8> = Vec::new();
        while !bytes.is_empty() {
            let shared = varint::take(&mut bytes)? as usize;
            let length = varint::take(&mut bytes)? as usize;
            let (rest, behind) = bytes.split_at_checked(length)?;
            bytes = behind;
            word.get(shared..)?;
            word.truncate(shared);
            word.extend_from_slice(rest);
            let text = std::str::from_utf8(&word).ok()?;
            let term = WordKey::new(text);
            if term.is_long() {
                page.long.insert(term, text.into());
            }
            for _ in 0..varint::take(&mut bytes)? {
                page.words.push(term.with(u16::try_from(varint::take(&mut bytes)?).ok()?));
            }
        }
        page.words.sort_unstable();
        Some(page)
    }
}

fn kept(card: &Card) -> KeptCard {
    let Card { kind, operators, country, tags, anchors, steps, call, faces } = card.clone();
    let face = |CardText { language, title, url, parts }| KeptFace { language, title, url, parts };
    let faces = faces.into_iter().map(face).collect();
    KeptCard { kind: kind.to_owned(), operators, country, tags, anchors, steps, call, faces }
}

fn card_of(card: KeptCard) -> Option<Card> {
    let KeptCard { kind, operators, country, tags, anchors, steps, call, faces } = card;
    let kind = KINDS.into_iter().find(|known| *known == kind)?;
    let face = |KeptFace { language, title, url, parts }| CardText { language, title, url, parts };
    let faces = faces.into_iter().map(face).collect();
    Some(Card { kind, operators, country, tags, anchors, steps, call, faces })
}

/// The words of many subjects as one file: what each is, how long its words are, and these.
pub fn packed_words<'a>(subjects: impl Iterator<Item = &'a (&'a SubjectKey, Vec<u8>)>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (key, words) in subjects {
        let (kind, id) = match key {
            SubjectKey::Guide(id) => (0, id),
            SubjectKey::Folder(id) => (1, id),
            // They belong to no section.
            SubjectKey::Operator(_) | SubjectKey::Glossary(_) => continue,
        };
        varint::push(kind, &mut bytes);
        varint::push(id.as_str().len(), &mut bytes);
        bytes.extend_from_slice(id.as_str().as_bytes());
        varint::push(words.len(), &mut bytes);
        bytes.extend_from_slice(words);
    }
    bytes
}

/// What `packed_words` put into a file, up to the first thing that it did not.
pub fn unpacked_words(mut bytes: &[u8]) -> impl Iterator<Item = (SubjectKey, &[u8])> {
    std::iter::from_fn(move || {
        let kind = varint::take(&mut bytes)?;
        let mut text = || {
            let length = varint::take(&mut bytes)? as usize;
            let (text, rest) = bytes.split_at_checked(length)?;
            bytes = rest;
            Some(text)
        };
        let id = GuideId::parse(std::str::from_utf8(text()?).ok()?)?;
        let key = if kind == 0 { SubjectKey::Guide(id) } else { SubjectKey::Folder(id) };
        Some((key, text()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::subjects::{Rendition, Subject, SubjectPart};

    fn words(text: &str) -> PageWords {
        let part = SubjectPart {
            heading: "Wi-Fi and 联系方式".to_owned(),
            text: text.to_owned(),
            step: "3.2".to_owned(),
            ..SubjectPart::default()
        };
        let rendition = Rendition {
            language: 1,
            title: "T".to_owned(),
            url: "/en/t/".to_owned(),
            parts: vec![part.clone(), SubjectPart { anchor: "a".to_owned(), ..part }],
        };
        let subject = Subject {
            renditions: vec![rendition],
            kind: "guide",
            operators: vec!["al/one".to_owned()],
            country: "al".to_owned(),
            ..Subject::default()
        };
        let group = crate::search::languages::Group {
            name: "zh".to_owned(),
            languages: vec![1],
            stemming: crate::search::stemming::Stemming::parse("", "", ""),
            quiet: Default::default(),
            calls: Vec::new(),
            chinese: true,
            names: Vec::new(),
            codes: Default::default(),
        };
        PageWords::of(&subject, &group)
    }

    #[test]
    fn words_are_read_as_they_were_written() {
        let long = "internationalisation internationalism ".repeat(9);
        for text in ["", "a", "注销号码 注销 a ab abc ab", &long] {
            let words = words(text);
            let bytes = words.to_bytes();
            assert_eq!(PageWords::from_bytes(&bytes).as_ref(), Some(&words), "{text}");
            // What is cut is nothing, or fewer words, and never a panic.
            for end in 0..bytes.len() {
                assert_ne!(PageWords::from_bytes(&bytes[..end]).as_ref(), Some(&words));
            }
        }
    }

    #[test]
    fn a_file_of_words_is_read_as_it_was_written() {
        let id = |text: &str| GuideId::parse(text).unwrap();
        let (guide, folder) = (SubjectKey::Guide(id("al/注销")), SubjectKey::Folder(id("al")));
        let all = [(&guide, vec![1, 2, 3]), (&folder, Vec::new())];
        let bytes = packed_words(all.iter());
        let read: Vec<_> = unpacked_words(&bytes).collect();
        assert_eq!(read, [(guide.clone(), &[1, 2, 3][..]), (folder.clone(), &[][..])]);
        assert_eq!(unpacked_words(&bytes[..bytes.len() - 1]).count(), 1);
    }
}
