//! Compiles Markdown into sections of HTML with slots, in one run of the HTML writer.

use std::borrow::Cow;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html,
};

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::markup::{Inline, Link, LinkKind, Markup};
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::parse::cut::{self, Cut};
use crate::parse::mend::{MARK, Mended, is_cjk, mend};
use crate::parse::raw_html::OpenTags;

/// Lists in lists and quotes in quotes beyond this are a fault.
const DEPTH: usize = 100;

/// Where a Markdown text stands in its file.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// It is the rest of the file from this byte on.
    From(usize),
    /// It is a YAML value, whose lines may be folded: faults are shown at the whole value.
    Within(Span),
}

/// What the Markdown of one file adds to it.
#[derive(Debug)]
pub struct Sink<'a> {
    pub path: &'a SourcePath,
    pub links: &'a mut Vec<Link>,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

/// A heading as it was written, before its attributes are judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub span: Span,
    pub level: u8,
    pub id: Option<String>,
    pub attributes: Vec<(String, Option<String>)>,
    /// The text of the title without tags.
    pub plain: String,
}

/// A compiled text: what stands before the first heading, then heading by heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compiled {
    pub lead: Markup,
    pub sections: Vec<(Heading, Inline, Markup)>,
    pub footnotes: Markup,
}

pub fn compile(text: &str, origin: Origin, sink: Sink<'_>) -> Compiled {
    let mended = mend(text);
    let mut drawer = Drawer::new(&mended, origin, sink);
    let parser = Parser::new_ext(&mended.text, options()).into_offset_iter();
    let mut events = parser.peekable();
    while let Some((event, range)) = events.next() {
        let next = events.peek().map(|(event, _)| event);
        drawer.draw(event, range, next);
    }
    let headings = drawer.finish();
    let Drawn { events, headings } = headings;
    let mut written = String::with_capacity(text.len() * 3 / 2);
    // One run only: the HTML writer keeps state between events.
    html::push_html(&mut written, events.into_iter());
    if written.contains(MARK) {
        written = written.replace(MARK, "");
    }
    let Cut { lead, sections, footnotes } = cut::cut(&written);
    let sections = headings.into_iter().zip(sections);
    let sections = sections.map(|(heading, (title, text))| {
        let plain = heading.plain.trim().into();
        (heading, Inline { html: title, plain }, text)
    });
    Compiled { lead, sections: sections.collect(), footnotes }
}

/// A line of Markdown that may hold emphasis and code, but no links.
pub fn inline(text: &str) -> Inline {
    let text = text.trim();
    if !text.contains(['*', '_', '`', '[', '<', '>', '&', '\\', '~', '"', '!', '\n', ':', MARK]) {
        return Inline { html: text.into(), plain: text.into() };
    }
    let mended = mend(text);
    let mut plain = String::new();
    let events = Parser::new_ext(&mended.text, options()).filter(|event| match event {
        Event::Text(text) | Event::Code(text) => {
            plain.push_str(text);
            true
        }
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
        }
        Event::End(tag) => {
            matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
        }
        Event::SoftBreak | Event::HardBreak => {
            plain.push(' ');
            true
        }
        _ => false,
    });
    let mut written = String::new();
    html::push_html(&mut written, events);
    let clean = |text: &str| -> Box<str> { text.replace(MARK, "").trim().into() };
    Inline { html: clean(&written), plain: clean(&plain) }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

struct Drawn<'a> {
    events: Vec<Event<'a>>,
    headings: Vec<Heading>,
}

