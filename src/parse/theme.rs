//! Reads a theme: the built-in one, whose files the site's own theme replaces one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use include_dir::{Dir, DirEntry, include_dir};

use crate::model::config::Config;
use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::foreign;
use crate::model::language::Language;
use crate::model::locales;
use crate::model::plurals::CATEGORIES;
use crate::model::source::{SourcePath, Sources};
use crate::model::suggest::suggest;
use crate::model::tags;
use crate::model::theme::{Message, Messages, Template, Theme};
use crate::model::unit::has_todo;
use crate::model::vocabulary::TranslationStatus;
use crate::parse::bare_script::bare_script;
use crate::parse::fields::{Faults, Fields, text};
use crate::parse::style_sheet::{spoken, squeeze};
use crate::parse::yaml::{self, Entry, Excerpt, Node, Yaml};
use crate::parse::{icons, owner_files, owner_style, serbian};

/// Both are part of the program, so that it is a single file. The words are packed (`model/locales.rs`).
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default/templates");
static ASSETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default/assets");

const DEFAULT: &str = "default";
/// The style sheet of every page.
const STYLE: &str = "style.css";

pub fn theme(sources: &Sources, config: &Config) -> Outcome<Theme> {
    let mut theme = Theme::default();
    let mut diagnostics = Vec::new();
    for (folder, kind) in [(&TEMPLATES, "templates"), (&ASSETS, "assets")] {
        for (name, bytes) in files(folder) {
            add(
                &mut theme,
                &format!("{kind}/{name}"),
                bytes,
                None,
                &config.languages,
                &mut diagnostics,
            );
        }
    }
    for language in built_in(config) {
        let text = locales::words(&language).unwrap_or_default();
        words(&mut theme, language.tag(), &text, None, &mut diagnostics);
    }
    let own = format!("themes/{}/", config.theme.value);
    let mut found = config.theme.value == DEFAULT;
    for (path, source) in sources.texts_below(&own) {
        if let Some(name) = path.as_str().strip_prefix(&own) {
            found = true;
            add(
                &mut theme,
                name,
                source.as_bytes(),
                Some(path),
                &config.languages,
                &mut diagnostics,
            );
        }
    }
    for (path, bytes) in sources.assets_below(&own) {
        if let Some(name) =
            path.as_str().strip_prefix(&own).and_then(|name| name.strip_prefix("assets/"))
        {
            found = true;
            theme.assets.insert(name.to_owned(), asset(name, bytes, &config.languages));
        }
    }
    if !found {
        diagnostics.push(missing(sources, config));
    }
    theme.icons = match config.icons.is_empty() {
        true => icons::of_theme(&theme.assets),
        false => icons::of_site(sources, config, &mut diagnostics),
    };
    theme.owner = owner_files::read(sources, config, &mut diagnostics);
    let rules = owner_style::rules(config);
    if let Some(style) = theme.assets.get_mut(STYLE).filter(|_| !rules.is_empty()) {
        Arc::make_mut(style).extend_from_slice(rules.as_bytes());
    }
    complete(&mut theme, config, &mut diagnostics);
    Outcome::new(theme, diagnostics)
}

/// Every file of the built-in theme, by its name in a theme's folder: `templates/guide.html`.
pub fn theme_files() -> BTreeMap<String, Vec<u8>> {
    let parts = [(&TEMPLATES, "templates"), (&ASSETS, "assets")].into_iter();
    let listed = parts.flat_map(|(folder, kind)| {
        files(folder)
            .into_iter()
            .map(move |(name, bytes)| (format!("{kind}/{name}"), bytes.to_vec()))
    });
    let words = locales::worded().filter_map(|language| {
        Some((format!("i18n/{language}.yaml"), locales::words(&language)?.into_bytes()))
    });
    listed.chain(words).collect()
}

/// The languages whose words the program has and the site's pages may show.
fn built_in(config: &Config) -> BTreeSet<Language> {
    let known: Vec<Language> = locales::worded().collect();
    let english = Language::parse("en");
    let wanted = config.languages.iter().chain(&english);
    let parents = wanted.flat_map(|language| language.parents(&known));
    let cyrillic = config.languages.iter().filter(|language| is_serbian_in_latin(language));
    parents.cloned().chain(cyrillic.filter_map(|_| Language::parse("sr"))).collect()
}

