//! Writes pins into the front matter of a translation and leaves every other byte unchanged.

use std::collections::BTreeMap;

use crate::model::config::Config;
use crate::model::fingerprint::Pin;
use crate::model::guide::{Role, Translation};
use crate::model::language::Language;
use crate::model::region::Regions;
use crate::model::source::SourcePath;
use crate::model::unit::UnitKey;
use crate::parse::fields::Faults;
use crate::parse::front_matter::{self, split};
use crate::parse::yaml::{self, Entry, Excerpt, Node, Yaml};

type PinLines = BTreeMap<UnitKey, Pin>;

/// The text of a translation whose `at:` holds exactly `pins`. `None` if its `translation:` is written in a
/// way that cannot be edited without changing something else.
pub fn pin(
    path: &SourcePath,
    source: &str,
    language: &Language,
    config: &Config,
    pins: &PinLines,
) -> Option<String> {
    let (start, end, text) = edit(path, source, config, pins)?;
    let edited = [source.get(..start)?, &text, source.get(end..)?].concat();
    let read = |text: &str| front_matter::translation(path, text, language.clone(), config).value;
    let (before, after) = (read(source), read(&edited));
    (without_pins(&before) == without_pins(&after) && pins_of(&after)? == pins).then_some(edited)
}

/// The range to replace, and its replacement.
fn edit(
    path: &SourcePath,
    source: &str,
    config: &Config,
    pins: &PinLines,
) -> Option<(usize, usize, String)> {
    let (front, _) = split(source, config, &mut Faults::new(path));
    let front = front?;
    let excerpt = Excerpt { path, text: front.value, offset: front.span.start as usize };
    let root = yaml::parse(excerpt, config.limits.depth).ok()?;
    let translation = field(&root, "translation")?;
    let Yaml::Map(entries) = &translation.value.value else { return None };
    let line_end = if front.value.contains("\r\n") { "\r\n" } else { "\n" };
    let at = field(&translation.value, "at");
    let start = translation.value.span.start as usize;
    if source.get(start..)?.starts_with('{') {
        let list = in_braces(pins, 2, line_end);
        if let Some(at) = at {
            return Some((at.value.span.start as usize, end(source, &at.value)?, list));
        }
        let inner = source.get(start..end(source, &translation.value)? - 1)?.trim_end();
        let end = start + inner.len();
        let gap = if inner.ends_with('{') { "" } else { " " };
        let comma = if inner.ends_with([',', '{']) { "" } else { "," };
        return Some((end, end, format!("{comma}{gap}at: {list}")));
    }
    let indent = column(source, entries.first()?.key_span.start as usize);
    let Some(at) = at else {
        let last = end(source, &entries.last()?.value)?;
        let end = source.get(last..)?.find(['\r', '\n']).map_or(source.len(), |at| last + at);
        let lines = on_lines(pins, indent + 2, line_end);
        return Some((end, end, format!("{line_end}{:indent$}at:{line_end}{lines}", "")));
    };
    let start = at.value.span.start as usize;
    if source.get(start..)?.starts_with('{') {
        return Some((start, end(source, &at.value)?, in_braces(pins, indent + 2, line_end)));
    }
    let Yaml::Map(entries) = &at.value.value else { return None };
    let start = entries.first()?.key_span.start as usize;
    let lines = on_lines(pins, column(source, start), line_end);
    Some((start, end(source, &at.value)?, lines.trim_start().to_owned()))
}

/// Where a value ends. The YAML reader only tells where lists and maps begin.
pub(super) fn end(source: &str, node: &Node) -> Option<usize> {
    let start = node.span.start as usize;
    match &node.value {
        Yaml::Map(_) | Yaml::List(_) if source.get(start..)?.starts_with(['{', '[']) => {
            closing(source, start)
        }
        Yaml::Map(entries) => end(source, &entries.last()?.value),
        Yaml::List(list) => end(source, list.last()?),
        _ => Some(node.span.end as usize),
    }
}

/// The position after the bracket that closes the one at `start`. Brackets in quotes and comments do not
/// count.
fn closing(source: &str, start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    let mut comment = false;
    let mut before = ' ';
    for (at, c) in source.get(start..)?.char_indices() {
        match (quote, c) {
            _ if comment => comment = c != '\n',
            // An escaped backslash escapes nothing itself: `\\"` ends a text.
            (Some('"'), _) if before == '\\' => {
                before = ' ';
                continue;
            }
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(before, ' ' | '\t' | '\n' | '{' | '[' | ',' | ':') => {
                quote = Some(c);
            }
            (None, '#') if before.is_whitespace() => comment = true,
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => {
                depth -= 1;
                if depth == 0 {
                    return Some(start + at + 1);
                }
            }
            _ => {}
        }
        before = c;
    }
    None
}

pub(super) fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Entry> {
    let Yaml::Map(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key == name)
}

pub(super) fn column(source: &str, at: usize) -> usize {
    let head = source.get(..at).unwrap_or("");
    head.len() - head.rfind('\n').map_or(0, |end| end + 1)
}

