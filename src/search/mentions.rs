//! Finds terms of the glossary in a text, in the forms that their language gives them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::id::Id;
use crate::model::mention::{FindMentions, TermUse};
use crate::model::site::Site;
use crate::search::languages::{Group, groups, names_of};
use crate::search::variants::Variants;
use crate::search::words::{Stretch, is_run, pieces, terms};

/// The names of the terms that are linked, of every language of a site.
pub struct TermMentions {
    groups: Vec<Group>,
    /// By the place of the language: its group, and its names by their first character, longest first.
    languages: Vec<(usize, BTreeMap<char, Vec<TermPieces>>)>,
}

/// A name of a term as it is compared.
struct TermPieces {
    term: Id,
    pieces: Vec<TextPiece>,
    /// Whether it is written in capitals, so that *pin* is not `PIN`.
    is_shouted: bool,
}

/// A word, or a character of a script without spaces; and where it stands.
struct TextPiece {
    text: String,
    range: Range<usize>,
}

/// Letters that two forms of a word have in common; and an ending of a word that has fewer.
const COMMON: usize = 4;
const SHORT_ENDING: usize = 3;

impl TextPiece {
    /// Whether this is `name` or a form of it: *cards* of *card*, *kartën* of *kartë*, but not *car*.
    fn is_form_of(&self, name: &TextPiece, group: Option<&Group>) -> bool {
        if self.text == name.text {
            return true;
        }
        let letters = |word: &str| word.chars().count();
        let Some(group) = group.filter(|_| self.text.chars().take(2).eq(name.text.chars().take(2)))
        else {
            return false;
        };
        let (own, long) = (stems(&self.text, group), letters(&self.text).max(letters(&name.text)));
        stems(&name.text, group).iter().filter(|stem| own.contains(stem)).any(|stem| {
            let common = letters(stem);
            let is_whole = *stem == name.text && long - common <= SHORT_ENDING;
            is_whole || (common >= COMMON && 2 * common >= long)
        })
    }
}

impl TermMentions {
    /// None where there is nothing to find.
    pub fn new(site: &Site) -> Option<TermMentions> {
        let linked = || site.registry.terms.values().filter(|term| term.is_linked);
        if linked().next().is_none() || !site.config.glossary_links {
            return None;
        }
        let groups = groups(site);
        let languages = site.config.languages.iter().enumerate().map(|(index, language)| {
            let of = |group: &Group| group.languages.contains(&index);
            let place = groups.iter().position(of).unwrap_or(0);
            let mut names: BTreeMap<char, Vec<TermPieces>> = BTreeMap::new();
            for term in linked() {
                for name in names_of(term, language) {
                    let pieces = text_pieces(&name);
                    let Some(first) = first_character(&pieces) else { continue };
                    let is_shouted = is_shouted(&name);
                    let name = TermPieces { term: term.id.clone(), pieces, is_shouted };
                    names.entry(first).or_default().push(name);
                }
            }
            names
                .values_mut()
                .for_each(|names| names.sort_by_key(|name| std::cmp::Reverse(name.pieces.len())));
            (place, names)
        });
        let languages = languages.collect();
        Some(TermMentions { groups, languages })
    }
}

impl FindMentions for TermMentions {
    fn mentions(&self, text: &str, language: usize) -> Vec<TermUse> {
        let Some((place, names)) = self.languages.get(language) else { return Vec::new() };
        let group = self.groups.get(*place);
        let pieces = text_pieces(text);
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            let rest = pieces.get(at..).unwrap_or_default();
            let first = first_character(rest).and_then(|first| names.get(&first));
            let mut names = first.into_iter().flatten();
            let found = names.find_map(|name| Some((name, stretch(name, rest, text, group)?)));
            match found {
                Some((name, range)) => {
                    at += name.pieces.len();
                    mentions.push(TermUse { range, term: name.term.clone() });
                }
                None => at += 1,
            }
        }
        mentions
    }
}

/// Where `name` stands if `pieces` begin with it.
fn stretch(
    name: &TermPieces,
    pieces: &[TextPiece],
    text: &str,
    group: Option<&Group>,
) -> Option<Range<usize>> {
    let own = pieces.get(..name.pieces.len())?;
    let same = own.iter().zip(&name.pieces).all(|(piece, wanted)| piece.is_form_of(wanted, group));
    let together = own.iter().zip(own.iter().skip(1)).all(|(piece, next)| {
        let between = text.get(piece.range.end..next.range.start);
        between.is_some_and(|gap| gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '‑')))
    });
    let range = own.first()?.range.start..own.last()?.range.end;
    let mut letters = text.get(range.clone())?.chars().filter(|c| c.is_alphabetic());
    let is_shouted = letters.by_ref().take(2).all(char::is_uppercase);
    (same && together && (is_shouted || !name.is_shouted)).then_some(range)
}

/// In capitals, as far as its script has any.
fn is_shouted(name: &str) -> bool {
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

fn text_pieces(text: &str) -> Vec<TextPiece> {
    let mut found = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (at, c) in ends {
        let in_word = c.is_alphanumeric() || crate::model::fold::is_mark(c);
        if let Some(from) = start.filter(|_| !in_word || is_run(c)) {
            start = None;
            let word = text.get(from..at).unwrap_or("");
            let text = folded(word);
            found.push(TextPiece { text, range: from..at });
        }
        if is_run(c) {
            let own = at..at + c.len_utf8();
            let text = folded(text.get(own.clone()).unwrap_or(""));
            found.push(TextPiece { text, range: own });
        } else if in_word && start.is_none() {
            start = Some(at);
        }
    }
    found
}

fn first_character(pieces: &[TextPiece]) -> Option<char> {
    pieces.first()?.text.chars().next()
}

/// A word with fewer and fewer endings; one that says little has none.
fn stems(word: &str, group: &Group) -> Vec<String> {
    match &*terms(word, Variants::all()) {
        [term] if !group.quiet.contains(term) => group.stemming.stems(term),
        _ => Vec::new(),
    }
}

fn folded(text: &str) -> String {
    let text = pieces(text, Variants::all()).into_iter().map(|piece| match piece {
        Stretch::Word(word) => word,
        Stretch::Run(run) => run.into_iter().collect(),
    });
    text.collect()
}
