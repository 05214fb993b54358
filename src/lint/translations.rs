//! Compares a translation with its original: missing numbers, and steps in another order.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::file::LintedFile;
use crate::lint::phrases::{is_latin, numbered};
use crate::lint::pieces::{PieceKey, all_numbers, decimal, pieces, section_range};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::fold::is_mark;
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
    /// The numbers of the words that have an id, where there are any.
    numbers: BTreeMap<PieceKey<'a>, (BTreeSet<String>, Span)>,
    sections: Sections<'a>,
    outline: Vec<Option<&'a str>>,
}

/// The ids of the sections: sections without one are the same where all have their places.
fn outline<'a>(page: &LintedFile<'a>) -> Vec<Option<&'a str>> {
    let sections = page.text.body.sections.iter();
    sections.map(|section| section.id.as_ref().map(|id| id.value.as_str())).collect()
}

impl<'a> Original<'a> {
    fn new(guide: &'a Guide, page: &LintedFile<'a>) -> Original<'a> {
        let numbers = pieces(guide, page).into_iter();
        let numbers = numbers.map(|(id, piece)| (id, (piece.words.numbers(page), piece.span)));
        let numbers = numbers.filter(|(_, (numbers, _))| !numbers.is_empty()).collect();
        let sections = Sections::of(page);
        Original { path: &page.text.path, numbers, sections, outline: outline(page) }
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
    let alike = outline(page) == original.outline;
    for (key, piece) in pieces(guide, page) {
        if matches!(key, PieceKey::Section(_)) && !alike {
            continue;
        }
        let Some((numbers, source)) = original.numbers.get(&key) else { continue };
        let here = Figures::new(&piece.words.text(page), page.language(), numbers);
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
    /// Whether it has a number that the original does not have: that may stand for the missing one.
    is_other: bool,
    /// All digits in a row, because numbers are grouped in many ways.
    row: String,
    /// The text in lower case.
    text: String,
    /// The language's words for one to twenty and for the months, where they are known.
    worded: Option<Vec<Vec<&'static str>>>,
    months: Option<Vec<Vec<&'static str>>>,
}

impl Figures {
    fn new(text: &str, language: &Language, original: &BTreeSet<String>) -> Figures {
        let numbers = all_numbers(text);
        Figures {
            is_other: numbers.iter().any(|number| !original.contains(number)),
            numbers,
            row: text.chars().filter_map(decimal).collect(),
            text: text.to_lowercase(),
            worded: numbered(language, "numbers"),
            months: numbered(language, "months"),
        }
    }

