//! What a query asks for, and the words of the index that answer it. The script works in the same way.

use std::collections::{BTreeMap, BTreeSet};

use crate::search::index::Index;
use crate::search::sounds::MARK;
use crate::search::spelling::{allowed, distance, is_spelled};
use crate::search::variants::Variants;
use crate::search::words::{Stretch, pieces};

/// How much a word of the index is worth as an answer, in percent.
pub const EXACT: u64 = 100;
const ENDING: u64 = 85;
const STEM: u64 = 75;
const FORM: u64 = 80;
/// A compound that the word is a part of.
const COMPOUND: u64 = 45;
const PREFIX: u64 = 60;
const PREFIX_BESIDE: u64 = 40;
const SOUND: u64 = 85;
const HOMOPHONE: u64 = 55;
const CHARACTER: u64 = 30;
const TYPO: u64 = 50;
const TYPOS: u64 = 35;

/// How much a word of the query counts, in percent.
const LOUD: u64 = 100;
pub const QUIET: u64 = 20;
/// A pair of characters that the site does not know; most straddle two words.
pub const STRANGE: u64 = 30;

/// The most characters in a row of which every pair is asked for.
const LONG: usize = 12;

const PREFIXES: usize = 30;
const CORRECTIONS: usize = 8;

/// What a query asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    pub asks: Vec<Ask>,
    /// Whether only a part that answers all of them is an answer.
    pub strict: bool,
    /// Words that no page has, as they are looked up.
    pub unknown: Vec<String>,
}

/// A word of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub weight: u64,
    /// Positions in the index with the worth of each; none occurs twice.
    pub answers: Vec<(usize, u64)>,
}

pub fn question(index: &Index, query: &str) -> Question {
    let pieces = together(index, pieces(query, Variants::all()));
    let mut question = Question::default();
    let mut pairs: Vec<[char; 2]> = Vec::new();
    let mut asked: BTreeSet<String> = BTreeSet::new();
    let last = pieces.len().saturating_sub(1);
    for (at, piece) in pieces.iter().enumerate() {
        let mut asks = Vec::new();
        match piece {
            Stretch::Word(word) if asked.insert(word.clone()) => {
                asks = of_word(index, word, at == last);
            }
            Stretch::Word(_) => continue,
            Stretch::Run(run) => match run.as_slice() {
                [one] => asks.push(of_char(index, *one)),
                _ => {
                    for (at, pair) in run.windows(2).enumerate() {
                        // Every second pair has all the characters of a long sentence, for half of the files.
                        let spare = run.len() > LONG && at % 2 == 1 && at + 2 < run.len();
                        if let [a, b] = pair
                            && !spare
                            && asked.insert([*a, *b].iter().collect())
                        {
                            pairs.push([*a, *b]);
                            asks.push(of_pair(index, *a, *b));
                        }
                    }
                }
            },
        }
        if asks.iter().all(|ask| ask.weight > QUIET && ask.answers.is_empty()) && !asks.is_empty() {
            question.unknown.push(match piece {
                Stretch::Word(word) => word.clone(),
                Stretch::Run(run) => run.iter().collect(),
            });
        }
        question.asks.extend(asks);
    }
    if pairs.is_empty() || question.asks.iter().any(|ask| !ask.answers.is_empty()) {
        return question;
    }
    // Another character with the same sound may have been typed.
    let sounds: Vec<Ask> = pairs.iter().map(|[a, b]| of_sound(index, *a, *b)).collect();
    if sounds.iter().any(|ask| !ask.answers.is_empty()) {
        return Question { asks: sounds, ..Question::default() };
    }
    // Or the same said in another way: a part that has every character is an answer.
    let chars: BTreeSet<char> = pairs.iter().flatten().copied().collect();
    let asks = chars.into_iter().map(|c| Ask {
        answers: of_char(index, c).answers.iter().map(|(at, _)| (*at, CHARACTER)).collect(),
        weight: LOUD,
    });
    Question { asks: asks.collect(), strict: true, ..question }
}

fn weight(index: &Index, word: &str) -> u64 {
    if index.group.quiet.contains(word) { QUIET } else { LOUD }
}

fn exact(index: &Index, term: &str) -> Option<usize> {
    index.terms.binary_search_by(|known| (*known.word).cmp(term)).ok()
}

