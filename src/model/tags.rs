//! Recognises tags of no language or with a former code, and works out which language was meant.

use crate::model::language::Language;
use crate::model::locales::is_region;

/// The codes of two letters (ISO 639-1), except `kr`: people who write it mean Korean more often than Kanuri,
/// which can be written `kau`.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz \
    ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko ks ku kv kw ky la lb lg li ln lo lt lu lv \
    mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu \
    rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty \
    ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// The codes that IANA's registry calls deprecated.
const FORMER: &[&str] = &["in", "iw", "ji", "jw", "mo", "sh"];

/// Why a tag does not stand for a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The reason in lower case, for a message.
    pub reason: String,
    /// The language that the writer probably meant.
    pub meant: Option<Language>,
}

/// What is wrong with `language`, if anything. There are too many codes of three letters to check those.
pub fn mistake(language: &Language) -> Option<Mistake> {
    let mut identifier = language.identifier();
    let code = identifier.language.to_string();
    let canonical = || Language::parse(&language.canonical().to_string());
    if FORMER.contains(&code.as_str()) {
        let reason = format!("`{code}` is a former code of the language");
        return Some(Mistake { reason, meant: canonical() });
    }
    if code.len() == 2 && !CODES.split_whitespace().any(|known| known == code) {
        let region = code.to_uppercase();
        return Some(match is_region(&region) {
            true => Mistake {
                reason: format!("`{code}` is a country's code, not a language's"),
                meant: Language::of_region(&region),
            },
            false => Mistake { reason: format!("no language has the code `{code}`"), meant: None },
        });
    }
    let region = identifier.region.map(|region| region.to_string())?;
    if is_region(&region) {
        return None;
    }
    let reason = format!("no country has the code `{region}`");
    identifier.region = None;
    let known = canonical().filter(|meant| {
        meant.identifier().region.is_some_and(|region| is_region(&region.to_string()))
    });
    Some(Mistake { reason, meant: known.or_else(|| Language::parse(&identifier.to_string())) })
}

impl Mistake {
    /// What to do about it; `taken` tells whether the site already has the tag that was meant.
    pub fn hint(&self, taken: impl Fn(&Language) -> bool) -> String {
        match &self.meant {
            Some(meant) if taken(meant) => format!("take it out: `{meant}` is there"),
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write the tag of a language, like `en` or `zh-Hans`".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_former_codes_are_no_languages() {
        let meant = |tag: &str| {
            let mistake = mistake(&Language::parse(tag).unwrap());
            mistake.map(|mistake| mistake.meant.map_or_else(String::new, |meant| meant.to_string()))
        };
        let tags = [
            ("cn", "zh-Hans"),
            ("jp", "ja"),
            ("kr", "ko"),
            ("cz", "cs"),
            ("ua", "uk"),
            ("gr", "el"),
            ("dk", "da"),
            ("vn", "vi"),
            ("al", "sq"),
            ("rs", "sr"),
            ("hk", "zh-Hant"),
            ("gb", "en"),
            ("iw", "he"),
            ("in", "id"),
            ("ji", "yi"),
            ("mo", "ro"),
            ("iw-IL", "he-IL"),
            ("en-UK", "en-GB"),
            ("en-EN", "en"),
            ("zh-Hant-XX", "zh-Hant"),
            ("xx", ""),
        ];
        for (tag, expected) in tags {
            assert_eq!(meant(tag).as_deref(), Some(expected), "{tag}");
        }
        for tag in [
            "sq", "tl", "no", "zh-HK", "es-419", "sr-Latn", "aae", "kau", "ht", "yue", "sq-XK",
            "en-001",
        ] {
            assert_eq!(meant(tag), None, "{tag}");
        }
    }
}
