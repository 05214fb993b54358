//! Draws alerts, and the titles that they may have of their own.

use std::ops::Range;

use crate::model::markup::{Fill, InterfaceWord};
use crate::model::region::RegionKind;
use crate::parse::alerts::AlertLine;
use crate::parse::events::{BlockQuoteKind, CowStr, Event, Tag, TagEnd};
use crate::parse::section_writer::SectionWriter;

impl<'a> SectionWriter<'a> {
    pub fn start_quote(&mut self, kind: Option<BlockQuoteKind>, range: &Range<usize>) {
        if let Some(kind) = kind {
            return self.start_alert(kind, false);
        }
        let Some(line) = AlertLine::of(&self.mended.text, range) else {
            return self.writer.event(Event::Start(Tag::BlockQuote(None)));
        };
        self.surveyor.note(&line.sign, RegionKind::Mark);
        self.start_alert(line.kind, line.is_titled);
        self.alert_starts.push(range.start);
        self.alert = Some(line);
    }

    /// Whether the quote that begins at `range` was drawn as an alert.
    pub fn end_quote(&mut self, kind: Option<BlockQuoteKind>, range: &Range<usize>) {
        if self.alert_starts.last() == Some(&range.start) {
            self.alert_starts.pop();
        } else if kind.is_none() {
            return self.writer.event(Event::End(TagEnd::BlockQuote(None)));
        }
        self.alert = None;
        self.writer.push("</div>\n");
    }

    fn start_alert(&mut self, kind: BlockQuoteKind, is_titled: bool) {
        let (opening, word) = alert(kind);
        self.writer.push(opening);
        if !is_titled {
            self.writer.push("<p class=\"alert-title\">");
            self.writer.slot(Fill::Word(word));
            self.writer.push("</p>\n");
        }
    }

    /// An event within the first line of an alert; gives back what is to be drawn as usual.
    pub fn alert_line(&mut self, event: Event<'a>, range: &Range<usize>) -> Option<Event<'a>> {
        let Some(line) = &mut self.alert else { return Some(event) };
        let is_its_own = line.depth == Some(self.depth);
        match event {
            Event::Start(Tag::Paragraph) if line.depth.is_none() => {
                line.depth = Some(self.depth);
                if line.is_titled {
                    self.writer.push("<p class=\"alert-title own\">");
                }
                // What opens a block has to be known where it ends.
                self.tags.enter();
                None
            }
            Event::Text(text) if range.start < line.sign.end => {
                let cut = line.sign.end.min(range.end) - range.start;
                let rest = text.get(cut..).unwrap_or("").trim_start();
                (!rest.is_empty()).then(|| Event::Text(CowStr::from(rest.to_owned())))
            }
            Event::SoftBreak | Event::HardBreak if is_its_own => {
                self.writer.push(if line.is_titled { "</p>\n<p>" } else { "<p>" });
                self.surveyor.end_block();
                self.alert = None;
                self.start_line();
                None
            }
            Event::End(TagEnd::Paragraph) => {
                let is_titled = line.is_titled;
                self.alert = None;
                if is_titled {
                    return Some(event);
                }
                self.tags.leave(true);
                None
            }
            Event::Start(_) if line.depth.is_none() => {
                self.alert = None;
                Some(event)
            }
            event => Some(event),
        }
    }
}

/// The start of its box, and its title.
fn alert(kind: BlockQuoteKind) -> (&'static str, InterfaceWord) {
    match kind {
        BlockQuoteKind::Note => ("<div class=\"alert alert-note\">\n", InterfaceWord::AlertNote),
        BlockQuoteKind::Tip => ("<div class=\"alert alert-tip\">\n", InterfaceWord::AlertTip),
        BlockQuoteKind::Important => {
            ("<div class=\"alert alert-important\">\n", InterfaceWord::AlertImportant)
        }
        BlockQuoteKind::Warning => {
            ("<div class=\"alert alert-warning\">\n", InterfaceWord::AlertWarning)
        }
        BlockQuoteKind::Caution => {
            ("<div class=\"alert alert-caution\">\n", InterfaceWord::AlertCaution)
        }
    }
}
