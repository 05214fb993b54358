//! Shows what is wrong: on top of a page, in place of one, and all of it on a page of its own.

use crate::model::diagnostic::Severity;
use crate::model::markup::escape;
use crate::serve::document::{Document, count};
use crate::serve::editor_api::Spot;
use crate::serve::preview::{Fault, Preview};
use crate::serve::rules::Rules;

/// The faults of a page, to be shown on top of it; empty if there are none.
pub fn overlay(path: &str, preview: &Preview, rules: &Rules) -> String {
    let mut faults = preview.faults_of(path);
    faults.sort_by_key(|fault| fault.severity != Severity::Error);
    if faults.is_empty() {
        return String::new();
    }
    let older = match preview.undrawn.contains(path) {
        true => "<p>This page could not be drawn. What stands below is older.</p>\n",
        false => "",
    };
    // A warning keeps nobody from reading the page.
    let is_grave = faults.iter().any(|fault| fault.severity == Severity::Error);
    let open = if is_grave { " open" } else { "" };
    format!(
        "<aside class=\"cicerone-faults\" lang=\"en\" dir=\"ltr\" aria-label=\"Faults\">\n\
         <details{open}><summary>{} on this page</summary>\n{older}{}</details></aside>\n",
        told(faults.iter().copied()),
        list(&faults, rules)
    )
}

/// The page shown in place of one that could not be drawn and has no older version.
pub fn instead(path: &str, preview: &Preview, rules: &Rules) -> String {
    let title = "This page could not be drawn";
    let list = list(&preview.faults_of(path), rules);
    let body = format!("<h1>{title}</h1>\n<p>{}.</p>\n{list}", counts(preview));
    let version = preview.version(path, rules);
    Document { title, body: &body, path, version: &version }.html(preview, rules)
}

pub fn list(faults: &[&Fault], rules: &Rules) -> String {
    let one = |fault: &&Fault| {
        let severity = fault.severity.as_str();
        let link = link(fault, rules);
        format!(
            "<div class=\"cicerone-{severity}\"><pre>{}</pre>{link}</div>\n",
            escape(&fault.report)
        )
    };
    faults.iter().map(one).collect()
}

/// A link that opens the place in the reader's editor.
fn link(fault: &Fault, rules: &Rules) -> String {
    let (Some(editor), Some(file)) = (&rules.editor, &fault.file) else { return String::new() };
    let spot = Spot { file: file.clone(), line: fault.line, column: fault.column };
    editor.link(&spot, "cicerone-open", "Open in the editor")
}

/// `2 errors, 1 warning`, or `No faults`.
pub fn counts(preview: &Preview) -> String {
    told(preview.faults.iter().map(|fault| &**fault))
}

fn told<'a>(faults: impl Iterator<Item = &'a Fault> + Clone) -> String {
    let of = |severity: Severity| {
        let number = faults.clone().filter(|fault| fault.severity == severity).count();
        (number > 0).then(|| count(number, severity.as_str()))
    };
    let counts: Vec<String> =
        [Severity::Error, Severity::Warning, Severity::Note].into_iter().filter_map(of).collect();
    if counts.is_empty() { "No faults".to_owned() } else { counts.join(", ") }
}
