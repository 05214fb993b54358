//! The plural forms of a language (CLDR).

use icu_plurals::{PluralCategory, PluralRules};

use crate::model::language::Language;

/// CLDR's plural categories, in its order.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The rules for cardinal numbers. Where CLDR does not know the language, every number takes `other`.
#[derive(Debug)]
pub struct Plurals(Option<PluralRules>);

impl Plurals {
    pub fn of(language: &Language) -> Plurals {
        Plurals(PluralRules::try_new(language.identifier().into(), Default::default()).ok())
    }

    /// The category that `number` takes: `few`.
    pub fn category(&self, number: u64) -> &'static str {
        self.0.as_ref().map_or("other", |rules| name(rules.category_for(number)))
    }

    /// The categories that whole numbers take, in CLDR's order, and `other`, which stands in for any of them.
    pub fn categories(&self) -> Vec<&'static str> {
        let numbers = (0..=200).chain([1_000_000]);
        let taken: Vec<&str> = numbers.map(|number| self.category(number)).collect();
        let wanted = |category: &&str| *category == "other" || taken.contains(category);
        CATEGORIES.into_iter().filter(wanted).collect()
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_counts_in_its_own_forms() {
        let of = |tag: &str| Plurals::of(&Language::parse(tag).unwrap());
        assert_eq!(of("ja").categories(), ["other"]);
        assert_eq!(of("ru").categories(), ["one", "few", "many", "other"]);
        assert_eq!(of("ar").categories(), CATEGORIES);
        assert_eq!(of("ru").category(22), "few");
        assert_eq!(of("ar").category(0), "zero");
    }
}
