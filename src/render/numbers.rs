//! Writes numbers and lists in the way of a language (CLDR).

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_list::ListFormatter;

use crate::model::language::Language;

#[derive(Debug)]
pub struct Numbers(Option<DecimalFormatter>);

impl Numbers {
    pub fn new(language: &Language) -> Numbers {
        let locale = language.identifier().into();
        Numbers(DecimalFormatter::try_new(locale, Default::default()).ok())
    }

    /// Writes a number that is given in plain digits with a decimal point: `1500.5` is “1.500,5” in German.
    pub fn write(&self, number: &str) -> String {
        let decimal = number.parse::<Decimal>().ok();
        let written = self.0.as_ref().zip(decimal);
        written.map_or_else(
            || number.to_owned(),
            |(format, number)| format.format(&number).to_string(),
        )
    }
}

#[derive(Debug)]
pub struct Lists(Option<ListFormatter>);

impl Lists {
    pub fn new(language: &Language) -> Lists {
        let locale = language.identifier().into();
        Lists(ListFormatter::try_new_and(locale, Default::default()).ok())
    }

    /// Writes a list: “A, B and C”.
    pub fn write(&self, entries: &[String]) -> String {
        match &self.0 {
            Some(format) => format.format(entries.iter()).to_string(),
            None => entries.join(", "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_marks_and_digits() {
        let written =
            |tag: &str, number: &str| Numbers::new(&Language::parse(tag).unwrap()).write(number);
        assert_eq!(written("en", "1500"), "1,500");
        assert_eq!(written("de", "1500.5"), "1.500,5");
        assert_eq!(written("fr", "20000"), "20\u{202F}000");
        assert_eq!(written("sq", "0.5"), "0,5");
        // Spanish groups digits only in numbers of five digits or more.
        assert_eq!(written("es", "1500"), "1500");
        assert_eq!(written("hi", "2000000"), "20,00,000");
        assert_eq!(written("fa", "15"), "۱۵");
    }

    #[test]
    fn each_language_has_its_own_and() {
        let written = |tag: &str, entries: &[&str]| {
            let entries: Vec<String> = entries.iter().map(|entry| (*entry).to_owned()).collect();
            Lists::new(&Language::parse(tag).unwrap()).write(&entries)
        };
        assert_eq!(written("en-GB", &["A", "B", "C"]), "A, B and C");
        assert_eq!(written("zh-TW", &["A", "B", "C"]), "A、B和C");
        assert_eq!(written("es", &["francés", "inglés", "italiano"]), "francés, inglés e italiano");
        assert_eq!(written("sq", &["A"]), "A");
    }
}
