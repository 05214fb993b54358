//! Sets numbers apart on pages that run from right to left, where a browser would turn them round.

use std::borrow::Cow;

use crate::model::foreign::element;
use crate::model::numbers::numbers;

/// Elements whose text runs from left to right by the style sheet, or is not markup.
const WHOLE: &[&str] =
    &["bdi", "code", "kbd", "select", "pre", "samp", "script", "style", "svg", "textarea", "title"];

/// The page with an element of its own around each number in its text.
pub fn isolated(html: &str) -> Cow<'_, str> {
    let mut isolated = String::with_capacity(html.len() + 256);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        words(text, &mut isolated);
        let (tag, behind) = tag.split_at(element(tag, WHOLE));
        isolated.push_str(tag);
        rest = behind;
    }
    words(rest, &mut isolated);
    Cow::Owned(isolated)
}

fn words(text: &str, isolated: &mut String) {
    let mut last = 0;
    for number in numbers(text) {
        isolated.push_str(text.get(last..number.start).unwrap_or(""));
        isolated.push_str("<bdi dir=\"ltr\">");
        isolated.push_str(text.get(number.clone()).unwrap_or(""));
        isolated.push_str("</bdi>");
        last = number.end;
    }
    isolated.push_str(text.get(last..).unwrap_or(""));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_set_apart_and_no_others() {
        for (html, expected) in [
            ("<p>من 08:00-20:00</p>", "<p>من <bdi dir=\"ltr\">08:00-20:00</bdi></p>"),
            (
                "<a href=\"tel:+355-69\" title='5-10'>+355 69 123 4567</a>",
                "<a href=\"tel:+355-69\" title='5-10'><bdi dir=\"ltr\">+355 69 123 4567</bdi></a>",
            ),
            (
                "<select><option>5-10<option>6-7</select>8-9",
                "<select><option>5-10<option>6-7</select><bdi dir=\"ltr\">8-9</bdi>",
            ),
            ("<title>5-10</title><code>*1*2#</code>", "<title>5-10</title><code>*1*2#</code>"),
            ("<script>\"5-10\"</script> &#39;a", "<script>\"5-10\"</script> &#39;a"),
        ] {
            assert_eq!(isolated(html), expected);
        }
    }
}
