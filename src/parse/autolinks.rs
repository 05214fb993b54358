//! Finds what the parser has to be told of a text: addresses that stand in it as they are, colons that define nothing.
//!
//! The rules are those of GitHub's extended autolinks (GFM 0.29, 6.9), and two more for scripts that put no space
//! between words: `见https://a.example/help，` and `…/help了解` end before the character that is no part of the address.
//! An address is put between `<` and `>`, so that the parser makes the link; which of them stand in code, in a link or
//! in a heading, a first run over the text says, made only where there are any.

use std::ops::Range;

use crate::model::vocabulary::BareLinks;
use crate::model::word_search::{places, places_of};
use crate::parse::anchors::is_mark;
use crate::parse::codes::ASTERISK;
use crate::parse::events::{Event, Tag, TagEnd, parser};
use crate::parse::mend::{Insertion, is_joined};

/// Stands before an address that begins with `www.`; the mark is where it was typed.
pub const WWW: &str = "<http://\u{FDD0}";

/// Longer addresses stay text (bytes).
const LONGEST: usize = 2000;

/// What the parser has to see besides `text`, in the order of the places.
pub fn insertions(text: &str, bare_links: BareLinks) -> Vec<Insertion> {
    let starts = match bare_links {
        BareLinks::On => starts(text),
        BareLinks::Off => Vec::new(),
    };
    if starts.is_empty() && !has_colon(text) {
        return Vec::new();
    }
    let survey = BareAddresses::new(text, &starts);
    let mut found = survey.colons.iter().map(|at| (*at, "\\")).collect::<Vec<Insertion>>();
    let mut last = 0;
    for (start, limit) in &survey.free {
        let place = starts.binary_search_by_key(start, |(at, _)| *at);
        let known = place.ok().and_then(|place| starts.get(place));
        let Some((_, kind)) = known.copied().filter(|_| *start >= last) else { continue };
        let (end, is_link) = end(text, *start, *limit, kind);
        last = end.max(last);
        if is_link {
            found.push((*start, if kind == Kind::Www { WWW } else { "<" }));
            found.push((end, ">"));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    found
}

/// Whether a line begins with a colon and a word.
fn has_colon(text: &str) -> bool {
    places_of(b':', text).any(|at| {
        let before = text.get(..at).unwrap_or("").trim_end_matches([' ', '\t', '>']);
        before.ends_with('\n') && is_undefined(text.get(at..).unwrap_or(""))
    })
}

/// Whether a colon is followed by a word without the space that makes it a definition.
fn is_undefined(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Web,
    Www,
    Mail,
}

/// Where an address may begin, ascending. What plainly stands in a link or a tag is none.
fn starts(text: &str) -> Vec<(usize, Kind)> {
    let mut starts = Vec::new();
    for at in places(text, "://") {
        let head = text.get(..at).unwrap_or("");
        let before = head.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let scheme = head.get(before.len()..).unwrap_or("");
        let is_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        let is_within = before.ends_with(|c: char| c.is_ascii_alphanumeric() || "+-.<".contains(c))
            || before.ends_with("](")
            || before.ends_with("]: ")
            || before.ends_with("=\"");
        if is_web && !is_within {
            starts.push((before.len(), Kind::Web));
        }
    }
    for at in places(text, "www.") {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        if before.is_none_or(|c| c.is_whitespace() || "*_~(".contains(c) || !c.is_ascii()) {
            starts.push((at, Kind::Www));
        }
    }
    for at in places_of(b'@', text) {
        let head = text.get(..at).unwrap_or("");
        let is_local = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
        let before = head.trim_end_matches(is_local);
        let local = head.get(before.len()..).unwrap_or("").trim_start_matches(['.', '-', '_', '+']);
        let start = head.len() - local.len();
        let before = head.get(..start).unwrap_or("");
        // The name and the password before a host are no letter-box.
        let near = before.get(before.ceil_char_boundary(before.len().saturating_sub(80))..);
        let word = near.unwrap_or("").rsplit(char::is_whitespace).next().unwrap_or("");
        let is_within = before.ends_with(['/', '@', '<', '\\', '=']) || word.contains("://");
        if local.is_empty() || is_within {
            continue;
        }
        let scheme = if before.ends_with("mailto:") { "mailto:".len() } else { 0 };
        starts.push((start - scheme, Kind::Mail));
    }
    starts.sort_by_key(|(at, _)| *at);
    starts.dedup_by_key(|(at, _)| *at);
    starts
}

/// What the parser says of a text.
#[derive(Default)]
struct BareAddresses {
    /// The starts that stand among plain words, each with the place that no address goes beyond.
    free: Vec<(usize, usize)>,
    /// Colons that begin a definition without a space behind them.
    colons: Vec<usize>,
}

impl BareAddresses {
    fn new(text: &str, starts: &[(usize, Kind)]) -> BareAddresses {
        let mut survey = BareAddresses::default();
        // How many elements are open in which no address becomes a link.
        let mut closed = 0_usize;
        let mut cell = 0..text.len();
        // The first of `free` that has met nothing behind it yet.
        let mut open = 0;
        for (event, range) in parser(text).into_offset_iter() {
            let stops = match &event {
                Event::Start(tag) => {
                    survey.start(text, tag, &range, &mut closed, &mut cell);
                    matches!(tag, Tag::Link { .. } | Tag::Image { .. })
                }
                Event::End(tag) => {
                    if is_closed(*tag) {
                        closed = closed.saturating_sub(1);
                    }
                    if *tag == TagEnd::TableCell {
                        cell = 0..text.len();
                    }
                    false
                }
                Event::Text(_) => {
                    let first = starts.partition_point(|(at, _)| *at < range.start);
                    let inside = starts.iter().skip(first).take_while(|(at, _)| *at < range.end);
                    let free = inside.filter(|_| closed == 0).map(|(at, _)| (*at, cell.end));
                    survey.free.extend(free);
                    false
                }
                Event::SoftBreak => false,
                _ => true,
            };
            if stops {
                for (_, limit) in survey.free.iter_mut().skip(open) {
                    *limit = range.start.min(*limit);
                }
                open = survey.free.len();
            }
        }
        survey
    }

    fn start(
        &mut self,
        text: &str,
        tag: &Tag<'_>,
        range: &Range<usize>,
        closed: &mut usize,
        cell: &mut Range<usize>,
    ) {
        match tag {
            Tag::TableCell => *cell = range.clone(),
            Tag::DefinitionListDefinition if text.get(range.start..).is_some_and(is_undefined) => {
                self.colons.push(range.start);
            }
            tag if is_closed(tag.to_end()) => *closed += 1,
            _ => {}
        }
    }
}

fn is_closed(tag: TagEnd) -> bool {
    use TagEnd::{CodeBlock, Heading, HtmlBlock, Image, Link};
    matches!(tag, Link | Image | CodeBlock | HtmlBlock | Heading(_))
}

/// Where the address at `start` ends, and whether it is one.
fn end(text: &str, start: usize, limit: usize, kind: Kind) -> (usize, bool) {
    let limit = text.floor_char_boundary(limit.min(start + LONGEST));
    let rest = text.get(start..limit).unwrap_or("");
    let length = if kind == Kind::Mail { mail(rest) } else { web(rest) };
    match length {
        Length::Link(length) => (start + length, true),
        Length::None(length) => (start + length, false),
    }
}

/// How many bytes were looked at, and whether they are an address.
enum Length {
    Link(usize),
    None(usize),
}

fn web(text: &str) -> Length {
    let scheme = text.find("://").filter(|at| *at < "https:".len()).map_or(0, |at| at + 3);
    let rest = text.get(scheme..).unwrap_or("");
    let host = taken(rest, |c| c.is_alphanumeric() || is_mark(c) || matches!(c, '-' | '_' | '.'));
    let name = host.trim_end_matches(['.', '_', '-']);
    let behind = rest.get(name.len()..).unwrap_or("");
    if !is_domain(name) {
        return Length::None(scheme + host.len());
    }
    if behind.starts_with('@') || !(name.len() < host.len() || is_next(behind)) {
        return Length::None(scheme + host.len());
    }
    let path = match behind.chars().next() {
        Some('/' | '?' | '#' | ':') => taken(behind, is_of_path),
        _ => "",
    };
    let whole = text.get(..scheme + name.len() + path.len()).unwrap_or("");
    let address = trimmed(whole);
    // What a writer has escaped is shown as it is meant only as text.
    let is_escaped = address.contains('\\') || has_entity(address);
    match address.len() < scheme + name.len() || is_escaped {
        true => Length::None(whole.len()),
        false => Length::Link(address.len()),
    }
}

/// Whether an address may go on so behind its host.
fn is_next(behind: &str) -> bool {
    match behind.chars().next() {
        Some(':') => {
            behind.get(1..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        }
        _ => true,
    }
}

/// The longest start of `text` whose characters are all `sound`. Where no spaces part words, a word behind an ASCII
/// letter or right behind the host's slash is none of the address.
fn taken(text: &str, sound: impl Fn(char) -> bool) -> &str {
    let mut before = ' ';
    let end = text.char_indices().find(|(at, c)| {
        let is_glued =
            is_joined(*c) && (before.is_ascii_alphanumeric() || (before == '/' && *at == 1));
        before = *c;
        is_glued || !sound(*c)
    });
    text.get(..end.map_or(text.len(), |(at, _)| at)).unwrap_or(text)
}

fn is_of_path(c: char) -> bool {
    match c.is_ascii() {
        true => (c.is_ascii_graphic() && !matches!(c, '<' | '>' | '`')) || c == ASTERISK,
        false => c.is_alphanumeric() || is_mark(c),
    }
}

/// Two labels or more, no `_` in the last two, and a last one that is a word, or all of them numbers.
fn is_domain(name: &str) -> bool {
    let labels: Vec<&str> = name.split('.').collect();
    let [.., second, last] = &*labels else { return false };
    let is_number = |label: &&str| label.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = last.chars().count() > 1 && !last.starts_with(|c: char| c.is_ascii_digit());
    let is_address = labels.len() == 4 && labels.iter().all(is_number);
    !labels.iter().any(|label| label.is_empty())
        && !second.contains('_')
        && !last.contains('_')
        && (is_word || is_address)
}

/// Without the punctuation of the sentence behind it.
fn trimmed(address: &str) -> &str {
    let mut rest = address;
    loop {
        let Some(last) = rest.chars().next_back() else { return rest };
        let open = match last {
            ')' => Some('('),
            ']' => Some('['),
            '}' => Some('{'),
            _ => None,
        };
        let is_unbalanced =
            open.is_some_and(|open| rest.matches(last).count() > rest.matches(open).count());
        let is_end = matches!(
            last,
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '"' | '|' | ASTERISK
        );
        if !is_unbalanced && !is_end {
            return rest;
        }
        rest = rest.get(..rest.len() - last.len_utf8()).unwrap_or("");
    }
}

fn has_entity(address: &str) -> bool {
    address.split('&').skip(1).any(|part| {
        let name = part.split(';').next().filter(|name| name.len() < part.len());
        name.is_some_and(|name| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
        })
    })
}

fn mail(text: &str) -> Length {
    let Some((local, rest)) = text.split_once('@') else { return Length::None(0) };
    let host = taken(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    let name = host.trim_end_matches('.');
    let behind = rest.get(name.len()..).unwrap_or("");
    let length = local.len() + 1 + name.len();
    let is_word = name
        .rsplit('.')
        .next()
        .is_some_and(|last| last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_alphabetic()));
    // `git@host.example:path` and `user@host.example/path` are no letters' addresses.
    let is_path = behind.starts_with(['@', '/', '('])
        || behind.strip_prefix(':').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    match is_domain(name) && is_word && !is_path {
        true => Length::Link(length),
        false => Length::None(length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with what is put in.
    fn linked(text: &str) -> String {
        let mut linked = text.to_owned();
        for (at, inserted) in insertions(text, BareLinks::On).into_iter().rev() {
            linked.insert_str(at, inserted);
        }
        linked.replace('\u{FDD0}', "")
    }

    #[test]
    fn addresses_become_links() {
        for (text, expected) in [
            ("See https://a.example/b.", "See <https://a.example/b>."),
            ("(https://a.example/b_(c))", "(<https://a.example/b_(c)>)"),
            ("**https://a.example**", "**<https://a.example>**"),
            ("https://a.example/_b_/*c*?d=e&f=g#h!", "<https://a.example/_b_/*c*?d=e&f=g#h>!"),
            ("HTTP://A.example, http://1.2.3.4:80/", "<HTTP://A.example>, <http://1.2.3.4:80/>"),
            ("www.a.example/b, x.www.a.example", "<http://www.a.example/b>, x.www.a.example"),
            ("见https://a.example/b，再", "见<https://a.example/b>，再"),
            ("https://a.example/help了解", "<https://a.example/help>了解"),
            ("https://a.example/了解", "<https://a.example/>了解"),
            ("https://zh.a.example/wiki/中文。", "<https://zh.a.example/wiki/中文>。"),
            ("https://пример.рф/путь", "<https://пример.рф/путь>"),
            ("https://a.example에서", "<https://a.example>에서"),
            ("اقرأ https://a.example/ب؟", "اقرأ <https://a.example/ب>؟"),
            ("> - https://a.example\n> - b", "> - <https://a.example>\n> - b"),
            ("| https://a.example|b |\n|---|---|", "| <https://a.example>|b |\n|---|---|"),
            ("https://a.example[^1]\n\n[^1]: b", "<https://a.example>[^1]\n\n[^1]: b"),
            ("Write to a.b+c@d.example.", "Write to <a.b+c@d.example>."),
            ("邮箱help@a.example。", "邮箱<help@a.example>。"),
            ("mailto:a@b.example", "<mailto:a@b.example>"),
        ] {
            assert_eq!(linked(text), expected);
        }
    }

    #[test]
    fn what_is_none_stays() {
        for text in [
            "`https://a.example` [a](https://a.example) <https://a.example>",
            "[https://a.example](b) [c]\n\n[c]: https://a.example",
            "## https://a.example\n\n    https://a.example\n\n```\nhttps://a.example\n```",
            "<p>https://a.example</p>\n\n<!-- https://a.example -->",
            "https://localhost:80/, http://, https://a_b.c_d, git+https://a.example",
            "https://a.example/b\\_c and https://a.example/?b&amp;c",
            "https://{host}.example/ https://u:p@a.example",
            "git@a.example:b/c, @a@b.example, a@1.2.3, a@b, react@18.2.0",
            "a: b\n\n: c",
        ] {
            assert_eq!(linked(text), text);
        }
        assert_eq!(insertions("https://a.example", BareLinks::Off), []);
    }

    #[test]
    fn a_definition_needs_a_space() {
        assert_eq!(linked("a\n:5 b"), "a\n\\:5 b");
        assert_eq!(linked("a\n: b\n:::tip"), "a\n: b\n\\:::tip");
        assert_eq!(linked("> a\n> :smile: b"), "> a\n> \\:smile: b");
        assert_eq!(linked("```\na\n:5\n```\n\nb\n: c"), "```\na\n:5\n```\n\nb\n: c");
    }
}
