//! What the pages about one thing have in common, whatever their language: where each of them is.

use crate::model::coverage::Coverage;
use crate::model::site::{Guide, Page, PageKey};
use crate::render::scene::{Scene, Tongue};
use crate::render::templates::Shared;
use crate::render::view::{AlternateView, SwitchView};

/// For readers of any other language.
pub const DEFAULT: &str = "x-default";

pub struct Kin {
    alternates: Vec<AlternateView>,
    /// The same for a page to show.
    pub shared_alternates: Shared,
    /// What the table of translations shows.
    pub coverage: Option<Coverage>,
    others: Vec<(SwitchView, Shared)>,
}

impl Kin {
    /// Of the pages that are akin to this one.
    pub fn of(scene: &Scene<'_>, page: &Page) -> Kin {
        let key = match page {
            // It offers the home pages.
            Page::Chooser => &PageKey::Home,
            Page::Of { key, .. } => key,
            Page::NotFound | Page::Redirect(_) => &PageKey::NotFound,
        };
        let (guide, url) = (guide_of(scene, key), scene.urls(key));
        let entry = |tongue: &Tongue<'_>| {
            let view = SwitchView {
                language: tongue.shared_view.clone(),
                url: url(tongue.index).to_owned(),
                current: false,
                fallback: !is_real(guide, tongue),
            };
            let shared = Shared::new(&view);
            (view, shared)
        };
        let others = scene.tongues.iter().map(entry).collect();
        let alternates = alternates(scene, key);
        Kin {
            shared_alternates: Shared::new(&alternates),
            alternates,
            coverage: (*key == PageKey::Translations).then(|| Coverage::of(scene.site)),
            others,
        }
    }

    /// The pages for `hreflang`.
    pub fn alternates(&self) -> &[AlternateView] {
        &self.alternates
    }

    /// The page in each language, as one of another language names it.
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

fn guide_of<'a>(scene: &Scene<'a>, key: &PageKey) -> Option<&'a Guide> {
    match key {
        PageKey::Guide(id) => scene.site.guides.get(id).map(|guide| &**guide),
        _ => None,
    }
}

/// A page of a guide that is not translated is its original's, framed in another language.
fn is_real(guide: Option<&Guide>, tongue: &Tongue<'_>) -> bool {
    guide.is_none_or(|guide| guide.translations.contains_key(tongue.language))
}

/// Real translations only; `x-default` is the original, or the site's default language. None where
/// the site does not know where it will live: `hreflang` wants whole addresses.
fn alternates(scene: &Scene<'_>, key: &PageKey) -> Vec<AlternateView> {
    if *key == PageKey::NotFound || scene.site.routes.origin.is_empty() {
        return Vec::new();
    }
    let (guide, url) = (guide_of(scene, key), scene.urls(key));
    let alternate = |tongue: &Tongue<'_>| AlternateView {
        hreflang: tongue.language.tag().to_owned(),
        href: scene.absolute(url(tongue.index)),
    };
    let real = scene.tongues.iter().filter(|tongue| is_real(guide, tongue));
    let mut alternates: Vec<AlternateView> = real.map(alternate).collect();
    let default = &scene.site.config.default_language;
    let language = match guide {
        Some(guide) if !guide.translations.contains_key(default) => &guide.original.text.language,
        _ => default,
    };
    let href = match key {
        // The page that offers every language is nobody's own.
        PageKey::Home => Some(scene.absolute(&scene.site.routes.root)),
        _ => {
            alternates.iter().find(|one| one.hreflang == language.tag()).map(|one| one.href.clone())
        }
    };
    alternates.extend(href.map(|href| AlternateView { hreflang: DEFAULT.to_owned(), href }));
    alternates
}
