//! The words on each picture, and the characters that cannot be drawn.

use std::sync::Arc;

use crate::images::fonts::Faces;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::fold::nfc;
use crate::model::id::GuideId;
use crate::model::language::{Direction, Language};
use crate::model::site::{Edition, Guide, PageKey, Site};
use crate::model::span::Place;

/// The largest number of missing characters that a message names.
const NAMED: usize = 8;

/// No picture has room for more characters than this.
const LONGEST: usize = 500;

/// The words on a picture, from the top to the bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lettering {
    pub above: Vec<String>,
    pub title: String,
    /// A sentence about the site, on the picture of a home page.
    pub text: String,
    pub below: String,
    /// Where the title is written in the sources; none for a page without a text of its own.
    place: Option<Place>,
}

/// The words for the home page and for every guide that exists in `language`. Scripts whose letters join or
/// move are left out, because drawing them takes more than placing one glyph after the other.
pub fn of(site: &Site, language: &Language) -> Vec<(PageKey, Lettering)> {
    if language.direction() == Direction::RightToLeft {
        return Vec::new();
    }
    let guide = |guide: &Arc<Guide>| {
        let edition = guide.translations.get(language)?;
        let words = Lettering {
            above: above(site, guide, language),
            title: clean(&edition.text.title.value),
            text: String::new(),
            below: clean(site.config.title.get(language)),
            place: Some(place(edition)),
        };
        Some((PageKey::Guide(guide.id.clone()), words))
    };
    let pictures = [(PageKey::Home, home(site, language))].into_iter();
    let pictures = pictures.chain(site.guides.values().filter_map(guide));
    pictures.filter(|(_, words)| words.are_simple()).collect()
}

fn home(site: &Site, language: &Language) -> Lettering {
    let own = GuideId::parse("").and_then(|id| site.folders.get(&id)?.words.get(language));
    let name = clean(site.config.title.get(language));
    let title = own.map_or_else(|| name.clone(), |own| clean(&own.text.title.value));
    let host = site.routes.origin.split_once("://").map_or("", |(_, host)| host);
    let below = if name == title { host.to_owned() } else { name };
    let summary = own.and_then(|own| own.text.summary.as_deref());
    let text = clean(summary.unwrap_or(site.config.description.get(language)));
    Lettering { above: Vec::new(), title, text, below, place: own.map(place) }
}

fn place(edition: &Edition) -> Place {
    Place { path: edition.text.path.clone(), span: edition.text.title.span }
}

/// The sections that contain a guide, and the operators that it is about.
fn above(site: &Site, guide: &Guide, language: &Language) -> Vec<String> {
    let mut names = Vec::new();
    let mut parent = guide.id.parent();
    while let Some(id) = parent.filter(|id| !id.as_str().is_empty()) {
        names.push(section(site, &id, language));
        parent = id.parent();
    }
    names.reverse();
    let operators = guide.facts().operators.iter();
    let operators = operators.filter_map(|id| site.registry.operators.get(&id.value));
    names.extend(operators.map(|operator| {
        let short = operator.short_name.get(language);
        clean(if short.is_empty() { operator.name.get(language) } else { short })
    }));
    names.retain(|name| !name.is_empty());
    names
}

fn section(site: &Site, id: &GuideId, language: &Language) -> String {
    let words = site.folders.get(id).map(|folder| &folder.words);
    let text = words.and_then(|words| {
        let default = || words.get(&site.config.default_language);
        words.get(language).or_else(default).or_else(|| words.values().next())
    });
    text.map_or_else(|| id.name().to_owned(), |edition| clean(&edition.text.title.value))
}

/// The text on one line, composed (NFC), without invisible characters.
fn clean(text: &str) -> String {
    let text: String = text.chars().filter(|c| !is_shapeless(*c)).collect();
    let words: Vec<&str> =
        text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect();
    nfc(&words.join(" ")).chars().take(LONGEST).collect()
}

fn is_shapeless(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether the letter can simply be placed to the right of the one before.
fn is_simple(c: char) -> bool {
    !matches!(c, '\u{590}'..='\u{10ff}' | '\u{1700}'..='\u{18af}' | '\u{1900}'..='\u{1c7f}'
        | '\u{a800}'..='\u{abff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{11fff}' | '\u{1e800}'..='\u{1efff}')
        || matches!(c, '\u{10a0}'..='\u{10ff}')
}

impl Lettering {
    pub fn texts(&self) -> impl Iterator<Item = &String> {
        self.above.iter().chain([&self.title, &self.text, &self.below])
    }

    fn are_simple(&self) -> bool {
        !self.title.is_empty() && self.texts().all(|text| text.chars().all(is_simple))
    }

    /// Reports the characters that no font has.
    pub fn missing(&self, site: &Site, faces: &Faces<'_>) -> Option<Diagnostic> {
        let mut missing: Vec<char> = Vec::new();
        for c in self.texts().flat_map(|text| text.chars()) {
            if !faces.has(c) && !missing.contains(&c) {
                missing.push(c);
            }
        }
        if missing.is_empty() {
            return None;
        }
        let named: Vec<String> = missing.iter().take(NAMED).map(|c| format!("`{c}`")).collect();
        let more = match missing.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more characters"),
        };
        let message = format!("no font of `images` has {}{more}", named.join(", "));
        let hint = "name a font that has them in `images` of `guides/site.yaml`; until then this page has no picture";
        let fault = Diagnostic::new(Code::MissingGlyph, message).hint(hint);
        let images = site.config.images.as_ref().map(|images| images.span).unwrap_or_default();
        Some(match &self.place {
            Some(place) => fault.at(&place.path, place.span),
            None => fault.at(&site.config.path, images),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_that_join_or_move_are_left_out() {
        assert!("SIM 卡 Ç Ω Я 한 გ".chars().all(is_simple));
        for text in ["שלום", "مرحبا", "नमस्ते", "ไทย", "ខ្មែរ", "བོད", "ᠮᠣ"]
        {
            assert!(!text.chars().all(is_simple), "{text}");
        }
    }

    #[test]
    fn a_title_is_one_composed_line_without_what_has_no_shape() {
        assert_eq!(clean(" Ruaj\n numrin\u{ad}  \u{feff}e\u{301} "), "Ruaj numrin é");
        assert_eq!(clean("10\u{a0}km"), "10\u{a0}km");
    }
}
