//! Prints how much is translated: a table and what is left to do, or one JSON object on each line.

use std::io::{self, Write};

use serde_json::json;

use crate::model::coverage::{Count, Coverage, Provenance, Row};
use crate::model::unit::UnitKey;

/// How many units are named for one guide in one language; the others are only counted.
const NAMED: usize = 8;

pub fn coverage(out: &mut dyn Write, coverage: &Coverage) -> io::Result<()> {
    writeln!(
        out,
        "{:<12} {:>8} {:>6} {:>8} {:>9} {:>9}",
        "language", "fresh", "stale", "missing", "unpinned", "coverage"
    )?;
    for (language, count) in &coverage.languages {
        let Count { fresh, stale, missing, unpinned } = count;
        let percent = format!("{}%", count.percent());
        let tag = language.tag();
        writeln!(out, "{tag:<12} {fresh:>8} {stale:>6} {missing:>8} {unpinned:>9} {percent:>9}")?;
    }
    for guide in &coverage.guides {
        let told: Vec<String> = guide.rows.iter().filter_map(to_do).collect();
        if !told.is_empty() {
            writeln!(out, "\n{}", guide.id)?;
        }
        for line in told {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

/// What is left to do in one language; `None` if nothing is.
fn to_do(row: &Row) -> Option<String> {
    let mut parts = Vec::new();
    match row.kind {
        Provenance::None => return Some(format!("{}: not translated", row.language)),
        Provenance::Converted => {
            return Some(format!("{}: converted by the program", row.language));
        }
        Provenance::Machine => parts.push("made by a machine".to_owned()),
        _ => {}
    }
    if row.count.stale > 0 {
        parts.push(format!("{} stale ({})", row.count.stale, listed(&row.stale)));
    }
    if row.count.missing > 0 {
        parts.push(format!("{} missing ({})", row.count.missing, listed(&row.missing)));
    }
    if row.count.unpinned > 0 {
        parts.push(format!("{} unpinned", row.count.unpinned));
    }
    (!parts.is_empty()).then(|| format!("{}: {}", row.language, parts.join(", ")))
}

fn listed(keys: &[UnitKey]) -> String {
    let named: Vec<&str> = keys.iter().take(NAMED).map(UnitKey::as_str).collect();
    match keys.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// Writes one line for each guide in each language, and then one for each language.
pub fn coverage_json(out: &mut dyn Write, coverage: &Coverage) -> io::Result<()> {
    for guide in &coverage.guides {
        for row in &guide.rows {
            let names = |keys: &[UnitKey]| {
                keys.iter().map(|key| key.as_str().into()).collect::<Vec<String>>()
            };
            let line = json!({
                "guide": guide.id.as_str(),
                "language": row.language.tag(),
                "kind": row.kind.as_str(),
                "fresh": row.count.fresh,
                "stale": names(&row.stale),
                "missing": names(&row.missing),
                "unpinned": row.count.unpinned,
                "percent": row.count.percent(),
            });
            writeln!(out, "{line}")?;
        }
    }
    for (language, count) in &coverage.languages {
        let line = json!({
            "language": language.tag(),
            "fresh": count.fresh,
            "stale": count.stale,
            "missing": count.missing,
            "unpinned": count.unpinned,
            "percent": count.percent(),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
