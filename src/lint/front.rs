//! Finds the words in a front matter: keys, ids and facts are blank.

use std::ops::Range;

use crate::lint::blanks::Blanks;
use crate::lint::prose::{Block, Kind, lines};

/// Fields that hold no words of the writer's own.
const FACTS: &[&str] = &[
    "accessed",
    "after",
    "aliases",
    "at",
    "audience",
    "channels",
    "choose",
    "confidence",
    "cost",
    "country",
    "difficulty",
    "draft",
    "duration",
    "effect",
    "every",
    "extra",
    "id",
    "needs",
    "operators",
    "optional",
    "plans",
    "related",
    "reliability",
    "severity",
    "slug",
    "source",
    "sources",
    "supports",
    "tags",
    "term",
    "time",
    "translation",
    "unless",
    "url",
    "verified",
    "wait",
    "where",
];

/// What stands between the first two `---` lines.
pub fn range(source: &str) -> Option<Range<usize>> {
    let mut lines = lines(source, 0);
    let (_, first) = lines.next().filter(|(_, line)| line.trim_end() == "---")?;
    let (end, _) = lines.find(|(_, line)| line.trim_end() == "---")?;
    Some(first.len()..end)
}

pub fn read(source: &str, front: Range<usize>, words: &mut Blanks, blocks: &mut Vec<Block>) {
    let text = source.get(..front.end).unwrap_or("");
    // The indent of the fact whose lines are being left out.
    let mut fact: Option<usize> = None;
    for (at, line) in lines(text, front.start) {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        let inside = |fact: usize| {
            bare.is_empty() || indent > fact || (indent == fact && bare.starts_with("- "))
        };
        if fact.is_some_and(inside) || bare.starts_with('#') || bare.is_empty() {
            words.blank(at..at + line.len());
            continue;
        }
        let mut scanner = Scanner { text: line.trim_end(), at: indent, offset: at, words };
        let found = scanner.line();
        fact = (found == Found::OpenFact).then_some(indent);
        let range = at + indent..at + line.trim_end().len();
        match blocks.last_mut().filter(|_| found == Found::NoField) {
            Some(block) => block.range.end = range.end,
            None => blocks.push(Block { range, kind: Kind::Field }),
        }
    }
}

/// What a line turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Field,
    /// More of the words above.
    NoField,
    /// A fact whose value stands on the lines below.
    OpenFact,
}

struct Scanner<'a, 'w> {
    text: &'a str,
    at: usize,
    /// Of the line in the file.
    offset: usize,
    words: &'w mut Blanks,
}

impl Scanner<'_, '_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn line(&mut self) -> Found {
        let mut found = Found::NoField;
        while self.rest().starts_with("- ") {
            self.words.field(self.offset + self.at..self.offset + self.at + 2);
            self.at += 2;
            found = Found::Field;
        }
        // Only braces and a key at the line's start can begin a field.
        let mut may_begin = true;
        let mut depth = 0_usize;
        while self.at < self.text.len() {
            if may_begin && let Some(key) = key(self.rest()) {
                found = Found::Field;
                if self.field(key, depth) && depth == 0 {
                    return Found::OpenFact;
                }
                // A map or a list of the field's own.
                may_begin = self.rest().starts_with(['{', '[']);
                continue;
            }
            let Some(c) = self.rest().chars().next() else { break };
            match c {
                '"' | '\'' if may_begin => self.at += quoted(self.rest(), c),
                '{' | '[' if may_begin || depth > 0 => {
                    depth += 1;
                    may_begin = true;
                    self.at += 1;
                    continue;
                }
                '}' | ']' => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                ',' if depth > 0 => {
                    self.at += 1;
                    may_begin = true;
                    continue;
                }
                _ => self.at += c.len_utf8(),
            }
            may_begin &= c == ' ';
        }
        found
    }

    /// Blanks a key, and its value where that is a fact. Whether the value is yet to come.
    fn field(&mut self, key: usize, depth: usize) -> bool {
        let name = self.rest().get(..key).unwrap_or("").trim_matches(['"', '\'']);
        let is_fact = FACTS.contains(&name);
        let start = self.offset + self.at;
        self.words.field(start..start + key + 1);
        self.at += key + 1;
        self.at += self.rest().len() - self.rest().trim_start().len();
        if !is_fact {
            // What follows may be a map or quoted.
            let value = self.rest();
            if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                self.at += quoted(value, quote);
            } else if depth == 0 && !value.starts_with(['{', '[']) {
                self.at = self.text.len();
            }
            return false;
        }
        let length = value(self.rest(), depth > 0);
        self.words.blank(self.offset + self.at..self.offset + self.at + length);
        self.at += length;
        length == 0
    }
}

/// The length of the key that `text` begins with.
fn key(text: &str) -> Option<usize> {
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '"' | '\'');
    let end = text.find(|c: char| !sound(c))?;
    let behind = text.get(end..)?;
    let colon = behind.starts_with(": ") || behind == ":";
    (end > 0 && colon).then_some(end)
}

/// The length of a quoted text, its quotes included.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a fact's value.
fn value(text: &str, flow: bool) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' if depth == 0 && flow => return at,
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 && !flow {
                    return at + 1;
                }
            }
            ',' if depth == 0 && flow => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use crate::lint::blanks::FIELD;
    use crate::lint::prose::Prose;

    fn fields(front: &str) -> Vec<String> {
        let words = Prose::read(&format!("---\n{front}\n---\n")).words;
        let fields = words.split([FIELD, '{', '}', '[', ']', ',', '"', '\n']);
        fields.map(|field| field.trim().to_owned()).filter(|field| !field.is_empty()).collect()
    }

    #[test]
    fn words_are_kept_and_facts_are_not() {
        assert_eq!(fields("title: Cancel: how\noperators: [al/one, al/two]"), ["Cancel: how"]);
        assert_eq!(fields("operators:\n  - al/one\n- al/two\nsummary: S"), ["S"]);
        assert_eq!(
            fields("steps:\n  - {id: a, title: \"B\", text: C d}\n  - E"),
            ["B", "C d", "E"]
        );
        assert_eq!(fields("words:\n  debt: {title: T, remedy: R}\n  other: W"), ["T", "R", "W"]);
        assert_eq!(fields("review: {verified: 2026-08-22, by: the editors}"), ["the editors"]);
        assert_eq!(fields("# words\ntext: >\n  a\n  b"), [">", "a", "b"]);
        assert_eq!(fields("- {id: a, channels: [x, y], optional: true, title: T}"), ["T"]);
    }
}
