//! The A–Z index: titles, operators with their former names, terms; sorted as the language sorts.

use std::cmp::Ordering;

use icu_collator::CollatorBorrowed;

use crate::model::language::Language;
use crate::model::site::PageKey;
use crate::render::scene::{Scene, Tongue};
use crate::render::view::{IndexEntryView, IndexGroupView};

/// The order of a language's dictionaries (CLDR collation: pinyin, strokes, the Albanian alphabet).
pub struct Order(Option<CollatorBorrowed<'static>>);

impl Order {
    pub fn new(language: &Language) -> Order {
        Order(
            icu_collator::Collator::try_new(language.identifier().into(), Default::default()).ok(),
        )
    }

    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let by_language =
            self.0.as_ref().map_or(Ordering::Equal, |collator| collator.compare(a, b));
        by_language.then_with(|| a.cmp(b))
    }

    /// Whether `title` stands at or behind the first entry of `mark`.
    fn reaches(&self, title: &str, mark: &str) -> bool {
        self.0.as_ref().is_some_and(|collator| collator.compare(title, mark) != Ordering::Less)
    }
}

pub fn groups(scene: &Scene<'_>, tongue: &Tongue<'_>) -> Vec<IndexGroupView> {
    let order = Order::new(tongue.language);
    let mut entries = entries(scene, tongue);
    entries.sort_by(|a, b| order.compare(&a.title, &b.title).then_with(|| a.url.cmp(&b.url)));
    entries.dedup_by(|a, b| a.title == b.title && a.url == b.url);
    let marks = marks(tongue);
    let mut groups: Vec<IndexGroupView> = Vec::new();
    // The entries are in order: a mark that one has reached, all after it have.
    let mut reached = 0;
    for entry in entries {
        let ahead = marks.get(reached..).unwrap_or_default();
        let further = ahead.iter().rposition(|(mark, _)| order.reaches(&entry.title, mark));
        reached += further.map_or(0, |at| at + 1);
        let at = reached.checked_sub(1);
        let label = at.and_then(|at| marks.get(at)).map(|(_, label)| label.clone());
        let label = label.unwrap_or_else(|| tongue.words.get("index_other").to_owned());
        match groups.last_mut() {
            Some(group) if group.label == label => group.entries.push(entry),
            _ => {
                let anchor = format!("group-{}", groups.len() + 1);
                groups.push(IndexGroupView { label, anchor, entries: vec![entry] });
            }
        }
    }
    groups
}

/// Where each group begins, and its label. For Chinese, CLDR's order has marks of its own: U+FDD0 and
/// a Latin letter for pinyin, or U+FDD0 and U+2800 plus the number of strokes.
fn marks(tongue: &Tongue<'_>) -> Vec<(String, String)> {
    let letters = tongue.words.get("index_letters");
    if letters != "index_letters" && tongue.language.tag() != "zh" {
        let letters = letters.split_whitespace();
        let chinese = tongue.language.script().starts_with("Han");
        let latin = letters.map(|letter| (letter.to_owned(), letter.to_owned()));
        let mut marks: Vec<(String, String)> = latin.collect();
        if chinese && tongue.language.script() == "Hans" {
            marks.extend(
                ('A'..='Z').map(|letter| (format!("\u{FDD0}{letter}"), letter.to_string())),
            );
        } else if chinese {
            let stroke = |count: u8| {
                let mark = char::from_u32(0x2800 + u32::from(count)).unwrap_or(' ');
                let label = tongue.words.count("index_strokes", count.into());
                (format!("\u{FDD0}{mark}"), label)
            };
            marks.extend((1..=48).map(stroke));
        }
        return marks;
    }
    ('A'..='Z').map(|letter| (letter.to_string(), letter.to_string())).collect()
}

fn entries(scene: &Scene<'_>, tongue: &Tongue<'_>) -> Vec<IndexEntryView> {
    let mut entries = Vec::new();
    let language = tongue.language;
    let mut push = |title: &str, url: String, see: &str| {
        if !title.is_empty() {
            entries.push(IndexEntryView { title: title.to_owned(), url, see: see.to_owned() });
        }
    };
    for id in scene.site.guides.keys() {
        if let Some(link) = scene.guide_link(id, tongue) {
            push(&link.title, link.url, "");
        }
    }
    for operator in scene.site.registry.operators.values() {
        let url = scene.url(&PageKey::Operator(operator.id.clone()), tongue.index);
        let name = operator.name.get(language);
        push(name, url.to_owned(), "");
        let former = operator.former_names.iter().map(|former| &former.name);
        for other in former.chain(&operator.aliases) {
            push(other, url.to_owned(), name);
        }
    }
    let glossary = scene.url(&PageKey::Glossary, tongue.index);
    for term in scene.site.registry.terms.values() {
        let url = format!("{glossary}#{}", term.id);
        let name = term.term.get(language);
        push(name, url.clone(), "");
        for alias in term.aliases.get(language).into_iter().flatten() {
            push(alias, url.clone(), name);
        }
    }
    entries
}
