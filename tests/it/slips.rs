//! What was meant as Markdown, and what other tools read, is reported with the line as it should be.
#![allow(clippy::unwrap_used, reason = "these tests look at whole sites")]

use crate::project::{build, options, sources};

/// What is said of a guide, without its hint.
fn told(language: &str, text: &str) -> Vec<String> {
    let site = format!("title: A\nlanguages: [{language}]\n");
    let text = match text.starts_with("---") {
        true => text.to_owned(),
        false => format!("---\ntitle: A\n---\n{text}\n"),
    };
    let guide = format!("guides/g/{language}.md");
    let built = build(&sources(&[("guides/site.yaml", &site), (&guide, &text)]), &options());
    built.faults.iter().map(|fault| format!("{}: {}", fault.code.as_str(), fault.message)).collect()
}

#[test]
fn a_list_that_is_none_is_reported_once() {
    for (typed, sign) in [
        ("1、第一\n2、第二", "1、"),
        ("1）第一\n2）第二", "1）"),
        ("（1）第一\n（2）第二", "（1）"),
        ("１．第一\n２．第二", "１．"),
    ] {
        let message = format!(
            "almost-markdown: these lines are no list: Markdown does not know the sign `{sign}`"
        );
        assert_eq!(told("zh-Hans", typed), [message], "{typed}");
    }
    for typed in ["・一", "· a", "‣ a", "◦ a"] {
        let message = "almost-markdown: this is no list: Markdown knows no such sign";
        assert_eq!(told("ja", typed), [message], "{typed}");
    }
    for plain in ["1、只有一行", "（1）只有一行", "2、b\n3、c", "3.5 个\n4.5 个", "A·B"]
    {
        assert_eq!(told("zh-Hans", plain), [""; 0], "{plain}");
    }
}

#[test]
fn the_syntax_of_another_tool_is_reported_once() {
    for (typed, message) in [
        ("{{% x %}}", "`{{% x %}}` is a sign of Hugo"),
        ("{% x %}", "`{% x %}` is a sign of Jekyll"),
        ("--8<-- \"a.md\"", "`--8<-- \"a.md\"` is a block of PyMdown Extensions"),
        ("=== \"Tab\"\n    a", "`=== \"Tab\"` is a block of Material for MkDocs"),
        ("[TOC]", "`[TOC]` is a list of headings to other tools"),
        ("[[_TOC_]]", "`[[_TOC_]]` is a list of headings to other tools"),
    ] {
        assert_eq!(told("en", typed), [format!("foreign-syntax: {message}")], "{typed}");
    }
    for plain in ["`{{% x %}}`", "A\n\n---\n\nb", "See [TOC] in `a`", "a === \"b\""] {
        assert_eq!(told("en", plain), [""; 0], "{plain}");
    }
}

#[test]
fn a_link_without_an_address_is_reported() {
    for typed in ["[a]()", "[a](<>)", "[a](tel:)", "[a](mailto:)", "- [甲]()"] {
        assert_eq!(told("en", typed), ["empty-link: this link leads nowhere"], "{typed}");
    }
    assert_eq!(told("en", "[a](mailto:a@b.example) [top](#)"), [""; 0]);
}

#[test]
fn signs_in_a_title_that_are_shown_as_they_are_typed_are_reported() {
    let title = "almost-markdown: `title` has no Markdown: its signs are shown as they are typed";
    let comment = "raw-html: a comment stands in `summary`, and is shown";
    for (front, expected) in [
        ("title: Dial **142** now", &[title][..]),
        ("title: 拨**142**", &[title]),
        ("title: A\nsummary: B <!-- ask Ana --> c", &[comment]),
        ("title: Dial **21*142# or *100#\nsummary: 2*3 ** 4 and `a`", &[]),
    ] {
        assert_eq!(told("en", &format!("---\n{front}\n---\nx\n")), expected, "{front}");
    }
}

#[test]
fn a_merge_that_nobody_finished_explains_every_file_of_yaml() {
    let marks = "<<<<<<< HEAD\n  a: 1\n=======\n  a: 2\n>>>>>>> b\n";
    for path in ["guides/operators/al.yaml", "guides/glossary.yaml", "guides/operators/al/one.yaml"]
    {
        let text = format!("name: A\n{marks}");
        let files = [
            ("guides/site.yaml", "title: A\nlanguages: [en]\n"),
            ("guides/g/en.md", "---\ntitle: A\n---\nx\n"),
            (path, &*text),
        ];
        let faults = build(&sources(&files), &options()).faults;
        let merge = faults.iter().find(|fault| fault.code.as_str() == "merge-conflict").unwrap();
        assert_eq!(merge.place.as_ref().unwrap().path.as_str(), path);
    }
}

#[test]
fn a_small_number_may_be_a_word_in_any_language() {
    let told = |language: &str, words: &str| {
        let site = format!("title: A\nlanguages: [en, {language}]\n");
        let text = format!("---\ntitle: B\ntranslation: {{of: en}}\n---\n## S {{#s}}\n\n{words}\n");
        let path = format!("guides/g/{language}.md");
        let files = [
            ("guides/site.yaml", &*site),
            ("guides/g/en.md", "---\ntitle: A\n---\n## S {#s}\n\nWait 15 days.\n"),
            (&*path, &*text),
        ];
        build(&sources(&files), &options()).faults.len()
    };
    for (language, words) in [
        ("de", "Warten Sie fünfzehn Tage."),
        ("fr", "Attendez quinze jours."),
        ("ru", "Ждите пятнадцать дней."),
        ("ar", "انتظر خمسة عشر يوما."),
        ("zh-Hans", "等十五天。"),
        ("it", "Aspetti quindici giorni."),
    ] {
        assert_eq!(told(language, words), 0, "{words}");
    }
    // Another number stands where it should be.
    for (language, words) in
        [("de", "Warten Sie 16 Tage."), ("fr", "Attendez seize jours."), ("zh-Hans", "等16天。")]
    {
        assert_eq!(told(language, words), 1, "{words}");
    }
}
