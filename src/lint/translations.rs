//! Compares a translation with its original: numbers that are missing, steps in another order.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::Page;
use crate::lint::pieces::{numbers, pieces, section_range};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::Role;
use crate::model::site::Guide;
use crate::model::source::SourcePath;
use crate::model::span::Span;

pub fn compare(guide: &Guide, pages: &[Page<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let original = &guide.original.text;
    let Some(original) = pages.iter().find(|page| page.text.path == original.path) else { return };
    let mut translations =
        pages.iter().filter(|page| matches!(page.text.role, Role::Translation(_))).peekable();
    if translations.peek().is_none() {
        return;
    }
    let original = Original::new(guide, original);
    for page in translations {
        figures(&original, page, diagnostics, guide);
        let sections = Sections::of(page);
        order(&original, &sections, page, diagnostics);
        steps(&original, &sections, page, diagnostics);
    }
}

/// What a translation is compared with.
struct Original<'a> {
    path: &'a SourcePath,
    /// The numbers of the words that have an id, where there are any.
    numbers: BTreeMap<&'a str, (BTreeSet<String>, Span)>,
    sections: Sections<'a>,
}

impl<'a> Original<'a> {
    fn new(guide: &'a Guide, page: &Page<'a>) -> Original<'a> {
        let numbers = pieces(guide, page).into_iter();
        let numbers = numbers.map(|(id, piece)| (id, (piece.words.numbers(page), piece.span)));
        let numbers = numbers.filter(|(_, (numbers, _))| !numbers.is_empty()).collect();
        Original { path: &page.text.path, numbers, sections: Sections::of(page) }
    }
}

fn figures(
    original: &Original<'_>,
    page: &Page<'_>,
    diagnostics: &mut Vec<Diagnostic>,
    guide: &Guide,
) {
    if original.numbers.is_empty() {
        return;
    }
    for (id, piece) in pieces(guide, page) {
        let Some((numbers, source)) = original.numbers.get(id) else { continue };
        let here = Figures::new(&piece.words.text(page));
        let missing: Vec<String> = numbers
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
                .related(original.path, *source, "the original")
                .hint(format!("write {it} here too, or take {it} out of the original")),
        );
    }
}

/// What a translation may write for a number: digits, or a word.
struct Figures {
    numbers: BTreeSet<String>,
    /// All digits in a row: numbers are grouped in many ways.
    row: String,
    /// In lower case.
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
        Figures {
            numbers: numbers(text),
            row: text.chars().filter(char::is_ascii_digit).collect(),
            text: text.to_lowercase(),
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
            let words = value.checked_sub(1).and_then(|index| list.get(index));
            let mut here = self.text.split(|c: char| !c.is_alphabetic());
            words.is_some_and(|words| here.any(|word| words.contains(&word)))
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

/// The sections that have an id.
struct Sections<'a> {
    list: Vec<Counted<'a>>,
    /// In `list`, by id.
    places: BTreeMap<&'a str, usize>,
}

struct Counted<'a> {
    id: &'a str,
    span: Span,
    /// How many items its numbered lists have.
    steps: usize,
}

impl<'a> Sections<'a> {
    fn of(page: &Page<'a>) -> Sections<'a> {
        let sections = page.text.body.sections.iter().enumerate();
        let counted = sections.filter_map(|(index, section)| {
            let id = section.id.as_ref()?.value.as_str();
            let section_range = section_range(page, index);
            let numbered = page.prose.numbered.iter();
            let steps = numbered.filter(|at| section_range.contains(*at)).count();
            Some(Counted { id, span: section.span, steps })
        });
        let list: Vec<Counted<'a>> = counted.collect();
        let places = list.iter().enumerate().map(|(place, one)| (one.id, place)).collect();
        Sections { list, places }
    }

    fn get(&self, id: &str) -> Option<&Counted<'a>> {
        self.list.get(*self.places.get(id)?)
    }
}

/// Sections that both have stand in one order.
fn order(
    original: &Original<'_>,
    written: &Sections<'_>,
    page: &Page<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let wanted = &original.sections;
    let mut last: Option<usize> = None;
    for Counted { id, span, .. } in &written.list {
        let Some(place) = wanted.places.get(id).copied() else { continue };
        if let Some(before) =
            last.filter(|last| *last > place).and_then(|last| wanted.list.get(last))
        {
            let Counted { id: before, span: source, .. } = before;
            let message = format!("`{id}` stands behind `{before}`, and before it in the original");
            diagnostics.push(
                page.fault(Code::DifferentSteps, span.range(), message)
                    .related(original.path, *source, format!("`{before}` in the original"))
                    .hint("put the sections into the original's order"),
            );
            return;
        }
        last = Some(place);
    }
}

/// A numbered list has as many items as the original's.
fn steps(
    original: &Original<'_>,
    written: &Sections<'_>,
    page: &Page<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for id in written.places.keys() {
        let both = written.get(id).zip(original.sections.get(id));
        let Some((here, source)) = both.filter(|(here, source)| here.steps != source.steps) else {
            continue;
        };
        let (count, steps) = (here.steps, source.steps);
        let message = format!("{count} numbered steps stand here, {steps} in the original");
        diagnostics.push(
            page.fault(Code::DifferentSteps, here.span.range(), message)
                .related(original.path, source.span, "the original")
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
