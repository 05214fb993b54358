//! Faults of the program that were mended once, each with the project that showed it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "these tests look at whole sites")]

use std::sync::Arc;

use cicerone::model::source::{SourcePath, Sources};

use crate::project::{build, options, sources};

fn told(sources: &Sources) -> Vec<String> {
    let faults = build(sources, &options()).faults;
    faults.iter().map(|fault| format!("{}: {}", fault.code.as_str(), fault.message)).collect()
}

#[test]
fn a_link_to_a_file_that_is_refused_is_no_second_fault() {
    let mut sources = sources(&[
        ("guides/site.yaml", "title: A\nlanguages: [en]\n"),
        ("guides/a/en.md", "---\ntitle: A\n---\n![Card](card.svg)\n[Plan](plan.docx)\n"),
    ]);
    let svg: Arc<Vec<u8>> = Arc::new(b"<svg onload=\"alert(1)\"/>".to_vec());
    sources.assets.insert(SourcePath::new("guides/a/card.svg"), svg);
    sources.assets.insert(SourcePath::new("guides/a/plan.docx"), Arc::new(b"PK".to_vec()));
    let expected = [
        "unsafe-file: `onload` in a picture runs code",
        "stray-file: `plan.docx` is not published",
    ];
    assert_eq!(told(&sources), expected);
    sources.assets.remove(&SourcePath::new("guides/a/card.svg"));
    assert_eq!(told(&sources)[1], "broken-link: there is no file `a/card.svg`");
}

#[test]
fn the_site_sets_how_long_a_page_may_be() {
    let page = |bytes: usize| format!("---\ntitle: A\n---\n{}", "word ".repeat(bytes / 5));
    let with = |limit: &str, bytes: usize| {
        let site = format!("title: A\nlanguages: [en]\n{limit}");
        let page = page(bytes);
        told(&sources(&[("guides/site.yaml", &site), ("guides/a/en.md", &page)]))
    };
    let over = |limit: &str| format!("the limit is {limit}");
    assert_eq!(with("", 4 << 20).len(), 1);
    assert!(with("", 4 << 20)[0].ends_with(&over("4 MiB")));
    assert_eq!(with("limits: {page: 5MiB}\n", 4 << 20), Vec::<String>::new());
    assert!(with("limits: {page: 1KiB}\n", 2000)[0].ends_with(&over("1 KiB")));
    assert!(with("limits: {page: 1000}\n", 2000)[0].ends_with(&over("1000 bytes")));
    assert!(with("limits: {page: 65MiB}\n", 10)[0].contains("cannot be `page`"));
}

#[test]
fn a_review_names_its_editors_in_each_language() {
    let site = "title: A\nlanguages: [en, sq, zh-Hans]\n";
    let review = "{verified: 2026-08-22, by: {default: the editors, sq: redaksia}}";
    let original = format!("---\ntitle: A\nreview: {review}\n---\n");
    let sources = sources(&[
        ("guides/site.yaml", site),
        ("guides/a/en.md", &original),
        ("guides/a/sq.md", "---\ntitle: B\ntranslation: {of: en}\n---\n"),
        (
            "guides/a/zh-Hans.md",
            "---\ntitle: C\ntranslation: {of: en}\nwords: {review: {by: 编辑组}}\n---\n",
        ),
    ]);
    let built = build(&sources, &options());
    let shown = |path: &str, who: &str| {
        let page = String::from_utf8_lossy(&built.files[path]).into_owned();
        assert!(page.contains(who), "{path} lacks {who}");
    };
    shown("en/a/index.html", "by the editors");
    shown("sq/a/index.html", "redaksia");
    shown("zh-hans/a/index.html", "编辑组");
}

