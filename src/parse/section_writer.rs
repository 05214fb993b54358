//! Writes the parser's events as HTML: sections, notes, tables and alerts; the rest is left to `Writer`.

use std::collections::BTreeMap;

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::markup::Inline;
use crate::model::span::Span;
use crate::parse::alerts::AlertLine;
use crate::parse::events::{
    Alignment, Compiled, CowStr, Event, Heading, HeadingLevel, Origin, Sink, Tag, TagEnd,
};
use crate::parse::mend::{MARK, Mended, is_cjk};
use crate::parse::raw_html::OpenTags;
use crate::parse::regions::Surveyor;
use crate::parse::writer::{Writer, WrittenPart};

/// How deep lists and quotes may be nested; anything deeper is a fault.
const DEPTH: usize = 100;

/// Turns the parser's events into sections of HTML.
pub struct SectionWriter<'a> {
    pub(super) mended: &'a Mended<'a>,
    origin: &'a Origin,
    pub(super) surveyor: Surveyor<'a>,
    pub(super) sink: Sink<'a>,
    /// What is being written now: the lead, a title, the text of a section, or a footnote.
    pub(super) writer: Writer,
    lead: WrittenPart,
    sections: Vec<(Heading, Inline, WrittenPart)>,
    /// The heading that is being read, and its text without tags.
    pub(super) heading: Option<Heading>,
    title: String,
    /// Footnotes whose definitions are being read, each with the writer of the text around it.
    open_notes: Vec<Note<'a>>,
    /// The definitions of footnotes, kept for the end.
    pub(super) notes: Vec<Note<'a>>,
    /// The number of each footnote, by its label, and how often it is referred to. Numbers follow the first
    /// references.
    pub(super) numbers: BTreeMap<String, (u32, u32)>,
    /// The text of a picture that is being read.
    alt: Option<String>,
    pub(super) has_picture: bool,
    table: TableState,
    pub(super) tags: OpenTags,
    /// The alert whose first line is being read, and where quotes begin that are drawn as alerts.
    pub(super) alert: Option<AlertLine>,
    pub(super) alert_starts: Vec<usize>,
    /// Whether the link that is open began with `www.`.
    pub(super) is_www: bool,
    pub(super) depth: usize,
    too_deep: bool,
    /// The last character of running text, which decides about a soft break.
    last: Option<char>,
    /// Whether a line has ended there. What follows decides whether that becomes a space.
    soft_break: bool,
}

/// The definition of a footnote.
pub(super) struct Note<'a> {
    pub(super) label: CowStr<'a>,
    pub(super) span: Span,
    pub(super) writer: Writer,
}

#[derive(Default)]
struct TableState {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

impl<'a> SectionWriter<'a> {
    pub fn new(surveyor: Surveyor<'a>, sink: Sink<'a>) -> SectionWriter<'a> {
        let Surveyor { mended, origin, .. } = surveyor;
        SectionWriter {
            mended,
            origin,
            surveyor,
            sink,
            writer: Writer::of(mended),
            lead: WrittenPart::default(),
            sections: Vec::new(),
            heading: None,
            title: String::new(),
            open_notes: Vec::new(),
            notes: Vec::new(),
            numbers: BTreeMap::new(),
            alt: None,
            has_picture: false,
            table: TableState::default(),
            tags: OpenTags::default(),
            alert: None,
            alert_starts: Vec::new(),
            is_www: false,
            depth: 0,
            too_deep: false,
            last: None,
            soft_break: false,
        }
    }

    pub fn span(&self, range: &std::ops::Range<usize>) -> Span {
        match self.origin {
            Origin::Within(span, _) => *span,
            Origin::From(offset) => {
                let end = self
                    .mended
                    .text
                    .get(range.clone())
                    .map_or(range.end, |written| range.start + written.trim_end().len());
                Span::new(self.mended.source(range.start), self.mended.source(end)).shifted(*offset)
            }
        }
    }

    pub fn fault(&mut self, code: Code, span: Span, message: impl Into<String>, hint: &str) {
        self.sink
            .diagnostics
            .push(Diagnostic::new(code, message).at(self.sink.path, span).hint(hint));
    }

