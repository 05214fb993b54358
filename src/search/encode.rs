//! Writes an index as files: a small root that is revalidated, and files that never change.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::model::fingerprint;
use crate::model::output::{Output, OutputPath};
use crate::model::site::Site;
use crate::model::varint;
use crate::search::card::Card;
use crate::search::chunk;
use crate::search::gzip::gzip;
use crate::search::index::Index;
use crate::search::languages::groups;
use crate::search::postings::{Postings, TIER, tiers};
use crate::search::spelling::is_spelled;
use crate::search::stemming::Stemming;
use crate::search::variants::Variants;

/// Once a chunk has its proper size, it is cut at the next word whose fingerprint says so; at four times
/// that size, anywhere. So an edit changes only the chunks that hold its words, and after them the cuts are
/// in the same places again. A word that fills a chunk has one to itself.
const MOST: usize = 4;
const CUT: u64 = 15;
/// Of a chunk's size (bytes, before it is packed).
const STEP: usize = 4 << 10;
/// Letters share a spelling list up to this size (bytes).
const LIST: usize = 6 << 10;

/// Which version of this format is written. A file is named by its content as it is before it is packed,
/// and by how it is packed.
const VERSION: u32 = 4;

/// How hard `gzip` tries: a smaller file would not be worth the time.
const LEVEL: u32 = 5;

/// A file of an index before it is packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFile {
    pub path: OutputPath,
    pub bytes: Vec<u8>,
    kind: FileKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Root,
    Words,
    Tier,
    Cards,
    Spelling,
    Facets,
    Sounds,
    Families,
}

impl FileKind {
    /// The first letter of its files' names.
    fn letter(self) -> char {
        match self {
            FileKind::Root => 'r',
            FileKind::Words => 't',
            FileKind::Tier => 'u',
            FileKind::Cards => 'c',
            FileKind::Spelling => 's',
            FileKind::Facets => 'f',
            FileKind::Sounds => 'p',
            FileKind::Families => 'm',
        }
    }
}

impl IndexFile {
    /// The file as it is served.
    pub fn packed(&self) -> Output {
        let bytes = match self.kind {
            FileKind::Words => chunk::packed(&self.bytes),
            FileKind::Tier => chunk::packed_tier(&self.bytes),
            _ => gzip(&self.bytes, LEVEL),
        };
        Output { path: self.path.clone(), bytes: bytes.into() }
    }
}

/// The files of a group. Nothing in them depends on time, threads or the order of a hash map.
pub fn files(site: &Site, index: &Index) -> Vec<IndexFile> {
    let mut files = IndexFiles { site, index, files: Vec::new(), names: BTreeSet::new() };
    let chunks = files.chunks(chunk(index));
    let bundle = bundle(index);
    let cards = files.cards(bundle);
    let spelling = files.spelling();
    let facets = files.facets();
    let sounds = files.sounds();
    let families = files.families();
    let group = &index.group;
    let tags = |languages: &[usize]| -> Vec<&str> {
        languages.iter().map(|language| site.language(*language).tag()).collect()
    };
    let others: Vec<Value> =
        groups(site).iter().map(|group| json!([group.name, tags(&group.languages)])).collect();
    let head = json!({
        "version": VERSION,
        "languages": tags(&group.languages),
        "groups": others,
        "count": index.cards.len(),
        "parts": index.parts,
        "bundle": bundle,
        "spelling": spelling,
        "facets": facets,
        "sounds": sounds,
        "stemming": stemming_of(&group.stemming),
        "families": families,
        "quiet": group.quiet,
    });
    let mut root = Vec::new();
    for table in [head.to_string().as_bytes(), &files.variants(), &cards, &chunks] {
        varint::push(table.len(), &mut root);
        root.extend_from_slice(table);
    }
    let path = format!("{}{}.idx", site.routes.search.path, group.name);
    files.put(&path, root, FileKind::Root);
    files.files
}

/// How many bytes of words a file should hold. A reader fetches the root, which names each file, and some
/// of the files; the sum is least where both grow alike. The size is a little larger, so that the reader
/// asks for fewer files, and it goes in steps, so that an edit seldom matters.
fn chunk(index: &Index) -> usize {
    let bytes: usize = index.terms.iter().map(|entry| entry.postings.bytes().len() + 8).sum();
    (((16 * bytes).isqrt() + STEP / 2) / STEP).clamp(1, 10) * STEP
}

/// How many cards a file should hold. A card has a text for each language, so more languages mean fewer
/// cards.
fn bundle(index: &Index) -> usize {
    let cards = if index.cards.len() > 64 { 8 } else { 16 };
    (cards / index.group.languages.len().max(1)).max(1)
}

struct IndexFiles<'a> {
    site: &'a Site,
    index: &'a Index,
    files: Vec<IndexFile>,
    /// The names, made from content, that are already taken: two words may have the same postings.
    names: BTreeSet<String>,
}

