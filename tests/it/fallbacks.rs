//! A page that has no words in its readers' language says so: to readers, to browsers and to search engines.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "these tests look at whole sites")]

use crate::project::{Built, build, options, sources};

const SITE: &[(&str, &str)] = &[
    (
        "guides/site.yaml",
        "title: {default: Guides, sq: Udhëzues}\nbase_url: https://a.example/\nlanguages: [en, sq, ar]\nmarkdown: true\n",
    ),
    ("guides/en.md", "---\ntitle: Welcome\nsummary: Begin here.\n---\nAsk us.\n"),
    (
        "guides/al/en.md",
        "---\ntitle: Albania\n---\nAll about *Albania*.\n\nSee [below](#shops) and [how](one/).\n\n## Shops {#shops}\n\n> [!NOTE]\n> Open.\n",
    ),
    ("guides/al/one/en.md", "---\ntitle: First\n---\nText.\n"),
    (
        "guides/al/one/sq.md",
        "---\ntitle: I pari\ntranslation: {of: en}\n---\nShih [dyqanet](../#shops).\n",
    ),
    ("guides/al/two/en.md", "---\ntitle: Second\n---\nText.\n"),
    ("guides/al/two/ar.md", "---\ntitle: ثان\ntranslation: {of: en}\n---\nنص.\n"),
];

fn site() -> Built {
    build(&sources(SITE), &options())
}

fn page(built: &Built, path: &str) -> String {
    String::from_utf8(built.files[path].clone()).unwrap()
}

#[test]
fn a_section_without_words_in_a_language_is_a_fallback() {
    let built = site();
    assert_eq!(built.faults, []);
    for (language, notice) in [("sq", "Albania"), ("ar", "Albania")] {
        let page = page(&built, &format!("{language}/al/index.html"));
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
        assert!(
            page.contains("<link rel=\"canonical\" href=\"https://a.example/en/al/\">"),
            "{page}"
        );
        assert!(page.contains("<header lang=\"en\" dir=\"ltr\">"), "{page}");
        assert!(page.contains("<div lang=\"en\" dir=\"ltr\"><p>All about"), "{page}");
        assert!(
            page.contains(&format!(
                "<a href=\"/en/al/\"><span lang=\"en\" dir=\"ltr\">{notice}</span></a>"
            )),
            "{page}"
        );
        // Its links lead on in the reader's language, and to its own headings.
        assert!(page.contains("<a href=\"#shops\">below</a>") && page.contains("id=\"shops\""));
        assert!(page.contains(&format!("<a href=\"/{language}/al/one/\">how</a>")), "{page}");
        assert!(page.contains("<p class=\"alert-title\">Note</p>"), "{page}");
        assert!(!page.contains(&format!("hreflang=\"{language}\" href")), "{page}");
    }
    // A link from a translation to a heading of a section that has none leads there.
    assert!(page(&built, "sq/al/one/index.html").contains("href=\"/sq/al/#shops\""));
    let own = page(&built, "en/al/index.html");
    assert!(own.contains("<link rel=\"canonical\" href=\"https://a.example/en/al/\">"), "{own}");
    assert!(!own.contains("hreflang=\"sq\" href"), "{own}");
}

#[test]
fn a_fallback_is_not_in_the_sitemap() {
    let map = page(&site(), "sitemap.xml");
    assert!(map.contains("<loc>https://a.example/en/al/</loc>"), "{map}");
    assert!(
        !map.contains("https://a.example/sq/al/<") && !map.contains("https://a.example/ar/al/\"")
    );
    assert!(map.contains("<loc>https://a.example/sq/</loc>"), "{map}");
}

#[test]
fn words_of_other_languages_are_marked_wherever_they_are_listed() {
    let built = site();
    let mark = |title: &str| format!("<span lang=\"en\" dir=\"ltr\">{title}</span>");
    let index = page(&built, "ar/a-z/index.html");
    assert!(index.contains(&mark("First")) && !index.contains(&mark("ثان")), "{index}");
    let guide = page(&built, "sq/al/one/index.html");
    // The next guide, and the way there.
    assert!(guide.contains(&mark("Second")) && guide.contains(&mark("Albania")), "{guide}");
    let home = page(&built, "sq/index.html");
    assert!(home.contains(&mark("Albania")), "{home}");
    let before = page(&built, "ar/al/two/index.html");
    assert!(before.contains(&mark("First")), "{before}");
    for (path, bytes) in &built.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(['\u{FDD1}', '\u{FDD2}', '\u{FDD3}']), "{path}");
    }
}

#[test]
fn every_page_has_a_description() {
    let built = site();
    for (path, description) in [
        ("index.html", "Guides"),
        ("404.html", "Guides"),
        ("en/index.html", "Begin here."),
        ("en/al/index.html", "All about Albania."),
        ("en/a-z/index.html", "Guides"),
        ("sq/a-z/index.html", "Udhëzues"),
        ("en/al/one/index.html", "Text."),
    ] {
        let page = page(&built, path);
        let meta = format!("<meta name=\"description\" content=\"{description}\">");
        assert!(page.contains(&meta), "{path}: {page}");
    }
}
