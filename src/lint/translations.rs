//! Compares a translation with its original: numbers that are missing, steps in another order.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::Page;
use crate::lint::prose::{Prose, ordered};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::{Item, ItemWords, Role, Section, Translation};
use crate::model::site::Guide;
use crate::model::span::Span;

pub fn compare(guide: &Guide, pages: &[Page<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let original = &guide.original.text;
    let Some(original) = pages.iter().find(|page| page.text.path == original.path) else { return };
    let pieces = pieces(guide, original);
    let wanted = pieces.iter().map(|(id, piece)| (&**id, Wanted::of(piece)));
    let wanted: BTreeMap<&str, Wanted> =
        wanted.filter(|(_, wanted)| !wanted.numbers.is_empty()).collect();
    for page in pages.iter().filter(|page| matches!(page.text.role, Role::Translation(_))) {
        figures(original, &wanted, page, diagnostics, guide);
        order(original, page, diagnostics);
        steps(original, page, diagnostics);
    }
}

/// The words that have one id.
struct Piece {
    text: String,
    /// Of the heading or the id.
    span: Span,
}

/// The numbers of an original's words.
struct Wanted {
    numbers: BTreeSet<String>,
    span: Span,
}

impl Wanted {
    fn of(piece: &Piece) -> Wanted {
        Wanted { numbers: numbers(&piece.text), span: piece.span }
    }
}

fn pieces(guide: &Guide, page: &Page<'_>) -> BTreeMap<String, Piece> {
    let mut pieces = BTreeMap::new();
    let text = page.text;
    let mut add = |id: &str, text: String, span: Span| {
        pieces.insert(id.to_owned(), Piece { text, span });
    };
    add("the title", text.title.value.to_string(), text.title.span);
    if let Some(summary) = &text.summary {
        add("the summary", summary.to_string(), text.title.span);
    }
    match &text.role {
        Role::Original(facts) => {
            let remedies: BTreeMap<Span, &str> = facts
                .eligibility
                .iter()
                .filter_map(|one| Some((one.item.span, &*one.remedy.as_ref()?.plain)))
                .collect();
            for (_, item) in facts.items() {
                let Some(id) = &item.id else { continue };
                let remedy = remedies.get(&item.span).copied().unwrap_or("");
                add(id.value.as_str(), item_text(item, remedy), id.span);
            }
        }
        Role::Translation(words) => {
            for (id, item) in &words.items {
                add(id.as_str(), words_text(item), item.span);
            }
        }
    }
    let mut notes = String::new();
    for (index, section) in text.body.sections.iter().enumerate() {
        let written = section_text(&page.prose, text, index, &mut notes);
        let Some(id) = &section.id else { continue };
        // An item that has words in the front matter too was reported.
        if !guide.items.contains(&id.value) || !written.trim().is_empty() {
            add(id.value.as_str(), written, section.span);
        }
    }
    if let Some(section) = text.body.sections.first().filter(|_| !notes.is_empty()) {
        add("the footnotes", notes, section.span);
    }
    pieces
}

fn item_text(item: &Item, remedy: &str) -> String {
    let title = item.title.as_ref().map_or("", |title| &title.plain);
    let text = item.text.as_ref().map_or(String::new(), |text| without_tags(&text.html));
    format!("{title} {text} {remedy}")
}

fn words_text(item: &ItemWords) -> String {
    let plain = |line: &Option<crate::model::markup::Inline>| {
        line.as_ref().map_or(String::new(), |line| line.plain.to_string())
    };
    let text = item.text.as_ref().map_or(String::new(), |text| without_tags(&text.html));
    format!("{} {text} {}", plain(&item.title), plain(&item.remedy))
}

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for piece in html.split('<') {
        text.push(' ');
        text.push_str(piece.split_once('>').map_or(piece, |(_, behind)| behind));
    }
    text
}

