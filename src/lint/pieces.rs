//! The words of a page, by the id that a translation shares with its original, and their numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::lint::file::LintedFile;
use crate::lint::numbers::DIGITS;
use crate::lint::prose::Block;
use crate::model::guide::{Role, Section};
use crate::model::region::RegionKind;
use crate::model::site::Guide;
use crate::model::span::Span;

/// What a translation shares with its original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PieceKey<'a> {
    /// An id, or the name of what every guide has once.
    Named(&'a str),
    /// A section without an id, by its place among all: only where both files have the same sections.
    Section(usize),
}

/// The words that have one key.
pub struct IdentifiedWords<'a> {
    pub words: PieceWords<'a>,
    /// Where the heading or the id stands.
    pub span: Span,
}

/// Where words stand. Only few of them are ever put together as text.
pub enum PieceWords<'a> {
    Line(&'a str),
    /// The words of an item in the front matter, by their places there.
    Item(&'a [Span]),
    /// The words of a section, by its index.
    Section(usize),
    /// The text above the first section.
    Lead,
    /// The footnotes of the whole text.
    Notes,
}

impl PieceWords<'_> {
    pub fn text(&self, page: &LintedFile<'_>) -> String {
        match self {
            PieceWords::Line(line) => (*line).to_owned(),
            PieceWords::Item(spans) => {
                joined(spans.iter().map(|span| page.prose.of(&span.range())))
            }
            PieceWords::Section(index) => {
                let blocks = section_blocks(page, *index).iter();
                joined(blocks.filter_map(|block| text_of(page, block)))
            }
            PieceWords::Lead => {
                joined(lead_blocks(page).iter().filter_map(|block| text_of(page, block)))
            }
            PieceWords::Notes => joined(notes(page)),
        }
    }

    pub fn numbers(&self, page: &LintedFile<'_>) -> BTreeSet<String> {
        let has = |text: &str| !text.is_ascii() || DIGITS.find(text.as_bytes()).is_some();
        let any = match self {
            PieceWords::Line(line) => has(line),
            PieceWords::Item(spans) => spans.iter().any(|span| has(page.prose.of(&span.range()))),
            PieceWords::Section(index) => match section_blocks(page, *index) {
                [first, .., last] => has(page.prose.of(&(first.range.start..last.range.end))),
                _ => true,
            },
            PieceWords::Lead | PieceWords::Notes => true,
        };
        if any { numbers(&self.text(page)) } else { BTreeSet::new() }
    }
}

pub fn pieces<'a>(
    guide: &Guide,
    page: &LintedFile<'a>,
) -> BTreeMap<PieceKey<'a>, IdentifiedWords<'a>> {
    let mut pieces = BTreeMap::new();
    let text = page.text;
    let mut put = |key: PieceKey<'a>, words: PieceWords<'a>, span: Span| {
        pieces.insert(key, IdentifiedWords { words, span });
    };
    if let Some(first) = lead_blocks(page).first() {
        let start = first.range.start;
        let end = page.source.get(start..).and_then(|rest| rest.find('\n'));
        let end = end.map_or(page.source.len(), |length| start + length);
        put(PieceKey::Named("the lead"), PieceWords::Lead, Span::new(start, end));
    }
    for (index, section) in text.body.sections.iter().enumerate() {
        if section.id.is_none() {
            put(PieceKey::Section(index), PieceWords::Section(index), section.span);
        }
    }
    let mut add =
        |id: &'a str, words: PieceWords<'a>, span: Span| put(PieceKey::Named(id), words, span);
    add("the title", PieceWords::Line(&text.title.value), text.title.span);
    if let Some(summary) = &text.summary {
        add("the summary", PieceWords::Line(summary), text.title.span);
    }
    match &text.role {
        Role::Original(facts) => {
            for (_, item) in facts.items() {
                let Some(id) = &item.id else { continue };
                add(id.value.as_str(), PieceWords::Item(&item.wording.spans), id.span);
            }
        }
        Role::Translation(words) => {
            for (id, item) in &words.items {
                add(id.as_str(), PieceWords::Item(&item.wording.spans), item.span);
            }
        }
    }
    let sections = &text.body.sections;
    for (index, section) in sections.iter().enumerate() {
        let Some(id) = &section.id else { continue };
        let mut written = section_blocks(page, index).iter().filter_map(|one| text_of(page, one));
        // An item that also has words in the front matter has been reported.
        if !guide.items.contains(&id.value) || written.any(|text| !text.trim().is_empty()) {
            add(id.value.as_str(), PieceWords::Section(index), section.span);
        }
    }
    if let Some(section) = sections.first().filter(|_| notes(page).next().is_some()) {
        add("the footnotes", PieceWords::Notes, section.span);
    }
    pieces
}

