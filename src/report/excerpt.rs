//! Cuts the lines round a fault out of a source, short and safe to print.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::report::escape;
use crate::report::lines::Lines;

/// Places further apart than this stand in excerpts of their own, and of a longer span only the
/// first line is shown.
const FAR: usize = 1000;
/// The lines at either end of a span of several lines that may be shown.
const HEAD: usize = 4;
const ELLIPSIS: &str = "...";

/// Whether a place is the fault itself or explains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkKind {
    Fault,
    Related,
}

/// A range of an excerpt's text (or, before it is cut, of a source) to underline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub range: Range<usize>,
    pub label: String,
    pub kind: MarkKind,
}

/// Some lines of a source, those that are not shown left empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceExcerpt {
    /// Counted from 1.
    pub first_line: usize,
    pub last_line: usize,
    pub text: String,
    pub marks: Vec<Mark>,
}

/// What an excerpt shows of a line: these bytes of the source, from `at` in the excerpt.
struct ShownPart {
    window: Range<usize>,
    at: usize,
}

impl SourceExcerpt {
    /// The lines that `marks` touch, each cut to about `room` columns.
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

/// Whether `mark` can stand in one excerpt with `others` and still be seen.
pub(super) fn fits(lines: &Lines<'_>, others: &[Mark], mark: &Mark, room: usize) -> bool {
    let line = lines.line(mark.range.start);
    others.iter().all(|other| {
        let apart = lines.line(other.range.start).abs_diff(line);
        apart < FAR && (apart > 0 || other.range.start.abs_diff(mark.range.start) < room)
    })
}

/// The mark without the line end after it, on whole characters, and no longer than can be drawn.
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

/// The lines to show, and the bytes of each that must be seen.
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
    // A single line between two is shown rather than left out: leaving it out saves nothing.
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
        // So that there is something to stand under; the printed line loses it again.
        text.push(' ');
    }
    ShownPart { window, at }
}

/// The bytes of `line` to show: all where they fit, else those round `focus`, two thirds after it.
fn window(text: &str, line: &Range<usize>, focus: usize, room: usize) -> Range<usize> {
    let before = text.get(line.start..focus).unwrap_or("");
    let after = text.get(focus..line.end).unwrap_or("");
    let (_, ahead) = measure(after.chars(), room - room / 3);
    let (back, behind) = measure(before.chars().rev(), room - ahead);
    let (forth, _) = measure(after.chars(), room - behind);
    focus - back..focus + forth
}

/// How many bytes of `characters` fit into `room` columns, and how many columns they take.
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

/// The mark in the excerpt's text instead of the source's.
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
