//! A reader is told, in the page's language, that the original has changed since it was translated.

use super::staleness::{ORIGINAL, SITE, pinned};
use super::{pages, sources};

const MARK: &str = "origjinali ka ndryshuar këtu";
const NOTICE: &str = "<p class=\"notice stale\">Origjinali ka ndryshuar";

fn drawn(original: &str) -> std::collections::BTreeMap<String, String> {
    let translation = pinned(ORIGINAL);
    pages(&sources(&[
        ("site.yaml", SITE),
        ("al/cancel/en.md", original),
        ("al/cancel/sq.md", &translation),
    ]))
}

#[test]
fn a_fresh_page_says_nothing() {
    let pages = drawn(ORIGINAL);
    assert!(!pages["sq/al/cancel/index.html"].contains(MARK));
    assert!(!pages["sq/al/cancel/index.html"].contains(NOTICE));
    assert!(pages["sq/translations/index.html"].contains("<td class=\"complete\">"));
}

#[test]
fn a_stale_page_says_so_and_marks_the_part() {
    let pages = drawn(&ORIGINAL.replace("Call it.", "Call it twice."));
    let page = &pages["sq/al/cancel/index.html"];
    assert!(page.contains(NOTICE), "{page}");
    assert_eq!(page.matches(MARK).count(), 1, "{page}");
    let mark = page.find(MARK).unwrap();
    assert!(page.find("id=\"ask\"").unwrap() < mark && mark < page.find("id=\"wait\"").unwrap());
    assert!(!pages["en/al/cancel/index.html"].contains("class=\"notice stale\""));
    let pages = drawn(&ORIGINAL.replace("It is gone.", "It is gone now."));
    let page = &pages["sq/al/cancel/index.html"];
    assert!(page.contains(&format!("<p class=\"stale\">{MARK}</p>")), "{page}");
}

#[test]
fn the_table_of_translations_is_for_nobody_who_searches() {
    let pages = drawn(&ORIGINAL.replace("Call it.", "Call it twice."));
    let page = &pages["en/translations/index.html"];
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    let cell = "<td class=\"stale\"><a href=\"/sq/al/cancel/\">90%</a> \
                <small>1 part out of date</small></td>";
    assert!(page.contains(cell), "{page}");
    assert!(!pages["en/a-z/index.html"].contains("translations"));
}

#[test]
fn borrowed_words_lead_to_the_footnotes_of_the_page_that_has_them() {
    let original = ORIGINAL
        .replace("Call it.\n", "Call it.[^2] Read [this](#anything-else).\n\n[^2]: By day.\n");
    let translation = super::staleness::TRANSLATION.replace(", at: {PINS}", "");
    let ask = translation.find("## ").map(|_| translation.find("{#ask}").unwrap()).unwrap();
    // The translation lacks the words of the step `ask`, and has a footnote of its own.
    let start = translation[..ask].rfind("## ").unwrap();
    let end = translation[ask..].find("\n## ").map_or(translation.len(), |at| ask + at + 1);
    let translation = format!("{}{}", &translation[..start], &translation[end..]);
    let pages = pages(&sources(&[
        ("site.yaml", SITE),
        ("al/cancel/en.md", &original),
        ("al/cancel/sq.md", &translation),
    ]));
    let page = &pages["sq/al/cancel/index.html"];
    assert!(page.contains("Call it.<sup><a href=\"/en/al/cancel/#fn-2\">2</a></sup>"), "{page}");
    assert_eq!(page.matches("id=\"fnref-1\"").count(), 1, "{page}");
    assert!(!page.contains("id=\"fnref-2\""), "{page}");
    assert!(page.contains("<a href=\"/en/al/cancel/#anything-else\">this</a>"), "{page}");
}
