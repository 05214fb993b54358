//! A language by its BCP 47 tag (RFC 5646), with its direction, its script and its relatives.

use std::fmt;
use std::sync::Arc;

use icu_locale::exemplar_chars::ExemplarCharacters;
use icu_locale::fallback::LocaleFallbackConfig;
use icu_locale::{
    Direction as IcuDirection, LanguageIdentifier, Locale, LocaleCanonicalizer,
    LocaleDirectionality, LocaleExpander, LocaleFallbacker,
};

/// The direction of a line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// A language tag in canonical case (`zh-Hans`). Clones share the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Arc<str>);

impl Language {
    /// `None` where `text` is not a well-formed tag of language, script, region and variants.
    pub fn parse(text: &str) -> Option<Language> {
        let identifier = LanguageIdentifier::try_from_str(text).ok()?;
        if identifier.language.is_unknown() {
            return None;
        }
        Some(Language(Arc::from(identifier.to_string())))
    }

    /// The tag in canonical case, as in `lang="zh-Hans"`.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The tag as it is written in an address: `zh-hans`.
    pub fn slug(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// The direction in which the language is written; left to right where it is not known.
    pub fn direction(&self) -> Direction {
        match LocaleDirectionality::new_common().get(&self.identifier()) {
            Some(IcuDirection::RightToLeft) => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }

    /// The likely script (CLDR likely subtags): `Hans`, `Latn`. Empty where it is not known.
    pub fn script(&self) -> String {
        let mut identifier = self.identifier();
        LocaleExpander::new_common().maximize(&mut identifier);
        identifier.script.map(|script| script.to_string()).unwrap_or_default()
    }

    /// The language with its likely region, in the form of Open Graph: `zh_TW` for `zh-Hant`.
    pub fn locale(&self) -> String {
        let mut identifier = self.identifier();
        LocaleExpander::new_common().maximize(&mut identifier);
        match identifier.region {
            Some(region) => format!("{}_{region}", identifier.language),
            None => identifier.language.to_string(),
        }
    }

    /// The languages of `among` that this language's readers understand as their own, the nearest first.
    /// These are the language itself and its parents in CLDR (`zh-Hant` for `zh-HK`).
    pub fn parents<'a>(&self, among: impl IntoIterator<Item = &'a Language>) -> Vec<&'a Language> {
        let path = self.path();
        let of_path = |one: &&Language| {
            let mut primaries = path.iter().map(|tag| primary(tag));
            primary(&one.0) == primary(&self.0) || primaries.any(|own| own == primary(&one.0))
        };
        let places = among.into_iter().filter(of_path).filter_map(|one| {
            let name = one.path().swap_remove(0);
            Some((path.iter().position(|parent| *parent == name)?, one))
        });
        let mut places: Vec<(usize, &Language)> = places.collect();
        // The same tag comes before another spelling of it.
        places.sort_by_key(|(place, one)| (*place, *one != self));
        places.into_iter().map(|(_, one)| one).collect()
    }

    /// The language without its script and region: `zh` of `zh-Hant-HK`.
    pub fn primary(&self) -> &str {
        primary(self.tag())
    }

    /// The first of `parents`.
    pub fn nearest<'a>(
        &self,
        among: impl IntoIterator<Item = &'a Language>,
    ) -> Option<&'a Language> {
        self.parents(among).first().copied()
    }

    /// The tag in CLDR's shortest form, followed by those of its parents: `zh-HK`, `zh-Hant`.
    pub fn path(&self) -> Vec<String> {
        let fallbacker = LocaleFallbacker::new();
        let fallbacker = fallbacker.for_config(LocaleFallbackConfig::default());
        let mut parent = fallbacker.fallback_for((&self.canonical()).into());
        let mut path = vec![parent.get().to_string()];
        while !parent.step().get().is_unknown() {
            path.push(parent.get().to_string());
        }
        path
    }

    /// The language that most people in a country speak, as a site would write it (CLDR likely subtags).
    pub fn of_region(region: &str) -> Option<Language> {
        let mut identifier = LanguageIdentifier::try_from_str(&format!("und-{region}")).ok()?;
        LocaleExpander::new_common().maximize(&mut identifier);
        identifier.region = None;
        // CLDR returns an unknown language where it assumes English.
        if identifier.language.is_unknown() {
            return Language::parse("en");
        }
        // Chinese always names its script. Any other language does so only if it is not the usual one.
        let bare = Language::parse(&identifier.language.to_string())?;
        let script = identifier.script.map(|script| script.to_string()).unwrap_or_default();
        match bare.script() == script && bare.tag() != "zh" {
            true => Some(bare),
            false => Language::parse(&identifier.to_string()),
        }
    }

    /// The parsed tag after CLDR's replacements: `fil` for `tl`, `he` for `iw`, `GB` for `UK`.
    pub fn canonical(&self) -> LanguageIdentifier {
        let mut locale = Locale::from(self.identifier());
        LocaleCanonicalizer::new_common().canonicalize(&mut locale);
        locale.id
    }

    /// The letters under which dictionaries and lists in this language group words (CLDR's index exemplars).
    pub fn index_letters(&self) -> Vec<String> {
        let Ok(letters) = ExemplarCharacters::try_new_index(&(&self.canonical()).into()) else {
            return Vec::new();
        };
        let single = letters.code_points().iter_chars().map(String::from);
        single.chain(letters.strings().iter().map(str::to_owned)).collect()
    }

    /// The parsed tag, for the libraries that format by language.
    pub fn identifier(&self) -> LanguageIdentifier {
        LanguageIdentifier::try_from_str(&self.0).unwrap_or(LanguageIdentifier::UNKNOWN)
    }
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_of_a_region_have_parents() {
        let parents = |tag: &str| {
            let known = ["en", "fil", "no", "pt", "pt-BR", "sr", "zh-HK", "zh-Hans", "zh-Hant"];
            let known = known.map(|tag| Language::parse(tag).unwrap());
            let language = Language::parse(tag).unwrap();
            let parents = language.parents(&known).into_iter();
            parents.map(Language::to_string).collect::<Vec<_>>().join(" ")
        };
        let chains = [
            ("zh-TW", "zh-Hant"),
            ("zh-HK", "zh-HK zh-Hant"),
            ("zh-MO", "zh-Hant"),
            ("zh-Hant-MO", "zh-Hant"),
            ("zh-CN", "zh-Hans"),
            ("zh-SG", "zh-Hans"),
            ("zh", "zh-Hans"),
            ("pt-BR", "pt-BR pt"),
            ("pt-AO", "pt"),
            ("en-GB", "en"),
            ("sr-Latn", ""),
            ("sr-RS", "sr"),
            ("tl", "fil"),
            ("nb", "no"),
            ("de", ""),
            ("yue", ""),
        ];
        for (tag, chain) in chains {
            assert_eq!(parents(tag), chain, "{tag}");
        }
    }
}
