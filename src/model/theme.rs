//! A theme: templates, files, and the words of the interface.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::language::Language;
use crate::model::owner::OwnerFiles;
use crate::model::source::SourcePath;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme {
    /// By name below `templates/`; the built-in theme's as `default/<name>`.
    pub templates: BTreeMap<String, Template>,
    /// By name below `assets/`: style sheets, scripts, pictures.
    pub assets: BTreeMap<String, Arc<Vec<u8>>>,
    /// Of each of the site's languages, whole: what it lacks is another's, marked as such.
    pub words: BTreeMap<Language, Messages>,
    /// The keys of those marked ones.
    pub missing: BTreeMap<Language, Vec<String>>,
    /// In the order in which a browser is told of them.
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

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IconFile {
    /// By its name among the theme's assets.
    Theme(String),
    /// Below `guides/`.
    Site(SourcePath),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IconSize {
    Pixels(u32),
    /// A drawing.
    Any,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Where a fault of it is shown; none for the built-in theme.
    pub path: Option<SourcePath>,
    pub text: Arc<str>,
}

/// The words of the interface in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Messages {
    /// The language's name in itself, where CLDR has none or the theme another one.
    pub name: Arc<str>,
    pub words: BTreeMap<String, Message>,
}

/// A word, or its plural forms by CLDR category (`one`, `few`, `other`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    One(Arc<str>),
    Plural(BTreeMap<String, Arc<str>>),
}

impl Message {
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let (one, forms) = match self {
            Message::One(text) => (Some(&**text), None),
            Message::Plural(forms) => (None, Some(forms.values().map(|text| &**text))),
        };
        one.into_iter().chain(forms.into_iter().flatten())
    }

    /// With each of its texts put through `change`.
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