/// CLDR gives Serbian in Latin letters no parent, but its words follow by rule from the Cyrillic ones.
fn is_serbian_in_latin(language: &Language) -> bool {
    language.tag().starts_with("sr-") && language.script() == "Latn"
}

fn files<'a>(folder: &'a Dir<'a>) -> Vec<(String, &'a [u8])> {
    let mut found = Vec::new();
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => found.extend(files(folder)),
            DirEntry::File(file) => {
                let name = file.path().to_string_lossy().replace('\\', "/");
                found.push((name, file.contents()));
            }
        }
    }
    found
}

fn add(
    theme: &mut Theme,
    name: &str,
    bytes: &[u8],
    path: Option<&SourcePath>,
    languages: &[Language],
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(name) = name.strip_prefix("templates/") {
        let text: Arc<str> = String::from_utf8_lossy(bytes).into();
        // Where a site has no `guide.html` of its own, the engine finds the built-in one as
        // `default/guide.html`. A site's own template can build on the one it replaces with `{% extends
        // "default/guide.html" %}`.
        let name = if path.is_none() { format!("{DEFAULT}/{name}") } else { name.to_owned() };
        theme.templates.insert(name, Template { path: path.cloned(), text });
    } else if let Some(name) = name.strip_prefix("assets/") {
        theme.assets.insert(name.to_owned(), asset(name, bytes, languages));
    } else if let Some(tag) = name.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".yaml"))
    {
        words(theme, tag, &String::from_utf8_lossy(bytes), path, diagnostics);
    }
}

/// Whether it is a script of the built-in theme, in whatever folder.
fn is_built_in(name: &str, bytes: &[u8]) -> bool {
    ASSETS.get_file(name).is_some_and(|file| file.contents() == bytes)
}

/// As readers of the site get it.
fn asset(name: &str, bytes: &[u8], languages: &[Language]) -> Arc<Vec<u8>> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    Arc::new(match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" if !text.is_empty() => spoken(&squeeze(text), languages).into_bytes(),
        "js" if is_built_in(name, bytes) => bare_script(text).into_bytes(),
        _ => bytes.to_vec(),
    })
}

/// Adds words to those that are there, replacing them one by one.
fn words(
    theme: &mut Theme,
    tag: &str,
    source: &str,
    path: Option<&SourcePath>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let place = path
        .cloned()
        .unwrap_or_else(|| SourcePath::new(&format!("themes/default/i18n/{tag}.yaml")));
    let mut faults = Faults::new(&place);
    let Some(language) = Language::parse(tag) else {
        let message = format!("`{tag}` is no tag of a language");
        faults.hint(
            Code::StrayFile,
            Default::default(),
            message,
            "name it like `i18n/zh-Hans.yaml`",
        );
        return diagnostics.append(&mut faults.list);
    };
    match yaml::parse(Excerpt { path: &place, text: source, offset: 0 }, 8) {
        Ok(root) => read(theme.words.entry(language).or_default(), &root, &mut faults),
        Err(fault) => faults.list.push(fault),
    }
    diagnostics.append(&mut faults.list);
}

fn read(messages: &mut Messages, root: &Node, faults: &mut Faults<'_>) {
    let Some(mut fields) = Fields::open(root, "a language's words", faults) else { return };
    if let Some(name) = fields.text("name", faults) {
        messages.name = Arc::from(name.value);
    }
    // The status is only for those who work on the words; readers see no difference.
    let _: Option<TranslationStatus> = fields.word("status", faults);
    if let Some(node) = fields.node("words")
        && Fields::open(node, "`words`", faults).is_some()
        && let Yaml::Map(entries) = &node.value
    {
        for entry in entries {
            // A word with a `TODO` is still waiting for its translator.
            let waits = |message: &Message| message.texts().any(has_todo);
            if let Some(message) = message(entry, faults).filter(|message| !waits(message)) {
                messages.words.insert(entry.key.clone(), message);
            }
        }
    }
    fields.close(faults);
}

