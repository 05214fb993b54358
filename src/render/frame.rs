//! What surrounds every page of a language: drawn once for all of them.

use std::collections::BTreeMap;

use crate::render::templates::{Html, Shared, TemplateFaults, Templates};

/// The templates in `frame/`, which see `site` alone; a page sees what they draw as `frame.<name>`.
const PARTS: [&str; 12] = [
    "assets",
    "banner",
    "brand",
    "feed",
    "find",
    "footer",
    "head",
    "languages",
    "locale",
    "menu",
    "search",
    "theme",
];

pub fn frame(templates: &Templates<'_>, site: &Shared, faults: &mut TemplateFaults) -> Shared {
    let part = |name| (name, Html::from(part(templates, name, &[("site", site)], faults)));
    Shared::new(&PARTS.map(part).into_iter().collect::<BTreeMap<_, _>>())
}

/// What a template in `frame/` draws, without the whitespace around it.
pub fn part(
    templates: &Templates<'_>,
    name: &str,
    values: &[(&'static str, &Shared)],
    faults: &mut TemplateFaults,
) -> String {
    let drawn = templates.draw(&format!("frame/{name}.html"), values);
    let html = drawn.unwrap_or_else(|fault| {
        faults.push(fault);
        Vec::new()
    });
    String::from_utf8_lossy(&html).trim().to_owned()
}
