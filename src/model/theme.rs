//! A theme: templates, files, and the words of the interface.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::language::Language;
use crate::model::source::SourcePath;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Theme {
    /// By name below `templates/`; the built-in theme's as `default/<name>`.
    pub templates: BTreeMap<String, Template>,
    /// By name below `assets/`: style sheets, scripts, pictures.
    pub assets: BTreeMap<String, Arc<Vec<u8>>>,
    pub words: BTreeMap<Language, Messages>,
    /// In the order in which a browser is told of them.
    pub icons: Vec<Icon>,
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
    /// The language's name in itself.
    pub name: Arc<str>,
    pub words: BTreeMap<String, Message>,
}

/// A word, or its plural forms by CLDR category (`one`, `few`, `other`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    One(Arc<str>),
    Plural(BTreeMap<String, Arc<str>>),
}
