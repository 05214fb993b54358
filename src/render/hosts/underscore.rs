//! `_redirects` and `_headers`, which Netlify and Cloudflare read.

use crate::model::media::{FOREVER, SHORT};
use crate::model::vocabulary::Host;
use crate::render::hosts::rules::{Goal, HostRules, encoded};

/// The number of redirects that Cloudflare accepts. For the others, the pages at the old addresses lead on.
const REDIRECTS: usize = 2000;
/// The longest line that Cloudflare accepts, in bytes.
const LINE: usize = 1000;

pub fn redirects(rules: &HostRules, hosts: &[Host]) -> String {
    let line = |from, to: &Goal| format!("{} {} 301\n", encoded(from), to.encoded());
    let lines = rules.redirects.iter().map(|(from, to)| line(from, to));
    let mut text: String = lines.filter(|line| line.len() <= LINE).take(REDIRECTS).collect();
    if hosts.contains(&Host::Netlify) {
        for home in &rules.homes {
            let tags = home.tags.iter().chain(&home.primary);
            let tags: std::collections::BTreeSet<&str> = tags.map(String::as_str).collect();
            let tags = tags.into_iter().collect::<Vec<_>>().join(",");
            let (from, to) = (encoded(&rules.root), encoded(&home.url));
            text.push_str(&format!("{from} {to} 302! Language={tags}\n"));
        }
    }
    // Cloudflare finds the nearest 404.html by itself, and skips lines that it does not know.
    if hosts.contains(&Host::Netlify) {
        for (folder, page) in &rules.not_found {
            text.push_str(&format!("{}* {} 404\n", encoded(folder), encoded(page)));
        }
    }
    text
}

/// Both hosts revalidate files that have no `Cache-Control` from us, so only the assets get one: Cloudflare
/// would join two of them.
pub fn headers(rules: &HostRules) -> String {
    let root = encoded(&rules.root);
    let mut text = format!("{root}*\n");
    for (name, value) in rules.headers() {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    text.push_str(&format!("{root}assets/*\n  Cache-Control: {FOREVER}\n"));
    if let Some(worker) = &rules.worker {
        text.push_str(&format!("{}\n  Cache-Control: {SHORT}\n", encoded(worker)));
    }
    text
}