/// The range of a section: its heading and the text below it, down to the next heading.
pub fn section_range(page: &LintedFile<'_>, index: usize) -> Range<usize> {
    let start = |section: &Section| section.span.range().start;
    let sections = &page.text.body.sections;
    let from = sections.get(index).map_or(page.source.len(), start);
    let to = sections.get(index + 1).map_or(page.source.len(), start);
    from..to.max(from)
}

/// What stands above the first section.
fn lead_blocks<'a>(page: &'a LintedFile<'_>) -> &'a [Block] {
    let start = page.text.body_start as usize;
    let end = section_range(page, 0).start;
    if start < end { page.prose.blocks_in(&(start..end)) } else { &[] }
}

fn section_blocks<'a>(page: &'a LintedFile<'_>, index: usize) -> &'a [Block] {
    page.prose.blocks_in(&section_range(page, index))
}

/// The paragraphs of the footnotes.
fn notes<'a>(page: &'a LintedFile<'_>) -> impl Iterator<Item = &'a str> {
    let sections = 0..page.text.body.sections.len();
    let blocks = sections.flat_map(|index| section_blocks(page, index));
    let notes = blocks.filter(|block| block.kind == RegionKind::Note);
    notes.map(|block| page.prose.of(&block.range))
}

/// The words of a block; `None` for a footnote.
fn text_of<'a>(page: &'a LintedFile<'_>, block: &Block) -> Option<&'a str> {
    (block.kind != RegionKind::Note).then(|| page.prose.of(&block.range))
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.flat_map(|text| [text, " "]).collect()
}

/// The numbers in a text, each once: `1,500` is 1500, `2023-01-05` is 2023, 1 and 5, `4.0` is 4, `٥` is 5, `8 pm` is 20:00.
/// Digits that are part of a word (`i18n`, `OAuth2`) do not count.
pub fn numbers(text: &str) -> BTreeSet<String> {
    runs(text).into_iter().filter(|(_, part)| *part == Part::OfItself).map(|(run, _)| run).collect()
}

/// The same, including digits that are part of a word: `Rs500`.
pub fn all_numbers(text: &str) -> BTreeSet<String> {
    runs(text).into_iter().map(|(run, _)| run).collect()
}

/// Whether a number stands by itself or is part of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    OfItself,
    OfWord,
}

fn runs(text: &str) -> Vec<(String, Part)> {
    let mut numbers = Vec::new();
    let mut characters = text.chars().peekable();
    let mut word = false;
    while let Some(c) = characters.next() {
        let Some(first) = decimal(c) else {
            // Chinese and Japanese put numbers between words without a space.
            word = is_lettered(c) || (word && c == '_');
            continue;
        };
        let mut groups = vec![String::from(first)];
        let mut separators = Vec::new();
        while let Some(next) = characters.peek().copied() {
            if let Some(digit) = decimal(next) {
                if let Some(group) = groups.last_mut() {
                    group.push(digit);
                }
            } else if is_thousands_space(&groups, &separators, characters.clone()) {
                groups.push(String::new());
                separators.push(next);
            } else if is_separator(next) {
                // A separator counts only if a digit follows it.
                let mut ahead = characters.clone();
                ahead.next();
                if ahead.peek().copied().and_then(decimal).is_none() {
                    break;
                }
                groups.push(String::new());
                separators.push(next);
            } else {
                break;
            }
            characters.next();
        }
        let part = if word { Part::OfWord } else { Part::OfItself };
        if let ([hour], true) = (&*groups, separators.is_empty())
            && let Some((clock, length)) = clock(hour, &characters)
        {
            numbers.push((clock, part));
            characters.by_ref().take(length).for_each(drop);
            continue;
        }
        numbers.extend(joined_groups(groups, &separators).into_iter().map(|run| (run, part)));
    }
    numbers
}

