//! Escapes of YAML (`"\u202e"`): notes where they stand, and reports those that hide something.

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::hidden::{described, hides, severity};
use crate::model::language::Direction;
use crate::model::region::{Region, RegionKind};
use crate::model::span::Span;
use crate::parse::fields::Faults;
use crate::parse::yaml::{Node, Yaml};

const ESCAPED: &str = "take the escape out, and write the letters on both sides of it again";
const WRITTEN: &str = "take it out: delete the letters on both sides of it and write them again";

/// Notes every escape in a tree that was read from `source`.
pub fn check(
    root: &Node,
    source: &str,
    direction: Direction,
    regions: &mut Vec<Region>,
    faults: &mut Faults<'_>,
) {
    if source.contains('\\') {
        tree(root, source, direction, &mut |span, hidden| {
            regions.push(Region { span, kind: RegionKind::Escape });
            faults.list.extend(hidden.map(|c| unseen(c, ESCAPED).at(faults.path, span)));
        });
    }
}

/// The same of a file of settings or facts, whose texts are of many languages; and what is written there as it is.
pub fn file(root: &Node, source: &str, faults: &mut Faults<'_>) {
    check(root, source, Direction::RightToLeft, &mut Vec::new(), faults);
    if source.is_ascii() && !source.contains(|c: char| c.is_control()) {
        return;
    }
    let mut before = None;
    for (at, c) in source.char_indices() {
        if hides(c, before, Direction::RightToLeft) {
            let span = Span::new(at, at + c.len_utf8());
            faults.list.push(unseen(c, WRITTEN).at(faults.path, span));
        }
        before = Some(c);
    }
}

fn unseen(c: char, hint: &str) -> Diagnostic {
    let fault = Diagnostic::new(Code::HiddenCharacter, described(c)).hint(hint);
    Diagnostic { severity: severity(c), ..fault }
}

/// Tells `put` of each escape, and what it hides.
fn tree(node: &Node, source: &str, direction: Direction, put: &mut dyn FnMut(Span, Option<char>)) {
    match &node.value {
        Yaml::Text(_) => scalar(node.span, source, direction, put),
        Yaml::List(nodes) => {
            nodes.iter().for_each(|node| tree(node, source, direction, put));
        }
        Yaml::Map(entries) => {
            for entry in entries {
                scalar(entry.key_span, source, direction, put);
                tree(&entry.value, source, direction, put);
            }
        }
        Yaml::Null | Yaml::Bool(_) | Yaml::Number(_) => {}
    }
}

fn scalar(span: Span, source: &str, direction: Direction, put: &mut dyn FnMut(Span, Option<char>)) {
    let written = source.get(span.range()).unwrap_or("");
    if !written.starts_with('"') || !written.contains('\\') {
        return;
    }
    let (mut rest, mut before) = (written, None);
    while let Some(c) = rest.chars().next() {
        let start = span.range().start + written.len() - rest.len();
        let behind = rest.get(c.len_utf8()..).unwrap_or("");
        let (stands, length) = match c {
            '\\' => escape(behind),
            c => (Some(c), 0),
        };
        rest = behind.get(length..).unwrap_or("");
        if c == '\\'
            && length > 1
            && let Some(c) = stands
        {
            put(
                Span::new(start, start + 1 + length),
                Some(c).filter(|c| hides(*c, before, direction)),
            );
        }
        before = stands.or(before);
    }
}

/// What stands behind a backslash (YAML 1.2.2, 5.7): the character that a number names, and how long it is.
fn escape(behind: &str) -> (Option<char>, usize) {
    let Some(letter) = behind.chars().next() else { return (None, 0) };
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        // What has a letter of its own is seen: a line's end, a tab, a quote.
        _ => return (Some(letter), letter.len_utf8()),
    };
    let code = behind.get(1..=digits).and_then(|code| u32::from_str_radix(code, 16).ok());
    (code.and_then(char::from_u32), 1 + digits)
}
