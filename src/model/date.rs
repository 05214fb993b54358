//! Dates as content writes them (a year, a month or a day), lengths of time, and costs.

use std::fmt;

use jiff::ToSpan;
use jiff::civil;

/// A year, or a month or day of it (ISO 8601: `1995`, `2015-07`, `2023-01-01`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub year: i16,
    /// The month, from 1 to 12; `None` where only the year is given.
    pub month: Option<i8>,
    /// The day of the month, from 1; `None` where only a year or month is given.
    pub day: Option<i8>,
}

impl Date {
    /// `None` where `text` is not a date of the calendar.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|part| digits(part, 2).ok_or(())).transpose().ok()?;
        let day = parts.next().map(|part| digits(part, 2).ok_or(())).transpose().ok()?;
        if parts.next().is_some() {
            return None;
        }
        let month = month.map(i8::try_from).transpose().ok()?;
        let day = day.map(i8::try_from).transpose().ok()?;
        civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Date { year, month, day })
    }

    /// The date that is `days` days after 1 January 1970.
    pub fn since_epoch(days: u64) -> Date {
        let days = i32::try_from(days).unwrap_or(i32::MAX);
        let epoch = civil::Date::constant(1970, 1, 1);
        let day = epoch.checked_add(days.days()).unwrap_or(civil::Date::MAX);
        Date::day(day.year(), day.month(), day.day())
    }

    /// A date with year, month and day.
    pub fn day(year: i16, month: i8, day: i8) -> Date {
        Date { year, month: Some(month), day: Some(day) }
    }

    /// Whether this date, taken as a whole, is later than all of `other`: `2015-07` is not after `2015`.
    pub fn is_after(self, other: Date) -> bool {
        let year = self.year.cmp(&other.year);
        let both = |one: Option<i8>, two: Option<i8>| match (one, two) {
            (Some(one), Some(two)) => one.cmp(&two),
            _ => std::cmp::Ordering::Equal,
        };
        let month = both(self.month, other.month);
        // Days are only compared within one month.
        let day = match (self.month, other.month) {
            (Some(_), Some(_)) => both(self.day, other.day),
            _ => std::cmp::Ordering::Equal,
        };
        year.then(month).then(day).is_gt()
    }

    /// The day that is `interval` later. `None` where this is not a full date, or the calendar ends before.
    pub fn after(self, interval: Interval) -> Option<Date> {
        let start = civil::Date::new(self.year, self.month?, self.day?).ok()?;
        let amount = i64::from(interval.amount);
        let span = match interval.unit {
            TimeUnit::Minute | TimeUnit::Hour => 0.days(),
            TimeUnit::Day => amount.days(),
            TimeUnit::Week => amount.weeks(),
            TimeUnit::Month => amount.months(),
            TimeUnit::Year => amount.years(),
        };
        let end = start.checked_add(span).ok()?;
        Some(Date::day(end.year(), end.month(), end.day()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

fn digits(text: &str, count: usize) -> Option<i16> {
    let sound = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if sound { text.parse().ok() } else { None }
}

/// A unit of time, as an interval or a duration names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl TimeUnit {
    const ALL: [TimeUnit; 6] = [
        TimeUnit::Minute,
        TimeUnit::Hour,
        TimeUnit::Day,
        TimeUnit::Week,
        TimeUnit::Month,
        TimeUnit::Year,
    ];

    /// The unit as it is written after a number: `30min`, `6mo`.
    pub fn as_str(self) -> &'static str {
        match self {
            TimeUnit::Minute => "min",
            TimeUnit::Hour => "h",
            TimeUnit::Day => "d",
            TimeUnit::Week => "w",
            TimeUnit::Month => "mo",
            TimeUnit::Year => "y",
        }
    }
}

/// A number of some unit of time: `6mo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    pub amount: u32,
    pub unit: TimeUnit,
}

impl Interval {
    /// `None` where `text` is not a whole number and a unit.
    pub fn parse(text: &str) -> Option<Interval> {
        let end = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = text.split_at_checked(end)?;
        let unit = TimeUnit::ALL.into_iter().find(|known| known.as_str() == unit.trim_start())?;
        Some(Interval { amount: number.parse().ok()?, unit })
    }
}

