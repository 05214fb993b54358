//! Headings and pictures: numbers written by hand, skipped levels, pictures without a description.

use std::ops::Range;

use crate::lint::file::LintedFile;
use crate::lint::phrases::is_latin;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::Role;
use crate::model::region::RegionKind;

pub fn check(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut level = 1;
    for section in &page.text.body.sections {
        if let Some(number) = number(&section.title.plain) {
            diagnostics.push(numbered(page, section.span.range(), number));
        }
        if section.level > level + 1 {
            let message = if level == 1 {
                format!("the first heading is of level {}", section.level)
            } else {
                format!("a heading of level {} stands below one of level {level}", section.level)
            };
            let hint = format!("begin it with `{}`", "#".repeat(usize::from(level) + 1));
            diagnostics
                .push(page.fault(Code::SkippedLevel, section.span.range(), message).hint(hint));
        }
        level = section.level;
    }
    items(page, diagnostics);
    pictures(page, diagnostics);
    step_pictures(page, diagnostics);
}

/// Checks the titles of steps and other items in the front matter.
fn items(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut check = |title: Option<&crate::model::markup::Inline>, range: Range<usize>| {
        if let Some(number) = title.and_then(|title| number(&title.plain)) {
            diagnostics.push(numbered(page, range, number));
        }
    };
    match &page.text.role {
        Role::Original(facts) => {
            for (_, item) in facts.items() {
                let span = item.id.as_ref().map_or(item.span, |id| id.span);
                check(item.title.as_ref(), span.range());
            }
        }
        Role::Translation(words) => {
            for item in words.items.values() {
                check(item.title.as_ref(), item.span.range());
            }
        }
    }
}

fn numbered(page: &LintedFile<'_>, range: Range<usize>, number: &str) -> Diagnostic {
    page.fault(Code::NumberedHeading, range, format!("`{number}` is numbered by hand"))
        .hint("take the number out; steps are numbered for you, and headings need none")
}

/// The number at the start of a title, as it is written: `1.`, `第一步`, `一、`, `(2)`, `Step 3:`.
fn number(title: &str) -> Option<&str> {
    let title = title.trim_start();
    let numeral = |c| {
        matches!(c, '0'..='9' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
    };
    let behind = |text: &str| text.len() - text.trim_start_matches(numeral).len();
    let cut = |length: usize| title.get(..length).map(str::trim_end);
    if let Some(rest) = title.strip_prefix('第') {
        let digits = behind(rest);
        let rest = rest.get(digits..)?;
        let unit = ["步骤", "步驟", "步", "章", "节", "節", "部分"]
            .iter()
            .find(|unit| rest.starts_with(**unit))?;
        // By itself, it is how Chinese says “first steps”.
        let is_first = title.trim_end() == "第一步";
        return (digits > 0 && !is_first).then(|| cut('第'.len_utf8() + digits + unit.len()))?;
    }
    if let Some(rest) = title.strip_prefix(['(', '（']) {
        let open = title.len() - rest.len();
        let digits = behind(rest);
        let close = rest.get(digits..)?.chars().next().filter(|c| matches!(c, ')' | '）'))?;
        return (digits > 0 && digits <= 6).then(|| cut(open + digits + close.len_utf8()))?;
    }
    let first = title.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return cut(first.len_utf8());
    }
    let digits = behind(title);
    if digits > 0 {
        let mut rest = title.get(digits..)?.chars();
        let mark =
            rest.next().filter(|c| matches!(c, '.' | ')' | '、' | '．' | '）' | ':' | '：'))?;
        // The numbers in `3.5 GB` and `112: the emergency number` do not number a heading.
        let short = title.get(..digits)?.chars().count() <= 2;
        let more = rest.next().is_some_and(|c| c.is_ascii_digit());
        return (short && !more).then(|| cut(digits + mark.len_utf8()))?;
    }
    let word = title.split(|c: char| !is_latin(c)).next().unwrap_or("");
    let known = ["step", "part", "chapter", "hapi", "pjesa"];
    let rest = title.get(word.len()..)?.trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (digits > 0 && known.iter().any(|known| known.eq_ignore_ascii_case(word)))
        .then(|| cut(title.len() - rest.len() + digits))?
}

