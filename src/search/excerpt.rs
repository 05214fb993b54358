//! The first words of a text, as a list of hits shows them.

/// The first words, cut at the end of a word if one is near (`length` in characters; Chinese ones count
/// double).
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
    fn a_text_is_cut_between_words() {
        assert_eq!(beginning("one two three", 9), "one two…");
        assert_eq!(beginning("one", 9), "one");
    }
}
