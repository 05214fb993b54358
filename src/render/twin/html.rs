//! Reads the finished HTML of a text and writes it as Markdown again.
//!
//! It knows the HTML that compiled Markdown, the safe tags and the theme's lists are made of; it drops any
//! other tag and keeps the content.

use crate::model::markup::unescape;
use crate::render::twin::writer::{Markdown, PendingBreak};

/// An element that is still open, with what is needed to end it.
pub(super) struct Open {
    name: String,
    /// The length of the prefix before this element began.
    prefix: usize,
    end: End,
}

enum End {
    Nothing,
    Block,
    Mark(&'static str),
    Link(String),
    List(Option<usize>),
    /// The head of a table; the row of column marks follows it.
    Columns,
}

#[derive(Default)]
pub(super) struct TableRow {
    columns: String,
    /// Whether the line below the head is written.
    has_head: bool,
    pub(super) is_cell: bool,
}

impl Markdown<'_> {
    /// Writes finished HTML as Markdown.
    pub fn html(&mut self, html: &str) {
        let depth = self.open.len();
        let mut rest = html;
        while !rest.is_empty() {
            let Some(at) = rest.find('<') else {
                self.entities(rest);
                break;
            };
            let (text, tag) = rest.split_at(at);
            self.entities(text);
            let Some(end) = tag.find('>') else { break };
            let inner = tag.get(1..end).unwrap_or("");
            rest = tag.get(end + 1..).unwrap_or("");
            match inner.strip_prefix('/') {
                Some(name) => self.close(name),
                None => rest = self.open(inner, rest),
            }
        }
        while self.open.len() > depth {
            self.close_last();
        }
    }

    fn entities(&mut self, text: &str) {
        self.text(&unescape(text));
    }

    /// Begins an element. Returns what is left after its tag, or after its content if that has been dealt
    /// with.
    fn open<'h>(&mut self, tag: &'h str, rest: &'h str) -> &'h str {
        let name = tag.split([' ', '/', '\n']).next().unwrap_or("");
        let prefix = self.prefix.len();
        let mut end = End::Nothing;
        match name {
            "br" if self.row.is_cell => {
                self.raw("<br>");
                return rest;
            }
            "br" => {
                self.raw("\\");
                self.line();
                return rest;
            }
            "wbr" | "link" | "meta" => return rest,
            "hr" => {
                self.block();
                self.raw("---");
                self.block();
                return rest;
            }
            "img" => {
                let (alt, url) = (attribute(tag, "alt"), attribute(tag, "src"));
                self.raw("![");
                self.fresh = false;
                self.text(&alt);
                let url = self.url(&url);
                self.raw(&format!("]({url}{})", titled(tag)));
                return rest;
            }
            "input" => {
                self.raw(if tag.contains("checked") { "[x]" } else { "[ ]" });
                self.ask(PendingBreak::Space);
                return rest;
            }
            "pre" => return self.code_block(rest),
            "code" | "samp" => return self.code(name, rest),
            // Only a browser needs these; Markdown says by itself what kind a note is.
            "rp" | "svg" | "script" | "style" => return behind(name, rest),
            "p" if tag.contains("\"alert-title\"") => return behind(name, rest),
            // GitHub knows no title in the line of the kind.
            "p" if tag.contains("\"alert-title own\"") => {
                let (title, behind) = content(name, rest);
                self.raw("**");
                self.fresh = true;
                self.entities(&without_tags(title));
                self.after("**");
                self.block();
                return behind;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.get(1..).and_then(|level| level.parse().ok());
                self.heading(level.unwrap_or(2));
                end = End::Block;
            }
            "strong" | "b" | "summary" => end = self.mark("**"),
            "em" | "i" => end = self.mark("*"),
            "del" | "s" => end = self.mark("~~"),
            "rt" => {
                self.raw("(");
                end = End::Mark(")");
            }
            "a" => match self.link(tag, rest) {
                Ok(known) => end = known,
                Err(rest) => return rest,
            },
            "ul" => end = self.list(None),
            "ol" => end = self.list(Some(0)),
            "li" => self.item(tag),
            "dt" => self.block(),
            "dd" => {
                self.line();
                self.begin(": ", "  ");
            }
            "blockquote" => {
                self.block();
                self.begin("> ", "> ");
                end = End::Block;
            }
            "div" if tag.contains("\"alert ") => {
                self.block();
                self.begin("> ", "> ");
                self.alert(tag);
                end = End::Block;
            }
            "table" => {
                self.row.has_head = false;
                self.block();
                end = End::Block;
            }
            "thead" => end = End::Columns,
            "tr" => {
                self.row.columns.clear();
                self.line();
                self.raw("|");
            }
            "th" | "td" => self.cell(tag),
            "p" | "div" | "section" | "article" | "details" | "dl" | "header" | "nav"
            | "figure" | "figcaption" | "caption" => {
                self.block();
                end = End::Block;
            }
            _ => {}
        }
        if !tag.ends_with('/') {
            self.open.push(Open { name: name.to_owned(), prefix, end });
        }
        rest
    }

