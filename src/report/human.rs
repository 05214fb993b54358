//! Writes faults for people: the message, the place, the line with carets below it, and what to do.

use std::io::{self, Write};

use annotate_snippets::renderer::{
    DEFAULT_EMPHASIS_STYLE, DEFAULT_ERROR_STYLE, DEFAULT_LINE_NUM_STYLE, DEFAULT_NOTE_STYLE,
    DEFAULT_WARNING_STYLE, Style as Paint,
};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::source::Sources;
use crate::model::span::Place;
use crate::report::escape;
use crate::report::excerpt::{self, Mark, MarkKind, SourceExcerpt};
use crate::report::lines::{LineIndex, Position};
use crate::report::order::{self, FaultCounts};
use crate::report::style::Style;
use crate::report::summary::count;

/// More columns than any excerpt has. The package could cut lines itself, but would read all of them first.
const UNCUT: usize = 100_000;
/// How many columns are taken up by line numbers, their frame and two ellipses.
const FRAME: usize = 14;
const NARROWEST: usize = 20;

/// Writes the first `style.limit` faults in the order of files and places, and counts the rest. If not all
/// fit, errors are shown before warnings.
pub fn human(
    out: &mut dyn Write,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    style: Style,
) -> io::Result<()> {
    let Style { color, limit, width } = style;
    let room = width.saturating_sub(FRAME).max(NARROWEST);
    let (shown, rest) = order::limited(order::sorted(diagnostics), limit);
    let mut texts = LineIndex::new(sources);
    let mut page = ReportWriter { out, color };
    for (index, diagnostic) in shown.iter().enumerate() {
        if index > 0 {
            writeln!(page.out)?;
        }
        page.diagnostic(diagnostic, &blocks(diagnostic, &mut texts, room))?;
    }
    if rest.total() > 0 { page.rest(rest, shown.len()) } else { Ok(()) }
}

/// A place, and what is shown for it.
struct PlaceBlock {
    arrow: &'static str,
    path: String,
    position: Option<Position>,
    excerpt: Option<SourceExcerpt>,
    /// Shown after the path if there is no excerpt to hold it.
    label: String,
}

/// The fault's own place, and each related place that does not fit into the same excerpt.
fn blocks(diagnostic: &Diagnostic, texts: &mut LineIndex<'_>, room: usize) -> Vec<PlaceBlock> {
    let Diagnostic { place, related, .. } = diagnostic;
    let mut blocks = Vec::new();
    let mut others: Vec<&(Place, String)> = related.iter().collect();
    if let Some(place) = place {
        let mut marks = vec![mark(place, "", MarkKind::Fault)];
        let lines = texts.lines(place.path.as_str());
        others.retain(|(other, label)| {
            let mark = mark(other, label, MarkKind::Related);
            let joins = other.path == place.path
                && lines.is_some_and(|lines| {
                    let seen = lines.position(other.span.range().start).is_some();
                    seen && excerpt::fits(lines, &marks, &mark, room)
                });
            if joins {
                marks.push(mark);
            }
            !joins
        });
        blocks.push(block("-->", place, "", &marks, texts, room));
    }
    for (place, label) in others {
        let marks = [mark(place, label, MarkKind::Related)];
        blocks.push(block(":::", place, label, &marks, texts, room));
    }
    blocks
}

fn mark(place: &Place, label: &str, kind: MarkKind) -> Mark {
    Mark { range: place.span.range(), label: escape::message(label), kind }
}

fn block(
    arrow: &'static str,
    place: &Place,
    label: &str,
    marks: &[Mark],
    texts: &mut LineIndex<'_>,
    room: usize,
) -> PlaceBlock {
    let lines = texts.lines(place.path.as_str());
    let position = lines.and_then(|lines| lines.position(place.span.range().start));
    let excerpt = position.and(lines).map(|lines| SourceExcerpt::new(lines, marks, room));
    let path = escape::message(place.path.as_str());
    PlaceBlock { arrow, path, position, excerpt, label: escape::message(label) }
}

/// Where a report is written, and how.
struct ReportWriter<'a> {
    out: &'a mut dyn Write,
    color: bool,
}

