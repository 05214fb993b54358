//! Chinese characters of the other script: Traditional ones in a Simplified text, and the reverse.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::lint::file::LintedFile;
use crate::model::diagnostic::{Code, Diagnostic};

pub fn check(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(script) = page.foreign else { return };
    let (other, own) = match script.without {
        2 => ("Traditional", "Simplified"),
        _ => ("Simplified", "Traditional"),
    };
    let words = &page.prose.words;
    let mut told: BTreeSet<String> = BTreeSet::new();
    let is_word = |at: usize, c: char| words.get(at..).is_some_and(|rest| rest.starts_with(c));
    let foreign =
        page.suspicious.iter().filter(|(at, c)| script.other(*c).is_some() && is_word(*at, *c));
    let mut foreign = foreign.map(|(at, _)| *at).peekable();
    while let Some(first) = foreign.next() {
        let run = run(words, first);
        let mut last = first;
        while let Some(at) = foreign.next_if(|at| *at < run.end) {
            last = at;
        }
        if is_quoted(words, &run) {
            continue;
        }
        // A word seldom has more than two characters before the first one that belongs to a single script.
        let start = if first - run.start <= 6 { run.start } else { first };
        let range = start..words.ceil_char_boundary(last + 1);
        let text = words.get(range.clone()).unwrap_or("");
        if !told.insert(text.to_owned()) {
            continue;
        }
        let mended: String = text.chars().map(|c| script.other(c).unwrap_or(c)).collect();
        let message = format!("`{text}` is {other} Chinese on a {own} page");
        let hint =
            format!("write `{mended}`, or put it between quotation marks where it is meant so");
        diagnostics.push(page.fault(Code::MixedScripts, range, message).hint(hint));
    }
}

/// The run of ideographs around the one at `at`, with nothing in between.
fn run(text: &str, at: usize) -> Range<usize> {
    let other = |c: char| !('\u{4E00}'..='\u{9FFF}').contains(&c);
    let (head, tail) = text.split_at(at);
    let start = head.rfind(other).map_or(0, |last| head.ceil_char_boundary(last + 1));
    start..at + tail.find(other).unwrap_or(tail.len())
}

/// Whether a run is alone between quotation marks, so that the text speaks about the word.
fn is_quoted(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|head| head.chars().next_back());
    let after = text.get(range.end..).and_then(|tail| tail.chars().next());
    matches!(
        (before, after),
        (Some('“'), Some('”'))
            | (Some('「'), Some('」'))
            | (Some('『'), Some('』'))
            | (Some('‘'), Some('’'))
            | (Some('《'), Some('》'))
    )
}
