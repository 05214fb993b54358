//! The page of everything that is left to do: faults, translations, and facts to check.

use crate::model::coverage::{Coverage, GuideCoverage, Provenance, Row};
use crate::model::diagnostic::Severity;
use crate::model::markup::escape;
use crate::serve::document::count;
use crate::serve::editor_api::{Due, Overview, Pair, Title};
use crate::serve::preview::{Fault, Preview, Soundness};
use crate::serve::rules::Rules;
use crate::serve::{faults, path};

/// Nobody reads more than this many entries on one page.
const MOST: usize = 500;

pub fn title(preview: &Preview) -> &'static str {
    match preview.soundness {
        Soundness::Broken => "The site cannot be shown",
        Soundness::Sound => "Overview",
    }
}

pub fn body(preview: &Preview, rules: &Rules) -> String {
    let overview = preview.editor.as_ref().map(|editor| editor.overview());
    let mut html = format!("<h1>{}</h1>\n", title(preview));
    if let Some(overview) = &overview {
        html.push_str(&summary(preview, overview));
    }
    html.push_str(&wrong(preview, rules));
    if let Some(overview) = &overview {
        html.push_str(&translations(overview));
        html.push_str(&due(overview, rules));
    }
    html
}

fn summary(preview: &Preview, overview: &Overview) -> String {
    let share = |one: &(crate::model::language::Language, crate::model::coverage::Count)| {
        format!("{} {}%", one.0, one.1.percent())
    };
    let shares: Vec<String> = overview.coverage.languages.iter().map(share).collect();
    let due = overview.reviews.len() + overview.channels.len();
    format!(
        "<ul class=\"tiles\">\n<li><a href=\"#faults\"><b>Faults</b> {}</a></li>\n\
         <li><a href=\"#translations\"><b>Translations</b> {}</a></li>\n\
         <li><a href=\"#due\"><b>To check</b> {}</a></li>\n</ul>\n",
        faults::counts(preview),
        escape(&shares.join(", ")),
        count(due, "fact"),
    )
}

fn wrong(preview: &Preview, rules: &Rules) -> String {
    let mut shown: Vec<&Fault> = preview.faults.iter().map(|fault| &**fault).collect();
    shown.sort_by_key(|fault| fault.severity != Severity::Error);
    shown.truncate(MOST);
    let list = match shown.as_slice() {
        [] => "<p>Nothing is wrong.</p>\n".to_owned(),
        shown => faults::list(shown, rules),
    };
    let rest = rest(preview.faults.len(), "fault", "cicerone check");
    format!("<section id=\"faults\">\n<h2>Faults</h2>\n{list}{rest}</section>\n")
}

/// How many entries are not shown, and which command shows them.
fn rest(all: usize, noun: &str, command: &str) -> String {
    match all.saturating_sub(MOST) {
        0 => String::new(),
        rest => format!("<p>And {} more: <code>{command}</code></p>\n", count(rest, noun)),
    }
}

fn translations(overview: &Overview) -> String {
    let Coverage { languages, guides } = &overview.coverage;
    if languages.len() < 2 || guides.is_empty() {
        return String::new();
    }
    let heads = languages.iter().map(|(language, share)| {
        format!(
            "<th scope=\"col\">{} <small>{}%</small></th>",
            escape(language.tag()),
            share.percent()
        )
    });
    let mut sorted: Vec<&GuideCoverage> = guides.iter().collect();
    sorted.sort_by_key(|guide| guide.rows.iter().all(|row| !is_due(row)));
    let rows = sorted.iter().take(MOST).map(|guide| row(guide, overview));
    format!(
        "<section id=\"translations\">\n<h2>Translations</h2>\n<table>\n\
         <thead><tr><th scope=\"col\">Guide</th>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n{}</section>\n",
        heads.collect::<String>(),
        rows.collect::<String>(),
        rest(guides.len(), "guide", "cicerone translations status"),
    )
}

fn is_due(row: &Row) -> bool {
    row.count.stale + row.count.missing > 0
}

fn row(guide: &GuideCoverage, overview: &Overview) -> String {
    let title = overview.titles.get(&guide.id);
    let original = title.map(|title| &title.language);
    let cells = guide.rows.iter().map(|row| {
        let (class, label) = match row.kind {
            Provenance::Original => return "<td class=\"original\">original</td>".to_owned(),
            Provenance::None => ("none", "not translated".to_owned()),
            _ if row.count.stale > 0 => ("stale", told(row)),
            _ if row.count.missing > 0 => ("missing", told(row)),
            _ => ("fresh", told(row)),
        };
        let pair = original.map(|original| Pair {
            guide: guide.id.clone(),
            left: original.clone(),
            right: row.language.clone(),
        });
        let address = pair.map_or_else(String::new, |pair| path::address(&pair));
        format!(
            "<td class=\"{class}\"><span class=\"label\" aria-hidden=\"true\">{}</span> <a href=\"/{}\">{label}</a></td>",
            escape(row.language.tag()),
            escape(&address),
        )
    });
    let cells: String = cells.collect();
    let name = title.map_or_else(String::new, named);
    let id = escape(guide.id.as_str());
    format!("<tr><th scope=\"row\">{name}<small>{id}</small></th>{cells}</tr>\n")
}

pub fn named(title: &Title) -> String {
    let Title { text, language } = title;
    let direction = language.direction().as_str();
    format!("<span lang=\"{language}\" dir=\"{direction}\">{}</span>", escape(text))
}

/// The state of a translation in words: `96%, 2 stale`.
fn told(row: &Row) -> String {
    let mut told = format!("{}%", row.count.percent());
    for (number, state) in [
        (row.count.stale, "stale"),
        (row.count.missing, "missing"),
        (row.count.unpinned, "unpinned"),
    ] {
        if number > 0 {
            told.push_str(&format!(", {number} {state}"));
        }
    }
    match row.kind {
        Provenance::Machine => told.push_str(" (machine)"),
        Provenance::Converted => told.push_str(" (converted)"),
        _ => {}
    }
    told
}

fn due(overview: &Overview, rules: &Rules) -> String {
    format!(
        "<section id=\"due\">\n<h2>Facts to check</h2>\n<h3>Reviews that are overdue</h3>\n{}\
         <h3>Channels of the registry that nobody has verified</h3>\n{}</section>\n",
        list(&overview.reviews, rules),
        list(&overview.channels, rules),
    )
}

fn list(due: &[Due], rules: &Rules) -> String {
    if due.is_empty() {
        return "<p>None.</p>\n".to_owned();
    }
    let each = due.iter().take(MOST).map(|one| {
        let spot = one.spot.as_ref();
        let place = spot.map_or_else(String::new, |spot| format!("{}:{}", spot.file, spot.line));
        let link = match (&rules.editor, spot) {
            (Some(editor), Some(spot)) => editor.link(spot, "place", &escape(&place)),
            _ => format!("<span class=\"place\">{}</span>", escape(&place)),
        };
        format!("<li><b>{}</b> {} {link}</li>\n", escape(&one.what), escape(&one.why))
    });
    format!(
        "<ul class=\"due\">\n{}</ul>\n{}",
        each.collect::<String>(),
        rest(due.len(), "fact", "cicerone check")
    )
}