    fn mark(&mut self, mark: &'static str) -> End {
        self.raw(mark);
        self.fresh = true;
        End::Mark(mark)
    }

    fn link<'h>(&mut self, tag: &str, rest: &'h str) -> Result<End, &'h str> {
        let href = attribute(tag, "href");
        if let Some(note) = href.strip_prefix("#fn-") {
            self.raw(&format!("[^{note}]"));
            return Err(behind("a", rest));
        }
        // This is the link back from a footnote, which Markdown does not need.
        if href.starts_with("#fnref-") {
            self.due = PendingBreak::Nothing;
            return Err(behind("a", rest));
        }
        if href.is_empty() {
            return Ok(End::Nothing);
        }
        self.raw("[");
        self.fresh = true;
        Ok(End::Link(self.url(&href) + &titled(tag)))
    }

    /// The address in a form that can be followed from anywhere; in angle brackets where it would end too
    /// early.
    pub fn url(&self, url: &str) -> String {
        let before = match url.as_bytes().first() {
            Some(b'/') => self.origin,
            Some(b'#') => self.page,
            _ => "",
        };
        match url.contains([' ', '(', ')', '<', '>']) {
            true => format!("<{before}{}>", url.replace('<', "%3C").replace('>', "%3E")),
            false => format!("{before}{url}"),
        }
    }

    fn list(&mut self, first: Option<usize>) -> End {
        match self.open.iter().any(|open| open.name == "li") {
            true => self.line(),
            false => self.block(),
        }
        End::List(first)
    }

    fn item(&mut self, tag: &str) {
        self.line();
        let id = attribute(tag, "id");
        let list = self.open.iter_mut().rev().find_map(|open| match &mut open.end {
            End::List(number) => Some(number),
            _ => None,
        });
        let mark = match (id.strip_prefix("fn-"), list) {
            (Some(note), _) => format!("[^{note}]: "),
            (None, Some(Some(number))) => {
                *number += 1;
                format!("{number}. ")
            }
            _ => "- ".to_owned(),
        };
        let room = if mark.starts_with('[') { 4 } else { mark.len() };
        self.begin(&mark, &" ".repeat(room));
    }

    fn alert(&mut self, tag: &str) {
        let kind = attribute(tag, "class")
            .rsplit_once("alert-")
            .map_or("NOTE".to_owned(), |(_, kind)| kind.to_ascii_uppercase());
        self.kind(&kind);
    }

    fn cell(&mut self, tag: &str) {
        self.due = PendingBreak::Nothing;
        self.raw(" ");
        self.row.is_cell = true;
        self.fresh = true;
        if !self.row.has_head {
            self.row.columns.push_str(match &*attribute(tag, "class") {
                "center" => " :-: |",
                "end" => " --: |",
                _ => " --- |",
            });
        }
    }

    fn close(&mut self, name: &str) {
        // An end tag without an open element ends nothing.
        if self.open.iter().any(|open| open.name == name) {
            while self.open.last().is_some_and(|open| open.name != name) {
                self.close_last();
            }
            self.close_last();
        }
    }

    fn close_last(&mut self) {
        let Some(Open { name, prefix, end }) = self.open.pop() else { return };
        if self.prefix.len() > prefix {
            self.end(prefix);
        }
        match end {
            End::Nothing => {}
            End::Block => {
                self.fresh = false;
                self.block();
            }
            End::Mark(mark) => self.after(mark),
            End::Link(url) => self.after(&format!("]({url})")),
            End::List(_) => self.block(),
            End::Columns => self.columns(),
        }
        // A table needs a head: of one that has none, the first row is it.
        if name == "tr" && !self.open.iter().any(|open| open.name == "thead") {
            self.columns();
        }
        if matches!(&*name, "th" | "td") {
            (self.row.is_cell, self.due, self.fresh) = (false, PendingBreak::Nothing, false);
            self.raw(" |");
        }
    }

    /// The line below the head of a table.
    fn columns(&mut self) {
        if !std::mem::replace(&mut self.row.has_head, true) {
            self.line();
            let columns = std::mem::take(&mut self.row.columns);
            self.raw(&format!("|{columns}"));
        }
    }

    /// A mark right behind the last word, before a space that is due.
    fn after(&mut self, mark: &str) {
        self.fresh = false;
        match self.due {
            PendingBreak::Nothing | PendingBreak::Space => self.out.push_str(mark),
            _ => self.raw(mark),
        }
    }

    fn code<'h>(&mut self, name: &str, rest: &'h str) -> &'h str {
        let (text, behind) = content(name, rest);
        let text = unescape(&without_tags(text)).into_owned();
        let fence = "`".repeat(longest_run(&text) + 1);
        let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        let text = if self.row.is_cell { text.replace('|', "\\|") } else { text };
        self.raw(&format!("{fence}{space}{}{space}{fence}", text.replace('\n', " ")));
        behind
    }

    fn code_block<'h>(&mut self, rest: &'h str) -> &'h str {
        let (inner, behind) = content("pre", rest);
        let tag = inner.split('>').next().unwrap_or("");
        let class = attribute(tag, "class");
        let text = unescape(&without_tags(inner)).into_owned();
        let fence = "`".repeat(longest_run(&text).max(2) + 1);
        self.block();
        self.raw(&format!("{fence}{}", class.strip_prefix("language-").unwrap_or("")));
        for line in text.lines() {
            self.line();
            self.arrive();
            self.out.push_str(line);
        }
        self.line();
        self.raw(&fence);
        self.block();
        behind
    }
}

