//! Reports failed attempts at Markdown and the syntax of other tools, which would be shown as typed.

use std::ops::Range;

use crate::model::diagnostic::Code;
use crate::model::region::{Region, RegionKind};
use crate::model::span::Span;
use crate::parse::alerts;
use crate::parse::fields::Faults;

/// What means something to another tool at the start of a line: the sign, the tool, and what to write
/// instead.
const LINES: &[(&str, &str, &str)] = &[
    (":::", "Docusaurus, Starlight or VitePress", ALERT),
    ("!!!", "Material for MkDocs", ALERT),
    ("???", "Material for MkDocs", DETAILS),
    ("///", "PyMdown Extensions", ALERT),
    ("===", "Material for MkDocs", TABS),
    ("--8<--", "PyMdown Extensions", PLAIN),
];

/// Whole lines that other tools take for a list of the page's headings.
const CONTENTS: &[&str] = &["[TOC]", "[[TOC]]", "[[toc]]", "[[_TOC_]]", "[toc]", "{:toc}"];

/// The same for signs within a line.
const SIGNS: &[(&str, &str, &str)] = &[
    ("{{<", "Hugo", PLAIN),
    ("{{%", "Hugo", PLAIN),
    ("{{#", "mdBook", PLAIN),
    ("{% ", "Jekyll", PLAIN),
    ("{%- ", "Jekyll", PLAIN),
];

/// The signs with which a line that is looked at begins.
const STARTS: &[char] =
    &['#', ':', '!', '?', '/', '•', '●', '▪', '‣', '◦', '・', '·', '[', '{', '<', '=', '-'];
/// Signs of items that Markdown does not know.
const BULLETS: &[char] = &['•', '●', '▪', '‣', '◦', '・', '·'];

const ALERT: &str = "write `> [!NOTE]`, and the text below it after `> `";
const DETAILS: &str = "write `<details><summary>…</summary>`, the text, and `</details>`";
const TABS: &str = "write a heading for each, and the text below it";
const PLAIN: &str = "write its words here, or a link to the page that has them";

/// Looks through the words of a file; `regions` are in order.
pub fn check(source: &str, regions: &[Region], faults: &mut Faults<'_>) {
    for (index, region) in regions.iter().enumerate() {
        if !region.kind.is_block() {
            continue;
        }
        let range = region.span.range();
        let Some(text) = source.get(range.clone()) else { continue };
        let behind = regions.get(index + 1..).unwrap_or(&[]);
        let inner = behind.iter().take_while(|one| one.span.range().start < range.end);
        let is_written = |kind| matches!(kind, RegionKind::Numbered | RegionKind::Escape);
        let inner = inner.filter(|one| !one.kind.is_block() && !is_written(one.kind));
        let inner: Vec<Region> = inner.copied().collect();
        let taken = joined(inner.iter().map(|one| one.span.range()));
        let (start, kind) = (range.start, region.kind);
        let mut block =
            SlipBlock { source, text, start, kind, inner: &inner, taken: &taken, faults };
        block.check();
    }
}

/// Sorted ranges, with those that overlap joined into one.
fn joined(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined
}

pub struct SlipBlock<'a, 'f, 'p> {
    pub(super) source: &'a str,
    pub(super) text: &'a str,
    start: usize,
    kind: RegionKind,
    /// The code, links and tags within the block.
    inner: &'a [Region],
    /// The bytes of the file that those take up, in order and without overlaps.
    taken: &'a [Range<usize>],
    pub(super) faults: &'f mut Faults<'p>,
}

impl<'a> SlipBlock<'a, '_, '_> {
    fn check(&mut self) {
        if self.kind != RegionKind::Field {
            self.lines();
        }
        if self.kind == RegionKind::Heading {
            self.attributes();
        }
        if self.kind == RegionKind::Field {
            self.quotes();
        }
        if self.text.contains(['[', '{', '】', '］', '<']) {
            self.comment();
            self.references();
            self.brackets();
            self.signs();
        }
    }

    pub(super) fn report(
        &mut self,
        code: Code,
        at: Range<usize>,
        message: String,
        hint: impl Into<String>,
    ) {
        let span = Span::new(self.start + at.start, self.start + at.end);
        self.faults.hint(code, span, message, hint);
    }

    /// Whether the byte at `at` of the text is code, or part of what the parser understood.
    pub(super) fn is_taken(&self, at: usize) -> bool {
        let at = self.start + at;
        let next = self.taken.partition_point(|range| range.end <= at);
        self.taken.get(next).is_some_and(|range| range.contains(&at))
    }

