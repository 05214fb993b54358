//! The documents for other search engines: what is on the pages, once, in the form that engines read.

use std::collections::{BTreeMap, BTreeSet};

use cicerone::model::source::{SourcePath, Sources};
use cicerone::pipeline::Options;
use cicerone::report;
use serde_json::Value;

use crate::project::{Built, Files, build, home, options, read, sources};

/// Our guides with this line in their settings.
fn guides(settings: &str) -> Sources {
    let mut sources = read(home()).value;
    let path = SourcePath::new("guides/site.yaml");
    let text = format!("{}\n{settings}\n", &**sources.text(path.as_str()).unwrap());
    sources.texts.insert(path, text.as_str().into());
    sources
}

fn exported(built: &Built) -> Files {
    let own = built.files.iter().filter(|(path, _)| path.starts_with("search-export/"));
    own.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

/// The lines of all files of a kind: `bulk` or `documents`.
fn lines(files: &Files, kind: &str) -> Vec<String> {
    let name = |path: &str| path.rsplit('/').next().unwrap().starts_with(kind);
    let texts = files.iter().filter(|(path, _)| name(path) && path.ends_with(".ndjson"));
    let texts = texts.map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap());
    texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn documents(files: &Files) -> Vec<Value> {
    let documents = lines(files, "documents").into_iter();
    documents.map(|line| serde_json::from_str(&line).unwrap()).collect()
}

#[test]
fn every_part_of_every_page_is_a_document_once() {
    let built = build(&guides("search: {export: ndjson}"), &options());
    let files = exported(&built);
    let documents = documents(&files);
    assert!(documents.len() > 500, "{} documents", documents.len());
    let ids: BTreeSet<&str> = documents.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), documents.len());
    let routes = built.prepared.site.routes.pages.values().flat_map(|routes| routes.iter());
    let paths: BTreeMap<String, String> =
        routes.map(|route| (route.url.to_string(), route.path.to_string())).collect();
    let mut kinds: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for one in &documents {
        let language = one["language"].as_str().unwrap();
        *kinds.entry((language, one["kind"].as_str().unwrap())).or_default() += 1;
        assert!(one["title"].as_str().is_some_and(|title| !title.is_empty()), "{one}");
        // The address leads to an element of a page in that language.
        let url = one["url"].as_str().unwrap().strip_prefix("https://cicerone.example/").unwrap();
        let (page, anchor) = url.split_once('#').unwrap_or((url, ""));
        let html = String::from_utf8_lossy(&built.files[&paths[&format!("/{page}")]]);
        assert!(html.contains(&format!("<html lang=\"{language}\"")), "{one}");
        assert!(anchor.is_empty() || html.contains(&format!(" id=\"{anchor}\"")), "{one}");
    }
    for language in ["en", "zh-Hans", "zh-Hant", "sq"] {
        for kind in ["guide", "section", "operator", "term"] {
            assert!(kinds.contains_key(&(language, kind)), "{language} has no {kind}");
        }
    }
    assert_eq!(kinds.len(), 16, "{kinds:?}");
    let has = |language: &str, kind: &str| kinds[&(language, kind)];
    assert_eq!(has("en", "operator"), has("sq", "operator"));
}

#[test]
fn each_engine_reads_its_files_as_they_are() {
    let files = exported(&build(&guides("search: {export: ndjson}"), &options()));
    let bulk = lines(&files, "bulk");
    let plain = lines(&files, "documents");
    assert_eq!(bulk.len(), plain.len() * 2);
    for (pair, document) in bulk.chunks(2).zip(&plain) {
        let id = serde_json::from_str::<Value>(document).unwrap()["id"].clone();
        let action: Value = serde_json::from_str(&pair[0]).unwrap();
        assert_eq!((&pair[1], action), (document, serde_json::json!({"index": {"_id": id}})));
    }
    // A request ends with a line end.
    let ends =
        |(path, bytes): (&String, &Vec<u8>)| !path.contains("json") || bytes.ends_with(b"\n");
    assert!(files.iter().all(ends));
    // Whatever a document has is in both descriptions, and nothing else is.
    let known: BTreeSet<String> =
        documents(&files).iter().flat_map(|one| one.as_object().unwrap().keys().cloned()).collect();
    for group in ["en", "zh", "sq"] {
        let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
        let mapping: Value =
            serde_json::from_str(&text(&format!("search-export/{group}/mapping.json"))).unwrap();
        let mapped = mapping["mappings"]["properties"].as_object().unwrap();
        let config: Value =
            serde_yaml::from_str(&text(&format!("search-export/{group}/quickwit.yaml"))).unwrap();
        let fields = config["doc_mapping"]["field_mappings"].as_array().unwrap();
        let fields: BTreeSet<&str> =
            fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(mapped.keys().map(String::as_str).collect::<BTreeSet<_>>(), fields, "{group}");
        assert!(known.iter().all(|name| fields.contains(name.as_str())), "{known:?}");
        assert_eq!(config["index_id"], format!("guides-{group}"));
    }
}

