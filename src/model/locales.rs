//! What the program itself holds about each language: the interface's words, and CLDR's names.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;

use flate2::read::DeflateDecoder;

use crate::model::language::Language;

/// `build.rs` writes both files.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/languages.bin"));
static PARTS: &[(&str, Range<usize>)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// The languages for which the program has words of the interface.
pub fn worded() -> impl Iterator<Item = Language> {
    let tags = PARTS.iter().filter_map(|(name, _)| name.strip_prefix("words/"));
    tags.filter_map(Language::parse)
}

/// The file of a language's words, as it stands in `themes/default/i18n/`.
pub fn words(language: &Language) -> Option<String> {
    unpacked(&format!("words/{language}"))
}

fn unpacked(name: &str) -> Option<String> {
    let at = PARTS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    let (_, range) = PARTS.get(at)?;
    let mut text = String::new();
    DeflateDecoder::new(PACKED.get(range.clone())?).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The names of languages, written in one language.
#[derive(Debug, Clone, Default)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// The names in the language of `reader`; empty where CLDR does not know that language.
    pub fn of(reader: &Language) -> Names {
        let text = reader.path().iter().find_map(|tag| unpacked(&format!("names/{tag}")));
        let lines = text.iter().flat_map(|text| text.lines());
        let names = lines.filter_map(|line| line.split_once('\t'));
        Names(names.map(|(tag, name)| (tag.to_owned(), name.to_owned())).collect())
    }

    /// The name of `language`, like “anglisht” in Albanian for English. `None` where CLDR has no name for it.
    pub fn name(&self, language: &Language) -> Option<String> {
        let subject = language.canonical();
        let script = subject.script.map(|script| script.to_string());
        let region = subject.region.map(|region| region.to_string());
        let base = subject.language.to_string();
        let (script, region) = (script.as_deref(), region.as_deref());
        let varieties = [(script, region), (script, None), (None, region), (None, None)];
        let (name, left) = varieties.into_iter().find_map(|(one, other)| {
            let tag = [Some(base.as_str()), one, other].into_iter().flatten();
            let name = self.0.get(&tag.collect::<Vec<_>>().join("-"))?;
            // What the name does not say follows it in brackets.
            Some((name, [script.filter(|_| one.is_none()), region.filter(|_| other.is_none())]))
        })?;
        let left = left.into_iter().flatten();
        Some(left.fold(name.clone(), |name, part| self.qualified(&name, part)))
    }

    fn qualified(&self, name: &str, part: &str) -> String {
        let pattern = self.0.get("_").map_or("{0} ({1})", String::as_str);
        let part = self.0.get(&format!("_{part}")).map_or(part, String::as_str);
        pattern.replacen("{0}", name, 1).replacen("{1}", part, 1)
    }

    /// Whether CLDR has a name for the region with this code.
    fn has_region(&self, region: &str) -> bool {
        self.0.contains_key(&format!("_{region}"))
    }
}

/// A language's name for itself, as it stands in a list: “Shqip”. If CLDR has none, this is the tag.
pub fn own_name(language: &Language) -> String {
    let name = Names::of(language).name(language);
    name.map_or_else(|| language.to_string(), |name| capitalised(&name))
}

/// Whether `code` is that of a country or of a group of countries.
pub fn is_region(code: &str) -> bool {
    let english = Language::parse("en").map(|english| Names::of(&english));
    english.is_some_and(|english| english.has_region(code))
}

/// Capitalises the first letter. Georgian is left alone: it has capitals, but begins no word with one.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if !('\u{10D0}'..='\u{10FF}').contains(&first) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    #[test]
    fn a_language_has_its_own_name_in_a_list() {
        let names = [
            ("sq", "Shqip"),
            ("ru", "Русский"),
            ("ar", "العربية"),
            ("ja", "日本語"),
            ("ka", "ქართული"),
            ("pt-BR", "Português (Brasil)"),
            ("zh-Hans", "简体中文"),
            ("zh-HK", "中文（香港）"),
            ("zh-TW", "中文（台灣）"),
            ("sr-Latn", "Srpski (latinica)"),
            ("en-GB", "British English"),
            ("tl", "Filipino"),
            ("es-PY", "Español (Paraguay)"),
            ("qu-BO", "Runasimi (Bolivia)"),
            ("tlh", "tlh"),
        ];
        for (tag, name) in names {
            assert_eq!(own_name(&language(tag)), name, "{tag}");
        }
    }

    #[test]
    fn a_language_has_a_name_in_each_other() {
        let name = |reader: &str, tag: &str| Names::of(&language(reader)).name(&language(tag));
        assert_eq!(name("sq", "en").as_deref(), Some("anglisht"));
        assert_eq!(name("en-GB", "sq").as_deref(), Some("Albanian"));
        assert_eq!(name("zh-TW", "sq").as_deref(), Some("阿爾巴尼亞文"));
        assert_eq!(name("fr", "es-PY").as_deref(), Some("espagnol (Paraguay)"));
        assert_eq!(
            name("de", "zh-Hant-HK").as_deref(),
            Some("Chinesisch (Traditionell) (Hongkong)")
        );
        assert_eq!(name("en", "tlh"), None);
        assert_eq!(name("tlh", "en"), None);
    }

    #[test]
    fn countries_are_known() {
        assert!(is_region("AL") && is_region("419") && !is_region("UK") && !is_region("EN"));
    }
}
