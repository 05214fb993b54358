//! Writes faults as GitLab shows them in a merge request (Code Quality, the JSON of Code Climate).

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::fingerprint::Fingerprint;
use crate::model::source::Sources;
use crate::report::escape;
use crate::report::lines::LineIndex;
use crate::report::order;

/// The file named for faults without a place, which GitLab would refuse.
const NOWHERE: &str = "guides/site.yaml";

/// Writes a single list of all faults, sorted and without repetitions.
pub fn gitlab(
    out: &mut dyn Write,
    diagnostics: &[Diagnostic],
    sources: &Sources,
) -> io::Result<()> {
    let mut texts = LineIndex::new(sources);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let faults = order::sorted(diagnostics).into_iter().map(|diagnostic| {
        let Diagnostic { place, code, severity, message, related: _, hints } = diagnostic;
        let path = place.as_ref().map_or(NOWHERE, |place| place.path.as_str());
        let line = place.as_ref().and_then(|place| {
            texts.lines(path)?.position(place.span.range().start).map(|start| start.line)
        });
        let hints = hints.iter().map(|hint| format!("; hint: {hint}"));
        let known = format!("{path}\n{}\n{message}", code.as_str());
        // The line is left out, so that a fault that only moves is not a new one. The count tells equal
        // faults apart.
        let count = seen.entry(known.clone()).and_modify(|count| *count += 1).or_default();
        json!({
            "description": format!("{message}{}", hints.collect::<String>()),
            "check_name": code.as_str(),
            "fingerprint": Fingerprint::of(format!("{known}\n{count}").as_bytes()).to_string(),
            "severity": match severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            "location": {"path": path, "lines": {"begin": line.unwrap_or(1)}},
        })
    });
    let faults = Value::Array(faults.collect());
    writeln!(out, "{}", escape::json(&faults.to_string()))
}
