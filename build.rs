//! Packs what the program knows about each language, the words of the interface and the names that CLDR
//! has for other languages, so that a site unpacks only its own.
#![allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::{env, fs};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use icu_locale::LanguageIdentifier;
use icu_locale::names::{
    DisplayNamesPreferences, LanguageIdentifierDisplayName, RegionDisplayName, ScriptDisplayName,
};
use icu_locale::subtags::{Region, Script};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const WORDS: &str = "themes/default/i18n";

/// Languages in another script or region than the likely one; their names differ from those of the bare
/// language.
const VARIANTS: &[&str] =
    &["bs-Cyrl", "pa-Arab", "pt-PT", "sr-Latn", "uz-Cyrl", "zh-HK", "zh-Hant"];

/// Varieties for which CLDR has a name of their own: “Simplified Chinese”, “British English”.
const VARIETIES: &[&str] = &[
    "ar-001", "az-Arab", "de-AT", "de-CH", "en-AU", "en-CA", "en-GB", "en-US", "es-419", "es-ES",
    "es-MX", "fa-AF", "fr-CA", "fr-CH", "hi-Latn", "nds-NL", "nl-BE", "pt-BR", "pt-PT", "ro-MD",
    "sw-CD", "yue-Hans", "yue-Hant", "zh-Hans", "zh-Hant",
];

/// Scripts in which a language may be written beside its usual one.
const SCRIPTS: &[&str] = &["Arab", "Cyrl", "Deva", "Hans", "Hant", "Latn", "Mong", "Tfng"];

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={WORDS}");
    let mut parts = BTreeMap::new();
    for entry in fs::read_dir(WORDS)? {
        let path = entry?.path();
        if let (Some("yaml"), Some(tag)) = (
            path.extension().and_then(|extension| extension.to_str()),
            path.file_stem().and_then(|stem| stem.to_str()),
        ) {
            parts.insert(format!("words/{tag}"), fs::read_to_string(&path)?);
        }
    }
    let languages = languages();
    let regions = regions();
    for reader in languages.iter().map(String::as_str).chain(VARIANTS.iter().copied()) {
        parts.insert(format!("names/{reader}"), names(reader, &languages, &regions));
    }
    let folder = env::var("OUT_DIR")?;
    let folder = Path::new(&folder);
    let mut list = String::from("&[\n");
    let mut packed = Vec::new();
    for (name, text) in parts {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text.as_bytes())?;
        let bytes = encoder.finish()?;
        let end = packed.len() + bytes.len();
        list.push_str(&format!("    ({name:?}, {}..{end}),\n", packed.len()));
        packed.extend(bytes);
    }
    list.push(']');
    fs::write(folder.join("languages.bin"), packed)?;
    fs::write(folder.join("languages.rs"), list)?;
    Ok(())
}

/// The languages whose own name for themselves is in CLDR.
fn languages() -> Vec<String> {
    let letters = || b'a'..=b'z';
    let two = letters().flat_map(|a| letters().map(move |b| vec![a, b]));
    let three = two.clone().flat_map(|two| letters().map(move |c| [two.clone(), vec![c]].concat()));
    let tags = two.chain(three).filter_map(|tag| String::from_utf8(tag).ok());
    let mut languages: Vec<String> = tags.filter(|tag| language_name(tag, tag).is_some()).collect();
    languages.sort();
    languages
}

fn regions() -> Vec<String> {
    let letters = || 'A'..='Z';
    let two = letters().flat_map(|a| letters().map(move |b| format!("{a}{b}")));
    let wide = ["001", "150", "419"].map(str::to_owned);
    two.chain(wide).filter(|region| region_name(region, "en").is_some()).collect()
}

/// One line for each language, variety, script (`_Latn`) and region (`_HK`) that has a name in the language
/// of `reader`, and one for the pattern that combines two names (`_`).
fn names(reader: &str, languages: &[String], regions: &[String]) -> String {
    let mut text = String::new();
    let mut line = |key: &str, name: Option<String>| {
        if let Some(name) = name {
            text.push_str(&format!("{key}\t{name}\n"));
        }
    };
    for language in languages {
        line(language, language_name(language, reader));
    }
    for variety in VARIETIES {
        // If a variety has no name of its own, its name is put together from two.
        let name = language_name(variety, reader);
        line(variety, name.filter(|name| !name.contains(['(', '（'])));
    }
    for script in SCRIPTS {
        line(&format!("_{script}"), script_name(script, reader));
    }
    for region in regions {
        line(&format!("_{region}"), region_name(region, reader));
    }
    line("_", pattern(reader));
    text
}

/// The pattern “{0} ({1})” as the language writes it, derived from an example.
fn pattern(reader: &str) -> Option<String> {
    let (base, region) = (language_name("ja", reader)?, region_name("JP", reader)?);
    let whole = language_name("ja-JP", reader)?;
    Some(whole.replacen(&base, "{0}", 1).replacen(&region, "{1}", 1))
        .filter(|pattern| pattern.contains("{0}") && pattern.contains("{1}"))
}

fn language_name(tag: &str, reader: &str) -> Option<String> {
    let subject = LanguageIdentifier::try_from_str(tag).ok()?;
    let name = LanguageIdentifierDisplayName::try_new_heavy(
        preferences(reader)?,
        subject,
        Default::default(),
    );
    let name = name.ok()?;
    let mut text = String::new();
    // An error means that CLDR has no name for the tag.
    match writeable::TryWriteable::try_write_to(&name.as_borrowed(), &mut text) {
        Ok(Ok(())) => Some(text),
        _ => None,
    }
}

fn script_name(script: &str, reader: &str) -> Option<String> {
    let subject = Script::try_from_str(script).ok()?;
    let name = ScriptDisplayName::try_new_light(preferences(reader)?, subject);
    name.ok().map(|name| name.as_borrowed().to_string())
}

/// The name of a region. The short one is used where the long one is official rather than usual: “Hong
/// Kong”, not “Hong Kong SAR China”.
fn region_name(region: &str, reader: &str) -> Option<String> {
    let subject = Region::try_from_str(region).ok()?;
    let preferences = preferences(reader)?;
    let name = match region {
        "HK" | "MO" => RegionDisplayName::try_new_short_light(preferences, subject),
        _ => RegionDisplayName::try_new_light(preferences, subject),
    };
    name.ok().map(|name| name.as_borrowed().to_string())
}

fn preferences(reader: &str) -> Option<DisplayNamesPreferences> {
    let reader = LanguageIdentifier::try_from_str(reader).ok()?;
    Some(DisplayNamesPreferences::from(&icu_locale::Locale::from(reader)))
}
