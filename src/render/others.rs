//! The links from a page to the languages that it exists in: drawn once for all pages, except for the address.

use std::collections::BTreeMap;

use crate::model::markup::escape_into;
use crate::render::context::{Locale, RenderContext};
use crate::render::frame::part;
use crate::render::page_group::{DEFAULT, PageGroup};
use crate::render::templates::{Html, Shared, TemplateFaults};
use crate::render::view::{AlternateView, OthersView, SwitchView};

/// Marks the place of a page's address: a noncharacter, which no template writes.
const ADDRESS: char = '\u{FDD0}';

/// A language in a list, in the state that a `SwitchView` can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct LanguagePlace {
    language: usize,
    current: bool,
    fallback: bool,
}

/// What a template draws, cut at each place where the address goes.
type CutTemplate = Box<[String]>;

/// What the templates in `frame/other/` draw for one language in a list.
#[derive(Debug)]
struct Other {
    link: CutTemplate,
    locale: CutTemplate,
}

/// Each of the site's languages as the pages in one of them show it, each on a line of its own.
#[derive(Debug, Default)]
pub struct Others {
    places: BTreeMap<LanguagePlace, Other>,
    /// The drawn alternates, by their `hreflang`.
    alternates: BTreeMap<String, CutTemplate>,
}

impl Others {
    pub fn new(
        context: &RenderContext<'_>,
        locale: &Locale<'_>,
        faults: &mut TemplateFaults,
    ) -> Others {
        let mut part = |name: &str, key: &'static str, value: Shared| -> CutTemplate {
            let values = [("site", &locale.shared), (key, &value)];
            let drawn = part(context.templates, name, &values, faults);
            drawn.split(ADDRESS).map(str::to_owned).collect()
        };
        let states = [(false, false), (false, true), (true, false), (true, true)];
        let places = context.locales.iter().flat_map(|other| {
            states.map(|(current, fallback)| {
                (other, LanguagePlace { language: other.index, current, fallback })
            })
        });
        let place = |(other, place): (&Locale<'_>, LanguagePlace)| {
            let other = Shared::new(&SwitchView {
                language: other.shared_view.clone(),
                url: ADDRESS.to_string(),
                current: place.current,
                fallback: place.fallback,
            });
            let link = part("other/link", "other", other.clone());
            (place, Other { link, locale: part("other/locale", "other", other) })
        };
        let places = places.map(place).collect();
        let tags = context.locales.iter().map(|locale| locale.language.tag());
        let alternate = |tag: &str| {
            let view = AlternateView { hreflang: tag.to_owned(), href: ADDRESS.to_string() };
            (tag.to_owned(), part("other/alternate", "alternate", Shared::new(&view)))
        };
        Others { places, alternates: tags.chain([DEFAULT]).map(alternate).collect() }
    }

    /// Links between the translations of one page.
    pub fn view(&self, page_group: &PageGroup, current: Option<usize>) -> Shared {
        let count = page_group.others().len();
        let mut links = String::with_capacity(count * 192);
        let mut locales = String::with_capacity(count * 64);
        let mut alternates = String::with_capacity(page_group.alternates().len() * 128);
        for (language, page) in page_group.others().enumerate() {
            let current = current == Some(language);
            let place = LanguagePlace { language, current, fallback: page.fallback };
            let Some(other) = self.places.get(&place) else { continue };
            line(&mut links, &other.link, &page.url);
            if !current && !page.fallback {
                line(&mut locales, &other.locale, &page.url);
            }
        }
        for alternate in page_group.alternates() {
            let Some(drawn) = self.alternates.get(&alternate.hreflang) else { continue };
            line(&mut alternates, drawn, &alternate.href);
        }
        let [links, locales, alternates] = [links, locales, alternates].map(Html::from);
        Shared::new(&OthersView { links, locales, alternates })
    }
}

/// Appends what was drawn, with the address in its places.
fn line(html: &mut String, drawn: &CutTemplate, url: &str) {
    html.push('\n');
    for (nth, text) in drawn.iter().enumerate() {
        if nth > 0 {
            escape_into(html, url);
        }
        html.push_str(text);
    }
}
