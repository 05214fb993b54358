//! Leads readers who ask for the site's root to the home page in their language, where the server can.

use crate::model::address::Address;
use crate::model::language::Language;
use crate::render::hosts::rules::HostRules;

/// The cookie that holds the choice made in the language switcher; Netlify reads the same cookie by itself.
pub const COOKIE: &str = "nf_lang";

/// Tags that browsers send and that begin with another language code than the tag of the language that
/// their readers share, or that have another script than the bare language.
const RELATIVES: &[&str] = &[
    "zh-CN", "zh-HK", "zh-MO", "zh-SG", "zh-TW", "sr-Latn", "sr-Cyrl", "fil", "he", "id", "iw",
    "in", "nb", "nn", "no", "tl",
];

/// A home page, and the tags of the readers it is for, in lower case.
pub struct Home {
    pub tag: String,
    pub url: Address,
    pub tags: Vec<String>,
    /// The language, where this page is also for every other variety of it: `pt` for `pt-AO`.
    pub primary: Option<String>,
}

pub fn homes(root: &str, languages: &[Language]) -> Vec<Home> {
    let primary =
        |language: &Language| language.slug().split('-').next().unwrap_or_default().to_owned();
    let home = |language: &Language| {
        let url = Address::of_url(&format!("{root}{}/", language.slug()))?;
        let relatives = RELATIVES.iter().filter_map(|tag| Language::parse(tag));
        let near = |tag: &Language| tag.nearest(languages).or_else(|| neighbour(tag, languages));
        let relatives = relatives.filter(|tag| near(tag) == Some(language));
        let mut tags: Vec<String> = relatives.map(|tag| tag.slug()).collect();
        if !tags.contains(&language.slug()) {
            tags.push(language.slug());
        }
        let own = primary(language);
        let bare = Language::parse(&own);
        let near = bare.as_ref().and_then(|bare| bare.nearest(languages));
        let first = near.or_else(|| languages.iter().find(|other| primary(other) == own));
        let is_first = first == Some(language);
        let primary = is_first.then_some(own);
        Some(Home { tag: language.tag().to_owned(), url, tags, primary })
    };
    match languages {
        [_] => Vec::new(),
        languages => languages.iter().filter_map(home).collect(),
    }
}

/// Who reads one of the two written forms of Norwegian reads the other.
fn neighbour<'a>(language: &Language, languages: &'a [Language]) -> Option<&'a Language> {
    let is_norwegian = |language: &Language| ["nb", "nn", "no"].contains(&language.primary());
    languages.iter().find(|other| is_norwegian(language) && is_norwegian(other))
}

/// For each home page, a pattern for the `Accept-Language` headers that lead to it. The first language in
/// the header that the site has decides, since browsers put the preferred one first. The patterns have to
/// be tried in this order.
pub fn patterns(rules: &HostRules) -> Vec<(String, &Address)> {
    let mut known: Vec<&str> = Vec::new();
    for home in &rules.homes {
        known.extend(home.tags.iter().map(|tag| tag.split('-').next().unwrap_or(tag)));
        known.extend(home.primary.as_deref());
    }
    known.sort_unstable();
    known.dedup();
    // Skips the languages that the site does not have.
    let skip = format!("^(?: *(?!(?:{})(?:[-,; ]|$))[^, ][^,]*,)* *", known.join("|"));
    let exact = rules
        .homes
        .iter()
        .map(|home| (format!("{skip}(?:{})(?:[,; ]|$)", home.tags.join("|")), &home.url));
    let any = rules.homes.iter().filter_map(|home| {
        let primary = home.primary.as_deref()?;
        Some((format!("{skip}{primary}(?:[-,; ]|$)"), &home.url))
    });
    exact.chain(any).collect()
}
