//! Takes raw HTML apart into tags, comments and text, and says which tags are harmless.

use std::ops::Range;

use crate::parse::anchors::is_anchor;
use crate::parse::events;

/// Elements that a guide may use, each with the attributes that may stand on it.
const SAFE: &[(&str, &[&str])] = &[
    ("a", &["id", "name"]),
    ("abbr", &["title"]),
    ("b", &[]),
    ("bdi", &["dir"]),
    ("br", &[]),
    ("caption", &[]),
    ("code", &[]),
    ("del", &[]),
    ("details", &["open"]),
    ("dfn", &["title"]),
    ("div", &["lang", "dir"]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("i", &["lang", "dir"]),
    ("img", &["src", "alt", "title", "width", "height", "loading", "decoding"]),
    ("ins", &[]),
    ("kbd", &[]),
    ("mark", &[]),
    ("p", &["lang", "dir"]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("small", &[]),
    ("span", &["lang", "dir"]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("thead", &[]),
    ("tr", &[]),
    ("u", &[]),
    ("var", &[]),
    ("wbr", &[]),
];

/// Elements without content.
pub const VOID: &[&str] = &["br", "img", "wbr"];

/// Attributes that only say how something looks, which is the theme's to say: left out, and reported.
const LOOKS: &[&str] = &[
    "align",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "height",
    "id",
    "style",
    "valign",
    "width",
];

/// One piece of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HtmlPiece<'a> {
    /// A safe start tag.
    Open {
        tag: HtmlTag,
        written: &'a str,
    },
    Close {
        name: &'static str,
        written: &'a str,
    },
    Comment,
    /// Anything else that looks like a tag: to be shown as it was typed.
    Unsafe(&'a str),
    Text(&'a str),
}

/// A safe start tag, its entities decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlTag {
    pub name: &'static str,
    pub attributes: Vec<(&'static str, String)>,
    /// Attributes that were left out.
    pub left_out: Vec<&'static str>,
}

impl HtmlTag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The name under which a link finds the place.
    pub fn anchor(&self) -> Option<&str> {
        self.get("id").or_else(|| self.get("name")).filter(|_| self.name == "a")
    }

    /// Written anew.
    pub fn html(&self) -> String {
        let mut html = format!("<{}", self.name);
        for (name, value) in &self.attributes {
            // An old name for the same thing, which no longer counts as valid.
            let name = if self.name == "a" { "id" } else { name };
            html.push_str(&format!(
                " {name}=\"{}\"",
                value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
            ));
            if self.name == "a" {
                break;
            }
        }
        html + ">"
    }
}

/// Takes `html` apart from the byte `start` on, losing nothing; each piece with its place.
pub fn pieces(html: &str, start: usize) -> Vec<(HtmlPiece<'_>, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut rest = html.get(start..).unwrap_or("");
    while !rest.is_empty() {
        let (piece, length) = match rest.find('<') {
            Some(0) => tag(rest),
            Some(next) => (HtmlPiece::Text(rest.get(..next).unwrap_or(rest)), next),
            None => (HtmlPiece::Text(rest), rest.len()),
        };
        let start = html.len() - rest.len();
        pieces.push((piece, start..start + length));
        rest = rest.get(length..).unwrap_or("");
    }
    pieces
}

fn tag(text: &str) -> (HtmlPiece<'_>, usize) {
    if text.starts_with("<!--") {
        let length = text.find("-->").map_or(text.len(), |end| end + 3);
        return (HtmlPiece::Comment, length);
    }
    let Some(end) = end_of_tag(text) else {
        return (HtmlPiece::Unsafe(text), text.len());
    };
    let written = text.get(..end).unwrap_or(text);
    let inner = written.trim_start_matches('<').trim_end_matches('>');
    (classify(written, inner), end)
}

/// The byte behind the `>` that ends the tag, not counting any between quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices().skip(1) {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

fn classify<'a>(written: &'a str, inner: &str) -> HtmlPiece<'a> {
    if let Some(name) = inner.strip_prefix('/') {
        let known = SAFE.iter().find(|(safe, _)| name.trim().eq_ignore_ascii_case(safe));
        return match known {
            Some((name, _)) if !VOID.contains(name) => HtmlPiece::Close { name, written },
            _ => HtmlPiece::Unsafe(written),
        };
    }
    let inner = inner.trim_end().trim_end_matches('/');
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at_checked(length).unwrap_or((inner, ""));
    let Some((name, allowed)) = SAFE.iter().find(|(safe, _)| name.eq_ignore_ascii_case(safe))
    else {
        return HtmlPiece::Unsafe(written);
    };
    match attributes_of(attributes, allowed) {
        Some((attributes, left_out)) => {
            HtmlPiece::Open { tag: HtmlTag { name, attributes, left_out }, written }
        }
        None => HtmlPiece::Unsafe(written),
    }
}

type Attributes = Vec<(&'static str, String)>;

/// The attributes, and those that are left out; `None` where one is not allowed.
fn attributes_of(text: &str, allowed: &[&'static str]) -> Option<(Attributes, Vec<&'static str>)> {
    let mut attributes = Attributes::new();
    let mut left_out = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, tail) = rest.split_at_checked(end)?;
        let known = allowed.iter().find(|known| name.eq_ignore_ascii_case(known));
        let looks = LOOKS.iter().find(|known| name.eq_ignore_ascii_case(known));
        let (value, tail) = match tail.trim_start().strip_prefix('=') {
            Some(tail) => value(tail.trim_start())?,
            None => ("", tail),
        };
        rest = tail.trim_start();
        let value = unescaped(value);
        match (known, looks) {
            (Some(known), _) if attributes.iter().any(|(name, _)| name == known) => return None,
            (Some(known), _) if is_sound(known, &value) => attributes.push((known, value)),
            // A width of `100%` is a matter of looks as well.
            (_, Some(looks)) if !left_out.contains(looks) => left_out.push(*looks),
            _ => return None,
        }
    }
    Some((attributes, left_out))
}

fn is_sound(name: &str, value: &str) -> bool {
    match name {
        "dir" => matches!(value, "ltr" | "rtl" | "auto"),
        "scope" => matches!(value, "row" | "col" | "rowgroup" | "colgroup"),
        "id" | "name" => is_anchor(value),
        "width" | "height" | "colspan" | "rowspan" => {
            (1..=5).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => true,
    }
}

fn value(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next()?;
    if quote == '"' || quote == '\'' {
        let inner = text.get(1..)?;
        let end = inner.find(quote)?;
        return Some((inner.get(..end)?, inner.get(end + 1..)?));
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at_checked(end)
}

/// What a text with entities says.
pub fn unescaped(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('&') {
        decoded.push_str(head);
        let length = tail.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'));
        let name = length.filter(|at| tail.get(*at..).is_some_and(|rest| rest.starts_with(';')));
        let entity = name.and_then(|at| tail.split_at_checked(at + 1));
        let (written, behind) = entity.unwrap_or(("", tail));
        decoded.push_str(&events::inline_text(&format!("&{written}")));
        rest = behind;
    }
    decoded + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safe_tags_are_written_anew_and_others_shown() {
        let shown = |html: &str| -> Vec<String> {
            pieces(html, 0)
                .into_iter()
                .map(|(piece, _)| match piece {
                    HtmlPiece::Open { tag, .. } => tag.html(),
                    HtmlPiece::Close { name, .. } => format!("</{name}>"),
                    HtmlPiece::Comment => "comment".to_owned(),
                    HtmlPiece::Unsafe(text) => format!("unsafe {text}"),
                    HtmlPiece::Text(text) => text.to_owned(),
                })
                .collect()
        };
        assert_eq!(shown("<KBD>x</kbd >"), ["<kbd>", "x", "</kbd>"]);
        assert_eq!(shown("<abbr title='a \"b\"'>"), ["<abbr title=\"a &quot;b&quot;\">"]);
        assert_eq!(shown("<br/>"), ["<br>"]);
        assert_eq!(shown("<br onclick=x>"), ["unsafe <br onclick=x>"]);
        assert_eq!(shown("<script>x"), ["unsafe <script>", "x"]);
        assert_eq!(shown("<img src='a>b' onerror=1>"), ["unsafe <img src='a>b' onerror=1>"]);
        assert_eq!(shown("<!-- note -->a"), ["comment", "a"]);
        assert_eq!(shown("<unclosed"), ["unsafe <unclosed"]);
        assert_eq!(
            shown("<span lang=\"zh\" lang=\"en\">"),
            ["unsafe <span lang=\"zh\" lang=\"en\">"]
        );
    }
}
