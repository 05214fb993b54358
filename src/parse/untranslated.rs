//! Writes the file in which a site translates those words of the interface that a language lacks.

use crate::model::config::Config;
use crate::model::language::Language;
use crate::model::locales::Names;
use crate::model::plurals::Plurals;
use crate::model::source::Sources;
use crate::model::theme::Message;
use crate::parse::theme::theme;

/// Each line has a key, the place where its words appear, and how many letters fit there.
const PLACES: &str = include_str!("places.tsv");

/// `None` if the language has every word. The file has the theme's English words, each with a `TODO` in
/// front; a word counts as missing until it is translated.
pub fn untranslated_words(
    sources: &Sources,
    config: &Config,
    language: &Language,
) -> Option<String> {
    let english = Language::parse("en")?;
    let languages = vec![language.clone(), english.clone()];
    let theme = theme(sources, &Config { languages, ..config.clone() }).value;
    let missing = theme.missing.get(language)?;
    let words = &theme.words.get(&english)?.words;
    let name = Names::of(&english).name(language).unwrap_or_else(|| language.to_string());
    let categories = Plurals::of(language).categories();
    let mut text = format!(
        "# Words of the interface in {name}. Put each into the place of the English behind its `TODO`.\n\
         # What is in braces is filled in: keep it as it is. A text with {{n}} has a form for each of CLDR's\n\
         # plural categories in the language: {}.\n\
         status: human\nwords:\n",
        categories.join(", ")
    );
    for key in missing {
        let Some(message) = words.get(key) else { continue };
        if let Some((place, letters)) = place(key) {
            text.push_str(&format!("  # {place}; up to {letters} letters.\n"));
        }
        text.push_str(&format!("  {key}: {}\n", todo(message, &categories)));
    }
    Some(text)
}

/// A message with its `TODO`, as YAML.
fn todo(message: &Message, categories: &[&str]) -> String {
    // JSON's quoted strings are valid in YAML too.
    let quoted = |text: &str| serde_json::Value::from(format!("TODO {text}")).to_string();
    match message {
        Message::One(text) => quoted(text),
        Message::Plural(forms) => {
            let form = |category: &&str| {
                let text = forms.get(*category).or_else(|| forms.get("other"));
                format!("{category}: {}", quoted(text.map_or("", |text| text)))
            };
            format!("{{{}}}", categories.iter().map(form).collect::<Vec<_>>().join(", "))
        }
    }
}

/// The place of a word of the built-in theme, and how many letters fit there.
fn place(key: &str) -> Option<(&'static str, &'static str)> {
    let fits = |name: &str| match name.strip_suffix('*') {
        Some(start) => key.starts_with(start),
        None => key == name,
    };
    let mut lines = PLACES.lines().map(|line| line.split('\t'));
    lines.find_map(|mut line| {
        let (name, place, letters) = (line.next()?, line.next()?, line.next()?);
        fits(name).then_some((place, letters))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::SourcePath;

    fn config() -> Config {
        Config::fallback(SourcePath::new("guides/site.yaml"), Language::parse("en").unwrap())
    }

    fn words(tag: &str, own: Option<&str>) -> Option<String> {
        let mut sources = Sources::default();
        let file = own.map(|text| (SourcePath::new("themes/default/i18n/qu.yaml"), text.into()));
        sources.texts.extend(file);
        untranslated_words(&sources, &config(), &Language::parse(tag).unwrap())
    }

    #[test]
    fn a_language_without_words_gets_all_of_them_with_a_comment_each() {
        let text = words("qu", None).unwrap();
        assert!(text.contains("in Quechua"), "{text}");
        assert!(text.contains("\n  # the first link of the way to a page, and in the footer; up to 20 letters.\n  home: \"TODO Home\"\n"), "{text}");
        assert!(text.contains("guides_count: {other: \"TODO {n} guides\"}"), "{text}");
        let comments = text.lines().filter(|line| line.starts_with("  # ")).count();
        let lines = text.lines().filter(|line| line.starts_with("  ")).count();
        assert_eq!(comments * 2, lines, "a word has no line in places.tsv");
    }

    #[test]
    fn what_is_translated_is_left_out_and_a_todo_is_not() {
        let text = words("qu", Some("words:\n  home: Wasi\n  tags: TODO Topics\n")).unwrap();
        assert!(!text.contains(" home:") && text.contains(" tags:"));
        assert_eq!(words("fr", None), None);
        assert_eq!(words("zh-TW", None), None);
    }
}
