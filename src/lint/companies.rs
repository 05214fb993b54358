//! Companies: names that the registry does not know, former names, and one company under two names.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::lint::file::LintedFile;
use crate::lint::names::{Mention, RegistryNames, Standing, is_joint};
use crate::lint::phrases::{DENIAL, PAST, is_latin};
use crate::lint::trade::{BRANDS, COMPANY, OFFICE, PLACES, TRADE};
use crate::model::bytes::Bytes;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::operator::{Country, Operator};
use crate::model::span::Span;
use crate::model::suggest::suggest;
use crate::model::vocabulary::OperatorStatus;

pub fn check(
    page: &LintedFile<'_>,
    names: &RegistryNames<'_>,
    mentions: &[Mention<'_, '_>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    if names.all().is_empty() {
        return;
    }
    unknown(page, names, mentions, diagnostics);
    former(page, mentions, diagnostics);
    twice(page, mentions, diagnostics);
}

/// Reports names that look like a company's in a country whose operators the registry knows.
fn unknown(
    page: &LintedFile<'_>,
    names: &RegistryNames<'_>,
    mentions: &[Mention<'_, '_>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let telling = page.mentions.companies.iter().map(|range| range.start);
    for sentence in page.prose.sentences_with(telling) {
        let text = page.prose.of(&sentence);
        let runs = runs(text, sentence.start);
        if runs.is_empty() || DENIAL.are_in(&text.to_lowercase(), page.language()) {
            continue;
        }
        for run in runs {
            let first = mentions.partition_point(|mention| mention.range.end <= run.start);
            let known = mentions.get(first).filter(|mention| mention.range.start < run.end);
            // In `In Albania, Vodafone …`, the first words begin a sentence and are not a company.
            let begins = page.prose.of(&(sentence.start..run.start)).trim().is_empty();
            let suspect =
                Suspect { page, name: page.prose.of(&run), run: run.clone(), begins, mentions };
            if known.is_some() || !suspect.is_company() || !told.insert(suspect.name) {
                continue;
            }
            diagnostics.push(suspect.fault(names));
        }
    }
}

/// Runs of capitalised words in Latin script with single spaces between them.
fn runs(text: &str, offset: usize) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let inside = |c: char| is_latin(c) || c.is_ascii_digit() || c == '-' || c == '&';
    // The first bytes of Latin capitals.
    static CAPITALS: Bytes<3> = Bytes::of([(b'A', b'Z'), (0xC3, 0xC9), (0xE1, 0xE1)]);
    for start in CAPITALS.places(text.as_bytes()) {
        let (head, rest) = text.split_at(start);
        let capital = rest.starts_with(|c: char| is_latin(c) && c.is_uppercase());
        if !capital || head.ends_with(inside) {
            continue;
        }
        let end = start + rest.find(|c| !inside(c)).unwrap_or(rest.len());
        if text.get(start..end) == Some("The") {
            continue;
        }
        match runs.last_mut() {
            Some(run) if matches!(text.get(run.end - offset..start), Some(" " | "\n")) => {
                run.end = offset + end;
            }
            _ => runs.push(offset + start..offset + end),
        }
    }
    runs
}

struct Suspect<'a, 'n> {
    page: &'a LintedFile<'a>,
    name: &'a str,
    run: Range<usize>,
    /// Whether it stands at the beginning of its sentence.
    begins: bool,
    mentions: &'a [Mention<'n, 'n>],
}

impl Suspect<'_, '_> {
    fn is_company(&self) -> bool {
        let words: Vec<&str> = self.name.split_whitespace().collect();
        let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
        if has(OFFICE) {
            return false;
        }
        let country = self.country();
        let rest = match country {
            Some((_, length)) => self.name.get(..self.name.len() - length).unwrap_or("").trim_end(),
            None => self.name,
        };
        let brand = BRANDS.contains(&rest);
        let trade = has(TRADE) && words.len() > 1;
        let of_country = words.iter().any(|word| self.is_of_a_country(word));
        let placed = words.first().is_some_and(|word| PLACES.contains(word));
        let listed = !self.begins && !placed && self.is_listed();
        (country.is_some() && !rest.is_empty() && (brand || listed))
            || (brand && self.is_listed())
            || (trade && (has(COMPANY) && of_country || listed))
    }

    /// A country whose operators the registry knows and whose name this one ends with, and the length of that
    /// name.
    fn country(&self) -> Option<(&Country, usize)> {
        self.countries().find_map(|country| {
            let names = country.name.default.iter().chain(country.name.by_language.values());
            let length = names
                .filter(|name| self.name.ends_with(&***name) && name.starts_with(is_latin))
                .map(|name| name.len())
                .max()?;
            Some((country, length))
        })
    }

    fn countries(&self) -> impl Iterator<Item = &Country> {
        let registry = &self.page.site.registry;
        let known = |country: &&Country| {
            registry.operators.keys().any(|id| id.country() == country.code.as_str())
        };
        registry.countries.values().filter(known)
    }

    /// Whether a word is like `Albanian` for `Albania`. The first five letters decide.
    fn is_of_a_country(&self, word: &str) -> bool {
        self.countries().any(|country| {
            let mut names = country.name.default.iter().chain(country.name.by_language.values());
            names.any(|name| {
                let stem = name.get(..5).unwrap_or(name);
                stem.starts_with(is_latin) && word.starts_with(stem)
            })
        })
    }

    /// Whether it is in a list with an operator that the registry knows.
    fn is_listed(&self) -> bool {
        let prose = &self.page.prose;
        let joined = |between: Range<usize>| is_joint(prose.of(&between));
        let next = self.mentions.partition_point(|mention| mention.range.start < self.run.end);
        let after = self.mentions.get(next);
        let before = next.checked_sub(1).and_then(|index| self.mentions.get(index));
        after.is_some_and(|after| joined(self.run.end..after.range.start))
            || before.is_some_and(|before| joined(before.range.end..self.run.start))
    }

    fn fault(&self, names: &RegistryNames<'_>) -> Diagnostic {
        let name = self.name.replace('\n', " ");
        let known = names.all().iter().map(|known| &*known.text);
        let country = self
            .country()
            .map(|(country, _)| country)
            .or_else(|| self.countries().find(|_| self.page.guide.is_some()));
        let active: Vec<&str> = self
            .page
            .site
            .registry
            .operators
            .values()
            .filter(|one| one.status == OperatorStatus::Active)
            .filter(|one| country.is_none_or(|country| one.id.country() == country.code.as_str()))
            .map(|one| one.name.get(self.page.language()))
            .collect();
        let listed = active.join(", ");
        let hint = match suggest(&name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None if active.is_empty() => "take it out, or add it to the registry".to_owned(),
            None => format!("take it out, or add it to the registry; active there: {listed}"),
        };
        self.page
            .fault(
                Code::UnknownCompany,
                self.run.clone(),
                format!("the registry knows no operator `{name}`"),
            )
            .hint(hint)
    }
}

/// Reports a former name if nothing near it says that it is one, once on each page.
fn former(page: &LintedFile<'_>, mentions: &[Mention<'_, '_>], diagnostics: &mut Vec<Diagnostic>) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut contexts = Contexts::new(page, mentions);
    for mention in mentions {
        let name = mention.name;
        if name.standing == Standing::Today || told.contains(&*name.text) {
            continue;
        }
        let context = contexts.at(mention.range.start);
        if context.past || context.today.contains(name.today.id.as_str()) {
            continue;
        }
        told.insert(&name.text);
        let today = name.today.name.get(page.language());
        let (message, hint) = match name.standing {
            Standing::Gone if name.operator.status == OperatorStatus::Closed => (
                format!("`{}` has closed{}", name.text, when(name.operator)),
                "say so, or take it out".to_owned(),
            ),
            Standing::Gone => (
                format!("`{}` became part of `{today}`{}", name.text, when(name.operator)),
                format!("write `{today}`, or say what became of it"),
            ),
            _ => (
                format!("`{}` is a former name of `{today}`", name.text),
                format!("write `{today}`, or say that this is its old name"),
            ),
        };
        diagnostics.push(
            page.fault(Code::FormerName, mention.range.clone(), message)
                .related(&name.operator.path, name.operator.span, "in the registry")
                .hint(hint),
        );
    }
}

fn when(operator: &Operator) -> String {
    operator.until.map_or(String::new(), |until| format!(" ({until})"))
}

/// What a block says around the names in it.
#[derive(Debug, Clone, Default)]
struct BlockContext {
    past: bool,
    /// The operators that the block calls by today's name.
    today: BTreeSet<String>,
}

struct Contexts<'a> {
    page: &'a LintedFile<'a>,
    mentions: &'a [Mention<'a, 'a>],
    /// The last one that was asked for, since mentions come in order.
    last: (Range<usize>, BlockContext),
}