    /// Each line, with its position in the text.
    fn each_line(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let text = self.text;
        text.split('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            let bare = line.trim_start_matches([' ', '\t', '>']);
            Some((start + line.len() - bare.len(), bare.trim_end()))
        })
    }

    fn lines(&mut self) {
        for (at, line) in self.each_line() {
            if !line.starts_with(STARTS) {
                continue;
            }
            if !self.is_taken(at) {
                self.line(at, line);
            }
        }
        if self.kind == RegionKind::Text {
            self.list();
            self.table();
        }
    }

    fn line(&mut self, at: usize, line: &str) {
        let range = at..at + line.len();
        if line.starts_with("<<<<<<< ") {
            let message = "a merge was not finished here".to_owned();
            let hint =
                "keep what is right, and take out the lines `<<<<<<<`, `=======` and `>>>>>>>`";
            return self.report(Code::MergeConflict, range, message, hint);
        }
        let words = line.trim_start_matches('#');
        let level = line.len() - words.len();
        let first = words.chars().next();
        let is_heading = first.is_some_and(|c| c.is_alphabetic() || c == '\u{3000}');
        if (2..=6).contains(&level) && is_heading {
            let hint = format!("write `{} {}`", "#".repeat(level), words.trim_start());
            let message = "this is no heading: a space has to follow `#`".to_owned();
            return self.report(Code::AlmostMarkdown, range, message, hint);
        }
        if let Some(words) = line.strip_prefix(BULLETS).filter(|words| !words.is_empty()) {
            let hint = format!("write `- {}`", words.trim_start());
            let message = "this is no list: Markdown knows no such sign".to_owned();
            return self.report(Code::AlmostMarkdown, range, message, hint);
        }
        for (sign, tool, hint) in LINES {
            let word = line.strip_prefix(sign).map(|rest| rest.trim_start_matches(['+', ' ', ':']));
            let is_quoted = matches!(*sign, "===" | "--8<--");
            let is_word = |c: char| if is_quoted { c == '"' } else { c.is_ascii_lowercase() };
            if word.is_some_and(|word| word.starts_with(is_word)) {
                let message = format!("`{}` is a block of {tool}", short(line));
                return self.report(Code::ForeignSyntax, range, message, *hint);
            }
        }
        if CONTENTS.contains(&line) {
            let message = format!("`{line}` is a list of headings to other tools");
            let hint = "take it out: a page has its contents by itself";
            return self.report(Code::ForeignSyntax, range, message, hint);
        }
        if let Some((kind, title)) = line.strip_prefix("[!").and_then(|rest| rest.split_once(']'))
            && !kind.is_empty()
            && kind.chars().all(|c| c.is_ascii_alphabetic())
            && !title.starts_with(['(', '['])
        {
            let (message, hint) = match alerts::kind(kind) {
                Some(_) => (
                    format!("`[!{kind}]` begins an alert only in a quote of its own"),
                    format!(
                        "put an empty line before it, and begin its lines with `> `: `> [!{kind}]`"
                    ),
                ),
                None => (
                    format!("there is no alert `[!{kind}]` here"),
                    "write `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`"
                        .to_owned(),
                ),
            };
            return self.report(Code::ForeignSyntax, range, message, hint);
        }
        self.colon(at, line);
    }

    /// A colon that begins neither a definition nor anything else.
    fn colon(&mut self, at: usize, line: &str) {
        let Some(words) = line.strip_prefix(':') else { return };
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
        let name = words.len() - words.trim_start_matches(is_name).len();
        let behind = words.get(name..).unwrap_or("");
        if name > 1 && (behind == ":" || behind.starts_with(": ")) {
            let message = format!("`{}` is a sign of GitHub", line.get(..name + 2).unwrap_or(line));
            let hint = "put the emoji itself there, or take it out";
            return self.report(Code::ForeignSyntax, at..at + name + 2, message, hint);
        }
        let is_word = words.starts_with(char::is_alphanumeric) && words.chars().nth(1).is_some();
        // The first line of a text defines nothing.
        if at > 0 && is_word && self.kind == RegionKind::Text {
            let message = "this is no definition: a space has to follow `:`".to_owned();
            let hint = format!("write `: {}`, or put it behind the line above", short(words));
            self.report(Code::AlmostMarkdown, at..at + line.len(), message, hint);
        }
    }

    /// Reports lines that would be a list if they had a space after their marks.
    fn list(&mut self) {
        let lines: Vec<(usize, &str)> = self.each_line().collect();
        let [(at, first), _, ..] = &*lines else { return };
        let dashed = |line: &str| {
            let rest = line.strip_prefix('-');
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii()))
        };
        let is_numbers = || {
            let mut lines = lines.iter().enumerate();
            lines.all(|(index, (_, line))| numbered(line, index + 1).is_some())
        };
        let (sign, words) = if lines.iter().all(|(_, line)| dashed(line)) {
            first.split_at_checked(1).unwrap_or(("", first))
        } else if is_numbers() {
            numbered(first, 1).unwrap_or(("", first))
        } else {
            return;
        };
        let (message, hint) = match sign.ends_with(['.', ')', '-']) && sign.is_ascii() {
            true => (
                format!("these lines are no list: a space has to follow `{sign}`"),
                format!("write `{sign} {words}`"),
            ),
            false => (
                format!("these lines are no list: Markdown does not know the sign `{sign}`"),
                format!("write `1. {}`", words.trim_start()),
            ),
        };
        self.report(Code::AlmostMarkdown, *at..at + first.len(), message, hint);
    }

    fn table(&mut self) {
        let lines: Vec<(usize, &str)> = self.each_line().collect();
        let [(at, first), _, ..] = &*lines else { return };
        let is_row = |line: &str| {
            line.starts_with('|') && line.ends_with('|') && line.matches('|').count() > 2
        };
        if lines.iter().all(|(_, line)| is_row(line)) {
            let cells = first.matches('|').count() - 1;
            let hint = format!("put the line `|{}` below the first", "---|".repeat(cells));
            let message = "these lines are no table: none parts the head from the rows".to_owned();
            self.report(Code::AlmostMarkdown, *at..at + first.len(), message, hint);
        }
    }

    /// Curly quotes round a whole value, which YAML keeps.
    fn quotes(&mut self) {
        let pairs = [('“', '”'), ('”', '”'), ('„', '“'), ('‘', '’'), ('’', '’'), ('＂', '＂')];
        let mut known = pairs.into_iter().filter_map(|(open, close)| {
            let inner = self.text.strip_prefix(open)?.strip_suffix(close)?;
            (!inner.contains([open, close])).then_some(inner)
        });
        let Some(inner) = known.next().filter(|inner| !inner.trim().is_empty()) else { return };
        // Whoever put quotes round them wants them shown.
        if self.source.get(..self.start).is_some_and(|head| head.ends_with(['"', '\''])) {
            return;
        }
        let message = "these quotes are none to YAML, and are shown".to_owned();
        let hint = format!("write `\"{inner}\"`; to show them, put `'` before and behind them");
        self.report(Code::CurlyQuotes, 0..self.text.len(), message, hint);
    }

    fn attributes(&mut self) {
        let Some(at) = self.text.rfind("{#").filter(|at| !self.is_taken(*at)) else { return };
        let written = self.text.get(at..).unwrap_or("");
        if !written.contains('}') && !written.contains(char::is_whitespace) {
            let message = "the id of this heading has no end".to_owned();
            let hint = format!("write `{written}}}`");
            self.report(Code::AlmostMarkdown, at..at + written.len(), message, hint);
        }
    }

    fn comment(&mut self) {
        let Some(at) = self.text.find("<!--").filter(|at| !self.is_taken(*at)) else { return };
        let message = "this comment is not closed, and would be shown".to_owned();
        let hint = "put `-->` where it ends";
        self.report(Code::UnclosedComment, at..at + 4, message, hint);
    }

    /// What other tools fill in.
    fn signs(&mut self) {
        for (sign, tool, hint) in SIGNS {
            let Some(at) = self.text.find(sign).filter(|at| !self.is_taken(*at)) else { continue };
            // `{{% x %}}` is one sign, of Hugo.
            if sign.starts_with("{%") && self.text.get(..at).is_some_and(|head| head.ends_with('{'))
            {
                continue;
            }
            let written = self.text.get(at..).unwrap_or("").lines().next().unwrap_or("");
            let end = written.find("}}").or_else(|| written.find("%}"));
            let written = end.and_then(|end| written.get(..end + 2)).unwrap_or(written);
            let message = format!("`{}` is a sign of {tool}", short(written));
            self.report(Code::ForeignSyntax, at..at + sign.len(), message, *hint);
        }
        for region in self.inner {
            if !matches!(region.kind, RegionKind::Link | RegionKind::Image) {
                continue;
            }
            let end = region.span.range().end;
            let behind = self.source.get(end..).and_then(|text| text.strip_prefix('{'));
            let Some((inner, _)) = behind.and_then(|text| text.split_once('}')) else { continue };
            if inner.starts_with(['.', '#', ':']) || inner.contains('=') {
                let at = end - self.start;
                let message =
                    format!("`{{{}}}` is an attribute of Pandoc or kramdown", short(inner));
                let hint = "take it out: links and pictures have no attributes here";
                self.report(Code::ForeignSyntax, at..at + inner.len() + 2, message, hint);
            }
        }
    }
}

/// The sign and the words of a line that would begin the item `number` of a list, were it written as Markdown has it.
fn numbered(line: &str, number: usize) -> Option<(&str, &str)> {
    let digits = number.to_string();
    let wide: String = digits.chars().filter_map(full_width).collect();
    let is_open = line.starts_with(['（', '(']);
    let bare = line.strip_prefix(['（', '(']).unwrap_or(line);
    let rest = bare.strip_prefix(&*digits).or_else(|| bare.strip_prefix(&*wide))?;
    let words = match is_open {
        true => rest.strip_prefix(['）', ')'])?,
        false => rest.strip_prefix(['.', ')', '．', '）', '、'])?,
    };
    let is_words = words.trim_start().starts_with(char::is_alphabetic);
    is_words.then(|| line.split_at(line.len() - words.len()))
}

fn full_width(digit: char) -> Option<char> {
    char::from_u32(u32::from('０') + digit.to_digit(10)?)
}

/// The beginning of what was written, for a message.
fn short(written: &str) -> &str {
    let end = written.char_indices().nth(30).map_or(written.len(), |(at, _)| at);
    written.get(..end).unwrap_or(written).trim_end()
}
