//! What holds for a page by itself.

use std::collections::BTreeSet;

use super::Shown;
use crate::html::{Document, Element};

/// Well-formed, in its language, with one heading and ids that name one element each.
pub fn whole(shown: &Shown<'_>, url: &str, document: &Document) -> Vec<String> {
    let mut breaches: Vec<String> =
        document.errors.iter().map(|error| format!("bad HTML: {error}")).collect();
    let language = shown.language(url);
    let html = document.html();
    let (lang, dir) = (html.attribute("lang"), html.attribute("dir"));
    if lang != Some(language.tag()) || dir != Some(direction(language.tag())) {
        breaches.push(format!("is in `{language}`, and says lang {lang:?}, dir {dir:?}"));
    }
    let headings = document.named("h1");
    if headings.len() != 1 || headings.iter().any(|heading| heading.text().trim().is_empty()) {
        breaches.push(format!("has {} headings of the first level", headings.len()));
    }
    let mut ids = BTreeSet::new();
    for id in &shown.pages[url].ids {
        if !ids.insert(id) {
            breaches.push(format!("the id `{id}` stands twice"));
        }
        if id.is_empty() || id.contains(char::is_whitespace) {
            breaches.push(format!("the id {id:?} cannot be linked to"));
        }
    }
    let titles = document.named("title");
    let title = titles.iter().find(|title| !title.text().trim().is_empty());
    if title.is_none() {
        breaches.push("has no title".to_owned());
    }
    breaches.extend(nested_tongues(html, None));
    breaches
}

/// Known to the tests by themselves, not from the program that they test.
fn direction(tag: &str) -> &'static str {
    let language = tag.split('-').next().unwrap();
    if ["ar", "fa", "he", "ur"].contains(&language) { "rtl" } else { "ltr" }
}

/// Each `lang` that changes the language says the direction too.
fn nested_tongues(element: &Element, outer: Option<&str>) -> Vec<String> {
    let own = element.attribute("lang");
    let mut breaches = Vec::new();
    if let Some(own) = own
        && Some(own) != outer
        && element.attribute("dir") != Some(direction(own))
    {
        breaches.push(format!("<{} lang={own}> does not say its direction", element.name));
    }
    for child in element.elements() {
        breaches.extend(nested_tongues(child, own.or(outer)));
    }
    breaches
}

/// A page runs nothing of its own: only the theme's files do.
pub fn quiet(document: &Document) -> Vec<String> {
    let mut breaches = Vec::new();
    for element in document.all() {
        let name = &element.name;
        for (attribute, value) in &element.attributes {
            if attribute.starts_with("on") || attribute == "style" || attribute == "srcdoc" {
                breaches.push(format!("<{name}> has `{attribute}`"));
            }
            let bare: String = value.chars().filter(|c| !c.is_whitespace()).collect();
            let bare = bare.trim_start_matches(|c: char| c.is_control()).to_ascii_lowercase();
            for scheme in ["javascript:", "vbscript:", "data:"] {
                if bare.starts_with(scheme) {
                    breaches.push(format!("<{name} {attribute}> is `{value}`"));
                }
            }
        }
        // The theme's search is the one form that there is; a guide cannot give itself the mark.
        let searches = name == "form" && element.attribute("data-search").is_some();
        let foreign = ["style", "iframe", "object", "embed", "form", "base"];
        if foreign.contains(&name.as_str()) && !searches {
            breaches.push(format!("<{name}> stands in the page"));
        }
        if name == "script" {
            breaches.extend(script(element));
        }
    }
    breaches
}

fn script(element: &Element) -> Option<String> {
    let text = element.text();
    match element.attribute("type") {
        Some("application/ld+json") => {
            let parsed = serde_json::from_str::<serde_json::Value>(&text);
            parsed.err().map(|error| format!("JSON-LD: {error} in {text}"))
        }
        _ if !text.trim().is_empty() => Some(format!("a script stands in the page: {text}")),
        _ if element.attribute("src").is_none() => Some("a script without a source".to_owned()),
        _ => None,
    }
}

/// A guide or a section without a translation: the reader's page, the original's words.
pub fn fallback(shown: &Shown<'_>, url: &str, document: &Document) -> Vec<String> {
    let mut breaches = Vec::new();
    let notices = |element: &&Element| element.has_class("notice") && element.has_class("fallback");
    let notice = document.all().into_iter().find(notices).is_some();
    let Some((_, original)) = shown.fallbacks.get(url) else {
        if notice {
            breaches.push("is translated, and says it is not".to_owned());
        }
        return breaches;
    };
    if !notice {
        breaches.push(format!("shows the original in `{original}` and does not say so"));
    }
    let lang = shown.language(url).tag();
    let tongue = original.tag();
    for (path, expected) in [("h1", tongue), ("article", tongue), ("notice", lang)] {
        match tongue_of(document.html(), path, None) {
            Some(found) if found == expected => {}
            // A section has none.
            None if path == "article" => {}
            found => breaches.push(format!("the language of {path} is {found:?}, not {expected}")),
        }
    }
    breaches
}

/// The language in which the first element of that name or class stands.
fn tongue_of(element: &Element, wanted: &str, outer: Option<&str>) -> Option<String> {
    let own = element.attribute("lang").or(outer);
    if element.name == wanted || element.has_class(wanted) {
        return own.map(str::to_owned);
    }
    element.elements().find_map(|child| tongue_of(child, wanted, own))
}
