//! The laws, tried on the project's own guides and on small sites of every shape.

use std::io::Write;

use cicerone::model::diagnostic::Code;
use cicerone::model::source::SourcePath;
use cicerone::pipeline::{Drafts, Options};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Shape, Shown, assert_lawful, breaches, page_breaches};
use crate::project::{base, build, build_at, home, options, read, sources};

#[test]
fn our_guides_are_lawful() {
    let built = build_at(home(), &options());
    assert!(built.files.len() > 150, "{} files", built.files.len());
    assert_lawful(&built);
}

#[test]
fn our_guides_are_lawful_below_a_folder_of_the_host() {
    let options = Options { base: base("https://example.org/a/b/"), ..options() };
    let built = build_at(home(), &options);
    assert_eq!(built.prepared.site.routes.root, "/a/b/");
    assert_lawful(&built);
}

#[test]
fn our_guides_are_lawful_when_every_review_is_overdue() {
    let options = Options { today: crate::project::day("2036-01-01"), ..options() };
    let built = build(&read(home()).value, &options);
    let codes: Vec<_> = built.faults.iter().map(|fault| fault.code).collect();
    assert!(codes.iter().all(|code| *code == Code::OverdueReview) && codes.len() > 5, "{codes:?}");
    assert_lawful(&built);
}

#[test]
fn a_site_that_another_engine_searches_is_lawful_and_has_no_search_of_its_own() {
    let mut sources = read(home()).value;
    let settings = SourcePath::new("guides/site.yaml");
    let of_search = |built: &crate::project::Built| -> Vec<String> {
        let marks = ["role=\"search\"", "data-search", "data-index", "search.js", "find.js"];
        let is_of_search = |(path, bytes): &(&String, &Vec<u8>)| {
            let text = String::from_utf8_lossy(bytes);
            let is_page = path.ends_with(".html");
            let has_mark = is_page && marks.iter().any(|mark| text.contains(mark));
            has_mark || path.contains("search") || path.contains("find.")
        };
        let files = built.files.iter().filter(is_of_search);
        files.map(|(path, _)| path.clone()).collect()
    };
    let with = build(&sources, &options());
    assert!(of_search(&with).len() > 50, "{:?}", of_search(&with));
    let text = format!("{}\nsearch: off\n", &**sources.text(settings.as_str()).unwrap());
    sources.texts.insert(settings, text.as_str().into());
    let without = build(&sources, &options());
    assert_eq!((of_search(&without), &without.faults), (Vec::new(), &with.faults));
    assert_lawful(&without);
}

/// Guides of a right-to-left language and of no base address; an original that is not in the
/// default language; titles that need escaping; a title and a slug in Chinese.
const SHAPES: &[(&str, &str)] = &[
    ("guides/site.yaml", "title: A & \"B\"\nlanguages: [en, ar, zh-Hans]\n"),
    ("guides/ar.md", "---\ntitle: دليل\n---\nنص\n"),
    ("guides/x/ar.md", "---\ntitle: قسم\n---\n"),
    ("guides/x/one/ar.md", "---\ntitle: عنوان\nsteps: [خطوة]\n---\n## قسم\n\n[رابط](#قسم)\n"),
    (
        "guides/x/two/en.md",
        "---\ntitle: \"</script><b>'&\\\"\"\nsummary: \"<i>&\"\n---\n## A <b> & c\n",
    ),
    (
        "guides/x/two/zh-Hans.md",
        "---\ntitle: 二\nslug: 注销号码\ntranslation: {of: en}\n---\n## 联系 运营商\n\n[一](../one/)\n",
    ),
    (
        "guides/top/en.md",
        "---\ntitle: Top\n---\n## Same\n\n## Same\n\n[to](../x/two/)\n[t](/x/one)\n",
    ),
];

#[test]
fn sites_of_every_shape_are_lawful() {
    let mut shapes = sources(SHAPES);
    for base in ["", "base_url: https://example.org/\n", "base_url: http://a.b/c%20d/e\n"] {
        let text = format!("{}{base}", SHAPES[0].1);
        shapes.texts.insert(SourcePath::new(SHAPES[0].0), text.into());
        let built = build(&shapes, &options());
        let errors = built.faults.iter().filter(|fault| fault.severity.as_str() == "error");
        assert_eq!(errors.collect::<Vec<_>>(), Vec::<&_>::new());
        assert_lawful(&built);
    }
}

#[test]
fn golden_sites_are_lawful_in_the_default_theme() {
    // The site `theme` has a head of its own.
    let folder = home().join("tests/sites");
    let mut tried = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.starts_with('_') || name == "theme" {
            continue;
        }
        tried += 1;
        let mut sources = crate::sites::golden(&name);
        let path = SourcePath::new("guides/site.yaml");
        let settings = sources.texts[&path].replace("theme: plain\n", "");
        sources.texts.insert(path, settings.into());
        let found = breaches(&build(&sources, &options()));
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    }
    assert!(tried == 8, "{tried} sites");
}

