//! Themes: the values, blocks and properties that `docs/themes.md` names are those that there are, and its examples work.
//!
//! `CICERONE_BLESS=1` writes the tables of values anew, from the types.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::panic,
    reason = "these tests read the repository's own files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use crate::project::{build, home, options, snapshot, sources};

const START: &str = "<!-- Made from the types; `CICERONE_BLESS=1 cargo test --test it themes` writes it anew. -->\n";
const END: &str = "<!-- So far. -->\n";

/// Where the types of what a template sees are.
const VIEWS: &[&str] = &["view", "guide_view", "list_view", "owner_view"];

/// A type that a template sees: its name, what it is, and its fields with their types and what they are.
struct View {
    name: String,
    about: String,
    fields: Vec<(String, String, String)>,
}

fn views() -> Vec<View> {
    let mut views: Vec<View> = Vec::new();
    for file in VIEWS {
        let text = fs::read_to_string(home().join(format!("src/render/{file}.rs"))).unwrap();
        let (mut about, mut open, mut skipped) = (String::new(), false, false);
        for line in text.lines().map(str::trim) {
            if let Some(words) = line.strip_prefix("/// ") {
                about = format!("{about} {words}").trim().to_owned();
                continue;
            }
            let struct_name =
                line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix("View {"));
            if let Some(name) = struct_name {
                open = true;
                let (name, about) = (format!("{name}View"), std::mem::take(&mut about));
                views.push(View { name, about, fields: Vec::new() });
            } else if line == "}" {
                open = false;
            } else if line.starts_with("#[serde(skip") {
                skipped = true;
            } else if let Some((name, kind)) =
                line.strip_prefix("pub ").and_then(|rest| rest.split_once(": "))
                && open
            {
                let kind = kind.trim_end_matches(',').to_owned();
                if !std::mem::take(&mut skipped) {
                    let field = (name.to_owned(), kind, std::mem::take(&mut about));
                    views.last_mut().unwrap().fields.push(field);
                }
            }
            if !line.starts_with("#[") {
                about.clear();
            }
        }
    }
    views
}

/// A type in words.
fn words(kind: &str) -> String {
    let inner = |start: &str| kind.strip_prefix(start).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inner("Vec<") {
        return format!("list of {}", words(inner));
    }
    if let Some(inner) = inner("Option<") {
        return format!("{}, or nothing", words(inner));
    }
    if let Some(inner) = inner("std::collections::BTreeMap<String, ") {
        return format!("map of {}", words(inner));
    }
    match kind {
        "String" | "&'static str" => "text".to_owned(),
        "Html" => "HTML".to_owned(),
        "bool" => "true or false".to_owned(),
        "u8" | "usize" | "u32" | "u64" => "number".to_owned(),
        "Value" => "anything".to_owned(),
        "Shared" => "value".to_owned(),
        "Trail" => "list of `LinkView`".to_owned(),
        view if view.ends_with("View") => format!("`{view}`"),
        other => panic!("what is `{other}` to a template?"),
    }
}

fn tables(views: &[View]) -> String {
    let mut text = String::new();
    for View { name, about, fields } in views {
        let about = if about.is_empty() { String::new() } else { format!("{about}\n\n") };
        write!(text, "\n### `{name}`\n\n{about}| field | is | |\n|---|---|---|\n").unwrap();
        for (field, kind, about) in fields {
            writeln!(text, "| `{field}` | {} | {} |", words(kind), about.replace('|', "\\|"))
                .unwrap();
        }
    }
    text.push('\n');
    text
}

fn page() -> String {
    fs::read_to_string(home().join("docs/themes.md")).unwrap()
}

#[test]
fn every_value_that_a_template_sees_is_in_the_page() {
    let page = page();
    let (before, rest) = page.split_once(START).expect("the page has a place for the values");
    let (listed, after) = rest.split_once(END).expect("the list of values ends");
    let views = views();
    let made = tables(&views);
    if std::env::var_os("CICERONE_BLESS").is_some() {
        let text = [before, START, &made, END, after].concat();
        return fs::write(home().join("docs/themes.md"), text).unwrap();
    }
    assert_eq!(listed, made, "`CICERONE_BLESS=1` writes it anew");
    // Those that are named, and so can be reached, are there.
    let names: BTreeSet<&str> = views.iter().map(|view| view.name.as_str()).collect();
    for (_, kind, about) in views.iter().flat_map(|view| &view.fields) {
        for text in [kind, about] {
            let named =
                text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.ends_with("View"));
            named.for_each(|name| assert!(names.contains(name), "{name}"));
        }
    }
}

/// The words behind `start` in every built-in template, each with the template that has it.
fn named(start: &str, ends: &[char]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (path, bytes) in snapshot(&home().join("themes/default/templates")) {
        let text = String::from_utf8(bytes).unwrap();
        for part in text.split(start).skip(1) {
            let name = part.split(ends).next().unwrap();
            found.entry(name.to_owned()).or_insert_with(|| path.clone());
        }
    }
    found
}

