//! A translation knows, unit by unit, whether it was made from what the original says today.

use std::collections::BTreeMap;

use cicerone::model::diagnostic::Code;
use cicerone::model::unit::State;

use super::{prepared, sources, told};

pub const SITE: &str = "title: Guides\nlanguages: [en, sq]\nlints: {remote-image: off}\n";

pub const ORIGINAL: &str = "---
title: Cancel a SIM
summary: How to close a number.
eligibility:
  - {id: debt, title: A bill is unpaid, remedy: Pay it}
materials:
  - {id: id-document, title: Passport}
steps:
  - id: ask
  - {id: wait, title: Wait, text: A day or two.}
sources:
  page: {title: The operator's page}
---
Read all of it.

## What it means {#meaning}

The number ends.

### In short

It is gone.[^1]

## Ask your operator {#ask}

Call it.

## Anything else

No.

[^1]: For good.
";

pub const TRANSLATION: &str = "---
title: Mbyllja e një karte
summary: Si mbyllet një numër.
translation: {of: en, at: {PINS}}
words:
  debt: {title: Një faturë, remedy: Paguajeni}
  id-document: Pasaporta
  wait: {title: Prisni, text: Një ditë.}
---
Lexojeni.

## Çfarë do të thotë {#meaning}

Numri mbaron.[^1]

## Pyetni operatorin {#ask}

Telefononi.

## Tjetër

Jo.

[^1]: Përgjithmonë.
";

fn states(original: &str, translation: &str) -> BTreeMap<String, State> {
    let sources = sources(&[
        ("site.yaml", SITE),
        ("al/cancel/en.md", original),
        ("al/cancel/sq.md", translation),
    ]);
    let outcome = prepared(&sources);
    let mut faults = outcome.diagnostics.clone();
    faults.retain(|fault| fault.code != Code::Todo);
    assert_eq!(told(&faults), "");
    let guide = outcome.value.site.guides.values().next().unwrap().clone();
    let edition = guide.translations.iter().find(|(language, _)| language.tag() == "sq").unwrap().1;
    edition.standing.iter().map(|(key, state)| (key.to_string(), *state)).collect()
}

/// The translation, pinned to every unit of `original`.
pub fn pinned(original: &str) -> String {
    let sources = sources(&[("site.yaml", SITE), ("al/cancel/en.md", original)]);
    let site = prepared(&sources).value.site;
    let units = site.guides.values().next().unwrap().original.text.units();
    let pins: Vec<String> =
        units.iter().map(|unit| format!("{}: \"{}\"", unit.key, unit.wording.pin)).collect();
    TRANSLATION.replace("PINS", &pins.join(", "))
}

fn of(states: &BTreeMap<String, State>, state: State) -> Vec<&str> {
    states.iter().filter(|(_, own)| **own == state).map(|(key, _)| key.as_str()).collect()
}

#[test]
fn without_pins_nobody_knows() {
    let states = states(ORIGINAL, &TRANSLATION.replace("PINS", ""));
    assert_eq!(of(&states, State::Unpinned).len(), states.len());
    assert_eq!(
        states.keys().map(String::as_str).collect::<Vec<_>>(),
        [
            "ask",
            "debt",
            "id-document",
            "meaning",
            "page.footnotes",
            "page.lead",
            "page.summary",
            "page.title",
            "section.anything-else",
            "wait"
        ]
    );
}

#[test]
fn what_is_pinned_is_fresh_until_exactly_that_changes() {
    let translation = pinned(ORIGINAL);
    assert_eq!(of(&states(ORIGINAL, &translation), State::Fresh).len(), 10);
    for (was, is, stale) in [
        ("Call it.", "Call it twice.", "ask"),
        ("Ask your operator", "Ask it", "ask"),
        ("A day or two.", "A week.", "wait"),
        ("remedy: Pay it", "remedy: Pay it first", "debt"),
        ("title: Cancel a SIM", "title: Cancel a card", "page.title"),
        ("Read all of it.", "Read it.", "page.lead"),
        ("It is gone.", "It is gone now.", "meaning"),
        ("For good.", "For ever.", "page.footnotes"),
        ("No.", "Nothing.", "section.anything-else"),
    ] {
        let changed = ORIGINAL.replacen(was, is, 1);
        assert_ne!(changed, ORIGINAL);
        assert_eq!(of(&states(&changed, &translation), State::Stale), [stale], "{was}");
    }
}

#[test]
fn what_a_picture_shows_is_part_of_its_step() {
    let own = "text: A day or two., image: {file: https://pictures.example/a.png, alt: A clock}";
    let original = ORIGINAL.replace("text: A day or two.", own);
    let translation = pinned(&original).replace("Një ditë.}", "Një ditë., alt: Një orë}");
    assert_eq!(of(&states(&original, &translation), State::Fresh).len(), 10);
    let changed = original.replace("alt: A clock", "alt: A clock and a card");
    assert_eq!(of(&states(&changed, &translation), State::Stale), ["wait"]);
    // Another picture of the same changes no word.
    let moved = original.replace("a.png", "b.png");
    assert_eq!(of(&states(&moved, &translation), State::Fresh).len(), 10);
}

#[test]
fn what_changes_no_word_makes_nothing_stale() {
    let translation = pinned(ORIGINAL);
    for (was, is) in [
        ("Read all of it.", "Read all\nof it."),
        ("\n", "\r\n"),
        ("title: Passport", "title: \"Passport\""),
        ("id: ask", "id: ask\n    duration: 5min"),
        ("### In short", "### In short {#short}"),
    ] {
        let changed = ORIGINAL.replace(was, is);
        let states = states(&changed, &translation);
        let stale = of(&states, State::Stale);
        // A section that is given an id is a unit of its own from then on.
        let allowed: &[&str] = if is.contains("{#short}") { &["meaning"] } else { &[] };
        assert_eq!(stale, allowed, "{is}");
    }
}

#[test]
fn what_is_new_or_marked_is_missing() {
    let translation = pinned(ORIGINAL);
    let more = ORIGINAL.replace("  - id: ask\n", "  - id: ask\n  - {id: more, title: More}\n");
    assert_eq!(of(&states(&more, &translation), State::Missing), ["more"]);
    let marked = translation.replace("Telefononi.", "TODO Call it.");
    assert_eq!(of(&states(ORIGINAL, &marked), State::Missing), ["ask"]);
    let gone = translation.replace("Lexojeni.", "");
    assert_eq!(of(&states(ORIGINAL, &gone), State::Missing), ["page.lead"]);
}

#[test]
fn a_pin_that_no_program_wrote_is_told() {
    let translation = TRANSLATION.replace("PINS", "ask: yes-really, 'a b': '0123456789abcdef'");
    let sources = sources(&[
        ("site.yaml", SITE),
        ("al/cancel/en.md", ORIGINAL),
        ("al/cancel/sq.md", &translation),
    ]);
    assert_eq!(
        told(&prepared(&sources).diagnostics),
        "bad-value guides/al/cancel/sq.md: `ask` under `at` is not as the program wrote it\n\
         bad-value guides/al/cancel/sq.md: `a b` under `at` is not as the program wrote it\n"
    );
}
