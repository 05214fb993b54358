//! Where links lead.

use std::collections::{BTreeMap, BTreeSet};

use cicerone::model::guide::{ChannelChoice, Step};
use cicerone::model::operator::{Channel, Operator};
use cicerone::model::site::{Guide, PageKey};
use cicerone::model::vocabulary::ChannelKind;

use super::{Shown, decode};
use crate::html::{Document, Element};

const ADDRESSES: &[&str] = &["href", "src", "action", "poster", "cite", "data"];

/// The addresses in a page: attributes, previews, structured data.
fn addresses(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    for element in document.all() {
        let attributes = element.attributes.iter();
        let urls = attributes.filter(|(name, _)| ADDRESSES.contains(&name.as_str()));
        found.extend(urls.map(|(_, url)| url.clone()));
        let property = element.attribute("property").unwrap_or("");
        if ["og:url", "og:image"].contains(&property) {
            found.push(element.attribute("content").unwrap_or("").to_owned());
        }
        if element.attribute("type") == Some("application/ld+json")
            && let Ok(value) = serde_json::from_str(&element.text())
        {
            texts(&value, &mut found);
        }
    }
    found
}

/// The texts of structured data that are addresses.
fn texts(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) if text.contains("://") => found.push(text.clone()),
        serde_json::Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}

/// Every address of ours is a file of the site, every anchor an element of that page.
pub fn leads_somewhere(shown: &Shown<'_>, url: &str, document: &Document) -> Vec<String> {
    addresses(document).iter().filter_map(|address| leads_nowhere(shown, url, address)).collect()
}

fn leads_nowhere(shown: &Shown<'_>, url: &str, address: &str) -> Option<String> {
    let (path, anchor) = match address.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (address, None),
    };
    let target = match shown.below(path) {
        _ if address.is_empty() => return Some("an empty address".to_owned()),
        _ if path.is_empty() => url.to_owned(),
        Some(path) if path.starts_with(&shown.site.routes.root) => decode(path),
        Some(_) => return Some(format!("`{address}` leads above the site")),
        None => {
            let known = ["https:", "http:", "tel:", "sms:", "mailto:"];
            let is_known = known.iter().any(|scheme| address.starts_with(scheme));
            // Whatever the program makes begins at the host's root.
            return (!is_known).then(|| format!("`{address}` is relative or of an unknown kind"));
        }
    };
    if !shown.urls.contains(&target) {
        return Some(format!("`{address}` leads nowhere"));
    }
    let anchor = decode(anchor?);
    let is_there = shown.pages.get(&target).is_some_and(|page| page.ids.contains(&anchor));
    (!is_there).then(|| format!("`{address}` names no element of `{target}`"))
}

fn link_of(document: &Document, rel: &str) -> Option<String> {
    let links = document.named("link");
    let link = links.iter().find(|link| link.attribute("rel") == Some(rel))?;
    link.attribute("href").map(str::to_owned)
}

fn alternates_of(document: &Document) -> Vec<(String, String)> {
    let links = document.named("link");
    let links = links.iter().filter(|link| link.attribute("rel") == Some("alternate"));
    let pair = |link: &&Element| {
        let (tag, href) = (link.attribute("hreflang")?, link.attribute("href")?);
        Some((tag.to_owned(), href.to_owned()))
    };
    links.filter_map(pair).collect()
}

/// Where an old address leads on to.
fn moved(document: &Document) -> Option<String> {
    let refresh = |meta: &&&Element| meta.attribute("http-equiv") == Some("refresh");
    let content = document.named("meta").iter().find(refresh)?.attribute("content")?;
    content.split_once("url=").map(|(_, url)| url.to_owned())
}

