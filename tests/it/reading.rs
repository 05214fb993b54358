//! What a page gives its readers beyond its text: terms that lead to the glossary, pictures to their files, groups of many
//! guides, and a worker that keeps what was read.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "these tests look at whole sites")]

use std::sync::Arc;

use cicerone::model::source::{SourcePath, Sources};

use crate::project::{build, options, sources};

/// The words of a guide's page that lead to the glossary, each with the term.
fn links(sources: &Sources, page: &str) -> Vec<String> {
    let built = build(sources, &options());
    assert_eq!(built.faults, []);
    let html = String::from_utf8(built.files[page].clone()).unwrap();
    let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let found = main.split("/glossary/#").skip(1).map(|rest| {
        let (term, rest) = rest.split_once("\">").unwrap();
        format!("{term}: {}", rest.split('<').next().unwrap())
    });
    found.collect()
}

fn glossary(language: &str, glossary: &str, text: &str) -> Sources {
    let site = format!("title: A\nlanguages: [{language}]\n");
    let guide = format!("---\ntitle: A\n---\n{text}\n");
    let path = format!("guides/a/{language}.md");
    sources(&[("guides/site.yaml", &site), ("guides/glossary.yaml", glossary), (&path, &guide)])
}

#[test]
fn a_term_is_found_in_the_forms_of_its_language() {
    for (language, terms, text, expected) in [
        ("en", "card: {term: SIM card}", "Two SIM cards, one SIM card.", "card: SIM cards"),
        ("sq", "card: {term: numri}", "Shkruani numrin tuaj.", "card: numrin"),
        ("de", "card: {term: Vertrag}", "Die Verträge und des Vertrags", "card: Verträge"),
        ("zh-Hans", "card: {term: 号码}", "请写下手机号码再去。", "card: 号码"),
        ("zh-Hant", "card: {term: SIM 卡}", "帶上SIM卡。", "card: SIM卡"),
        ("ja", "card: {term: 電話番号}", "この電話番号を使う。", "card: 電話番号"),
        ("th", "card: {term: เบอร์}", "ใช้เบอร์นี้", "card: เบอร์"),
        ("ar", "card: {term: شريحة}", "خذ الشريحة معك.", "card: الشريحة"),
        ("fr", "card: {term: carte}", "Deux cartes, un car.", "card: cartes"),
        ("es", "card: {term: número}", "Apunta los números.", "card: números"),
        ("es", "card: {term: número}", "Un numerito; tu número.", "card: número"),
        ("pt", "card: {term: número}", "Guarde os números.", "card: números"),
        ("sq", "card: {term: kartë}", "Tri PIN-e e bllokojnë kartën.", "card: kartën"),
        ("sq", "card: {term: kartë}", "Numri i kartës suaj.", "card: kartës"),
        ("sq", "card: {term: kartë}", "Kari; të gjitha kartat.", "card: kartat"),
        ("it", "card: {term: numero}", "Scriva i numeri.", "card: numeri"),
        ("ro", "card: {term: număr}", "Scrieți numărul.", "card: numărul"),
        ("pl", "card: {term: numer}", "Zapisz numery.", "card: numery"),
        ("ru", "card: {term: номер}", "Запишите номера.", "card: номера"),
        ("tr", "card: {term: numara}", "Numarayı yazın.", "card: Numarayı"),
        ("es", "card: {term: SIM}", "Dos SIM; la siesta.", "card: SIM"),
    ] {
        let page = format!("{}/a/index.html", language.to_lowercase());
        let found = links(&glossary(language, &format!("{terms}\n"), text), &page);
        assert_eq!(found, [expected], "{language}");
    }
}

#[test]
fn a_term_is_linked_once_and_never_in_headings_links_and_code() {
    let terms = "pin: {term: PIN}\ncard: {term: card, aliases: {en: [chip card]}}\nplan: {term: plan, link: false}\n";
    let found = |text: &str| links(&glossary("en", terms, text), "en/a/index.html");
    let none: [&str; 0] = [];
    assert_eq!(found("A card and a card.\n\nAnother card."), ["card: card"]);
    assert_eq!(found("## A card\n\n[A card](../a/) and `card`.\n\n> A card."), ["card: card"]);
    assert_eq!(found("Pin it up. Your plan is cardinal."), none);
    assert_eq!(found("Type the PIN."), ["pin: PIN"]);
    // The longest name counts, over the end of a line too.
    assert_eq!(found("The chip\ncard, then the card."), ["card: chip\ncard"]);
    assert_eq!(found("The chip, card or not."), ["card: card"]);
}

#[test]
fn a_site_may_leave_its_terms_alone() {
    let with = |setting: &str| {
        let site = format!("title: A\nlanguages: [en]\n{setting}");
        let sources = sources(&[
            ("guides/site.yaml", &site),
            ("guides/glossary.yaml", "card: {term: card}\n"),
            ("guides/a/en.md", "---\ntitle: A\n---\nA card.\n"),
        ]);
        links(&sources, "en/a/index.html").len()
    };
    assert_eq!(with(""), 1);
    assert_eq!(with("glossary_links: true\n"), 1);
    assert_eq!(with("glossary_links: false\n"), 0);
}

