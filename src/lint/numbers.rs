//! Telephone numbers beside operators' names: another operator's, nobody's, or an emergency number.

use std::ops::Range;

use crate::lint::file::LintedFile;
use crate::lint::names::Mention;
use crate::lint::phrases::{CALL, DENIAL, EMERGENCY, HOTLINE, NUMBER, UNITS};
use crate::lint::pieces::decimal;
use crate::model::bytes::Bytes;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::operator::{Channel, Country, Emergency, Operator, Registry};
use crate::model::vocabulary::ChannelKind;

/// Languages that are also written with digits of their own.
const NATIVE: &[&str] = &[
    "ar", "as", "bn", "ckb", "fa", "gu", "hi", "km", "kn", "lo", "ml", "mr", "my", "ne", "or",
    "pa", "ps", "sd", "ta", "te", "th", "ur",
];

pub static DIGITS: Bytes<1> = Bytes::of([(b'0', b'9')]);

pub fn check(
    page: &LintedFile<'_>,
    mentions: &[Mention<'_, '_>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut places: Vec<usize> = DIGITS.places(page.prose.words.as_bytes()).collect();
    if NATIVE.contains(&page.language().tag().split('-').next().unwrap_or_default()) {
        let letters = page.prose.words.char_indices();
        places.extend(letters.filter(|(_, c)| !c.is_ascii() && is_digit(*c)).map(|(at, _)| at));
        places.sort_unstable();
    }
    for sentence in page.prose.sentences_with(places) {
        let text = page.prose.of(&sentence);
        let numbers = numbers(text, sentence.start);
        if numbers.is_empty() {
            continue;
        }
        let lower = text.to_lowercase();
        let language = page.language();
        if DENIAL.are_in(&lower, language) {
            continue;
        }
        let called = CALL.are_in(&lower, language) || NUMBER.are_in(&lower, language);
        let first = mentions.partition_point(|mention| mention.range.end <= sentence.start);
        let end = mentions.partition_point(|mention| mention.range.start < sentence.end);
        let named = mentions.get(first..end).unwrap_or_default();
        diagnostics.extend(numbers.into_iter().filter_map(|number| {
            // A row of a table is understood by the head of the column.
            let head = page.prose.head(number.start).to_lowercase();
            let head = Some(head).filter(|head| CALL.are_in(head, language));
            let lower = match &head {
                Some(head) => format!("{head} {lower}"),
                None if called => lower.clone(),
                None => return None,
            };
            NumberJudge { page, named, lower: &lower, headed: head.is_some() }.number(&number)
        }));
    }
}

/// Runs of digits that may be telephone numbers, rather than years, amounts or parts of names.
fn numbers(text: &str, offset: usize) -> Vec<Range<usize>> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(is_digit)) {
        let digits = at + found;
        let start = if text.get(..digits).is_some_and(|head| head.ends_with('+')) {
            digits - 1
        } else {
            digits
        };
        let rest = text.get(digits..).unwrap_or("");
        // A long number is written in groups.
        let first = rest.chars().next().and_then(decimal);
        let grouped = start < digits || first == Some('0');
        let inside = |c: char| is_digit(c) || (grouped && (c == ' ' || c == '-'));
        let run = rest.get(..rest.find(|c| !inside(c)).unwrap_or(rest.len())).unwrap_or("");
        let run = run.trim_end_matches([' ', '-']);
        at = digits + run.len();
        let before = text.get(..start).and_then(|head| head.chars().next_back());
        let behind = text.get(at..).unwrap_or("");
        if is_telephone(run, before, behind) {
            numbers.push(offset + start..offset + at);
        }
    }
    numbers
}

fn is_digit(c: char) -> bool {
    decimal(c).is_some()
}