impl IndexFiles<'_> {
    fn put(&mut self, path: &str, bytes: Vec<u8>, kind: FileKind) {
        if let Some(path) = OutputPath::parse(path) {
            self.files.push(IndexFile { path, bytes, kind });
        }
    }

    /// Puts a file that never changes under its name among the theme's files, which hosts keep for ever.
    fn put_for_ever(&mut self, name: &str, bytes: Vec<u8>, kind: FileKind) {
        let name = format!("{}{name}", kind.letter());
        if !self.names.contains(&name) {
            let path = format!("assets/search/{}/{name}.idx", self.index.group.name);
            self.put(&path, bytes, kind);
            self.names.insert(name);
        }
    }

    /// Puts a file that is named by its kind and content. Returns the part of the name that depends on the
    /// content.
    fn named(&mut self, kind: FileKind, bytes: Vec<u8>) -> u32 {
        let hash = hash(&bytes);
        self.put_for_ever(&digits(hash), bytes, kind);
        hash
    }

    /// The first word of each chunk, as the length of what it shares with the one before and the rest of
    /// it, followed by the four bytes of the chunk's name.
    fn chunks(&mut self, size: usize) -> Vec<u8> {
        let mut table = Vec::new();
        let (mut first, mut before) = ("", "");
        let mut bytes = Vec::new();
        for entry in &self.index.terms {
            let (term, postings) = (&entry.word, &entry.postings);
            let is_full = bytes.len() >= size;
            let cut = is_full && fingerprint::short(term.as_bytes()) & CUT == 0;
            let large = postings.bytes().len() >= size && !bytes.is_empty();
            if cut || large || bytes.len() >= size * MOST {
                self.end_chunk(std::mem::take(&mut bytes), first, before, &mut table);
                before = first;
            }
            if bytes.is_empty() {
                first = term;
            }
            self.write_term(term, postings, &mut bytes);
            if postings.bytes().len() >= size {
                self.end_chunk(std::mem::take(&mut bytes), first, before, &mut table);
                before = first;
            }
        }
        if !bytes.is_empty() {
            self.end_chunk(bytes, first, before, &mut table);
        }
        table
    }

    fn end_chunk(&mut self, bytes: Vec<u8>, first: &str, before: &str, table: &mut Vec<u8>) {
        write_word(first, before, table);
        table.extend_from_slice(&self.named(FileKind::Words, bytes).to_be_bytes());
    }

    fn write_term(&mut self, term: &str, postings: &Postings, bytes: &mut Vec<u8>) {
        if postings.len() <= TIER {
            return chunk::write(term, postings.len(), &[], postings, bytes);
        }
        let mut tiers = tiers(postings).into_iter().map(|tier| {
            let mut encoded = Postings::default();
            encoded.extend(tier);
            encoded
        });
        let first = tiers.next().unwrap_or_default();
        let names: Vec<u32> =
            tiers.map(|tier| self.named(FileKind::Tier, tier.bytes().to_vec())).collect();
        chunk::write(term, postings.len(), &names, &first, bytes);
    }

    fn variants(&self) -> Vec<u8> {
        Variants::packed(|c| self.index.chars.contains(&c))
    }

    /// The names of the files with cards, three bytes each.
    fn cards(&mut self, bundle: usize) -> Vec<u8> {
        let (site, index) = (self.site, self.index);
        let mut names = Vec::new();
        for (number, cards) in index.cards.chunks(bundle).enumerate() {
            let cards: Vec<_> = cards.iter().map(|card| card_of(site, card)).collect();
            // These are words and lists of words, all of which JSON can hold.
            let text = serde_json::to_string(&cards).unwrap_or_default();
            let hash = hash(text.as_bytes()) >> 8;
            self.put_for_ever(&format!("{number}-{hash:06x}"), text.into_bytes(), FileKind::Cards);
            names.extend(hash.to_be_bytes().into_iter().skip(1));
        }
        names
    }

    /// The words by their first letters, each with the name of its list.
    fn spelling(&mut self) -> Vec<(String, String)> {
        let mut lists: BTreeMap<char, String> = BTreeMap::new();
        for term in self.index.terms.iter().map(|entry| &entry.word) {
            if !is_spelled(term) {
                continue;
            }
            let Some(first) = term.chars().next() else { continue };
            let list = lists.entry(first).or_default();
            list.push_str(term);
            list.push('\n');
        }
        let mut named = Vec::new();
        let (mut letters, mut words) = (String::new(), String::new());
        for (letter, list) in lists {
            letters.push(letter);
            words.push_str(&list);
            if words.len() >= LIST {
                let name = self.named(FileKind::Spelling, std::mem::take(&mut words).into_bytes());
                named.push((std::mem::take(&mut letters), digits(name)));
            }
        }
        if !words.is_empty() {
            named.push((letters, digits(self.named(FileKind::Spelling, words.into_bytes()))));
        }
        named
    }

    fn sounds(&mut self) -> String {
        if self.index.sounds.syllables.is_empty() {
            return String::new();
        }
        let lines = self.index.sounds.syllables.iter();
        let text: String = lines.map(|(sound, chars)| format!("{sound} {chars}\n")).collect();
        digits(self.named(FileKind::Sounds, text.into_bytes()))
    }

    /// The first stem of each list, with the list's name. A line is a stem, its words, and behind `+` what they are
    /// parts of.
    fn families(&mut self) -> Vec<(String, String)> {
        let index = self.index;
        let mut named = Vec::new();
        let (mut first, mut lines) = ("", String::new());
        for (stem, family) in &index.families {
            let cut = lines.len() >= LIST && fingerprint::short(stem.as_bytes()) & CUT == 0;
            if cut || lines.len() >= LIST * MOST {
                let bytes = std::mem::take(&mut lines).into_bytes();
                named.push((first.to_owned(), digits(self.named(FileKind::Families, bytes))));
            }
            if lines.is_empty() {
                first = stem;
            }
            lines.push_str(stem);
            for (mark, words) in [(" ", &family.forms), (" +", &family.compounds)] {
                words.iter().for_each(|at| lines.extend([mark, index.term(*at)]));
            }
            lines.push('\n');
        }
        if !lines.is_empty() {
            let name = digits(self.named(FileKind::Families, lines.into_bytes()));
            named.push((first.to_owned(), name));
        }
        named
    }

    /// By kind: each value, its names in the languages of the group, the cards that have it.
    fn facets(&mut self) -> String {
        let mut kinds: [BTreeMap<&str, Vec<usize>>; 3] = Default::default();
        let [operators, countries, tags] = &mut kinds;
        for (number, card) in self.index.cards.iter().enumerate() {
            for operator in &card.operators {
                operators.entry(operator).or_default().push(number);
            }
            if !card.country.is_empty() {
                countries.entry(&card.country).or_default().push(number);
            }
            for tag in &card.tags {
                tags.entry(tag).or_default().push(number);
            }
        }
        let registry = &self.site.registry;
        let config = &self.site.config;
        let list = |values: &BTreeMap<&str, Vec<usize>>, name: &dyn Fn(&str, usize) -> String| {
            let value = |(value, cards): (&&str, &Vec<usize>)| {
                let languages = self.index.group.languages.iter();
                let names = languages.map(|language| match name(value, *language) {
                    name if name.is_empty() => (*value).to_owned(),
                    name => name,
                });
                let before = std::iter::once(&0).chain(cards);
                let deltas = cards.iter().zip(before).map(|(card, before)| card - before);
                json!([value, names.collect::<Vec<_>>(), deltas.collect::<Vec<_>>()])
            };
            values.iter().map(value).collect::<Vec<Value>>()
        };
        let named = |text: Option<&crate::model::operator::LocalText>, language: usize| {
            text.map_or_else(String::new, |text| text.get(self.site.language(language)).to_owned())
        };
        let text = json!({
            "operator": list(operators, &|id, language| {
                named(registry.operators.get(id).map(|operator| &operator.name), language)
            }),
            "country": list(countries, &|code, language| {
                named(registry.countries.get(code).map(|country| &country.name), language)
            }),
            "tag": list(tags, &|tag, language| named(config.tags.get(tag), language)),
        })
        .to_string();
        digits(self.named(FileKind::Facets, text.into_bytes()))
    }
}

