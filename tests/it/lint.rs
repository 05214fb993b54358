//! What is judged of well-formed guides: each faulty site of `tests/lint/` with its whole report.
//!
//! `CICERONE_BLESS=1` writes the reports anew.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a helper of tests fails loudly, and these tests are about files"
)]

mod changed;
mod clean;
mod words;

use std::path::Path;
use std::{env, fs};

use cicerone::pipeline::Options;
use cicerone::report::{Style, human};

use crate::project::{build, day, home, options, read};

/// Every fault of the project at `root`, as people are told.
fn report(root: &Path) -> String {
    let mut outcome = read(root);
    let today = Options { today: day("2026-09-01"), ..options() };
    let mut faults = build(&outcome.value, &today).faults;
    faults.append(&mut outcome.diagnostics);
    let style = Style { limit: 1000, ..Style::default() };
    let mut out = Vec::new();
    human(&mut out, &faults, &outcome.value, style).unwrap();
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn assert_reported(name: &str) {
    let folder = home().join("tests/lint").join(name);
    let given = report(&folder);
    let path = folder.join("report.txt");
    if env::var_os("CICERONE_BLESS").is_some() {
        fs::write(&path, &given).unwrap();
    }
    snapbox::assert_data_eq!(given, snapbox::Data::read_from(&path, None).raw());
}

#[test]
fn facts_are_held_against_the_registry() {
    assert_reported("facts");
}

#[test]
fn numbers_and_figures_are_judged_in_the_most_spoken_languages() {
    assert_reported("languages");
}

#[test]
fn days_to_come_and_periods_that_end_before_they_begin_are_faults() {
    assert_reported("dates");
}

#[test]
fn a_lint_is_as_the_site_and_one_line_of_a_guide_set_it() {
    assert_reported("settings");
}

#[test]
fn translations_are_held_against_their_original() {
    assert_reported("translations");
}

#[test]
fn texts_are_searched_for_what_deceives_or_reads_badly() {
    assert_reported("text");
}

#[test]
fn links_and_contacts_are_held_against_the_policy() {
    assert_reported("links");
}
