//! Makes the context: what the pages of a language share is made here, once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::model::date::Date;
use crate::model::diagnostic::{Diagnostic, Outcome};
use crate::model::id::{GuideId, Id};
use crate::model::policy::{Framing, policy};
use crate::model::site::{PageKey, Site};
use crate::model::theme::Theme;
use crate::render::context::{Locale, RenderContext};
use crate::render::dates::Dates;
use crate::render::frame::frame;
use crate::render::names::LanguageNames;
use crate::render::others::Others;
use crate::render::site_view::site_view;
use crate::render::templates::{Shared, Templates};
use crate::render::view::{OthersView, Trail};
use crate::render::words::Words;
use crate::render::{machine, owner, page, registry};

/// Whether a guide or a section lacks words in a language.
fn has_fallbacks(site: &Site) -> bool {
    let count = site.config.languages.len();
    site.guides.values().any(|guide| guide.translations.len() < count)
        || site.folders.values().any(|folder| (1..count).contains(&folder.words.len()))
}

impl<'a> RenderContext<'a> {
    pub fn new(
        site: &'a Site,
        theme: &'a Theme,
        templates: &'a Templates<'a>,
        today: Date,
    ) -> Outcome<RenderContext<'a>> {
        let mut faults = Vec::new();
        let no_words = Shared::new(&BTreeMap::<&str, &str>::new());
        let routes = site.routes.pages.iter().map(|(key, routes)| (key, &**routes)).collect();
        let languages = site.config.languages.iter().enumerate();
        let dates: BTreeSet<Date> =
            site.guides.values().filter_map(|guide| machine::verified(guide)).collect();
        let mut views = Vec::new();
        let locales = languages.map(|(index, language)| {
            let words = Arc::new(Words::new(theme, language));
            let whole = site_view(site, theme, index, &words);
            let view = whole.clone();
            views.push(whole);
            Locale {
                index,
                language,
                words,
                dates: Arc::new(Dates::new(language, dates.iter().copied())),
                names: Arc::new(LanguageNames::new(language, &site.config)),
                frame: no_words.clone(),
                others: Arc::default(),
                shared_view: Shared::new(&view.language),
                view: view.language,
                plain: Shared::new(&view.words),
                shared: no_words.clone(),
                channels: Arc::default(),
                tags: Arc::default(),
                guides: Arc::default(),
                trails: Arc::default(),
            }
        });
        let mut context = RenderContext {
            site,
            templates,
            locales: locales.collect(),
            policy: policy(&owner::admitted(site, theme), Framing::Nobody),
            icons: &theme.icons,
            no_words: no_words.clone(),
            nothing: Shared::new(&[(); 0]),
            no_others: Shared::new(&OthersView::default()),
            no_trail: Trail::new(Vec::new()),
            routes,
            today,
            has_foreign: false,
            mentions: None,
        };
        for (index, view) in views.into_iter().enumerate() {
            let view = owner::with_words(&context, index, view);
            let shared = Shared::new(&view);
            if let Some(locale) = context.locales.get_mut(index) {
                locale.frame = frame(templates, &shared, &mut faults);
                locale.shared = shared;
            }
        }
        let mut locales = context.locales.iter();
        context.has_foreign = !theme.missing.is_empty()
            || !locales.all(|locale| locale.names.know(site))
            || has_fallbacks(site);
        context.locales =
            context.locales.iter().map(|locale| context.shared(locale, &mut faults)).collect();
        Outcome::new(context, faults)
    }

    /// The locale with everything that the pages of the language share.
    fn shared(&self, locale: &Locale<'a>, faults: &mut Vec<Diagnostic>) -> Locale<'a> {
        let guides = self.site.guides.keys().map(|id| (id, OnceLock::new()));
        let trail = |id: &'a GuideId| (id, Trail::new(page::trail(self, Some(id.clone()), locale)));
        Locale {
            others: Arc::new(Others::new(self, locale, faults)),
            channels: Arc::new(registry::channels(self, locale)),
            tags: Arc::new(self.tag_links(locale)),
            guides: Arc::new(guides.collect()),
            trails: Arc::new(self.site.folders.keys().map(trail).collect()),
            ..locale.clone()
        }
    }

    fn tag_links(&self, locale: &Locale<'_>) -> BTreeMap<Id, Shared> {
        let link = |tag: &Id| {
            let title = self.tag_title(tag, locale.language);
            Shared::new(&self.link(title, &PageKey::Tag(tag.clone()), locale))
        };
        self.site.tags.keys().map(|tag| (tag.clone(), link(tag))).collect()
    }
}