#[test]
fn every_block_component_and_property_is_in_the_page() {
    let page = page();
    let is_named = |name: &str| page.contains(&format!("`{name}`"));
    let mut missing = Vec::new();
    for (name, path) in named("{% block ", &[' ']).into_iter().chain(named("{%- block ", &[' '])) {
        if !is_named(&name) {
            missing.push(format!("block `{name}` of {path}"));
        }
    }
    for (name, path) in named("{% component ", &['(']) {
        if !is_named(&name) {
            missing.push(format!("component `{name}` of {path}"));
        }
    }
    for sheet in ["style.css", "pages.css", "search.css"] {
        let text = fs::read_to_string(home().join("themes/default/assets").join(sheet)).unwrap();
        let parts = text.split(['{', ';', ' ', '\n']).filter(|part| part.starts_with("--"));
        for name in parts.filter_map(|part| part.split_once(':')).map(|(name, _)| name) {
            if !is_named(name) {
                missing.push(format!("property `{name}` of {sheet}"));
            }
        }
    }
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "docs/themes.md says nothing of {missing:#?}");
}

/// A small site with a theme of `docs/themes/`.
fn drawn(name: &str) -> BTreeMap<String, Vec<u8>> {
    let settings =
        format!("title: Help\ndescription: For visitors\nlanguages: [en, ar]\ntheme: {name}\n");
    let mut sources = sources(&[
        ("guides/site.yaml", &settings),
        (
            "guides/a/en.md",
            "---\ntitle: Ask\nsummary: How to ask\nsteps: [{id: go, title: Go there}]\n\
             review: {verified: 2026-01-01}\n---\nFirst.\n",
        ),
        ("guides/b/en.md", "---\ntitle: Other\n---\nText.\n"),
    ]);
    for (path, bytes) in snapshot(&home().join("docs/themes").join(name)) {
        let path = format!("themes/{name}/{path}");
        let text = String::from_utf8(bytes).unwrap();
        sources.texts.insert(cicerone::model::source::SourcePath::new(&path), text.into());
    }
    let built = build(&sources, &options());
    assert_eq!(built.faults, [], "{name}");
    built.files
}

fn text(files: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    String::from_utf8(files[path].clone()).unwrap()
}

#[test]
fn an_example_sets_colours() {
    let files = drawn("sea");
    let page = text(&files, "ar/a/index.html");
    let (_, behind) = page.split_once("/assets/style.").unwrap();
    // Behind what it changes.
    assert!(behind.contains("/assets/sea."), "{page}");
    let sheet = files.keys().find(|path| path.starts_with("assets/sea.")).unwrap();
    assert!(text(&files, sheet).contains("--round:1rem"));
}

#[test]
fn an_example_replaces_a_part_a_block_a_word_and_adds_a_script() {
    let files = drawn("office");
    let page = text(&files, "en/a/index.html");
    assert!(page.contains("Help <small>For visitors</small></a>"), "{page}");
    assert!(page.contains("<p class=\"desk\">Help · a</p>"), "{page}");
    assert!(page.contains("/assets/desk."), "{page}");
    assert!(page.contains(">Front desk</a>"), "{page}");
    // What it does not change is the built-in theme's.
    assert!(page.contains("How to ask"), "{page}");
    assert!(!text(&files, "en/b/index.html").contains("class=\"desk\""));
}

#[test]
fn an_example_draws_a_page_of_its_own() {
    let files = drawn("leaflet");
    let page = text(&files, "ar/a/index.html");
    assert!(page.contains("<h1>Ask</h1>") && page.contains("Go there"), "{page}");
    assert!(!page.contains("class=\"bar\""), "{page}");
    assert!(text(&files, "ar/index.html").contains("class=\"bar\""));
}

/// A name that nothing has is answered with the nearest there is, at its place.
#[test]
fn an_error_of_a_template_says_what_was_meant() {
    for (template, at, hint) in [
        ("<p>\n{{ page.title | uper }}", "2:17", "did you mean `upper`?"),
        ("{{ page.title | count }}", "1:17", "write `length`"),
        ("{% if page.title is defind %}{% endif %}", "1:21", "did you mean `defined`?"),
        ("{% include \"partials/blok.html\" %}", "1:", "did you mean `partials/block.html`?"),
        ("{% extends \"default/gide.html\" %}", "1:", "did you mean `default/guide.html`?"),
        ("{{ page.titel }}", "1:9", "did you mean `title`?"),
        ("{{ pag.title }}", "1:4", "did you mean `page`?"),
        ("{{ rang(end=3) }}", "1:4", "did you mean `range`?"),
    ] {
        let sources = sources(&[
            ("guides/site.yaml", "title: A\nlanguages: [en]\ntheme: mine\n"),
            ("guides/a/en.md", "---\ntitle: A\n---\n"),
            ("themes/mine/templates/guide.html", template),
        ]);
        let built = build(&sources, &options());
        let fault = built.faults.iter().find(|one| one.code.as_str() == "template-error");
        let fault = fault.unwrap_or_else(|| panic!("{template}: {:?}", built.faults));
        assert_eq!(fault.hints, [hint], "{template}: {}", fault.message);
        let mut report = Vec::new();
        let style = cicerone::report::Style::default();
        cicerone::report::human(&mut report, std::slice::from_ref(fault), &sources, style).unwrap();
        let report = String::from_utf8(report).unwrap();
        let place = format!("themes/mine/templates/guide.html:{at}");
        assert!(report.contains(&place), "{template}\n{report}");
    }
}
