//! Finds the asterisks of codes that are dialled, such as `*100*1#`, which Markdown would take for emphasis.

use crate::model::word_search::first_of;

/// Stands for an asterisk that is not markup. It is a control character of one byte, so no position changes,
/// and the Markdown parser takes it for a letter.
pub const ASTERISK: char = '\u{7F}';

/// The most characters that a placeholder within a code may have, such as the one in `**21*<number>#`.
const PLACEHOLDER: usize = 60;

/// How many bytes of a line are searched for the end of emphasis.
const LINE: usize = 1000;

/// The positions in `text` of the asterisks of codes, in ascending order.
pub fn asterisks(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut rest = 0;
    let next = |from: usize| Some(from + first_of(b'*', b'*', text.get(from..)?)?);
    while let Some(at) = next(rest) {
        let before = text.get(rest..at).unwrap_or("");
        let start = rest + before.trim_end_matches(is_sign).len();
        let tail = text.get(start..).unwrap_or("");
        let written = run(tail);
        let (from, to) = code(written, tail.get(written.len()..).unwrap_or(""));
        let signs = written.char_indices().filter(|(at, c)| *c == '*' && (from..to).contains(at));
        let places = signs.map(|(at, _)| start + at);
        found.extend(places.filter(|at| {
            let before = text.get(..*at).unwrap_or("");
            !before.ends_with('\\')
        }));
        rest = (start + written.len()).max(at + 1);
    }
    found
}

fn is_sign(c: char) -> bool {
    matches!(c, '*' | '#') || c.is_numeric()
}

/// The start of `text` that may be a code, with the asterisks around it.
fn run(text: &str) -> &str {
    let signs = text.len() - text.trim_start_matches(is_sign).len();
    let (signs, behind) = text.split_at_checked(signs).unwrap_or((text, ""));
    if !signs.ends_with('*') || !signs.contains(char::is_numeric) {
        return signs;
    }
    let is_word = |c: char| is_sign(c) || c.is_alphanumeric() || "<>{}_-+…".contains(c);
    let word =
        behind.chars().take(PLACEHOLDER).take_while(|c| is_word(*c)).map(char::len_utf8).sum();
    let end = behind.get(..word).and_then(|word| word.rfind('#'));
    let length = end.map_or(signs.len(), |end| signs.len() + end + 1);
    let stars = text.get(length..).unwrap_or("");
    let stars = stars.len() - stars.trim_start_matches('*').len();
    text.get(..length + stars).unwrap_or(signs)
}

/// The part of a run that is a code, or an empty range. What is left at its ends marks emphasis.
fn code(run: &str, behind: &str) -> (usize, usize) {
    let none = (0, 0);
    let inner = run.trim_matches('*');
    let lead = run.len() - run.trim_start_matches('*').len();
    let trail = run.len() - run.trim_end_matches('*').len();
    let end = run.len() - trail;
    if !inner.contains(char::is_numeric) {
        return none;
    }
    let has_star = inner.contains('*');
    if inner.ends_with('#') {
        // This is a number in bold, followed by a `#`.
        let bold = inner.strip_suffix("**#").filter(|number| number.chars().all(char::is_numeric));
        if lead == 2 && bold.is_some() {
            return none;
        }
        return match lead == trail {
            // `**100#**` and `*#31#*` are complete codes without the asterisks around them.
            true if inner.starts_with('#') || (lead > 1 && !has_star) => (lead, end),
            true => (0, end),
            false if lead > trail => (trail, end),
            false => (0, end),
        };
    }
    if !has_star || inner.contains("**") {
        return none;
    }
    match (lead, trail) {
        (lead, trail) if lead == trail => (lead, end),
        // This is `**5 * 3**` without its spaces: bold, if something closes it.
        (2.., 0) if is_closed(behind) => (lead, end),
        (lead, trail) => (trail.min(lead), end),
    }
}

/// Whether `behind` closes what a pair of asterisks has opened.
fn is_closed(behind: &str) -> bool {
    let near = behind.as_bytes().get(..LINE.min(behind.len())).unwrap_or(&[]);
    let line = near.split(|byte| *byte == b'\n').next().unwrap_or(near);
    line.windows(2).filter(|pair| *pair == b"**").count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` with a dot for each asterisk of a code.
    fn marked(text: &str) -> String {
        let mut bytes = text.to_owned().into_bytes();
        asterisks(text).into_iter().for_each(|at| bytes[at] = b'.');
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn codes_keep_their_asterisks() {
        for (text, expected) in [
            ("Dial *100*1# or *04*1234#.", "Dial .100.1# or .04.1234#."),
            ("**21*0691234567#", "..21.0691234567#"),
            ("Send *111*2 to", "Send .111.2 to"),
            ("*#06# and *100#", ".#06# and .100#"),
            ("**21*<number>#, *101*PIN#", "..21.<number>#, .101.PIN#"),
            ("请拨*100*2#或*100*3#。", "请拨.100.2#或.100.3#。"),
            ("اطلب *١٠٠*١#", "اطلب .١٠٠.١#"),
            ("*100*电话号码#", ".100.电话号码#"),
            ("5*3 and 2*3*4", "5.3 and 2.3.4"),
            ("##002**1#", "##002..1#"),
        ] {
            assert_eq!(marked(text), expected);
        }
    }

    #[test]
    fn emphasis_round_a_code_or_a_number_stays() {
        for (text, expected) in [
            ("**142** *142* **100#** *#31#*", "**142** *142* **100#** *#31#*"),
            ("***100#**", "**.100#**"),
            ("**Dial *100*1#**", "**Dial .100.1#**"),
            ("*Dial *100#*", "*Dial .100#*"),
            ("**5*3 apples**", "**5.3 apples**"),
            ("**2*3**", "**2.3**"),
            ("press **1**#", "press **1**#"),
            ("\\*100\\*1#", "\\*100\\*1#"),
            ("* 100\n* 200\n\n***\n", "* 100\n* 200\n\n***\n"),
            ("**a** *b* 1", "**a** *b* 1"),
        ] {
            assert_eq!(marked(text), expected);
        }
    }
}
