//! What a page shows of the languages that it is there in: drawn once for all pages, but for the address.

use std::collections::BTreeMap;

use crate::model::markup::escape_into;
use crate::render::frame::part;
use crate::render::kin::{DEFAULT, Kin};
use crate::render::prose::Faults;
use crate::render::scene::{Scene, Tongue};
use crate::render::templates::{Html, Shared};
use crate::render::view::{AlternateView, OthersView, SwitchView};

/// Stands where the address of a page goes: a noncharacter, which no template writes.
const ADDRESS: char = '\u{FDD0}';

/// A language in a list, as a `SwitchView` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    language: usize,
    current: bool,
    fallback: bool,
}

/// What a template draws, cut where the address goes.
type Cut = Box<[String]>;

/// What `frame/other/` draws of it.
#[derive(Debug)]
struct Other {
    link: Cut,
    locale: Cut,
}

/// Each language of the site as the pages of one of them show it, on a line of its own.
#[derive(Debug, Default)]
pub struct Others {
    places: BTreeMap<Place, Other>,
    /// By their `hreflang`.
    alternates: BTreeMap<String, Cut>,
}

impl Others {
    pub fn new(scene: &Scene<'_>, tongue: &Tongue<'_>, faults: &mut Faults) -> Others {
        let mut part = |name: &str, key: &'static str, value: Shared| -> Cut {
            let values = [("site", &tongue.shared), (key, &value)];
            let drawn = part(scene.templates, name, &values, faults);
            drawn.split(ADDRESS).map(str::to_owned).collect()
        };
        let states = [(false, false), (false, true), (true, false), (true, true)];
        let places = scene.tongues.iter().flat_map(|other| {
            states.map(|(current, fallback)| {
                (other, Place { language: other.index, current, fallback })
            })
        });
        let place = |(other, place): (&Tongue<'_>, Place)| {
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
        let tags = scene.tongues.iter().map(|tongue| tongue.language.tag());
        let alternate = |tag: &str| {
            let view = AlternateView { hreflang: tag.to_owned(), href: ADDRESS.to_string() };
            (tag.to_owned(), part("other/alternate", "alternate", Shared::new(&view)))
        };
        Others { places, alternates: tags.chain([DEFAULT]).map(alternate).collect() }
    }

    /// Of a page and its kin.
    pub fn view(&self, kin: &Kin, current: Option<usize>) -> Shared {
        let count = kin.others().len();
        let mut links = String::with_capacity(count * 192);
        let mut locales = String::with_capacity(count * 64);
        let mut alternates = String::with_capacity(kin.alternates().len() * 128);
        for (language, page) in kin.others().enumerate() {
            let current = current == Some(language);
            let place = Place { language, current, fallback: page.fallback };
            let Some(other) = self.places.get(&place) else { continue };
            line(&mut links, &other.link, &page.url);
            if !current && !page.fallback {
                line(&mut locales, &other.locale, &page.url);
            }
        }
        for alternate in kin.alternates() {
            let Some(drawn) = self.alternates.get(&alternate.hreflang) else { continue };
            line(&mut alternates, drawn, &alternate.href);
        }
        let [links, locales, alternates] = [links, locales, alternates].map(Html::from);
        Shared::new(&OthersView { links, locales, alternates })
    }
}

/// What was drawn, with the address in its places.
fn line(html: &mut String, drawn: &Cut, url: &str) {
    html.push('\n');
    for (nth, text) in drawn.iter().enumerate() {
        if nth > 0 {
            escape_into(html, url);
        }
        html.push_str(text);
    }
}
