//! Draws the parser's events: sections, notes, tables and raw HTML as the HTML writer is to write them.

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::markup::LinkKind;
use crate::model::span::Span;
use crate::parse::cut;
use crate::parse::markdown::{
    Alignment, BlockQuoteKind, CowStr, Event, Heading, HeadingLevel, Origin, Sink, Tag, TagEnd,
};
use crate::parse::mend::{MARK, Mended, is_cjk};
use crate::parse::raw_html::OpenTags;

/// Lists in lists and quotes in quotes beyond this are a fault.
const DEPTH: usize = 100;

pub struct Drawn<'a> {
    pub events: Vec<Event<'a>>,
    pub headings: Vec<Heading>,
}

/// Turns the parser's events into those that the HTML writer is to write.
pub struct Drawer<'a> {
    pub(super) mended: &'a Mended<'a>,
    origin: Origin,
    pub(super) sink: Sink<'a>,
    pub(super) events: Vec<Event<'a>>,
    /// Definitions of footnotes by label, kept back to the end.
    notes: Vec<Note<'a>>,
    /// Labels in the order in which they are first referred to.
    referred: Vec<CowStr<'a>>,
    /// The events of the text around a footnote's definition.
    outside: Option<Vec<Event<'a>>>,
    headings: Vec<Heading>,
    pub(super) in_heading: bool,
    /// The text of a picture that is being read.
    pub(super) alt: Option<String>,
    table: Table,
    pub(super) tags: OpenTags,
    depth: usize,
    too_deep: bool,
    /// The last character of running text, to judge a soft break by.
    last: Option<char>,
}

struct Note<'a> {
    label: CowStr<'a>,
    span: Span,
    events: Vec<Event<'a>>,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

