//! Builds the tree of plain YAML, which most files are, directly from the text.
//!
//! Going through the library's parser and serde took eight times as long. Whatever is not plain (anchors,
//! tags, escapes, texts that span several lines without a mark, numbers that are not whole, faults) is left
//! to the library, which also has the messages. Tests compare the two.

use crate::model::span::Span;
use crate::parse::bare;
use crate::parse::yaml::{Entry, Excerpt, Node, Yaml};

/// `None` where `excerpt` is not plain, or not YAML.
pub fn tree(excerpt: Excerpt<'_>, depth: usize) -> Option<Node> {
    let Excerpt { text, offset, .. } = excerpt;
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let is_ascii = |line: &str| line.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if !lines.all(|line| is_ascii(line) || line.chars().all(is_printable)) {
        return None;
    }
    let mut reader = PlainYaml { text, offset, at: 0, depth };
    let first = reader.line()?;
    let root = reader.block(first)?;
    reader.line().is_none().then_some(root)
}

/// The characters that YAML allows (1.2.2, 5.1), without tabs and without those that count as line ends
/// elsewhere.
fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{2027}' | '\u{202A}'..='\u{FEFE}'
        | '\u{FF00}'..='\u{FFFD}' | '\u{10000}'..)
}

struct PlainYaml<'a> {
    text: &'a str,
    /// The position in the file where the text begins.
    offset: usize,
    /// The start of the next line to be read.
    at: usize,
    /// How many more levels lists and maps may be nested.
    depth: usize,
}

/// A line, or the end of a line that is read like a line of its own, such as `b: c` in `- b: c`.
#[derive(Debug, Clone, Copy)]
struct PlainLine<'a> {
    indent: usize,
    start: usize,
    text: &'a str,
    next: usize,
}

impl<'a> PlainLine<'a> {
    /// The rest of the line, `by` bytes further on and without leading spaces.
    fn behind(self, by: usize) -> PlainLine<'a> {
        let rest = self.text.get(by..).unwrap_or("");
        let text = rest.trim_start_matches(' ');
        let by = by + rest.len() - text.len();
        PlainLine { indent: self.indent + by, start: self.start + by, text, ..self }
    }

    fn is_blank(self) -> bool {
        self.text.is_empty() || self.text.starts_with('#')
    }

    fn is_entry(self) -> bool {
        self.text == "-" || self.text.starts_with("- ")
    }

    /// The name of the field that the line gives, if any.
    fn key(self) -> Option<&'a str> {
        let text = self.text;
        let ends = |at: &usize| {
            text.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let end = text.match_indices(':').map(|(at, _)| at).find(ends)?;
        // Keys with a space before the colon, and very long ones, are left to the library.
        text.get(..end).filter(|key| is_bare(key) && !key.ends_with(' ') && key.len() < 1000)
    }
}

