//! What the owner of a site makes of it without a theme of his own, as `site.yaml` says it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::address::Address;
use crate::model::colour::Colour;
use crate::model::date::Date;
use crate::model::guide::Translation;
use crate::model::language::Language;
use crate::model::operator::LocalText;
use crate::model::picture::PictureSize;
use crate::model::source::SourcePath;
use crate::model::span::Located;
use crate::model::vocabulary::FontUse;
use crate::model::web_address::{WebAddress, WebOrigin};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnerSettings {
    pub logo: Option<Logo>,
    pub accent: Option<Accent>,
    pub fonts: Vec<OwnFont>,
    pub footer: OwnerText,
    pub banner: Option<Banner>,
    pub social: Vec<SocialLink>,
    pub contact: Option<OwnerContact>,
    /// The address at which a file is edited, with `{path}` where the file's path goes.
    pub edit: Option<String>,
    pub redirects: Vec<RedirectRule>,
    /// A file below `guides/` whose HTML every page has in its head.
    pub head: Option<Located<String>>,
    /// The addresses of the menu, in its order, as the links of a text of the home page.
    pub menu: Option<Arc<Translation>>,
    /// Whose scripts may run.
    pub allowed: Vec<WebOrigin>,
}

/// Pictures below `guides/`, in the place of the site's title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    pub light: Located<String>,
    /// Where the page is dark.
    pub dark: Option<Located<String>>,
}

/// Of links and buttons; each can be read on the pages of its scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    pub light: Colour,
    pub dark: Colour,
}

/// A font file below `guides/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFont {
    pub file: Located<String>,
    pub use_for: FontUse,
    /// Whose pages are set in it; every language's where there are none.
    pub languages: Vec<Language>,
    /// `400`, or `100 900` of a font that has all between.
    pub weight: Option<String>,
    pub slant: FontSlant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FontSlant {
    #[default]
    Upright,
    Italic,
}

/// Words in Markdown, the same in every language or given language by language. Each is read as a text of the home page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnerText {
    pub default: Option<Arc<Translation>>,
    pub by_language: BTreeMap<Language, Arc<Translation>>,
}

impl OwnerText {
    pub fn is_empty(&self) -> bool {
        self.default.is_none() && self.by_language.is_empty()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banner {
    pub text: OwnerText,
    /// The last day on which it is shown.
    pub until: Option<Located<Date>>,
}

impl Banner {
    pub fn is_over(&self, today: Date) -> bool {
        self.until.is_some_and(|until| today > until.value)
    }
}

/// Somewhere else where the owner can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocialLink {
    pub name: LocalText,
    pub url: Located<WebAddress>,
    /// A picture below `guides/`.
    pub icon: Option<Located<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerContact {
    /// Empty where the address is to be read itself.
    pub title: LocalText,
    pub to: Located<ContactAddress>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactAddress {
    Mail(String),
    Page(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedirectRule {
    pub from: Located<Address>,
    pub to: Located<RedirectGoal>,
}

/// Where an old address is to lead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectGoal {
    /// An address of the site, with the part of the page behind `#`, if any.
    Own(Address, Option<Arc<str>>),
    Other(WebAddress),
}

/// The files that the settings name, once they have been looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnerFiles {
    pub logo: Option<LogoFiles>,
    /// The HTML of the head file, with line ends as browsers count them.
    pub head: Arc<str>,
    /// Of its scripts and style sheets: `sha256-…`.
    pub scripts: Vec<Arc<str>>,
    pub styles: Vec<Arc<str>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogoFiles {
    pub light: SourcePath,
    pub dark: Option<SourcePath>,
    /// Width and height, as far as the file says them.
    pub size: Option<PictureSize>,
}
