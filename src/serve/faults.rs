//! Shows what is wrong: over a page, instead of one, and all of it on a page of its own.

use crate::model::diagnostic::Severity;
use crate::serve::answer::Rules;
use crate::serve::live;
use crate::serve::preview::{Fault, Preview, Soundness};

pub const STYLE: &str = include_str!("preview.css");

/// The faults of a page, to stand on top of it; empty where there are none.
pub fn overlay(path: &str, preview: &Preview, rules: &Rules) -> String {
    let faults = preview.faults_of(path);
    if faults.is_empty() {
        return String::new();
    }
    let older = match preview.undrawn.contains(path) {
        true => "<p>This page could not be drawn. What stands below is older.</p>\n",
        false => "",
    };
    format!(
        "<aside class=\"cicerone-faults\" lang=\"en\" dir=\"ltr\" aria-label=\"Faults\">\n{older}{}</aside>\n",
        list(&faults, preview, rules)
    )
}

/// A page that could not be drawn, and of which there is no older one.
pub fn instead(path: &str, preview: &Preview, rules: &Rules) -> String {
    document("This page could not be drawn", path, &preview.faults_of(path), preview, rules)
}

/// Everything that is wrong.
pub fn page(preview: &Preview, rules: &Rules) -> String {
    let title = match (preview.soundness, preview.faults.is_empty()) {
        (Soundness::Broken, _) => "The site cannot be shown",
        (Soundness::Sound, true) => "Nothing is wrong",
        (Soundness::Sound, false) => "What is wrong",
    };
    document(title, live::FAULTS, &preview.faults.iter().collect::<Vec<_>>(), preview, rules)
}

fn document(
    title: &str,
    path: &str,
    faults: &[&Fault],
    preview: &Preview,
    rules: &Rules,
) -> String {
    let list = list(faults, preview, rules);
    let script = live::script(path, preview, rules);
    let home = escape(&preview.root);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/_cicerone/preview.css\">\n</head>\n\
         <body class=\"cicerone-page\">\n<main>\n<h1>{title}</h1>\n\
         <p>{counts}. <a href=\"{home}\">To the site</a></p>\n{list}</main>\n{script}</body>\n</html>\n",
        counts = counts(preview),
    )
}

fn list(faults: &[&Fault], preview: &Preview, rules: &Rules) -> String {
    let one = |fault: &&Fault| {
        let severity = fault.severity.as_str();
        let link = link(fault, preview, rules);
        format!(
            "<div class=\"cicerone-{severity}\"><pre>{}</pre>{link}</div>\n",
            escape(&fault.report)
        )
    };
    faults.iter().map(one).collect()
}

/// Opens the place in the reader's own editor.
fn link(fault: &Fault, preview: &Preview, rules: &Rules) -> String {
    let (Some(editor), Some(file)) = (&rules.editor, &fault.file) else { return String::new() };
    let address = live::editor(editor, &preview.folder, file.as_str(), fault.line, fault.column);
    format!("<a href=\"{}\">Open in the editor</a>", escape(&address))
}

/// `2 errors, 1 warning`, or `No faults`.
pub fn counts(preview: &Preview) -> String {
    let count = |severity: Severity| match preview.count(severity) {
        0 => None,
        1 => Some(format!("1 {}", severity.as_str())),
        many => Some(format!("{many} {}s", severity.as_str())),
    };
    let counts: Vec<String> =
        [Severity::Error, Severity::Warning].into_iter().filter_map(count).collect();
    if counts.is_empty() { "No faults".to_owned() } else { counts.join(", ") }
}

/// Safe in an element and between quotes.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}
