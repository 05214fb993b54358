//! `_redirects` and `_headers`, which Netlify and Cloudflare read.

use super::{FOREVER, Rules, SECURITY};
use crate::model::vocabulary::Host;

/// As many as Cloudflare takes. The others lead on by their pages.
const REDIRECTS: usize = 2000;
/// Bytes of a line that Cloudflare takes.
const LINE: usize = 1000;

pub fn redirects(rules: &Rules, hosts: &[Host]) -> String {
    let lines = rules.redirects.iter().map(|(from, to)| format!("{from} {to} 301\n"));
    let mut text: String = lines.filter(|line| line.len() <= LINE).take(REDIRECTS).collect();
    if hosts.contains(&Host::Netlify) {
        for home in &rules.homes {
            let tags = home.tags.iter().chain(&home.primary);
            let tags: std::collections::BTreeSet<&str> = tags.map(String::as_str).collect();
            let tags = tags.into_iter().collect::<Vec<_>>().join(",");
            text.push_str(&format!("{} {} 302! Language={tags}\n", rules.root, home.url));
        }
    }
    // Cloudflare looks for the nearest 404.html by itself, and passes over lines that it does not know.
    if hosts.contains(&Host::Netlify) {
        for (folder, page) in &rules.not_found {
            text.push_str(&format!("{folder}* {page} 404\n"));
        }
    }
    text
}

/// Both hosts ask anew for what has no `Cache-Control` of ours; Cloudflare would join two of them.
pub fn headers(rules: &Rules) -> String {
    let mut text = format!("{}*\n", rules.root);
    for (name, value) in SECURITY {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    text.push_str(&format!("{}assets/*\n  Cache-Control: {FOREVER}\n", rules.root));
    text
}