/// `hreflang` names real translations, each of which names the same; canonical is the page itself.
pub fn alternates(shown: &Shown<'_>, url: &str, document: &Document) -> Vec<String> {
    let alternates = alternates_of(document);
    let canonical = link_of(document, "canonical");
    if url.ends_with("404.html") {
        let is_silent = canonical.is_none() && alternates.is_empty();
        return if is_silent { vec![] } else { vec!["nobody should find this page".to_owned()] };
    }
    if shown.site.routes.origin.is_empty() {
        // Both want whole addresses.
        let is_silent = canonical.is_none() && alternates.is_empty();
        return if is_silent { vec![] } else { vec!["the site has no whole address".to_owned()] };
    }
    if let Some(target) = moved(document) {
        // An old address leads on, and leaves its place to the new one.
        let is_same = canonical.as_deref().is_some_and(|canonical| canonical.ends_with(&target));
        return if is_same && alternates.is_empty() {
            vec![]
        } else {
            vec![format!("moved to `{target}`, and canonical is {canonical:?}")]
        };
    }
    let mut breaches = Vec::new();
    let expected = match shown.fallbacks.get(url) {
        Some((original, _)) => decode(original),
        None => url.to_owned(),
    };
    let canonical = canonical.map(|canonical| decode(&canonical));
    if canonical != Some(shown.absolute(&expected)) {
        breaches.push(format!("canonical is {canonical:?}, not `{expected}`"));
    }
    let tags: BTreeMap<_, _> = alternates.iter().cloned().collect();
    if tags.len() != alternates.len() {
        breaches.push("two `hreflang` of one language".to_owned());
    }
    let Some(default) = tags.get("x-default") else {
        breaches.push("no `x-default`".to_owned());
        return breaches;
    };
    let is_chooser = decode(default) == shown.absolute(&decode(&shown.site.routes.root));
    if !is_chooser && !tags.iter().any(|(tag, href)| tag != "x-default" && href == default) {
        breaches.push(format!("`x-default` is `{default}`, which is no translation"));
    }
    let own = shown.language(url).tag();
    let claims_itself = tags.get(own).is_some_and(|href| decode(href) == shown.absolute(url));
    let is_root = url == decode(&shown.site.routes.root);
    if shown.fallbacks.contains_key(url) {
        if tags.contains_key(own) {
            breaches.push(format!("`hreflang` claims a translation into `{own}`"));
        }
    } else if !claims_itself && !is_root {
        breaches.push("`hreflang` does not name this page".to_owned());
    }
    for (tag, href) in tags.iter().filter(|(tag, _)| *tag != "x-default") {
        breaches.extend(not_reciprocal(shown, &tags, tag, href));
    }
    breaches
}

fn not_reciprocal(
    shown: &Shown<'_>,
    tags: &BTreeMap<String, String>,
    tag: &str,
    href: &str,
) -> Option<String> {
    let target = decode(shown.below(href)?);
    let Some(page) = shown.pages.get(&target) else {
        return Some(format!("`hreflang` {tag} leads to no page: `{href}`"));
    };
    if page.document.html().attribute("lang") != Some(tag) {
        return Some(format!("`{href}` is not in `{tag}`"));
    }
    if shown.fallbacks.contains_key(&target) {
        return Some(format!("`{href}` is no translation into `{tag}`"));
    }
    let back: BTreeMap<_, _> = alternates_of(&page.document).into_iter().collect();
    (back != *tags).then(|| format!("`{href}` names other translations: {back:?}"))
}

/// What is told to programs: every address there is, and no page that is shown in another language.
pub fn listed(shown: &Shown<'_>, name: &str, text: &str) -> Vec<String> {
    let origin = &shown.site.routes.origin;
    let mut breaches = Vec::new();
    if origin.is_empty() {
        return breaches;
    }
    for (at, _) in text.match_indices(origin.as_str()) {
        let rest = &text[at + origin.len()..];
        let end = |c: char| c.is_whitespace() || "<>\"')]".contains(c);
        let path = &rest[..rest.find(end).unwrap_or(rest.len())];
        if !path.starts_with('/') {
            continue;
        }
        let path = decode(path.split('#').next().unwrap());
        if !shown.urls.contains(&path) {
            breaches.push(format!("{name}: `{path}` leads nowhere"));
        }
        if name.contains("sitemap") && shown.fallbacks.contains_key(&path) {
            breaches.push(format!("{name}: `{path}` is not translated"));
        }
    }
    breaches
}

