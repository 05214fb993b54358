//! What drawing any page needs: the site, its words by language, the templates, today.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::model::date::Date;
use crate::model::diagnostic::Diagnostic;
use crate::model::fingerprint::Table;
use crate::model::id::{GuideId, Id, OperatorId};
use crate::model::language::Language;
use crate::model::mention::FindMentions;
use crate::model::site::{Edition, Guide, PageKey, Route, Site};
use crate::model::theme::Icon;
use crate::render::dates::Dates;
use crate::render::names::LanguageNames;
use crate::render::others::Others;
use crate::render::templates::{Shared, Templates};
use crate::render::view::{GuideLinkView, LanguageView, LinkView, Trail, language_view};
use crate::render::words::Words;

/// Shared by all pages, and by all threads that draw them.
pub struct RenderContext<'a> {
    pub site: &'a Site,
    pub templates: &'a Templates<'a>,
    pub locales: Vec<Locale<'a>>,
    pub icons: &'a [Icon],
    /// The Content-Security-Policy of the pages.
    pub policy: String,
    /// The words of a page that shows no texts of another language.
    pub no_words: Shared,
    /// An empty list.
    pub nothing: Shared,
    /// The languages of a page that shows none.
    pub no_others: Shared,
    /// The way to the home page.
    pub no_trail: Trail,
    /// Of every page, by the place of the language.
    pub(super) routes: Table<&'a PageKey, &'a [Route]>,
    /// What `--as-of` says.
    pub today: Date,
    /// Whether any words are marked as those of another language than their readers'.
    pub has_foreign: bool,
    /// Who finds the terms of the glossary in a text; nobody where they are not to be linked.
    pub mentions: Option<&'a dyn FindMentions>,
}

/// A language of the site: its words, and where its readers are led.
#[derive(Clone)]
pub struct Locale<'a> {
    /// The place among the site's languages of the one in which links lead on.
    pub index: usize,
    /// The language of the words.
    pub language: &'a Language,
    pub words: Arc<Words<'a>>,
    pub dates: Arc<Dates>,
    /// Of languages, in this one.
    pub names: Arc<LanguageNames>,
    pub shared: Shared,
    /// The parts of `frame/`.
    pub frame: Shared,
    /// Those of `frame/other/`.
    pub others: Arc<Others>,
    pub view: LanguageView,
    /// The same for a page to show.
    pub shared_view: Shared,
    /// Its words, for pages of other languages that show its texts.
    pub plain: Shared,
    /// The views of each operator's channels, in the registry's order.
    pub channels: Arc<BTreeMap<OperatorId, Vec<Shared>>>,
    /// The links to the pages of tags.
    pub tags: Arc<BTreeMap<Id, Shared>>,
    /// The links to guides, each a `GuideLinkView`, made when the first page shows it.
    pub(super) guides: Arc<Table<&'a GuideId, OnceLock<Option<Shared>>>>,
    /// The way to what lies right in each folder, from the home page down.
    pub trails: Arc<Table<&'a GuideId, Trail>>,
}