    fn has(&self, number: &str) -> bool {
        if let Some((hour, minute)) = number.split_once(':') {
            return self.has_time(number, hour, minute);
        }
        if self.numbers.contains(number) || (number.len() > 2 && self.row.contains(number)) {
            return true;
        }
        let Some(value) = number.parse::<usize>().ok().filter(|value| *value < 100) else {
            return false;
        };
        let mut clocks = self.numbers.iter().filter_map(|here| here.split_once(':'));
        if clocks.any(|(hour, minute)| {
            [hour.to_owned(), other_half(hour)].contains(&value.to_string()) || minute == number
        }) {
            return true;
        }
        // `12` is a month, a dozen or a clock's hour. Every language writes small numbers as words and inflects
        // them; where its words are not known, none is missed.
        let known = self.worded.as_ref().map_or(0, Vec::len);
        let limit = if self.is_other { 12 } else { 20 };
        if value <= limit && (known == 0 || value > known) {
            return true;
        }
        let named = |list: &Option<Vec<Vec<&str>>>| {
            let words = list.as_ref().zip(value.checked_sub(1));
            let words = words.and_then(|(list, index)| list.get(index));
            let mut here = self.text.split(|c: char| !(c.is_alphabetic() || is_mark(c)));
            words.is_some_and(|words| {
                let joined = |known: &&&str| known.contains('-') && self.text.contains(**known);
                words.iter().any(|known| joined(&known))
                    || here.any(|word| words.iter().any(|known| is_form(word, known)))
            })
        };
        named(&self.worded)
            || named(&self.months)
            || chinese(value).iter().any(|word| self.text.contains(word))
    }
}

impl Figures {
    /// Whether a time of day is here, of twelve hours or of twenty-four: `20:30`, `8:30`, `20.30`, `20h30`; where it is
    /// on the hour or a quarter, the hour alone, since those have words in every language.
    fn has_time(&self, time: &str, hour: &str, minute: &str) -> bool {
        let quarter = matches!(minute, "00" | "15" | "30" | "45");
        self.numbers.contains(time)
            || [hour.to_owned(), other_half(hour)].iter().any(|hour| {
                self.numbers.contains(&format!("{hour}:{minute}"))
                    || self.numbers.contains(&format!("{hour}{minute}"))
                    || (self.has(hour) && (quarter || self.numbers.contains(minute)))
            })
    }
}

/// The hour that a clock of twelve hours shows alike: 8 for 20, 20 for 8.
fn other_half(hour: &str) -> String {
    match hour.parse::<u8>() {
        Ok(hour @ 0..=12) => (hour + 12).to_string(),
        Ok(hour) => (hour - 12).to_string(),
        Err(_) => hour.to_owned(),
    }
}

/// Other scripts than Latin write the stems of words, which have endings and prefixes.
fn is_form(word: &str, known: &str) -> bool {
    known == word || (!known.starts_with(is_latin) && word.contains(known))
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
        let figures =
            |text, tag| Figures::new(text, &Language::parse(tag).unwrap(), &BTreeSet::new());
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
        let small = |text, tag, number: &str| figures(text, tag).has(number);
        assert!(small("через три дня", "ru", "3") && !small("через три дня", "ru", "4"));
        assert!(small("tres días", "es", "3") && small("तीन दिन", "hi", "3"));
        assert!(small("خلال ثلاثة أيام", "ar", "3") && small("trois jours en août", "fr", "8"));
        assert!(small("তিন দিন", "bn", "3") && small("três dias", "pt", "3"));
        assert!(small("تین دن", "ur", "3") && !small("تین دن", "ur", "5"));
        for (text, tag) in [
            ("رات 8 بجے", "ur"),
            ("20 h", "fr"),
            ("ab 20 Uhr", "de"),
            ("20.00 น.", "th"),
            ("8 p.m.", "en"),
            ("в восемь вечера", "ru"),
            ("晚上8點", "zh-Hant"),
            ("晚上八点", "zh-Hans"),
            ("٢٠:٠٠", "ar"),
        ] {
            assert!(small(text, tag, "20:00"), "{text}");
        }
        assert!(!small("21:00", "en", "20:00") && !small("в семь вечера", "ru", "20:00"));
        assert!(small("20h45", "fr", "20:45") && !small("20h40", "fr", "20:50"));
        assert!(small("20:00", "fr", "8") && !small("19:00", "fr", "8"));
        for text in ["٥٠٠ ليك", "۵۰۰", "५००", "৫০০", "๕๐๐ บาท", "５００"]
        {
            assert!(figures(text, "ar").has("500"), "{text}");
            assert_eq!(numbers(text), ["500".to_owned()].into(), "{text}");
        }
        assert_eq!(numbers("i18n, OAuth2, Python3, v4.0"), BTreeSet::new());
        assert_eq!(
            numbers("26.08.2023, v 1.2.3, 1.234.567,89 and 2,345,678"),
            ["1", "123456789", "2", "2023", "2345678", "26", "3", "8"].map(str::to_owned).into()
        );
        assert_eq!(
            numbers(
                "10 000 $, 2\u{202F}000, 1\u{A0}234\u{A0}567 and 10'000; +355 4 225 0928, 2 1000"
            ),
            ["10000", "2000", "1234567", "355", "4225", "928", "2", "1000"]
                .map(str::to_owned)
                .into()
        );
        assert_eq!(numbers("4.0 of 500,00, 1.000"), ["4", "500", "1000"].map(str::to_owned).into());
        assert_eq!(
            numbers("20:00, 8 pm, 9:30 a.m., 8 pmol"),
            ["20:00", "8", "9:30"].map(str::to_owned).into()
        );
        assert_eq!(numbers("١٢:٣٠, 1:2:30"), ["12:30", "1", "2:30"].map(str::to_owned).into());
        assert_eq!(numbers("第3步，在30天内"), ["3", "30"].map(str::to_owned).into());
        assert_eq!(
            numbers("a 1,500 b 02 2023-01-05"),
            ["1", "1500", "2", "2023", "5"].map(str::to_owned).into()
        );
    }
}
