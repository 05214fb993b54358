//! Records the words of a body as they are written, section by section, so that changes can be detected.

use std::ops::Range;

use crate::model::guide::{Role, Section, Translation};
use crate::model::span::Span;
use crate::model::unit::{Wording, has_todo};

/// Records the wording of the lead, of each section and of the footnotes of the body, which begins `offset`
/// bytes into its file. `todo` says whether there is a `TODO` anywhere in the file.
pub fn body(text: &str, offset: usize, todo: bool, translation: &mut Translation) {
    let is_original = matches!(translation.role, Role::Original(_));
    let add = |wording: &mut Wording, text: &str, span: Span| {
        // Nothing depends on what a translation said before.
        if is_original {
            wording.pin = wording.pin.then(text);
        }
        wording.spans.push(span);
        wording.todo |= todo && has_todo(text);
    };
    let notes = footnotes(text);
    let cut = |range: Range<usize>, wording: &mut Wording| {
        for part in without(range, &notes) {
            let slice = text.get(part.clone()).unwrap_or("");
            if !slice.trim().is_empty() {
                add(wording, slice, Span::new(part.start, part.end).shifted(offset));
            }
        }
    };
    let place = |at: u32| (at as usize).saturating_sub(offset);
    let mut sections = translation.body.sections.iter_mut().peekable();
    let next = |section: Option<&&mut Section>| {
        section.map_or(text.len(), |section| place(section.span.start))
    };
    cut(0..next(sections.peek()), &mut translation.wording.lead);
    while let Some(section) = sections.next() {
        let heading = place(section.span.start)..place(section.span.end);
        let title = text.get(heading.clone()).unwrap_or("");
        add(&mut section.wording, words(title), section.span);
        cut(heading.end..next(sections.peek()), &mut section.wording);
    }
    for note in &notes {
        let slice = text.get(note.clone()).unwrap_or("");
        let span = Span::new(note.start, note.end).shifted(offset);
        add(&mut translation.wording.footnotes, slice, span);
    }
}

/// A heading without its marks and attributes, so that adding an id does not make translations stale.
fn words(heading: &str) -> &str {
    let title = heading.trim_start_matches('#').trim_end();
    match title.rsplit_once('{') {
        Some((title, attributes)) if attributes.ends_with('}') => title,
        _ => title,
    }
}

/// The definitions of footnotes: from `[^name]:` to the line before the next text that is not indented.
fn footnotes(text: &str) -> Vec<Range<usize>> {
    let mut notes: Vec<Range<usize>> = Vec::new();
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

/// The parts of `range` that are not in any of `holes`, which are in order.
fn without(range: Range<usize>, holes: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> {
    let end = range.end;
    let holes = holes.iter().filter(move |hole| hole.start < end && hole.end > range.start);
    let mut start = range.start;
    holes.map(|hole| (hole.start, hole.end)).chain([(end, end)]).filter_map(move |(from, to)| {
        let part = start..from;
        start = to.max(start);
        (part.start < part.end).then_some(part)
    })
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
        let notes = footnotes(text);
        let parts = without(0..text.len(), &notes);
        let parts: Vec<&str> = parts.filter_map(|part| text.get(part)).collect();
        assert_eq!(parts, ["a[^1]\n\n", "\nb\n"]);
    }

    #[test]
    fn a_heading_is_its_words() {
        assert_eq!(words("## Ask {#ask operator=al/one}\n").trim(), "Ask");
        assert_eq!(words("### {#a} b").trim(), "{#a} b");
    }
}
