//! The words of the interface that the program has: each language's file is whole, and in its own plural forms.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "this test reads the words of the interface from their files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use icu_plurals::{PluralCategory, PluralOperands, PluralRules};
use serde_json::Value;

/// By its tag, as a map of words or plural forms.
fn files() -> BTreeMap<String, BTreeMap<String, Value>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n");
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let tag = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let file: BTreeMap<String, Value> = serde_yaml::from_str(&text)
            .unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        files.insert(tag, file);
    }
    files
}

fn words(file: &BTreeMap<String, Value>) -> &serde_json::Map<String, Value> {
    file["words"].as_object().unwrap()
}

/// What a text has in braces.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect()
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

/// The forms that whole numbers take, with `other`, which stands in for all; and those of fractions too.
fn forms(tag: &str) -> [BTreeSet<&'static str>; 2] {
    let locale = icu_locale::Locale::try_from_str(tag).unwrap();
    let rules = PluralRules::try_new(locale.into(), Default::default()).unwrap();
    let whole = (0..=200).chain([1_000_000u64]);
    let whole = whole.map(|number| name(rules.category_for(PluralOperands::from(number))));
    let all = rules.categories().map(name);
    [whole.chain(["other"]).collect(), all.collect()]
}

/// What is wrong with a word of `tag`, of which English has `english`.
fn faults(tag: &str, key: &str, english: &Value, own: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let texts = |value: &Value| -> Vec<(String, String)> {
        match value {
            Value::Object(forms) => forms
                .iter()
                .map(|(form, text)| (form.clone(), text.as_str().unwrap_or("").to_owned()))
                .collect(),
            text => vec![(String::new(), text.as_str().unwrap_or("").to_owned())],
        }
    };
    if english.is_object() != own.is_object() {
        return vec![format!("{tag}: `{key}` has plural forms in one of English and {tag} only")];
    }
    if let Value::Object(own) = own {
        let has: BTreeSet<&str> = own.keys().map(String::as_str).collect();
        let [wanted, known] = forms(tag);
        let missing: Vec<_> = wanted.difference(&has).collect();
        let spare: Vec<_> = has.difference(&known).collect();
        if !missing.is_empty() || !spare.is_empty() {
            faults.push(format!("{tag}: `{key}` lacks the forms {missing:?}, and has {spare:?}"));
        }
    }
    let wanted: BTreeSet<String> =
        texts(english).iter().flat_map(|(_, text)| placeholders(text)).map(str::to_owned).collect();
    for (form, text) in texts(own) {
        let has: BTreeSet<String> = placeholders(&text).into_iter().map(str::to_owned).collect();
        // One or two may stand in its form as a word.
        let exact = matches!(form.as_str(), "zero" | "one" | "two");
        let fine = has == wanted || (exact && has.is_subset(&wanted));
        if !fine || text.trim().is_empty() {
            faults.push(format!("{tag}: `{key}` {form} is {text:?}, and English has {wanted:?}"));
        }
    }
    faults
}

#[test]
fn every_language_has_every_word_in_all_its_forms() {
    let files = files();
    let english = words(&files["en"]);
    assert!(files.len() >= 57 && english.len() > 150, "{} languages", files.len());
    let mut found = Vec::new();
    for (tag, file) in &files {
        let own = words(file);
        let missing: Vec<_> = english.keys().filter(|key| !own.contains_key(*key)).collect();
        if !missing.is_empty() {
            let hint = "translate them, and say `status: machine` if a machine did";
            found.push(format!("{tag}: lacks {missing:?}; {hint}"));
        }
        for (key, value) in own {
            match english.get(key) {
                Some(english) => found.extend(faults(tag, key, english, value)),
                None => found.push(format!("{tag}: `{key}` is no word of the interface")),
            }
        }
        let status = file.get("status").and_then(Value::as_str);
        if !matches!(status, Some("human" | "machine" | "reviewed")) {
            found.push(format!("{tag}: `status` is not `human`, `machine` or `reviewed`"));
        }
        for key in file.keys().filter(|key| !["status", "words"].contains(&key.as_str())) {
            found.push(format!("{tag}: `{key}` is not needed: CLDR has it"));
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn a_fault_in_a_word_is_found() {
    let english: Value = serde_json::json!({"one": "{n} guide", "other": "{n} guides"});
    let russian = |few: &str| serde_json::json!({"one": "{n} a", "few": few, "many": "{n} b", "other": "{n} c"});
    assert_eq!(faults("ru", "guides", &english, &russian("{n} d")), Vec::<String>::new());
    assert_eq!(faults("ru", "guides", &english, &russian("d")).len(), 1);
    assert_eq!(faults("ru", "guides", &english, &english).len(), 1);
    let text = |text: &str| Value::String(text.to_owned());
    assert_eq!(faults("ru", "moved", &text("Moved {date}"), &text("Moved {day}")).len(), 1);
    assert_eq!(faults("ru", "moved", &text("Moved"), &text(" ")).len(), 1);
}
