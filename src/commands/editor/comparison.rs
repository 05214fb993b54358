//! Puts the two languages of a guide side by side, part by part.

use std::collections::BTreeMap;

use crate::commands::editor::data::{EditorData, spots};
use crate::commands::editor::overview;
use crate::commands::translations::words_of;
use crate::model::coverage;
use crate::model::guide::Translation;
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::site::{Edition, Guide, PageKey};
use crate::model::unit::{State, Unit, UnitKey, counterparts};
use crate::serve::{Cell, Comparison, ComparisonRow, Side};

pub fn comparison(
    data: &EditorData,
    guide: &str,
    left: Option<&str>,
    right: Option<&str>,
) -> Option<Comparison> {
    let site = data.site();
    let guide = site.guides.get(&GuideId::parse(guide)?)?;
    let languages = &site.config.languages;
    let named = |tag: &str| languages.iter().find(|one| one.tag().eq_ignore_ascii_case(tag));
    let original = &guide.original.text.language;
    let left = left.map_or(Some(original), named)?;
    let other = || languages.iter().find(|one| *one != left).or(Some(left));
    let right = right.map_or_else(other, named)?;
    let units = guide.original.text.units();
    let (one, two) = (column(data, guide, &units, left), column(data, guide, &units, right));
    let mut rows: Vec<ComparisonRow> = units
        .iter()
        .zip(one.cells.into_iter().zip(two.cells))
        .map(|(unit, (left, right))| ComparisonRow { key: unit.key.clone(), left, right })
        .collect();
    rows.extend(extra(one.extra, two.extra));
    Some(Comparison {
        guide: guide.id.clone(),
        title: overview::title(guide),
        languages: languages.clone(),
        left: side(data, guide, left),
        right: side(data, guide, right),
        rows,
    })
}

fn side(data: &EditorData, guide: &Guide, language: &Language) -> Side {
    let edition = edition(guide, language);
    let index = data.site().config.languages.iter().position(|one| one == language);
    let key = PageKey::Guide(guide.id.clone());
    let spot = edition.map(|one| data.spot(&one.text.path, one.text.title.span));
    Side {
        language: language.clone(),
        kind: coverage::kind(guide, language),
        url: data.site().routes.page(&key, index.unwrap_or_default()).to_owned(),
        spot,
    }
}

fn edition<'a>(guide: &'a Guide, language: &Language) -> Option<&'a Edition> {
    let original = Some(&guide.original).filter(|one| one.text.language == *language);
    original.or_else(|| guide.translations.get(language))
}

/// A cell for each part of the original, and the cells of parts that the original does not have.
struct Column {
    cells: Vec<Cell>,
    extra: BTreeMap<UnitKey, Cell>,
}

fn column(data: &EditorData, guide: &Guide, units: &[Unit], language: &Language) -> Column {
    let is_original = *language == guide.original.text.language;
    let Some(edition) = edition(guide, language) else {
        let missing = |unit: &Unit| Cell {
            state: unit.key.is_due().then_some(State::Missing),
            ..Cell::default()
        };
        return Column { cells: units.iter().map(missing).collect(), extra: BTreeMap::new() };
    };
    let text = &*edition.text;
    let cell = cells(data, text);
    let own = text.units();
    let matched = match is_original {
        true => units.iter().map(Some).collect(),
        false => counterparts(units, &own),
    };
    let standing: BTreeMap<&UnitKey, State> =
        edition.standing.iter().map(|(key, state)| (key, *state)).collect();
    let one = |(unit, own): (&Unit, &Option<&Unit>)| Cell {
        state: standing.get(&unit.key).copied(),
        ..own.map(&cell).unwrap_or_default()
    };
    let is_known = |unit: &&Unit| matched.iter().flatten().any(|one| one.key == unit.key);
    let extra = own.iter().filter(|unit| !is_original && !is_known(unit));
    Column {
        cells: units.iter().zip(&matched).map(one).collect(),
        extra: extra.map(|unit| (unit.key.clone(), cell(unit))).collect(),
    }
}

/// The words of units in one file, as they are written there.
fn cells<'a>(data: &'a EditorData, text: &'a Translation) -> impl Fn(&Unit) -> Cell + 'a {
    let source = data.text(&text.path);
    let spot = spots(&text.path, source);
    move |unit| Cell {
        words: words_of(unit, source),
        spot: unit.wording.spans.first().map(|span| spot(*span)),
        state: None,
    }
}

fn extra(left: BTreeMap<UnitKey, Cell>, mut right: BTreeMap<UnitKey, Cell>) -> Vec<ComparisonRow> {
    let mut rows: Vec<ComparisonRow> = left
        .into_iter()
        .map(|(key, left)| ComparisonRow {
            right: right.remove(&key).unwrap_or_default(),
            key,
            left,
        })
        .collect();
    let rest = right.into_iter();
    rows.extend(rest.map(|(key, right)| ComparisonRow { key, left: Cell::default(), right }));
    rows
}
