//! The A–Z index: titles, operators with their former names, terms; sorted as the language sorts.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use icu_collator::CollatorBorrowed;
use serde::Serialize;

use crate::model::language::Language;
use crate::model::site::PageKey;
use crate::render::scene::{Scene, Tongue};

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct IndexGroupView {
    /// “C”, or a stroke count.
    pub label: String,
    pub anchor: String,
    pub entries: Vec<IndexEntryView>,
}

#[derive(Debug, Clone, PartialEq, Hash, Serialize)]
pub struct IndexEntryView {
    pub title: String,
    pub url: String,
    /// Where the entry is another name for the page: that page's title.
    pub see: String,
}

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
    // The order of bytes is quickly made and near to that of most languages, which is dear to ask for.
    entries.sort_unstable_by(|a, b| a.title.cmp(&b.title));
    entries.sort_by(|a, b| order.compare(&a.title, &b.title).then_with(|| a.url.cmp(&b.url)));
    entries.dedup_by(|a, b| a.title == b.title && a.url == b.url);
    let marks = ascending(&order, marks(tongue));
    let mut groups: BTreeMap<usize, Vec<IndexEntryView>> = BTreeMap::new();
    // The entries are in order: a mark that one has reached, all after it of its script have.
    let mut reached: BTreeMap<Script, usize> = BTreeMap::new();
    for entry in entries {
        let script = script(&entry.title);
        let of = marks.iter().filter(|mark| mark.script == script);
        let first = reached.entry(script).or_default();
        *first += of
            .clone()
            .skip(*first)
            .take_while(|mark| order.reaches(&entry.title, &mark.begins))
            .count();
        let mark = first.checked_sub(1).and_then(|last| of.clone().nth(last));
        // What no mark stands before goes behind all.
        let rank = mark.map_or(usize::MAX, |mark| mark.rank);
        groups.entry(rank).or_default().push(entry);
    }
    let view = |(index, (rank, entries)): (usize, (usize, Vec<IndexEntryView>))| IndexGroupView {
        label: match marks.iter().find(|mark| mark.rank == rank) {
            Some(mark) => mark.label.clone(),
            None => tongue.words.get("index_other").to_owned(),
        },
        anchor: format!("group-{}", index + 1),
        entries,
    };
    groups.into_iter().enumerate().map(view).collect()
}

/// Where a group begins.
struct Mark {
    /// What stands before every entry of the group, in the language's order.
    begins: String,
    label: String,
    /// The place of the group on the page.
    rank: usize,
    script: Script,
}

/// As far as grouping goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Script {
    Latin,
    Han,
    Other,
}

fn script(text: &str) -> Script {
    match text.chars().find(|c| c.is_alphanumeric()) {
        Some(c) if c.is_alphabetic() && c < '\u{250}' => Script::Latin,
        Some('\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}') => {
            Script::Han
        }
        _ => Script::Other,
    }
}

/// The marks without those that CLDR does not know (no syllable of pinyin begins with I, U or V): they
/// sort behind all.
fn ascending(order: &Order, marks: Vec<Mark>) -> Vec<Mark> {
    let mut kept: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks.into_iter().rev() {
        let next = kept.iter().rfind(|next| next.script == mark.script);
        if next.is_none_or(|next| order.compare(&mark.begins, &next.begins) == Ordering::Less) {
            kept.push(mark);
        }
    }
    kept.reverse();
    kept
}

/// The letters that the theme lists for the language, and the groups of Chinese characters. CLDR's
/// Chinese orders have marks of their own: U+FDD0 and a letter for pinyin, which shares its group with
/// the Latin letter; U+FDD0 and U+2800 plus a number for strokes.
fn marks(tongue: &Tongue<'_>) -> Vec<Mark> {
    let letters = match tongue.words.get("index_letters") {
        "index_letters" => "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z",
        letters => letters,
    };
    let letter = |(rank, letter): (usize, &str)| Mark {
        begins: letter.to_owned(),
        label: letter.to_owned(),
        rank,
        script: script(letter),
    };
    let mut marks: Vec<Mark> = letters.split_whitespace().enumerate().map(letter).collect();
    match tongue.language.script().as_str() {
        "Hans" => {
            let pinyin = |mark: &Mark| Mark {
                begins: format!("\u{FDD0}{}", mark.label),
                label: mark.label.clone(),
                rank: mark.rank,
                script: Script::Han,
            };
            let pinyin: Vec<Mark> = marks.iter().map(pinyin).collect();
            marks.extend(pinyin);
        }
        "Hant" => {
            for mark in &mut marks {
                mark.rank += STROKES;
            }
            let strokes = |count: usize| {
                let sign =
                    u32::try_from(0x2800 + count).ok().and_then(char::from_u32).unwrap_or(' ');
                let label = tongue.words.count("index_strokes", count as u64);
                Mark { begins: format!("\u{FDD0}{sign}"), label, rank: count, script: Script::Han }
            };
            marks.extend((1..STROKES).map(strokes));
        }
        _ => {}
    }
    marks
}

/// No character in use has as many.
const STROKES: usize = 64;

fn entries(scene: &Scene<'_>, tongue: &Tongue<'_>) -> Vec<IndexEntryView> {
    let mut entries = Vec::new();
    let language = tongue.language;
    let mut push = |title: &str, url: String, see: &str| {
        if !title.is_empty() {
            entries.push(IndexEntryView { title: title.to_owned(), url, see: see.to_owned() });
        }
    };
    for id in scene.site.guides.keys() {
        if let Some(link) = scene.guide_title(id, tongue) {
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
