//! Writes faults as SARIF 2.1.0, the format in which code scanners exchange their results.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::model::diagnostic::{Code, Diagnostic, Severity};
use crate::model::percent;
use crate::model::source::Sources;
use crate::model::span::Place;
use crate::report::escape;
use crate::report::lines::LineIndex;
use crate::report::order;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes one document, even if there are no faults. Columns count Unicode scalar values.
pub fn sarif(out: &mut dyn Write, diagnostics: &[Diagnostic], sources: &Sources) -> io::Result<()> {
    let mut texts = LineIndex::new(sources);
    let sorted = order::sorted(diagnostics);
    let codes: BTreeSet<Code> = sorted.iter().map(|diagnostic| diagnostic.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let results: Vec<Value> =
        sorted.iter().map(|diagnostic| result(diagnostic, &codes, &mut texts)).collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Cicerone",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let text = serde_json::to_string_pretty(&document).map_err(io::Error::other)?;
    text.lines().try_for_each(|line| writeln!(out, "{}", escape::json(line)))
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": code.as_str().replace('-', " ")},
        "defaultConfiguration": {"level": level(code.severity())},
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(diagnostic: &Diagnostic, codes: &[Code], texts: &mut LineIndex<'_>) -> Value {
    let Diagnostic { place, code, severity, message, related, hints } = diagnostic;
    let hints: String = hints.iter().map(|hint| format!("\nhint: {hint}")).collect();
    let mut result = json!({
        "ruleId": code.as_str(),
        "ruleIndex": codes.iter().position(|known| known == code),
        "level": level(*severity),
        "message": {"text": format!("{message}{hints}")},
    });
    let Some(object) = result.as_object_mut() else { return result };
    if let Some(place) = place {
        object.insert("locations".into(), json!([{"physicalLocation": location(place, texts)}]));
    }
    let related: Vec<Value> = related
        .iter()
        .enumerate()
        .map(|(index, (place, label))| {
            json!({
                "id": index,
                "physicalLocation": location(place, texts),
                "message": {"text": label},
            })
        })
        .collect();
    if !related.is_empty() {
        object.insert("relatedLocations".into(), related.into());
    }
    result
}

/// A file, and the part of it that is meant if its text was read.
fn location(place: &Place, texts: &mut LineIndex<'_>) -> Value {
    let lines = texts.lines(place.path.as_str());
    let range = place.span.range();
    let start = lines.and_then(|lines| lines.position(range.start));
    let end = start.and(lines).and_then(|one| one.position(range.end.min(one.text().len())));
    let mut location = json!({"artifactLocation": {"uri": percent::encode(place.path.as_str()), "uriBaseId": "%SRCROOT%"}});
    if let (Some(object), Some(start), Some(end)) = (location.as_object_mut(), start, end) {
        object.insert(
            "region".into(),
            json!({
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            }),
        );
    }
    location
}
