//! Other spellings under which a text is found: `wifi` for Wi-Fi, and a telephone number however it is dialled.

use std::collections::BTreeMap;

use crate::model::fold::{is_mark, nfkc};
use crate::search::words::{digit, is_run};

/// The least and the greatest number of digits in a telephone number, including its prefix.
const LEAST: usize = 6;
const MOST: usize = 15;

/// Whether `c` joins the parts of a word that is also written without it.
fn is_joint(c: char) -> bool {
    matches!(c, '-' | '.' | '\u{2010}' | '\u{2011}' | '·')
}

/// The words of `text` that are joined with a hyphen or the like, without it; words with a digit are left
/// out.
pub fn joined(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    // Few texts have such a word, and this is a quick check.
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let mut places = text.match_indices(is_joint).filter(|(at, joint)| {
        is_letter(text.get(at + joint.len()..).and_then(|rest| rest.chars().next()))
            && is_letter(text.get(..*at).and_then(|head| head.chars().next_back()))
    });
    if places.next().is_none() {
        return found;
    }
    let mut word = String::new();
    let mut joints = 0;
    let mut letters = text.chars().peekable();
    let mut end = |word: &mut String, joints: &mut usize| {
        if *joints > 0 {
            found.push(word.clone());
        }
        (*word, *joints) = (String::new(), 0);
    };
    while let Some(c) = letters.next() {
        let follows = letters.peek().is_some_and(|next| next.is_alphabetic() && !is_run(*next));
        if c.is_alphabetic() && !is_run(c) {
            word.push(c);
        } else if is_joint(c) && !word.is_empty() && follows {
            joints += 1;
        } else if !is_mark(c) {
            end(&mut word, &mut joints);
        }
    }
    end(&mut word, &mut joints);
    found
}

/// The telephone numbers of `text` in every form in which somebody may look for them: as written, with and
/// without the leading 0, with the calling code and the prefix that is dialled before it. `code` is the
/// calling code of the text's country, `codes` are those of all countries.
pub fn numbers(text: &str, code: Option<&str>, codes: &BTreeMap<String, String>) -> Vec<String> {
    // Few texts have a number, and this is a quick check.
    if text.chars().filter(|c| digit(*c).is_some()).count() < LEAST {
        return Vec::new();
    }
    let text = nfkc(text);
    let mut found = Vec::new();
    let mut number = String::new();
    let mut gap = 0;
    for c in text.chars().chain(['\n']) {
        match digit(c) {
            Some(digit) => {
                number.push(digit);
                gap = 0;
            }
            None if number.is_empty() && c == '+' => number.push('+'),
            None if !number.is_empty()
                && gap < 2
                && matches!(c, ' ' | '-' | '.' | '(' | ')' | '/') =>
            {
                gap += 1
            }
            None => {
                found.extend(forms(&number, code, codes));
                (number, gap) = (if c == '+' { "+".to_owned() } else { String::new() }, 0);
            }
        }
    }
    found
}

fn forms(number: &str, code: Option<&str>, codes: &BTreeMap<String, String>) -> Vec<String> {
    let digits = number.trim_start_matches('+');
    if !(LEAST..=MOST).contains(&digits.len()) {
        return Vec::new();
    }
    let abroad = match number.starts_with('+') {
        true => Some(digits),
        false => digits.strip_prefix("00"),
    };
    let (code, local) = match abroad {
        Some(digits) => {
            let known = codes.values().filter(|code| digits.starts_with(code.as_str()));
            let Some(code) = known.max_by_key(|code| code.len()) else {
                return vec![digits.to_owned(), format!("00{digits}")];
            };
            (Some(code.as_str()), digits.get(code.len()..).unwrap_or(""))
        }
        None => (code, digits),
    };
    let bare = local.strip_prefix('0').unwrap_or(local);
    let mut forms = vec![local.to_owned(), bare.to_owned(), format!("0{bare}")];
    if let Some(code) = code {
        forms.extend([format!("{code}{bare}"), format!("00{code}{bare}")]);
    }
    forms.sort();
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_put_together_are_found_as_one() {
        assert_eq!(joined("Wi-Fi, e-SIM and Node.js."), ["WiFi", "eSIM", "Nodejs"]);
        assert!(joined("l’opérateur – a - b, 1-2, 注-销. B").is_empty());
        assert_eq!(joined("pre-paid"), ["prepaid"]);
    }

    #[test]
    fn a_number_has_every_form_in_which_it_is_dialled() {
        let codes = [("al", "355"), ("gb", "44")];
        let codes = codes.map(|(country, code)| (country.to_owned(), code.to_owned())).into();
        let forms = |text: &str| numbers(text, Some("355"), &codes).join(" ");
        let all = "0035542250928 042250928 35542250928 42250928";
        for text in
            ["+355 4 2250928", "04 225 0928", "(04) 225-09-28", "00355 42250928", "٠٤ ٢٢٥ ٠٩٢٨"]
        {
            assert_eq!(forms(text), all, "{text}");
        }
        assert_eq!(forms("+44 20 7946 0958").split(' ').count(), 4);
        assert_eq!(forms("+1 202 555 0123"), "12025550123 0012025550123");
        assert_eq!(forms("129 or 127, 2026, page 12"), "");
    }
}