/// Turns the parser's events into those that the HTML writer is to write.
struct Drawer<'a> {
    mended: &'a Mended<'a>,
    origin: Origin,
    sink: Sink<'a>,
    events: Vec<Event<'a>>,
    /// Definitions of footnotes by label, kept back to the end.
    notes: Vec<Note<'a>>,
    /// Labels in the order in which they are first referred to.
    referred: Vec<CowStr<'a>>,
    /// The events of the text around a footnote's definition.
    outside: Option<Vec<Event<'a>>>,
    headings: Vec<Heading>,
    in_heading: bool,
    /// The text of a picture that is being read.
    alt: Option<String>,
    table: Table,
    tags: OpenTags,
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
    fn new(mended: &'a Mended<'a>, origin: Origin, sink: Sink<'a>) -> Drawer<'a> {
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

    fn span(&self, range: &std::ops::Range<usize>) -> Span {
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

    fn fault(&mut self, code: Code, span: Span, message: impl Into<String>, hint: &str) {
        self.sink
            .diagnostics
            .push(Diagnostic::new(code, message).at(self.sink.path, span).hint(hint));
    }

    fn draw(&mut self, event: Event<'a>, range: std::ops::Range<usize>, next: Option<&Event<'a>>) {
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

    fn markup(&mut self, html: impl Into<CowStr<'a>>) {
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

    fn start_link(&mut self, target: &str, title: &str, range: &std::ops::Range<usize>) {
        if self.in_heading {
            let span = self.span(range);
            let hint = "put the link into the text below; only the heading's words are kept";
            self.fault(Code::LinkInHeading, span, "a link stands in a heading", hint);
            return;
        }
        let slot = self.slot(target, LinkKind::Link, range);
        let title = if title.is_empty() {
            String::new()
        } else {
            format!(" title=\"{}\"", cut::escape(title))
        };
        self.markup(format!("<a{slot}{title}>"));
    }

    fn slot(&mut self, target: &str, kind: LinkKind, range: &std::ops::Range<usize>) -> String {
        let span = self.span(&self.target(target, range));
        let target = match target.contains(MARK) {
            true => Cow::Owned(target.replace(MARK, "")),
            false => Cow::Borrowed(target),
        };
        let target = if is_safe(&target) {
            (*target).into()
        } else {
            let message = format!("`{target}` is no address that a page may lead to");
            let hint = "link to a page, a file beside, `https:`, `mailto:`, `tel:` or `sms:`";
            self.fault(Code::UnsafeLink, span, message, hint);
            "".into()
        };
        self.sink.links.push(Link { target, kind, span });
        cut::link(self.sink.links.len() - 1)
    }

    /// Where in a link its target stands; the whole link where that is written elsewhere.
    fn target(&self, target: &str, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let written = self.mended.text.get(range.clone()).unwrap_or("");
        match written.rfind(target).filter(|_| !target.is_empty()) {
            Some(at) => range.start + at..range.start + at + target.len(),
            None => range.clone(),
        }
    }

    fn end_image(&mut self) {
        let alt = self.alt.take().unwrap_or_default().replace(MARK, "");
        self.markup(format!(" alt=\"{}\" loading=\"lazy\">", cut::escape(&alt)));
        self.tags.leave(true);
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

    fn raw_html(&mut self, html: &str, range: &std::ops::Range<usize>, block: bool) {
        let (html, faults) = self.tags.draw(html, block);
        for (at, typed) in faults {
            let span = self.span(&(range.start + at..range.start + at + typed.len()));
            let message = format!("`{}` is shown as text", typed.lines().next().unwrap_or(""));
            self.fault(Code::RawHtml, span, message, "write it in Markdown, or take it out");
        }
        self.events.push(if block {
            Event::Html(html.into())
        } else {
            Event::InlineHtml(html.into())
        });
    }

    fn close_tags(&mut self, html_block: bool, range: &std::ops::Range<usize>) {
        let unclosed = self.tags.leave(!html_block);
        self.closed(unclosed, range);
    }

    fn close_all_tags(&mut self, range: &std::ops::Range<usize>) {
        let unclosed = self.tags.leave_all();
        self.closed(unclosed, range);
    }

    fn closed(&mut self, unclosed: Vec<&'static str>, range: &std::ops::Range<usize>) {
        for name in unclosed {
            self.markup(format!("</{name}>"));
            let span = self.span(range);
            let message = format!("`<{name}>` is not closed");
            self.fault(Code::RawHtml, span, message, &format!("add `</{name}>`"));
        }
    }

    fn finish(mut self) -> Drawn<'a> {
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

/// Whether an address, its entities decoded, is relative or of a scheme that runs no code.
fn is_safe(target: &str) -> bool {
    // Browsers skip white space and control characters when they look for the scheme.
    let bare: String = target.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let Some((scheme, _)) = bare.split_once(':') else { return true };
    if scheme.contains(['/', '?', '#']) {
        return true;
    }
    let known = ["http", "https", "mailto", "tel", "sms"];
    known.iter().any(|known| scheme.eq_ignore_ascii_case(known))
}