impl<'a> Drawer<'a> {
    pub fn new(mended: &'a Mended<'a>, origin: Origin, sink: Sink<'a>) -> Drawer<'a> {
        Drawer {
            mended,
            origin,
            sink,
            events: Vec::with_capacity(mended.text.len() / 16),
            notes: Vec::new(),
            referred: Vec::new(),
            outside: None,
            headings: Vec::new(),
            in_heading: false,
            alt: None,
            table: Table::default(),
            tags: OpenTags::default(),
            depth: 0,
            too_deep: false,
            last: None,
        }
    }

    pub fn span(&self, range: &std::ops::Range<usize>) -> Span {
        match self.origin {
            Origin::Within(span) => span,
            Origin::From(offset) => {
                let end = self
                    .mended
                    .text
                    .get(range.clone())
                    .map_or(range.end, |written| range.start + written.trim_end().len());
                Span::new(self.mended.source(range.start), self.mended.source(end)).shifted(offset)
            }
        }
    }

    pub fn fault(&mut self, code: Code, span: Span, message: impl Into<String>, hint: &str) {
        self.sink
            .diagnostics
            .push(Diagnostic::new(code, message).at(self.sink.path, span).hint(hint));
    }

    pub fn draw(
        &mut self,
        event: Event<'a>,
        range: std::ops::Range<usize>,
        next: Option<&Event<'a>>,
    ) {
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
                Event::End(TagEnd::Image) => self.end_image(),
                _ => {}
            };
        }
        match event {
            Event::Start(tag) => self.start(tag, &range),
            // Below the limit again: what was left out has no end either.
            Event::End(_) if self.depth == DEPTH => {}
            Event::End(tag) => self.end(tag, &range),
            Event::Text(text) => self.text(text),
            Event::Code(code) => {
                self.last = code.chars().next_back();
                self.plain(&code);
                self.events.push(Event::Code(code));
            }
            Event::SoftBreak => self.soft_break(next),
            Event::HardBreak => {
                self.last = None;
                self.plain(" ");
                self.events.push(Event::HardBreak);
            }
            Event::Html(html) => self.raw_html(&html, &range, true),
            Event::InlineHtml(html) => self.raw_html(&html, &range, false),
            Event::FootnoteReference(label) => self.footnote_reference(label, &range),
            event => self.events.push(event),
        }
    }

    fn plain(&mut self, text: &str) {
        if self.in_heading
            && let Some(heading) = self.headings.last_mut()
        {
            heading.plain.push_str(&text.replace(MARK, ""));
        }
    }

    fn text(&mut self, text: CowStr<'a>) {
        self.last = text.chars().rev().find(|c| *c != MARK).or(self.last);
        self.plain(&text);
        self.events.push(Event::Text(text));
    }

    /// A line that ends and one that begins with a CJK character belong together without a space.
    fn soft_break(&mut self, next: Option<&Event<'a>>) {
        let first = match next {
            Some(Event::Text(text) | Event::Code(text)) => text.chars().find(|c| *c != MARK),
            _ => None,
        };
        if self.last.is_some_and(is_cjk) && first.is_none_or(is_cjk) {
            return;
        }
        self.plain(" ");
        self.events.push(Event::SoftBreak);
    }

    pub fn markup(&mut self, html: impl Into<CowStr<'a>>) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    fn start(&mut self, tag: Tag<'a>, range: &std::ops::Range<usize>) {
        self.tags.enter();
        match tag {
            Tag::Heading { level, id, classes, attrs } if self.depth == 1 => {
                self.start_section(level, id, &classes, attrs, range);
            }
            Tag::Heading { level, .. } => {
                let level = if level == HeadingLevel::H1 { HeadingLevel::H2 } else { level };
                let (id, classes, attrs) = (None, Vec::new(), Vec::new());
                self.events.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
            }
            Tag::Link { dest_url, title, .. } => self.start_link(&dest_url, &title, range),
            Tag::Image { dest_url, .. } => {
                let slot = self.slot(&dest_url, LinkKind::Image, range);
                self.markup(format!("<img{slot}"));
                self.alt = Some(String::new());
            }
            Tag::BlockQuote(Some(kind)) => {
                let (class, word) = alert(kind);
                let opening = format!(
                    "<div class=\"alert alert-{class}\">\n<p class=\"alert-title\">{}</p>\n",
                    cut::word(word)
                );
                self.events.push(Event::Html(opening.into()));
            }
            Tag::FootnoteDefinition(label) => {
                let outside = std::mem::take(&mut self.events);
                self.outside = Some(outside);
                let span = self.span(range);
                self.notes.push(Note { label, span, events: Vec::new() });
            }
            Tag::Table(alignments) => {
                self.table = Table { alignments, column: 0, head: false };
                self.events.push(Event::Html("<table>".into()));
            }
            Tag::TableHead => {
                self.table.head = true;
                self.table.column = 0;
                self.events.push(Event::Html("<thead><tr>".into()));
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.events.push(Event::Html("<tr>".into()));
            }
            Tag::TableCell => self.start_cell(),
            tag => {
                if !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough) {
                    self.last = None;
                }
                self.events.push(Event::Start(tag));
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: &std::ops::Range<usize>) {
        self.close_tags(matches!(tag, TagEnd::HtmlBlock), range);
        match tag {
            TagEnd::Heading(_) if self.in_heading && self.depth == 0 => {
                self.in_heading = false;
                self.events.push(Event::Html(cut::SECTION_TEXT.into()));
            }
            TagEnd::Heading(HeadingLevel::H1) => {
                self.events.push(Event::End(TagEnd::Heading(HeadingLevel::H2)));
            }
            TagEnd::Link if self.in_heading => {}
            TagEnd::Link => self.markup("</a>"),
            TagEnd::BlockQuote(Some(_)) => self.events.push(Event::Html("</div>\n".into())),
            TagEnd::FootnoteDefinition => {
                let outside = self.outside.take().unwrap_or_default();
                let events = std::mem::replace(&mut self.events, outside);
                if let Some(note) = self.notes.last_mut() {
                    note.events = events;
                }
            }
            TagEnd::Table => self.events.push(Event::Html("</tbody></table>\n".into())),
            TagEnd::TableHead => {
                self.table.head = false;
                self.events.push(Event::Html("</tr></thead><tbody>\n".into()));
            }
            TagEnd::TableRow => self.events.push(Event::Html("</tr>\n".into())),
            TagEnd::TableCell => {
                self.markup(if self.table.head { "</th>" } else { "</td>" });
            }
            tag => self.events.push(Event::End(tag)),
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
        self.headings.push(Heading {
            span,
            level: (level as u8).max(2),
            id: id.map(|id| id.to_string()),
            attributes: attributes.chain(classes).collect(),
            plain: String::new(),
        });
        self.in_heading = true;
        self.last = None;
        self.events.push(Event::Html(cut::SECTION_TITLE.into()));
    }

    fn start_cell(&mut self) {
        let name = if self.table.head { "th" } else { "td" };
        // Classes, because a strict content security policy forbids `style`.
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"end\"",
            _ => "",
        };
        self.table.column += 1;
        self.last = None;
        self.markup(format!("<{name}{class}>"));
    }

    fn footnote_reference(&mut self, label: CowStr<'a>, range: &std::ops::Range<usize>) {
        if self.in_heading {
            let span = self.span(range);
            let hint = "put the reference into the text below";
            self.fault(Code::LinkInHeading, span, "a footnote is referred to in a heading", hint);
            return;
        }
        let known = self.referred.iter().position(|known| *known == label);
        let (number, id) = match known {
            Some(index) => (index + 1, String::new()),
            None => {
                self.referred.push(label);
                let number = self.referred.len();
                (number, format!(" id=\"fnref-{number}\""))
            }
        };
        self.markup(format!("<sup{id}><a href=\"#fn-{number}\">{number}</a></sup>"));
    }

    pub fn finish(mut self) -> Drawn<'a> {
        let end = self.mended.text.len();
        self.close_all_tags(&(end..end));
        for note in self.notes.iter().filter(|note| !self.referred.contains(&note.label)) {
            let message = format!("nothing refers to the footnote `{}`", note.label);
            let diagnostic = Diagnostic::new(Code::UnusedFootnote, message)
                .at(self.sink.path, note.span)
                .hint(format!("put `[^{}]` where it belongs, or take it out", note.label));
            self.sink.diagnostics.push(diagnostic);
        }
        let mut events = self.events;
        if !self.referred.is_empty() {
            events.push(Event::Html(cut::FOOTNOTES.into()));
        }
        for (index, label) in self.referred.iter().enumerate() {
            let Some(at) = self.notes.iter().position(|note| note.label == *label) else {
                continue;
            };
            let number = index + 1;
            events.push(Event::Html(format!("<li id=\"fn-{number}\">").into()));
            events.append(&mut self.notes.swap_remove(at).events);
            let back = cut::word("footnote_back");
            let link = format!(" <a href=\"#fnref-{number}\" title=\"{back}\">↩</a>");
            // In the note's last paragraph, rather than on a line of its own.
            let end = events.pop_if(|event| *event == Event::End(TagEnd::Paragraph));
            events.push(Event::InlineHtml(link.into()));
            events.extend(end);
            events.push(Event::Html("</li>\n".into()));
        }
        Drawn { events, headings: self.headings }
    }
}

fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "alert_note"),
        BlockQuoteKind::Tip => ("tip", "alert_tip"),
        BlockQuoteKind::Important => ("important", "alert_important"),
        BlockQuoteKind::Warning => ("warning", "alert_warning"),
        BlockQuoteKind::Caution => ("caution", "alert_caution"),
    }
}