#[test]
fn a_draft_is_nowhere_until_it_is_asked_for() {
    let sources = sources(&[
        ("guides/site.yaml", "title: A\nlanguages: [en]\n"),
        ("guides/a/en.md", "---\ntitle: Ready\ntags: [t]\n---\nText\n"),
        ("guides/b/en.md", "---\ntitle: Secretly\ndraft: true\ntags: [t, u]\n---\nText\n"),
    ]);
    let without = build(&sources, &options());
    let says = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("Secretly");
    assert!(!without.files.values().any(says));
    assert!(!without.files.keys().any(|path| path.contains("/b/") || path.contains("/u/")));
    assert_lawful(&without);
    let with = build(&sources, &Options { drafts: Drafts::Included, ..options() });
    assert!(with.files.contains_key("en/b/index.html"));
    assert_lawful(&with);
}

/// The budget of a typical page on a phone abroad.
#[test]
fn a_guide_with_its_style_is_light() {
    let built = build_at(home(), &options());
    let weight = |path: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&built.files[path]).unwrap();
        encoder.finish().unwrap().len()
    };
    let page = "zh-hans/al/cancel-sim/index.html";
    let html = String::from_utf8_lossy(&built.files[page]);
    let styles = html.split("<link rel=\"stylesheet\" href=\"/").skip(1);
    let style = styles.map(|rest| weight(rest.split_once('"').unwrap().0)).sum::<usize>();
    let page = weight(page);
    assert!(style > 0, "no style sheet");
    assert!(page + style <= 14_000, "page {page}, style {style} bytes");
}

/// The laws themselves: a page broken in one way is seen.
#[test]
fn a_breach_is_seen() {
    let whole = build_at(home(), &options());
    let path = "en/al/cancel-sim/index.html";
    let fallback = "sq/tw/port-number/index.html";
    let breaks = [
        (path, "<h2 id=\"steps\">", "<h2 id=\"stepz\">", "names no element"),
        (path, "<h2 id=\"steps\">", "<h2 id=\"main\">", "stands twice"),
        (path, "lang=\"en\" dir=\"ltr\"", "lang=\"en\" dir=\"rtl\"", "says lang"),
        (path, "<h1>", "<h1>A</h1><h1>", "2 headings"),
        (path, "<h1>", "<h1 style=\"x\">", "has `style`"),
        (path, "<h1>", "<h1 onclick=\"x\">", "has `onclick`"),
        (path, "<h1>", "<a href=\"java\nscript:x\"></a><h1>", "java\nscript"),
        (path, "<h1>", "<script>x</script><h1>", "a script stands"),
        (path, "<h1>", "<a href=\"/en/nowhere/\"></a><h1>", "leads nowhere"),
        (path, "<h1>", "<a href=\"nowhere\"></a><h1>", "is relative"),
        (path, "<h1>", "<b lang=\"sq\"></b><h1>", "does not say its direction"),
        (path, "<h1>", "<p><div></p><h1>", "bad HTML"),
        (path, "{\"@context\"", "\"@context\"", "JSON-LD"),
        (path, "hreflang=\"x-default\"", "hreflang=\"x\"", "no `x-default`"),
        (path, "hreflang=\"sq\" href", "hreflang=\"it\" href", "is not in `it`"),
        (path, "rel=\"canonical\"", "rel=\"x\"", "canonical is None"),
        (path, "href=\"tel:142\"", "href=\"tel:1429\"", "al/one cannot be reached at 142"),
        ("en/operators/al/one/index.html", "\"tel:142\"", "\"tel:129\"", ""),
        ("en/operators/al/one/index.html", "\"tel:142\"", "\"tel:7\"", "is in no registry"),
        (fallback, "class=\"notice fallback\"", "", "does not say so"),
        (fallback, "<article", "<article lang=\"sq\"", "language of article"),
        (fallback, "hreflang=\"en\" href", "hreflang=\"sq\" href", "claims a translation"),
        (fallback, "example/en/tw", "example/sq/tw", "canonical is"),
    ];
    let mut shown = Shown::new(&whole);
    for (path, from, to, expected) in breaks {
        let text = String::from_utf8(whole.files[path].clone()).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        let url = format!("/{}", path.trim_end_matches("index.html"));
        let kept = shown.pages.insert(url.clone(), Shape::parse(&text.replace(from, to))).unwrap();
        let found = page_breaches(&shown, &url);
        let is_seen = match expected {
            "" => found.is_empty(),
            _ => found.iter().any(|breach| breach.contains(expected)),
        };
        assert!(is_seen, "{from} → {to}: {found:#?}");
        shown.pages.insert(url, kept);
    }
}
