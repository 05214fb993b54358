//! Records what each part of a source is, from the parser's events.

use std::ops::Range;

use crate::model::region::{Region, RegionKind};
use crate::model::span::Span;
use crate::parse::events::{Event, LinkType, Origin, Tag, TagEnd};
use crate::parse::mend::Mended;

/// The length of the longest name of a character in HTML: `CounterClockwiseContourIntegral`.
const LONGEST_ENTITY: usize = 31;

/// Follows the events of one text.
#[derive(Debug)]
pub struct Surveyor<'a> {
    pub mended: &'a Mended<'a>,
    pub origin: &'a Origin,
    regions: &'a mut Vec<Region>,
    /// The range of the words that are being read and belong together.
    block: Option<Range<usize>>,
    /// The kind that words have now, and the kind they have by default.
    kind: RegionKind,
    usual: RegionKind,
    /// How many definitions of footnotes are open.
    notes: usize,
    /// The lists that are open; `true` for numbered ones.
    lists: Vec<bool>,
    /// The links and pictures that are open.
    links: Vec<LinkType>,
    is_code: bool,
    /// The end of what was last read within a line.
    last: usize,
}

impl<'a> Surveyor<'a> {
    pub fn new(
        mended: &'a Mended<'a>,
        origin: &'a Origin,
        usual: RegionKind,
        regions: &'a mut Vec<Region>,
    ) -> Surveyor<'a> {
        Surveyor {
            mended,
            origin,
            regions,
            block: None,
            kind: usual,
            usual,
            notes: 0,
            lists: Vec::new(),
            links: Vec::new(),
            is_code: false,
            last: 0,
        }
    }

    pub fn see(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            _ if self.is_code => {}
            Event::Rule => self.end_block(),
            Event::Html(html) => {
                if !html.starts_with("<!--") {
                    self.note_entities(range);
                }
                self.words(range);
            }
            event => {
                match event {
                    Event::Code(_) => self.note(range, RegionKind::Code),
                    Event::FootnoteReference(_) => self.note(range, RegionKind::Mark),
                    Event::InlineHtml(html) => {
                        let is_comment = html.starts_with("<!--");
                        let kind = if is_comment { RegionKind::Comment } else { RegionKind::Mark };
                        self.note(range, kind);
                        if !is_comment {
                            self.note_entities(range);
                        }
                    }
                    Event::Text(text) if self.is_escape(text, range) => {
                        self.note(range, RegionKind::Escape);
                    }
                    _ => {}
                }
                self.words(range);
            }
        }
    }

    /// Whether an entity stands for `text`.
    fn is_escape(&self, text: &str, range: &Range<usize>) -> bool {
        let written = self.mended.text.get(range.clone()).unwrap_or("");
        written.starts_with('&') && written.len() > 1 && written != text
    }

    /// Notes the entities of a part that is read as a whole: an address with its title, HTML, a definition.
    pub fn note_entities(&mut self, range: &Range<usize>) {
        let written = self.mended.text.get(range.clone()).unwrap_or("");
        let mut at = 0;
        while let Some(found) = written.get(at..).and_then(|rest| rest.find('&')) {
            let start = at + found;
            let name = written.get(start + 1..).unwrap_or("");
            let length = name.bytes().take(LONGEST_ENTITY);
            let length =
                length.take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
            at = start + 1 + length;
            if length > 0 && name.as_bytes().get(length) == Some(&b';') {
                at += 1;
                self.note(&(range.start + start..range.start + at), RegionKind::Escape);
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.extend(range),
            Tag::Link { link_type, .. } => {
                self.extend(range);
                self.links.push(*link_type);
                self.last = range.start + 1;
            }
            Tag::Image { link_type, .. } => {
                self.extend(range);
                self.links.push(*link_type);
                self.last = range.start + 2;
            }
            Tag::TableCell => {}
            tag => {
                self.end_block();
                self.last = range.start;
                match tag {
                    Tag::Heading { .. } => self.kind = RegionKind::Heading,
                    Tag::TableHead | Tag::TableRow => self.kind = RegionKind::Row,
                    Tag::FootnoteDefinition(_) => self.notes += 1,
                    Tag::List(first) => self.lists.push(first.is_some()),
                    Tag::Item if self.is_step(range) => {
                        self.note(&(range.start..range.start), RegionKind::Numbered);
                    }
                    Tag::CodeBlock(_) => {
                        self.is_code = true;
                        self.note(range, RegionKind::CodeBlock);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Whether an item belongs to a numbered list and has more than its number. The writer of a line `112.`
    /// does not mean a list.
    fn is_step(&self, item: &Range<usize>) -> bool {
        let written = self.mended.text.get(item.clone()).unwrap_or("").trim_end();
        self.lists.last() == Some(&true) && written.contains(char::is_whitespace)
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.last = range.end,
            TagEnd::Link => self.end_link(RegionKind::Link, range),
            TagEnd::Image => self.end_link(RegionKind::Image, range),
            TagEnd::TableCell => {}
            tag => {
                self.end_block();
                match tag {
                    TagEnd::Heading(_) => {
                        self.note(&(self.last..range.end), RegionKind::Mark);
                        self.kind = self.usual;
                    }
                    TagEnd::TableHead | TagEnd::TableRow => self.kind = self.usual,
                    TagEnd::FootnoteDefinition => self.notes = self.notes.saturating_sub(1),
                    TagEnd::List(_) => _ = self.lists.pop(),
                    TagEnd::CodeBlock => self.is_code = false,
                    _ => {}
                }
            }
        }
    }

    fn end_link(&mut self, kind: RegionKind, range: &Range<usize>) {
        match self.links.pop() {
            Some(LinkType::Autolink | LinkType::Email) => self.note(range, RegionKind::Address),
            _ => {
                self.note(range, kind);
                let behind = self.mended.text.get(self.last..range.end).unwrap_or("");
                // After the words there can only be the marks of a span that was not written.
                let address = self.last + behind.find(']').unwrap_or(0);
                self.note(&(address..range.end), RegionKind::Address);
                self.note_entities(&(address..range.end));
            }
        }
        self.last = range.end;
    }

    /// Adds words within a line.
    fn words(&mut self, range: &Range<usize>) {
        self.extend(range);
        self.last = range.end;
    }

    fn extend(&mut self, range: &Range<usize>) {
        let block = self.block.get_or_insert(range.clone());
        block.end = block.end.max(range.end);
    }

    pub fn end_block(&mut self) {
        let Some(block) = self.block.take() else { return };
        let kind = if self.notes > 0 { RegionKind::Note } else { self.kind };
        let words = self.mended.text.get(block.clone()).unwrap_or("").trim_end();
        self.note(&(block.start..block.start + words.len()), kind);
    }

    /// Records a part of the text whose kind differs from what surrounds it.
    pub fn note(&mut self, range: &Range<usize>, kind: RegionKind) {
        let (start, end) = (self.mended.source(range.start), self.mended.source(range.end));
        let span = match self.origin {
            Origin::From(offset) => Span::new(start, end).shifted(*offset),
            Origin::Within(_, Some(map)) => map.span(start..end),
            // Words that were written elsewhere are recorded there.
            Origin::Within(_, None) => return,
        };
        self.regions.push(Region { span, kind });
    }

    pub fn finish(mut self) {
        self.end_block();
    }
}

/// The region of a value in the front matter that stands at `span`, without the quotes around it.
pub fn field(source: &str, span: Span) -> Region {
    let written = source.get(span.range()).unwrap_or("");
    let inner = ['"', '\'']
        .into_iter()
        .find_map(|quote| written.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(written);
    let start = span.range().start + usize::from(inner.len() < written.len());
    Region { span: Span::new(start, start + inner.len()), kind: RegionKind::Field }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::events::parser;
    use crate::parse::mend::mend;

    /// Each part of a text with what it is.
    fn regions(text: &str) -> Vec<(&str, RegionKind)> {
        let (mended, origin) = (mend(text), Origin::From(0));
        let mut regions = Vec::new();
        let mut surveyor = Surveyor::new(&mended, &origin, RegionKind::Text, &mut regions);
        for (event, range) in parser(&mended.text).into_offset_iter() {
            surveyor.see(&event, &range);
        }
        surveyor.finish();
        regions.sort_by_key(|region| (region.span.start, region.kind));
        regions.into_iter().map(|region| (&text[region.span.range()], region.kind)).collect()
    }

    fn of(text: &str, kind: RegionKind) -> Vec<&str> {
        regions(text).into_iter().filter(|(_, one)| *one == kind).map(|(text, _)| text).collect()
    }

    #[test]
    fn words_that_belong_together_are_one_block() {
        let text =
            "a\nb\n\n- c\n- d\n  e\n\n| f | g |\n|---|---|\n| h | i |\n\n> j\n> k\n\nl\n: m\n";
        let blocks = regions(text).into_iter().filter(|(_, kind)| kind.is_block());
        let texts: Vec<&str> = blocks.map(|(text, _)| text).collect();
        assert_eq!(texts, ["a\nb", "c", "d\n  e", "f | g", "h | i", "j\n> k", "l", "m"]);
        assert_eq!(of(text, RegionKind::Row), ["f | g", "h | i"]);
        assert_eq!(of("a[^b]\n\n[^b]: c\n\n    d\n", RegionKind::Note), ["c", "d"]);
        assert_eq!(of("1. a\n2. b\n\n- c\n\n112.\n", RegionKind::Numbered).len(), 2);
    }

    #[test]
    fn a_heading_is_apart_from_its_attributes() {
        let text = "## One `two` {#one operator=al/one}\n\nThree\n=====\n";
        assert_eq!(of(text, RegionKind::Heading), ["One `two`", "Three"]);
        assert_eq!(of(text, RegionKind::Mark)[0], " {#one operator=al/one}\n");
    }

    #[test]
    fn lines_of_code_are_found_however_they_are_fenced() {
        for text in ["````\n```\na\n```\n````", "    a", "~~~ x\n```\na\n~~~", "```\na\n\nb"] {
            let written = format!("before\n\n{text}\n");
            assert_eq!(regions(&written)[1].1, RegionKind::CodeBlock, "{text}");
            assert_eq!(of(&written, RegionKind::Text), ["before"], "{text}");
        }
        assert_eq!(of("- a\n\n  ```\n  b\n  ```\n\n  c\n", RegionKind::Text), ["a", "c"]);
        assert_eq!(of("> ~~~\n> a\n> ~~~\n>\n> b\n", RegionKind::Text), ["b"]);
    }

    #[test]
    fn code_within_a_line_is_found_however_it_is_marked() {
        for (text, code) in [
            ("a ``b ` c`` d", "``b ` c``"),
            ("a `b\nc` d", "`b\nc`"),
            ("a \\`b `c` d", "`c`"),
            ("**真，**她`c`", "`c`"),
        ] {
            assert_eq!(of(text, RegionKind::Code), [code], "{text}");
        }
    }

    #[test]
    fn a_link_is_its_words_and_its_address() {
        for (text, address) in [
            ("a [b](c_(d) \"e\") f", "](c_(d) \"e\")"),
            ("[**b**](c)", "](c)"),
            ("[b][c]\n\n[c]: d\n", "][c]"),
            ("![b](c)", "](c)"),
            ("[](c)", "](c)"),
            ("<https://b.c>", "<https://b.c>"),
        ] {
            assert_eq!(of(text, RegionKind::Address), [address], "{text}");
        }
        let both = "[![a](b)](c)";
        assert_eq!(of(both, RegionKind::Address), ["](b)", "](c)"]);
        assert_eq!(of(both, RegionKind::Link), [both]);
        assert_eq!(of("[a](b c)", RegionKind::Address), Vec::<&str>::new());
    }
}