/// As the script reads it: endings, prefixes, tails, double letters, links, whether words are listed by stem.
fn stemming_of(stemming: &Stemming) -> impl serde::Serialize + '_ {
    let Stemming { endings, prefixes, tails, doubles, links, listed } = stemming;
    (endings, prefixes, tails, doubles, links.as_deref().unwrap_or_default(), listed)
}

fn card_of<'a>(site: &'a Site, card: &'a Card) -> impl serde::Serialize + 'a {
    let faces = card.faces.iter().map(|face| {
        let parts = face.parts.iter();
        let parts: Vec<&str> = parts.flat_map(|(heading, text)| [&**heading, text]).collect();
        (site.language(face.language).tag(), &face.title, &face.url, parts)
    });
    (card.kind, &card.anchors, faces.collect::<Vec<_>>(), &card.call, &card.steps)
}

/// Writes a word as the length of what it shares with the one before, and the rest of it.
fn write_word(word: &str, before: &str, bytes: &mut Vec<u8>) {
    let mut shared = word.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
    while !word.is_char_boundary(shared) {
        shared -= 1;
    }
    let rest = word.get(shared..).unwrap_or("");
    varint::push(shared, bytes);
    varint::push(rest.len(), bytes);
    bytes.extend_from_slice(rest.as_bytes());
}

/// Four bytes are enough to tell the versions of one file apart.
fn hash(bytes: &[u8]) -> u32 {
    (fingerprint::short(bytes) >> 32) as u32 ^ VERSION
}

fn digits(hash: u32) -> String {
    format!("{hash:08x}")
}
