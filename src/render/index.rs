//! The A–Z index: titles, operators with their former names, and terms, sorted as the language sorts.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_properties::CodePointMapData;
use icu_properties::props::Script;

use crate::model::foreign;
use crate::model::language::Language;
use crate::model::site::PageKey;
use crate::render::context::{Locale, RenderContext, local};
use crate::render::list_view::{IndexEntryView, IndexGroupView};

/// The order of a language's dictionaries (CLDR collation: pinyin, strokes, the Albanian alphabet).
pub struct Order(Option<CollatorBorrowed<'static>>);

impl Order {
    pub fn new(language: &Language) -> Order {
        Order(Collator::try_new(language.identifier().into(), Default::default()).ok())
    }

    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        let by_language =
            self.0.as_ref().map_or(Ordering::Equal, |collator| collator.compare(a, b));
        by_language.then_with(|| a.cmp(b))
    }

    /// Whether `title` comes at or after the first entry of `mark`.
    fn reaches(&self, title: &str, mark: &str) -> bool {
        self.0.as_ref().is_some_and(|collator| collator.compare(title, mark) != Ordering::Less)
    }
}

pub fn groups(context: &RenderContext<'_>, locale: &Locale<'_>) -> Vec<IndexGroupView> {
    grouped(entries(context, locale), locale)
}

/// Entries in the order of the language, by their first letters.
pub fn grouped(mut entries: Vec<IndexEntryView>, locale: &Locale<'_>) -> Vec<IndexGroupView> {
    let order = Order::new(locale.language);
    // The order of bytes is quickly made and near to that of most languages, which is dear to ask for.
    entries.sort_unstable_by(|a, b| a.title.cmp(&b.title));
    entries.sort_by(|a, b| order.compare(&a.title, &b.title).then_with(|| a.url.cmp(&b.url)));
    entries.dedup_by(|a, b| a.title == b.title && a.url == b.url);
    let strokes = |count| locale.words.count("index_strokes", count);
    let marks = ascending(&order, marks(locale.language, strokes));
    let mut groups: BTreeMap<usize, Vec<IndexEntryView>> = BTreeMap::new();
    for (mut entry, rank) in ranked(entries, &order, &marks, locale.language) {
        if let Some(language) = entry.language.take() {
            entry.title = foreign::mark(&language, &entry.title);
        }
        groups.entry(rank).or_default().push(entry);
    }
    let view = |(index, (rank, entries)): (usize, (usize, Vec<IndexEntryView>))| IndexGroupView {
        label: match marks.iter().find(|mark| mark.rank == rank) {
            Some(mark) => mark.label.clone(),
            None => locale.words.get("index_other").to_owned(),
        },
        anchor: format!("group-{}", index + 1),
        entries,
    };
    groups.into_iter().enumerate().map(view).collect()
}

/// The entries, which are already sorted, each with the rank of its group.
fn ranked(
    entries: Vec<IndexEntryView>,
    order: &Order,
    marks: &[GroupMark],
    language: &Language,
) -> Vec<(IndexEntryView, usize)> {
    // Once an entry has reached a mark, all later entries of its script have reached it too.
    let mut reached: BTreeMap<Script, usize> = BTreeMap::new();
    let rank = |entry: IndexEntryView| {
        let script = script(&entry.title, language);
        let of = marks.iter().filter(|mark| mark.script == script);
        let first = reached.entry(script).or_default();
        *first += of
            .clone()
            .skip(*first)
            .take_while(|mark| order.reaches(&entry.title, &mark.begins))
            .count();
        let mark = first.checked_sub(1).and_then(|last| of.clone().nth(last));
        // An entry that comes before every mark goes last.
        (entry, mark.map_or(usize::MAX, |mark| mark.rank))
    };
    entries.into_iter().map(rank).collect()
}

/// Where a group begins.
struct GroupMark {
    /// A text that comes before every entry of the group, in the language's order.
    begins: String,
    label: String,
    /// The position of the group on the page.
    rank: usize,
    script: Script,
}

impl GroupMark {
    fn new(label: &str, rank: usize, language: &Language) -> GroupMark {
        let (begins, script) = (label.to_owned(), script(label, language));
        GroupMark { begins, label: label.to_owned(), rank, script }
    }
}

/// The script of the first letter, as far as grouping is concerned: digits have a script of their own.
fn script(text: &str, language: &Language) -> Script {
    let first = text.chars().find(|c| c.is_alphanumeric());
    match first.map_or(Script::Unknown, |c| CodePointMapData::<Script>::new().get(c)) {
        Script::Katakana => Script::Hiragana,
        // Korean sorts a Chinese character by its reading.
        Script::Han if language.tag().starts_with("ko") => Script::Hangul,
        script => script,
    }
}

