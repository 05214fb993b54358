//! Compares a translation with its original: missing numbers, and steps in another order.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::file::LintedFile;
use crate::lint::pieces::{all_numbers, decimal, pieces, section_range};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::Role;
use crate::model::language::Language;
use crate::model::site::Guide;
use crate::model::source::SourcePath;
use crate::model::span::Span;

pub fn compare(guide: &Guide, pages: &[LintedFile<'_>], diagnostics: &mut Vec<Diagnostic>) {
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
    /// The numbers in the words of each id, if there are any.
    numbers: BTreeMap<&'a str, (BTreeSet<String>, Span)>,
    sections: Sections<'a>,
}

impl<'a> Original<'a> {
    fn new(guide: &'a Guide, page: &LintedFile<'a>) -> Original<'a> {
        let numbers = pieces(guide, page).into_iter();
        let numbers = numbers.map(|(id, piece)| (id, (piece.words.numbers(page), piece.span)));
        let numbers = numbers.filter(|(_, (numbers, _))| !numbers.is_empty()).collect();
        Original { path: &page.text.path, numbers, sections: Sections::of(page) }
    }
}

fn figures(
    original: &Original<'_>,
    page: &LintedFile<'_>,
    diagnostics: &mut Vec<Diagnostic>,
    guide: &Guide,
) {
    if original.numbers.is_empty() {
        return;
    }
    for (id, piece) in pieces(guide, page) {
        let Some((numbers, source)) = original.numbers.get(id) else { continue };
        let here = Figures::new(&piece.words.text(page), page.language());
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
    /// All digits in a row, because numbers are grouped in many ways.
    row: String,
    /// The text in lower case.
    text: String,
    /// Whether `WORDS` has the language's words for small numbers.
    worded: bool,
}

/// The languages of `WORDS` and `MONTHS`, and Chinese. Every language writes small numbers as words and
/// inflects them. In a language that is not listed here, missing small numbers are not reported.
const WORDED: [&str; 3] = ["en", "sq", "zh"];

/// The words for one to twelve.
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
    fn new(text: &str, language: &Language) -> Figures {
        let primary = language.tag().split('-').next().unwrap_or("");
        Figures {
            numbers: all_numbers(text),
            row: text.chars().filter_map(decimal).collect(),
            text: text.to_lowercase(),
            worded: WORDED.contains(&primary),
        }
    }

    fn has(&self, number: &str) -> bool {
        if self.numbers.contains(number) || (number.len() > 2 && self.row.contains(number)) {
            return true;
        }
        let Some(value) = number.parse::<usize>().ok().filter(|value| *value < 100) else {
            return false;
        };
        // `12` may be a month, a dozen or an hour.
        if value <= 12 && !self.worded {
            return true;
        }
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

/// The ways in which Chinese writes a number below a hundred: `十五`.
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
    /// The index in `list`, by id.
    places: BTreeMap<&'a str, usize>,
}

struct Counted<'a> {
    id: &'a str,
    span: Span,
    /// How many items its numbered lists have.
    steps: usize,
}

impl<'a> Sections<'a> {
    fn of(page: &LintedFile<'a>) -> Sections<'a> {
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

/// Reports sections that both have in a different order.
fn order(
    original: &Original<'_>,
    written: &Sections<'_>,
    page: &LintedFile<'_>,
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

/// Reports a numbered list with more or fewer items than the original's.
fn steps(
    original: &Original<'_>,
    written: &Sections<'_>,
    page: &LintedFile<'_>,
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
    use crate::lint::pieces::numbers;

    #[test]
    fn numbers_are_found_however_they_are_written() {
        let figures = |text, tag| Figures::new(text, &Language::parse(tag).unwrap());
        let here =
            figures("2023 年 1 月 5 日，十五天，两步，1.500 lek, +355 4 225 0928", "zh-Hans");
        for number in ["2023", "1", "5", "15", "2", "1500", "2250928"] {
            assert!(here.has(number), "{number}");
        }
        assert!(!here.has("129") && !here.has("30"));
        let here = figures("më 5 janar, gjashtë muaj", "sq");
        assert!(here.has("1") && here.has("6") && !here.has("7"));
        assert!(figures("Rs50", "hi").has("50"));
        // Words of a language that is not known here.
        assert!(figures("zwei Wochen", "de").has("2") && !figures("zwei Wochen", "de").has("500"));
        for text in ["٥٠٠ ليك", "۵۰۰", "५००", "৫০০", "๕๐๐ บาท", "５００"]
        {
            assert!(figures(text, "ar").has("500"), "{text}");
            assert_eq!(numbers(text), ["500".to_owned()].into(), "{text}");
        }
        assert_eq!(numbers("i18n, OAuth2, Python3, v4.0"), BTreeSet::new());
        assert_eq!(numbers("4.0 of 500,00, 1.000"), ["4", "500", "1000"].map(str::to_owned).into());
        assert_eq!(numbers("第3步，在30天内"), ["3", "30"].map(str::to_owned).into());
        assert_eq!(
            numbers("a 1,500 b 02 2023-01-05"),
            ["1", "1500", "2", "2023", "5"].map(str::to_owned).into()
        );
    }
}