/// Words that only say that there is a picture.
const IDLE: &[&str] = &[
    "image",
    "img",
    "picture",
    "photo",
    "pic",
    "screenshot",
    "snapshot",
    "figure",
    "untitled",
    "图片",
    "图",
    "图像",
    "截图",
    "照片",
    "圖片",
    "圖",
    "圖像",
    "截圖",
    "foto",
    "fotografi",
    "figura",
    "imazh",
    "pamje",
];

fn pictures(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let pictures = page.prose.links.iter().filter(|link| link.kind == RegionKind::Image);
    for picture in pictures {
        let alt = page.source.get(picture.words.clone()).unwrap_or("");
        let message = match alt.trim() {
            "" => "this picture is not described".to_owned(),
            text if is_idle(text) => format!("`{text}` does not say what the picture shows"),
            _ => continue,
        };
        let hint = "write between `![` and `]` what a reader who cannot see it must know";
        diagnostics.push(
            page.fault(Code::EmptyAlt, picture.whole.start..picture.words.end + 1, message)
                .hint(hint),
        );
    }
}

/// Pictures of steps, in the front matter of the original and the words of translations.
fn step_pictures(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(guide) = page.guide else { return };
    for step in guide.facts().all_steps() {
        let Some(picture) = &step.picture else { continue };
        let id = step.item.id.as_ref().map(|id| &id.value);
        let (alt, span, hint) =
            match &page.text.role {
                Role::Original(_) => (
                    picture.alt.as_ref(),
                    picture.span,
                    "write into `alt` what a reader who cannot see it must know".to_owned(),
                ),
                Role::Translation(words) => {
                    // Where the original does not say it, that is reported there.
                    let Some(id) = id.filter(|_| picture.alt.is_some()) else { continue };
                    let own = words.items.get(id);
                    let section =
                        page.text.body.sections.iter().find(|section| {
                            section.id.as_ref().is_some_and(|own| own.value == *id)
                        });
                    let place = own.map(|own| own.span).or(section.map(|section| section.span));
                    // A step without any words is reported as a whole.
                    let Some(span) = place else { continue };
                    (
                        own.and_then(|own| own.alt.as_ref()),
                        span,
                        format!("add what it shows to `words:`, as `{id}: {{alt: …}}`"),
                    )
                }
            };
        let (range, message) = match alt {
            None => (span.range(), "this step's picture is not described".to_owned()),
            Some(alt) if is_idle(&alt.value) => {
                (alt.span.range(), format!("`{}` does not say what the picture shows", alt.value))
            }
            Some(_) => continue,
        };
        diagnostics.push(page.fault(Code::EmptyAlt, range, message).hint(hint));
    }
}

fn is_idle(alt: &str) -> bool {
    let lower = alt.to_lowercase();
    let named = |extension: &&str| lower.ends_with(*extension);
    let file = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"].iter().any(named);
    let word = lower.trim_matches(|c: char| !c.is_alphabetic());
    let camera =
        lower.starts_with("img_") || lower.starts_with("dsc") || lower.starts_with("screenshot ");
    word.is_empty()
        || file
        || IDLE.contains(&word)
        || (camera && lower.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_headings_are_told_from_others() {
        for (title, expected) in [
            ("1. 确认", Some("1.")),
            ("第一步：确认", Some("第一步")),
            ("一、了解", Some("一、")),
            ("（二）办理", Some("（二）")),
            ("Step 3: go", Some("Step 3")),
            ("② Go", Some("②")),
            ("3.5 GB", None),
            ("112: emergency", None),
            ("140 or 149?", None),
            ("一定要提供吗", None),
            ("第一次", None),
            ("第一步", None),
            ("第二步", Some("第二步")),
            ("Stepping in", None),
            ("5G", None),
        ] {
            assert_eq!(number(title), expected, "{title}");
        }
    }
}
