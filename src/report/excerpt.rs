//! Cuts the lines around a fault out of a source, short and safe to print.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::report::escape;
use crate::report::lines::Lines;

/// How many lines apart two places may be and still share an excerpt. Of a span that is longer, only the
/// first line is shown.
const FAR: usize = 1000;
/// How many lines of a long span are shown after its first. Of its end, the last two are shown.
const HEAD: usize = 4;
const ELLIPSIS: &str = "...";

/// Whether a mark shows the fault itself or a place that explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkKind {
    Fault,
    Related,
}

/// A range to underline, in an excerpt's text or, before it is cut out, in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub range: Range<usize>,
    pub label: String,
    pub kind: MarkKind,
}

/// Some lines of a source. Those that are not shown are empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceExcerpt {
    /// The number of the first line, counted from 1.
    pub first_line: usize,
    pub last_line: usize,
    pub text: String,
    pub marks: Vec<Mark>,
}

/// The part of a line that an excerpt shows: the bytes of the source, and where they begin in the excerpt.
struct ShownPart {
    window: Range<usize>,
    at: usize,
}

impl SourceExcerpt {
    /// Cuts out the lines that `marks` touch, each shortened to about `room` columns.
    pub(super) fn new(lines: &Lines<'_>, marks: &[Mark], room: usize) -> SourceExcerpt {
        let marks: Vec<Mark> = marks.iter().map(|mark| clipped(lines, mark)).collect();
        let focuses = focuses(lines, &marks);
        let first = focuses.keys().next().copied().unwrap_or(0);
        let last = focuses.keys().next_back().copied().unwrap_or(0);
        let mut text = String::new();
        let mut shown = BTreeMap::new();
        for line in first..=last {
            if let Some(focus) = focuses.get(&line) {
                shown.insert(line, show(&mut text, lines, line, focus, room));
            }
            text.push('\n');
        }
        let marks = marks.into_iter().map(|mark| moved(lines, mark, &shown, &text)).collect();
        SourceExcerpt { first_line: first + 1, last_line: last + 1, text, marks }
    }
}

/// Whether `mark` can be shown in one excerpt together with `others`.
pub(super) fn fits(lines: &Lines<'_>, others: &[Mark], mark: &Mark, room: usize) -> bool {
    let line = lines.line(mark.range.start);
    others.iter().all(|other| {
        let apart = lines.line(other.range.start).abs_diff(line);
        apart < FAR && (apart > 0 || other.range.start.abs_diff(mark.range.start) < room)
    })
}

/// The mark without the line ending after it, extended to whole characters, and no longer than can be drawn.
fn clipped(lines: &Lines<'_>, mark: &Mark) -> Mark {
    let text = lines.text();
    let start = text.floor_char_boundary(mark.range.start);
    let end = text.ceil_char_boundary(mark.range.end.min(text.len())).max(start);
    let marked = text.get(start..end).unwrap_or("");
    let end = start + marked.trim_end_matches(['\r', '\n']).len();
    let (first, last) = (lines.line(start), lines.line(end));
    let first_end = lines.range(first).end;
    let long = mark.kind == MarkKind::Related && last > first || last - first >= FAR;
    let end = if long { first_end } else { end };
    // A place between `\r` and `\n` is shown at the end of the line.
    let start = start.min(first_end);
    Mark { range: start..end.max(start), ..mark.clone() }
}

/// The lines to show, each with the bytes that have to be visible.
fn focuses(lines: &Lines<'_>, marks: &[Mark]) -> BTreeMap<usize, Range<usize>> {
    let mut focuses = BTreeMap::new();
    for Mark { range, .. } in marks {
        let (first, last) = (lines.line(range.start), lines.line(range.end));
        widen(&mut focuses, first, range.start);
        widen(&mut focuses, last, range.end);
        for line in (first + 1..last).filter(|line| *line <= first + HEAD || line + 1 == last) {
            widen(&mut focuses, line, lines.range(line).start);
        }
    }
    // A single line between two others is shown, because leaving it out would save nothing.
    let shown: Vec<usize> = focuses.keys().copied().collect();
    for line in shown.iter().zip(shown.iter().skip(1)).filter(|(one, next)| *one + 2 == **next) {
        widen(&mut focuses, line.0 + 1, lines.range(line.0 + 1).start);
    }
    focuses
}

fn widen(focuses: &mut BTreeMap<usize, Range<usize>>, line: usize, offset: usize) {
    let focus = focuses.entry(line).or_insert(offset..offset);
    *focus = focus.start.min(offset)..focus.end.max(offset);
}

fn show(
    text: &mut String,
    lines: &Lines<'_>,
    line: usize,
    focus: &Range<usize>,
    room: usize,
) -> ShownPart {
    let whole = lines.range(line);
    let window = window(lines.text(), &whole, focus.start, room);
    if window.start > whole.start {
        text.push_str(ELLIPSIS);
    }
    let at = text.len();
    text.push_str(&escape::source(lines.text().get(window.clone()).unwrap_or("")));
    if window.end < whole.end {
        text.push_str(ELLIPSIS);
    }
    if whole.is_empty() {
        // This gives the mark something to stand under. The printed line has no trailing space.
        text.push(' ');
    }
    ShownPart { window, at }
}

/// The bytes of `line` to show: all if they fit, or else those around `focus`, two thirds of them after it.
fn window(text: &str, line: &Range<usize>, focus: usize, room: usize) -> Range<usize> {
    let before = text.get(line.start..focus).unwrap_or("");
    let after = text.get(focus..line.end).unwrap_or("");
    let (_, ahead) = measure(after.chars(), room - room / 3);
    let (back, behind) = measure(before.chars().rev(), room - ahead);
    let (forth, _) = measure(after.chars(), room - behind);
    focus - back..focus + forth
}

/// How many bytes of `characters` fit into `room` columns, and how many columns they take up.
fn measure(characters: impl Iterator<Item = char>, room: usize) -> (usize, usize) {
    let (mut bytes, mut columns) = (0, 0);
    for character in characters {
        let wider = columns + escape::columns(character);
        if wider > room {
            break;
        }
        columns = wider;
        bytes += character.len_utf8();
    }
    (bytes, columns)
}

/// The mark with its range in the excerpt's text instead of the source.
fn moved(lines: &Lines<'_>, mark: Mark, shown: &BTreeMap<usize, ShownPart>, text: &str) -> Mark {
    let offset = |offset: usize| {
        let Some(ShownPart { window, at }) = shown.get(&lines.line(offset)) else { return 0 };
        let seen = window.start..offset.clamp(window.start, window.end);
        at + escape::source(lines.text().get(seen).unwrap_or("")).len()
    };
    let (start, mut end) = (offset(mark.range.start), offset(mark.range.end));
    if start == end && text.as_bytes().get(end) == Some(&b' ') {
        end += 1;
    }
    Mark { range: start..end.max(start), ..mark }
}
