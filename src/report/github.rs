//! Writes faults as commands that GitHub's runner shows beside the changed lines.

use std::io::{self, Write};

use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::source::Sources;
use crate::report::escape;
use crate::report::lines::LineIndex;
use crate::report::order;

/// Writes one line for each fault, sorted and without repetitions: `::error file=…,line=…::message` (workflow
/// commands of GitHub Actions). Columns are left out if a fault spans several lines, because the runner would
/// refuse them.
pub fn github(
    out: &mut dyn Write,
    diagnostics: &[Diagnostic],
    sources: &Sources,
) -> io::Result<()> {
    let mut texts = LineIndex::new(sources);
    for diagnostic in order::sorted(diagnostics) {
        let Diagnostic { place, code, severity, message, related: _, hints } = diagnostic;
        let command = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties = Vec::new();
        if let Some(place) = place {
            properties.push(format!("file={}", property(place.path.as_str())));
            let range = place.span.range();
            let lines = texts.lines(place.path.as_str());
            let start = lines.and_then(|lines| lines.position(range.start));
            let end =
                start.and(lines).and_then(|one| one.position(range.end.min(one.text().len())));
            if let (Some(start), Some(end)) = (start, end) {
                properties.push(format!("line={},endLine={}", start.line, end.line));
                if start.line == end.line {
                    properties.push(format!("col={},endColumn={}", start.column, end.column));
                }
            }
        }
        properties.push(format!("title={}", property(code.as_str())));
        let hints =
            hints.iter().flat_map(|hint| hint.lines()).map(|hint| format!("\nhint: {hint}"));
        let text = format!("{}{}", message, hints.collect::<String>());
        writeln!(out, "::{command} {}::{}", properties.join(","), data(&text))?;
    }
    Ok(())
}

/// Encodes text for a command. Line ends become `%0A`, so no message can end early and begin another command.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.replace('%', "%25").split('\n').map(escape::message).collect();
    lines.join("%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
