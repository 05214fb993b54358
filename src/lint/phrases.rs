//! The words by which a sentence is understood: a file a language in `lint/languages/`.

use std::sync::{LazyLock, OnceLock};

use crate::model::fold::is_mark;
use crate::model::language::Language;
use crate::model::word_search::{Case, WordSearch};

/// The languages whose words are known, by their primary tags; English first, which the others borrow from.
const FILES: [(&str, &str); 11] = [
    ("en", include_str!("languages/en.txt")),
    ("ar", include_str!("languages/ar.txt")),
    ("bn", include_str!("languages/bn.txt")),
    ("es", include_str!("languages/es.txt")),
    ("fr", include_str!("languages/fr.txt")),
    ("hi", include_str!("languages/hi.txt")),
    ("pt", include_str!("languages/pt.txt")),
    ("ru", include_str!("languages/ru.txt")),
    ("sq", include_str!("languages/sq.txt")),
    ("ur", include_str!("languages/ur.txt")),
    ("zh", include_str!("languages/zh.txt")),
];

/// A list of words. One stands alone, or goes on where it has a `*`; Chinese ones stand anywhere.
#[derive(Debug)]
pub struct Phrases {
    /// The line's name in each file.
    name: &'static str,
    english: English,
    /// By the language's place in `FILES`; the last for a language that has no file.
    found: [OnceLock<(Vec<&'static str>, WordSearch)>; FILES.len() + 1],
}

/// Whether English words count in texts of other languages: `hotline` does, `no` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum English {
    Borrowed,
    Foreign,
}

/// That a number is one to call.
pub static CALL: Phrases = Phrases::new("call", English::Borrowed);

/// That a number is somebody's, which may be no telephone number.
pub static NUMBER: Phrases = Phrases::new("number", English::Foreign);

/// That a number is a company's own line.
pub static HOTLINE: Phrases = Phrases::new("hotline", English::Borrowed);

/// That a number is for emergencies.
pub static EMERGENCY: Phrases = Phrases::new("emergency", English::Borrowed);

/// That something is not so.
pub static DENIAL: Phrases = Phrases::new("denial", English::Foreign);

/// That something was once, or has become something else.
pub static PAST: Phrases = Phrases::new("past", English::Borrowed);

/// That something is asked for.
pub static ASKED: Phrases = Phrases::new("asked", English::Borrowed);

/// That it is about a card.
pub static CARD: Phrases = Phrases::new("card", English::Borrowed);

/// That it is about the telephone itself.
pub static HANDSET: Phrases = Phrases::new("handset", English::Borrowed);

/// Words that join names in a list.
pub const JOINTS: &[&str] = &[
    "and",
    "or",
    "as well as",
    "和",
    "以及",
    "及",
    "与",
    "與",
    "或",
    "跟",
    "dhe",
    "ose",
    "si dhe",
    "e",
];

/// What stands behind a number that is no telephone number, in every language.
pub static UNITS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| FILES.iter().flat_map(|(_, file)| line(file, "units")).collect());

/// The words of a language for one to twenty, or for the months; `None` where they are not known.
pub fn numbered(language: &Language, name: &str) -> Option<Vec<Vec<&'static str>>> {
    let (_, file) = FILES.get(place(language)?)?;
    let words = line(file, name).map(|words| words.split_whitespace().collect());
    Some(words.collect()).filter(|words: &Vec<_>| !words.is_empty())
}

fn place(language: &Language) -> Option<usize> {
    let primary = language.tag().split('-').next().unwrap_or_default();
    FILES.iter().position(|(tag, _)| *tag == primary)
}

/// What stands behind `name:` in a file, cut at `|`.
fn line<'f>(file: &'f str, name: &str) -> impl Iterator<Item = &'f str> {
    let own = move |line: &&'f str| line.split_once(':').is_some_and(|(key, _)| key == name);
    let words = file.lines().find(own).and_then(|line| line.split_once(':'));
    let words = words.map_or("", |(_, words)| words.trim());
    words.split(" | ").filter(|word| !word.is_empty())
}

impl Phrases {
    const fn new(name: &'static str, english: English) -> Phrases {
        Phrases { name, english, found: [const { OnceLock::new() }; FILES.len() + 1] }
    }

    /// Whether `text`, in lower case, holds one of the words. Of a language without a file, any language's do.
    pub fn are_in(&self, text: &str, language: &Language) -> bool {
        let place = place(language);
        let Some(found) = self.found.get(place.unwrap_or(FILES.len())) else { return false };
        let (cues, word_search) = found.get_or_init(|| self.cues(place));
        word_search.find(text).into_iter().any(|(index, range)| {
            let Some(cue) = cues.get(index) else { return false };
            let before = text.get(..range.start).and_then(|head| head.chars().next_back());
            let after = text.get(range.end..).and_then(|tail| tail.chars().next());
            let (goes_back, goes_on) = (cue.starts_with('*'), cue.ends_with('*'));
            !bare(cue).starts_with(is_lettered)
                || ((goes_back || !before.is_some_and(is_lettered))
                    && (goes_on || !after.is_some_and(is_lettered)))
        })
    }

    fn cues(&self, place: Option<usize>) -> (Vec<&'static str>, WordSearch) {
        let files = FILES.iter().enumerate().filter(|(at, _)| match place {
            Some(place) => *at == place || (*at == 0 && self.english == English::Borrowed),
            None => true,
        });
        let cues: Vec<&str> = files.flat_map(|(_, (_, file))| line(file, self.name)).collect();
        let words = cues.iter().map(|cue| (bare(cue), Case::AsWritten)).collect::<Vec<_>>();
        (cues, WordSearch::new(words))
    }
}

/// A word without its stars.
fn bare(cue: &str) -> &str {
    cue.trim_matches('*')
}

/// A letter or mark of a script that parts words with spaces.
fn is_lettered(c: char) -> bool {
    let spaced = c < '\u{E00}' || matches!(c, '\u{1E00}'..='\u{1FFF}');
    spaced && (c.is_alphabetic() || is_mark(c))
}

/// A letter of the Latin script.
pub fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_alone_and_chinese_ones_anywhere() {
        let language = |tag| Language::parse(tag).unwrap();
        let past = |text, tag| PAST.are_in(text, &language(tag));
        assert!(past("an old card", "en") && !past("it is sold here", "en"));
        assert!(past("以前的卡", "zh-Hans") && past("раньше", "ru") && past("पहले", "hi"));
        let call = |text, tag| CALL.are_in(text, &language(tag));
        assert!(call("hotlines", "en") && !call("recall", "en") && call("الهاتف", "ar"));
        assert!(call("позвоните", "ru") && !call("перезвоните", "ru"));
        // `no` is Portuguese for “in the”.
        let denial = |text, tag| DENIAL.are_in(text, &language(tag));
        assert!(denial("no", "es") && !denial("no café", "pt") && !denial("интернет", "ru"));
        assert!(denial("nunca", "de"));
    }

    #[test]
    fn each_language_has_every_line() {
        let names = [
            "call",
            "number",
            "hotline",
            "emergency",
            "denial",
            "past",
            "asked",
            "card",
            "handset",
        ];
        for (tag, file) in FILES {
            for name in names {
                assert!(line(file, name).next().is_some(), "{tag}: {name}");
            }
            let numbers = numbered(&Language::parse(tag).unwrap(), "numbers").unwrap_or_default();
            assert_eq!(numbers.len(), 20, "{tag}");
        }
    }
}
