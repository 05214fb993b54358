//! Which parts of a file are words to the lints: none of code, all that readers read.

use cicerone::model::diagnostic::Code;

use crate::project::{build, options, sources};

/// A false statement, and as code a reader copies.
const FALSE: &str = "Call Vodafone Albania: the hotline is 142.";

const SETTINGS: &str = "title: T\nlanguages: [en, sq]\ndefault_language: en\n";
const VODAFONE: &str = "name: Vodafone Albania\nchannels:\n  - {id: care, type: phone, value: 140, source: https://v.example/care, verified: 2026-08-22}\n";
const ONE: &str = "name: One Albania\nchannels:\n  - {id: care, type: phone, value: 142, source: https://o.example/care, verified: 2026-08-22}\n";

/// The lines of a guide in which a number is judged wrong.
fn judged(language: &str, guide: &str) -> Vec<String> {
    let original = "---\ntitle: A\nsteps:\n  - {id: cost, title: B}\n  - {id: source, title: C}\n  - {id: at, title: D}\n  - {id: wait, title: E}\n---\n";
    let path = format!("guides/a/{language}.md");
    let mut files = vec![
        ("guides/site.yaml", SETTINGS),
        ("guides/operators/al/vodafone.yaml", VODAFONE),
        ("guides/operators/al/one.yaml", ONE),
    ];
    if language != "en" {
        files.push(("guides/a/en.md", original));
    }
    files.push((&path, guide));
    let faults = build(&sources(&files), &options()).faults;
    let wrong = faults.iter().filter(|fault| fault.code == Code::WrongNumber);
    let line = |at: usize| {
        let start = guide[..at].rfind('\n').map_or(0, |at| at + 1);
        guide[start..].lines().next().unwrap_or_default().trim().to_owned()
    };
    wrong.filter_map(|fault| Some(line(fault.place.as_ref()?.span.start as usize))).collect()
}

#[test]
fn code_is_never_judged_and_what_follows_it_always_is() {
    let indented = format!("    {FALSE}\n\n        {FALSE}");
    for code in [
        format!("```\n{FALSE}\n```"),
        format!("````\n```\n{FALSE}\n```\n{FALSE}\n````"),
        format!("~~~ text\n```\n{FALSE}\n~~~"),
        format!("- a\n\n  ```\n  {FALSE}\n  ```"),
        format!("> ```\n> {FALSE}\n> ```"),
        format!("1. a\n\n   ~~~~\n   ~~~\n   {FALSE}\n   ~~~~"),
        format!("<!-- {FALSE} -->"),
        format!("<!--\n{FALSE}\n\n{FALSE}\n-->"),
        indented,
    ] {
        let text = format!("---\ntitle: A\n---\nBefore.\n\n{code}\n\nafter: {FALSE}\n");
        assert_eq!(judged("en", &text), [format!("after: {FALSE}")], "{code}");
    }
}

#[test]
fn code_in_a_steps_text_is_not_judged_either() {
    for fences in ["```", "````", "~~~"] {
        for sign in ["|", "|-", ">", "|2"] {
            let text = format!(
                "---\ntitle: A\nsteps:\n- id: x\n  title: B\n  text: {sign}\n    a\n\n    {fences}\n\n    {FALSE}\n\n    {fences}\n\n    after: {FALSE}\n---\n"
            );
            assert_eq!(judged("en", &text), [format!("after: {FALSE}")], "{sign}{fences}");
        }
    }
    let text = format!(
        "---\ntitle: A\nsteps:\n- {{id: x, title: B, text: \"a\\n\\n```\\n{FALSE}\\n```\\n\\nafter: {FALSE}\"}}\n---\n"
    );
    assert_eq!(judged("en", &text).len(), 1);
}

#[test]
fn words_of_a_span_of_code_are_judged_with_their_sentence() {
    for number in ["`142`", "`` 142 ``", "`142\n`", "**142**", "142"] {
        let text =
            format!("---\ntitle: A\n---\nCall Vodafone Albania: the hotline is {number}. Good.\n");
        assert_eq!(judged("en", &text).len(), 1, "{number}");
    }
    // What a span swallows ends none that follows.
    let text = format!("---\ntitle: A\n---\nType ``a ` b`` or `c\nd`.\n\nafter: {FALSE}\n");
    assert_eq!(judged("en", &text), [format!("after: {FALSE}")]);
}

#[test]
fn the_words_of_an_item_are_judged_whatever_its_id() {
    for id in ["dial", "cost", "source", "at", "wait"] {
        for words in [
            format!("{{title: \"{FALSE}\"}}"),
            format!("\"{FALSE}\""),
            format!("{{title: B, text: '{FALSE}'}}"),
            format!("\n    text: >\n      {}", FALSE.replace(" the", "\n      the")),
        ] {
            let text =
                format!("---\ntitle: A\ntranslation: {{of: en}}\nwords:\n  {id}: {words}\n---\n");
            assert_eq!(judged("sq", &text).len(), 1, "{text}");
        }
    }
}

#[test]
fn facts_and_keys_are_no_words() {
    for front in [
        format!("aliases: [\"/{}/\"]", FALSE.replace(' ', "-")),
        format!("extra: {{note: \"{FALSE}\"}}"),
        format!("# {FALSE}"),
        format!("tags: [] # {FALSE}"),
        format!("sources:\n  x: {{title: \"{FALSE}\", url: https://a.example}}"),
    ] {
        let text = format!("---\ntitle: A\n{front}\n---\nText.\n");
        assert_eq!(judged("en", &text), Vec::<String>::new(), "{front}");
    }
    for front in [
        format!("summary: \"{FALSE}\""),
        format!("review: {{by: \"{FALSE}\"}}"),
        format!("eligibility:\n  - {{id: x, title: B, remedy: \"{FALSE}\"}}"),
        format!("steps:\n  - \"{FALSE}\""),
        format!("faq:\n  - {{id: x, title: B, text: \"{FALSE}\"}}"),
    ] {
        let text = format!("---\ntitle: A\n{front}\n---\nText.\n");
        assert_eq!(judged("en", &text).len(), 1, "{front}");
    }
}