impl<'a> Contexts<'a> {
    fn new(page: &'a LintedFile<'a>, mentions: &'a [Mention<'a, 'a>]) -> Contexts<'a> {
        Contexts { page, mentions, last: (0..0, BlockContext::default()) }
    }

    fn at(&mut self, at: usize) -> &BlockContext {
        let block = self.page.prose.block(at).map_or(at..at + 1, |block| block.range.clone());
        if self.last.0 != block {
            let text = self.page.prose.of(&block).to_lowercase();
            let first = self.mentions.partition_point(|mention| mention.range.end <= block.start);
            let inside = self.mentions.iter().skip(first);
            let today = inside
                .take_while(|mention| mention.range.start < block.end)
                .filter(|mention| mention.name.standing == Standing::Today)
                .map(|mention| mention.name.operator.id.to_string())
                .collect();
            self.last =
                (block, BlockContext { past: PAST.are_in(&text, self.page.language()), today });
        }
        &self.last.1
    }
}

/// Reports two names of one company in a list, as if they were two companies.
fn twice(page: &LintedFile<'_>, mentions: &[Mention<'_, '_>], diagnostics: &mut Vec<Diagnostic>) {
    let mut contexts = Contexts::new(page, mentions);
    let mut list: Vec<&Mention<'_, '_>> = Vec::new();
    for mention in mentions {
        let last = list.last().map_or(mention.range.start, |last| last.range.end);
        let between = page.prose.of(&(last..mention.range.start));
        if !is_joint(between) {
            list.clear();
        }
        // In `Albanian Mobile Communications (AMC)`, the second name explains the first.
        let explained = matches!(between.trim(), "(" | "（");
        let same = list.iter().rev().take(20).find(|other| are_one(other, mention)).copied();
        list.push(mention);
        let Some(other) = same else { continue };
        if explained || contexts.at(mention.range.start).past {
            continue;
        }
        let today = mention.name.today.name.get(page.language());
        let message = format!(
            "`{}` and `{}` are one company, today `{today}`",
            other.name.text, mention.name.text
        );
        diagnostics.push(
            page.fault(Code::SameCompanyTwice, mention.range.clone(), message)
                .related(
                    &page.text.path,
                    Span::new(other.range.start, other.range.end),
                    "the same company",
                )
                .hint(format!("write `{today}` once")),
        );
    }
}

/// Whether two names are of one company at different times: an old name and a new one.
fn are_one(one: &Mention<'_, '_>, other: &Mention<'_, '_>) -> bool {
    let (one, other) = (one.name, other.name);
    one.today.id == other.today.id
        && (one.standing != other.standing || one.operator.id != other.operator.id)
}