fn of_pair(index: &Index, a: char, b: char) -> Ask {
    let term: String = [a, b].iter().collect();
    let answers: Vec<(usize, u64)> =
        exact(index, &term).map(|at| (at, EXACT)).into_iter().collect();
    let weight = match weight(index, &term) {
        LOUD if answers.is_empty() => STRANGE,
        weight => weight,
    };
    Ask { weight, answers }
}

fn of_char(index: &Index, c: char) -> Ask {
    let term = c.to_string();
    let places: Vec<usize> = index.range(&term).collect();
    let mut answers = vec![];
    answers.extend(exact(index, &term).map(|at| (at, EXACT)));
    let longer = places.into_iter().filter(|at| index.term(*at) != term).collect();
    answers.extend(commonest(index, longer).into_iter().map(|at| (at, ENDING)));
    Ask { weight: weight(index, &term), answers }
}

/// Two characters by their sounds.
fn of_sound(index: &Index, a: char, b: char) -> Ask {
    let term = match (index.sounds.get(a), index.sounds.get(b)) {
        (Some(a), Some(b)) => format!("{MARK}{a}{MARK}{b}"),
        _ => String::new(),
    };
    let answers: Vec<(usize, u64)> =
        exact(index, &term).map(|at| (at, HOMOPHONE)).into_iter().collect();
    Ask { weight: if answers.is_empty() { STRANGE } else { LOUD }, answers }
}

/// The positions of the words that occur in the most parts.
fn commonest(index: &Index, mut places: Vec<usize>) -> Vec<usize> {
    places.sort_by_key(|at| (std::cmp::Reverse(index.count(*at)), *at));
    places.truncate(PREFIXES);
    places
}

fn of_word(index: &Index, word: &str, last: bool) -> Vec<Ask> {
    let weight = weight(index, word);
    let (mut answers, prefixes) = near(index, word);
    if answers.is_empty()
        && let Some(asks) = of_syllables(index, word, weight)
    {
        return asks;
    }
    if (last || answers.is_empty()) && word.chars().nth(1).is_some() {
        let worth = if answers.is_empty() { PREFIX } else { PREFIX_BESIDE };
        answers.extend(commonest(index, prefixes).into_iter().map(|at| (at, worth)));
    }
    if answers.is_empty() {
        if let Some(halves) = halves(index, word) {
            return halves.map(|half| Ask { weight, answers: near(index, half).0 }).into();
        }
        answers = corrections(index, word);
    }
    vec![Ask { weight, answers }]
}

/// Joins words of the query that the site writes as one: `e sim`, or the groups of a telephone number.
fn together(index: &Index, pieces: Vec<Stretch>) -> Vec<Stretch> {
    let mut kept: Vec<Stretch> = Vec::with_capacity(pieces.len());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let mut pieces = pieces.into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let Stretch::Word(first) = piece else {
            kept.push(piece);
            continue;
        };
        let mut words = vec![first];
        while let Some(Stretch::Word(next)) = pieces.next_if(|next| {
            let own = words.iter().all(|word| is_number(word));
            matches!(next, Stretch::Word(next) if own && is_number(next))
        }) {
            words.push(next);
        }
        if let ([first], Some(Stretch::Word(next))) = (words.as_slice(), pieces.peek()) {
            let apart = [first, next].iter().all(|word| exact(index, word).is_some());
            if !apart && exact(index, &[first.as_str(), next.as_str()].concat()).is_some() {
                words.push(next.clone());
                pieces.next();
            }
        }
        let whole = words.concat();
        match words.len() > 1 && exact(index, &whole).is_some() {
            true => kept.push(Stretch::Word(whole)),
            false => kept.extend(words.into_iter().map(Stretch::Word)),
        }
    }
    kept
}

/// A word that the site writes in two: `simcard`. The longest first half that leaves a word, without what joins
/// the two in a compound.
fn halves<'w>(index: &Index, word: &'w str) -> Option<[&'w str; 2]> {
    let links = index.group.stemming.links.iter().flatten();
    let cuts = word.char_indices().skip(2).map(|(at, _)| at).collect::<Vec<_>>();
    let halves = cuts.into_iter().rev().filter_map(|at| word.split_at_checked(at));
    let known = |part: &str| exact(index, part).is_some() || !forms(index, part).is_empty();
    for (first, second) in halves.filter(|(_, second)| second.chars().nth(1).is_some()) {
        let bare = links.clone().filter_map(|link| first.strip_suffix(&**link));
        let bare = bare.filter(|bare| bare.chars().nth(2).is_some());
        let first = std::iter::once(first).chain(bare).find(|first| exact(index, first).is_some());
        if let Some(first) = first.filter(|_| known(second)) {
            return Some([first, second]);
        }
    }
    None
}

