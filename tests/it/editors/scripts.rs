//! A page that is written in one Chinese script is there in the other.

use super::{pages, prepared, sources, told};

const SITE: &str = "lints: {remote-image: off}\ntitle: {en: Guides, zh-Hans: 指南}\nlanguages: {en: , zh-Hans: , zh-Hant: {from: zh-Hans}}\n";

const GLOSSARY: &str = "cancel:
  term: {zh-Hans: 注销, zh-Hant: 註銷}
msisdn:
  term: {zh-Hans: 手机号, zh-Hant: 門號}
  aliases: {zh-Hans: [手机号码]}
";

const ORIGINAL: &str = "---
title: Cancel a number
eligibility: [{id: debt, title: A bill, remedy: Pay it}]
steps: [{id: ask, image: {file: https://pictures.example/a.png, alt: A phone}}]
---
## Ask {#ask}

Call [it](https://a.example/).
";

const SIMPLIFIED: &str = "---
title: 注销手机号
translation: {of: en}
words:
  debt: {title: 账单, remedy: 先付账}
  ask: {alt: 一部电话}
---
头发与发现。

## 询问运营商 {#ask}

拨打手机号码，见[这里](#ask)与[网页](https://a.example/)之后。
";

fn files() -> Vec<(&'static str, &'static str)> {
    vec![
        ("site.yaml", SITE),
        ("glossary.yaml", GLOSSARY),
        ("al/cancel/en.md", ORIGINAL),
        ("al/cancel/zh-Hans.md", SIMPLIFIED),
        ("al/keep/en.md", "---\ntitle: Keep\n---\nSo.\n"),
    ]
}

#[test]
fn a_page_without_a_file_is_converted_with_the_terms_of_the_glossary() {
    let pages = pages(&sources(&files()));
    let page = &pages["zh-hant/al/cancel/index.html"];
    for words in [
        "<h1>註銷門號</h1>",
        "<p>頭髮與發現。</p>",
        "賬單",
        "先付賬",
        "alt=\"一部電話\" loading",
        "<p>撥打手機號碼，見<a href=\"#ask\">這裡</a>與<a href=\"https://a.example/\" rel=\"",
        ">網頁</a>之後。</p>",
        "本頁由簡體中文自動轉換，未經人工校對。",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("<html lang=\"zh-Hant\""));
    // What no file has in either script stays the original's.
    assert!(pages["zh-hant/al/keep/index.html"].contains("So."));
    assert!(pages["zh-hant/translations/index.html"].contains("自動轉換"));
    assert!(!pages["zh-hans/al/cancel/index.html"].contains("轉換"));
}

#[test]
fn a_file_overrides_it_and_a_fault_is_told_once() {
    let mut files = files();
    files.push(("al/cancel/zh-Hant.md", "---\ntitle: 取消\ntranslation: {of: en}\n---\n我的。\n"));
    let own = pages(&sources(&files));
    assert!(own["zh-hant/al/cancel/index.html"].contains("我的。"));
    assert!(!own["zh-hant/al/cancel/index.html"].contains("自動轉換"));
    files.pop();
    let broken = SIMPLIFIED.replace("#ask)与", "#aks)与");
    files[3].1 = &broken;
    let faults = prepared(&sources(&files)).diagnostics;
    assert_eq!(
        told(&faults),
        "broken-anchor guides/al/cancel/zh-Hans.md: this page has no heading `#aks`\n"
    );
}

#[test]
fn an_original_is_converted_too_and_the_other_way_round() {
    let pages = pages(&sources(&[
        ("site.yaml", "title: 指南\nlanguages: {zh-Hant: , zh-Hans: {from: zh-Hant}}\n"),
        (
            "al/x/zh-Hant.md",
            "---\ntitle: 門號\nsteps: [{id: a, title: 發現, text: 頭髮}]\n---\n這裡。\n",
        ),
    ]));
    let page = &pages["zh-hans/al/x/index.html"];
    for words in ["发现", "头发", "这里。"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn only_chinese_is_converted() {
    for (languages, fault) in [
        (
            "{en: , sq: {from: en}}",
            "bad-value guides/site.yaml: `sq` cannot be converted from `en`\n",
        ),
        (
            "{zh-Hant: {from: zh-Hans}}",
            "undeclared-language guides/site.yaml: `zh-Hans` is not among the languages\n",
        ),
    ] {
        let site = format!("title: x\nlanguages: {languages}\n");
        assert_eq!(told(&prepared(&sources(&[("site.yaml", &site)])).diagnostics), fault);
    }
}
