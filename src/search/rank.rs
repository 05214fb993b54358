//! Finds the parts that answer a query best. The script calculates the same, number for number.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::search::expand::{Ask, EXACT, QUIET, Question, STRANGE, question};
use crate::search::index::Index;
use crate::search::postings::TIER;
use crate::search::variants::Variants;
use crate::search::words::{Stretch, pieces};

/// The least weight of a word in a page's title or names.
const TITLED: u64 = 11;

/// A part that answers a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The index that the hit is in, as a position among those that were asked.
    pub index: usize,
    pub card: usize,
    pub part: usize,
    pub score: f64,
    /// Whether it has every word that counts: then it is told however weak it is beside the best.
    pub complete: bool,
    /// Other parts of the card that answer too, best first.
    pub more: Vec<usize>,
}

/// A hit in the form that people read.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedHit {
    pub url: String,
    pub title: String,
    /// The heading of the part; empty for the page as a whole.
    pub section: String,
    pub anchor: String,
    pub text: String,
    /// The language's index among the site's languages.
    pub language: usize,
    pub score: f64,
}

/// The best answers for a reader of `language`, best first. Indexes of other languages are asked only if
/// the reader's own knows less than half of the query, and their hits count only if they know at least
/// half.
pub fn search(indexes: &[Index], language: usize, query: &str, limit: usize) -> Vec<RankedHit> {
    let own = indexes.iter().position(|index| index.group.languages.contains(&language));
    let mut hits = Vec::new();
    let mut known = 0.0;
    if let Some((at, index)) = own.and_then(|at| Some((at, indexes.get(at)?))) {
        (hits, known) = rank(at, index, query, limit);
    }
    if known < 0.5 {
        for hit in &mut hits {
            hit.score = (hit.score * 1.2).floor();
        }
        for (at, index) in indexes.iter().enumerate().filter(|(at, _)| Some(*at) != own) {
            let (others, better) = rank(at, index, query, 0);
            if better >= 0.5 {
                hits.extend(others);
            }
        }
        sort(&mut hits);
        drop_weak(&mut hits);
    }
    hits.truncate(limit);
    hits.iter().filter_map(|hit| found(indexes.get(hit.index)?, hit, language)).collect()
}

/// The words of a query that no page has, in none of the languages that answer it; as they were typed.
pub fn unknown(indexes: &[Index], language: usize, query: &str) -> Vec<String> {
    let own = |index: &&Index| index.group.languages.contains(&language);
    let Some(index) = indexes.iter().find(own) else { return Vec::new() };
    let mut unknown = question(index, query).unknown;
    if rank(0, index, query, 0).1 < 0.5 {
        for (at, index) in indexes.iter().enumerate().filter(|(_, index)| !own(index)) {
            if rank(at, index, query, 0).1 >= 0.5 {
                let others = question(index, query).unknown;
                unknown.retain(|word| others.contains(word));
            }
        }
    }
    unknown.iter().map(|word| typed(word, query)).collect()
}

/// A word as it stands in the query.
fn typed(word: &str, query: &str) -> String {
    let is_word = |typed: &&str| match pieces(typed, Variants::all()).as_slice() {
        [Stretch::Word(one)] => one == word,
        [Stretch::Run(run)] => run.iter().copied().eq(word.chars()),
        _ => false,
    };
    let mut typed =
        query.split_whitespace().map(|one| one.trim_matches(|c: char| !c.is_alphanumeric()));
    typed.find(is_word).unwrap_or(word).to_owned()
}

fn found(index: &Index, hit: &Hit, language: usize) -> Option<RankedHit> {
    let card = index.cards.get(hit.card)?;
    let face = card.face(language)?;
    let part = if face.has(hit.part) { hit.part } else { 0 };
    let (section, text) = face.parts.get(part)?;
    let anchor = card.anchors.get(part)?;
    let url = if anchor.is_empty() { face.url.clone() } else { format!("{}#{anchor}", face.url) };
    let named = !face.title.is_empty();
    Some(RankedHit {
        url,
        title: if named { face.title.clone() } else { section.to_string() },
        section: if named { section.to_string() } else { String::new() },
        anchor: anchor.clone(),
        text: text.to_string(),
        language: face.language,
        score: hit.score,
    })
}

/// For each word of the query, the best value and the greatest weight (1 to 15).
#[derive(Debug, Clone, Default)]
struct AskScores {
    values: Vec<u64>,
    weights: Vec<u64>,
}

/// What was found on one card: on the page as a whole, and on each part.
#[derive(Debug, Default)]
struct Sheet {
    page: AskScores,
    parts: BTreeMap<usize, AskScores>,
}