/// The forms of a word that the site has, in a language whose words are listed by stem.
fn forms<'i>(index: &'i Index, word: &str) -> &'i [usize] {
    index.families.get(&index.group.stemming.stem(word)).map_or(&[], |family| &family.forms)
}

/// The word itself and its other forms, and the words that begin with it.
fn near(index: &Index, word: &str) -> (Vec<(usize, u64)>, Vec<usize>) {
    let stemming = &index.group.stemming;
    let stem = stemming.stem(word);
    let is_ending = |rest: &str| stemming.endings.iter().any(|ending| ending == rest);
    let mut answers = Vec::new();
    answers.extend(exact(index, word).map(|at| (at, EXACT)));
    let put = |answers: &mut Vec<(usize, u64)>, at: usize, worth: u64| {
        if answers.iter().all(|(known, _)| *known != at) {
            answers.push((at, worth));
        }
    };
    if stemming.listed {
        for at in forms(index, word) {
            if stemming.are_forms(index.term(*at), word) {
                put(&mut answers, *at, FORM);
            }
        }
        exact(index, &stem).into_iter().for_each(|at| put(&mut answers, at, FORM));
        if let Some(family) = index.families.get(&stem) {
            family.compounds.iter().for_each(|at| put(&mut answers, *at, COMPOUND));
        }
    } else {
        for at in index.range(&stem) {
            let term = index.term(at);
            if term.strip_prefix(word).is_some_and(is_ending) {
                put(&mut answers, at, ENDING);
            } else if term
                .strip_prefix(&*stem)
                .is_some_and(|rest| rest.is_empty() || is_ending(rest))
            {
                put(&mut answers, at, STEM);
            }
        }
    }
    let known = |at: &usize| answers.iter().any(|(known, _)| known == at);
    let prefixes = index.range(word).filter(|at| !known(at)).collect();
    (answers, prefixes)
}

/// What a word in pinyin asks for, as pairs of syllables; none if no title sounds like this.
fn of_syllables(index: &Index, word: &str, weight: u64) -> Option<Vec<Ask>> {
    let syllables = index.sounds.split(word)?;
    if let [one] = syllables.as_slice() {
        let alone = format!("{MARK}{one}");
        let places: Vec<usize> = index.range(&format!("{alone}{MARK}")).collect();
        let mut answers: Vec<(usize, u64)> =
            exact(index, &alone).map(|at| (at, SOUND)).into_iter().collect();
        answers.extend(commonest(index, places).into_iter().map(|at| (at, SOUND)));
        return (!answers.is_empty()).then(|| vec![Ask { weight, answers }]);
    }
    let pairs = syllables.windows(2).map(|pair| {
        let term: String = pair.iter().flat_map(|one| [MARK.to_string(), one.clone()]).collect();
        let answers: Vec<(usize, u64)> =
            exact(index, &term).map(|at| (at, SOUND)).into_iter().collect();
        Ask { weight: if answers.is_empty() { STRANGE } else { LOUD }, answers }
    });
    let asks: Vec<Ask> = pairs.collect();
    asks.iter().any(|ask| !ask.answers.is_empty()).then_some(asks)
}

/// The nearest words that begin with its first letter, or else with its second.
fn corrections(index: &Index, word: &str) -> Vec<(usize, u64)> {
    let letters: Vec<char> = word.chars().collect();
    let most = allowed(letters.len());
    if most == 0 || !is_spelled(word) {
        return Vec::new();
    }
    for first in letters.iter().take(2) {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for at in index.range(&first.to_string()) {
            let term = index.term(at);
            let far = || distance(&letters, &term.chars().collect::<Vec<_>>(), most);
            if is_spelled(term) {
                found.extend(far().map(|distance| (distance, at)));
            }
        }
        found.sort_unstable();
        if let Some((least, _)) = found.first().copied() {
            let worth = if least == 1 { TYPO } else { TYPOS };
            let nearest = found.into_iter().take_while(|(distance, _)| *distance == least);
            // One word may be a form of several corrections; the best of them counts.
            let mut best: BTreeMap<usize, u64> = BTreeMap::new();
            for (_, at) in nearest.take(CORRECTIONS) {
                for (form, part) in near(index, index.term(at)).0 {
                    let kept = best.entry(form).or_default();
                    *kept = (part * worth / 100).max(*kept);
                }
            }
            return best.into_iter().collect();
        }
    }
    Vec::new()
}
