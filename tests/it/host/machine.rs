//! Sitemaps, feeds and `robots.txt` are what their standards say, whatever a title holds.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::text;
use crate::project::{Built, build, build_at, home, options, sources};

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const ATOM: &str = "http://www.w3.org/2005/Atom";

fn names(node: Node<'_, '_>) -> Vec<String> {
    node.children().filter(Node::is_element).map(|one| one.tag_name().name().to_owned()).collect()
}

fn of<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    node.children().filter(|one| one.tag_name().name() == name).collect()
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") && url.is_ascii() && !url.contains([' ', '<', '>', '"'])
}

fn is_day(text: &str) -> bool {
    let form: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    form == "0000-00-00"
}

/// The schema of sitemaps.org, and what search engines say of `hreflang` in one.
fn sitemap(text: &str) -> BTreeSet<String> {
    let document = Document::parse(text).unwrap();
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), root.tag_name().namespace()), ("urlset", Some(SITEMAP)));
    assert!(text.len() < 50 << 20 && !names(root).is_empty() && names(root).len() <= 50_000);
    let mut known = BTreeSet::new();
    for url in root.children().filter(Node::is_element) {
        assert_eq!(url.tag_name().name(), "url");
        let order = ["loc", "lastmod", "changefreq", "priority", "link"];
        let places = names(url);
        let places = places.iter().map(|name| order.iter().position(|one| one == name).unwrap());
        assert!(places.is_sorted(), "{:?}", names(url));
        let locations = of(url, "loc");
        let [location] = locations.as_slice() else { panic!("{} addresses", locations.len()) };
        let location = location.text().unwrap();
        assert!(is_absolute(location) && location.len() < 2048, "{location}");
        assert!(known.insert(location.to_owned()), "{location} stands twice");
        for day in of(url, "lastmod") {
            assert!(is_day(day.text().unwrap()), "{day:?}");
        }
        let links = of(url, "link");
        for link in &links {
            assert_eq!(link.tag_name().namespace(), Some(XHTML));
            assert_eq!(link.attribute("rel"), Some("alternate"));
            assert!(is_absolute(link.attribute("href").unwrap()));
        }
        let tongues: BTreeSet<_> = links.iter().map(|link| link.attribute("hreflang")).collect();
        assert_eq!(tongues.len(), links.len(), "a language stands twice");
        let names_itself = links.iter().any(|link| link.attribute("href") == Some(location));
        assert!(links.is_empty() || names_itself, "{location} is not among its languages");
    }
    known
}

/// What RFC 4287 asks of a feed and its entries.
fn feed(text: &str) -> usize {
    let document = Document::parse(text).unwrap();
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), root.tag_name().namespace()), ("feed", Some(ATOM)));
    let one = |node, name| -> String {
        let found = of(node, name);
        assert_eq!(found.len(), 1, "{name}");
        found[0].text().unwrap_or_default().trim().to_owned()
    };
    let is_time = |time: &str| time.strip_suffix("T00:00:00Z").is_some_and(is_day);
    assert!(is_absolute(&one(root, "id")) && is_time(&one(root, "updated")));
    assert!(!one(root, "title").is_empty());
    let authors = of(root, "author");
    assert!(!one(authors[0], "name").is_empty());
    let own = of(root, "link").into_iter().find(|link| link.attribute("rel") == Some("self"));
    assert!(is_absolute(own.unwrap().attribute("href").unwrap()));
    let entries = of(root, "entry");
    let mut ids = BTreeSet::new();
    let mut times = Vec::new();
    for entry in &entries {
        assert!(!one(*entry, "title").is_empty());
        assert!(is_absolute(&one(*entry, "id")) && ids.insert(one(*entry, "id")));
        times.push(one(*entry, "updated"));
        assert!(is_time(&times[times.len() - 1]));
        // Without content there has to be a link to it.
        let link = of(*entry, "link")[0];
        assert!(link.attribute("rel").is_none() && is_absolute(link.attribute("href").unwrap()));
        assert!(of(*entry, "summary").len() <= 1);
    }
    assert!(times.is_sorted_by(|a, b| a >= b), "newest first");
    let newest = times.first();
    assert!(newest.is_none_or(|newest| *newest == one(root, "updated")));
    entries.len()
}

/// Groups of an agent with its rules, and whole addresses of sitemaps (RFC 9309).
fn robots(built: &Built) -> Vec<String> {
    let mut sitemaps = Vec::new();
    let mut has_agent = false;
    for line in text(built, "robots.txt").lines().filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").unwrap();
        match name {
            "User-agent" => has_agent = true,
            "Allow" | "Disallow" => assert!(has_agent && value.starts_with('/'), "{line}"),
            "Sitemap" => sitemaps.push(value.to_owned()),
            _ => panic!("{line}"),
        }
    }
    assert!(has_agent);
    sitemaps
}

#[test]
fn what_programs_read_of_our_guides_is_valid() {
    let built = build_at(home(), &options());
    let listed = sitemap(text(&built, "sitemap.xml"));
    assert!(listed.len() > 150, "{}", listed.len());
    for language in ["en", "zh-hans", "zh-hant", "sq"] {
        assert!(feed(text(&built, &format!("{language}/feed.xml"))) > 3);
    }
    assert_eq!(robots(&built), ["https://cicerone.example/sitemap.xml"]);
}

#[test]
fn a_title_with_anything_in_it_keeps_them_valid() {
    let hostile = "\"\\x01<b>&amp; ]]> \\\"it's\\\" \\uFFFE 注销\\t\"";
    let guide = format!(
        "---\ntitle: {hostile}\nsummary: {hostile}\nreview: {{verified: 2026-08-22}}\n---\n"
    );
    let site =
        format!("title: {hostile}\nlanguages: [en, zh-Hans]\nbase_url: https://a.example/\n");
    let built =
        build(&sources(&[("guides/site.yaml", &site), ("guides/注 销/en.md", &guide)]), &options());
    assert!(sitemap(text(&built, "sitemap.xml")).len() > 5);
    assert_eq!(feed(text(&built, "en/feed.xml")), 1);
    assert_eq!(feed(text(&built, "zh-hans/feed.xml")), 0);
}

#[test]
fn without_an_address_there_is_nothing_that_needs_one() {
    let sources = sources(&[
        ("guides/site.yaml", "title: A\nlanguages: [en, sq]\n"),
        ("guides/a/en.md", "---\ntitle: A\naliases: [/old/]\n---\n"),
    ]);
    let built = build(&sources, &options());
    assert_eq!(robots(&built), Vec::<String>::new());
    assert!(!built.files.contains_key("sitemap.xml"));
    assert!(!built.files.contains_key("en/feed.xml"));
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        for word in ["canonical", "hreflang=\"x-default\"", "og:url", "atom+xml", "\"item\":"] {
            assert!(!page.contains(word), "{path} has {word}");
        }
    }
}