impl AskScores {
    fn keep(&mut self, at: usize, asks: usize, value: u64, weight: u64) {
        self.values.resize(asks, 0);
        self.weights.resize(asks, 0);
        let (values, weights) = (self.values.get_mut(at), self.weights.get_mut(at));
        for (kept, new) in [(values, value), (weights, weight)] {
            if let Some(kept) = kept {
                *kept = new.max(*kept);
            }
        }
    }

    fn weight(&self, at: usize) -> u64 {
        self.weights.get(at).copied().unwrap_or(0)
    }
}

impl Sheet {
    fn weight(&self, part: usize, at: usize) -> u64 {
        self.parts.get(&part).map_or(0, |line| line.weight(at))
    }
}

/// How many of a word's postings are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    FirstTier,
    All,
}

/// Further tiers that are fetched at most: where several words are asked for, a page that has them all may be in one of
/// them.
const FURTHER: usize = 24;

/// Every hit of an index, best first, and how much of the query the best known card answers. The first tiers do
/// where they answer `limit` times, as the script fetches no more.
fn rank(number: usize, index: &Index, query: &str, limit: usize) -> (Vec<Hit>, f64) {
    let question = question(index, query);
    let answers = question.asks.iter().flat_map(|ask| &ask.answers);
    let further: usize =
        answers.map(|(place, _)| index.count(*place).saturating_sub(1) / TIER).sum();
    if further > 0 && (question.asks.len() == 1 || further > FURTHER) {
        let (seen, hits, known) = rank_within(number, index, &question, Reach::FirstTier);
        if seen >= limit {
            return (hits, known);
        }
    }
    let (_, hits, known) = rank_within(number, index, &question, Reach::All);
    (hits, known)
}

/// How many cards answer, the best of them, and how much of the query the best known one does.
fn rank_within(
    number: usize,
    index: &Index,
    question: &Question,
    reach: Reach,
) -> (usize, Vec<Hit>, f64) {
    let Question { asks, strict, .. } = question;
    let whole: u64 = asks.iter().map(|ask| ask.weight).sum();
    let loud = asks.iter().any(|ask| ask.weight > QUIET);
    let mut sheets: BTreeMap<usize, Sheet> = BTreeMap::new();
    for (at, ask) in asks.iter().enumerate() {
        collect(index, ask, (at, asks.len()), reach, &mut sheets);
    }
    let mut known = 0.0_f64;
    let mut hits = Vec::new();
    for (card, sheet) in &sheets {
        let answered = || asks.iter().enumerate().filter(|(at, _)| sheet.page.weight(*at) > 0);
        // A page that answers only “how” and “my” answers nothing.
        if loud && !answered().any(|(_, ask)| ask.weight > QUIET) {
            continue;
        }
        let (part, best, more) = best_part(sheet);
        if *strict && !(0..asks.len()).all(|at| sheet.weight(part, at) > 0) {
            continue;
        }
        let matched: u64 = answered().map(|(_, ask)| ask.weight).sum();
        known = known.max(matched as f64 / whole as f64);
        let sure: u64 = answered().map(|(at, ask)| ask.weight * sure(sheet, part, at)).sum();
        let share = sure as f64 / (100 * whole) as f64;
        let together = together(asks, sheet, part);
        let all = agreed(asks, sheet);
        let sum: u64 = sheet.page.values.iter().sum();
        let score = ((sum + 2 * best) as f64 * share * share * together * all).floor();
        let complete = all >= 1.0;
        hits.push(Hit { index: number, card: *card, part, score, complete, more });
    }
    sort(&mut hits);
    let seen = hits.len();
    drop_weak(&mut hits);
    (seen, hits, known)
}

/// What it is worth to have the words: a page with both of two comes before one with the other in its title.
/// Small words of a question do not count, nor what no page has.
fn agreed(asks: &[Ask], sheet: &Sheet) -> f64 {
    let counted = |ask: &Ask| ask.weight > STRANGE && !ask.answers.is_empty();
    let all = asks.iter().filter(|ask| counted(ask)).count();
    let found = asks.iter().enumerate();
    let found = found.filter(|(at, ask)| counted(ask) && sheet.page.weight(*at) > 0).count();
    let part = found as f64 / all.max(1) as f64;
    match all {
        0 => 1.0,
        1 | 2 => part * part * part * part,
        _ => part,
    }
}

