//! What is around every page of a language: drawn once for all of them.

use std::collections::BTreeMap;

use crate::render::prose::Faults;
use crate::render::templates::{Html, Shared, Templates};

/// The templates in `frame/`, which see `site` alone; a page sees what they draw as `frame.<name>`.
const PARTS: [&str; 4] = ["assets", "footer", "languages", "search"];

pub fn frame(templates: &Templates<'_>, site: &Shared, faults: &mut Faults) -> Shared {
    let part = |name| (name, Html::from(part(templates, name, site, faults)));
    Shared::new(&PARTS.map(part).into_iter().collect::<BTreeMap<_, _>>())
}

fn part(templates: &Templates<'_>, name: &str, site: &Shared, faults: &mut Faults) -> String {
    let drawn = templates.draw(&format!("frame/{name}.html"), &[], ("site", site));
    let html = drawn.unwrap_or_else(|fault| {
        faults.push(fault);
        Vec::new()
    });
    String::from_utf8_lossy(&html).trim().to_owned()
}
