//! What is needed to draw any page: the site, its words in each language, the templates, today's date.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::model::date::Date;
use crate::model::diagnostic::Diagnostic;
use crate::model::fingerprint::Table;
use crate::model::foreign;
use crate::model::id::{GuideId, Id, OperatorId};
use crate::model::language::Language;
use crate::model::mention::FindMentions;
use crate::model::operator::LocalText;
use crate::model::routes::Route;
use crate::model::site::{Edition, Guide, PageKey, Site};
use crate::model::theme::Icon;
use crate::render::dates::Dates;
use crate::render::names::LanguageNames;
use crate::render::others::Others;
use crate::render::templates::{Shared, Templates};
use crate::render::view::{GuideLinkView, LanguageView, LinkView, Trail, language_view};
use crate::render::words::Words;

/// What all pages and all threads that draw them share.
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
    /// The languages for a page that lists none.
    pub no_others: Shared,
    /// The trail that consists of the home page alone.
    pub no_trail: Trail,
    /// The routes of every page, by the index of the language.
    pub(super) routes: Table<&'a PageKey, &'a [Route]>,
    /// The day given by `--as-of`.
    pub today: Date,
    /// Whether any words are marked as being in another language than their reader's.
    pub has_foreign: bool,
    /// Who finds the terms of the glossary in a text; nobody where they are not to be linked.
    pub mentions: Option<&'a dyn FindMentions>,
}

/// One of the site's languages: its words, and the language that its links lead to.
#[derive(Clone)]
pub struct Locale<'a> {
    /// The index, among the site's languages, of the language that links lead to.
    pub index: usize,
    /// The language of the words.
    pub language: &'a Language,
    pub words: Arc<Words<'a>>,
    pub dates: Arc<Dates>,
    /// The names of languages, in this language.
    pub names: Arc<LanguageNames>,
    pub shared: Shared,
    /// The drawn templates of `frame/`.
    pub frame: Shared,
    /// The drawn templates of `frame/other/`.
    pub others: Arc<Others>,
    pub view: LanguageView,
    /// The same, in the form that pages share.
    pub shared_view: Shared,
    /// The words that need nothing filled in, for pages in other languages that show a text in this one.
    pub plain: Shared,
    /// The views of each operator's channels, in the registry's order.
    pub channels: Arc<BTreeMap<OperatorId, Vec<Shared>>>,
    /// The links to the pages of tags, by tag.
    pub tags: Arc<BTreeMap<Id, Shared>>,
    /// The links to guides, each a `GuideLinkView`; each is made when a page first shows it.
    pub(super) guides: Arc<Table<&'a GuideId, OnceLock<Option<Shared>>>>,
    /// For each folder, the trail from the home page down to it, for the pages right in that folder.
    pub trails: Arc<Table<&'a GuideId, Trail>>,
}

/// Words of the language `own` as they stand among those of `language`.
pub fn among(language: &Language, own: &Language, words: &str) -> String {
    match own == language || words.is_empty() {
        true => words.to_owned(),
        false => foreign::mark(own, words),
    }
}

/// Words of the registry or the settings for readers of `language`, marked where they are in another one.
pub fn local(text: &LocalText, language: &Language) -> String {
    match text.find(language) {
        (words, Some(own)) => among(language, own, words),
        (words, None) => words.to_owned(),
    }
}

impl<'a> RenderContext<'a> {
    pub fn locale(&self, index: usize) -> Option<&Locale<'a>> {
        self.locales.get(index)
    }

    /// The locale for a text in `language` that is shown to readers of another one: the words are in the
    /// text's own language, and the links lead to the readers' pages.
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

    /// The address with the host, where the host is known; otherwise the address from the host's root.
    pub fn absolute(&self, url: &str) -> String {
        [&*self.site.routes.origin, url].concat()
    }

    /// The address with the host; empty where the site does not know where it will live.
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

    /// The addresses of a page by the index of the language.
    pub fn urls(&self, key: &PageKey) -> impl Fn(usize) -> &'a str + use<'a> {
        let (root, own) = (&self.site.routes.root, self.routes.get(key).copied().unwrap_or(&[]));
        move |language| own.get(language).map_or(root, |route| &route.url)
    }

    /// The address of a guide in Markdown, in the reader's language or otherwise the original's; empty
    /// where the site has no such files.
    pub fn markdown(&self, id: &GuideId, locale: &Locale<'_>) -> String {
        let language =
            self.site.guides.get(id).map(|guide| &guide.edition(locale.language).text.language);
        let own = self.locales.iter().find(|locale| Some(locale.language) == language);
        match own.filter(|_| self.site.config.markdown) {
            Some(own) => format!("{}index.md", self.url(&PageKey::Guide(id.clone()), own.index)),
            None => String::new(),
        }
    }

    /// The link to a guide; its title is in its original's words, and marked so, where it is not translated.
    pub fn guide_title(&self, id: &GuideId, locale: &Locale<'_>) -> Option<LinkView> {
        let text = &self.site.guides.get(id)?.edition(locale.language).text;
        let title = among(locale.language, &text.language, &text.title.value);
        Some(self.link(title, &PageKey::Guide(id.clone()), locale))
    }

    /// A guide in a list in the given language; it has the original's words where it is not translated.
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

    /// The links to guides for readers of a language, in the order given.
    pub fn guide_links<'g>(
        &self,
        ids: impl IntoIterator<Item = &'g GuideId>,
        locale: &Locale<'a>,
    ) -> Vec<Shared> {
        // The locale's words may be on a page of another language, whose links lead elsewhere.
        let own = self.locales.iter().find(|own| own.language == locale.language);
        let link = |id| self.guide_link(id, own.unwrap_or(locale)).as_ref().map(Shared::new);
        let known = |id| locale.guides.get(id)?.get_or_init(|| link(id)).clone();
        ids.into_iter().filter_map(known).collect()
    }

    /// The text of a section or the home page in this language, or otherwise in the site's default one.
    pub fn folder_text(&self, id: &GuideId, language: &Language) -> Option<&'a Edition> {
        self.site.folder_edition(id, language)
    }

    pub fn folder_title(&self, id: &GuideId, language: &Language) -> String {
        let text = self.folder_text(id, language);
        text.map_or_else(|| id.name().to_owned(), |edition| edition.text.title.value.to_string())
    }

    /// The same among words of the language: marked, where the section has none in it.
    pub fn folder_name(&self, id: &GuideId, language: &Language) -> String {
        let title = self.folder_title(id, language);
        let own = self.folder_text(id, language).map(|edition| &edition.text.language);
        own.map_or_else(|| title.clone(), |own| among(language, own, &title))
    }

    pub fn tag_title(&self, tag: &Id, language: &Language) -> String {
        match self.site.config.tags.get(tag).map(|words| local(words, language)) {
            Some(title) if !title.is_empty() => title,
            _ => tag.to_string(),
        }
    }

    pub fn link(&self, title: String, key: &PageKey, locale: &Locale<'_>) -> LinkView {
        LinkView { title, url: self.url(key, locale.index).to_owned() }
    }

    /// Draws a part of the theme as text; a fault in it is reported.
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
