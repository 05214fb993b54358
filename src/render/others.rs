//! What a page shows of the languages that it is there in: drawn once for all pages, but for the address.

use std::collections::BTreeMap;

use crate::render::frame::part;
use crate::render::kin::Kin;
use crate::render::prose::Faults;
use crate::render::scene::{Scene, Tongue, escape_into};
use crate::render::templates::Shared;
use crate::render::view::{OthersView, SwitchView};

/// Stands where the address of a page goes: a noncharacter, which no template writes.
const ADDRESS: char = '\u{FDD0}';

/// A language in a list, as a `SwitchView` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    language: usize,
    current: bool,
    fallback: bool,
}

/// What `frame/other/` draws of it.
#[derive(Debug)]
struct Other {
    link: String,
    locale: String,
}

/// Each language of the site as the pages of one of them show it, on a line of its own.
#[derive(Debug, Default)]
pub struct Others(BTreeMap<Place, Other>);

impl Others {
    pub fn new(scene: &Scene<'_>, tongue: &Tongue<'_>, faults: &mut Faults) -> Others {
        let states = [(false, false), (false, true), (true, false), (true, true)];
        let places = scene.tongues.iter().flat_map(|other| {
            states.map(|(current, fallback)| {
                (other, Place { language: other.index, current, fallback })
            })
        });
        let draw = |(other, place): (&Tongue<'_>, Place)| {
            let view = SwitchView {
                language: other.shared_view.clone(),
                url: ADDRESS.to_string(),
                current: place.current,
                fallback: place.fallback,
            };
            let values = [("site", &tongue.shared), ("other", &Shared::new(&view))];
            let mut drawn = |name| part(scene.templates, name, &values, faults);
            (place, Other { link: drawn("other/link"), locale: drawn("other/locale") })
        };
        Others(places.map(draw).collect())
    }

    /// Of a page and its kin.
    pub fn view(&self, kin: &Kin, current: Option<usize>) -> Shared {
        let count = kin.others().len();
        let mut links = String::with_capacity(count * 192);
        let mut locales = String::with_capacity(count * 64);
        for (language, page) in kin.others().enumerate() {
            let current = current == Some(language);
            let place = Place { language, current, fallback: page.fallback };
            let Some(other) = self.0.get(&place) else { continue };
            links.push('\n');
            let mut between = other.link.split(ADDRESS);
            links.push_str(between.next().unwrap_or(""));
            for text in between {
                escape_into(&mut links, &page.url);
                links.push_str(text);
            }
            if !current && !page.fallback {
                locales.push('\n');
                locales.push_str(&other.locale);
            }
        }
        Shared::new(&OthersView { links: links.into(), locales: locales.into() })
    }
}
