//! Explains in plain words why a text is not valid YAML, and how to fix it.
//!
//! The library reports the place well, but gives the reason in terms of the format's grammar. Writers want to
//! know which of a few common slips they made. If none of those explains the fault, the library's words are
//! kept.

use std::ops::Range;

use crate::parse::line::Line;

/// Why a text is not valid YAML: the range to show, in bytes of the text, and what to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    pub range: Range<usize>,
    pub message: String,
    pub hint: String,
}

/// Explains the library's `reason` for a fault at the byte `at` of `text`.
pub fn explain(text: &str, at: usize, reason: &str) -> Explained {
    let fault = SyntaxFault { text, at, line: Line::at(text, at), reason };
    None.or_else(|| fault.tab())
        .or_else(|| fault.limit())
        .or_else(|| fault.bracket())
        .or_else(|| fault.quote())
        .or_else(|| fault.escape())
        .or_else(|| fault.first_character())
        .or_else(|| fault.colon())
        .or_else(|| fault.indentation())
        .unwrap_or_else(|| fault.plain())
}

struct SyntaxFault<'a> {
    text: &'a str,
    at: usize,
    line: Line<'a>,
    reason: &'a str,
}

impl SyntaxFault<'_> {
    fn is(&self, reasons: &[&str]) -> bool {
        reasons.iter().any(|reason| self.reason.contains(reason))
    }

    fn explained(
        &self,
        range: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Option<Explained> {
        Some(Explained { range, message: message.into(), hint: hint.into() })
    }

    /// The range of the single character at the fault.
    fn character(&self) -> Range<usize> {
        let rest = self.text.get(self.at..).unwrap_or("");
        let length = rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
        self.at..self.at + length
    }

    fn tab(&self) -> Option<Explained> {
        if !self.is(&["tab"]) {
            return None;
        }
        // The library stops at the tab, after it, or at the end of the line above.
        let end =
            self.text.get(self.at..)?.find('\n').map_or(self.text.len(), |end| self.at + end + 1);
        let next = Line::from(self.text, end);
        let (line, at) =
            [self.line, next].into_iter().find_map(|line| Some((line, line.tab()?)))?;
        let hint = "put spaces in its place, two for each level";
        self.explained(line.range(at, at + 1), "this line is indented with a tab", hint)
    }

    fn limit(&self) -> Option<Explained> {
        if !self.is(&["limits breached"]) {
            return None;
        }
        if self.is(&["Depth"]) {
            let hint = "take lists out of lists, or raise `limits: {depth: …}` in `site.yaml`";
            return self.explained(
                self.character(),
                "this lies too deep in lists and fields",
                hint,
            );
        }
        if self.is(&["Documents"]) {
            let above = self.line.above(self.text).find(|line| matches!(line.text, "..." | "---"));
            let line = above.unwrap_or(self.line);
            let hint = "take the line out";
            let message = format!("`{}` ends what is read", line.text);
            return self.explained(line.range(0, line.text.len()), message, hint);
        }
        let hint = "split it into several files";
        self.explained(self.character(), "this is too large to be read", hint)
    }

    fn bracket(&self) -> Option<Explained> {
        if self.is(&["mismatched bracket"]) {
            let open = self.text.get(self.at..)?.chars().next()?;
            let (right, wrong) = if open == '[' { (']', '}') } else { ('}', ']') };
            let close = self.at + self.text.get(self.at..)?.find(wrong)?;
            let hint = format!("write `{right}` in place of `{wrong}`");
            return self.explained(
                close..close + 1,
                format!("`{open}` is closed by `{wrong}`"),
                hint,
            );
        }
        if self.is(&["misplaced bracket"]) {
            let close = self.text.get(self.at..)?.chars().next()?;
            let hint = "take it out, or put the whole value between quotes";
            let message = format!("this `{close}` closes nothing");
            return self.explained(self.at..self.at + close.len_utf8(), message, hint);
        }
        let reasons = [
            "flow mapping",
            "flow sequence",
            "unclosed bracket",
            "':' indicator",
            "flow construct",
        ];
        if !self.is(&reasons) {
            return None;
        }
        // If the text ends before a bracket is closed, the library gives the position of that bracket.
        let is_end = self.is(&["unclosed bracket"]);
        let open = if is_end { self.at } else { open_bracket(self.text, self.at)? };
        let line = Line::at(self.text, open);
        let bracket = self.text.get(open..)?.chars().next()?;
        if !is_end && line.start == self.line.start {
            let before = self.text.get(..self.at)?;
            let start = before.rfind([',', '{', '[']).map_or(open, |at| at + 1);
            let start =
                start + before.get(start..)?.len() - before.get(start..)?.trim_start().len();
            let message = "this looks like two entries with no comma between them";
            let hint = "put a comma between them, or the whole value between quotes";
            return self.explained(start..self.at.max(start), message, hint);
        }
        let close = if bracket == '[' { ']' } else { '}' };
        let hint = format!("put `{close}` where it ends");
        self.explained(open..open + 1, format!("this `{bracket}` is not closed"), hint)
    }

    fn quote(&self) -> Option<Explained> {
        if self.is(&["trailing content after"]) {
            let hint = format!("write {}", self.line.quoted());
            let end = self.line.start + self.line.text.len();
            return self.explained(self.at..end, "text follows the closing quote", hint);
        }
        let reasons = ["unclosed quote", "multiline quoted", "scanning a quoted scalar"];
        if !self.is(&reasons) {
            return None;
        }
        let opens = |line: &Line<'_>| {
            let value = line.value();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            quote.is_some_and(|quote| !value.get(1..).unwrap_or("").contains(quote))
        };
        let line = std::iter::once(self.line).chain(self.line.above(self.text)).find(opens)?;
        let quote = line.value().chars().next()?;
        let start = line.value_start();
        let hint = format!("put `{quote}` at the end of the value");
        self.explained(line.range(start, start + 1), "this quote is not closed", hint)
    }

    fn escape(&self) -> Option<Explained> {
        if !self.is(&["unknown escape"]) {
            return None;
        }
        let mut characters = self.line.text.char_indices();
        while let Some((start, c)) = characters.next() {
            if c != '\\' {
                continue;
            }
            let Some((end, next)) = characters.next() else { break };
            if !"0abt\tnvfre \"/\\N_LPxuU".contains(next) {
                let message = format!("`\\{next}` means nothing between double quotes");
                let hint = format!("write {}", self.line.quoted());
                return self.explained(
                    self.line.range(start, end + next.len_utf8()),
                    message,
                    hint,
                );
            }
        }
        None
    }

    /// Explains a character that has a meaning at the beginning of a value.
    fn first_character(&self) -> Option<Explained> {
        let reasons = [
            "unknown value",
            "unknown anchor",
            "anchor or alias",
            "unexpected character",
            "sequence entries are not allowed",
            "mapping keys are not allowed",
            "a tag",
            "tag handle",
            "handle wasn't declared",
        ];
        let start = self.line.value_start();
        if !self.is(&reasons) || self.line.start + start != self.at {
            return None;
        }
        let first = self.line.value().chars().next()?;
        let message = match first {
            '`' => "a value cannot begin with a backtick".to_owned(),
            _ => format!("a value cannot begin with `{first}`"),
        };
        let hint = format!("put it between quotes: {}", self.line.quoted());
        self.explained(self.at..self.at + first.len_utf8(), message, hint)
    }

    fn colon(&self) -> Option<Explained> {
        if !self.is(&["mapping values are not allowed", "simple key", "':' indicator"]) {
            return None;
        }
        if self.is(&["simple key"]) {
            return self.no_field(self.line);
        }
        let (name, value) = self.line.field()?;
        if self.line.start + value <= self.at {
            let end = self.line.text.len();
            let message = format!("the value of `{name}` holds a colon and a space");
            let hint = format!("put it between quotes: {}", self.line.quoted());
            return self.explained(self.line.range(value, end), message, hint);
        }
        let above = self.line.above(self.text).next()?;
        let Some((other, _)) = above.field() else { return self.no_field(above) };
        if self.line.content() <= above.content() {
            return None;
        }
        let start = self.line.content();
        let message =
            format!("`{name}` is indented further than `{other}`, which has a value already");
        let hint = format!("{}, like `{other}`", indented(above.content()));
        self.explained(self.line.range(start, start + name.len()), message, hint)
    }

    /// Explains a line that should give a field but does not.
    fn no_field(&self, line: Line<'_>) -> Option<Explained> {
        let start = line.content();
        let content = line.text.get(start..)?;
        let is_name = |name: &&str| {
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        };
        if let Some((name, value)) = content.split_once(':').filter(|(name, _)| is_name(name)) {
            let message = format!("there is no space after `{name}:`");
            let range = line.range(start, start + name.len() + 1);
            return self.explained(range, message, format!("write `{name}: {value}`"));
        }
        if let Some((name, value)) = content.split_once('：').filter(|(name, _)| is_name(name)) {
            let at = start + name.len();
            let message = "this colon is a full-width one, which YAML does not know";
            let hint = format!("write `{name}: {}`", value.trim_start());
            return self.explained(line.range(at, at + '：'.len_utf8()), message, hint);
        }
        let message = "this line is neither a field nor part of the text above it";
        let hint = "write it as `name: value`, or indent it if it goes on with the text above";
        self.explained(line.range(start, line.text.len()), message, hint)
    }

    fn indentation(&self) -> Option<Explained> {
        let reasons = ["did not find expected key", "expected '-'", "invalid indentation"];
        if !self.is(&reasons) {
            return None;
        }
        let before = self.line.text.get(..self.at.checked_sub(self.line.start)?)?;
        if !matches!(before.trim(), "" | "-") {
            let value = self.line.value().chars().next()?;
            let close = match value {
                '[' => ']',
                '{' => '}',
                _ => return None,
            };
            let message = format!("text follows the closing `{close}`");
            let hint = format!("put the whole value between quotes: {}", self.line.quoted());
            let end = self.line.start + self.line.text.len();
            return self.explained(self.at..end, message, hint);
        }
        let start = self.line.indent();
        let range = self.line.range(start, self.line.text.len());
        let message = "this line does not begin in the column of those above";
        let is_entry = self.line.is_entry();
        let like = self.line.above(self.text).find(|line| line.is_entry() || !is_entry);
        let hint = match like {
            Some(line) => {
                let column = if is_entry { line.indent() } else { line.content() };
                let name = line.field().map_or(line.text.trim(), |(name, _)| name);
                let name = if is_entry { line.text.trim() } else { name };
                if column == start {
                    "put it with the lines of its own kind: fields with fields, `- ` with `- `"
                        .to_owned()
                } else {
                    format!("{}, like `{name}`", indented(column))
                }
            }
            None => "give it the same number of spaces as the line that it belongs to".to_owned(),
        };
        self.explained(range, message, hint)
    }

    /// Falls back to the library's own words.
    fn plain(&self) -> Explained {
        Explained {
            range: self.character(),
            message: format!("this is not valid YAML: {}", self.reason),
            hint:
                "put a value that holds `: `, `#` or a quote between quotes, and indent with spaces"
                    .to_owned(),
        }
    }
}

