//! The words of a page by the id that a translation shares with its original, and their numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::lint::Page;
use crate::lint::numbers::DIGITS;
use crate::lint::prose::Block;
use crate::model::guide::{Role, Section};
use crate::model::region::RegionKind;
use crate::model::site::Guide;
use crate::model::span::Span;

/// The words that have one id.
pub struct Piece<'a> {
    pub words: Words<'a>,
    /// Of the heading or the id.
    pub span: Span,
}

/// Where words stand; few of them are ever put together.
pub enum Words<'a> {
    Line(&'a str),
    /// Of an item in the front matter, by their places there.
    Item(&'a [Span]),
    /// A section, by its place.
    Section(usize),
    /// The footnotes of the whole text.
    Notes,
}

impl Words<'_> {
    pub fn text(&self, page: &Page<'_>) -> String {
        match self {
            Words::Line(line) => (*line).to_owned(),
            Words::Item(spans) => joined(spans.iter().map(|span| page.prose.of(&span.range()))),
            Words::Section(index) => {
                let blocks = section_blocks(page, *index).iter();
                joined(blocks.filter_map(|block| text_of(page, block)))
            }
            Words::Notes => joined(notes(page)),
        }
    }

    pub fn numbers(&self, page: &Page<'_>) -> BTreeSet<String> {
        let has = |text: &str| DIGITS.find(text.as_bytes()).is_some();
        let any = match self {
            Words::Line(line) => has(line),
            Words::Item(spans) => spans.iter().any(|span| has(page.prose.of(&span.range()))),
            Words::Section(index) => match section_blocks(page, *index) {
                [first, .., last] => has(page.prose.of(&(first.range.start..last.range.end))),
                _ => true,
            },
            Words::Notes => true,
        };
        if any { numbers(&self.text(page)) } else { BTreeSet::new() }
    }
}

pub fn pieces<'a>(guide: &Guide, page: &Page<'a>) -> BTreeMap<&'a str, Piece<'a>> {
    let mut pieces = BTreeMap::new();
    let text = page.text;
    let mut add = |id: &'a str, words: Words<'a>, span: Span| {
        pieces.insert(id, Piece { words, span });
    };
    add("the title", Words::Line(&text.title.value), text.title.span);
    if let Some(summary) = &text.summary {
        add("the summary", Words::Line(summary), text.title.span);
    }
    match &text.role {
        Role::Original(facts) => {
            for (_, item) in facts.items() {
                let Some(id) = &item.id else { continue };
                add(id.value.as_str(), Words::Item(&item.wording.spans), id.span);
            }
        }
        Role::Translation(words) => {
            for (id, item) in &words.items {
                add(id.as_str(), Words::Item(&item.wording.spans), item.span);
            }
        }
    }
    let sections = &text.body.sections;
    for (index, section) in sections.iter().enumerate() {
        let Some(id) = &section.id else { continue };
        let mut written = section_blocks(page, index).iter().filter_map(|one| text_of(page, one));
        // An item that has words in the front matter too was reported.
        if !guide.items.contains(&id.value) || written.any(|text| !text.trim().is_empty()) {
            add(id.value.as_str(), Words::Section(index), section.span);
        }
    }
    if let Some(section) = sections.first().filter(|_| notes(page).next().is_some()) {
        add("the footnotes", Words::Notes, section.span);
    }
    pieces
}

/// The heading and the text below it, down to the next heading.
pub fn section_range(page: &Page<'_>, index: usize) -> Range<usize> {
    let start = |section: &Section| section.span.range().start;
    let sections = &page.text.body.sections;
    let from = sections.get(index).map_or(page.source.len(), start);
    let to = sections.get(index + 1).map_or(page.source.len(), start);
    from..to.max(from)
}

fn section_blocks<'a>(page: &'a Page<'_>, index: usize) -> &'a [Block] {
    page.prose.blocks_in(&section_range(page, index))
}

/// The paragraphs of footnotes.
fn notes<'a>(page: &'a Page<'_>) -> impl Iterator<Item = &'a str> {
    let sections = 0..page.text.body.sections.len();
    let blocks = sections.flat_map(|index| section_blocks(page, index));
    let notes = blocks.filter(|block| block.kind == RegionKind::Note);
    notes.map(|block| page.prose.of(&block.range))
}

/// The words of a block that is no footnote.
fn text_of<'a>(page: &'a Page<'_>, block: &Block) -> Option<&'a str> {
    (block.kind != RegionKind::Note).then(|| page.prose.of(&block.range))
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.flat_map(|text| [text, " "]).collect()
}

/// The numbers of a text, each once: `1,500` is 1500, `2023-01-05` is 2023, 1 and 5.
pub fn numbers(text: &str) -> BTreeSet<String> {
    let mut numbers = BTreeSet::new();
    let mut number = String::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let digit = c.is_ascii_digit();
        let within = matches!(c, '.' | ',')
            && !number.is_empty()
            && characters.peek().is_some_and(char::is_ascii_digit);
        if digit {
            number.push(c);
        } else if !within && !number.is_empty() {
            numbers.insert(canonical(&std::mem::take(&mut number)));
        }
    }
    if !number.is_empty() {
        numbers.insert(canonical(&number));
    }
    numbers
}

fn canonical(digits: &str) -> String {
    let bare = digits.trim_start_matches('0');
    if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }
}
