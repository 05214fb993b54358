//! Lets emphasis stand beside Chinese punctuation, where CommonMark's rule for spaces would forbid it.
//!
//! `**真，**她` closes nothing in CommonMark, because the run stands between punctuation and a letter. A
//! noncharacter put between the run and the punctuation takes the doubt away; it is taken out of the
//! HTML again. When the parser has an option of its own for this, that option replaces this file.

use std::borrow::Cow;

use crate::model::needles::first_of;

/// Never part of a text (Unicode noncharacter); any in the source are taken out with ours.
pub const MARK: char = '\u{FDD0}';

/// A text with marks put in, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended<'a> {
    pub text: Cow<'a, str>,
    /// Where marks were put, as offsets in the mended text, ascending.
    marks: Vec<usize>,
    /// Whether there are marks in it, put there or written.
    pub is_marked: bool,
}

impl Mended<'_> {
    /// The offset in the source of an offset in the mended text.
    pub fn source(&self, offset: usize) -> usize {
        let count = self.marks.partition_point(|mark| *mark < offset);
        offset.saturating_sub(count * MARK.len_utf8())
    }
}

pub fn mend(text: &str) -> Mended<'_> {
    // Most texts have no emphasis at all, and most of the others no CJK.
    if text.is_ascii() {
        return Mended { text: Cow::Borrowed(text), marks: Vec::new(), is_marked: false };
    }
    let mut marks = places(text);
    if marks.is_empty() {
        return Mended { text: Cow::Borrowed(text), marks, is_marked: text.contains(MARK) };
    }
    let mut mended = String::with_capacity(text.len() + marks.len() * MARK.len_utf8());
    let mut last = 0;
    for mark in &mut marks {
        mended.push_str(text.get(last..*mark).unwrap_or(""));
        last = std::mem::replace(mark, mended.len());
        mended.push(MARK);
    }
    mended.push_str(text.get(last..).unwrap_or(""));
    Mended { text: Cow::Owned(mended), marks, is_marked: true }
}

fn places(text: &str) -> Vec<usize> {
    let mut marks = Vec::new();
    let mut rest = 0;
    let next = |from: usize| Some(from + first_of(b'*', b'~', text.get(from..)?)?);
    while let Some(start) = next(rest) {
        let tail = text.get(start..).unwrap_or("");
        let sign = tail.chars().next().unwrap_or('*');
        let end = start + tail.len() - tail.trim_start_matches(sign).len();
        let before = text.get(..start).and_then(|head| head.chars().next_back());
        let after = text.get(end..).and_then(|tail| tail.chars().next());
        if let (Some(before), Some(after)) = (before, after) {
            let escaped = before == '\\';
            if !escaped && is_punctuation(before) && is_cjk(after) {
                marks.push(start);
            } else if !escaped && is_cjk(before) && is_punctuation(after) {
                marks.push(end);
            }
        }
        rest = end;
    }
    marks
}

/// Whether `c` is written without spaces between words: Han, kana, bopomofo and their punctuation.
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{303F}' | '\u{3040}'..='\u{30FF}' | '\u{3100}'..='\u{312F}'
        | '\u{31A0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}')
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{00A1}' | '\u{00A7}'
            | '\u{00AB}' | '\u{00B6}' | '\u{00B7}' | '\u{00BB}' | '\u{00BF}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{30FB}'
            | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}'
            | '\u{FF5B}'..='\u{FF65}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stands_between_a_run_and_punctuation_beside_cjk() {
        assert_eq!(mend("**真，**她").text, "**真，\u{FDD0}**她");
        assert_eq!(mend("她**「真」**她").text, "她**\u{FDD0}「真」\u{FDD0}**她");
        assert_eq!(mend("~~旧。~~新").text, "~~旧。\u{FDD0}~~新");
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in ["**bold**, then", "**真**她", "a * b", "* 项目", "\\**真，"] {
            assert_eq!(mend(text).text, text);
        }
    }

    #[test]
    fn offsets_lead_back_to_the_source() {
        let mended = mend("**真，**她");
        assert_eq!(mended.source(2), 2);
        // The run behind the mark, and the letter behind the run.
        assert_eq!(mended.source(11), 8);
        assert_eq!(mended.source(13), 10);
    }
}
