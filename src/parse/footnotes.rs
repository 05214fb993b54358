//! Writes footnotes: references in the text, and notes at its end, numbered in the order of reference.

use std::collections::BTreeMap;

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::markup::{Fill, InterfaceWord, reference_id};
use crate::model::span::Span;
use crate::parse::events::CowStr;
use crate::parse::section_writer::{Note, SectionWriter};

impl<'a> SectionWriter<'a> {
    pub fn footnote_reference(&mut self, label: CowStr<'a>, range: &std::ops::Range<usize>) {
        if self.heading.is_some() {
            let span = self.span(range);
            let hint = "put the reference into the text below";
            self.fault(Code::LinkInHeading, span, "a footnote is referred to in a heading", hint);
            return;
        }
        let next = u32::try_from(self.numbers.len() + 1).unwrap_or(u32::MAX);
        let (number, count) = self.numbers.entry(label.to_string()).or_insert((next, 0));
        *count += 1;
        let fill = Fill::Note(*number, *count);
        self.writer.slot(fill);
    }

    /// Writes the notes that are referred to, in the order of their numbers.
    pub fn end_notes(&mut self) {
        self.judge_notes();
        let mut notes = BTreeMap::new();
        for note in std::mem::take(&mut self.notes) {
            if let Some((number, count)) = self.numbers.get(&*note.label) {
                notes.entry(*number).or_insert((*count, note));
            }
        }
        for (number, (count, note)) in notes {
            self.writer.push(&format!("<li id=\"fn-{number}\""));
            self.writer.append(note.writer);
            // The links back go into the note's last paragraph rather than onto a line of their own.
            let paragraph = self.writer.cut("</p>\n");
            for which in 1..=count {
                let id = reference_id(number, which);
                self.writer.push(&format!(" <a href=\"#{id}\" title=\""));
                self.writer.slot(Fill::Word(InterfaceWord::FootnoteBack));
                let which = if which == 1 { String::new() } else { format!("<sup>{which}</sup>") };
                self.writer.push(&format!("\">↩{which}</a>"));
            }
            self.writer.push(paragraph);
            self.writer.push("</li>\n");
        }
    }

    fn judge_notes(&mut self) {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for Note { label, span, .. } in &self.notes {
            let fault = match first.get(&**label) {
                Some(earlier) => {
                    let message = format!("two footnotes are called `{label}`");
                    let hint =
                        "give one of them another name, here and where the text refers to it";
                    Diagnostic::new(Code::DuplicateFootnote, message)
                        .related(self.sink.path, *earlier, "the first of them")
                        .hint(hint)
                }
                None => {
                    first.insert(label, *span);
                    if self.numbers.contains_key(&**label) {
                        continue;
                    }
                    let message = format!("nothing refers to the footnote `{label}`");
                    Diagnostic::new(Code::UnusedFootnote, message)
                        .hint(format!("put `[^{label}]` where it belongs, or take it out"))
                }
            };
            self.sink.diagnostics.push(fault.at(self.sink.path, *span));
        }
    }
}
