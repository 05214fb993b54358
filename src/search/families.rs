//! The words of an index by what their forms have in common, and the compounds that they are part of.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::fold::is_mark;
use crate::search::index::WordEntry;
use crate::search::stemming::Stemming;
use crate::search::words::is_run;

/// A compound has as many letters at least; its first part, another, and one that nothing else vouches for.
const COMPOUND: usize = 8;
const LEAST_HEAD: usize = 3;
const PART: usize = 4;
const LONE_PART: usize = 5;
/// Of one stem; the commonest are kept.
const FORMS: usize = 16;
const COMPOUNDS: usize = 16;

/// Words by place in the index, the commonest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Family {
    pub forms: Vec<usize>,
    /// Words that one of the forms is a part of.
    pub compounds: Vec<usize>,
}

/// By stem.
pub type Families = BTreeMap<String, Family>;

/// The families of these words, which are sorted; none where the language has no rules for them.
pub fn families(stemming: &Stemming, terms: &[std::sync::Arc<WordEntry>]) -> Families {
    let mut families = Families::new();
    if !stemming.listed {
        return families;
    }
    let words = || terms.iter().enumerate().filter(|(_, entry)| is_word(&entry.word));
    for (at, entry) in words() {
        families.entry(stemming.stem(&entry.word)).or_default().forms.push(at);
    }
    if let Some(links) = &stemming.links {
        let parts: Vec<(usize, Vec<String>)> = words()
            .map(|(at, entry)| (at, parts(&entry.word, stemming, links, &families)))
            .collect();
        for (at, parts) in parts {
            for part in parts {
                let compounds = &mut families.entry(part).or_default().compounds;
                if compounds.last() != Some(&at) {
                    compounds.push(at);
                }
            }
        }
    }
    let count = |at: &usize| terms.get(*at).map_or(0, |entry| entry.postings.len());
    for family in families.values_mut() {
        for (list, most) in [(&mut family.forms, FORMS), (&mut family.compounds, COMPOUNDS)] {
            list.sort_by_key(|at| (Reverse(count(at)), *at));
            list.truncate(most);
        }
    }
    families
}

fn is_word(word: &str) -> bool {
    word.chars().nth(2).is_some()
        && word.chars().all(|c| (c.is_alphabetic() || is_mark(c)) && !is_run(c))
}

/// The stems of a compound's parts. Where the site knows both halves of a cut, those and their own; else every end of
/// the word, since somebody may ask for it, and the beginnings that the site knows.
fn parts(word: &str, stemming: &Stemming, links: &[String], families: &Families) -> Vec<String> {
    let letters = word.chars().count();
    if letters < COMPOUND {
        return Vec::new();
    }
    let own = stemming.stem(word);
    let known = |part: &str, least: usize| {
        let stem = stemming.stem(part);
        (part.chars().nth(least - 1).is_some()
            && families.get(&stem).is_some_and(|family| !family.forms.is_empty()))
        .then_some(stem)
    };
    let (mut both, mut others) = (Vec::new(), Vec::new());
    let cuts = word.char_indices().skip(LEAST_HEAD).map(|(at, _)| at);
    for (head, tail) in cuts.filter_map(|at| word.split_at_checked(at)) {
        let Some(rest) = tail.char_indices().nth(PART - 1).map(|_| tail.chars().count()) else {
            break;
        };
        let bare = links.iter().filter_map(|link| head.strip_suffix(&**link));
        let head = std::iter::once(head).chain(bare).find_map(|head| known(head, LEAST_HEAD));
        let lone = rest >= LONE_PART;
        match (head, known(tail, PART)) {
            (Some(head), Some(stem)) => {
                both.extend([head, stem]);
                both.extend(parts(tail, stemming, links, families));
            }
            (head, _) if lone => others.extend(head.into_iter().chain([stemming.stem(tail)])),
            _ => {}
        }
    }
    let mut parts = if both.is_empty() { others } else { both };
    parts.retain(|part| *part != own);
    parts.sort();
    parts.dedup();
    parts
}
