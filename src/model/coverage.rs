//! How much of the site is translated, and how much of that is known to be out of date.

use crate::model::guide::Role;
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::site::{Guide, Site};
use crate::model::unit::{State, UnitKey};
use crate::model::vocabulary::TranslationStatus;

/// How much of the site is translated, in total and guide by guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The total of each language, in the site's order. The rows of each guide have the same order.
    pub languages: Vec<(Language, Count)>,
    /// One entry for each guide, in the order of the ids.
    pub guides: Vec<GuideCoverage>,
}

/// How much of one guide is translated, with a row for each of the site's languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideCoverage {
    pub id: GuideId,
    pub rows: Vec<Row>,
}

/// A guide in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub language: Language,
    /// Where the words come from.
    pub kind: Provenance,
    /// How many units are in each state.
    pub count: Count,
    /// The units whose original has changed since they were translated.
    pub stale: Vec<UnitKey>,
    /// The units that have no words in this language.
    pub missing: Vec<UnitKey>,
}

/// Where the words of a guide in a language come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provenance {
    Original,
    Human,
    Machine,
    Reviewed,
    /// Converted from another script by the program.
    Converted,
    /// No translation exists.
    None,
}

impl Provenance {
    pub fn as_str(self) -> &'static str {
        match self {
            Provenance::Original => "original",
            Provenance::Human => "human",
            Provenance::Machine => "machine",
            Provenance::Reviewed => "reviewed",
            Provenance::Converted => "converted",
            Provenance::None => "none",
        }
    }
}

/// Units counted by the state of their translation. The original itself is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Count {
    /// Units that were made from what the original says today.
    pub fresh: usize,
    /// Units whose original has changed since they were translated.
    pub stale: usize,
    /// Units without words.
    pub missing: usize,
    /// Units of which it is not recorded what they were made from.
    pub unpinned: usize,
}

impl Count {
    /// The number of units in all states.
    pub fn total(&self) -> usize {
        self.fresh + self.stale + self.missing + self.unpinned
    }

    /// The percentage of units that are translated and not known to be out of date, rounded down: 100 means
    /// that nothing is left to do.
    pub fn percent(&self) -> usize {
        match self.total() {
            0 => 100,
            total => (self.fresh + self.unpinned) * 100 / total,
        }
    }

    fn add(&mut self, other: Count) {
        self.fresh += other.fresh;
        self.stale += other.stale;
        self.missing += other.missing;
        self.unpinned += other.unpinned;
    }
}

impl Coverage {
    /// Counts the units of every guide in each of the site's languages.
    pub fn of(site: &Site) -> Coverage {
        let languages = &site.config.languages;
        let mut sums: Vec<(Language, Count)> =
            languages.iter().map(|language| (language.clone(), Count::default())).collect();
        let mut guides = Vec::new();
        for guide in site.guides.values() {
            let rows: Vec<Row> = languages.iter().map(|language| row(guide, language)).collect();
            for (row, (_, sum)) in rows.iter().zip(&mut sums) {
                sum.add(row.count);
            }
            guides.push(GuideCoverage { id: guide.id.clone(), rows });
        }
        Coverage { languages: sums, guides }
    }
}

fn row(guide: &Guide, language: &Language) -> Row {
    let mut row = Row {
        language: language.clone(),
        kind: kind(guide, language),
        count: Count::default(),
        stale: Vec::new(),
        missing: Vec::new(),
    };
    if *language == guide.original.text.language {
        return row;
    }
    let Some(edition) = guide.translations.get(language) else {
        let units = guide.original.text.units();
        row.missing = units.into_iter().map(|unit| unit.key).filter(UnitKey::is_due).collect();
        row.count.missing = row.missing.len();
        return row;
    };
    let of = |state: State| {
        let units = edition.standing.iter().filter(move |(_, own)| *own == state);
        units.map(|(key, _)| key.clone()).collect::<Vec<_>>()
    };
    (row.stale, row.missing) = (of(State::Stale), of(State::Missing));
    row.count = Count {
        fresh: edition.count(State::Fresh),
        stale: row.stale.len(),
        missing: row.missing.len(),
        unpinned: edition.count(State::Unpinned),
    };
    row
}

/// Where the words of a guide in this language come from.
pub fn kind(guide: &Guide, language: &Language) -> Provenance {
    if *language == guide.original.text.language {
        return Provenance::Original;
    }
    let Some(edition) = guide.translations.get(language) else { return Provenance::None };
    match &edition.text.role {
        _ if edition.converted_from.is_some() => Provenance::Converted,
        Role::Original(_) => Provenance::Original,
        Role::Translation(words) => match words.status {
            TranslationStatus::Human => Provenance::Human,
            TranslationStatus::Machine => Provenance::Machine,
            TranslationStatus::Reviewed => Provenance::Reviewed,
        },
    }
}
