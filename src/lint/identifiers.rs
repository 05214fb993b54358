//! Words for numbers and services: the IMEI asked for a card, and words that the glossary avoids.

use std::collections::BTreeSet;

use crate::lint::Page;
use crate::lint::cues::{self, ASKED, CARD, DENIAL, HANDSET};
use crate::lint::names::stands_alone;
use crate::lint::prose::Kind;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::language::Language;
use crate::model::operator::Term;

pub fn check(page: &Page<'_>, diagnostics: &mut Vec<Diagnostic>) {
    imei(page, diagnostics);
    let terms = &page.site.registry.terms;
    for term in terms.values() {
        for word in term.avoid.get(page.language()).into_iter().flatten() {
            // A word that is wrong for one term may be right for another; only its place tells.
            let right = terms.values().flat_map(|one| words(one, page.language()));
            if right.into_iter().all(|known| !same(known, word)) {
                avoided(page, term, word, diagnostics);
            }
        }
    }
}

/// The IMEI names the handset (3GPP TS 23.003); to ask it for a card sends the reader looking for nothing.
fn imei(page: &Page<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for sentence in &page.prose.sentences {
        let text = page.prose.of(sentence);
        let Some(at) = text.find("IMEI") else { continue };
        let lower = text.to_lowercase();
        let row = page.prose.block(sentence.start).is_some_and(|block| block.kind == Kind::Row);
        // Whoever asks whether it is needed does not ask for it.
        let behind = page.prose.words.get(sentence.end..).unwrap_or("");
        let question = behind.starts_with(['?', '？']);
        let asked = cues::has(&lower, CARD) || cues::has(&lower, ASKED);
        if row || question || !asked || cues::has(&lower, DENIAL) || cues::has(&lower, HANDSET) {
            continue;
        }
        let range = sentence.start + at..sentence.start + at + 4;
        let message = "the IMEI names the handset; no card has one";
        let mut fault = page
            .fault(Code::MisusedIdentifier, range, message)
            .hint("ask for the phone number or the ICCID, which is printed on the card");
        if let Some(term) = page.site.registry.terms.get("imei") {
            fault = fault.related(&term.path, term.span, "in the glossary");
        }
        diagnostics.push(fault);
    }
}

/// The term's own words and those that mean the same.
fn words<'a>(term: &'a Term, language: &Language) -> Vec<&'a str> {
    let aliases = term.aliases.get(language).into_iter().flatten().map(|alias| &**alias);
    std::iter::once(term.term.get(language)).chain(aliases).collect()
}

fn same(one: &str, other: &str) -> bool {
    let bare = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    bare(one) == bare(other)
}

/// A word to avoid: shown where it stands first, and counted.
fn avoided(page: &Page<'_>, term: &Term, word: &str, diagnostics: &mut Vec<Diagnostic>) {
    let language = page.language();
    let lower = page.prose.words.to_ascii_lowercase();
    let wanted = word.to_ascii_lowercase();
    // `国际移动用户识别码` is right, though `识别码` alone is not.
    let longer: BTreeSet<&str> = page
        .site
        .registry
        .terms
        .values()
        .flat_map(|one| words(one, language))
        .filter(|known| known.len() > word.len() && known.contains(word))
        .collect();
    let inside = |at: usize| {
        longer.iter().any(|known| {
            known.match_indices(word).any(|(offset, _)| {
                at.checked_sub(offset).and_then(|start| lower.get(start..start + known.len()))
                    == Some(&known.to_ascii_lowercase())
            })
        })
    };
    let places: Vec<usize> = lower
        .match_indices(&wanted)
        .map(|(at, _)| at)
        .filter(|at| stands_alone(&page.prose.words, &(*at..at + wanted.len())) && !inside(*at))
        .collect();
    let Some(first) = places.first() else { return };
    let times = match places.len() {
        1 => String::new(),
        count => format!(" ({count} times on this page)"),
    };
    let right = term.term.get(language);
    diagnostics.push(
        page.fault(
            Code::AvoidedWord,
            *first..first + word.len(),
            format!("`{word}` is no word for `{right}`{times}"),
        )
        .related(&term.path, term.span, "the glossary avoids it")
        .hint(format!("write `{right}`")),
    );
}
