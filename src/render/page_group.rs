//! What the pages about one thing in all languages have in common: where each of them is.

use crate::model::coverage::Coverage;
use crate::model::site::{Page, PageKey};
use crate::render::context::{Locale, RenderContext};
use crate::render::templates::Shared;
use crate::render::view::{AlternateView, SwitchView};

/// The `hreflang` for readers of any other language.
pub const DEFAULT: &str = "x-default";

pub struct PageGroup {
    alternates: Vec<AlternateView>,
    /// The same, in the form that pages share.
    pub shared_alternates: Shared,
    /// The contents of the table of translations.
    pub coverage: Option<Coverage>,
    others: Vec<(SwitchView, Shared)>,
}

impl PageGroup {
    /// The group that a page belongs to.
    pub fn of(context: &RenderContext<'_>, page: &Page) -> PageGroup {
        let key = match page {
            // The chooser offers the home pages.
            Page::Chooser => &PageKey::Home,
            Page::Of { key, .. } => key,
            Page::NotFound | Page::Redirect(_) => &PageKey::NotFound,
        };
        let url = context.urls(key);
        let entry = |locale: &Locale<'_>| {
            let view = SwitchView {
                language: locale.shared_view.clone(),
                url: url(locale.index).to_owned(),
                current: false,
                fallback: !is_real(context, key, locale),
            };
            let shared = Shared::new(&view);
            (view, shared)
        };
        let others = context.locales.iter().map(entry).collect();
        let alternates = alternates(context, key);
        PageGroup {
            shared_alternates: Shared::new(&alternates),
            alternates,
            coverage: (*key == PageKey::Translations).then(|| Coverage::of(context.site)),
            others,
        }
    }

    /// The pages that `hreflang` links lead to.
    pub fn alternates(&self) -> &[AlternateView] {
        &self.alternates
    }

    /// The page in each language, as pages in other languages link to it.
    pub fn others(&self) -> impl ExactSizeIterator<Item = &SwitchView> {
        self.others.iter().map(|(view, _)| view)
    }

    /// A `SwitchView` for each language, of which one may be the page's own.
    pub fn switcher(&self, current: Option<usize>) -> Vec<Shared> {
        let entry = |(index, (view, shared)): (usize, &(SwitchView, Shared))| {
            if current == Some(index) {
                Shared::new(&SwitchView { current: true, ..view.clone() })
            } else {
                shared.clone()
            }
        };
        self.others.iter().enumerate().map(entry).collect()
    }
}

/// A page of a guide or a section that is not translated is its original's, framed in another language.
pub fn is_real(context: &RenderContext<'_>, key: &PageKey, locale: &Locale<'_>) -> bool {
    context.site.fallback(key, locale.language).is_none()
}

/// Links to real translations only; `x-default` is the site's default language, or else the original. Empty
/// where the site does not know where it will live, because `hreflang` needs absolute addresses.
fn alternates(context: &RenderContext<'_>, key: &PageKey) -> Vec<AlternateView> {
    if *key == PageKey::NotFound || context.site.routes.origin.is_empty() {
        return Vec::new();
    }
    let url = context.urls(key);
    let alternate = |locale: &Locale<'_>| AlternateView {
        hreflang: locale.language.tag().to_owned(),
        href: context.absolute(url(locale.index)),
    };
    let real = context.locales.iter().filter(|locale| is_real(context, key, locale));
    let mut alternates: Vec<AlternateView> = real.map(alternate).collect();
    let default = &context.site.config.default_language;
    let language = context.site.fallback(key, default).unwrap_or(default);
    let href = match key {
        // The page that offers every language belongs to none of them.
        PageKey::Home => Some(context.absolute(&context.site.routes.root)),
        _ => {
            alternates.iter().find(|one| one.hreflang == language.tag()).map(|one| one.href.clone())
        }
    };
    alternates.extend(href.map(|href| AlternateView { hreflang: DEFAULT.to_owned(), href }));
    alternates
}
