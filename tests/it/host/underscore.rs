//! `_redirects` and `_headers` by the rules that Netlify and Cloudflare document.

use super::text;
use crate::laws::decode;
use crate::project::{Built, build, sources};

fn site(hosts: &str, aliases: usize) -> Built {
    let settings =
        format!("title: A\nlanguages: [en, sq]\nhosts: {hosts}\nbase_url: https://a.example/\n");
    let aliases: Vec<String> = (0..aliases).map(|n| format!("/old/{n}/")).collect();
    let guide = format!("---\ntitle: A\naliases: [{}]\n---\n", aliases.join(", "));
    build(
        &sources(&[("guides/site.yaml", &settings), ("guides/al/a/en.md", &guide)]),
        &crate::project::options(),
    )
}

/// From, to, status: three words a line, addresses from the root, nothing twice.
fn redirects(built: &Built) -> Vec<(String, String, u16)> {
    let mut found: Vec<(String, String, u16)> = Vec::new();
    let lines = text(built, "_redirects").lines().filter(|line| !line.starts_with('#'));
    for line in lines.filter(|line| !line.contains(" Language=")) {
        assert!(line.len() <= 1000, "{line}");
        let words: Vec<&str> = line.split(' ').collect();
        let [from, to, status] = words.as_slice() else { panic!("{line}") };
        assert!(from.starts_with('/') && to.starts_with('/') && line.is_ascii(), "{line}");
        assert!(from.matches('*').count() <= 1 && (!from.contains('*') || from.ends_with("/*")));
        assert!(!found.iter().any(|(known, _, _)| known == from), "{from} stands twice");
        assert!(built.files.contains_key(file(to).as_str()), "{to} leads nowhere");
        found.push(((*from).to_owned(), (*to).to_owned(), status.parse().unwrap()));
    }
    found
}

fn file(url: &str) -> String {
    let path = decode(url.trim_start_matches('/'));
    if path.ends_with('/') || path.is_empty() { format!("{path}index.html") } else { path }
}

/// Patterns, each with indented `Name: value` lines.
fn headers(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut rules: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in text.lines() {
        assert!(line.len() <= 2000, "{line}");
        match line.strip_prefix("  ") {
            Some(header) => {
                let (name, value) = header.split_once(": ").unwrap();
                let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
                assert!(is_name && !value.is_empty() && value.is_ascii(), "{line}");
                rules.last_mut().unwrap().1.push((name.to_owned(), value.to_owned()));
            }
            None => {
                assert!(line.starts_with('/') && line.matches('*').count() <= 1, "{line}");
                rules.push((line.to_owned(), Vec::new()));
            }
        }
    }
    assert!(rules.len() <= 100);
    rules
}

#[test]
fn old_addresses_lead_on_within_the_limits_of_the_host() {
    let built = site("[cloudflare]", 2100);
    let found = redirects(&built);
    assert_eq!(found.len(), 2000);
    assert!(found.iter().all(|(_, to, status)| to == "/en/al/a/" && *status == 301));
    // The others lead on by their pages.
    assert!(text(&built, "old/2099/index.html").contains("url=/en/al/a/"));
}

#[test]
fn netlify_is_told_the_page_of_each_language_for_what_is_not_there() {
    let languages = [
        ("/en/*".to_owned(), "/en/404.html".to_owned(), 404),
        ("/sq/*".to_owned(), "/sq/404.html".to_owned(), 404),
    ];
    for hosts in ["[netlify]", "[cloudflare, netlify]", "[netlify, cloudflare]"] {
        let found = redirects(&site(hosts, 1));
        assert_eq!(found.len(), 3, "{hosts}");
        assert_eq!(found[1..], languages, "{hosts}");
    }
    // The root leads to the reader's language.
    let built = site("[netlify]", 1);
    let welcome: Vec<&str> =
        text(&built, "_redirects").lines().filter(|line| line.contains(" Language=")).collect();
    assert_eq!(welcome, ["/ /en/ 302! Language=en", "/ /sq/ 302! Language=sq"]);
    assert!(!text(&site("[cloudflare]", 1), "_redirects").contains("Language="));
    let alone = redirects(&site("[cloudflare]", 1));
    assert!(alone.iter().all(|(_, _, status)| [301, 302, 303, 307, 308].contains(status)));
}

#[test]
fn addresses_are_encoded_and_long_ones_left_to_their_pages() {
    let long = format!("/{}/", vec!["注".repeat(60); 3].join("/"));
    let aliases = format!("aliases: [/old page/, /旧/, {long}]\n");
    let settings = "title: A\nlanguages: [en]\nhosts: [cloudflare]\n";
    let guide = format!("---\ntitle: A\n{aliases}---\n");
    let built = build(
        &sources(&[("guides/site.yaml", settings), ("guides/a/en.md", &guide)]),
        &crate::project::options(),
    );
    let found: Vec<String> = redirects(&built).into_iter().map(|(from, _, _)| from).collect();
    assert_eq!(found, ["/old%20page/", "/%E6%97%A7/"]);
}

#[test]
fn headers_are_strict_and_only_fingerprinted_files_are_kept_for_ever() {
    let built = site("[cloudflare]", 0);
    let rules = headers(text(&built, "_headers"));
    let [(everything, security), (assets, caching)] = rules.as_slice() else { panic!("{rules:?}") };
    assert_eq!((everything.as_str(), assets.as_str()), ("/*", "/assets/*"));
    let value = |name: &str| &security.iter().find(|(known, _)| known == name).unwrap().1;
    assert_eq!(value("X-Content-Type-Options"), "nosniff");
    assert!(value("Content-Security-Policy").starts_with("default-src 'none'; script-src 'self'"));
    assert!(!security.iter().any(|(name, _)| name == "Cache-Control"));
    let forever = ("Cache-Control".to_owned(), "public, max-age=31536000, immutable".to_owned());
    assert_eq!(*caching, [forever]);
    let kept = built.files.keys().filter(|path| path.starts_with("assets/"));
    let is_named = |path: &str| {
        let digits =
            |part: &str| part.len() - part.trim_end_matches(|c: char| c.is_ascii_hexdigit()).len();
        path.split(['.', '/', '-']).any(|part| digits(part) >= 6)
    };
    for path in kept {
        assert!(is_named(path), "{path} has no fingerprint");
    }
}
