//! Golden sites: `tests/sites/<name>/in` gives `tests/sites/<name>/out`, file by file.
//!
//! `CICERONE_BLESS=1 cargo test --test it sites` writes what is given now. Most of the sites are drawn by
//! the theme in `tests/sites/_theme`, which prints what a template sees and knows no looks.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "these tests compare folders"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cicerone::model::source::{SourcePath, Sources};
use cicerone::report;

use crate::project::{Files, build, home, options, read, snapshot, sources};

fn folder() -> PathBuf {
    home().join("tests/sites")
}

/// The sources of a golden site, with the plain theme where the site asks for it.
pub fn golden(name: &str) -> Sources {
    let root = folder().join(name).join("in");
    let outcome = read(&root);
    assert_eq!(outcome.diagnostics, []);
    let mut sources = outcome.value;
    for (path, bytes) in snapshot(&folder().join("_theme")) {
        let text = String::from_utf8(bytes).unwrap();
        sources.texts.insert(SourcePath::new(&format!("themes/plain/{path}")), text.into());
    }
    sources
}

/// The site with its faults, without the default theme's own files.
fn given(name: &str) -> Files {
    let sources = golden(name);
    let built = build(&sources, &options());
    let mut files = built.files;
    let own = |path: &str| {
        let name = path.trim_start_matches("assets/").split('.').next().unwrap_or("");
        let own = path.starts_with("assets/")
            && (["script", "style", "search", "find", "theme", "pages"].contains(&name)
                || name.contains("icon"));
        // The index is packed, and has tests of its own.
        let index = path.starts_with("search/") || path.starts_with("assets/search/");
        // The page is the default theme's, with the names of its scripts.
        !own && !index && !path.ends_with("/search/index.html") && !path.ends_with(".webmanifest")
    };
    files.retain(|path, _| own(path));
    if let Ok(list) = fs::read_to_string(folder().join(name).join("only")) {
        files.retain(|path, _| list.lines().any(|start| path.starts_with(start)));
    }
    if !built.faults.is_empty() {
        let mut text = Vec::new();
        report::human(&mut text, &built.faults, &sources, report::Style::default()).unwrap();
        files.insert("faults.txt".to_owned(), text);
    }
    files
}

/// What differs, file by file.
fn differences(given: &Files, kept: &Files) -> Vec<String> {
    let paths: BTreeSet<&String> = given.keys().chain(kept.keys()).collect();
    let differ = paths.into_iter().filter(|path| given.get(*path) != kept.get(*path));
    differ.map(|path| difference(path, given.get(path), kept.get(path))).collect()
}

fn difference(path: &str, given: Option<&Vec<u8>>, kept: Option<&Vec<u8>>) -> String {
    let (Some(given), Some(kept)) = (given, kept) else {
        return format!("{path}: {}", if given.is_some() { "is new" } else { "is missing" });
    };
    let (given, kept) = (String::from_utf8_lossy(given), String::from_utf8_lossy(kept));
    let mut lines = kept.lines().zip(given.lines()).enumerate();
    match lines.find(|(_, (kept, given))| kept != given) {
        Some((at, (kept, given))) => {
            format!("{path}:{}:\n  was: {kept}\n  now: {given}", at + 1)
        }
        None => {
            format!("{path}: has {} lines, had {}", given.lines().count(), kept.lines().count())
        }
    }
}

#[track_caller]
fn assert_golden(name: &str) {
    let given = given(name);
    let out = folder().join(name).join("out");
    if std::env::var_os("CICERONE_BLESS").is_some() {
        return bless(&given, &out);
    }
    let differences = differences(&given, &snapshot(&out));
    assert!(
        differences.is_empty(),
        "{name}:\n{}\n(CICERONE_BLESS=1 keeps what is given now)",
        differences.join("\n")
    );
}

fn bless(given: &Files, out: &Path) {
    if out.exists() {
        fs::remove_dir_all(out).unwrap();
    }
    for (path, bytes) in given {
        let path = out.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn smallest() {
    assert_golden("smallest");
}

/// Three languages that are written from right to left, one of them in a script with long strokes.
#[test]
fn arabic() {
    assert_golden("arabic");
}

/// Scripts that part no words, and one that parts them otherwise.
#[test]
fn japanese() {
    assert_golden("japanese");
}

/// Languages as they are written in one region.
#[test]
fn regions() {
    assert_golden("regions");
}

#[test]
fn full() {
    assert_golden("full");
}

#[test]
fn theme() {
    assert_golden("theme");
}

#[test]
fn markdown() {
    assert_golden("markdown");
}

/// Every kind of picture with its size, one that was taken upright, and one that is broken.
#[test]
fn pictures() {
    assert_golden("pictures");
}

/// Everything that an owner sets without a theme.
#[test]
fn owner() {
    assert_golden("owner");
}

/// Drawn once for all pages and with the address of each, as often as the template names it; or by a
/// theme that goes through `page.switcher` itself.
#[test]
fn a_theme_links_to_other_languages_in_its_own_way() {
    let drawn = |path: &str, template: &str| {
        let built = build(
            &sources(&[
                ("guides/site.yaml", "title: Mine\nlanguages: [en, sq]\ntheme: mine\n"),
                ("guides/a-&-b/en.md", "---\ntitle: A\n---\nText.\n"),
                (&format!("themes/mine/templates/{path}"), template),
            ]),
            &options(),
        );
        let page = String::from_utf8(built.files["sq/a-&-b/index.html"].clone()).unwrap();
        let (_, list) = page.split_once("</summary>\n<ul>\n").unwrap();
        list.split_once("\n</ul>").unwrap().0.to_owned()
    };
    let entry = "<li>{{ other.url }} {{ other.language.tag }}{% if other.current %} here{% endif %}\
        {% if other.fallback %} {{ site.words.not_translated }}{% endif %} {{ other.url }}</li>";
    let shown = "<li>/en/a-%26-b/ en /en/a-%26-b/</li>\n\
        <li>/sq/a-%26-b/ sq here ende pa përkthim /sq/a-%26-b/</li>";
    assert_eq!(drawn("frame/other/link.html", entry), shown);
    let list = "<summary></summary>\n<ul>{% for other in page.switcher %}\n";
    let list = format!("{list}{entry}{{% endfor %}}\n</ul>");
    assert_eq!(drawn("partials/languages.html", &list), shown);
}

#[test]
fn every_golden_site_is_tried() {
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name());
    let names: BTreeSet<_> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    let tried = [
        "_theme", "arabic", "full", "japanese", "markdown", "owner", "pictures", "regions",
        "smallest", "theme",
    ];
    assert_eq!(names, BTreeSet::from(tried.map(str::to_owned)));
}

#[test]
fn a_difference_is_seen() {
    let files = |text: &str| Files::from([("a".to_owned(), text.as_bytes().to_vec())]);
    assert!(differences(&files("1\n2\n"), &files("1\n2\n")).is_empty());
    assert_eq!(differences(&files("1\n3\n"), &files("1\n2\n")), ["a:2:\n  was: 2\n  now: 3"]);
    assert_eq!(differences(&files("1\n"), &files("1\n2\n")), ["a: has 1 lines, had 2"]);
    assert_eq!(differences(&Files::new(), &files("")), ["a: is missing"]);
    assert_eq!(differences(&files(""), &Files::new()), ["a: is new"]);
}