/// A number as it is dialled.
fn dialled(value: &str) -> String {
    value.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#')).collect()
}

/// Every number that can be tapped is in the registry.
pub fn tappable(shown: &Shown<'_>, url: &str, document: &Document) -> Vec<String> {
    let registry = &shown.site.registry;
    let values = |channels: &[Channel]| -> Vec<String> {
        channels.iter().filter_map(|one| Some(dialled(&one.value.as_ref()?.value))).collect()
    };
    let mut known: BTreeSet<String> = BTreeSet::new();
    for operator in registry.operators.values() {
        known.extend(values(&operator.channels));
    }
    for country in registry.countries.values() {
        known.extend(country.emergency.iter().map(|one| dialled(&one.value.value)));
        known.extend(country.regulator.iter().flat_map(|one| values(&one.channels)));
    }
    let is_operator = url.contains("/operators/");
    let mut breaches = Vec::new();
    for link in document.named("a") {
        let Some(number) = link.attribute("href").and_then(|href| href.strip_prefix("tel:")) else {
            continue;
        };
        if !known.contains(&decode(number)) && is_operator {
            breaches.push(format!("`tel:{number}` is in no registry"));
        }
    }
    breaches
}

/// On a guide's page, each operator's channels that a step asks for can be tapped below its name.
pub fn channels(shown: &Shown<'_>, url: &str, document: &Document) -> Vec<String> {
    let guide = shown.site.guides.iter().find(|(id, _)| {
        let routes = &shown.site.routes.pages[&PageKey::Guide((*id).clone())];
        routes.iter().any(|route| decode(&route.url) == url)
    });
    let wanted = guide.map(|(_, guide)| wanted(shown, guide)).unwrap_or_default();
    let missing =
        wanted.iter().filter(|(operator, number)| !is_tappable(document, operator, number));
    missing.map(|(operator, number)| format!("{operator} cannot be reached at {number}")).collect()
}

/// The operators and numbers that the steps of a guide ask for.
fn wanted(shown: &Shown<'_>, guide: &Guide) -> Vec<(String, String)> {
    let facts = guide.facts();
    let mut found = Vec::new();
    let mut steps: Vec<&Step> = facts.steps.iter().collect();
    while let Some(step) = steps.pop() {
        steps.extend(&step.steps);
        for id in facts.operators.iter().map(|id| &id.value) {
            let limited = &step.item.operators;
            if !limited.is_empty() && limited.iter().all(|one| one.value != *id) {
                continue;
            }
            let operator = &shown.site.registry.operators[id];
            found.extend(asked(operator, step).map(|number| (id.to_string(), number)));
        }
    }
    found
}

fn asked<'a>(operator: &'a Operator, step: &'a Step) -> impl Iterator<Item = String> + 'a {
    let is_asked = |channel: &&Channel| {
        step.channels.iter().any(|choice| match &choice.value {
            ChannelChoice::Kind(kind) => channel.kind == *kind,
            ChannelChoice::One(of, id) => *of == operator.id && channel.id.value == *id,
        })
    };
    let phones = operator.channels.iter().filter(is_asked);
    let phones = phones.filter(|channel| channel.kind == ChannelKind::Phone);
    phones.filter_map(|channel| Some(dialled(&channel.value.as_ref()?.value)))
}

fn is_tappable(page: &Document, operator: &str, number: &str) -> bool {
    let href = format!("tel:{number}");
    page.all().iter().any(|part| {
        let operators = part.attribute("data-operator").unwrap_or("");
        operators.split(' ').any(|one| one == operator)
            && part.descendants().iter().any(|link| link.attribute("href") == Some(&href))
    })
}