#[test]
fn a_translation_marks_the_language_of_every_part_that_it_borrows() {
    let original = "---\ntitle: A\noperators: [al/one]\n\
        eligibility:\n  - {id: debt, title: A debt, effect: blocks, remedy: Pay it.}\n\
        steps:\n  - {id: call, image: {file: https://pictures.example/a.gif, alt: A phone}}\n---\n\
        ## Call {#call}\n\nBy telephone.\n\n### At One {#at-one operator=al/one}\n\nAsk for it.\n";
    let with = |title: &str| {
        let sources = sources(&[
            ("guides/site.yaml", "title: A\nlanguages: [en, sq]\n"),
            ("guides/operators/al.yaml", "name: {default: Albania}\n"),
            ("guides/operators/al/one.yaml", "name: {default: One}\nstatus: active\n"),
            ("guides/a/en.md", original),
            ("guides/a/sq.md", &format!("---\ntitle: B\ntranslation: {{of: en}}{title}\n---\n")),
        ]);
        let built = build(&sources, &options());
        String::from_utf8(built.files["sq/a/index.html"].clone()).unwrap()
    };
    let page = with("");
    for part in [
        "<span lang=\"en\" dir=\"ltr\">Pay it.</span>",
        " lang=\"en\" dir=\"ltr\">At One</h",
        "<div lang=\"en\" dir=\"ltr\"><p>Ask for it.</p>",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(page.contains("alt=\"A phone\" lang=\"en\" dir=\"ltr\" loading"), "{page}");
    let page = with("\nwords: {debt: {title: Borxh, remedy: Paguaje.}}");
    assert!(page.contains("Paguaje.</p>"), "{page}");
}

#[test]
fn two_footnotes_of_one_name_are_told_in_a_field_too() {
    let notes = "a[^n]\n\n[^n]: one\n\n[^n]: two";
    let field = notes.replace('\n', "\n      ");
    let step = format!(
        "---\ntitle: A\nsteps:\n  - id: b\n    title: B\n    text: |\n      {field}\n---\n"
    );
    let body = format!("---\ntitle: A\n---\n{notes}\n");
    for page in [step, body] {
        let sources = sources(&[
            ("guides/site.yaml", "title: A\nlanguages: [en]\n"),
            ("guides/a/en.md", &page),
        ]);
        assert_eq!(told(&sources), ["duplicate-footnote: two footnotes are called `n`"], "{page}");
    }
}

#[test]
fn a_comment_of_several_lines_is_not_shown() {
    for comment in ["<!-- a -->", "<!--\nsecret\n\n<b>secret</b>\n-->"] {
        let page = format!(
            "---\ntitle: A\n---\nBefore.\n\n{comment}\n\n> {}\n\nAfter.\n",
            comment.replace('\n', "\n> ")
        );
        let sources = sources(&[
            ("guides/site.yaml", "title: A\nlanguages: [en]\n"),
            ("guides/a/en.md", &page),
        ]);
        let built = build(&sources, &options());
        let html = String::from_utf8_lossy(&built.files["en/a/index.html"]);
        assert!(built.faults.is_empty(), "{:?}", built.faults);
        assert!(html.contains("After.") && !html.contains("secret") && !html.contains("--&gt;"));
    }
}

#[test]
fn a_footnote_of_borrowed_words_is_on_the_page_that_lends_them() {
    let original = "---\ntitle: A\nsteps: [{id: x}]\n---\n## X {#x}\n\nOne[^n] and again[^n].\n\n[^n]: The note.\n";
    let sources = sources(&[
        ("guides/site.yaml", "title: A\nlanguages: [en, sq]\n"),
        ("guides/a/en.md", original),
        ("guides/a/sq.md", "---\ntitle: B\ntranslation: {of: en}\n---\n"),
    ]);
    let files = build(&sources, &options()).files;
    let page = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let (lender, borrower) = (page("en/a/index.html"), page("sq/a/index.html"));
    let reference = "<a href=\"#fn-1\">1</a></sup>";
    assert!(lender.contains(&format!("One<sup id=\"fnref-1\">{reference}")), "{lender}");
    assert!(lender.contains(&format!("again<sup id=\"fnref-1-2\">{reference}")), "{lender}");
    let lent = "<sup><a href=\"/en/a/#fn-1\">1</a></sup>";
    assert!(borrower.contains(&format!("One{lent} and again{lent}")), "{borrower}");
    assert!(!borrower.contains("fnref-1"), "{borrower}");
}

#[test]
fn a_site_without_languages_is_a_fault() {
    for languages in ["[]", "{}"] {
        let settings = format!("title: A\nlanguages: {languages}\n");
        let sources =
            sources(&[("guides/site.yaml", &settings), ("guides/a/en.md", "---\ntitle: A\n---\n")]);
        assert_eq!(told(&sources), ["missing-field: `languages` names none"], "{languages}");
    }
}

/// A template that is missing or leads round is reported at the template that names it.
#[test]
fn every_template_error_has_a_file() {
    for (text, path) in [
        ("{% extends \"none.html\" %}", "themes/mine/templates/guide.html"),
        ("{% extends \"guide.html\" %}", "themes/mine/templates/guide.html"),
        ("{% include \"none.html\" %}", "themes/mine/templates/guide.html"),
        ("{{ page.title | none }}", "themes/mine/templates/guide.html"),
        ("{% if %}", "themes/mine/templates/guide.html"),
        ("{{ page.none.none }}", "themes/mine/templates/guide.html"),
    ] {
        let sources = sources(&[
            ("guides/site.yaml", "title: A\nlanguages: [en]\ntheme: mine\n"),
            ("guides/a/en.md", "---\ntitle: A\n---\n"),
            ("themes/mine/templates/guide.html", text),
        ]);
        let built = build(&sources, &options());
        let found: Vec<_> =
            built.faults.iter().filter(|fault| fault.code.as_str() == "template-error").collect();
        assert!(!found.is_empty(), "{text}: {:?}", built.faults);
        for fault in found {
            let place = fault.place.as_ref().map(|place| place.path.as_str());
            assert_eq!(place, Some(path), "{text}: {}", fault.message);
        }
    }
}
