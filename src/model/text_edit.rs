//! A change of a source: what stands in a range of it, and what takes its place.

use std::ops::Range;

/// A change of a text. The range is in bytes; an empty one only puts something in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextEdit {
    pub start: usize,
    pub end: usize,
    pub text: String,
}

impl TextEdit {
    pub fn new(range: Range<usize>, text: impl Into<String>) -> TextEdit {
        TextEdit { start: range.start, end: range.end, text: text.into() }
    }
}

/// `source` with these changes, of which equal ones count once. `None` if two of them overlap, or one lies outside.
pub fn applied(source: &str, edits: &[TextEdit]) -> Option<String> {
    let mut edits: Vec<&TextEdit> = edits.iter().collect();
    edits.sort();
    edits.dedup();
    let mut whole = String::with_capacity(source.len() + 64);
    let mut last = 0;
    for edit in edits {
        whole.push_str(source.get(last..edit.start)?);
        whole.push_str(&edit.text);
        last = edit.end;
    }
    whole.push_str(source.get(last..)?);
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_made_from_start_to_end_each_once() {
        let edits = [
            TextEdit::new(4..5, "C"),
            TextEdit::new(0..1, "A"),
            TextEdit::new(0..1, "A"),
            TextEdit::new(2..2, "-"),
        ];
        assert_eq!(applied("a b c", &edits).as_deref(), Some("A -b C"));
        let overlap = [TextEdit::new(0..3, ""), TextEdit::new(2..4, "")];
        assert_eq!(applied("a b c", &overlap), None);
        assert_eq!(applied("a", &[TextEdit::new(3..4, "")]), None);
    }
}
