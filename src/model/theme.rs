//! A theme: templates, files, and the words of the interface.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::language::Language;
use crate::model::owner::OwnerFiles;
use crate::model::source::SourcePath;

/// The theme of a site, with the built-in theme for whatever it lacks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme {
    /// Templates by their name below `templates/`; those of the built-in theme are called `default/<name>`.
    pub templates: BTreeMap<String, Template>,
    /// Style sheets, scripts and pictures, by their name below `assets/`.
    pub assets: BTreeMap<String, Arc<Vec<u8>>>,
    /// The words in each of the site's languages. Missing ones are taken from another language and marked as
    /// such.
    pub words: BTreeMap<Language, Messages>,
    /// The keys of those missing words.
    pub missing: BTreeMap<Language, Vec<String>>,
    /// The icons, in the order in which pages list them.
    pub icons: Vec<Icon>,
    /// The site's files that the owner's settings name.
    pub owner: OwnerFiles,
}

/// A square picture that stands for the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Icon {
    pub file: IconFile,
    pub size: IconSize,
}

/// Where the picture of an icon comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IconFile {
    /// One of the theme's assets, by name.
    Theme(String),
    /// A file below `guides/`.
    Site(SourcePath),
}

/// How large an icon is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IconSize {
    /// The length of its sides, in pixels.
    Pixels(u32),
    /// A vector drawing, which fits any size.
    Any,
}

/// The source of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The file in which to report its faults; `None` for the built-in theme.
    pub path: Option<SourcePath>,
    pub text: Arc<str>,
}

/// The words of the interface in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Messages {
    /// The language's name for itself, if CLDR has none or the theme has another one.
    pub name: Arc<str>,
    /// The words, by key.
    pub words: BTreeMap<String, Message>,
}

/// A word or phrase, or its plural forms by CLDR category (`one`, `few`, `other`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    One(Arc<str>),
    Plural(BTreeMap<String, Arc<str>>),
}

impl Message {
    /// All its forms.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (one, forms) = match self {
            Message::One(text) => (Some(&**text), None),
            Message::Plural(forms) => (None, Some(forms.values().map(|text| &**text))),
        };
        one.into_iter().chain(forms.into_iter().flatten())
    }

    /// The same message, with `change` applied to each of its texts.
    pub fn map(&self, change: impl Fn(&str) -> Arc<str>) -> Message {
        match self {
            Message::One(text) => Message::One(change(text)),
            Message::Plural(forms) => {
                let forms = forms.iter().map(|(category, text)| (category.clone(), change(text)));
                Message::Plural(forms.collect())
            }
        }
    }
}
