//! Lets a page reload itself: the script that the preview adds, and the events that the script listens to.

use crate::model::markup::escape;
use crate::serve::editor_api::Places;
use crate::serve::editor_pages::Own;
use crate::serve::faults;
use crate::serve::path::{self, FOLDER};
use crate::serve::preview::{Extent, Preview};
use crate::serve::reload::script;
use crate::serve::rules::Rules;

/// What a reader is looking at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The path below the output folder, or the address of one of the preview's own pages.
    pub page: String,
    pub version: String,
}

impl Shown {
    /// Whether it is one of the preview's own pages, whose version takes more than a moment to make.
    pub fn is_own(&self) -> bool {
        self.page.starts_with(FOLDER)
    }
}

/// A page of the site with its faults on top, and with the script, which links it to its sources, at its
/// end.
pub fn page(path: &str, preview: &Preview, rules: &Rules) -> String {
    let html = String::from_utf8_lossy(preview.html(path));
    let (before, body, after) = cut(&html);
    let overlay = faults::overlay(path, preview, rules);
    let style = "<link rel=\"stylesheet\" href=\"/_cicerone/preview.css\">\n";
    let places = preview.places(path);
    let links = rules.editor.as_ref().map(|editor| editor.links(&places));
    let script = script(path, &preview.version(path, rules), links.as_deref(), rules);
    [before, "\n", style, &overlay, body, &bar(&places, preview, rules), &script, after].concat()
}

/// The page up to its `<body>` tag, the body's content, and the rest.
fn cut(html: &str) -> (&str, &str, &str) {
    let head = html.find("</head>").unwrap_or(0);
    let open = html.get(head..).and_then(|rest| {
        let tag = rest.find("<body")?;
        rest.get(tag..)?.find('>').map(|end| head + tag + end + 1)
    });
    let start = open.unwrap_or(0);
    let end = html.rfind("</body>").filter(|end| *end >= start).unwrap_or(html.len());
    let piece = |range: std::ops::Range<usize>| html.get(range).unwrap_or_default();
    (piece(0..start), piece(start..end), piece(end..html.len()))
}

fn bar(places: &Places, preview: &Preview, rules: &Rules) -> String {
    let edit = match (&rules.editor, &places.page) {
        (Some(editor), Some(spot)) => editor.link(spot, "cicerone-edit", "Edit"),
        _ => String::new(),
    };
    let compare = places.pair.as_ref().map_or_else(String::new, |pair| {
        let address = escape(&path::address(pair));
        format!("<a class=\"cicerone-compare\" href=\"/{address}\">Compare</a>")
    });
    let class = badge_class(preview);
    let counts = faults::counts(preview);
    format!(
        "<div class=\"cicerone-bar\" lang=\"en\" dir=\"ltr\">{edit}{compare}\
         <a class=\"{class}\" href=\"/_cicerone/\">{counts}</a></div>\n"
    )
}

fn badge_class(preview: &Preview) -> &'static str {
    match preview.faults.is_empty() {
        true => "cicerone-badge",
        false => "cicerone-badge cicerone-faulty",
    }
}

fn version(page: &str, preview: &Preview, rules: &Rules) -> String {
    match Own::of(page) {
        Some(own) => own.version(preview, rules),
        None => preview.version(page, rules),
    }
}

/// What a reader has been sent since they began to listen.
#[derive(Debug, Default)]
pub struct Told {
    styles: Option<Vec<(String, String)>>,
    counts: Option<String>,
}

/// The events that bring the page that is `shown` up to date.
///
/// The first time, everything is sent, because the page may have changed before its reader began to listen.
pub fn events(shown: &Shown, told: &mut Told, now: &Preview, rules: &Rules) -> String {
    let mut events = String::new();
    let is_part = now.extent == Extent::Part;
    // If the page is missing, nobody knows yet whether it will be drawn.
    if is_part && !now.files.contains_key(shown.page.as_str()) {
        return events;
    }
    if version(&shown.page, now, rules) != shown.version {
        return event("reload", "{}");
    }
    if told.styles.as_ref() != Some(&now.styles) {
        let urls: Vec<&String> = now.styles.iter().map(|(_, url)| url).collect();
        events.push_str(&event("styles", &serde_json::json!(urls).to_string()));
        told.styles = Some(now.styles.clone());
    }
    // Until every page is drawn, nobody knows all the faults.
    let counts = faults::counts(now);
    if !is_part && told.counts.as_ref() != Some(&counts) {
        let badge = serde_json::json!({"text": counts, "class": badge_class(now)});
        events.push_str(&event("badge", &badge.to_string()));
        told.counts = Some(counts);
    }
    events
}

/// JSON on one line has no line ends, so it fits into one line of data.
fn event(name: &str, data: &str) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_at_its_body() {
        let html = "<head><script>\"<body>\"</script></head><body class=\"a\">x</body></html>";
        let (before, body, after) = cut(html);
        assert!(before.ends_with("<body class=\"a\">"));
        assert_eq!((body, after), ("x", "</body></html>"));
        assert_eq!(cut("x"), ("", "x", ""));
        assert_eq!(cut("</body><body>"), ("</body><body>", "", ""));
    }
}