fn message(entry: &Entry, faults: &mut Faults<'_>) -> Option<Message> {
    let Entry { key, key_span, value: node } = entry;
    let Yaml::Map(entries) = &node.value else {
        // A separator may begin or end with a space, which quotes preserve.
        return match &node.value {
            Yaml::Text(text) => Some(Message::One(Arc::from(text.as_str()))),
            _ => text(node, key, faults).map(|text| Message::One(Arc::from(text.value))),
        };
    };
    let mut forms = BTreeMap::new();
    for entry in entries {
        if !CATEGORIES.contains(&entry.key.as_str()) {
            let message = format!("`{}` is no plural category", entry.key);
            let hint = suggest(&entry.key, CATEGORIES).map_or_else(
                || "write `zero`, `one`, `two`, `few`, `many` or `other` (CLDR)".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            faults.hint(Code::BadValue, entry.key_span, message, hint);
        } else if let Some(text) = text(&entry.value, key, faults) {
            forms.insert(entry.key.clone(), Arc::from(text.value));
        }
    }
    if !forms.contains_key("other") {
        let message = format!("`{key}` has no form for `other`");
        faults.hint(Code::MissingWord, *key_span, message, "add `other: …`");
        return None;
    }
    Some(Message::Plural(forms))
}

fn missing(sources: &Sources, config: &Config) -> Diagnostic {
    let folders = sources.texts_below("themes/");
    let folders = folders.filter_map(|(path, _)| path.as_str().strip_prefix("themes/"));
    let names = folders.filter_map(|path| path.split('/').next()).chain([DEFAULT]);
    let message = format!("there is no theme `{}`", config.theme.value);
    let hint = match suggest(&config.theme.value, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("make a folder `themes/{}/`, or take the field out", config.theme.value),
    };
    Diagnostic::new(Code::MissingTheme, message).at(&config.path, config.theme.span).hint(hint)
}

/// Completes the words of each of the site's languages: first its own, then those of its parents (CLDR), then
/// English for whatever is still missing, which is reported.
fn complete(theme: &mut Theme, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let known = std::mem::take(&mut theme.words);
    let english = Language::parse("en").and_then(|english| known.get_key_value(&english));
    for language in &config.languages {
        let mut whole = Messages::default();
        let parents = language.parents(known.keys()).into_iter().filter_map(|one| known.get(one));
        for messages in parents {
            if whole.name.is_empty() && whole.words.is_empty() {
                whole.name = messages.name.clone();
            }
            for (key, message) in &messages.words {
                whole.words.entry(key.clone()).or_insert_with(|| message.clone());
            }
        }
        if let Some(cyrillic) = Language::parse("sr").filter(|_| is_serbian_in_latin(language)) {
            let words = known.get(&cyrillic).into_iter().flat_map(|messages| &messages.words);
            for (key, message) in words {
                let latin = || message.map(|text| serbian::latin(text).into());
                whole.words.entry(key.clone()).or_insert_with(latin);
            }
        }
        let of_english = english.into_iter().flat_map(|(_, messages)| &messages.words);
        let missing: Vec<_> =
            of_english.filter(|(key, _)| !whole.words.contains_key(*key)).collect();
        if let (false, Some((english, _))) = (missing.is_empty(), english) {
            let keys: Vec<&str> = missing.iter().map(|(key, _)| key.as_str()).collect();
            // Of a tag that is no language's, that has been reported.
            if tags::mistake(language).is_none() {
                diagnostics.push(incomplete(language, &keys, whole.words.is_empty(), config));
            }
            theme.missing.insert(language.clone(), keys.into_iter().map(str::to_owned).collect());
            let marked =
                |message: &Message| message.map(|text| foreign::mark(english, text).into());
            whole.words.extend(missing.into_iter().map(|(key, one)| (key.clone(), marked(one))));
        }
        theme.words.insert(language.clone(), whole);
    }
}

fn incomplete(language: &Language, keys: &[&str], all: bool, config: &Config) -> Diagnostic {
    let path = format!("themes/{}/i18n/{language}.yaml", config.theme.value);
    let message = match all {
        true => {
            format!("there are no words of the interface in `{language}`; English ones are shown")
        }
        false => format!("words are missing in `{language}`: {}", keys.join(", ")),
    };
    Diagnostic::new(Code::MissingWord, message).at(&config.path, config.languages_span).hint(
        format!("write them into `{path}`; `cicerone new language {language}` begins the file"),
    )
}
