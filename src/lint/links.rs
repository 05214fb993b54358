//! Links to other sites: the site's policy, pictures loaded from elsewhere, parameters that track readers.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::lint::file::LintedFile;
use crate::lint::hosts::{self, allows, host, is_of};
use crate::lint::misleading;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::markup::{Link, LinkKind};
use crate::model::site::Site;

/// The hosts that the registry itself sends readers to, in the form of `hosts::host`.
pub type OwnHosts = BTreeSet<String>;

pub fn own_hosts(site: &Site) -> OwnHosts {
    let operators = site.registry.operators.values().map(|one| (&one.website, &one.channels));
    let regulators = site.registry.countries.values().filter_map(|one| one.regulator.as_ref());
    let registered = operators.chain(regulators.map(|one| (&one.website, &one.channels)));
    let addresses = registered.flat_map(|(website, channels)| {
        website.iter().chain(channels.iter().filter_map(|one| one.value.as_ref()))
    });
    let origin = host(&site.config.base.origin);
    addresses.filter_map(|address| host(&address.value)).chain(origin).collect()
}

pub fn check(page: &LintedFile<'_>, own: &OwnHosts, diagnostics: &mut Vec<Diagnostic>) {
    let policy = &page.site.config.links;
    let mut strangers = 0;
    for link in page.text.links.iter() {
        let Some(host) = host(link.target) else { continue };
        let range = place(page, &link);
        if link.kind == LinkKind::Image {
            diagnostics.push(remote(page, range.clone(), &host));
        } else {
            diagnostics.extend(tracking(page, range.clone(), link.target));
        }
        if !allows(policy, &host) && link.kind == LinkKind::Link {
            strangers += 1;
            if policy.max.is_some_and(|max| strangers == max + 1) {
                diagnostics.push(too_many(page, range.clone()));
            }
        }
        diagnostics.extend(judged(page, own, range, &host, link.kind));
    }
    sources(page, own, diagnostics);
    misleading::check(page, own, diagnostics);
    title(page, diagnostics);
}

/// Checks the addresses under `sources`, which lead readers away like any other link.
fn sources(page: &LintedFile<'_>, own: &OwnHosts, diagnostics: &mut Vec<Diagnostic>) {
    let Some(facts) = page.text.facts() else { return };
    for url in facts.sources.iter().filter_map(|source| source.url.as_ref()) {
        let Some(host) = host(&url.value) else { continue };
        diagnostics.extend(tracking(page, url.span.range(), &url.value));
        diagnostics.extend(judged(page, own, url.span.range(), &host, LinkKind::Link));
    }
}

fn judged(
    page: &LintedFile<'_>,
    own: &OwnHosts,
    range: Range<usize>,
    host: &str,
    kind: LinkKind,
) -> Option<Diagnostic> {
    let config = &page.site.config;
    let policy = &config.links;
    if let Some(blocked) = policy.block.iter().find(|blocked| is_of(host, &blocked.value)) {
        return Some(
            page.fault(Code::BlockedHost, range, format!("`{host}` is blocked on this site"))
                .related(&config.path, blocked.span, "blocked here")
                .hint("take the link out"),
        );
    }
    let known = allows(policy, host)
        || hosts::is_messenger(host)
        || kind == LinkKind::Image
        || own.contains(host);
    (!policy.allow.is_empty() && !known).then(|| {
        page.fault(Code::UnlistedHost, range, format!("`{host}` is not among the allowed hosts"))
            .hint("take the link out, or add the host with a reason to `links: {allow: …}` in `guides/site.yaml`")
    })
}

fn remote(page: &LintedFile<'_>, range: Range<usize>, host: &str) -> Diagnostic {
    page.fault(Code::RemoteImage, range, format!("this picture is loaded from `{host}`"))
        .hint("save it beside the guide and link to it by its name: the other site sees every reader, and may change it")
}

fn too_many(page: &LintedFile<'_>, range: Range<usize>) -> Diagnostic {
    let config = &page.site.config;
    let max = config.links.max.unwrap_or(0);
    page.fault(Code::TooManyLinks, range, format!("more than {max} links lead to other sites"))
        .hint("keep those that a reader needs, or raise `links: {max: …}` in `guides/site.yaml`")
}

/// Parameters that tell another site where its readers come from.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "spm",
    "scm",
    "ref_src",
    "ref_url",
    "_hsenc",
    "_hsmi",
    "vero_id",
    "oly_enc_id",
    "oly_anon_id",
    "ttclid",
    "twclid",
    "li_fat_id",
    "s_cid",
];

fn tracking(page: &LintedFile<'_>, range: Range<usize>, target: &str) -> Option<Diagnostic> {
    let query = target.split('#').next()?.split_once('?')?.1;
    let name = |part: &'static str| part;
    let found =
        query.split('&').map(|part| part.split('=').next().unwrap_or(part)).find(|part| {
            let lower = part.to_lowercase();
            lower.starts_with("utm_") || TRACKING.iter().any(|known| name(known) == lower)
        })?;
    let message = format!("`{found}` tells the other site where its readers come from");
    let hint = "take it out of the address; the link works without it";
    Some(page.fault(Code::TrackingLink, range, message).hint(hint))
}

/// Reports a link in a title, because titles are shown in lists, where they are links themselves.
fn title(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let title = &page.text.title;
    if title.value.contains("](") || title.value.contains("://") {
        let hint = "put the link into the text; a title is words alone";
        diagnostics.push(
            page.fault(Code::LinkInHeading, title.span.range(), "a link stands in the title")
                .hint(hint),
        );
    }
}

/// Where a link stands. Within a value of the front matter this is the address alone, if it can be found.
pub fn place(page: &LintedFile<'_>, link: &Link<'_>) -> Range<usize> {
    let range = link.span.range();
    if range.start >= page.prose.body {
        return range;
    }
    let within = page.source.get(range.clone()).and_then(|text| text.find(link.target));
    within.map_or(range.clone(), |at| range.start + at..range.start + at + link.target.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_found_whatever_stands_round_them() {
        let known = |target| host(target);
        assert_eq!(known("https://WWW.One.al:443/x?y"), Some("one.al".to_owned()));
        assert_eq!(known("//t.me/x"), Some("t.me".to_owned()));
        assert_eq!(known("https://one.al@evil.example/"), Some("evil.example".to_owned()));
        assert_eq!(known("mailto:a@b.c"), None);
        assert_eq!(known("../x/"), None);
    }

    #[test]
    fn a_host_stands_for_those_below_it() {
        assert!(is_of("care.one.al", "one.al") && is_of("one.al", "www.one.al"));
        assert!(!is_of("phone.al", "one.al"));
    }
}
