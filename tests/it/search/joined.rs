//! What a reader takes for one word is one word to the search, whatever stands in it.

use cicerone::search;

use crate::project::{build, options, sources};

/// Whether the guide that holds `written` is found by each of the words, and by none of the others.
#[track_caller]
fn assert_found(written: &str, words: &[&str], others: &[&str]) {
    let front = written.replace('\n', "\n      ");
    for guide in [
        format!("---\ntitle: A\n---\n{written}\n"),
        format!("---\ntitle: A\n---\n## Heading {{#x}}\n\nBefore {written} after.\n"),
        format!(
            "---\ntitle: A\nsteps:\n  - id: x\n    title: B\n    text: |\n      {front}\n---\n"
        ),
    ] {
        let settings = "title: T\nlanguages: [en]\n";
        let files = [("guides/site.yaml", settings), ("guides/a/en.md", &guide)];
        let built = build(&sources(&files), &options());
        let indexes = built.prepared.indexes();
        let finds = |word: &&&str| !search::search(&indexes, 0, word, 8).is_empty();
        assert_eq!(words.iter().filter(finds).collect::<Vec<_>>().len(), words.len(), "{guide}");
        assert_eq!(others.iter().filter(finds).collect::<Vec<_>>(), [&""; 0], "{guide}");
    }
}

#[test]
fn a_word_goes_on_across_marks_within_it() {
    for tag in ["ins", "del", "sub", "sup", "small", "kbd", "samp", "var", "mark", "u", "s", "bdi"]
    {
        assert_found(&format!("anti<{tag}>podean</{tag}> x"), &["antipodean"], &["podean"]);
    }
    assert_found("para<wbr>dichlorobenzene", &["paradichlorobenzene"], &["dichlorobenzene"]);
    assert_found("para\u{AD}dichlorobenzene", &["paradichlorobenzene"], &["dichlorobenzene"]);
    assert_found("anti**podean** x", &["antipodean"], &["podean"]);
    assert_found("anti[podean](https://example.org/) x", &["antipodean"], &["podean"]);
    assert_found("R&amp;Dish caf&eacute;s", &["cafes", "dish"], &["eacute"]);
    assert_found("<details><summary>caf&eacute;s</summary></details>", &["cafes"], &["eacute"]);
}

#[test]
fn a_word_ends_where_something_else_begins() {
    assert_found("antipodes<br>zebra", &["antipodes", "zebra"], &[]);
    assert_found("antipodes\\\nzebra", &["antipodes", "zebra"], &[]);
    assert_found("- antipodes\n- zebra", &["antipodes", "zebra"], &[]);
    assert_found(
        "| antipodes | zebra |\n|---|---|\n| quokka | okapi |",
        &["antipodes", "zebra", "quokka", "okapi"],
        &[],
    );
    assert_found("antipodes\n\n> zebra\n\n    okapi", &["antipodes", "zebra", "okapi"], &[]);
    let ruby = "<ruby>antipodes<rp>(</rp><rt>zebra</rt><rp>)</rp></ruby>";
    assert_found(ruby, &["antipodes", "zebra"], &[]);
}
