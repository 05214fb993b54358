//! Makes style sheets as small as can be done without understanding them: comments and line breaks go.

/// `css` without comments and without the white space at the ends of lines; strings stay as they are.
/// A quarter of a kilobyte of a compressed page, and so comments cost a reader nothing.
pub fn squeeze(css: &str) -> String {
    let mut squeezed = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['"', '\'', '/', '\n']) {
        let (plain, behind) = rest.split_at(at);
        squeezed.push_str(plain);
        let length = match behind.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let length = string(behind, quote);
                squeezed.push_str(behind.get(..length).unwrap_or_default());
                length
            }
            Some('\n') => {
                // A line break may be all that parts two words.
                let next = behind.trim_start();
                let parted = |c: char| "{};,>".contains(c);
                let end = squeezed.trim_end().len();
                squeezed.truncate(end);
                if !squeezed.ends_with(parted) && !next.starts_with('}') && !squeezed.is_empty() {
                    squeezed.push('\n');
                }
                behind.len() - next.len()
            }
            _ if behind.starts_with("/*") => behind.find("*/").map_or(behind.len(), |end| end + 2),
            _ => {
                squeezed.push('/');
                1
            }
        };
        rest = behind.get(length..).unwrap_or_default();
    }
    squeezed.push_str(rest);
    squeezed
}

/// The bytes of the string that begins `text`.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // An unclosed string ends with its line.
            c if c == quote || c == '\n' => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_line_breaks_go_but_strings_stay() {
        for (css, expected) in [
            ("a{\n  color:red;\n}\n\nb{x:y}\n", "a{color:red;}b{x:y}"),
            ("/* a */\na{b:c} /* d */\ne{f:g}", "a{b:c}e{f:g}"),
            ("a\nb{c:d}", "a\nb{c:d}"),
            ("a{content:\"/* no */\\\" \n\"}", "a{content:\"/* no */\\\" \n\"}"),
            ("a{content:'}\n'}", "a{content:'}\n'}"),
            ("a{grid-area:1/2;background:url(/x.svg)}", "a{grid-area:1/2;background:url(/x.svg)}"),
            ("a{b:\"é\"} /* ü", "a{b:\"é\"} "),
            ("", ""),
        ] {
            assert_eq!(squeeze(css), expected, "{css}");
        }
    }
}
