//! Reads a theme: the built-in one, with a site's own laid over it file by file.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, DirEntry, include_dir};

use crate::model::config::Config;
use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::language::Language;
use crate::model::source::{SourcePath, Sources};
use crate::model::suggest::suggest;
use crate::model::theme::{Message, Messages, Template, Theme};
use crate::parse::fields::{Faults, Fields, text};
use crate::parse::icons;
use crate::parse::style_sheet::squeeze;
use crate::parse::yaml::{self, Entry, Excerpt, Node, Yaml};

/// Part of the program, so that it is one file.
static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

const DEFAULT: &str = "default";

pub fn theme(sources: &Sources, config: &Config) -> Outcome<Theme> {
    let mut theme = Theme::default();
    let mut diagnostics = Vec::new();
    for (name, bytes) in files(&BUILT_IN) {
        add(&mut theme, &name, bytes, None, &mut diagnostics);
    }
    let own = format!("themes/{}/", config.theme.value);
    let mut found = config.theme.value == DEFAULT;
    for (path, source) in sources.texts_below(&own) {
        if let Some(name) = path.as_str().strip_prefix(&own) {
            found = true;
            add(&mut theme, name, source.as_bytes(), Some(path), &mut diagnostics);
        }
    }
    for (path, bytes) in sources.assets_below(&own) {
        if let Some(name) =
            path.as_str().strip_prefix(&own).and_then(|name| name.strip_prefix("assets/"))
        {
            found = true;
            theme.assets.insert(name.to_owned(), asset(name, bytes));
        }
    }
    if !found {
        diagnostics.push(missing(sources, config));
    }
    theme.icons = match config.icons.is_empty() {
        true => icons::of_theme(&theme.assets),
        false => icons::of_site(sources, config, &mut diagnostics),
    };
    complete(&theme, config, &mut diagnostics);
    Outcome::new(theme, diagnostics)
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
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(name) = name.strip_prefix("templates/") {
        let text: Arc<str> = String::from_utf8_lossy(bytes).into();
        // The engine finds `guide.html` as `default/guide.html` where a site has none of its own; one of
        // its own says `{% extends "default/guide.html" %}` to build on what it replaces.
        let name = if path.is_none() { format!("{DEFAULT}/{name}") } else { name.to_owned() };
        theme.templates.insert(name, Template { path: path.cloned(), text });
    } else if let Some(name) = name.strip_prefix("assets/") {
        theme.assets.insert(name.to_owned(), asset(name, bytes));
    } else if let Some(tag) = name.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".yaml"))
    {
        words(theme, tag, &String::from_utf8_lossy(bytes), path, diagnostics);
    }
}

/// As readers get it.
fn asset(name: &str, bytes: &[u8]) -> Arc<Vec<u8>> {
    let style_sheet = name.ends_with(".css").then_some(bytes);
    match style_sheet.and_then(|bytes| std::str::from_utf8(bytes).ok()) {
        Some(text) => Arc::new(squeeze(text).into_bytes()),
        None => Arc::new(bytes.to_vec()),
    }
}

/// Words laid over those that are there, word by word.
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
    if let Some(node) = fields.node("words")
        && Fields::open(node, "`words`", faults).is_some()
        && let Yaml::Map(entries) = &node.value
    {
        for entry in entries {
            if let Some(message) = message(entry, faults) {
                messages.words.insert(entry.key.clone(), message);
            }
        }
    }
    fields.close(faults);
}

fn message(entry: &Entry, faults: &mut Faults<'_>) -> Option<Message> {
    let Entry { key, key_span, value: node } = entry;
    let Yaml::Map(entries) = &node.value else {
        // A separator may begin or end with a space, which quotes keep.
        return match &node.value {
            Yaml::Text(text) => Some(Message::One(Arc::from(text.as_str()))),
            _ => text(node, key, faults).map(|text| Message::One(Arc::from(text.value))),
        };
    };
    let categories = ["zero", "one", "two", "few", "many", "other"];
    let mut forms = BTreeMap::new();
    for entry in entries {
        if !categories.contains(&entry.key.as_str()) {
            let message = format!("`{}` is no plural category", entry.key);
            let hint = suggest(&entry.key, categories).map_or_else(
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

/// Every word of the built-in English must be there in each of the site's languages.
fn complete(theme: &Theme, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let english = Language::parse("en").and_then(|english| theme.words.get(&english));
    let Some(english) = english else { return };
    for language in &config.languages {
        let path = SourcePath::new(&format!("themes/{}/i18n/{language}.yaml", config.theme.value));
        let Some(messages) = theme.words.get(language) else {
            let message =
                format!("the theme has no words in `{language}`; its pages use English ones");
            let hint = format!("write `{path}` with the words of `themes/default/i18n/en.yaml`");
            diagnostics.push(
                Diagnostic::new(Code::MissingWord, message)
                    .at(&config.path, config.languages_span)
                    .hint(hint),
            );
            continue;
        };
        let missing: Vec<&str> = english
            .words
            .keys()
            .filter(|key| !messages.words.contains_key(*key))
            .map(String::as_str)
            .collect();
        if !missing.is_empty() {
            let message = format!("words are missing in `{language}`: {}", missing.join(", "));
            let hint = format!("add them to `{path}`");
            diagnostics.push(
                Diagnostic::new(Code::MissingWord, message)
                    .at(&path, Default::default())
                    .hint(hint),
            );
        }
    }
}