    pub fn draw(&mut self, event: Event<'a>, range: std::ops::Range<usize>) {
        self.surveyor.see(&event, &range);
        if std::mem::take(&mut self.soft_break) {
            self.end_line(&event);
        }
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEPTH {
            if !std::mem::replace(&mut self.too_deep, true) {
                let span = self.span(&range);
                let message = format!("this is nested deeper than {DEPTH} levels");
                self.fault(
                    Code::NestingTooDeep,
                    span,
                    message,
                    "take lists and quotes out of one another",
                );
            }
            return;
        }
        if let Some(alt) = &mut self.alt {
            return match event {
                Event::Text(text) | Event::Code(text) => alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                Event::End(TagEnd::Image) => {
                    let alt = self.alt.take().unwrap_or_default();
                    self.end_image(&alt);
                    self.tags.leave(true);
                }
                _ => {}
            };
        }
        let Some(event) = self.alert_line(event, &range) else { return };
        match event {
            Event::Start(tag) => self.start(tag, &range),
            // The start that this ends was beyond the limit and left out, so its end is too.
            Event::End(_) if self.depth == DEPTH => {}
            Event::End(tag) => self.end(tag, &range),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                self.last = code.chars().next_back();
                self.plain(&code);
                self.writer.event(Event::Code(code));
            }
            Event::SoftBreak => self.soft_break = true,
            Event::HardBreak => {
                self.last = None;
                self.plain(" ");
                self.writer.event(Event::HardBreak);
            }
            Event::Html(html) => self.raw_html(&html, &range, true),
            Event::InlineHtml(html) => self.raw_html(&html, &range, false),
            Event::FootnoteReference(label) => self.footnote_reference(label, &range),
            event => self.writer.event(event),
        }
    }

    pub(super) fn plain(&mut self, text: &str) {
        if self.heading.is_some() {
            self.title.push_str(text);
        }
    }

    /// What follows is at the start of a line of its own.
    pub(super) fn start_line(&mut self) {
        (self.last, self.soft_break) = (None, false);
    }

    fn text(&mut self, text: &str) {
        // The scheme of such an address is none of the writer's.
        let typed = text.strip_prefix("http://").filter(|_| std::mem::take(&mut self.is_www));
        let text = typed.unwrap_or(text);
        self.last = text.chars().rev().find(|c| *c != MARK).or(self.last);
        self.plain(text);
        self.writer.text(text);
    }

    /// Joins two lines without a space if both sides are CJK characters, and with one otherwise.
    fn end_line(&mut self, next: &Event<'a>) {
        let first = match next {
            Event::Text(text) | Event::Code(text) => text.chars().find(|c| *c != MARK),
            _ => None,
        };
        if self.last.is_some_and(is_cjk) && first.is_none_or(is_cjk) {
            return;
        }
        self.plain(" ");
        self.writer.event(Event::SoftBreak);
    }

    fn start(&mut self, tag: Tag<'a>, range: &std::ops::Range<usize>) {
        self.tags.enter();
        match tag {
            Tag::Heading { level, id, classes, attrs } if self.depth == 1 => {
                self.start_section(level, id, &classes, attrs, range);
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(link_type, &dest_url, &title, range);
            }
            Tag::Image { dest_url, title, .. } => {
                self.start_image(&dest_url, &title, range);
                self.alt = Some(String::new());
            }
            Tag::BlockQuote(kind) => self.start_quote(kind, range),
            Tag::FootnoteDefinition(label) => {
                let span = self.span(range);
                let outside = std::mem::take(&mut self.writer);
                self.open_notes.push(Note { label, span, writer: outside });
                // This is the end of a start tag, whose number becomes known only at the end.
                self.writer.push(">");
            }
            Tag::Table(alignments) => {
                self.table = TableState { alignments, column: 0, head: false };
                self.writer.push("<table>");
            }
            Tag::TableHead => {
                self.table.head = true;
                self.table.column = 0;
                self.writer.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.judge_row(range);
                self.table.column = 0;
                self.writer.push("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            tag => {
                let goes_on = matches!(
                    tag,
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Heading { .. }
                );
                if !goes_on {
                    self.last = None;
                }
                self.writer.event(Event::Start(tag));
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: &std::ops::Range<usize>) {
        self.close_tags(matches!(tag, TagEnd::HtmlBlock), range);
        match tag {
            TagEnd::Heading(_) if self.depth == 0 => self.end_title(),
            TagEnd::Link if self.heading.is_some() => {}
            TagEnd::Link => self.writer.tag("</a>"),
            TagEnd::BlockQuote(kind) => self.end_quote(kind, range),
            TagEnd::FootnoteDefinition => {
                if let Some(note) = self.open_notes.pop() {
                    let writer = std::mem::replace(&mut self.writer, note.writer);
                    self.notes.push(Note { writer, ..note });
                }
            }
            TagEnd::Table => self.writer.push("</tbody></table>\n"),
            TagEnd::TableHead => {
                self.table.head = false;
                self.writer.push("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.writer.push("</tr>\n"),
            TagEnd::TableCell => {
                self.writer.push(if self.table.head { "</th>" } else { "</td>" });
            }
            tag => self.writer.event(Event::End(tag)),
        }
    }

    fn start_section(
        &mut self,
        level: HeadingLevel,
        id: Option<CowStr<'a>>,
        classes: &[CowStr<'a>],
        attributes: Vec<(CowStr<'a>, Option<CowStr<'a>>)>,
        range: &std::ops::Range<usize>,
    ) {
        self.close_all_tags(range);
        self.end_text();
        let span = self.span(range);
        if level == HeadingLevel::H1 {
            let message = "a heading of the first level stands in the text";
            let hint = "the page's own heading is its `title`; begin with `##`";
            self.fault(Code::HeadingLevelOne, span, message, hint);
        }
        let attributes = attributes
            .into_iter()
            .map(|(name, value)| (name.to_string(), value.map(|value| value.to_string())));
        let classes = classes.iter().map(|class| (format!(".{class}"), None));
        self.heading = Some(Heading {
            span,
            level: (level as u8).max(2),
            id: id.map(|id| id.to_string()),
            attributes: attributes.chain(classes).collect(),
        });
        self.last = None;
    }

    fn end_title(&mut self) {
        if let Some(heading) = self.heading.take() {
            let plain = match self.mended.is_marked && self.title.contains(MARK) {
                true => self.title.replace(MARK, "").trim().into(),
                false => self.title.trim().into(),
            };
            self.title.clear();
            let title = Inline { html: self.writer.take_line(), plain };
            self.sections.push((heading, title, WrittenPart::default()));
        }
    }

    /// Whether it is the start of a page that is being written.
    pub(super) fn is_lead(&self) -> bool {
        self.sections.is_empty() && matches!(self.origin, Origin::From(_))
    }

    /// Ends the lead or the text of a section.
    fn end_text(&mut self) {
        let text = self.writer.take();
        match self.sections.last_mut() {
            Some((_, _, section)) => *section = text,
            None => self.lead = text,
        }
    }

    /// Reports a row with more cells than the head, because the surplus is lost. Fewer cells are fine.
    fn judge_row(&mut self, range: &std::ops::Range<usize>) {
        let written = self.mended.text.get(range.clone()).unwrap_or("").trim();
        let cells = cells(written);
        let columns = self.table.alignments.len();
        if cells.iter().skip(columns).any(|cell| !cell.trim().is_empty()) {
            let message =
                format!("this row has {} cells, and the head of its table {columns}", cells.len());
            let hint =
                "add a cell to the head and to the line below it; a `|` in a text is written `\\|`";
            self.fault(Code::ExtraCells, self.span(range), message, hint);
        }
    }

    fn start_cell(&mut self) {
        let name = if self.table.head { "th" } else { "td" };
        // These are classes because a strict content security policy forbids `style`.
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"end\"",
            _ => "",
        };
        self.table.column += 1;
        self.last = None;
        self.writer.push(&format!("<{name}{class}>"));
    }

    pub fn finish(mut self) -> Compiled {
        let end = self.mended.text.len();
        self.close_all_tags(&(end..end));
        self.end_text();
        self.end_notes();
        self.surveyor.finish();
        let notes = self.writer.take();
        let html = self.writer.finish();
        let section = |(heading, title, text): (Heading, Inline, WrittenPart)| {
            (heading, title, text.of(&html))
        };
        let sections = self.sections.into_iter().map(section).collect();
        Compiled { lead: self.lead.of(&html), sections, footnotes: notes.of(&html) }
    }
}

/// The cells of a row. A `|` after a backslash does not end a cell.
fn cells(row: &str) -> Vec<&str> {
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
    let mut before = ' ';
    let ends = |c: char| {
        c == '|' && std::mem::replace(&mut before, c) != '\\' || {
            before = c;
            false
        }
    };
    row.split(ends).collect()
}
