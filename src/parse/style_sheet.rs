//! Makes style sheets smaller: drops comments, line breaks, and rules for languages that the site lacks.

use crate::model::language::Language;

/// The beginning of a rule that sets the type of some languages.
const TYPE: &str = ":where(:lang(";

/// `css` as `squeeze` leaves it, without the rules `:where(:lang(…),…)…{…}` of languages that are none of the site's. They
/// are 300 bytes of a compressed page.
pub fn spoken(css: &str, languages: &[Language]) -> String {
    // As `:lang()` compares: `zh-Hant` also stands for `zh-Hant-TW`.
    let stands_for = |tag: &str, language: &Language| {
        let rest = language.tag().strip_prefix(tag);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let is_spoken = |tag: &&str| languages.iter().any(|language| stands_for(tag, language));
    let mut spoken = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(TYPE) {
        let (before, rule) = rest.split_at(at);
        spoken.push_str(before);
        let whole = before.is_empty() || before.ends_with(['{', '}']);
        let parts = rule.split_once("))").and_then(|(list, behind)| {
            let tags = list.strip_prefix(":where(")?.split(',');
            let tags =
                tags.map(|one| one.strip_prefix(":lang(").map(|tag| tag.trim_end_matches(')')));
            let (within, behind) = behind.split_once('{')?;
            Some((tags.collect::<Option<Vec<&str>>>()?, within, behind.split_once('}')?))
        });
        let Some((tags, within, (block, behind))) = parts.filter(|_| whole) else {
            let (first, behind) = rule.split_at(TYPE.len());
            spoken.push_str(first);
            rest = behind;
            continue;
        };
        let own: Vec<String> =
            tags.into_iter().filter(is_spoken).map(|tag| format!(":lang({tag})")).collect();
        if !own.is_empty() {
            spoken.push_str(&format!(":where({}){within}{{{block}}}", own.join(",")));
        }
        rest = behind;
    }
    spoken + rest
}

/// `css` without comments and without white space at the ends of lines. Strings are kept. This saves 250
/// bytes of a compressed page, so comments cost readers nothing.
pub fn squeeze(css: &str) -> String {
    let mut squeezed = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['"', '\'', '/', '\n']) {
        let (plain, behind) = rest.split_at(at);
        squeezed.push_str(plain);
        let length = match behind.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let length = string(behind, quote);
                squeezed.push_str(behind.get(..length).unwrap_or_default());
                length
            }
            Some('\n') => {
                // A line break may be all that separates two words.
                let next = behind.trim_start();
                let parted = |c: char| "{};,>".contains(c);
                let end = squeezed.trim_end().len();
                squeezed.truncate(end);
                if !squeezed.ends_with(parted) && !next.starts_with('}') && !squeezed.is_empty() {
                    squeezed.push('\n');
                }
                behind.len() - next.len()
            }
            _ if behind.starts_with("/*") => behind.find("*/").map_or(behind.len(), |end| end + 2),
            _ => {
                squeezed.push('/');
                1
            }
        };
        rest = behind.get(length..).unwrap_or_default();
    }
    squeezed.push_str(rest);
    squeezed
}

/// The length in bytes of the string at the start of `text`.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // A string that is not closed ends with its line.
            c if c == quote || c == '\n' => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_for_the_type_of_other_languages_go() {
        let languages = ["en", "zh-Hant", "zh-HK"].map(|tag| Language::parse(tag).unwrap());
        for (css, expected) in [
            (":where(:lang(ja)){a:b}c{d:e}", "c{d:e}"),
            ("c{d:e}:where(:lang(ja),:lang(zh-HK)){a:b}", "c{d:e}:where(:lang(zh-HK)){a:b}"),
            (":where(:lang(ur)) a::b{a:b}c{d:e}", "c{d:e}"),
            (":where(:lang(ja),:lang(zh-HK)) a{a:b}", ":where(:lang(zh-HK)) a{a:b}"),
            (":where(:lang(zh-TW),:lang(zh-Hant)){a:b}", ":where(:lang(zh-Hant)){a:b}"),
            (":where(:lang(zh-Ha),:lang(e)){a:b}", ""),
            ("@media print{:where(:lang(ur)){a:b}}", "@media print{}"),
            (
                ":where(:lang(zh)){a:b}:where([lang]){c:d}",
                ":where(:lang(zh)){a:b}:where([lang]){c:d}",
            ),
            // Only rules that begin so.
            ("em:where(:lang(ja)){a:b}", "em:where(:lang(ja)){a:b}"),
            (":where(:lang(ja),p){a:b}", ":where(:lang(ja),p){a:b}"),
            (":lang(ja){a:b}:where(:lang(", ":lang(ja){a:b}:where(:lang("),
        ] {
            assert_eq!(spoken(css, &languages), expected, "{css}");
        }
    }

    #[test]
    fn comments_and_line_breaks_go_but_strings_stay() {
        for (css, expected) in [
            ("a{\n  color:red;\n}\n\nb{x:y}\n", "a{color:red;}b{x:y}"),
            ("/* a */\na{b:c} /* d */\ne{f:g}", "a{b:c}e{f:g}"),
            ("a\nb{c:d}", "a\nb{c:d}"),
            ("a{content:\"/* no */\\\" \n\"}", "a{content:\"/* no */\\\" \n\"}"),
            ("a{content:'}\n'}", "a{content:'}\n'}"),
            ("a{grid-area:1/2;background:url(/x.svg)}", "a{grid-area:1/2;background:url(/x.svg)}"),
            ("a{b:\"é\"} /* ü", "a{b:\"é\"} "),
            ("", ""),
        ] {
            assert_eq!(squeeze(css), expected, "{css}");
        }
    }
}