fn is_telephone(run: &str, before: Option<char>, behind: &str) -> bool {
    let dialled = digits(run);
    let count = dialled.len();
    let year = count == 4 && (dialled.starts_with("19") || dialled.starts_with("20"));
    let glued = before.is_some_and(|c| c.is_ascii_alphanumeric() || ".,-–/:#€£$".contains(c));
    let more = behind.starts_with(|c: char| c.is_ascii_alphabetic())
        || (behind.starts_with(['.', ',', ':', '-', '–', '/'])
            && behind.chars().nth(1).is_some_and(is_digit));
    let unit = behind.trim_start().get(..behind.trim_start().floor_char_boundary(12)).unwrap_or("");
    let unit = unit.to_lowercase();
    (3..=15).contains(&count)
        && !year
        && !glued
        && !more
        && !UNITS.iter().any(|known| unit.starts_with(known))
}

struct NumberJudge<'a> {
    page: &'a LintedFile<'a>,
    named: &'a [Mention<'a, 'a>],
    /// The sentence in lower case, after the head of its column.
    lower: &'a str,
    /// Whether the head of its column says that a number is one to call.
    headed: bool,
}

impl NumberJudge<'_> {
    fn registry(&self) -> &Registry {
        &self.page.site.registry
    }

    fn number(&self, range: &Range<usize>) -> Option<Diagnostic> {
        let digits = digits(self.page.prose.of(range));
        let Some(mention) = self.owner(range) else { return self.unowned(range, &digits) };
        let operator = mention.name.today;
        let written = mention.name.operator;
        if has(operator, &digits) || has(written, &digits) || self.is_regulators(&digits) {
            return None;
        }
        let country = self.country(operator.id.country());
        if let Some((country, emergency)) =
            country.and_then(|one| Some((one, urgent(one, &digits)?)))
        {
            return self.emergency(
                range,
                Some(&mention.name.text),
                country,
                emergency,
                Some(operator),
            );
        }
        let other = self.registry().operators.values().find(|other| has(other, &digits));
        let name = operator.name.get(self.page.language());
        let number = self.page.prose.of(range);
        let fault = |message| self.page.fault(Code::WrongNumber, range.clone(), message);
        let Some(other) = other else {
            if !self.is_called(range) {
                return None;
            }
            let message = format!("the registry knows no number `{number}` of `{name}`");
            let mut fault = fault(message).hint(own_numbers(operator, name));
            // The registry may be incomplete.
            fault.severity = crate::model::diagnostic::Severity::Warning;
            return Some(fault);
        };
        let owner = other.name.get(self.page.language());
        let mut fault = fault(format!("`{number}` is no number of `{name}`, but of `{owner}`"));
        if let Some(value) = channel(other, &digits).and_then(|channel| channel.value.as_ref()) {
            fault = fault.related(&other.path, value.span, format!("a number of {owner}"));
        }
        Some(fault.hint(own_numbers(operator, name)))
    }

    /// Whether the words just before a number say that it is one to call.
    fn is_called(&self, range: &Range<usize>) -> bool {
        let words = &self.page.prose.words;
        let start = words.ceil_char_boundary(range.start.saturating_sub(30));
        let before = self.page.prose.of(&(start..range.start)).to_lowercase();
        self.headed || CALL.are_in(&before, self.page.language())
    }

    /// Checks a number without an operator beside it, which a sentence may still call a hotline.
    fn unowned(&self, range: &Range<usize>, digits: &str) -> Option<Diagnostic> {
        if !HOTLINE.are_in(self.lower, self.page.language()) {
            return None;
        }
        let country = self.page.guide?.facts().country.as_ref();
        let operators = &self.page.guide?.facts().operators;
        let code = match country {
            Some(country) => country.value.as_str(),
            None => operators.first()?.value.country(),
        };
        let country = self.country(code)?;
        self.emergency(range, None, country, urgent(country, digits)?, None)
    }

    fn emergency(
        &self,
        range: &Range<usize>,
        called: Option<&str>,
        country: &Country,
        emergency: &Emergency,
        operator: Option<&Operator>,
    ) -> Option<Diagnostic> {
        let mut names = emergency.name.default.iter().chain(emergency.name.by_language.values());
        if EMERGENCY.are_in(self.lower, self.page.language())
            || names.any(|name| self.lower.contains(&name.to_lowercase()))
        {
            return None;
        }
        let language = self.page.language();
        let number = self.page.prose.of(range);
        let (name, place) = (emergency.name.get(language), country.name.get(language));
        let whose = match called {
            Some(called) => format!("of `{called}`"),
            None => "of an operator".to_owned(),
        };
        let message = format!(
            "`{number}` is no hotline {whose}: it is an emergency number of {place} ({name})"
        );
        let hint = match operator {
            Some(operator) => own_numbers(operator, operator.name.get(language)),
            None => "take it out; whoever dials it keeps a line that others need".to_owned(),
        };
        let fault = self.page.fault(Code::EmergencyNumber, range.clone(), message);
        Some(fault.related(&country.path, emergency.value.span, "in the registry").hint(hint))
    }

    /// The operator that, according to the sentence, has this number.
    fn owner(&self, number: &Range<usize>) -> Option<&Mention<'_, '_>> {
        let prose = &self.page.prose;
        let next = self.named.iter().find(|mention| mention.range.start >= number.end);
        let bracketed = next
            .filter(|next| matches!(prose.of(&(number.end..next.range.start)).trim(), "(" | "（"));
        let previous = self.named.iter().rev().find(|mention| mention.range.end <= number.start);
        let near = next.filter(|next| {
            let between = prose.of(&(number.end..next.range.start));
            !between.contains([',', '，', '、', ';', '；', ':', '：'])
                && between.chars().count() < 40
        });
        bracketed.or(previous).or(near)
    }

    fn country(&self, code: &str) -> Option<&Country> {
        self.registry().countries.values().find(|country| country.code.as_str() == code)
    }

    fn is_regulators(&self, digits: &str) -> bool {
        let regulators =
            self.registry().countries.values().filter_map(|one| one.regulator.as_ref());
        regulators.flat_map(|one| &one.channels).any(|channel| is(channel, digits))
    }
}

