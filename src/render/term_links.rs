//! Links the first use of each term of the glossary in a page to what the glossary says of it.

use std::collections::BTreeSet;

use crate::model::foreign::element;
use crate::model::id::Id;
use crate::model::mention::TermUse;
use crate::model::site::PageKey;
use crate::render::context::{Locale, RenderContext};
use crate::render::guide_view::GuideView;

/// Elements whose words are no prose: headings, links, what is typed or pressed.
const WHOLE: &[&str] = &[
    "a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label", "pre", "samp",
    "script", "select", "style", "summary", "sup", "svg", "textarea", "th",
];

/// In the texts of a guide that is shown in the words of `content` to readers of `reader`.
pub fn link_terms(
    context: &RenderContext<'_>,
    content: &Locale<'_>,
    reader: &Locale<'_>,
    view: &mut GuideView,
) {
    let mut seen = BTreeSet::new();
    view.texts(&mut |html, language| {
        let tag = language.map_or(content.language.tag(), |language| &language.tag);
        if let Some(text) = linked_text(context, html, tag, reader, &mut seen) {
            *html = text.into();
        }
    });
}

/// The same in one text, which is in the language of that tag.
pub fn linked_text(
    context: &RenderContext<'_>,
    html: &str,
    tag: &str,
    reader: &Locale<'_>,
    seen: &mut BTreeSet<Id>,
) -> Option<String> {
    let finder = context.mentions?;
    let place = context.site.config.languages.iter().position(|one| one.tag() == tag)?;
    let glossary = context.url(&PageKey::Glossary, reader.index);
    Some(linked(html, glossary, seen, |text| finder.mentions(text, place)))
}

fn linked(
    html: &str,
    glossary: &str,
    seen: &mut BTreeSet<Id>,
    find: impl Fn(&str) -> Vec<TermUse>,
) -> String {
    let mut linked = String::with_capacity(html.len() + 128);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        words(text, glossary, seen, &find, &mut linked);
        let (tag, behind) = tag.split_at(length(tag));
        linked.push_str(tag);
        rest = behind;
    }
    words(rest, glossary, seen, &find, &mut linked);
    linked
}

/// Of the tag at the start of `html`, with what it holds where that is no prose; so are lists of the registry, which have a
/// class.
fn length(html: &str) -> usize {
    if !html.starts_with("<ul class=") {
        return element(html, WHOLE);
    }
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(rest) = html.get(at..) {
        match (rest.starts_with("<ul"), rest.starts_with("</ul")) {
            (true, _) => depth += 1,
            (_, true) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        let Some(next) = rest.get(1..).and_then(|rest| rest.find('<')) else { return html.len() };
        at += next + 1;
    }
    at
}

fn words(
    text: &str,
    glossary: &str,
    seen: &mut BTreeSet<Id>,
    find: &impl Fn(&str) -> Vec<TermUse>,
    linked: &mut String,
) {
    let mut last = 0;
    if !text.trim().is_empty() {
        for TermUse { range, term } in find(text) {
            if !seen.insert(term.clone()) {
                continue;
            }
            linked.push_str(text.get(last..range.start).unwrap_or(""));
            let words = text.get(range.clone()).unwrap_or("");
            linked.push_str(&format!("<a href=\"{glossary}#{term}\">{words}</a>"));
            last = range.end;
        }
    }
    linked.push_str(text.get(last..).unwrap_or(""));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_use_in_prose_is_a_link() {
        let find = |text: &str| {
            let found = text.match_indices("SIM").map(|(at, word)| TermUse {
                range: at..at + word.len(),
                term: Id::parse("sim").unwrap(),
            });
            found.collect()
        };
        for (html, expected) in [
            ("<p>A SIM, a SIM</p>", "<p>A <a href=\"/g/#sim\">SIM</a>, a SIM</p>"),
            (
                "<h3>SIM</h3><p title=\"SIM\">SIM</p>",
                "<h3>SIM</h3><p title=\"SIM\"><a href=\"/g/#sim\">SIM</a></p>",
            ),
            (
                "<a href=\"x\">my <b>SIM</b></a> <code>SIM</code> SIM",
                "<a href=\"x\">my <b>SIM</b></a> <code>SIM</code> <a href=\"/g/#sim\">SIM</a>",
            ),
            (
                "<ul class=\"channels\"><li>SIM<ul><li>SIM</ul></ul><ul><li>SIM</ul>",
                "<ul class=\"channels\"><li>SIM<ul><li>SIM</ul></ul><ul><li><a href=\"/g/#sim\">SIM</a></ul>",
            ),
            ("<ul class=\"a\"><li>SIM", "<ul class=\"a\"><li>SIM"),
            ("", ""),
        ] {
            assert_eq!(linked(html, "/g/", &mut BTreeSet::new(), find), expected);
        }
    }
}