#[test]
fn a_number_is_there_in_each_form_in_which_it_is_dialled() {
    let sources = sources(&[
        ("guides/site.yaml", "title: A\nlanguages: [en, ar]\nsearch: {own: off, export: ndjson}\n"),
        ("guides/operators/al.yaml", "name: Albania\ncalling_code: \"+355\"\n"),
        (
            "guides/operators/al/one.yaml",
            "name: One\nstatus: active\nsince: 2015-07\nformer_names: [{name: Old-Net, until: 2015}]\n\
             channels:\n  - {id: care, type: phone, value: 142, name: Care}\n",
        ),
        (
            "guides/al/ask/en.md",
            "---\ntitle: Ask\ncountry: AL\ntags: [t]\nreview: {verified: 2026-08-22}\nsteps:\n  \
             - {id: call, title: Call, text: Dial 04 225 0928 over Wi-Fi.}\n---\n",
        ),
        (
            "guides/al/ask/ar.md",
            "---\ntitle: اسأل\ntranslation: {of: en}\nwords: {call: {title: اتصل, text: \"اتصل ٠٤ ٢٢٥ ٠٩٢٨\"}}\n---\n",
        ),
    ]);
    let built = build(&sources, &options());
    assert!(!built.files.keys().any(|path| path.ends_with(".idx") || path.contains("/search/")));
    let documents = documents(&exported(&built));
    let steps: Vec<&Value> = documents.iter().filter(|one| one["anchor"] == "call").collect();
    let forms = ["0035542250928", "042250928", "35542250928", "42250928"];
    for (step, language) in steps.iter().zip(["ar", "en"]) {
        assert_eq!(step["language"], language);
        assert_eq!(step["numbers"], serde_json::json!(forms), "{step}");
        assert_eq!((&step["step"], &step["country"]), (&"1".into(), &"al".into()));
        assert_eq!((&step["section"], &step["verified"]), (&"al".into(), &"2026-08-22".into()));
        assert_eq!(step["tags"], serde_json::json!(["t"]));
    }
    assert_eq!(steps[1]["spellings"], serde_json::json!(["WiFi"]));
    let operator = documents.iter().find(|one| one["kind"] == "operator").unwrap();
    assert_eq!(operator["numbers"], serde_json::json!(["142"]));
    assert_eq!((&operator["call"], &operator["since"]), (&"142".into(), &"2015-07".into()));
    assert_eq!(operator["spellings"], serde_json::json!(["OldNet"]));
}

#[test]
fn it_is_the_same_with_any_number_of_threads_and_only_where_it_is_asked_for() {
    let sources = guides("search: {export: ndjson}");
    let one = build(&sources, &Options { jobs: 1, ..options() });
    let many = build(&sources, &Options { jobs: 5, ..options() });
    assert_eq!(exported(&one), exported(&many));
    // The rest of the site is as it is without.
    let mut without = build(&read(home()).value, &options()).files;
    assert!(!without.keys().any(|path| path.starts_with("search-export/")));
    without.extend(exported(&one));
    assert!(without == one.files);
}

#[test]
fn a_wrong_value_is_answered_and_nothing_else_lies_in_its_folder() {
    let told = |settings: &str| {
        let settings = format!("title: A\nlanguages: [en]\n{settings}\n");
        let sources = sources(&[
            ("guides/site.yaml", &settings),
            ("guides/a/en.md", "---\ntitle: A\naliases: [/search-export/en/]\n---\n"),
        ]);
        let faults = build(&sources, &options()).faults;
        let mut text = Vec::new();
        report::human(&mut text, &faults, &sources, report::Style::default()).unwrap();
        String::from_utf8(text).unwrap()
    };
    assert_eq!(told("search: off"), "");
    for (settings, said, hint) in [
        ("search: ndjson", "`ndjson` cannot be `search`", "write `on`, `off`"),
        ("search: [on]", "`search` is a text, not a list", "with one text"),
        ("search: {export: json}", "`json` cannot be `export`", "write `ndjson`"),
        ("search: {export: ndjsn}", "`ndjsn` cannot be `export`", "did you mean `ndjson`?"),
        ("search: {export: on}", "`on` cannot be `export`", "write `ndjson`"),
        ("search: {own: maybe}", "`maybe` cannot be `own`", "write `on`, `off`"),
        (
            "search: {exprt: ndjson}",
            "the site's `search` has no field `exprt`",
            "did you mean `export`?",
        ),
        ("algolia: {}", "`site.yaml` has no field `algolia`", "`search: {export: ndjson}`"),
        (
            "search: {export: ndjson}",
            "`/search-export` is the folder of the search’s export, so that nothing can lie below it",
            "choose another `slug`, folder or old address",
        ),
    ] {
        let told = told(settings);
        assert!(told.contains(said) && told.contains(hint), "{settings}:\n{told}");
    }
}