/// The factor for parts that answer the whole query by themselves, and for a title that does. Halves and
/// quarters are exact in binary.
fn together(asks: &[Ask], sheet: &Sheet, part: usize) -> f64 {
    let weight = |part: usize, at: usize| sheet.weight(part, at);
    let whole = |part: usize| (0..asks.len()).all(|at| weight(part, at) > 0);
    let all = |answered: &dyn Fn(usize) -> bool| {
        asks.iter().enumerate().all(|(at, ask)| ask.weight == QUIET || answered(at))
    };
    let one = if whole(part) {
        // The more words agree, the less likely it is to be chance.
        (1.25 + 0.25 * asks.len() as f64).min(3.0)
    } else if all(&|at| weight(part, at) > 0 || weight(0, at) > 0) {
        1.5
    } else {
        1.0
    };
    let several = sheet.parts.keys().filter(|part| whole(**part)).count();
    let in_title = |least: u64| all(&|at| weight(0, at) >= least);
    // A short title of these words is the page that is asked for.
    let titled = if in_title(15) {
        4.0
    } else if in_title(TITLED) {
        2.5
    } else {
        1.0
    };
    one * (1.0 + several.min(6) as f64 / 2.0) * titled
}

/// How surely a page, at its best part, is about what is asked, in percent. A word in another part counts a
/// sixth, because the two may have nothing to do with each other.
fn sure(sheet: &Sheet, part: usize, at: usize) -> u64 {
    let on = |part: usize| firm(sheet.weight(part, at));
    on(part).max(on(0)).max(firm(sheet.page.weight(at)) / 6)
}

/// How surely a text is about a word with this weight, in percent: a word in the title is what the text is
/// about, a word in passing is only mentioned.
fn firm(weight: u64) -> u64 {
    if weight == 0 { 0 } else { 40 + 60 * weight * weight / 225 }
}

fn collect(
    index: &Index,
    ask: &Ask,
    (at, asks): (usize, usize),
    reach: Reach,
    sheets: &mut BTreeMap<usize, Sheet>,
) {
    // A rare word that only begins like the one asked for is not worth more than that one.
    let exact = ask.answers.iter().find(|(_, worth)| *worth == EXACT);
    let most = exact.map_or(u64::MAX, |(place, _)| rarity(index, *place));
    for (place, worth) in &ask.answers {
        let factor = worth * rarity(index, *place).min(most) * ask.weight;
        let postings = match reach {
            Reach::FirstTier => index.first_tier(*place),
            Reach::All => index.postings(*place).collect(),
        };
        for posting in postings {
            let (card, part) = ((posting >> 10) as usize, (posting >> 4 & 63) as usize);
            let weight = u64::from(posting & 15);
            let value = factor * weight * (weight + 16);
            let sheet = sheets.entry(card).or_default();
            sheet.page.keep(at, asks, value, weight);
            sheet.parts.entry(part).or_default().keep(at, asks, value, weight);
        }
    }
}

/// Eight times the binary logarithm of how rare a word is, plus what every word is worth. It is a whole
/// number, which is the same everywhere.
fn rarity(index: &Index, place: usize) -> u64 {
    let count = index.count(place).max(1);
    24 + (8.0 * (1.0 + index.parts as f64 / count as f64).log2()).round() as u64
}

/// The part that answers best (the title helps every part), its value, and other parts worth a look.
fn best_part(sheet: &Sheet) -> (usize, u64, Vec<usize>) {
    let whole = sheet.parts.get(&0).cloned().unwrap_or_default();
    let mut ranked: Vec<(u64, u64, usize)> = Vec::new();
    for (part, AskScores { values, .. }) in &sheet.parts {
        let own: u64 = values.iter().sum();
        let helped = |(at, value): (usize, &u64)| {
            let title = whole.values.get(at).copied().unwrap_or(0) * 9 / 10;
            if *part == 0 { *value } else { title.max(*value) }
        };
        ranked.push((values.iter().enumerate().map(helped).sum(), own, *part));
    }
    ranked.sort_by_key(|(value, _, part)| (Reverse(*value), *part));
    let Some((best, _, part)) = ranked.first().copied() else { return (0, 0, Vec::new()) };
    let most = ranked.iter().map(|(_, own, _)| *own).max().unwrap_or(0);
    let is_other = |one: &&(u64, u64, usize)| one.2 != part && one.2 != 0 && one.1 * 2 >= most;
    let others = ranked.iter().filter(is_other);
    (part, best, others.take(3).map(|(_, _, part)| *part).collect())
}

fn sort(hits: &mut [Hit]) {
    hits.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| (a.index, a.card).cmp(&(b.index, b.card)))
    });
}

/// What lacks a word and is worth less than a fiftieth of the best is not worth reading.
fn drop_weak(hits: &mut Vec<Hit>) {
    let most = hits.first().map_or(0.0, |hit| hit.score);
    hits.retain(|hit| hit.complete || hit.score * 50.0 >= most);
}
