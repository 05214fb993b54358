//! Finds the language that a browser asks for among those of the site (RFC 9110, 12.5.4).

use crate::model::language::Language;

/// No browser sends a longer list, and no reader has one.
const LONGEST: usize = 20;

/// The first of the reader's languages, in order of preference, that the site has: the tag itself, or else
/// the same language in the same script (`zh-TW` reads `zh-Hant`), or else the same language.
pub fn preferred<'a>(header: &str, languages: &'a [Language]) -> Option<&'a Language> {
    let mut wishes: Vec<(f32, Language)> =
        header.split(',').take(LONGEST).filter_map(wish).collect();
    // The sort is stable, so of two equal wishes the first stays first.
    wishes.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    wishes.iter().find_map(|(_, wish)| matching(wish, languages))
}

fn wish(text: &str) -> Option<(f32, Language)> {
    let (tag, weight) = text.split_once(';').unwrap_or((text, "q=1"));
    let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
    let sound = weight > 0.0 && weight <= 1.0;
    sound.then(|| Language::parse(tag.trim())).flatten().map(|language| (weight, language))
}

fn matching<'a>(wish: &Language, languages: &'a [Language]) -> Option<&'a Language> {
    let same = |language: &&Language| primary(language) == primary(wish);
    let exact = languages.iter().find(|language| *language == wish);
    exact
        .or_else(|| languages.iter().filter(same).find(|one| one.script() == wish.script()))
        .or_else(|| languages.iter().find(same))
}

fn primary(language: &Language) -> &str {
    language.tag().split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(header: &str) -> Option<String> {
        let languages = ["en", "zh-Hans", "zh-Hant", "sq"].map(|tag| Language::parse(tag).unwrap());
        preferred(header, &languages).map(Language::slug)
    }

    #[test]
    fn a_reader_gets_the_nearest_of_the_dearest() {
        assert_eq!(chosen("zh-TW,zh;q=0.9,en;q=0.8").as_deref(), Some("zh-hant"));
        assert_eq!(chosen("zh-CN").as_deref(), Some("zh-hans"));
        assert_eq!(chosen("de, sq;q=0.5, en-GB;q=0.7").as_deref(), Some("en"));
        assert_eq!(chosen("sq-AL").as_deref(), Some("sq"));
    }

    #[test]
    fn a_reader_of_none_of_them_chooses() {
        for header in ["", "*", "de", "en;q=0", "en;q=x", ";;;", "en;q=7"] {
            assert_eq!(chosen(header), None, "{header}");
        }
    }
}
