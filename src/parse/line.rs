//! A line of YAML as a writer sees it: its indentation, its field and its value.

use std::ops::Range;

/// A line without its line ending.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub start: usize,
    pub text: &'a str,
}

impl<'a> Line<'a> {
    pub fn at(text: &'a str, at: usize) -> Line<'a> {
        let before = text.get(..at).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        Line::from(text, start)
    }

    pub fn from(text: &'a str, start: usize) -> Line<'a> {
        let rest = text.get(start..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("").trim_end();
        Line { start, text: line }
    }

    /// The lines above, starting with the nearest, without blank lines and comments.
    pub fn above(self, text: &'a str) -> impl Iterator<Item = Line<'a>> {
        let mut end = self.start;
        std::iter::from_fn(move || {
            let line = Line::at(text, end.checked_sub(1)?);
            end = line.start;
            Some(line)
        })
        .filter(|line| !matches!(line.text.trim_start().chars().next(), None | Some('#')))
    }

    pub fn indent(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// The position in the line of a tab in its indentation.
    pub fn tab(self) -> Option<usize> {
        let blank = self.text.len() - self.text.trim_start().len();
        self.text.get(..blank)?.find('\t')
    }

    pub fn is_entry(self) -> bool {
        let rest = self.text.trim_start();
        rest == "-" || rest.starts_with("- ")
    }

    /// The position where the content begins, after the indentation and the dashes of lists.
    pub fn content(self) -> usize {
        let bare = self.text.trim_start_matches(' ');
        let mut rest = bare;
        while let Some(entry) = rest.strip_prefix("- ") {
            rest = entry.trim_start_matches(' ');
        }
        self.text.len() - rest.len()
    }

    /// The name of the line's field, and the position in the line where its value begins.
    pub fn field(self) -> Option<(&'a str, usize)> {
        let start = self.content();
        let content = self.text.get(start..)?;
        let end = content.find(": ").or(content.strip_suffix(':').map(str::len))?;
        let value = content.get(end + 1..)?;
        Some((content.get(..end)?, self.text.len() - value.trim_start().len()))
    }

    /// The position in the line where its value begins: after `name: ` if there is a field, otherwise after
    /// the dashes.
    pub fn value_start(self) -> usize {
        self.field().map_or_else(|| self.content(), |(_, value)| value)
    }

    pub fn value(self) -> &'a str {
        self.text.get(self.value_start()..).unwrap_or("")
    }

    pub fn range(self, from: usize, to: usize) -> Range<usize> {
        self.start + from..self.start + to
    }

    /// The line as it would be if its value were in quotes.
    pub fn quoted(self) -> String {
        let value = self.value();
        let inner = ['"', '\'']
            .iter()
            .find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote))
            .unwrap_or(value);
        let quoted = match (inner.contains(['"', '\\']), inner.contains('\'')) {
            (false, _) => format!("\"{inner}\""),
            (true, false) => format!("'{inner}'"),
            (true, true) => format!("'{}'", inner.replace('\'', "''")),
        };
        let name = self.field().map_or("", |(name, _)| name);
        if value.len() > 60 {
            return "between quotes".to_owned();
        }
        if name.is_empty() { format!("`{quoted}`") } else { format!("`{name}: {quoted}`") }
    }
}
