//! Checks that an XML file declares nothing that changes how the rest of it is read.

use std::collections::BTreeSet;
use std::ops::Range;

/// How much all entities of a file may expand to, in bytes.
const EXPANDED: usize = 16 << 20;

/// A declaration that is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    pub range: Range<usize>,
    pub what: String,
}

/// Finds every declaration that parsers may treat differently: default attributes, and entities that come
/// from elsewhere, hold markup or multiply. Only names for plain text are allowed.
pub fn check(text: &str) -> Vec<Declared> {
    let Some(start) = doctype(text) else { return Vec::new() };
    let mut found = Vec::new();
    let mut scanner = Scanner { text, at: start };
    if !scanner.reaches_subset() {
        return found;
    }
    let mut names = BTreeSet::new();
    let mut longest = 0;
    while let Some(declaration) = scanner.declaration() {
        let range = declaration.clone();
        let written = text.get(declaration).unwrap_or("");
        let mut add = |what: &str| {
            found.push(Declared { range: range.clone(), what: what.to_owned() });
        };
        match entity(written) {
            None => {
                let word = written.split([' ', '\t', '\r', '\n', '>']).next().unwrap_or("");
                add(&format!("`{word}` changes what is read after it"));
            }
            Some((name, _)) if !names.insert(name) || PREDEFINED.contains(&name) => {
                add(&format!("`{name}` has more than one meaning"));
            }
            Some((name, value)) if !is_plain(value) => {
                add(&format!("`{name}` stands for more than text"));
            }
            Some((_, value)) => longest = longest.max(value.len()),
        }
    }
    let references = text.bytes().filter(|byte| *byte == b'&').count();
    if references.saturating_mul(longest) > EXPANDED {
        let what = "its entities multiply beyond all bounds".to_owned();
        found.push(Declared { range: start..start + "<!DOCTYPE".len(), what });
    }
    found
}

const PREDEFINED: &[&str] = &["lt", "gt", "amp", "quot", "apos"];

/// The position of `<!DOCTYPE`.
fn doctype(text: &str) -> Option<usize> {
    let mut scanner = Scanner { text, at: 0 };
    loop {
        scanner.spaces();
        if scanner.skips("<?", "?>") || scanner.skips("<!--", "-->") {
            continue;
        }
        return scanner.rest().starts_with("<!DOCTYPE").then_some(scanner.at);
    }
}

/// The name and value of `<!ENTITY name "value">`.
fn entity(declaration: &str) -> Option<(&str, &str)> {
    let rest = declaration.strip_prefix("<!ENTITY")?.trim_end_matches('>').trim();
    let (name, value) = rest.split_once(char::is_whitespace)?;
    let value = value.trim();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = value.get(1..)?.strip_suffix(quote)?;
    (!name.contains(['%', '"', '\'']) && !value.contains(quote)).then_some((name, value))
}

/// Whether a value cannot be markup: it is text, or characters outside ASCII given by number.
fn is_plain(value: &str) -> bool {
    !value.contains(['<', '%'])
        && value.split('&').skip(1).all(|reference| {
            let number = reference.strip_prefix('#').and_then(|rest| rest.split_once(';'));
            let code = number.and_then(|(digits, _)| match digits.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16).ok(),
                None => digits.parse().ok(),
            });
            code.is_some_and(|code| code > 0x7F)
        })
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Skips everything from `open` to `close`, if `open` is here.
    fn skips(&mut self, open: &str, close: &str) -> bool {
        let Some(rest) = self.rest().strip_prefix(open) else { return false };
        self.at = rest
            .find(close)
            .map_or(self.text.len(), |end| self.text.len() - rest.len() + end + close.len());
        true
    }

    /// Moves past the next of `ends` that is not in quotes.
    fn reaches(&mut self, ends: &[char]) -> Option<char> {
        let mut quote = None;
        for (at, c) in self.rest().char_indices() {
            match quote {
                Some(open) if open == c => quote = None,
                Some(_) => {}
                None if ends.contains(&c) => {
                    self.at += at + c.len_utf8();
                    return Some(c);
                }
                None if matches!(c, '"' | '\'') => quote = Some(c),
                None => {}
            }
        }
        self.at = self.text.len();
        None
    }

    fn reaches_subset(&mut self) -> bool {
        self.reaches(&['[', '>']) == Some('[')
    }

    /// The range of the next declaration between the brackets.
    fn declaration(&mut self) -> Option<Range<usize>> {
        loop {
            self.spaces();
            if self.skips("<!--", "-->") || self.skips("<?", "?>") {
                continue;
            }
            let start = self.at;
            if self.rest().is_empty() || self.rest().starts_with(']') {
                return None;
            }
            if self.rest().starts_with('%') {
                self.reaches(&[';']);
            } else {
                self.reaches(&['>']);
            }
            return Some(start..self.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(subset: &str) -> Vec<String> {
        let text =
            format!("<?xml version='1.0'?><!-- <!DOCTYPE x [ --><!DOCTYPE svg [{subset}]><svg/>");
        check(&text).into_iter().map(|one| one.what).collect()
    }

    #[test]
    fn names_for_plain_text_go_through() {
        let subset =
            "<!-- ] --> <!ENTITY ns \"http://www.w3.org/2000/svg\"><!ENTITY nbsp '&#160;'> <?x ]?>";
        assert_eq!(told(subset), [""; 0]);
        assert_eq!(check("<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"[>\"><svg/>"), []);
        assert_eq!(check("<svg/><!DOCTYPE x [<!ATTLIST a b CDATA 'c'>]>"), []);
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_found() {
        for subset in [
            "<!ATTLIST svg onload CDATA 'x'>",
            "<!ENTITY % p \"<!ENTITY q 'x'>\"> %p;",
            "%p;",
            "<!ENTITY x SYSTEM 'https://elsewhere.example/'>",
            "<!ENTITY x '<script>'>",
            "<!ENTITY x '&#60;script>'>",
            "<!ENTITY x '&#x26;#60;script>'>",
            "<!ENTITY a 'https'> <!ENTITY a 'javascript'>",
            "<!ENTITY lt 'x'>",
            "<!ENTITY b '&a;&a;'>",
            "<!NOTATION a SYSTEM 'b'>",
        ] {
            assert_ne!(told(subset), [""; 0], "{subset}");
        }
        let long = "a".repeat(1 << 16);
        let many = "&x;".repeat(1 << 10);
        let text = format!("<!DOCTYPE svg [<!ENTITY x '{long}'>]><svg>{many}</svg>");
        assert_eq!(check(&text).len(), 1);
    }
}
