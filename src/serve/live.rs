//! Lets a page reload itself: the script that the preview adds, and the events that it listens to.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use crate::serve::answer::Rules;
use crate::serve::faults;
use crate::serve::preview::{Extent, Preview};

pub const SCRIPT: &str = include_str!("reload.js");

/// The path by which the page of all faults is told apart from those of the site.
pub const FAULTS: &str = "_cicerone/";

/// What a reader has before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The path below the output folder.
    pub page: String,
    pub version: String,
}

/// A page of the site with its faults on top and the script at its end.
pub fn page(path: &str, preview: &Preview, rules: &Rules) -> String {
    let html = preview.files.get(path).map(|bytes| String::from_utf8_lossy(bytes));
    let html = html.unwrap_or_default();
    let (before, body, after) = cut(&html);
    let overlay = faults::overlay(path, preview, rules);
    let style = "<link rel=\"stylesheet\" href=\"/_cicerone/preview.css\">\n";
    let (badge, script) = (badge(path, preview, rules), script(path, preview, rules));
    [before, "\n", style, &overlay, body, &badge, &script, after].concat()
}

/// The page up to its `<body>`, what is in it, and the rest.
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

fn badge(path: &str, preview: &Preview, rules: &Rules) -> String {
    let hidden = if preview.faults.is_empty() { " hidden" } else { "" };
    let counts = faults::counts(preview);
    let mut edit = String::new();
    let source = preview.sources.get(path).and_then(|files| files.first());
    if let (Some(template), Some(file)) = (&rules.editor, source) {
        let address = editor(template, &preview.folder, file.as_str(), 1, 1);
        edit = format!("<a class=\"cicerone-edit\" href=\"{}\">Edit</a>", faults::escape(&address));
    }
    format!(
        "<div class=\"cicerone-bar\" lang=\"en\" dir=\"ltr\">{edit}\
         <a class=\"cicerone-badge\" href=\"/_cicerone/\"{hidden}>{counts}</a></div>\n"
    )
}

/// The script comes from this server, so that the strictest policy of content lets it run.
pub fn script(path: &str, preview: &Preview, rules: &Rules) -> String {
    format!(
        "<script src=\"/_cicerone/reload.js\" data-token=\"{}\" data-page=\"{}\" data-version=\"{}\" defer></script>\n",
        rules.token,
        faults::escape(path),
        version(path, preview),
    )
}

fn version(path: &str, preview: &Preview) -> String {
    let everything =
        || preview.faults.iter().map(|fault| fault.report.as_str()).collect::<String>();
    match path {
        FAULTS => {
            let shown = format!("{:?}{}", preview.soundness, everything());
            crate::model::fingerprint::Fingerprint::of(shown.as_bytes()).to_string()
        }
        path => preview.version(path).to_string(),
    }
}

/// What a reader has been told since they began to listen.
#[derive(Debug, Default)]
pub struct Told {
    styles: Option<Vec<(String, String)>>,
    counts: Option<String>,
}

/// The events that bring what is `shown` up to date.
///
/// The first time everything is told: a page may have changed before its reader began to listen.
pub fn events(shown: &Shown, told: &mut Told, now: &Preview) -> String {
    let mut events = String::new();
    let is_part = now.extent == Extent::Part;
    if now.is_coming(&shown.page) || (is_part && shown.page == FAULTS) {
        return events;
    }
    if version(&shown.page, now) != shown.version {
        return event("reload", "{}");
    }
    if told.styles.as_ref() != Some(&now.styles) {
        let urls: Vec<&String> = now.styles.iter().map(|(_, url)| url).collect();
        events.push_str(&event("styles", &serde_json::json!(urls).to_string()));
        told.styles = Some(now.styles.clone());
    }
    // Before every page is drawn, nobody knows what is wrong with them.
    let counts = faults::counts(now);
    if !is_part && told.counts.as_ref() != Some(&counts) {
        let badge = serde_json::json!({"text": counts, "hidden": now.faults.is_empty()});
        events.push_str(&event("badge", &badge.to_string()));
        told.counts = Some(counts);
    }
    events
}

/// JSON has no line ends, so one line of data holds it.
fn event(name: &str, data: &str) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

/// 128 bits that nobody can guess. The standard library seeds its hashers from the system.
pub fn token() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

/// `template` with `{file}`, `{line}` and `{column}` filled in.
pub fn editor(template: &str, folder: &str, file: &str, line: usize, column: usize) -> String {
    let file = encoded(&format!("{folder}/{file}"));
    template
        .replace("{line}", &line.max(1).to_string())
        .replace("{column}", &column.max(1).to_string())
        .replace("{file}", &file)
}

fn encoded(path: &str) -> String {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    let each = |byte: u8| match sound(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    path.bytes().map(each).collect()
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

    #[test]
    fn tokens_differ() {
        assert_ne!(token(), token());
        assert_eq!(token().len(), 32);
    }

    #[test]
    fn an_editors_address_is_filled_in_and_encoded() {
        let address =
            editor("vscode://file{file}:{line}:{column}", "/a b", "guides/注/en.md", 3, 0);
        assert_eq!(address, "vscode://file/a%20b/guides/%E6%B3%A8/en.md:3:1");
    }
}
