//! Builds the tree of plain YAML straight from the parser's events, which is what most files are.
//!
//! The way over serde hands every place over as a map of its own, and took two thirds of the time
//! of reading a front matter. What is not plain (anchors, tags, numbers that are not whole, faults)
//! is left to that way, which also has the messages.

use granit_parser::{Event, Parser, ScalarStyle, Span as Place, StrInput};

use crate::model::span::Span;
use crate::parse::yaml::{Entry, Excerpt, Node, Yaml};

/// `None` where `excerpt` is not plain, or not YAML.
pub fn tree(excerpt: Excerpt<'_>, depth: usize) -> Option<Node> {
    let parser = Parser::new_from_str(excerpt.text);
    let mut reader = Reader { parser, excerpt, depth };
    let root = loop {
        match reader.next()? {
            (Event::StreamStart | Event::DocumentStart(false, None), _) => {}
            (event, place) => break reader.node(event, place)?,
        }
    };
    let is_over = matches!(reader.next()?, (Event::DocumentEnd, _))
        && matches!(reader.next()?, (Event::StreamEnd, _));
    is_over.then_some(root)
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    excerpt: Excerpt<'a>,
    /// How much deeper lists and maps may nest.
    depth: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(Event<'a>, Place)> {
        self.parser.next_event()?.ok()
    }

    fn node(&mut self, event: Event<'a>, place: Place) -> Option<Node> {
        let span = self.span(place)?;
        let value = match event {
            Event::Scalar(text, style, 0, None) => scalar(&text, style)?,
            Event::SequenceStart(_, 0, None) => Yaml::List(self.nested(Reader::list)?),
            Event::MappingStart(_, 0, None) => Yaml::Map(self.nested(Reader::map)?),
            _ => return None,
        };
        Some(Node { span, value })
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Reader<'a>) -> Option<T>) -> Option<T> {
        // One level early, so that the other way tells where there are too many.
        self.depth = self.depth.checked_sub(1).filter(|depth| *depth > 0)?;
        let value = read(self);
        self.depth += 1;
        value
    }

    fn list(&mut self) -> Option<Vec<Node>> {
        let mut list = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Some(list),
                (event, place) => list.push(self.node(event, place)?),
            }
        }
    }

    fn map(&mut self) -> Option<Vec<Entry>> {
        let mut map = Vec::new();
        loop {
            let (event, place) = self.next()?;
            let (key, style) = match event {
                Event::MappingEnd => return Some(map),
                Event::Scalar(key, style, 0, None) => (key, style),
                _ => return None,
            };
            let Yaml::Text(key) = scalar(&key, style)? else { return None };
            // A key that merges another map is a word of its own.
            if key == "<<" {
                return None;
            }
            let key_span = self.span(place)?;
            let (event, place) = self.next()?;
            map.push(Entry { key, key_span, value: self.node(event, place)? });
        }
    }

    fn span(&self, place: Place) -> Option<Span> {
        let Excerpt { text, offset, .. } = self.excerpt;
        let (start, end) = (place.start.byte_offset()?, place.end.byte_offset()?);
        let written = text.get(start..end.min(text.len())).unwrap_or("");
        Some(Span::new(start, start + written.trim_end().len()).shifted(offset))
    }
}

/// YAML 1.2, core schema: what is certainly no number is a text.
fn scalar(text: &str, style: ScalarStyle) -> Option<Yaml> {
    if style != ScalarStyle::Plain {
        return Some(Yaml::Text(text.to_owned()));
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Yaml::Null),
        "true" | "True" | "TRUE" => return Some(Yaml::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Yaml::Bool(false)),
        _ => {}
    }
    match text.as_bytes() {
        [b'+' | b'-' | b'.', ..] => None,
        [b'1'..=b'9', rest @ ..] if rest.len() < 18 && rest.iter().all(u8::is_ascii_digit) => {
            Some(Yaml::Number(text.to_owned()))
        }
        [b'0'..=b'9', ..] if may_be_number(text) => None,
        _ => Some(Yaml::Text(text.to_owned())),
    }
}

/// Of a text that begins with a digit: `2026-08-22`, `5min` and `1-2d` are no numbers.
fn may_be_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has_dash = bytes.windows(2).any(|pair| matches!(pair, [b'0'..=b'9', b'-']));
    let other = |byte: &u8| match byte {
        b'0'..=b'9' | b'.' | b'_' | b'+' | b'-' | b'e' | b'E' => false,
        // Prefixed numbers begin with a nought.
        letter => !text.starts_with('0') || !letter.is_ascii_alphanumeric(),
    };
    let is_prefixed = matches!(bytes, [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', ..]);
    is_prefixed || !(has_dash || bytes.iter().any(other))
}
