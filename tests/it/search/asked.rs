//! What readers mean: forms, folds and parts of words, a number to call, and words that no page has.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{drive, place, prepared, published, shown};
use cicerone::search;

/// A site with these files below `guides/`.
fn site(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join("guides").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Asks script and command, which must agree: the addresses found, and the words that no page has.
fn ask(folder: &TempDir, tag: &str, query: &str) -> (Vec<String>, Vec<String>) {
    let files = published(folder.path());
    let (built, _) = prepared(folder.path());
    let (indexes, language) = (built.indexes(), place(&built.site, tag));
    let [answer] =
        drive(files.path(), &[json!({"query": query, "language": tag})]).try_into().unwrap();
    let own = search::search(&indexes, language, query, 8);
    let urls = own.iter().map(|found| found.url.clone()).collect();
    let own: Vec<Value> = own.iter().map(|found| shown(found, &built.site)).collect();
    assert_eq!(Value::from(own), answer["hits"], "`{query}` in {tag}");
    let unknown = search::unknown(&indexes, language, query);
    assert_eq!(json!(unknown), answer["unknown"], "`{query}` in {tag}");
    (urls, unknown)
}

#[track_caller]
fn assert_first(folder: &TempDir, tag: &str, query: &str, page: &str) {
    let (urls, _) = ask(folder, tag, query);
    assert!(urls.first().is_some_and(|url| url.contains(page)), "`{query}`: {urls:?}");
}

fn guide(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n---\n{text}\n")
}

#[test]
fn a_form_that_occurs_hides_no_other() {
    let folder = site(&[
        ("site.yaml", "title: A\nlanguages: [ru, de, nl, fi, pl]\n"),
        ("a/ru.md", &guide("Отмена", "Здесь отмены нет.")),
        ("b/ru.md", &guide("Звонок", "Как отменить перевод.")),
        ("c/ru.md", &guide("Прочее", "Звонки и прочее.")),
    ]);
    for query in ["отмена", "отменить", "отмены", "отменил"] {
        let (urls, _) = ask(&folder, "ru", query);
        assert_eq!(urls.len(), 2, "{query}: {urls:?}");
    }
    for query in ["звонок", "звонка", "звонки"] {
        assert_eq!(ask(&folder, "ru", query).0.len(), 2, "{query}");
    }
}

#[test]
fn a_compound_is_found_by_its_parts() {
    let folder = site(&[
        ("site.yaml", "title: A\nlanguages: [de, nl, sv, da, fi, hu]\n"),
        ("a/de.md", &guide("Mobilfunkrechnung", "Was darauf steht.")),
        ("b/de.md", &guide("Anderes", "Der Mobilfunk und sein Preis.")),
        ("a/nl.md", &guide("Telefoonrekening", "Wat erop staat.")),
        ("a/sv.md", &guide("Telefonräkningen", "Vad som står.")),
        ("a/da.md", &guide("Telefonregning", "Hvad der står.")),
        ("a/fi.md", &guide("Puhelinlasku", "Mitä siinä on.")),
        ("a/hu.md", &guide("Telefonszámla", "Mi áll rajta.")),
    ]);
    for (tag, query) in [
        ("de", "Rechnung"),
        ("de", "Rechnungen"),
        ("de", "Mobilfunk Rechnung"),
        ("nl", "rekening"),
        ("sv", "räkning"),
        ("da", "regninger"),
        ("fi", "laskun"),
        ("hu", "számlát"),
    ] {
        assert_first(&folder, tag, query, "/a/");
    }
    // And what is typed as a compound by the words that the site writes apart.
    assert_first(&folder, "de", "Mobilfunkpreise", "/b/");
}

#[test]
fn letters_that_readers_take_for_one_are_one() {
    let folder = site(&[
        ("site.yaml", "title: A\nlanguages: [ja, hi, fa, ur, he, tr, de]\n"),
        ("a/ja.md", &guide("サーバーの設定", "データを切る。")),
        ("a/hi.md", &guide("फ़ोन और बाज़ार", "गाँव में।")),
        ("a/fa.md", &guide("مسألهٔ کیفیت", "ـ")),
        ("a/ur.md", &guide("شکایت کیجیے", "کہاں")),
        ("a/he.md", &guide("חשבון", "טלפון")),
        ("a/tr.md", &guide("ISPARTA İPTAL", "ılık")),
        ("a/de.md", &guide("Straße", "Ｇｒｏｓｓ")),
    ]);
    for (tag, query) in [
        ("ja", "さーば"),
        ("ja", "ｻｰﾊﾞｰ"),
        ("ja", "サーバ"),
        ("hi", "फोन"),
        ("hi", "बाजार"),
        ("hi", "गांव"),
        ("hi", "बाजर"),
        ("fa", "مساله"),
        ("fa", "كيفيت"),
        ("ur", "شكايت"),
        ("he", "חשבונות"),
        ("tr", "ısparta"),
        ("tr", "iptal"),
        ("de", "strasse"),
        ("de", "groß"),
    ] {
        assert_first(&folder, tag, query, "/a/");
    }
}

#[test]
fn a_page_with_all_words_comes_before_one_with_half_of_them_in_its_title() {
    let filler = "Something else is said here about many other things that matter less. ".repeat(9);
    let folder = site(&[
        ("site.yaml", "title: A\nlanguages: [en, zh-Hans]\n"),
        ("a/en.md", &guide("Marmalade", &filler)),
        ("b/en.md", &guide("Oranges", &format!("{filler} Marmalade keeps until winter."))),
        ("c/en.md", &guide("Winter", &filler)),
        ("a/zh-Hans.md", "---\ntitle: 话费\ntranslation: {of: en}\n---\n别的。\n"),
        (
            "b/zh-Hans.md",
            "---\ntitle: 其他\ntranslation: {of: en}\n---\n没有用完的话费在注销以后可以退还。\n",
        ),
    ]);
    assert_first(&folder, "en", "marmalade winter", "/b/");
    assert_first(&folder, "zh-Hans", "没有用完的话费退还", "/b/");
}

fn registry() -> TempDir {
    site(&[
        ("site.yaml", "title: A\nlanguages: [en, zh-Hans, de]\n"),
        (
            "operators/gb.yaml",
            "name: {default: United Kingdom, zh-Hans: 大不列颠}\naliases: [UK, Britain, 英国]\nemergency: [{id: all, value: 999, name: Emergency}]\n",
        ),
        (
            "operators/gb/ee.yaml",
            "name: Everything\nchannels: [{id: care, type: phone, value: 150, name: {default: Care}}]\n",
        ),
        ("gb/en.md", "---\ntitle: The islands\n---\n"),
        ("gb/zh-Hans.md", "---\ntitle: 群岛\ntranslation: {of: en}\n---\n"),
        (
            "gb/leave/en.md",
            "---\ntitle: Leave Everything\ncountry: gb\noperators: [gb/ee]\nsearch: {words: [unsubscribe]}\n---\nKeep the number.\n",
        ),
        (
            "gb/leave/zh-Hans.md",
            "---\ntitle: 离开\ntranslation: {of: en}\nsearch: {words: [退订]}\n---\n保留号码。\n",
        ),
    ])
}

#[test]
fn a_name_with_a_word_for_its_number_leads_to_the_number() {
    let folder = registry();
    for query in ["everything number", "everything hotline", "phone of everything"] {
        assert_first(&folder, "en", query, "/operators/gb/ee/");
    }
    assert_first(&folder, "zh-Hans", "everything客服", "/operators/gb/ee/");
    assert_first(&folder, "de", "Everything Telefonnummer", "/operators/gb/ee/");
}

#[test]
fn editors_mend_what_readers_miss() {
    let folder = registry();
    assert_first(&folder, "en", "unsubscribe", "/en/gb/leave/");
    assert_first(&folder, "zh-Hans", "退订", "/zh-hans/gb/leave/");
    for query in ["uk", "britain", "uk number"] {
        let (urls, unknown) = ask(&folder, "en", query);
        assert!(urls[0].contains("/gb/") && unknown.is_empty(), "{query}: {urls:?} {unknown:?}");
    }
    assert!(!ask(&folder, "zh-Hans", "英国").0.is_empty());
}

#[test]
fn words_that_no_page_has_are_named() {
    let folder = registry();
    assert_eq!(ask(&folder, "en", "leave Everything, Zanzibar").1, ["Zanzibar"]);
    assert_eq!(ask(&folder, "en", "xq number").1, ["xq"]);
    assert!(ask(&folder, "en", "leave number").1.is_empty());
    // Characters that stand together nowhere, but in one part.
    let (urls, unknown) = ask(&folder, "zh-Hans", "号留");
    assert!(urls[0].contains("/leave/") && unknown == ["号留"], "{urls:?} {unknown:?}");
    assert!(ask(&folder, "zh-Hans", "量子香蕉").0.is_empty());
}
