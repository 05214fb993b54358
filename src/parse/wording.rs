//! Notes the words of a body as they are written, section by section, so that a change of them is known.

use crate::model::guide::{Role, Translation};
use crate::model::span::Span;
use crate::model::unit::{Wording, has_todo};

/// The wording of the lead, of each section, and of the footnotes of the body that begins `offset`
/// bytes into its file.
pub fn body(text: &str, offset: usize, translation: &mut Translation) {
    let is_original = matches!(translation.role, Role::Original(_));
    let todo = has_todo(text);
    let add = |wording: &mut Wording, text: &str, span: Span| {
        // Nobody asks what a translation said before.
        if is_original {
            wording.pin = wording.pin.then(text);
        }
        wording.spans.push(span);
        wording.todo |= todo && has_todo(text);
    };
    let notes = footnotes(text);
    let cut = |range: std::ops::Range<usize>, wording: &mut Wording| {
        for part in without(range, &notes) {
            let slice = text.get(part.clone()).unwrap_or("");
            if !slice.trim().is_empty() {
                add(wording, slice, Span::new(part.start, part.end).shifted(offset));
            }
        }
    };
    let headings: Vec<Span> =
        translation.body.sections.iter().map(|section| section.span).collect();
    let start = |span: &Span| (span.start as usize).saturating_sub(offset);
    let end = headings.first().map_or(text.len(), start);
    cut(0..end, &mut translation.wording.lead);
    for (index, section) in translation.body.sections.iter_mut().enumerate() {
        let heading = start(&section.span)..(section.span.end as usize).saturating_sub(offset);
        let title = text.get(heading.clone()).unwrap_or("");
        add(&mut section.wording, words(title), section.span);
        let end = headings.get(index + 1).map_or(text.len(), start);
        cut(heading.end..end, &mut section.wording);
    }
    for note in &notes {
        let slice = text.get(note.clone()).unwrap_or("");
        let span = Span::new(note.start, note.end).shifted(offset);
        add(&mut translation.wording.footnotes, slice, span);
    }
}

/// A heading without its marks and attributes: an id may be given without anything being translated anew.
fn words(heading: &str) -> &str {
    let title = heading.trim_start_matches('#').trim_end();
    match title.rsplit_once('{') {
        Some((title, attributes)) if attributes.ends_with('}') => title,
        _ => title,
    }
}

/// Definitions of footnotes: from `[^name]:` to the line before the next text that is not indented.
fn footnotes(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut notes: Vec<std::ops::Range<usize>> = Vec::new();
    if !text.contains("[^") {
        return notes;
    }
    let mut open = false;
    let mut blank = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.starts_with("[^") && line.contains("]:") {
            notes.push(at..end);
            open = true;
        } else if open && (!blank || line.starts_with([' ', '\t'])) && !line.starts_with('#') {
            if let Some(note) = notes.last_mut()
                && !line.trim().is_empty()
            {
                note.end = end;
            }
        } else if !line.trim().is_empty() {
            open = false;
        }
        blank = line.trim().is_empty();
        at = end;
    }
    notes
}

/// The parts of `range` that are in none of `holes`, which are in order.
fn without(
    range: std::ops::Range<usize>,
    holes: &[std::ops::Range<usize>],
) -> Vec<std::ops::Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for hole in holes.iter().filter(|hole| hole.start < range.end && hole.end > range.start) {
        if start < hole.start {
            parts.push(start..hole.start);
        }
        start = hole.end.max(start);
    }
    if start < range.end {
        parts.push(start..range.end);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footnotes_stand_apart_from_the_section_in_which_they_are_written() {
        let text = "a[^1]\n\n[^1]: note\nmore\n\n  still\n\nb\n";
        let notes: Vec<&str> =
            footnotes(text).into_iter().filter_map(|note| text.get(note)).collect();
        assert_eq!(notes, ["[^1]: note\nmore\n\n  still\n"]);
        let parts = without(0..text.len(), &footnotes(text));
        let parts: Vec<&str> = parts.into_iter().filter_map(|part| text.get(part)).collect();
        assert_eq!(parts, ["a[^1]\n\n", "\nb\n"]);
    }

    #[test]
    fn a_heading_is_its_words() {
        assert_eq!(words("## Ask {#ask operator=al/one}\n").trim(), "Ask");
        assert_eq!(words("### {#a} b").trim(), "{#a} b");
    }
}
