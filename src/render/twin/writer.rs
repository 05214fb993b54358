//! Writes Markdown line by line, after the marks of quotes and lists.

use crate::render::twin::html::{Open, TableRow};

/// Markdown that is being written, line by line, after the marks of quotes and lists.
pub struct Markdown<'a> {
    pub(super) out: String,
    /// What begins each line of a quote or of a list entry.
    pub(super) prefix: String,
    pub(super) due: PendingBreak,
    /// Whether nothing but the prefix has been written on this line.
    at_start: bool,
    /// Whether nothing has been written yet after the last mark.
    pub(super) fresh: bool,
    /// What goes before an address of the site, and before an anchor of the page.
    pub(super) origin: &'a str,
    pub(super) page: &'a str,
    pub(super) open: Vec<Open>,
    pub(super) row: TableRow,
}

/// What has to come before the next word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PendingBreak {
    Nothing,
    Space,
    Line,
    Blank,
}

impl<'a> Markdown<'a> {
    pub fn new(origin: &'a str, page: &'a str) -> Markdown<'a> {
        Markdown {
            out: String::with_capacity(8 << 10),
            prefix: String::new(),
            due: PendingBreak::Nothing,
            at_start: true,
            fresh: true,
            origin,
            page,
            open: Vec::new(),
            row: TableRow::default(),
        }
    }

    pub fn finish(mut self) -> String {
        self.out.push('\n');
        self.out
    }

    /// An empty line before what comes next; a space in a table's cell, which is a line.
    pub fn block(&mut self) {
        self.ask(if self.row.is_cell { PendingBreak::Space } else { PendingBreak::Blank });
    }

    pub fn line(&mut self) {
        self.ask(if self.row.is_cell { PendingBreak::Space } else { PendingBreak::Line });
    }

    pub(super) fn ask(&mut self, due: PendingBreak) {
        if !self.fresh {
            self.due = self.due.max(due);
        }
    }

    /// Writes Markdown as it is.
    pub fn raw(&mut self, text: &str) {
        if !text.is_empty() {
            self.arrive();
            self.out.push_str(text);
        }
    }

    /// Writes words that must not be read as Markdown.
    pub fn text(&mut self, text: &str) {
        let words = text.trim_ascii();
        if words.is_empty() {
            self.ask(if text.is_empty() { PendingBreak::Nothing } else { PendingBreak::Space });
            return;
        }
        let is_space = |c: char| c.is_ascii_whitespace();
        if text.starts_with(is_space) {
            self.ask(PendingBreak::Space);
        }
        let begins = self.arrive();
        let (first, rest) = words.split_at(words.find(is_space).unwrap_or(words.len()));
        self.escaped(first, begins);
        if is_plain(rest) {
            self.out.push_str(rest);
        } else {
            for word in rest.split_ascii_whitespace() {
                self.out.push(' ');
                self.escaped(word, false);
            }
        }
        if text.ends_with(is_space) {
            self.ask(PendingBreak::Space);
        }
    }

    pub fn heading(&mut self, level: u8) {
        self.block();
        self.raw("######".get(..usize::from(level.clamp(1, 6))).unwrap_or("#"));
        self.out.push(' ');
        self.fresh = true;
    }

    /// Writes the kind of alert that a quote is; its words go on the line below.
    pub fn kind(&mut self, kind: &str) {
        self.raw(&format!("[!{kind}]"));
        self.line();
        self.fresh = true;
    }

    /// Writes an entry of a list, with `mark` before its first line and spaces before the others.
    pub fn entry(&mut self, mark: &str, write: impl FnOnce(&mut Self)) {
        // The box of a task belongs to the content; the mark of its list is only the dash.
        let room = " ".repeat(if mark.starts_with("- ") { 2 } else { mark.len() });
        self.within(mark, &room, write);
    }

    pub fn quote(&mut self, write: impl FnOnce(&mut Self)) {
        self.block();
        self.within("> ", "> ", write);
        self.block();
    }

    fn within(&mut self, mark: &str, room: &str, write: impl FnOnce(&mut Self)) {
        let before = self.begin(mark, room);
        write(self);
        self.end(before);
    }

    pub(super) fn begin(&mut self, mark: &str, room: &str) -> usize {
        self.raw(mark);
        self.fresh = true;
        let before = self.prefix.len();
        self.prefix.push_str(room);
        before
    }

    pub(super) fn end(&mut self, before: usize) {
        self.prefix.truncate(before);
        self.fresh = false;
        self.line();
    }

    /// Writes what is due. Returns whether a new line begins.
    pub(super) fn arrive(&mut self) -> bool {
        let breaks = match self.due {
            PendingBreak::Nothing => 0,
            PendingBreak::Space => {
                self.out.push(' ');
                0
            }
            PendingBreak::Line => 1,
            PendingBreak::Blank => 2,
        };
        for each in 0..breaks {
            if each > 0 {
                self.out.push_str(self.prefix.trim_end());
            }
            self.out.push('\n');
            self.at_start = true;
        }
        let begins = self.at_start || self.fresh;
        if self.at_start {
            self.out.push_str(&self.prefix);
        }
        (self.due, self.at_start, self.fresh) = (PendingBreak::Nothing, false, false);
        begins
    }

    fn escaped(&mut self, word: &str, begins: bool) {
        if begins {
            let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
            let numbered = digits.len() < word.len() && digits.starts_with(['.', ')']);
            if numbered {
                self.out.push_str(word.get(..word.len() - digits.len()).unwrap_or(""));
                self.out.push('\\');
                self.escaped(digits, false);
                return;
            }
            if word.starts_with(['#', '+', '-', '>', '=', ':']) {
                self.out.push('\\');
            }
        }
        if is_plain(word) {
            self.out.push_str(word);
            return;
        }
        let mut before = ' ';
        let mut letters = word.chars().peekable();
        while let Some(c) = letters.next() {
            let after = letters.peek().copied().unwrap_or(' ');
            let is_mark = match c {
                '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
                '|' => self.row.is_cell,
                '&' => after == '#' || after.is_ascii_alphabetic(),
                c => c.is_ascii() && !is_plain(c.encode_utf8(&mut [0; 4])),
            };
            if is_mark {
                self.out.push('\\');
            }
            self.out.push(c);
            before = c;
        }
    }
}

/// Whether the text has no line ends and nothing that Markdown could read as markup.
fn is_plain(text: &str) -> bool {
    let is_special = |byte: u8| {
        let ends = matches!(byte, b'\n' | b'\r' | b'\t');
        ends || matches!(byte, b'\\' | b'`' | b'*' | b'[' | b']' | b'<' | b'~' | b'_' | b'|' | b'&')
    };
    !text.bytes().any(is_special)
}
