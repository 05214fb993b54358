//! Decides what a YAML value without quotes is: nothing, a truth value, a number or a text.

use crate::parse::yaml::Yaml;

/// Follows the core schema of YAML 1.2. `None` where the value may be a number that is not whole.
pub fn value(text: &str) -> Option<Yaml> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Yaml::Null),
        "true" | "True" | "TRUE" => return Some(Yaml::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Yaml::Bool(false)),
        _ => {}
    }
    match text.as_bytes() {
        // A text with a space or a slash in it, such as a telephone number, is not a number.
        [b'+' | b'-' | b'.', ..] if !text.contains([' ', '/']) => None,
        [b'1'..=b'9', rest @ ..] if rest.len() < 18 && rest.iter().all(u8::is_ascii_digit) => {
            Some(Yaml::Number(text.to_owned()))
        }
        [b'0'..=b'9', ..] if may_be_number(text) => None,
        _ => Some(Yaml::Text(text.to_owned())),
    }
}

/// Whether a text that begins with a digit may be a number. `2026-08-22`, `5min` and `1-2d` are not.
fn may_be_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has_dash = bytes.windows(2).any(|pair| matches!(pair, [b'0'..=b'9', b'-']));
    let is_other =
        |byte: &u8| !matches!(byte, b'0'..=b'9' | b'.' | b'_' | b'+' | b'-' | b'e' | b'E');
    let is_prefixed = matches!(bytes, [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', ..]);
    is_prefixed || !(has_dash || bytes.iter().any(is_other))
}