/// The content of an open element, and what follows its end tag.
fn content<'h>(name: &str, rest: &'h str) -> (&'h str, &'h str) {
    for (at, _) in rest.match_indices('<') {
        let end = rest.get(at + 1..).and_then(|tag| tag.strip_prefix('/')?.strip_prefix(name));
        if let Some(behind) = end.and_then(|end| end.strip_prefix('>')) {
            return (rest.get(..at).unwrap_or(""), behind);
        }
    }
    (rest, "")
}

fn behind<'h>(name: &str, rest: &'h str) -> &'h str {
    content(name, rest).1
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for (index, part) in html.split('<').enumerate() {
        text.push_str(match index {
            0 => part,
            _ => part.split_once('>').map_or("", |(_, text)| text),
        });
    }
    text
}

/// The title of a link or picture, as it stands behind an address.
fn titled(tag: &str) -> String {
    match attribute(tag, "title") {
        title if title.is_empty() => title,
        title => format!(" \"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// The value of an attribute, decoded; empty if there is none.
fn attribute(tag: &str, name: &str) -> String {
    let mut parts = tag.split('"');
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        let key = key.strip_suffix('=').and_then(|key| key.strip_suffix(name));
        if key.is_some_and(|before| before.ends_with(' ')) {
            return unescape(value).into_owned();
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(html: &str) -> String {
        let mut markdown = Markdown::new("https://a.example", "https://a.example/en/b/");
        markdown.html(html);
        markdown.finish()
    }

    #[test]
    fn what_markdown_was_is_markdown_again() {
        for (html, expected) in [
            (
                "<p>A <strong>b</strong>, <em>c</em> and\n<del>d</del>.</p>",
                "A **b**, *c* and ~~d~~.",
            ),
            ("<p>真，<strong>她</strong>说。</p>\n<p>Two</p>", "真，**她**说。\n\nTwo"),
            ("<h3 id=\"x\">A <code>b</code></h3>\n<p>c</p>", "### A `b`\n\nc"),
            (
                "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n<li>d</li>\n</ol>\n</li>\n</ul>",
                "- a\n- b\n  1. c\n  2. d",
            ),
            ("<ul><li><p>a</p>\n<p>b</p></li></ul>", "- a\n\n  b"),
            (
                "<p><img src=\"/a.png\" title=\"A &quot;b&quot;\" alt=\"c\"> <a href=\"/d/\" title=\"e\">f</a></p>",
                "![c](https://a.example/a.png \"A \\\"b\\\"\") [f](https://a.example/d/ \"e\")",
            ),
            ("<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote><p>c</p>", "> a\n>\n> b\n\nc"),
            (
                "<div class=\"alert alert-tip\">\n<p class=\"alert-title\">Tip</p>\n<p>a</p>\n</div>",
                "> [!TIP]\n> a",
            ),
            (
                "<p><a href=\"/x/\" rel=\"a\">y</a> <a href=\"#z\">z</a> <a>t</a></p>",
                "[y](https://a.example/x/) [z](https://a.example/en/b/#z) t",
            ),
            (
                "<p><img src=\"/c.gif\" alt=\"A &quot;c&quot;\" loading=\"lazy\"></p>",
                "![A \"c\"](https://a.example/c.gif)",
            ),
            (
                "<table><thead><tr><th>a</th><th class=\"end\">b</th></tr></thead><tbody>\n<tr><td>1 | 2</td><td><code>|</code></td></tr>\n</tbody></table>",
                "| a | b |\n| --- | --: |\n| 1 \\| 2 | `\\|` |",
            ),
            (
                "<pre><code class=\"language-rust\">a &lt; b\n  c\n</code></pre>\n<p>d</p>",
                "```rust\na < b\n  c\n```\n\nd",
            ),
            ("<p>a<sup id=\"fnref-1\"><a href=\"#fn-1\">1</a></sup></p>", "a[^1]"),
            (
                "<ol>\n<li id=\"fn-1\">\n<p>The first. <a href=\"#fnref-1\" title=\"Back\">↩</a></p>\n</li>\n</ol>",
                "[^1]: The first.",
            ),
            (
                "<ul>\n<li><input disabled=\"\" type=\"checkbox\" checked=\"\"/>\ndone</li>\n</ul>",
                "- [x] done",
            ),
            ("<dl>\n<dt>Term</dt>\n<dd>Its <em>m</em>.</dd>\n</dl>", "Term\n: Its *m*."),
            ("<p>a<br />\nb</p><hr /><p>c</p>", "a\\\nb\n\n---\n\nc"),
            ("<ruby>漢<rt>kan</rt></ruby> <kbd>Ctrl</kbd> H<sub>2</sub>O", "漢(kan) Ctrl H2O"),
            ("<p><code>a`b</code></p>", "``a`b``"),
            (
                "<table>\n<caption>a</caption>\n<tr><td>b</td><td><p>c</p><p>d</p></td></tr>\n<tr><th>e</th><td>f<br>g</td></tr>\n</table>",
                "a\n\n| b | c d |\n| --- | --- |\n| e | f<br>g |",
            ),
            (
                "<div class=\"alert alert-tip\">\n<p class=\"alert-title own\">a <b>b</b></p>\n<p>c</p>\n</div>",
                "> [!TIP]\n> **a b**\n>\n> c",
            ),
        ] {
            assert_eq!(written(html), format!("{expected}\n"), "{html}");
        }
    }

    #[test]
    fn words_mean_no_markdown() {
        for (html, expected) in [
            ("<p>1. a</p>", "1\\. a"),
            ("<p># a *b* [c] &lt;d&gt; `e`</p>", "\\# a \\*b\\* \\[c\\] \\<d> \\`e\\`"),
            ("<p>a_b _c_ &amp;lt; d &amp; e</p>", "a_b \\_c\\_ \\&lt; d & e"),
            ("<p>- a</p><p>+355 4</p>", "\\- a\n\n\\+355 4"),
        ] {
            assert_eq!(written(html), format!("{expected}\n"), "{html}");
        }
    }

    #[test]
    fn what_is_not_closed_ends_with_the_text() {
        assert_eq!(written("<p>a <strong>b</p></em><ul><li>c"), "a **b**\n\n- c\n");
        assert_eq!(written("<p>a <b"), "a\n");
    }
}
