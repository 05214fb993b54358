//! Prints what publishing will do, step by step.

use std::io::{self, Write};

use serde_json::json;

use crate::model::publication::{PageChange, PageNews, Plan, PlanChange, ReaderNews};
use crate::report::escape;
use crate::report::summary::size;

/// Writes one line for each step, in the order in which the steps are taken.
pub fn plan_human(out: &mut dyn Write, plan: &Plan, color: bool) -> io::Result<()> {
    for step in &plan.steps {
        let (paint, plain) = match step.change {
            _ if !color => ("", ""),
            PlanChange::Added => ("\x1b[32m", "\x1b[0m"),
            PlanChange::Changed => ("\x1b[33m", "\x1b[0m"),
            PlanChange::Deleted => ("\x1b[31m", "\x1b[0m"),
        };
        let (change, path) = (step.change.as_str(), escape::message(step.path.as_str()));
        match step.change {
            PlanChange::Deleted => writeln!(out, "{paint}{change:<8}{plain} {path}")?,
            _ => writeln!(out, "{paint}{change:<8}{plain} {path} ({})", size(step.size))?,
        }
    }
    Ok(())
}

/// As many pages of a kind as are named.
const NAMED: usize = 10;

/// What changes for readers: a page a line, by its title and its language.
pub fn news_human(out: &mut dyn Write, news: &ReaderNews) -> io::Result<()> {
    for kind in [PageNews::New, PageNews::Changed, PageNews::Gone] {
        let pages = news.of(kind);
        let more = pages.len().saturating_sub(NAMED);
        for PageChange { kind, address, title, language } in pages.take(NAMED) {
            let words = match title.as_str() {
                "" => String::new(),
                title => format!("{} ({language}) ", escape::message(title)),
            };
            writeln!(out, "{:<8} {words}{}", kind.as_str(), escape::message(address))?;
        }
        if more > 0 {
            writeln!(out, "{:<8} {more} more", kind.as_str())?;
        }
    }
    Ok(())
}

/// One object a line: the whole first, then each step, each page, and what caches have to forget.
pub fn plan_json(
    out: &mut dyn Write,
    (target, place): (&str, &str),
    plan: &Plan,
    news: &ReaderNews,
) -> io::Result<()> {
    let whole = json!({
        "target": target,
        "place": place,
        "added": plan.count(PlanChange::Added),
        "changed": plan.count(PlanChange::Changed),
        "deleted": plan.count(PlanChange::Deleted),
        "unchanged": plan.unchanged,
        "bytes": plan.bytes(),
    });
    writeln!(out, "{}", escape::json(&whole.to_string()))?;
    for step in &plan.steps {
        let line = json!({
            "change": step.change.as_str(),
            "path": step.path.as_str(),
            "bytes": step.size,
        });
        writeln!(out, "{}", escape::json(&line.to_string()))?;
    }
    for PageChange { kind, address, title, language } in &news.pages {
        let line = json!({
            "page": kind.as_str(),
            "address": address,
            "title": title,
            "language": language,
        });
        writeln!(out, "{}", escape::json(&line.to_string()))?;
    }
    let purge = json!({ "purge": news.purge });
    writeln!(out, "{}", escape::json(&purge.to_string()))
}