/// The time of day that begins with `hour`, of twenty-four hours, and how many characters of it follow: `20:00` for
/// `20:00`, `8:00 pm` and `8 pm`.
fn clock(hour: &str, rest: &(impl Iterator<Item = char> + Clone)) -> Option<(String, usize)> {
    let hour = hour.parse::<u8>().ok().filter(|value| hour.len() < 3 && *value <= 24)?;
    let near: Vec<char> = rest.clone().take(9).collect();
    let (minute, length) = match near.as_slice() {
        [':', tens, ones, after @ ..]
            if !after.first().is_some_and(|c| *c == ':' || decimal(*c).is_some()) =>
        {
            let digits: String = [*tens, *ones].into_iter().filter_map(decimal).collect();
            (digits.parse::<u8>().ok().filter(|value| digits.len() == 2 && *value < 60)?, 3)
        }
        _ => (0, 0),
    };
    let behind: String = near.iter().skip(length).collect();
    let half = half_of_day(&behind);
    let (hour, more) = match half {
        Some((after_noon, more)) => ((hour % 12) + 12 * u8::from(after_noon), more),
        None => (hour, 0),
    };
    (length > 0 || half.is_some()).then(|| (format!("{hour}:{minute:02}"), length + more))
}

/// Whether `am` or `pm` stands in front, which of them, and how many characters it takes.
fn half_of_day(text: &str) -> Option<(bool, usize)> {
    let words = text.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
    let spaces = text.chars().count() - words.chars().count();
    let lower = words.to_ascii_lowercase();
    let marks = [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)];
    let (mark, after_noon) = marks.into_iter().find(|(mark, _)| lower.starts_with(mark))?;
    let ends = !lower.get(mark.len()..)?.starts_with(char::is_alphabetic);
    (spaces < 2 && ends).then_some((after_noon, spaces + mark.len()))
}

/// What the groups of digits between separators are: one number, or several, as in a date (`26.08.2023`) or a version.
fn joined_groups(mut groups: Vec<String>, separators: &[char]) -> Vec<String> {
    let is_thousands = |groups: &[String]| groups.iter().all(|group| group.len() == 3);
    let is_one = match (&*groups, separators) {
        ([_, rest @ .., last], [.., before, own]) => {
            is_thousands(rest) && (last.len() == 3 || before != own)
        }
        _ => true,
    };
    if !is_one {
        return groups.iter().map(|group| canonical(group)).collect();
    }
    // `4.0` and `500.00` say no more than `4` and `500`.
    let is_zero = |group: &String| group.len() < 3 && group.bytes().all(|byte| byte == b'0');
    if groups.len() > 1 && groups.last().is_some_and(is_zero) {
        groups.pop();
    }
    vec![canonical(&groups.concat())]
}

/// Whether `c` is of a script that puts spaces between words, so that a digit behind it belongs to the word.
fn is_lettered(c: char) -> bool {
    c.is_alphabetic() && c < '\u{E00}'
}

/// Whether `c` can stand between the digits of one number, in any script.
fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '٫' | '٬')
}

/// Whether what comes next parts thousands, as in `10 000`, `10 000` with a narrow space, and `10'000`: three digits
/// follow, and no fourth.
fn is_thousands_space(
    groups: &[String],
    separators: &[char],
    mut ahead: std::iter::Peekable<std::str::Chars<'_>>,
) -> bool {
    let is_space = |c: char| matches!(c, ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}' | '\'' | '’');
    let before = groups.last().map_or(0, String::len);
    let is_group = if separators.is_empty() { before <= 3 } else { before == 3 };
    is_group
        && ahead.next().is_some_and(is_space)
        && ahead.by_ref().take(3).filter_map(decimal).count() == 3
        && ahead.peek().copied().and_then(decimal).is_none()
        && separators.iter().all(|separator| is_space(*separator))
}

/// The digit that `c` stands for, in any script (general category Nd).
pub fn decimal(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c).filter(char::is_ascii_digit);
    }
    let zero = ZEROS.iter().find(|zero| (**zero..=**zero + 9).contains(&u32::from(c)))?;
    char::from_digit(u32::from(c) - zero, 10)
}

/// The zeros of the scripts with digits of their own. The other digits follow each zero in order.
const ZEROS: [u32; 20] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50,
    0xED0, 0xF20, 0x1040, 0x17E0, 0x1810, 0xABF0, 0xFF10,
];

fn canonical(digits: &str) -> String {
    let bare = digits.trim_start_matches('0');
    if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }
}