/// The heading and the text below it, down to the next heading; footnotes go to `notes`.
fn section_text(prose: &Prose, text: &Translation, index: usize, notes: &mut String) -> String {
    let range = section_range(prose, text, index);
    let first = prose.blocks.partition_point(|block| block.range.end <= range.start);
    let mut written = String::new();
    for block in prose.blocks.iter().skip(first).take_while(|one| one.range.start < range.end) {
        let words = prose.of(&block.range);
        if let Some((_, note)) = words.strip_prefix("[^").and_then(|note| note.split_once("]:")) {
            notes.push_str(note);
            notes.push(' ');
            continue;
        }
        // The number of an item of a list is none of the text.
        let bare = if ordered(words) {
            words.trim_start_matches(|c: char| c.is_ascii_digit())
        } else {
            words
        };
        written.push_str(bare);
        written.push(' ');
    }
    written
}

fn section_range(prose: &Prose, text: &Translation, index: usize) -> std::ops::Range<usize> {
    let start = |section: &Section| section.span.range().start;
    let sections = &text.body.sections;
    let from = sections.get(index).map_or(prose.words.len(), start);
    let to = sections.get(index + 1).map_or(prose.words.len(), start);
    from..to.max(from)
}

fn figures(
    original: &Page<'_>,
    wanted: &BTreeMap<&str, Wanted>,
    page: &Page<'_>,
    diagnostics: &mut Vec<Diagnostic>,
    guide: &Guide,
) {
    for (id, piece) in pieces(guide, page) {
        let Some(source) = wanted.get(&*id) else { continue };
        let here = Figures::new(&piece.text);
        let missing: Vec<String> = source
            .numbers
            .iter()
            .filter(|number| !here.has(number))
            .map(|number| format!("`{number}`"))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let (is, it) = if missing.len() == 1 { ("is", "it") } else { ("are", "them") };
        let message = format!("{} of the original {is} missing here", missing.join(", "));
        diagnostics.push(
            page.fault(Code::MissingFigure, piece.span.range(), message)
                .related(&original.text.path, source.span, "the original")
                .hint(format!("write {it} here too, or take {it} out of the original")),
        );
    }
}

/// The numbers of a text, each once: `1,500` is 1500, `2023-01-05` is 2023, 1 and 5.
fn numbers(text: &str) -> BTreeSet<String> {
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

/// What a translation may write for a number: digits, or a word.
struct Figures {
    numbers: BTreeSet<String>,
    /// All digits in a row: numbers are grouped in many ways.
    row: String,
    words: BTreeSet<String>,
    text: String,
}

/// One to twelve.
const WORDS: [&[&str]; 12] = [
    &["one", "një", "once", "single"],
    &["two", "dy", "twice", "dyja", "both"],
    &["three", "tri", "tre"],
    &["four", "katër"],
    &["five", "pesë"],
    &["six", "gjashtë"],
    &["seven", "shtatë"],
    &["eight", "tetë"],
    &["nine", "nëntë"],
    &["ten", "dhjetë"],
    &["eleven", "njëmbëdhjetë"],
    &["twelve", "dymbëdhjetë"],
];

const MONTHS: [&[&str]; 12] = [
    &["january", "janar"],
    &["february", "shkurt"],
    &["march", "mars"],
    &["april", "prill"],
    &["may", "maj"],
    &["june", "qershor"],
    &["july", "korrik"],
    &["august", "gusht"],
    &["september", "shtator"],
    &["october", "tetor"],
    &["november", "nëntor"],
    &["december", "dhjetor"],
];

impl Figures {
    fn new(text: &str) -> Figures {
        let lower = text.to_lowercase();
        Figures {
            numbers: numbers(text),
            row: text.chars().filter(char::is_ascii_digit).collect(),
            words: lower.split(|c: char| !c.is_alphabetic()).map(str::to_owned).collect(),
            text: lower,
        }
    }

    fn has(&self, number: &str) -> bool {
        if self.numbers.contains(number) || (number.len() > 2 && self.row.contains(number)) {
            return true;
        }
        let Some(value) = number.parse::<usize>().ok().filter(|value| *value < 100) else {
            return false;
        };
        let named = |list: &[&[&str]; 12]| {
            let index = value.checked_sub(1).and_then(|index| list.get(index));
            index.is_some_and(|words| words.iter().any(|word| self.words.contains(*word)))
        };
        named(&WORDS)
            || named(&MONTHS)
            || chinese(value).iter().any(|word| self.text.contains(word))
    }
}

/// `十五`, as Chinese writes numbers below a hundred.
fn chinese(value: usize) -> Vec<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |value: usize| DIGITS.get(value).copied().unwrap_or("");
    let tens = match value / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", digit(tens)),
    };
    let written = format!("{tens}{}", digit(value % 10));
    match value {
        0 => vec!["零".to_owned()],
        2 => vec![written, "两".to_owned(), "兩".to_owned()],
        _ => vec![written],
    }
}