impl ReportWriter<'_> {
    fn diagnostic(&mut self, diagnostic: &Diagnostic, blocks: &[PlaceBlock]) -> io::Result<()> {
        let Diagnostic { code, severity, message, hints, .. } = diagnostic;
        let label = match severity {
            Severity::Error => DEFAULT_ERROR_STYLE,
            Severity::Warning => DEFAULT_WARNING_STYLE,
            Severity::Note => DEFAULT_NOTE_STYLE,
        };
        let label = self.painted(label, &format!("{}[{}]", severity.as_str(), code.as_str()));
        let message = format!(": {}", escape::message(message));
        writeln!(self.out, "{label}{}", self.painted(DEFAULT_EMPHASIS_STYLE, &message))?;
        let last_line = blocks.iter().filter_map(|block| block.excerpt.as_ref());
        let gutter = last_line.map(|excerpt| excerpt.last_line.to_string().len()).max();
        let gutter = gutter.unwrap_or(2);
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 {
                writeln!(self.out, "{}", self.frame(gutter + 1, "|"))?;
            }
            self.block(block, *severity, gutter)?;
        }
        hints.iter().try_for_each(|hint| self.hint(hint, gutter))
    }

    fn block(&mut self, block: &PlaceBlock, severity: Severity, gutter: usize) -> io::Result<()> {
        let PlaceBlock { arrow, path, position, excerpt, label } = block;
        write!(self.out, "{} {path}", self.frame(gutter, arrow))?;
        if let Some(Position { line, column }) = position {
            write!(self.out, ":{line}:{column}")?;
        }
        match excerpt {
            Some(excerpt) => {
                writeln!(self.out)?;
                self.excerpt(excerpt, severity, gutter)
            }
            None if label.is_empty() => writeln!(self.out),
            None => writeln!(self.out, " ({label})"),
        }
    }

    fn excerpt(
        &mut self,
        excerpt: &SourceExcerpt,
        severity: Severity,
        gutter: usize,
    ) -> io::Result<()> {
        let renderer = if self.color { Renderer::styled() } else { Renderer::plain() };
        let drawn = renderer.term_width(UNCUT).render(&[group(excerpt, severity)]);
        // The line numbers of all excerpts of a fault end in the same column.
        let indent = gutter.saturating_sub(excerpt.last_line.to_string().len());
        for line in drawn.lines() {
            writeln!(self.out, "{:indent$}{}", "", line.trim_end())?;
        }
        Ok(())
    }

    fn hint(&mut self, hint: &str, gutter: usize) -> io::Result<()> {
        let label = self.painted(DEFAULT_EMPHASIS_STYLE, "hint");
        for (index, line) in hint.lines().enumerate() {
            let line = escape::message(line);
            if index == 0 {
                writeln!(self.out, "{} {label}: {line}", self.frame(gutter + 1, "="))?;
            } else {
                writeln!(self.out, "{:indent$}{line}", "", indent = gutter + "  = hint: ".len())?;
            }
        }
        Ok(())
    }

    fn rest(&mut self, rest: FaultCounts, shown: usize) -> io::Result<()> {
        let all = [(rest.errors, "error"), (rest.warnings, "warning"), (rest.notes, "note")];
        let some = all.iter().filter(|(number, _)| *number > 0);
        let what: Vec<String> = some.map(|(number, noun)| count(*number, noun)).collect();
        let what = what.join(", ");
        let lists = if rest.total() == 1 { "shows it" } else { "lists them all" };
        let faults = match shown {
            0 => count(rest.total(), "fault"),
            _ => format!("\n… and {}", count(rest.total(), "more fault")),
        };
        writeln!(self.out, "{faults}: {what}; `--format json` {lists}")
    }

    /// Part of the frame around the excerpts, indented by `indent` columns.
    fn frame(&self, indent: usize, text: &str) -> String {
        format!("{:indent$}{}", "", self.painted(DEFAULT_LINE_NUM_STYLE, text))
    }

    fn painted(&self, paint: Paint, text: &str) -> String {
        if self.color { format!("{paint}{text}{paint:#}") } else { text.to_string() }
    }
}

fn group(excerpt: &SourceExcerpt, severity: Severity) -> Group<'_> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let annotations = excerpt.marks.iter().map(|Mark { range, label, kind }| {
        let kind = match kind {
            MarkKind::Fault => AnnotationKind::Primary,
            MarkKind::Related => AnnotationKind::Context,
        };
        let label = Some(label.as_str()).filter(|label| !label.is_empty());
        kind.span(range.clone()).label(label)
    });
    let snippet = Snippet::source(excerpt.text.as_str()).line_start(excerpt.first_line);
    Group::with_level(level).element(snippet.annotations(annotations))
}
