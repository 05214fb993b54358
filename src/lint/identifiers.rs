//! Words for numbers and services: an IMEI asked of a card, and words that the glossary avoids.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::lint::avoided::Avoided;
use crate::lint::file::LintedFile;
use crate::lint::names::stands_alone;
use crate::lint::phrases::{ASKED, CARD, DENIAL, HANDSET, Phrases};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::region::RegionKind;

pub fn check(page: &LintedFile<'_>, avoided: &[Avoided<'_>], diagnostics: &mut Vec<Diagnostic>) {
    imei(page, diagnostics);
    let mut mentions: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    for (index, range) in &page.mentions.avoided {
        mentions.entry(*index).or_default().push(range.clone());
    }
    for (index, places) in mentions {
        if let Some(one) = avoided.get(index).filter(|one| one.language == page.language()) {
            diagnostics.extend(told(page, one, places));
        }
    }
}

/// Reports an IMEI asked of a card. The IMEI identifies the handset (3GPP TS 23.003), so the reader would
/// search for it in vain.
fn imei(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let places = page.mentions.imei.iter().map(|range| range.start);
    for sentence in page.prose.sentences_with(places) {
        let text = page.prose.of(&sentence);
        let Some(at) = text.find("IMEI") else { continue };
        let lower = text.to_lowercase();
        let row =
            page.prose.block(sentence.start).is_some_and(|block| block.kind == RegionKind::Row);
        // A question whether it is needed does not ask for it.
        let behind = page.prose.words.get(sentence.end..).unwrap_or("");
        let question = behind.starts_with(['?', '？']);
        let says = |phrases: &Phrases| phrases.are_in(&lower, page.language());
        let asked = says(&CARD) || says(&ASKED);
        if row || question || !asked || says(&DENIAL) || says(&HANDSET) {
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

/// Reports a word to avoid at its first place, with the number of times it occurs.
fn told(
    page: &LintedFile<'_>,
    avoided: &Avoided<'_>,
    mut places: Vec<Range<usize>>,
) -> Option<Diagnostic> {
    let Avoided { word, language, term, within } = avoided;
    let words = &page.prose.words;
    let inside = |at: usize| {
        within.iter().any(|known| {
            known.match_indices(word).any(|(offset, _)| {
                let start = at.checked_sub(offset);
                start
                    .and_then(|start| words.get(start..start + known.len()))
                    .is_some_and(|written| written.eq_ignore_ascii_case(known))
            })
        })
    };
    places.retain(|range| stands_alone(words, range) && !inside(range.start));
    let first = places.first()?.clone();
    let times = match places.len() {
        1 => String::new(),
        count => format!(" ({count} times on this page)"),
    };
    let right = term.term.get(language);
    let message = format!("`{word}` is no word for `{right}`{times}");
    Some(
        page.fault(Code::AvoidedWord, first, message)
            .related(&term.path, term.span, "the glossary avoids it")
            .hint(format!("write `{right}`")),
    )
}