impl<'a> PlainYaml<'a> {
    /// The next line that is not blank or a comment.
    fn line(&mut self) -> Option<PlainLine<'a>> {
        loop {
            let (line, next) = self.whole_line(self.at)?;
            let indent = indent(line);
            let text = line.trim_matches(' ');
            let line = PlainLine { indent, start: self.at + indent, text, next };
            if !line.is_blank() {
                return Some(line);
            }
            self.at = next;
        }
    }

    /// The line that starts at the byte `at`, without its ending, and where the next line begins.
    fn whole_line(&self, at: usize) -> Option<(&'a str, usize)> {
        let rest = self.text.get(at..).filter(|rest| !rest.is_empty())?;
        let line = rest.split('\n').next()?;
        Some((line.strip_suffix('\r').unwrap_or(line), at + line.len() + 1))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let written = self.text.get(start..end).unwrap_or("");
        Span::new(start, start + written.trim_end().len()).shifted(self.offset)
    }

    fn node(&self, start: usize, end: usize, value: Yaml) -> Node {
        Node { span: self.span(start, end), value }
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut PlainYaml<'a>) -> Option<T>) -> Option<T> {
        // Stops one level early, so that the library reports too many levels.
        self.depth = self.depth.checked_sub(1).filter(|depth| *depth > 0)?;
        let value = read(self);
        self.depth += 1;
        value
    }

    /// Reads the list or map that begins with `line`.
    fn block(&mut self, line: PlainLine<'a>) -> Option<Node> {
        let value = if line.is_entry() {
            Yaml::List(self.nested(|reader| reader.list(line))?)
        } else {
            Yaml::Map(self.nested(|reader| reader.map(line))?)
        };
        Some(self.node(line.start, line.start, value))
    }

    fn list(&mut self, mut line: PlainLine<'a>) -> Option<Vec<Node>> {
        let indent = line.indent;
        let mut list = Vec::new();
        loop {
            let item = line.behind(1);
            list.push(if item.is_blank() {
                self.at = line.next;
                match self.line() {
                    Some(below) if below.indent > indent => self.block(below)?,
                    // The library gives the end of the spaces as the position.
                    _ if self.byte(line.start + 1) == Some(b' ') => return None,
                    _ => self.node(line.start + 1, line.start + 1, Yaml::Null),
                }
            } else if item.is_entry() || item.key().is_some() {
                self.block(item)?
            } else {
                self.value(item, indent)?
            });
            match self.line() {
                Some(next) if next.indent > indent => return None,
                Some(next) if next.indent == indent && next.is_entry() => line = next,
                _ => return Some(list),
            }
        }
    }

    fn map(&mut self, mut line: PlainLine<'a>) -> Option<Vec<Entry>> {
        let indent = line.indent;
        let mut map = Vec::new();
        loop {
            let key = line.key()?;
            let end = line.start + key.len();
            let value = line.behind(key.len() + 1);
            let value = if value.is_blank() {
                self.at = line.next;
                match self.line() {
                    Some(below) if below.indent > indent => self.block(below)?,
                    Some(below) if below.indent == indent && below.is_entry() => {
                        // The library gives the first item as the position of such a list.
                        let start = Some(below.behind(1)).filter(|item| !item.is_blank())?.start;
                        Node { span: self.span(start, start), ..self.block(below)? }
                    }
                    _ => self.node(end, end, Yaml::Null),
                }
            } else {
                self.value(value, indent)?
            };
            map.push(Entry { key: name(key)?, key_span: self.span(line.start, end), value });
            match self.line() {
                Some(next) if next.indent == indent && !next.is_entry() => line = next,
                Some(next) if next.indent >= indent => return None,
                _ => return Some(map),
            }
        }
    }

    /// Reads what follows `- ` or `name: ` in a list or map that is indented by `indent`.
    fn value(&mut self, line: PlainLine<'a>, indent: usize) -> Option<Node> {
        match line.text.as_bytes().first()? {
            b'|' | b'>' => self.text(line, indent),
            b'[' | b'{' | b'"' | b'\'' => {
                let (node, end) = self.flow(line.start, indent)?;
                let (rest, next) = self.whole_line(end).unwrap_or(("", end));
                self.at = next;
                let comment = rest.trim_start_matches(' ');
                let is_over = comment.is_empty() || (comment.starts_with('#') && comment != rest);
                is_over.then_some(node)
            }
            _ => {
                let text = line.text.split(" #").next()?.trim_end_matches(' ');
                if !is_bare(text) || text.contains(": ") || text.ends_with(':') {
                    return None;
                }
                self.at = line.next;
                Some(self.node(line.start, line.start + text.len(), bare::value(text)?))
            }
        }
    }

    /// Reads the lines below a `|` or `>`.
    fn text(&mut self, sign: PlainLine<'a>, indent_above: usize) -> Option<Node> {
        let (folds, end) = match sign.text {
            "|" => (false, "\n"),
            "|-" => (false, ""),
            ">" => (true, "\n"),
            ">-" => (true, ""),
            _ => return None,
        };
        let (mut text, mut blanks) = (String::new(), 0);
        let (mut column, mut span) = (None, (0, 0));
        self.at = sign.next;
        while let Some((line, next)) = self.whole_line(self.at) {
            if line.trim_matches(' ').is_empty() {
                if line.len() > column.unwrap_or(0) {
                    return None;
                }
                blanks += 1;
                self.at = next;
                continue;
            }
            let first = column.is_none();
            let column = *column.get_or_insert(indent(line));
            if first && column <= indent_above {
                return None;
            }
            if indent(line) < column {
                break;
            }
            let content = line.get(column..)?;
            if folds && (content.starts_with(' ') || content.ends_with(' ')) {
                return None;
            }
            let breaks = match (first, folds) {
                (true, _) | (false, true) => blanks,
                (false, false) => blanks + 1,
            };
            text.extend(std::iter::repeat_n('\n', breaks));
            if folds && !first && blanks == 0 {
                text.push(' ');
            }
            text.push_str(content);
            let start = self.at + column;
            span = (if first { start } else { span.0 }, start + content.len());
            blanks = 0;
            self.at = next;
        }
        column?;
        text.push_str(end);
        Some(self.node(span.0, span.1, Yaml::Text(text)))
    }

    /// Reads a value that may stand in brackets, starting at the byte `at`. Returns it with the position
    /// where it ends.
    fn flow(&mut self, at: usize, indent: usize) -> Option<(Node, usize)> {
        let (value, end) = match self.byte(at)? {
            b'[' => return self.nested(|reader| reader.flow_list(at, indent)),
            b'{' => return self.nested(|reader| reader.flow_map(at, indent)),
            b'"' | b'\'' => {
                let (text, end) = self.quoted(at)?;
                (Yaml::Text(text), end)
            }
            _ => {
                let word = self.word(at)?;
                (bare::value(word)?, at + word.len())
            }
        };
        Some((self.node(at, end, value), end))
    }

    fn flow_list(&mut self, start: usize, indent: usize) -> Option<(Node, usize)> {
        let mut list = Vec::new();
        let mut at = self.skip(start + 1, indent)?;
        while self.byte(at)? != b']' {
            let (item, end) = self.flow(at, indent)?;
            list.push(item);
            at = self.comma(end, b']', indent)?;
        }
        Some((self.node(start, start + 1, Yaml::List(list)), at + 1))
    }

    fn flow_map(&mut self, start: usize, indent: usize) -> Option<(Node, usize)> {
        let mut map = Vec::new();
        let mut at = self.skip(start + 1, indent)?;
        while self.byte(at)? != b'}' {
            let word = self.word(at)?;
            let key_end = at + word.len();
            let (value, end) = if self.byte(key_end)? == b':' {
                let value = self.skip(key_end + 1, indent)?;
                match self.byte(value)? {
                    b',' | b'}' => (self.node(key_end, key_end, Yaml::Null), value),
                    _ => self.flow(value, indent)?,
                }
            } else {
                (self.node(key_end, key_end, Yaml::Null), key_end)
            };
            map.push(Entry { key: name(word)?, key_span: self.span(at, key_end), value });
            at = self.comma(end, b'}', indent)?;
        }
        Some((self.node(start, start + 1, Yaml::Map(map)), at + 1))
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The position where the next item begins, or of the bracket `close`.
    fn comma(&self, at: usize, close: u8, indent: usize) -> Option<usize> {
        let at = self.skip(at, indent)?;
        match self.byte(at)? {
            b',' => self.skip(at + 1, indent),
            other => (other == close).then_some(at),
        }
    }

    /// The next byte that is not a space or a line end. Lines have to be indented further than `indent`.
    fn skip(&self, at: usize, indent: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let content = rest.trim_start_matches([' ', '\r', '\n']);
        let end = at + rest.len() - content.len();
        let blank = self.text.get(at..end)?;
        let is_far = blank.rsplit_once('\n').is_none_or(|(_, last)| last.len() > indent);
        (is_far && !content.starts_with('#')).then_some(end)
    }

    /// A text without quotes, in brackets.
    fn word(&self, at: usize) -> Option<&'a str> {
        let rest = self.text.get(at..)?;
        let ends = |(at, byte): (usize, u8)| match byte {
            b',' | b'[' | b']' | b'{' | b'}' | b'\r' | b'\n' => true,
            b':' => rest.as_bytes().get(at + 1).is_none_or(|next| b" ,[]{}\r\n".contains(next)),
            _ => false,
        };
        let word = rest.get(..rest.bytes().enumerate().position(ends)?)?;
        let bare = word.trim_end_matches(' ');
        // It would be unclear to which side spaces before a colon belong.
        let is_suspicious = bare != word && self.byte(at + word.len()) == Some(b':');
        (is_bare(bare) && !is_suspicious).then_some(bare)
    }

    /// A text in quotes on one line and without escapes, and the position where it ends.
    fn quoted(&self, at: usize) -> Option<(String, usize)> {
        let (quote, inner) = self.text.get(at..)?.split_at_checked(1)?;
        let mut end = inner.find(quote)?;
        while quote == "'" && inner.get(end + 1..)?.starts_with(quote) {
            end += 2 + inner.get(end + 2..)?.find(quote)?;
        }
        let text = inner.get(..end)?;
        let is_plain = !text.contains('\n') && (quote == "'" || !text.contains('\\'));
        let said = if quote == "'" { text.replace("''", "'") } else { text.to_owned() };
        is_plain.then_some((said, at + text.len() + 2))
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a text may stand without quotes and contains no comment.
fn is_bare(text: &str) -> bool {
    let is_sign = |c: char| "?:,[]{}#&*!|>'\"%@`".contains(c);
    let is_entry = text == "-" || text.starts_with("- ");
    !text.is_empty() && !is_entry && !text.starts_with(is_sign) && !text.contains(" #")
}

/// A key; `None` for the key that merges another map.
fn name(key: &str) -> Option<String> {
    match bare::value(key)? {
        Yaml::Text(key) if key != "<<" => Some(key),
        _ => None,
    }
}
