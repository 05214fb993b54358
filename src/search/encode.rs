//! Writes an index as files: a small root that is asked for anew, and files that never change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};

use crate::model::fingerprint::{self, Fingerprint};
use crate::model::output::{Output, OutputPath};
use crate::model::site::Site;
use crate::search::gzip::gzip;
use crate::search::index::{Card, Index};
use crate::search::languages::groups;
use crate::search::postings::{Postings, varint};
use crate::search::spelling::is_spelled;
use crate::search::variants::Variants;

/// A chunk is cut where a word's fingerprint says so, once it has `LEAST` bytes; at `MOST` anywhere.
/// So an edit changes the chunks that hold its words, and the cuts find themselves again behind it.
const LEAST: usize = 7 << 10;
const MOST: usize = 20 << 10;
const CUT: u64 = 63;
/// Postings in a chunk of a word; the rest, of less weight, stand in files of their own.
const TIER: usize = 6000;
/// Letters share a spelling list up to this size (bytes).
const LIST: usize = 6 << 10;
/// How hard `gzip` tries: what is saved beyond this is not worth the time.
const LEVEL: u32 = 5;

/// The files of a group. Nothing in them depends on time, threads or the order of a hash map.
pub fn files(site: &Site, index: &Index) -> Vec<Output> {
    let mut files = Files { site, index, outputs: Vec::new(), names: BTreeSet::new() };
    let chunks = files.chunks();
    let bundle = bundle(index.cards.len());
    let cards: String = files.cards(bundle);
    let spelling = files.spelling();
    let facets = files.facets();
    let variants = Variants::lines(|c| index.chars.contains(&c));
    let variants = files.named("v", variants.as_bytes());
    let sounds = files.sounds();
    let group = &index.group;
    let tags = |languages: &[usize]| -> Vec<&str> {
        languages.iter().map(|language| site.language(*language).tag()).collect()
    };
    let others: Vec<Value> =
        groups(site).iter().map(|group| json!([group.name, tags(&group.languages)])).collect();
    let root = json!({
        "version": 1,
        "languages": tags(&group.languages),
        "groups": others,
        "count": index.cards.len(),
        "parts": index.parts,
        "chunks": chunks,
        "bundle": bundle,
        "cards": cards,
        "spelling": spelling,
        "facets": facets,
        "variants": variants,
        "sounds": sounds,
        "endings": group.endings,
        "quiet": group.quiet,
    });
    let path = format!("{}{}.json", site.routes.search.path, group.name);
    files.put(&path, root.to_string().into_bytes());
    files.outputs
}

/// How many cards a file holds: few requests on a small site, few bytes on a large one.
fn bundle(cards: usize) -> usize {
    match cards {
        0..=64 => 16,
        65..=8191 => 4,
        _ => 8,
    }
}

struct Files<'a> {
    site: &'a Site,
    index: &'a Index,
    outputs: Vec<Output>,
    /// What was put under a name of its content: the postings of two words may be the same.
    names: BTreeSet<String>,
}

