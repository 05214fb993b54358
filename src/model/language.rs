//! A language by its BCP 47 tag (RFC 5646), with the direction and script it is written in.

use std::fmt;
use std::sync::Arc;

use icu_locale::{
    Direction as IcuDirection, LanguageIdentifier, LocaleDirectionality, LocaleExpander,
};

/// Which way a line runs, as HTML's `dir` says it.
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

/// A language tag in canonical case (`zh-Hans`), shared rather than copied.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Arc<str>);

impl Language {
    /// `None` where `text` is no well-formed tag of language, script, region and variants.
    pub fn parse(text: &str) -> Option<Language> {
        let identifier = LanguageIdentifier::try_from_str(text).ok()?;
        if identifier.language.is_unknown() {
            return None;
        }
        Some(Language(Arc::from(identifier.to_string())))
    }

    /// The canonical tag, as in `lang="zh-Hans"`.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The tag as it stands in an address: `zh-hans`.
    pub fn slug(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    pub fn direction(&self) -> Direction {
        match LocaleDirectionality::new_common().get(&self.identifier()) {
            Some(IcuDirection::RightToLeft) => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }

    /// The likely script (CLDR likely subtags): `Hans`, `Latn`; empty where unknown.
    pub fn script(&self) -> String {
        let mut identifier = self.identifier();
        LocaleExpander::new_common().maximize(&mut identifier);
        identifier.script.map(|script| script.to_string()).unwrap_or_default()
    }

    /// With the likely region, as Open Graph writes it: `zh_TW` for `zh-Hant`.
    pub fn locale(&self) -> String {
        let mut identifier = self.identifier();
        LocaleExpander::new_common().maximize(&mut identifier);
        match identifier.region {
            Some(region) => format!("{}_{region}", identifier.language),
            None => identifier.language.to_string(),
        }
    }

    /// The parsed tag, for the libraries that format by language.
    pub fn identifier(&self) -> LanguageIdentifier {
        LanguageIdentifier::try_from_str(&self.0).unwrap_or(LanguageIdentifier::UNKNOWN)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