#[test]
fn a_picture_by_itself_leads_to_its_file() {
    let mut sources = sources(&[
        ("guides/site.yaml", "title: A\nlanguages: [en]\n"),
        (
            "guides/a/en.md",
            "---\ntitle: A\n---\n![The card](card.gif)\n\nA ![sign](card.gif) in a line.\n",
        ),
    ]);
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;".to_vec();
    sources.assets.insert(SourcePath::new("guides/a/card.gif"), Arc::new(gif));
    let built = build(&sources, &options());
    let html = String::from_utf8(built.files["en/a/index.html"].clone()).unwrap();
    assert_eq!(html.matches("<a href=\"/a/card.gif\"><img ").count(), 1);
    assert_eq!(html.matches("<img ").count(), 2);
}

#[test]
fn a_step_has_its_picture_in_every_language() {
    let mut sources = sources(&[
        (
            "guides/site.yaml",
            "title: A\nbase_url: https://example.org/\nmarkdown: true\nlanguages: [en, de, sq]\n",
        ),
        (
            "guides/a/en.md",
            "---\ntitle: A\nsteps:\n  - {id: slot, title: Slot, image: {file: a card.gif, alt: A card & a slot}}\n---\n",
        ),
        (
            "guides/a/de.md",
            "---\ntitle: B\ntranslation: {of: en}\nwords: {slot: {title: Schlitz, alt: Karte}}\n---\n",
        ),
    ]);
    let gif = b"GIF89a\x03\0\x02\0\0\0\0;".to_vec();
    sources.assets.insert(SourcePath::new("guides/a/a card.gif"), Arc::new(gif));
    let built = build(&sources, &options());
    assert_eq!(built.faults, []);
    let file = |path: &str| String::from_utf8(built.files[path].clone()).unwrap();
    let rest = "width=\"3\" height=\"2\" loading=\"lazy\" decoding=\"async\"></a></p></details>";
    for (path, alt) in [
        ("en/a/index.html", "alt=\"A card &amp; a slot\""),
        ("de/a/index.html", "alt=\"Karte\""),
        ("sq/a/index.html", "alt=\"A card &amp; a slot\" "),
    ] {
        let page = file(path);
        let picture = format!(
            "<p class=\"shot\"><a href=\"/a/a%20card.gif\"><img src=\"/a/a%20card.gif\" {alt} {rest}"
        );
        let picture = picture.replace("  ", " ");
        assert!(page.contains(&picture), "{picture}\n{page}");
        assert!(page.contains("/pages."), "{path}");
    }
    assert!(file("de/a/index.md").contains("![Karte](https://example.org/a/a%20card.gif)"));
}

#[test]
fn many_guides_are_grouped_and_the_first_page_stays_short() {
    let guides: Vec<(String, String)> = (0..100)
        .map(|at| {
            let letter = char::from(b'a' + (at % 26) as u8);
            let guide = format!("---\ntitle: {letter} {at}\n---\nx\n");
            (format!("guides/x/g{at}/en.md"), guide)
        })
        .collect();
    let mut texts = vec![("guides/site.yaml", "title: A\nlanguages: [en]\n")];
    texts.extend(guides.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let built = build(&sources(&texts), &options());
    let page = |path: &str| String::from_utf8(built.files[path].clone()).unwrap();
    let section = page("en/x/index.html");
    assert_eq!(section.matches("<details class=\"more\">").count(), 26);
    assert_eq!(section.matches("<li><a href=\"/en/x/g").count(), 100);
    assert!(section.contains("<small>4 guides</small>"));
    let home = page("en/index.html");
    assert!(home.contains("100 guides") && !home.contains("/en/x/g1/"));
}

#[test]
fn each_build_has_a_worker_of_its_own_and_the_same_build_the_same() {
    let with = |setting: &str, text: &str| {
        let site = format!(
            "title: A\nlanguages: [en]\nbase_url: https://example.org/sub/\nhosts: [netlify]\n{setting}"
        );
        let guide = format!("---\ntitle: A\n---\n{text}\n");
        build(&sources(&[("guides/site.yaml", &site), ("guides/a/en.md", &guide)]), &options())
            .files
    };
    let page = |files: &crate::project::Files| {
        String::from_utf8(files["en/a/index.html"].clone()).unwrap()
    };
    let kept = with("offline: true\n", "one");
    assert!(page(&kept).contains("data-worker=\"/sub/sw.js\""));
    assert_eq!(kept["sw.js"], with("offline: true\n", "one")["sw.js"]);
    assert_ne!(kept["sw.js"], with("offline: true\n", "two")["sw.js"]);
    let headers =
        |files: &crate::project::Files| String::from_utf8(files["_headers"].clone()).unwrap();
    assert!(headers(&kept).contains("/sub/sw.js\n  Cache-Control: public, max-age=0"));
    let removed = with("offline: false\n", "one");
    assert!(String::from_utf8_lossy(&removed["sw.js"]).contains("unregister"));
    assert!(!page(&removed).contains("data-worker"));
    let never = with("", "one");
    assert!(!never.contains_key("sw.js") && !page(&never).contains("data-worker"));
    assert!(!headers(&never).contains("sw.js"));
}
