//! Paths and addresses, and the files of hosts that are made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use cicerone::model::address::{Address, check_name};
use cicerone::model::output::OutputPath;
use cicerone::model::percent;

use super::site::fixed;
use super::text;

/// The first words of the lines of each host's file.
static KNOWN: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let front = "title: A\naliases: [/old/, /old.html]\n";
    let files = fixed(&[("guides/a/en.md", format!("---\n{front}---\n"))], "none");
    let words = |text: &[u8]| first_words(&String::from_utf8_lossy(text)).collect();
    hosts(&files).map(|(path, text)| (path.clone(), words(text))).collect()
});

const HOSTS: &[&str] = &["_headers", "_redirects", ".htaccess", "nginx.conf.example", "CNAME"];

fn hosts(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    files.iter().filter(|(path, _)| HOSTS.contains(&path.as_str()))
}

fn first_words(text: &str) -> impl Iterator<Item = String> {
    let lines = text.split('\n').filter_map(|line| line.split_whitespace().next());
    lines.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// The first line is a slug, the second the name of a folder, the third where a link leads; the others are aliases.
pub fn addresses(data: &[u8]) {
    let text = text(data);
    let mut lines = text.split('\n');
    let (slug, folder, link) =
        (lines.next().unwrap_or(""), lines.next().unwrap_or(""), lines.next().unwrap_or(""));
    let aliases: Vec<&str> = lines.take(20).collect();
    for line in text.split('\n') {
        one(line);
    }
    let aliases: Vec<String> = aliases.iter().map(|alias| quoted(alias)).collect();
    let mut front = format!("title: A\naliases: [{}]\n", aliases.join(", "));
    if !slug.is_empty() {
        front.push_str(&format!("slug: {}\n", quoted(slug)));
    }
    let folder = match folder {
        "" | "." | ".." => "a",
        _ if folder.contains('/') || folder.len() > 255 => "a",
        _ => folder,
    };
    let path = format!("guides/{folder}/en.md");
    let body = format!("[a]({link})\n\n[b](<{link}>)\n\n![c]({link})\n");
    let files = fixed(&[(&path, format!("---\n{front}---\n{body}"))], "");
    for (path, text) in hosts(&files) {
        let text = std::str::from_utf8(text).unwrap_or_else(|_| panic!("{path} is no UTF-8"));
        assert!(
            !text.contains(|c: char| c.is_control() && c != '\n'),
            "{path} has control characters"
        );
        host(path, text);
    }
}

/// In double quotes, as YAML and JSON have them.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Every way to read a text as an address.
fn one(text: &str) {
    if let Ok(address) = Address::parse(text) {
        let url = address.url("/");
        assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "{url}");
        assert_eq!(Address::of_url(&url).as_ref(), Some(&address), "{text:?}");
        let path = OutputPath::parse(&address.file());
        assert!(path.is_some(), "{address:?} leads out of the site");
        assert!(!address.as_str().contains(char::is_control), "{address:?}");
    }
    if let Some(address) = Address::of_url(text) {
        assert_eq!(Address::of_url(&address.url("/")).as_ref(), Some(&address), "{text:?}");
    }
    if let Some(path) = OutputPath::parse(text) {
        assert!(!path.as_str().split('/').any(|part| matches!(part, "" | "." | "..")), "{path}");
    }
    if check_name(text).is_ok() {
        assert!(!text.contains(['/', '\\', '\n']) || text.contains('/'), "{text:?}");
    }
    assert_eq!(percent::decode(&percent::encode(text)).as_deref(), Ok(text));
    percent::decode_parts(text);
}

/// No line that a writer made begins otherwise than ours do, and every quote is closed.
fn host(path: &str, text: &str) {
    let known = &KNOWN[path];
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or("");
        if path == "_redirects" {
            assert!(first.starts_with('/'), "{path}: {line}");
            let rest: Vec<&str> = words.collect();
            let is_ours = rest.len() == 2 || rest.len() == 3 && rest[2].starts_with("Language=");
            assert!(is_ours && ["301", "302!", "404"].contains(&rest[1]), "{path}: {line}");
            continue;
        }
        assert!(first.is_empty() || known.contains(first), "{path}: {line}");
        let quotes = line.replace("\\\\", "").replace("\\\"", "").matches('"').count();
        assert!(quotes % 2 == 0, "{path}: {line}");
    }
}