impl<'a> RenderContext<'a> {
    pub fn locale(&self, index: usize) -> Option<&Locale<'a>> {
        self.locales.get(index)
    }

    /// For a text that is shown in `language` to readers of another: its words are in its own language,
    /// its links lead to their pages.
    pub fn content_locale(&self, reader: &Locale<'a>, language: &Language) -> Locale<'a> {
        let own = self.locales.iter().find(|locale| locale.language == language);
        Locale { index: reader.index, ..own.unwrap_or(reader).clone() }
    }

    pub fn default_locale(&self) -> Option<&Locale<'a>> {
        self.locales.iter().find(|locale| *locale.language == self.site.config.default_language)
    }

    pub fn language_view(&self, language: &Language) -> LanguageView {
        if let Some(locale) = self.locales.iter().find(|locale| locale.language == language) {
            return locale.view.clone();
        }
        language_view(language, "")
    }

    /// From the host's root, or with the host where the site says it.
    pub fn absolute(&self, url: &str) -> String {
        [&*self.site.routes.origin, url].concat()
    }

    /// With the host; empty where the site does not know where it will live.
    pub fn canonical(&self, url: &str) -> String {
        if self.site.routes.origin.is_empty() { String::new() } else { self.absolute(url) }
    }

    /// The address of a guide's page in the language of one of its files.
    pub fn own_url(&self, guide: &Guide, language: &Language) -> &'a str {
        let index = self.site.config.languages.iter().position(|one| one == language);
        self.url(&PageKey::Guide(guide.id.clone()), index.unwrap_or(0))
    }

    pub fn url(&self, key: &PageKey, language: usize) -> &'a str {
        self.urls(key)(language)
    }

    /// The addresses of a page by the place of the language.
    pub fn urls(&self, key: &PageKey) -> impl Fn(usize) -> &'a str + use<'a> {
        let (root, own) = (&self.site.routes.root, self.routes.get(key).copied().unwrap_or(&[]));
        move |language| own.get(language).map_or(root, |route| &route.url)
    }

    /// The address of a guide in Markdown, in the reader's language or else the original's; empty where
    /// the site has none.
    pub fn markdown(&self, id: &GuideId, locale: &Locale<'_>) -> String {
        let language =
            self.site.guides.get(id).map(|guide| &guide.edition(locale.language).text.language);
        let own = self.locales.iter().find(|locale| Some(locale.language) == language);
        match own.filter(|_| self.site.config.markdown) {
            Some(own) => format!("{}index.md", self.url(&PageKey::Guide(id.clone()), own.index)),
            None => String::new(),
        }
    }

    /// The link to a guide; its title is in its original's words where it is not translated.
    pub fn guide_title(&self, id: &GuideId, locale: &Locale<'_>) -> Option<LinkView> {
        let text = &self.site.guides.get(id)?.edition(locale.language).text;
        Some(self.link(text.title.value.to_string(), &PageKey::Guide(id.clone()), locale))
    }

    /// A guide in a list of the given language; where it is not translated, in its original's words.
    pub fn guide_link(&self, id: &GuideId, locale: &Locale<'_>) -> Option<GuideLinkView> {
        let guide = self.site.guides.get(id)?;
        let text = &guide.edition(locale.language).text;
        let foreign = text.language != *locale.language;
        Some(GuideLinkView {
            title: text.title.value.to_string(),
            url: self.url(&PageKey::Guide(id.clone()), locale.index).to_owned(),
            summary: text.summary.as_deref().unwrap_or_default().to_owned(),
            language: foreign.then(|| self.language_view(&text.language)),
        })
    }

    /// The links to guides for readers of a language, in the order of the guides.
    pub fn guide_links<'g>(
        &self,
        ids: impl IntoIterator<Item = &'g GuideId>,
        locale: &Locale<'a>,
    ) -> Vec<Shared> {
        // Its words may stand on a page of another language, whose links lead elsewhere.
        let own = self.locales.iter().find(|own| own.language == locale.language);
        let link = |id| self.guide_link(id, own.unwrap_or(locale)).as_ref().map(Shared::new);
        let known = |id| locale.guides.get(id)?.get_or_init(|| link(id)).clone();
        ids.into_iter().filter_map(known).collect()
    }

    /// A section's or the home page's text in the language, else in the site's default one.
    pub fn folder_text(&self, id: &GuideId, language: &Language) -> Option<&'a Edition> {
        let words = &self.site.folders.get(id)?.words;
        words
            .get(language)
            .or_else(|| words.get(&self.site.config.default_language))
            .or(words.values().next())
    }

    pub fn folder_title(&self, id: &GuideId, language: &Language) -> String {
        let text = self.folder_text(id, language);
        text.map_or_else(|| id.name().to_owned(), |edition| edition.text.title.value.to_string())
    }

    pub fn tag_title(&self, tag: &Id, language: &Language) -> String {
        match self.site.config.tags.get(tag).map(|words| words.get(language)) {
            Some(title) if !title.is_empty() => title.to_owned(),
            _ => tag.to_string(),
        }
    }

    pub fn link(&self, title: String, key: &PageKey, locale: &Locale<'_>) -> LinkView {
        LinkView { title, url: self.url(key, locale.index).to_owned() }
    }

    /// A part of the theme drawn into a text; a fault in it is reported.
    pub fn partial(
        &self,
        name: &str,
        key: &'static str,
        value: &impl serde::Serialize,
        locale: &Locale<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> String {
        match self.templates.draw_with(name, &[("site", &locale.shared)], (key, value)) {
            Ok(html) => String::from_utf8_lossy(&html).trim().to_owned(),
            Err(fault) => {
                diagnostics.push(fault);
                String::new()
            }
        }
    }
}