/// One pin on each line, so that two people who translate different sections cause no merge conflict.
fn in_braces(pins: &PinLines, indent: usize, line_end: &str) -> String {
    let mut text = format!("{{{line_end}");
    for (key, pin) in pins {
        text.push_str(&format!(
            "{:indent$}{}: {},{line_end}",
            "",
            quoted(key.as_str()),
            value(*pin)
        ));
    }
    text + &format!("{:indent$}}}", "")
}

fn on_lines(pins: &PinLines, indent: usize, line_end: &str) -> String {
    let line = |(key, pin): (&UnitKey, &Pin)| {
        format!("{:indent$}{}: {}", "", quoted(key.as_str()), value(*pin))
    };
    pins.iter().map(line).collect::<Vec<_>>().join(line_end)
}

/// A key, in quotes if YAML would take it for something else.
fn quoted(key: &str) -> String {
    const WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let plain = key.starts_with(char::is_alphabetic) && !WORDS.contains(&key);
    if plain { key.to_owned() } else { format!("\"{key}\"") }
}

/// A pin, in quotes if YAML would take it for a number: digits alone, or digits around an `e`.
fn value(pin: Pin) -> String {
    let text = pin.to_string();
    let number = text.chars().all(|c| c.is_ascii_digit() || c == 'e');
    if number { format!("\"{text}\"") } else { text }
}

fn pins_of(translation: &Translation) -> Option<&PinLines> {
    match &translation.role {
        Role::Translation(words) => Some(&words.at),
        Role::Original(_) => None,
    }
}

/// A copy of the file's content without its pins and without any positions.
fn without_pins(translation: &Translation) -> Translation {
    let mut bare =
        Translation { size: 0, body_start: 0, regions: Regions::default(), ..translation.clone() };
    if let Role::Translation(words) = &mut bare.role {
        words.at = PinLines::new();
        words.of.span = Default::default();
        for item in words.items.values_mut() {
            item.span = Default::default();
            item.wording.spans.clear();
        }
    }
    bare.title.span = Default::default();
    if let Some(slug) = &mut bare.slug {
        slug.span = Default::default();
    }
    bare.links.take_places_out();
    let page = &mut bare.wording;
    for wording in [&mut page.title, &mut page.summary, &mut page.lead, &mut page.footnotes] {
        wording.spans.clear();
    }
    for section in &mut bare.body.sections {
        section.span = Default::default();
        section.wording.spans.clear();
        for operator in &mut section.operators {
            operator.span = Default::default();
        }
        if let Some(id) = &mut section.id {
            id.span = Default::default();
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pinned(front: &str, pins: &[(&str, &str)]) -> String {
        let path = SourcePath::new("guides/al/x/sq.md");
        let language = Language::parse("sq").unwrap();
        let config = Config::fallback(SourcePath::new("guides/site.yaml"), language.clone());
        let source = format!("---\n{front}---\nText.\n");
        let pins =
            pins.iter().map(|(key, pin)| ((*key).into(), Pin::parse(pin).unwrap())).collect();
        let edited = pin(&path, &source, &language, &config, &pins).unwrap_or_default();
        edited.trim_start_matches("---\n").split("---\n").next().unwrap_or_default().to_owned()
    }

    const A: (&str, &str) = ("ask", "00000000000000aa");
    const N: (&str, &str) = ("no", "0000000000000001");

    #[test]
    fn pins_go_where_they_belong_and_nothing_else_moves() {
        for (front, edited) in [
            (
                "title: x # a\ntranslation: {of: en} # b\nwords: {a: b}\n",
                "title: x # a\ntranslation: {of: en, at: {\n  ask: 00000000000000aa,\n  \"no\": \"0000000000000001\",\n  }} # b\nwords: {a: b}\n",
            ),
            (
                "title: x\ntranslation: { of: en, at: {old: 00000000000000bb}, status: human }\n",
                "title: x\ntranslation: { of: en, at: {\n  ask: 00000000000000aa,\n  \"no\": \"0000000000000001\",\n  }, status: human }\n",
            ),
            (
                "title: x\ntranslation:\n  of: en # c\n\nsummary: y\n",
                "title: x\ntranslation:\n  of: en # c\n  at:\n    ask: 00000000000000aa\n    \"no\": \"0000000000000001\"\n\nsummary: y\n",
            ),
            (
                "title: x\ntranslation:\n  at:\n   old: 00000000000000bb\n   z: 00000000000000bb\n  of: en\n",
                "title: x\ntranslation:\n  at:\n   ask: 00000000000000aa\n   \"no\": \"0000000000000001\"\n  of: en\n",
            ),
            (
                "title: x\r\ntranslation: {of: en,}\r\n",
                "title: x\r\ntranslation: {of: en, at: {\r\n  ask: 00000000000000aa,\r\n  \"no\": \"0000000000000001\",\r\n  }}\r\n",
            ),
        ] {
            assert_eq!(pinned(front, &[A, N]), edited);
            assert_eq!(pinned(edited, &[A, N]), edited);
        }
    }
}