/// The hint to an editor: the numbers that the operator does have.
fn own_numbers(operator: &Operator, name: &str) -> String {
    let numbers: Vec<&str> = operator
        .channels
        .iter()
        .filter(|channel| channel.kind == ChannelKind::Phone)
        .filter_map(|channel| channel.value.as_ref().map(|value| &*value.value))
        .collect();
    match numbers.as_slice() {
        [] => format!(
            "the registry has no number of {name}; link to /operators/{} instead",
            operator.id
        ),
        [one] => format!("{name} has {one}; better link to /operators/{}", operator.id),
        [.., last] => {
            let first = numbers.get(..numbers.len() - 1).unwrap_or_default().join(", ");
            format!("{name} has {first} and {last}; better link to /operators/{}", operator.id)
        }
    }
}

pub fn urgent<'a>(country: &'a Country, number: &str) -> Option<&'a Emergency> {
    country.emergency.iter().find(|emergency| digits(&emergency.value.value) == number)
}

pub fn digits(text: &str) -> String {
    text.chars().filter_map(decimal).collect()
}

fn has(operator: &Operator, number: &str) -> bool {
    channel(operator, number).is_some()
}

fn channel<'a>(operator: &'a Operator, number: &str) -> Option<&'a Channel> {
    operator.channels.iter().find(|channel| is(channel, number))
}

/// Whether a channel has this number. Long numbers are compared without the prefixes for calls from abroad
/// and at home.
pub fn is(channel: &Channel, number: &str) -> bool {
    let Some(value) = &channel.value else { return false };
    let known = digits(&value.value);
    let tail = |text: &str| text.get(text.len().saturating_sub(7)..).map(str::to_owned);
    known == number || (known.len() > 7 && number.len() > 7 && tail(&known) == tail(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        numbers(text, 0).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn years_amounts_and_names_are_no_telephone_numbers() {
        assert_eq!(found("call 142 or +355 4 2250928, not 12"), ["142", "+355 4 2250928"]);
        assert_eq!(
            found("since 2023, 500 lek, 1,500 or 150%, 300天, 5G, A123"),
            Vec::<&str>::new()
        );
        assert_eq!(found("客服热线为123，129"), ["123", "129"]);
        assert_eq!(found("اتصل على ١٤٢، خلال ٣٠ يومًا"), ["١٤٢"]);
        assert_eq!(found("१४२ पर कॉल करें, ३०० दिन"), ["१४२"]);
    }
}
