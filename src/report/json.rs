//! Writes one JSON object on each line, for programs: every fault, sorted and without repetitions.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::model::diagnostic::Diagnostic;
use crate::model::source::Sources;
use crate::model::span::Place;
use crate::report::escape;
use crate::report::lines::LineIndex;
use crate::report::matches::Match;
use crate::report::order;

/// Lines and columns count from 1, columns count Unicode scalar values, and ends are exclusive. Whatever is
/// not known is `null`.
pub fn json(out: &mut dyn Write, diagnostics: &[Diagnostic], sources: &Sources) -> io::Result<()> {
    let mut texts = LineIndex::new(sources);
    for diagnostic in order::sorted(diagnostics) {
        let line = Value::Object(object(diagnostic, &mut texts)).to_string();
        writeln!(out, "{}", escape::json(&line))?;
    }
    Ok(())
}

/// The JSON object for a result of `search`.
pub fn found(found: &Match<'_>) -> String {
    let Match { url, title, section, anchor, text, language, score } = found;
    let score = score.round() as u64;
    let line = json!({
        "url": url, "title": title, "section": section, "anchor": anchor, "text": text,
        "language": language, "score": score,
    });
    escape::json(&line.to_string())
}

fn object(diagnostic: &Diagnostic, texts: &mut LineIndex<'_>) -> Map<String, Value> {
    let Diagnostic { place, code, severity, message, related, hints } = diagnostic;
    let related: Vec<Value> =
        related.iter().map(|(place, label)| explained(place, label, texts)).collect();
    let mut object = Map::new();
    object.insert("severity".into(), severity.as_str().into());
    object.insert("code".into(), code.as_str().into());
    object.insert("message".into(), message.as_str().into());
    object.extend(located(place.as_ref(), texts));
    object.insert("hints".into(), json!(hints));
    object.insert("related".into(), related.into());
    object
}

fn explained(place: &Place, label: &str, texts: &mut LineIndex<'_>) -> Value {
    let mut object: Map<String, Value> = located(Some(place), texts).into_iter().collect();
    object.insert("message".into(), label.into());
    Value::Object(object)
}

fn located(place: Option<&Place>, texts: &mut LineIndex<'_>) -> [(String, Value); 5] {
    let lines = place.and_then(|place| texts.lines(place.path.as_str()));
    let range = place.map(|place| place.span.range()).unwrap_or_default();
    let start = lines.and_then(|lines| lines.position(range.start));
    // A span that extends beyond the text ends with the text.
    let end = start.and(lines).and_then(|lines| lines.position(range.end.min(lines.text().len())));
    [
        ("file".into(), json!(place.map(|place| place.path.as_str()))),
        ("line".into(), json!(start.map(|start| start.line))),
        ("column".into(), json!(start.map(|start| start.column))),
        ("end_line".into(), json!(end.map(|end| end.line))),
        ("end_column".into(), json!(end.map(|end| end.column))),
    ]
}
