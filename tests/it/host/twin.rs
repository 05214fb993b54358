//! Each guide is there in Markdown too, and says what its page says.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options as Extensions, Parser, Tag};

use super::text;
use crate::html::{Child, Document, Element};
use crate::laws::decode;
use crate::project::{Built, build, build_at, home, options, sources};

/// The words of a twin as a reader of Markdown sees them, and where its links lead.
fn read(markdown: &str) -> (String, Vec<String>) {
    let extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_DEFINITION_LIST
        | Extensions::ENABLE_GFM;
    let (mut words, mut links) = (String::new(), Vec::new());
    for event in Parser::new_ext(markdown, extensions) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                links.push(dest_url.into_string());
                words.push(' ');
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML is left: {html}"),
            Event::Start(Tag::CodeBlock(_)) => words.push_str(" code-block "),
            Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak => {
                words.push(' ')
            }
            _ => {}
        }
    }
    (words, links)
}

/// What of the article a twin has to say: not the choice of operators, which is for the page's script, nor
/// what Markdown has marks for.
fn said(element: &Element, words: &mut Vec<String>) {
    let apart = ["choice", "mark", "alert-title"];
    if apart.iter().any(|class| element.has_class(class)) || element.name == "sup" {
        return;
    }
    for child in &element.children {
        match child {
            Child::Text(text) => words.extend(tokens(text).map(str::to_owned)),
            Child::Element(element) => said(element, words),
        }
    }
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn twins(built: &Built) -> Vec<(String, String)> {
    let twins = built.files.keys().filter_map(|path| Some((path, path.strip_suffix("index.md")?)));
    twins.map(|(path, folder)| (path.clone(), format!("{folder}index.html"))).collect()
}

#[test]
fn our_twins_say_what_the_pages_say() {
    let built = build_at(home(), &options());
    let twins = twins(&built);
    assert!(twins.len() > 40, "{} twins", twins.len());
    for (twin, page) in twins {
        let document = Document::parse(text(&built, &page));
        let (words, links) = read(text(&built, &twin));
        let known: BTreeSet<&str> = tokens(&words).collect();
        let mut wanted = Vec::new();
        for name in ["h1", "article"] {
            document.named(name).iter().for_each(|element| said(element, &mut wanted));
        }
        assert!(wanted.len() > 30, "{page}: {}", wanted.len());
        let missing: BTreeSet<&str> =
            wanted.iter().map(String::as_str).filter(|word| !known.contains(word)).collect();
        assert!(missing.is_empty(), "{twin} lacks {missing:?}:\n{}", text(&built, &twin));
        let article = document.named("article");
        for link in article[0].descendants().iter().filter(|one| one.name == "a") {
            let href = link.attribute("href").unwrap_or("");
            let is_said = href.starts_with('#') || links.iter().any(|own| own.ends_with(href));
            assert!(is_said, "{twin} does not lead to {href}");
        }
        for link in links.iter().filter_map(|link| link.strip_prefix("https://cicerone.example/")) {
            let path = decode(link.split('#').next().unwrap());
            let is_there = built.files.contains_key(&format!("{path}index.html"));
            assert!(is_there || built.files.contains_key(&path), "{twin}: {link}");
        }
        let alternate = document
            .named("link")
            .into_iter()
            .find(|link| link.attribute("type") == Some("text/markdown"));
        let href = alternate.unwrap().attribute("href").unwrap();
        assert_eq!(decode(href), format!("/{twin}"));
        assert!(!words.contains("code-block"), "{twin} is indented too far");
        assert!(!text(&built, &twin).contains("\n\n\n"), "{twin} has empty lines");
    }
    let list = text(&built, "llms.txt");
    assert!(list.contains("(https://cicerone.example/en/al/cancel-sim/index.md): Close a prepaid"));
}

const GUIDES: &[(&str, &str)] = &[
    ("guides/site.yaml", "title: A\nlanguages: [en, sq]\nmarkdown: true\n"),
    (
        "guides/a/en.md",
        "---
title: 1. A *star*
materials: [{id: pin, title: The `PIN`}]
before: [{title: Ask, text: Twice.}]
steps:
  - {id: dial, title: Dial, needs: [pin], duration: 5min, steps: [One, {title: Two, text: '- a list'}]}
warnings: [{title: Careful, severity: danger}]
---
Text with a note.[^1]

[^1]: The *note*.
",
    ),
];

#[test]
fn a_twin_is_clean_markdown() {
    let built = build(&sources(GUIDES), &options());
    let expected = "# 1\\. A \\*star\\*

> [!WARNING]
> **Careful**

Text with a note.[^1]

## What you need

- **The `PIN`**

## Do this first

- [ ] **Ask**

  Twice.

## Steps

### 1. Dial

Time: 5 minutes

You need:

- The `PIN`

#### 1.1. One

#### 1.2. Two

- a list

## Footnotes

[^1]: The *note*.
";
    assert_eq!(text(&built, "en/a/index.md"), expected);
}

#[test]
fn only_what_is_translated_and_asked_for_has_a_twin() {
    let built = build(&sources(GUIDES), &options());
    assert!(!built.files.contains_key("sq/a/index.md"));
    assert!(text(&built, "sq/a/index.html").contains("text/markdown\" href=\"/en/a/index.md\""));
    assert!(!text(&built, "en/index.html").contains("text/markdown"));
    assert!(text(&built, "llms.txt").contains("(/en/a/index.md)"));
    let mut without = sources(GUIDES);
    let settings = "title: A\nlanguages: [en, sq]\n";
    without.texts.insert(cicerone::model::source::SourcePath::new(GUIDES[0].0), settings.into());
    let built = build(&without, &options());
    assert!(!built.files.keys().any(|path| path.ends_with(".md")));
    assert!(!text(&built, "en/a/index.html").contains("text/markdown"));
    assert!(text(&built, "llms.txt").contains("(/en/a/)"));
}
