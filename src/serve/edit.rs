//! Leads from what a page shows to the place in the sources where it is written.

use std::collections::BTreeMap;

use crate::model::markup::escape;
use crate::model::percent;
use crate::serve::desk::{Places, Spot};

pub const PEN: &str = include_str!("pen.svg");

/// The reader's own editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    /// An address with `{file}`, `{line}` and `{column}`.
    pub template: String,
    /// The project's folder.
    pub folder: String,
}

impl Editor {
    /// The address that opens a place.
    pub fn address(&self, spot: &Spot) -> String {
        let file = percent::encode(&format!("{}/{}", self.folder, spot.file));
        self.template
            .replace("{line}", &spot.line.max(1).to_string())
            .replace("{column}", &spot.column.max(1).to_string())
            .replace("{file}", &file)
    }

    /// A link of that class; `words` may be empty where the class draws something.
    pub fn link(&self, spot: &Spot, class: &str, words: &str) -> String {
        let Spot { file, line, .. } = spot;
        let place = escape(&format!("{file}:{line}"));
        let label = match words {
            "" => format!(" aria-label=\"Edit {place}\""),
            _ => String::new(),
        };
        let address = escape(&self.address(spot));
        format!(
            "<a class=\"{class}\" href=\"{address}\" title=\"{place}\"{label} lang=\"en\" dir=\"ltr\">{words}</a>"
        )
    }
}

/// `html` with a link at the end of the first line of each element that has a place.
pub fn linked(html: &str, places: &Places, editor: &Editor) -> String {
    let mut left: BTreeMap<&str, &Spot> =
        places.parts.iter().map(|(id, spot)| (id.as_str(), spot)).collect();
    let mut linked = String::with_capacity(html.len() + left.len() * 200);
    // Links whose elements have begun, and whose first lines have not ended.
    let mut waiting = String::new();
    // A link in a summary could not be told from the summary: it stands behind it.
    let mut in_summary = false;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, behind) = rest.split_at(at);
        linked.push_str(text);
        let (tag, behind) = behind.split_at(length(behind));
        if !waiting.is_empty() && !in_summary && ends_a_line(tag) {
            linked.push_str(&std::mem::take(&mut waiting));
        }
        linked.push_str(tag);
        if let Some(spot) = id(tag).and_then(|id| left.remove(id)) {
            waiting.push_str(&editor.link(spot, "cicerone-pen", ""));
        }
        if tag.starts_with("<summary") {
            in_summary = true;
        } else if tag.starts_with("</summary") {
            in_summary = false;
            linked.push_str(&std::mem::take(&mut waiting));
        }
        rest = behind;
    }
    linked + rest
}

/// The bytes of the tag or comment, or of the script with all that is in it, at the start of `html`.
fn length(html: &str) -> usize {
    let upto = |end: &str| html.find(end).map_or(html.len(), |at| at + end.len());
    if html.starts_with("<!--") {
        return upto("-->");
    }
    for (start, end) in [("<script", "</script>"), ("<style", "</style>")] {
        if html.starts_with(start) {
            return upto(end);
        }
    }
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return at + 1,
            _ => {}
        }
    }
    html.len()
}

/// Whether the title of an element ends before `tag` at the latest.
fn ends_a_line(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    match tag.starts_with("</") {
        true => matches!(
            name,
            "b" | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "p"
                | "li"
                | "dt"
                | "dd"
                | "div"
                | "section"
        ),
        false => matches!(name, "ul" | "ol" | "dl" | "table" | "pre"),
    }
}

/// The `id` of an opening tag; none of a comment or a script, which were taken for one tag.
fn id(tag: &str) -> Option<&str> {
    if ["<!", "<script", "<style"].iter().any(|other| tag.starts_with(other)) {
        return None;
    }
    let (_, mut rest) = tag.strip_prefix('<')?.split_once(|c: char| c.is_ascii_whitespace())?;
    while let Some((name, behind)) = rest.split_once('=') {
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, behind) = match quote {
            Some(quote) => behind.get(1..)?.split_once(quote)?,
            None => behind.split_once(|c: char| c.is_ascii_whitespace() || c == '>')?,
        };
        // Attributes without a value may stand before the name.
        if name.split_ascii_whitespace().next_back() == Some("id") {
            return Some(value);
        }
        rest = behind;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::SourcePath;

    fn spot(line: usize) -> Spot {
        Spot { file: SourcePath::new("guides/注/en.md"), line, column: 0 }
    }

    fn editor(template: &str) -> Editor {
        Editor { template: template.to_owned(), folder: "/a b".to_owned() }
    }

    /// Each link as its line in brackets.
    fn shown(html: &str) -> String {
        let ids = ["a", "b", "c"];
        let parts = ids.iter().zip(1..).map(|(id, line)| ((*id).to_owned(), spot(line)));
        let places = Places { parts: parts.collect(), ..Places::default() };
        let mut shown = linked(html, &places, &editor("{line}"));
        for line in 1..=3 {
            let link = editor("{line}").link(&spot(line), "cicerone-pen", "");
            shown = shown.replace(&link, &format!("[{line}]"));
        }
        shown
    }

    #[test]
    fn an_editors_address_is_filled_in_and_encoded() {
        let editor = editor("vscode://file{file}:{line}:{column}");
        assert_eq!(editor.address(&spot(3)), "vscode://file/a%20b/guides/%E6%B3%A8/en.md:3:1");
    }

    #[test]
    fn a_link_stands_behind_the_first_line() {
        for (html, expected) in [
            ("<h2 id=\"a\">A</h2>", "<h2 id=\"a\">A[1]</h2>"),
            ("<li id=\"a\">\n<h3>A</h3><p>x</p></li>", "<li id=\"a\">\n<h3>A[1]</h3><p>x</p></li>"),
            ("<li id=\"a\"><b>A</b> <small>", "<li id=\"a\"><b>A[1]</b> <small>"),
            (
                "<li id=\"a\">x<ul><li id=\"b\">y</li>",
                "<li id=\"a\">x[1]<ul><li id=\"b\">y[2]</li>",
            ),
            ("<div id=\"a\"><p>A</p></div>", "<div id=\"a\"><p>A[1]</p></div>"),
            (
                "<li id=\"a\"><details><summary><h3>A</h3></summary><p>x</p></details></li>",
                "<li id=\"a\"><details><summary><h3>A</h3></summary>[1]<p>x</p></details></li>",
            ),
            (
                "<details><summary><h2 id=\"a\">A</h2></summary>x</details>",
                "<details><summary><h2 id=\"a\">A</h2></summary>[1]x</details>",
            ),
            ("<section id=a><h2 id='b'>B</h2>", "<section id=a><h2 id='b'>B[1][2]</h2>"),
        ] {
            assert_eq!(shown(html), expected);
        }
    }

    #[test]
    fn what_is_no_element_with_that_id_gets_none() {
        for html in [
            "<h2 id=\"d\">D</h2>",
            "<h2 data-id=\"a\">A</h2>",
            "<h2 title=' id=\"a\"'>A</h2>",
            "<!-- <h2 id=\"a\"> --><p></p>",
            "<script>\"<h2 id='a'>\"</script><p></p>",
            "<h2 id=\"a",
            "<",
            "a < b",
        ] {
            assert_eq!(shown(html), html);
        }
        assert_eq!(shown("<p id=\"a\">x</p><p id=\"a\">y</p>").matches('[').count(), 1);
    }
}