impl Files<'_> {
    /// What is named by its content stands among the theme's files, which hosts keep for ever.
    fn put_for_ever(&mut self, name: &str, bytes: &[u8]) {
        let path = format!("assets/search/{}/{name}.idx", self.index.group.name);
        self.put(&path, gzip(bytes, LEVEL));
    }

    fn put(&mut self, path: &str, bytes: Vec<u8>) {
        if let Some(path) = OutputPath::parse(path) {
            self.outputs.push(Output { path, bytes: Arc::from(bytes) });
        }
    }

    /// Puts a file named by its kind and content; the name's changing part.
    fn named(&mut self, kind: &str, bytes: &[u8]) -> String {
        let hash = hash(bytes);
        let name = format!("{kind}{hash}");
        if self.names.insert(name.clone()) {
            self.put_for_ever(&name, bytes);
        }
        hash
    }

    /// The first word of each chunk, with the chunk's name.
    fn chunks(&mut self) -> Vec<[String; 2]> {
        let mut chunks = Vec::new();
        let mut first = "";
        let mut last = "";
        let mut bytes = Vec::new();
        for (term, postings) in &self.index.terms {
            let cut = bytes.len() >= LEAST && fingerprint::short(term.as_bytes()) & CUT == 0;
            if cut || bytes.len() >= MOST {
                chunks.push([first.to_owned(), self.named("t", &std::mem::take(&mut bytes))]);
                (first, last) = ("", "");
            }
            if bytes.is_empty() {
                first = term;
            }
            self.write_term(term, last, postings, &mut bytes);
            last = term;
        }
        if !bytes.is_empty() {
            chunks.push([first.to_owned(), self.named("t", &bytes)]);
        }
        chunks
    }

    /// How much it shares with the word before, the rest of it, how many postings there are in all,
    /// the names of further tiers, the length of the postings in bytes, the postings.
    fn write_term(&mut self, term: &str, last: &str, postings: &Postings, bytes: &mut Vec<u8>) {
        let mut shared = term.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
        while !term.is_char_boundary(shared) {
            shared -= 1;
        }
        let rest = term.get(shared..).unwrap_or("");
        varint(shared, bytes);
        varint(rest.len(), bytes);
        bytes.extend_from_slice(rest.as_bytes());
        varint(postings.len(), bytes);
        let tiers = if postings.len() > TIER { tiers(postings) } else { Vec::new() };
        let first = tiers.first().map_or(postings.bytes(), |first| first);
        let further: Vec<String> = tiers.iter().skip(1).map(|tier| self.named("u", tier)).collect();
        varint(further.len(), bytes);
        further.iter().for_each(|name| bytes.extend_from_slice(name.as_bytes()));
        varint(first.len(), bytes);
        bytes.extend_from_slice(first);
    }

    /// The names of the cards' files, six digits each.
    fn cards(&mut self, bundle: usize) -> String {
        let index = self.index;
        let mut names = String::new();
        for (number, cards) in index.cards.chunks(bundle).enumerate() {
            let cards: Vec<Value> = cards.iter().map(|card| self.card(card)).collect();
            let text = Value::from(cards).to_string();
            let hash = hash(text.as_bytes()).get(..6).unwrap_or("").to_owned();
            self.put_for_ever(&format!("c{number}-{hash}"), text.as_bytes());
            names.push_str(&hash);
        }
        names
    }

    fn card(&self, card: &Card) -> Value {
        let faces = card.faces.iter().map(|face| {
            let parts: Vec<&str> = face
                .parts
                .iter()
                .flat_map(|(heading, text)| [heading.as_str(), text.as_str()])
                .collect();
            json!([self.site.language(face.language).tag(), face.title, face.url, parts])
        });
        json!([card.kind, card.anchors, faces.collect::<Vec<_>>()])
    }

    /// Words by their first letters, with the names of the lists.
    fn spelling(&mut self) -> Vec<[String; 2]> {
        let mut lists: BTreeMap<char, String> = BTreeMap::new();
        for (term, _) in self.index.terms.iter().filter(|(term, _)| is_spelled(term)) {
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
                let name = self.named("s", std::mem::take(&mut words).as_bytes());
                named.push([std::mem::take(&mut letters), name]);
            }
        }
        if !words.is_empty() {
            named.push([letters, self.named("s", words.as_bytes())]);
        }
        named
    }

    fn sounds(&mut self) -> String {
        if self.index.sounds.syllables.is_empty() {
            return String::new();
        }
        let lines = self.index.sounds.syllables.iter();
        let text: String = lines.map(|(sound, chars)| format!("{sound} {chars}\n")).collect();
        self.named("p", text.as_bytes())
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
        self.named("f", text.as_bytes())
    }
}

/// The weightiest postings first; each tier in the order of its parts.
fn tiers(postings: &Postings) -> Vec<Vec<u8>> {
    let mut sorted: Vec<u32> = postings.iter().collect();
    sorted.sort_unstable_by_key(|posting| (std::cmp::Reverse(posting & 15), *posting));
    let mut tiers = Vec::new();
    for tier in sorted.chunks_mut(TIER) {
        tier.sort_unstable();
        let mut encoded = Postings::default();
        encoded.extend(tier.iter().copied());
        tiers.push(encoded.bytes().to_vec());
    }
    tiers
}

/// Eight digits tell the versions of one file apart.
fn hash(bytes: &[u8]) -> String {
    let mut digits = Fingerprint::of(bytes).to_string();
    digits.truncate(8);
    digits
}