/// How long something takes: `30min`, `10-20min`, or `unknown`. A single number is both `least` and `most`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duration {
    Unknown,
    Known { least: u32, most: u32, unit: TimeUnit },
}

impl Duration {
    /// `None` where `text` is not a duration, or a range that runs backwards.
    pub fn parse(text: &str) -> Option<Duration> {
        if text == "unknown" {
            return Some(Duration::Unknown);
        }
        let (least, rest) = match text.split_once(['-', '–']) {
            Some((least, rest)) => (Some(least.trim().parse::<u32>().ok()?), rest.trim()),
            None => (None, text),
        };
        let Interval { amount, unit } = Interval::parse(rest)?;
        let least = least.unwrap_or(amount);
        (least <= amount).then_some(Duration::Known { least, most: amount, unit })
    }
}

/// What something costs: `free`, `unknown`, `500 ALL`, `0-500 ALL`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cost {
    Unknown,
    Free,
    /// The amounts are kept as they were written; `currency` is an ISO 4217 code.
    Known {
        least: Option<String>,
        most: String,
        currency: String,
    },
}

impl Cost {
    /// `None` where `text` is not a cost, or could be read in two ways.
    pub fn parse(text: &str) -> Option<Cost> {
        match text {
            "unknown" => return Some(Cost::Unknown),
            "free" => return Some(Cost::Free),
            _ => {}
        }
        let (amount, currency) = text.rsplit_once(' ')?;
        let (least, most) = match amount.split_once(['-', '–']) {
            Some((least, most)) => (Some(least.trim()), most.trim()),
            None => (None, amount.trim()),
        };
        // `1.000` is a thousand in half of the world, and one in the other half.
        let ambiguous = |text: &str| {
            let parts = text.split_once('.');
            parts.is_some_and(|(whole, rest)| rest.len() == 3 && !matches!(whole, "" | "0"))
        };
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.');
        let number = |text: &str| digits(text) && text.parse::<f64>().is_ok() && !ambiguous(text);
        let code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
        (code && number(most) && least.is_none_or(number)).then(|| Cost::Known {
            least: least.map(str::to_owned),
            most: most.to_owned(),
            currency: currency.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_years_months_or_days_of_the_calendar() {
        assert_eq!(Date::parse("1995").map(|date| date.to_string()).as_deref(), Some("1995"));
        assert_eq!(Date::parse("2015-07").map(|date| date.to_string()).as_deref(), Some("2015-07"));
        assert_eq!(Date::parse("2024-02-29"), Some(Date::day(2024, 2, 29)));
        for wrong in ["", "95", "2023-02-29", "2023-13", "2023-1-1", "2023-01-01-01", "today"] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn months_are_added_by_the_calendar() {
        let six = Interval::parse("6mo").unwrap();
        assert_eq!(Date::day(2026, 8, 31).after(six), Some(Date::day(2027, 2, 28)));
    }

    #[test]
    fn an_amount_can_be_read_in_one_way_only() {
        for text in
            ["1000 ALL", "0.5 EUR", "1.5 EUR", "0-500 ALL", "0.125 KWD", "12.50 – 13.50 EUR"]
        {
            assert!(Cost::parse(text).is_some(), "{text}");
        }
        for text in [
            "1.000 ALL",
            "1,000 ALL",
            "500-1.000 ALL",
            "12.500 EUR",
            "1.000.000 ALL",
            "-5 ALL",
            "inf ALL",
        ] {
            assert_eq!(Cost::parse(text), None, "{text}");
        }
    }

    #[test]
    fn durations_have_a_unit_and_may_be_a_range() {
        let known = |least, most, unit| Some(Duration::Known { least, most, unit });
        assert_eq!(Duration::parse("30min"), known(30, 30, TimeUnit::Minute));
        assert_eq!(Duration::parse("10-20min"), known(10, 20, TimeUnit::Minute));
        assert_eq!(Duration::parse("unknown"), Some(Duration::Unknown));
        for wrong in ["30", "min", "20-10min", "-5d", "a few days", ""] {
            assert_eq!(Duration::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn costs_name_their_currency() {
        assert!(matches!(Cost::parse("0-500 ALL"), Some(Cost::Known { least: Some(_), .. })));
        for wrong in ["500", "500 lek", "x ALL", "-5 ALL"] {
            assert_eq!(Cost::parse(wrong), None, "{wrong}");
        }
    }
}
