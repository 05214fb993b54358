//! Writes dates as a language writes them (CLDR).

use std::collections::BTreeMap;

use icu_datetime::fieldsets::{YM, YMD};
use icu_datetime::input::Date as IcuDate;
use icu_datetime::preferences::CalendarAlgorithm;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};

use crate::model::date::Date;
use crate::model::language::Language;

#[derive(Debug)]
pub struct Dates {
    day: Option<DateTimeFormatter<YMD>>,
    month: Option<DateTimeFormatter<YM>>,
    /// The dates that many pages show, already written.
    known: BTreeMap<Date, String>,
}

impl Dates {
    pub fn new(language: &Language, known: impl Iterator<Item = Date>) -> Dates {
        // Everybody who deals with offices abroad reads the Gregorian calendar, but it is not CLDR's first
        // choice for Persian or Thai.
        let mut preferences = DateTimeFormatterPreferences::from(&language.identifier());
        preferences.calendar_algorithm = Some(CalendarAlgorithm::Gregory);
        let mut dates = Dates {
            day: DateTimeFormatter::try_new(preferences, YMD::long()).ok(),
            month: DateTimeFormatter::try_new(preferences, YM::long()).ok(),
            known: BTreeMap::new(),
        };
        dates.known = known.map(|date| (date, dates.written(date))).collect();
        dates
    }

    /// Writes a date: “22 August 2026”, “July 2015”, “1995”; in ISO 8601 if the language is not known.
    pub fn write(&self, date: Date) -> String {
        self.known.get(&date).cloned().unwrap_or_else(|| self.written(date))
    }

    fn written(&self, date: Date) -> String {
        let number = |part: Option<i8>| part.and_then(|part| u8::try_from(part).ok());
        let (month, day) = (number(date.month), number(date.day));
        let icu = IcuDate::try_new_iso(date.year.into(), month.unwrap_or(1), day.unwrap_or(1)).ok();
        let written = match (icu, month, day) {
            (Some(icu), Some(_), Some(_)) => {
                self.day.as_ref().map(|format| format.format(&icu).to_string())
            }
            (Some(icu), Some(_), None) => {
                self.month.as_ref().map(|format| format.format(&icu).to_string())
            }
            _ => None,
        };
        // Of a language whose months CLDR does not know, it has `M08`.
        let known = written.filter(|written| !written.contains("M0") && !written.contains("M1"));
        known.unwrap_or_else(|| date.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_dates_its_own_way() {
        let written = |tag: &str, date: &str| {
            let date = Date::parse(date).unwrap();
            let language = Language::parse(tag).unwrap();
            let [new, known] =
                [None, Some(date)].map(|known| Dates::new(&language, known.into_iter()));
            assert_eq!(new.write(date), known.write(date));
            known.write(date)
        };
        assert_eq!(written("en-GB", "2026-08-22"), "22 August 2026");
        assert_eq!(written("zh-Hans", "2026-08-22"), "2026年8月22日");
        assert_eq!(written("zh-Hant", "2015-07"), "2015年7月");
        assert_eq!(written("sq", "2026-08-22"), "22 gusht 2026");
        assert_eq!(written("en", "1995"), "1995");
        // The Gregorian calendar is used whatever CLDR prefers.
        assert_eq!(written("pt-BR", "2015-07"), "julho de 2015");
        assert_eq!(written("uz-Arab", "2026-08-22"), "2026-08-22");
        assert_eq!(written("th", "2026-08-22"), "22 สิงหาคม ค.ศ. 2026");
        assert_eq!(written("fa", "2026-08-22"), "۲۲ اوت ۲۰۲۶");
    }
}