fn indented(column: usize) -> String {
    match column {
        0 => "begin it at the start of the line".to_owned(),
        1 => "indent it by 1 space".to_owned(),
        _ => format!("indent it by {column} spaces"),
    }
}

/// The innermost bracket that is open at the byte `at`.
fn open_bracket(text: &str, at: usize) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut quote: Option<char> = None;
    let mut start = 0;
    for line in text.get(..at)?.split_inclusive('\n') {
        let whole = Line::from(text, start);
        let begins = if open.is_empty() { whole.value_start() } else { 0 };
        let is_flow = !open.is_empty() || whole.value().starts_with(['[', '{']);
        let characters = line.char_indices().skip_while(|(at, _)| *at < begins);
        for (index, c) in characters.take_while(|_| is_flow) {
            match (quote, c) {
                (Some(closing), c) if closing == c => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(c),
                (None, '[' | '{') => open.push(start + index),
                (None, ']' | '}') => _ = open.pop(),
                _ => {}
            }
            if open.is_empty() && quote.is_none() {
                break;
            }
        }
        start += line.len();
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_explained(text: &str, reason: &str, at: &str, shown: &str, message: &str) {
        let explained = explain(text, text.find(at).unwrap(), reason);
        assert_eq!((&text[explained.range], explained.message.as_str()), (shown, message));
    }

    #[test]
    fn a_bracket_that_is_open_is_found() {
        let open = |text: &str| open_bracket(text, text.len());
        assert_eq!(open("a: [b]\nc: [d\n"), Some(10));
        assert_eq!(open("a: {b: [c, d]\n"), Some(3));
        assert_eq!(open("a: \"[\"\nb: it's [\n"), None);
    }

    #[test]
    fn the_slip_is_shown_and_not_what_follows_from_it() {
        let reason = "mapping values are not allowed in this context";
        let message = "there is no space after `title:`";
        assert_explained("title:A\ntags: b\n", reason, ": b", "title:", message);
        let message = "this colon is a full-width one, which YAML does not know";
        assert_explained("title：甲\ntags: b\n", reason, ": b", "：", message);
        let message = "`tags` is indented further than `title`, which has a value already";
        assert_explained("title: A\n\n  tags: b\n", reason, ": b", "tags", message);
    }

    #[test]
    fn what_is_not_known_keeps_the_words_of_the_library() {
        let message = "this is not valid YAML: a new reason";
        assert_explained("title: A\n", "a new reason", "A", "A", message);
        assert_eq!(explain("", 0, "x").range, 0..0);
    }
}