/// The marks without two kinds: those that make no difference to the order (Hungarian `Á` is an `A`), and
/// those that CLDR does not know and therefore sorts last (no syllable of pinyin begins with I, U or V).
fn ascending(order: &Order, marks: Vec<GroupMark>) -> Vec<GroupMark> {
    let mut kept: Vec<GroupMark> = Vec::with_capacity(marks.len());
    for mark in marks.into_iter().rev() {
        let next = kept.iter().rfind(|next| next.script == mark.script);
        if next.is_none_or(|next| order.compare(&mark.begins, &next.begins) == Ordering::Less) {
            kept.push(mark);
        }
    }
    kept.reverse();
    kept
}

/// The marks for digits, for the letters of the language, and for those of the Latin alphabet, because
/// names are written in it everywhere. CLDR's Chinese orders contain marks: U+FDD0 and a letter for pinyin,
/// which shares its group with the Latin letter; U+FDD0 and U+2800 plus a number for strokes.
fn marks(language: &Language, strokes: impl Fn(u64) -> String) -> Vec<GroupMark> {
    let mut marks =
        vec![GroupMark { begins: "0".to_owned(), ..GroupMark::new("0–9", 0, language) }];
    let mut add = |label: &str| marks.push(GroupMark::new(label, marks.len(), language));
    let chinese = language.tag().starts_with("zh").then(|| language.script());
    if chinese.is_none() {
        letters(language).iter().for_each(|letter| add(letter));
    }
    let latin: Vec<String> = ('A'..='Z').map(String::from).collect();
    if chinese.is_some()
        || script("A", language) != marks.last().map_or(Script::Common, |mark| mark.script)
    {
        latin.iter().for_each(|letter| marks.push(GroupMark::new(letter, marks.len(), language)));
    }
    match chinese.as_deref() {
        Some("Hant") => {
            for mark in marks.iter_mut().skip(1) {
                mark.rank += STROKES;
            }
            marks.extend((1..STROKES).map(|count| {
                let sign =
                    u32::try_from(0x2800 + count).ok().and_then(char::from_u32).unwrap_or(' ');
                let label = strokes(count as u64);
                GroupMark {
                    begins: format!("\u{FDD0}{sign}"),
                    label,
                    rank: count,
                    script: Script::Han,
                }
            }));
        }
        Some(_) => {
            let pinyin = |mark: &GroupMark| GroupMark {
                begins: format!("\u{FDD0}{}", mark.label),
                label: mark.label.clone(),
                rank: mark.rank,
                script: Script::Han,
            };
            let pinyin: Vec<GroupMark> = marks.iter().skip(1).map(pinyin).collect();
            marks.extend(pinyin);
        }
        None => {}
    }
    // The characters of a Japanese word do not say how it is read.
    if language.tag().starts_with("ja") {
        let rank = marks.len();
        marks.push(GroupMark {
            begins: String::new(),
            label: "漢字".to_owned(),
            rank,
            script: Script::Han,
        });
    }
    marks
}

/// The letters of a language in order, without those that differ from another only in diacritics. A
/// language in Latin letters has the whole alphabet, for words from elsewhere.
fn letters(language: &Language) -> Vec<String> {
    let mut letters = language.index_letters();
    let is_latin = |letter: &String| script(letter, language) == Script::Latin;
    if letters.iter().all(is_latin) {
        letters.extend(('A'..='Z').map(String::from));
    }
    let order = Order::new(language);
    letters.sort_by(|a, b| order.compare(a, b));
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Primary);
    if let Ok(places) = Collator::try_new(language.identifier().into(), options) {
        letters.dedup_by(|a, b| places.compare(a, b) == Ordering::Equal);
    }
    letters.iter().map(|letter| written(letter)).collect()
}

/// Writes “Dh” where CLDR lists “DH”.
fn written(letter: &str) -> String {
    let mut characters = letter.chars();
    let first: String = characters.next().into_iter().collect();
    first + &characters.as_str().to_lowercase()
}

/// No character in use has this many strokes.
const STROKES: usize = 64;

