//! What a browser makes of a page, and whether anything in it runs.

use std::collections::BTreeSet;

use super::html::{Document, Element};

/// What a page of ours never has, whatever was written.
pub fn breaches(text: &str) -> Vec<String> {
    let document = Document::parse(text);
    // Control characters that a writer types are reported, and stand in the page.
    let is_typed = |error: &&String| error.contains(": Bad character ");
    let mut breaches: Vec<String> =
        document.errors.iter().filter(|error| !is_typed(error)).cloned().collect();
    let mut ids = BTreeSet::new();
    for element in document.all() {
        let name = element.name.as_str();
        for (attribute, value) in &element.attributes {
            if attribute.starts_with("on")
                || ["style", "srcdoc", "srcset"].contains(&attribute.as_str())
            {
                breaches.push(format!("<{name} {attribute}>"));
            }
            if attribute == "id" && !ids.insert(value) {
                breaches.push(format!("the id `{value}` stands twice"));
            }
            if runs(value) {
                breaches.push(format!("<{name} {attribute}={value:?}>"));
            }
        }
        if is_foreign(element) {
            breaches.push(format!("<{name}> stands in the page"));
        }
    }
    breaches
}

fn is_foreign(element: &Element) -> bool {
    match element.name.as_str() {
        // Icons are the theme's.
        "iframe" | "object" | "embed" | "base" | "style" | "math" | "template" => true,
        "form" => element.attribute("data-search").is_none(),
        "script" if element.attribute("type") == Some("application/ld+json") => {
            serde_json::from_str::<serde_json::Value>(&element.text()).is_err()
        }
        "script" => {
            !element.text().trim().is_empty()
                || !element.attribute("src").is_some_and(|source| source.contains("/assets/"))
        }
        _ => false,
    }
}

/// As browsers read an address: without white space and control characters in front or within.
fn runs(address: &str) -> bool {
    let bare: String = address.chars().filter(|c| *c > ' ').collect();
    let bare = bare.to_ascii_lowercase();
    ["javascript:", "vbscript:", "data:"].iter().any(|scheme| bare.starts_with(scheme))
}
