//! The text of compiled Markdown, without its tags.

/// `html` is our own writer's: every `<` begins a tag. Blocks end in a space.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        if rest.starts_with('<') {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            if !is_within_words(rest) && !text.ends_with(' ') && !text.is_empty() {
                text.push(' ');
            }
            rest = rest.get(end..).unwrap_or("");
        } else {
            let (c, length) = character(rest);
            text.push(c);
            rest = rest.get(length..).unwrap_or("");
        }
    }
    text.push_str(rest);
    text.truncate(text.trim_end().len());
    text
}

/// Tags that can stand in the middle of a word.
fn is_within_words(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    matches!(
        name.get(..end).unwrap_or(""),
        "a" | "b" | "em" | "strong" | "i" | "code" | "del" | "sub" | "mark" | "span" | "abbr" | "u"
    )
}

/// The character of a reference and its length in bytes.
fn character(text: &str) -> (char, usize) {
    let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\'')];
    let found = known.iter().find(|(name, _)| text.starts_with(name));
    found.map_or(('&', 1), |(name, c)| (*c, name.len()))
}

/// The first words, cut where a word ends if that is near (characters; Chinese ones count double).
pub fn beginning(text: &str, length: usize) -> String {
    let mut width = 0;
    let mut space = None;
    for (at, c) in text.char_indices() {
        width += if crate::search::words::is_run(c) { 2 } else { 1 };
        if c == ' ' {
            space = Some(at);
        }
        if width > length {
            let cut = space.filter(|space| *space + 16 > at).unwrap_or(at);
            return format!("{}…", text.get(..cut).unwrap_or(""));
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_words_stay_apart() {
        assert_eq!(plain("<p>a<strong>b</strong></p>\n<p>1 &lt; 2 &amp; 3</p>"), "ab \n 1 < 2 & 3");
        assert_eq!(beginning("one two three", 9), "one two…");
    }
}
