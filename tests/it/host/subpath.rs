//! A site in a folder of its host: nothing that it says or asks for is above that folder.

use std::io::Read;

use cicerone::model::source::SourcePath;
use cicerone::pipeline::Options;
use flate2::read::GzDecoder;
use serde_json::Value;

use super::text;
use crate::html::Document;
use crate::laws::{assert_lawful, decode};
use crate::project::{Built, base, build, home, options, read};

const HOSTS: &str = "hosts: [github-pages, netlify, cloudflare, apache, nginx]\n";

/// Our guides, with a guide that has moved, as they are published at `at`.
fn published(at: &str) -> Built {
    let mut sources = read(home()).value;
    let settings = SourcePath::new("guides/site.yaml");
    let text = format!("{}{HOSTS}", sources.texts[&settings]);
    sources.texts.insert(settings, text.into());
    let guide = SourcePath::new("guides/al/cancel-sim/en.md");
    let text = sources.texts[&guide].replacen("---\n", "---\naliases: [/sim/, /旧.html]\n", 1);
    sources.texts.insert(guide, text.into());
    build(&sources, &Options { base: base(at), ..options() })
}

/// Whether the file is there that somebody gets who asks for this address.
fn is_there(built: &Built, url: &str) -> bool {
    let root = &*built.prepared.site.routes.root;
    let Some(below) = url.strip_prefix(root) else { return false };
    let below = decode(below.split(['#', '?']).next().unwrap());
    let page =
        if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below };
    built.files.contains_key(&page)
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

fn scripts(built: &Built) -> usize {
    let root = &built.prepared.site.routes.root;
    let mut asked = 0;
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let document = Document::parse(std::str::from_utf8(bytes).unwrap());
        for element in document.all() {
            for name in ["data-engine", "data-interface"] {
                if let Some(url) = element.attribute(name) {
                    assert!(is_there(built, url), "{path}: {name} is {url}");
                    asked += 1;
                }
            }
            if let Some(url) = element.attribute("data-index") {
                assert_eq!(url, format!("{root}search/"), "{path}");
            }
        }
    }
    asked
}

/// Where hits of the search lead, and where its script looks for the rest of the index.
fn hits(built: &Built) -> usize {
    let mut hits = 0;
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.contains("search/")) {
        let mut unpacked = Vec::new();
        let bytes = match GzDecoder::new(&bytes[..]).read_to_end(&mut unpacked) {
            Ok(_) => &unpacked,
            Err(_) => bytes,
        };
        let Ok(value) = serde_json::from_slice(bytes) else { continue };
        let mut found = Vec::new();
        texts(&value, &mut found);
        for url in found.iter().filter(|text| text.starts_with('/')) {
            let is_folder = url == &format!("{}assets/search/", built.prepared.site.routes.root);
            assert!(is_folder || is_there(built, url), "{path}: {url}");
            hits += 1;
        }
    }
    hits
}

fn manifests(built: &Built) {
    for language in ["en", "zh-hans", "zh-hant", "sq"] {
        let manifest = text(built, &format!("{language}/site.webmanifest"));
        let mut found = Vec::new();
        texts(&serde_json::from_str(manifest).unwrap(), &mut found);
        let urls: Vec<_> = found.iter().filter(|text| text.starts_with('/')).collect();
        assert!(urls.len() > 5 && urls.iter().all(|url| is_there(built, url)), "{urls:?}");
    }
}

/// The addresses in a host's file: whatever begins with a slash.
fn addresses(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let words = lines.flat_map(|line| line.split([' ', '"', '^', ';']));
    words.filter(|word| word.starts_with('/')).collect()
}

fn hosts(built: &Built) {
    let root = &*built.prepared.site.routes.root;
    for file in ["_redirects", "_headers", ".htaccess", "nginx.conf.example"] {
        let found = addresses(text(built, file));
        assert!(found.len() > 1, "{file}");
        for url in found {
            assert!(
                url.starts_with(root) && !url.starts_with(&format!("{root}/")),
                "{file}: {url}"
            );
        }
    }
    assert_eq!(built.files.contains_key("CNAME"), root == "/");
}

fn moved(built: &Built) {
    for (path, bytes) in &built.files {
        let page = String::from_utf8_lossy(bytes);
        let Some((_, behind)) = page.split_once("http-equiv=\"refresh\" content=\"0; url=") else {
            continue;
        };
        let url = behind.split('"').next().unwrap();
        assert!(is_there(built, url), "{path}: {url}");
    }
    assert!(built.files.contains_key("sim/index.html") && built.files.contains_key("旧.html"));
}

#[test]
fn a_site_below_a_folder_keeps_to_it() {
    for at in ["https://example.org/guides/", "https://example.org/"] {
        let built = published(at);
        assert_lawful(&built);
        assert!(scripts(&built) > 150);
        assert!(hits(&built) > 80);
        manifests(&built);
        hosts(&built);
        moved(&built);
        let robots = text(&built, "robots.txt");
        assert!(robots.contains(&format!("Sitemap: {at}sitemap.xml")), "{robots}");
    }
}

#[test]
fn an_address_above_the_folder_is_seen() {
    let built = published("https://example.org/guides/");
    assert!(is_there(&built, "/guides/en/al/cancel-sim/#steps") && is_there(&built, "/guides/"));
    for url in ["/en/al/cancel-sim/", "/guides/en/nowhere/", "/assets/style.css", "/"] {
        assert!(!is_there(&built, url), "{url}");
    }
    assert_eq!(addresses("  location = \"/a\" { return 301 /b/; }\n# /c\n"), ["/a", "/b/"]);
}