/// Sections that both have stand in one order.
fn order(original: &Page<'_>, page: &Page<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let named = |text: &Translation| -> Vec<(String, Span)> {
        let sections = text.body.sections.iter();
        sections.filter_map(|one| Some((one.id.as_ref()?.value.to_string(), one.span))).collect()
    };
    let (wanted, written) = (named(original.text), named(page.text));
    let places: BTreeMap<&str, usize> =
        wanted.iter().enumerate().map(|(index, (id, _))| (id.as_str(), index)).collect();
    let mut last: Option<usize> = None;
    for (id, span) in &written {
        let Some(place) = places.get(id.as_str()).copied() else { continue };
        if let Some((before, source)) =
            last.filter(|last| *last > place).and_then(|last| wanted.get(last))
        {
            let message = format!("`{id}` stands behind `{before}`, and before it in the original");
            diagnostics.push(
                page.fault(Code::DifferentSteps, span.range(), message)
                    .related(&original.text.path, *source, format!("`{before}` in the original"))
                    .hint("put the sections into the original's order"),
            );
            return;
        }
        last = Some(place);
    }
}

/// A numbered list has as many items as the original's.
fn steps(original: &Page<'_>, page: &Page<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let counts = |page: &Page<'_>| -> BTreeMap<String, (usize, Span)> {
        let sections = page.text.body.sections.iter().enumerate();
        sections
            .filter_map(|(index, section)| {
                let range = section_range(&page.prose, page.text, index);
                let first = page.prose.blocks.partition_point(|one| one.range.end <= range.start);
                let inside = page.prose.blocks.iter().skip(first);
                let count = inside
                    .take_while(|one| one.range.start < range.end)
                    .filter(|one| ordered(page.prose.of(&one.range)))
                    .count();
                Some((section.id.as_ref()?.value.to_string(), (count, section.span)))
            })
            .collect()
    };
    let wanted = counts(original);
    for (id, (count, span)) in counts(page) {
        let Some((steps, source)) = wanted.get(&id).filter(|(steps, _)| *steps != count) else {
            continue;
        };
        let message = format!("{count} numbered steps stand here, {steps} in the original");
        diagnostics.push(
            page.fault(Code::DifferentSteps, span.range(), message)
                .related(&original.text.path, *source, "the original")
                .hint("write as many steps as the original has"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_however_they_are_written() {
        let here = Figures::new("2023 年 1 月 5 日，十五天，两步，1.500 lek, +355 4 225 0928");
        for number in ["2023", "1", "5", "15", "2", "1500", "2250928"] {
            assert!(here.has(number), "{number}");
        }
        assert!(!here.has("129") && !here.has("30"));
        assert!(Figures::new("më 5 janar, gjashtë muaj").has("1"));
        assert!(Figures::new("më 5 janar, gjashtë muaj").has("6"));
        assert_eq!(
            numbers("a 1,500 b 02 2023-01-05"),
            ["1", "1500", "2", "2023", "5"].map(str::to_owned).into()
        );
    }
}
