//! Words of another language within a text: marked where they are chosen, tagged once a page is drawn.

use std::borrow::Cow;

use crate::model::language::Language;

/// These surround a language's tag and the words after it. They are noncharacters, which no template writes.
const BEGIN: char = '\u{FDD1}';
const WORDS: char = '\u{FDD2}';
const END: char = '\u{FDD3}';

/// Elements that can hold text but no `span`.
const RAW: &[&str] = &["title", "script", "style", "textarea", "select"];

/// Marks `text` as being in `language`, wherever it will be shown.
pub fn mark(language: &Language, text: &str) -> String {
    format!("{BEGIN}{language}{WORDS}{text}{END}")
}

/// Turns marked words into elements with their `lang` and `dir`. In an attribute or a title, where no element
/// can stand, only the marks are removed.
pub fn tagged(html: &str) -> Cow<'_, str> {
    if !html.contains(BEGIN) {
        return Cow::Borrowed(html);
    }
    let mut tagged = String::with_capacity(html.len() + 256);
    let mut rest = html;
    while let Some(at) = rest.find(['<', BEGIN]) {
        let (text, behind) = rest.split_at(at);
        tagged.push_str(text);
        rest = match behind.starts_with('<') {
            true => {
                let (tag, behind) = behind.split_at(element(behind, RAW));
                tagged.push_str(&plain(tag));
                behind
            }
            false => span(behind, &mut tagged),
        };
    }
    tagged.push_str(rest);
    Cow::Owned(tagged)
}

/// Removes the marks and keeps the words, for text without markup.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(BEGIN) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(BEGIN) {
        plain.push_str(before);
        rest = behind.split_once(WORDS).map_or(behind, |(_, words)| words);
    }
    plain.push_str(rest);
    Cow::Owned(plain.replace(END, ""))
}

/// Writes the marked words at the start of `text` as an element, and returns what follows them.
fn span<'a>(text: &'a str, tagged: &mut String) -> &'a str {
    let behind = text.trim_start_matches(BEGIN);
    let parts = behind.split_once(WORDS).and_then(|(tag, behind)| {
        let (words, behind) = behind.split_once(END)?;
        Some((Language::parse(tag)?, words, behind))
    });
    let Some((language, words, behind)) = parts else { return behind };
    let dir = language.direction().as_str();
    tagged.push_str(&format!("<span lang=\"{language}\" dir=\"{dir}\">{}</span>", plain(words)));
    behind
}

/// The length of the tag at the start of `html`, or of the whole element if its name is among `whole`.
pub fn element(html: &str, whole: &[&str]) -> usize {
    let mut quote = None;
    let mut end = html.len();
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => {
                end = at + 1;
                break;
            }
            _ => {}
        }
    }
    let name = |c: char| !c.is_ascii_alphanumeric();
    let name = html.get(1..).and_then(|inner| inner.split(name).next()).unwrap_or("");
    match whole.contains(&name) {
        true => {
            let close = html.get(end..).and_then(|behind| behind.find(&format!("</{name}")));
            close.map_or(html.len(), |close| end + close)
        }
        false => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(text: &str) -> String {
        mark(&Language::parse("en").unwrap(), text)
    }

    #[test]
    fn words_get_the_tag_of_their_language_where_an_element_can_stand() {
        let word = english("Steps");
        let drawn = [
            (format!("<h2>{word}</h2>"), r#"<h2><span lang="en" dir="ltr">Steps</span></h2>"#),
            (format!("<nav aria-label=\"{word}\">"), r#"<nav aria-label="Steps">"#),
            (format!("<a title='a > {word}'>b</a>"), "<a title='a > Steps'>b</a>"),
            (format!("<title>{word} – a</title>"), "<title>Steps – a</title>"),
            (
                format!("<script>\"{word}\"</script>{word}"),
                r#"<script>"Steps"</script><span lang="en" dir="ltr">Steps</span>"#,
            ),
            (
                format!("<select><option>{word}<option>b</select>{word}"),
                r#"<select><option>Steps<option>b</select><span lang="en" dir="ltr">Steps</span>"#,
            ),
            ("<p>a</p>".to_owned(), "<p>a</p>"),
        ];
        for (html, expected) in drawn {
            assert_eq!(tagged(&html), expected);
        }
        assert_eq!(plain(&format!("a {word} b")), "a Steps b");
    }

    #[test]
    fn what_a_stranger_marks_becomes_no_markup_of_theirs() {
        assert_eq!(tagged("\u{FDD1}\"><b>\u{FDD2}a\u{FDD3}"), "\"><b>\u{FDD2}a\u{FDD3}");
        assert_eq!(tagged("a\u{FDD1}en"), "aen");
    }
}