fn entries(context: &RenderContext<'_>, locale: &Locale<'_>) -> Vec<IndexEntryView> {
    let mut entries = Vec::new();
    let language = locale.language;
    for (id, guide) in &context.site.guides {
        let text = &guide.edition(language).text;
        entries.push(IndexEntryView {
            title: text.title.value.to_string(),
            url: context.url(&PageKey::Guide(id.clone()), locale.index).to_owned(),
            see: String::new(),
            language: Some(text.language.clone()).filter(|own| own != language),
        });
    }
    let mut push = |title: &str, url: String, see: &str, own: Option<&Language>| {
        if !title.is_empty() {
            let (title, see) = (title.to_owned(), see.to_owned());
            entries.push(IndexEntryView { title, url, see, language: own.cloned() });
        }
    };
    for operator in context.site.registry.operators.values() {
        let url = context.url(&PageKey::Operator(operator.id.clone()), locale.index);
        let (name, own) = operator.name.find(language);
        push(name, url.to_owned(), "", own);
        let former = operator.former_names.iter().map(|former| &former.name);
        for other in former.chain(&operator.aliases) {
            push(other, url.to_owned(), &local(&operator.name, language), None);
        }
    }
    let glossary = context.url(&PageKey::Glossary, locale.index);
    for term in context.site.registry.terms.values() {
        let url = format!("{glossary}#{}", term.id);
        let (name, own) = term.term.find(language);
        push(name, url.clone(), "", own);
        for alias in term.aliases.get(language).into_iter().flatten() {
            push(alias, url.clone(), name, None);
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The groups of `titles`: “label: titles”.
    fn grouped(tag: &str, titles: &[&str]) -> Vec<String> {
        let language = Language::parse(tag).unwrap();
        let order = Order::new(&language);
        let marks = ascending(&order, marks(&language, |count| format!("{count} strokes")));
        let mut entries: Vec<IndexEntryView> = titles
            .iter()
            .map(|title| IndexEntryView {
                title: (*title).to_owned(),
                url: String::new(),
                see: String::new(),
                language: None,
            })
            .collect();
        entries.sort_by(|a, b| order.compare(&a.title, &b.title));
        let mut groups: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (entry, rank) in ranked(entries, &order, &marks, &language) {
            groups.entry(rank).or_default().push(entry.title);
        }
        let label =
            |rank| marks.iter().find(|mark| mark.rank == rank).map_or("?", |mark| &mark.label);
        groups
            .into_iter()
            .map(|(rank, titles)| format!("{}: {}", label(rank), titles.join(", ")))
            .collect()
    }

    #[test]
    fn each_language_has_its_own_letters() {
        assert_eq!(
            grouped("sq", &["dhomë", "dita", "çmim", "celular", "WiFi", "112"]),
            ["0–9: 112", "C: celular", "Ç: çmim", "D: dita", "Dh: dhomë", "W: WiFi"]
        );
        assert_eq!(
            grouped("hu", &["ágy", "adat", "csomag", "cím", "zsír"]),
            ["A: adat, ágy", "C: cím", "Cs: csomag", "Zs: zsír"]
        );
        assert_eq!(
            grouped("ru", &["ёлка", "еда", "SIM", "связь"]),
            ["Е: еда, ёлка", "С: связь", "S: SIM"]
        );
        assert_eq!(
            grouped("ja", &["アプリ", "がいこく", "解約", "eSIM", "ろーみんぐ"]),
            ["あ: アプリ", "か: がいこく", "ら: ろーみんぐ", "E: eSIM", "漢字: 解約"]
        );
        assert_eq!(
            grouped("ko", &["까다", "가입", "해지", "SIM"]),
            ["ㄱ: 가입, 까다", "ㅎ: 해지", "S: SIM"]
        );
        assert_eq!(grouped("th", &["แอป", "ซิม", "เบอร์"]), ["ซ: ซิม", "บ: เบอร์", "อ: แอป"]);
        assert_eq!(grouped("ar", &["أرقام", "شريحة", "آخر"]), ["ا: آخر, أرقام", "ش: شريحة"]);
        assert_eq!(grouped("so", &["Adeeg", "Lambar"]), ["A: Adeeg", "L: Lambar"]);
    }

    #[test]
    fn chinese_is_grouped_by_sound_or_by_strokes() {
        assert_eq!(grouped("zh-Hans", &["注销", "Zoom", "挂失"]), ["G: 挂失", "Z: 注销, Zoom"]);
        assert_eq!(
            grouped("zh-TW", &["一", "門號", "SIM"]),
            ["1 strokes: 一", "8 strokes: 門號", "S: SIM"]
        );
    }

    #[test]
    fn no_language_sends_its_own_letters_to_the_others() {
        for language in crate::model::locales::worded() {
            let marks = marks(&language, |count| count.to_string());
            let order = Order::new(&language);
            let marks = ascending(&order, marks);
            for letter in language.index_letters() {
                let entry = IndexEntryView {
                    title: letter.clone(),
                    url: String::new(),
                    see: String::new(),
                    language: None,
                };
                let ranked = ranked(vec![entry], &order, &marks, &language);
                assert!(ranked.iter().all(|(_, rank)| *rank != usize::MAX), "{language}: {letter}");
            }
        }
    }
}
