//! A site that is built in parts is the site that is built at once, byte for byte; parts that do not fit are refused.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use snapbox::{IntoData, assert_data_eq, str};
use tempfile::TempDir;

use super::{Run, put, run};
use crate::font::font;
use crate::project::{Files, copy, home, snapshot};

const DAY: [&str; 2] = ["--as-of", "2026-09-01"];

/// Builds the project at once, and in a part for each of `parts`; what both have to say of themselves.
fn both(root: &Path, parts: &[&[&str]]) -> (Files, Files) {
    let build = |words: &[&str]| {
        let run = run(root, &[&["build"], &DAY[..], words].concat());
        assert_eq!(run.code, 0, "{words:?}\n{}", run.err);
        run
    };
    let whole = build(&["--output", "whole"]);
    let names: Vec<String> = (0..parts.len()).map(|number| format!("shards/{number}")).collect();
    for (sections, name) in parts.iter().zip(&names) {
        build(&[&["--output", name, "--only"], *sections].concat());
    }
    let names: Vec<&str> = names.iter().rev().map(String::as_str).collect();
    let merged = build(&[&["--output", "merged", "--merge"], &names[..]].concat());
    // Both tell the same faults.
    let told = |run: &Run| run.err.split("Built ").next().unwrap().to_owned();
    assert_eq!(told(&whole), told(&merged));
    (snapshot(&root.join("whole")), snapshot(&root.join("merged")))
}

fn assert_same((whole, merged): (Files, Files), least: usize) {
    assert!(whole.len() > least, "{} files", whole.len());
    let paths = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(&whole), paths(&merged));
    let differ: Vec<_> = whole.iter().filter(|(path, bytes)| merged[*path] != **bytes).collect();
    assert!(differ.is_empty(), "{:?}", differ.iter().map(|(path, _)| path).collect::<Vec<_>>());
}

#[test]
fn our_guides_in_four_parts_are_the_site() {
    let folder = tempfile::tempdir().unwrap();
    copy(&home().join("guides"), &folder.path().join("guides"));
    let parts: [&[&str]; 4] = [&["al"], &["/any/"], &["gb"], &["hk", "tw"]];
    assert_same(both(folder.path(), &parts), 150);
}

/// A site with everything that a part could get wrong: warnings, twins, pictures that pages have in common, smaller
/// forms, old addresses, a worker, documents, guides in no section, sections in sections, and converted Chinese.
fn large(guides: usize, settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(
        root,
        "guides/site.yaml",
        &format!(
            "title: Large\nbase_url: https://large.example/x/\n\
             languages: {{en: , sq: , zh-Hans: , zh-Hant: {{from: zh-Hans}}, ar: {{missing: hide}}}}\n\
             markdown: true\nhosts: [nginx, netlify]\nreview: {{every: 6mo}}\n\
             tags: {{sim: Cards, number: Numbers}}\n{settings}"
        ),
    );
    let letters: String = (' '..='~').chain(['·', '…', 'ë']).collect();
    fs::write(root.join("guides/latin.ttf"), font(&letters)).unwrap();
    put(root, "guides/glossary.yaml", "iccid:\n  term: ICCID\n  text: The number of the card.\n");
    for country in ["al", "gb", "hk", "tw"] {
        put(
            root,
            &format!("guides/operators/{country}.yaml"),
            "name: Land\ncalling_code: \"+355\"\n",
        );
        let text = "name: One\nstatus: active\nchannels:\n  - {id: care, type: phone, value: 142, name: Care}\n";
        put(root, &format!("guides/operators/{country}/one.yaml"), text);
        put(
            root,
            &format!("guides/{country}/en.md"),
            "---\ntitle: Land\n---\nWords of the section.\n",
        );
    }
    put(
        root,
        "guides/top/en.md",
        "---\ntitle: On top\nrelated: [al/guide-0]\n---\nSee [this](/gb/guide-1).\n",
    );
    for number in 0..guides {
        let country = ["al", "gb", "hk", "tw"][number % 4];
        // Some lie deeper.
        let place = |number: usize| {
            let country = ["al", "gb", "hk", "tw"][number % 4];
            let deeper = if number % 7 == 6 { "deep/" } else { "" };
            format!("{country}/{deeper}guide-{number}")
        };
        let other = place((number * 31 + 1) % guides);
        let mut text = format!(
            "---\ntitle: Guide {}\nsummary: What to do about the number {number}.\ntags: [{}]\n\
             country: {country}\noperators: [{country}/one]\nrelated: [{other}]\n",
            number / 8,
            ["sim", "number"][number % 2],
        );
        if number.is_multiple_of(5) {
            let _ = writeln!(text, "aliases: [/old/{number}/]");
        }
        text.push_str(
            "review: {verified: 2026-01-01}\nsteps: [{id: ask, channels: [phone]}]\n---\n",
        );
        let _ = write!(
            text,
            "Look for the ICCID, then read [the other](/{other}) of them.\n\n## Ask {number} {{#ask}}\n\nCall 04 225 {number:04} over Wi-Fi.\n"
        );
        // A warning, now and then.
        if number % 50 == 3 {
            text.push_str("\nThe ІMEI is on the box, <q>here</q>.\n");
        }
        put(root, &format!("guides/{}/en.md", place(number)), &text);
        if number % 3 != 2 {
            let text = format!(
                "---\ntitle: Udhëzues {}\ntranslation: {{of: en}}\n---\n## Pyet {number} {{#ask}}\n\nTelefono.\n",
                number / 8
            );
            put(root, &format!("guides/{}/sq.md", place(number)), &text);
        }
        if number % 4 == 1 {
            let text = format!(
                "---\ntitle: 指南{number}\nslug: 指南-{number}\ntranslation: {{of: en}}\n---\n## 询问 {{#ask}}\n\n打电话。\n"
            );
            put(root, &format!("guides/{}/zh-Hans.md", place(number)), &text);
        }
    }
    folder
}

#[test]
fn a_large_site_in_four_parts_is_the_site() {
    let folder = large(500, "");
    // Of `tw`, what does not lie deeper comes with the rest.
    let parts: [&[&str]; 4] = [&["al"], &["gb"], &["hk"], &["tw/deep"]];
    assert_same(both(folder.path(), &parts), 2000);
}

#[test]
fn what_few_sites_ask_for_is_in_parts_too() {
    let settings = "offline: true\nsearch: {export: ndjson}\nprecompress: [gzip]\nimages: {fonts: [latin.ttf]}\n";
    let folder = large(24, settings);
    let parts: [&[&str]; 3] = [&["al", "gb"], &["hk"], &["tw"]];
    let (whole, merged) = both(folder.path(), &parts);
    for end in ["/index.md", ".html.gz", ".png", ".ndjson", "sw.js", ".idx"] {
        assert!(whole.keys().any(|path| path.ends_with(end)), "no {end}");
    }
    assert_same((whole, merged), 200);
}

/// A project with two sections, and a part of each.
fn parts() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "guides/site.yaml", "title: Small\nlanguages: [en]\n");
    for section in ["al", "gb"] {
        put(root, &format!("guides/{section}/en.md"), "---\ntitle: Land\n---\n");
        put(root, &format!("guides/{section}/sim/en.md"), "---\ntitle: Cancel\n---\nText.\n");
        put(root, &format!("guides/{section}/esim/get/en.md"), "---\ntitle: Get\n---\nText.\n");
    }
    for section in ["al", "gb"] {
        assert_eq!(build(root, &["--only", section]).code, 0);
    }
    folder
}

fn build(root: &Path, words: &[&str]) -> Run {
    run(root, &[&["build"], &DAY[..], words].concat())
}

#[track_caller]
fn refused(root: &Path, words: &[&str], expected: impl IntoData) {
    let before = snapshot(root);
    let run = build(root, words);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    assert_data_eq!(run.err.raw(), expected.raw());
    assert!(snapshot(root) == before, "something was written");
}

#[test]
fn a_part_says_what_it_is_and_the_sum_is_the_site() {
    let folder = parts();
    let root = folder.path();
    let part = snapshot(&root.join("parts/al"));
    let own = [
        "cicerone-part.json",
        "cicerone-words/en",
        "en/al/esim/get/index.html",
        "en/al/index.html",
    ];
    assert!(own.iter().all(|path| part.contains_key(*path)), "{:?}", part.keys());
    assert!(!part.keys().any(|path| path.contains("gb") || *path == "en/index.html"));
    let run = build(root, &["--only", "al"]);
    assert_data_eq!(
        run.err.raw(),
        str![[r#"
Built 4 pages in 1 language (2 guides, 0 operators) in [TIME]: nothing changed → parts/al/

"#]]
        .raw()
    );
    let merged = build(root, &["--merge", "parts/al", "parts/gb"]);
    assert_eq!(merged.code, 0, "{}", merged.err);
    assert!(root.join("output/index.html").is_file());
    assert!(!root.join("output/cicerone-part.json").exists());
}

#[test]
fn parts_that_do_not_fit_are_refused() {
    let folder = parts();
    let root = folder.path();
    refused(
        root,
        &["--merge", "parts/al"],
        str![[r#"
error: no part has the section `gb`
  = hint: make one: `cicerone build --only gb`

"#]],
    );
    assert_eq!(build(root, &["--only", "gb/esim", "--output", "parts/deep"]).code, 0);
    refused(
        root,
        &["--merge", "parts/al", "parts/gb", "parts/deep"],
        str![[r#"
error: the parts `parts/gb` and `parts/deep` both have the section `gb/esim`
  = hint: leave one of them out, or make it of other sections

"#]],
    );
    refused(
        root,
        &["--merge", "parts/al", "parts/al"],
        str![[r#"
error: the parts `parts/al` and `parts/al` both have the section `al`
  = hint: leave one of them out, or make it of other sections

"#]],
    );
    refused(
        root,
        &["--merge", "parts/al", "guides"],
        str![[r#"
error: `guides` is no part of a site: it has no `cicerone-part.json`
  = hint: name the folders that `cicerone build --only SECTION` has written

"#]],
    );
    refused(
        root,
        &["--merge", "parts/al", "parts/gb", "--base-url", "https://a.example/"],
        str![[r#"
error: the part `parts/al` was made with other settings
  = hint: give every command the same `guides/site.yaml`, `--base-url` and `--drafts`

"#]],
    );
    let other_day =
        run(root, &["build", "--as-of", "2026-09-02", "--merge", "parts/al", "parts/gb"]);
    assert_data_eq!(
        other_day.err.raw(),
        str![[r#"
error: the part `parts/al` was made for 2026-09-01, and the site is made for 2026-09-02
  = hint: give every command the same day: `--as-of 2026-09-01`

"#]]
        .raw()
    );
    let kept = fs::read_to_string(root.join("parts/gb/cicerone-part.json")).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let at = kept.find(&format!("\"program\": \"{version} ")).unwrap();
    let digits = &kept[at..].split('"').nth(3).unwrap().split(' ').nth(1).unwrap();
    put(root, "parts/gb/cicerone-part.json", &kept.replace(*digits, "0"));
    let other_program = build(root, &["--merge", "parts/al", "parts/gb"]);
    assert_eq!(other_program.code, 2);
    let said = other_program.err.replace(*digits, "[OWN]").replace(version, "[VERSION]");
    assert_data_eq!(
        said.raw(),
        str![[r#"
error: the part `parts/gb` was made by another program ([VERSION] 0, and this is [VERSION] [OWN])
  = hint: make all parts and the site with one program

"#]]
        .raw()
    );
    put(root, "parts/gb/cicerone-part.json", "{}");
    refused(
        root,
        &["--merge", "parts/al", "parts/gb"],
        str![[r#"
error: `parts/gb` is a part that this program cannot read
  = hint: make it anew with this program: `cicerone build --only SECTION`

"#]],
    );
    put(root, "parts/gb/cicerone-part.json", &kept);
    put(root, "parts/gb/en/gb/sim/index.html", "<p>Somebody else's");
    refused(
        root,
        &["--merge", "parts/al", "parts/gb"],
        str![[r#"
error: `en/gb/sim/index.html` in the part `parts/gb` is not as it was made
  = hint: make it anew: `cicerone build --only gb`

"#]],
    );
    put(root, "guides/gb/sim/en.md", "---\ntitle: Cancel\n---\nAnother text.\n");
    refused(
        root,
        &["--merge", "parts/al", "parts/gb"],
        str![[r#"
error: the part `parts/al` was made of other guides
  = hint: make all parts and the site from one commit

"#]],
    );
    assert!(!root.join("output").exists());
}

#[test]
fn a_name_that_is_no_section_is_refused() {
    let folder = parts();
    let root = folder.path();
    refused(
        root,
        &["--only", "al", "bg"],
        str![[r#"
error: there is no section `bg`
  = hint: did you mean `gb`?

"#]],
    );
    refused(
        root,
        &["--only", "somewhere"],
        str![[r#"
error: there is no section `somewhere`
  = hint: the sections at the top are `al`, `gb`

"#]],
    );
    refused(
        root,
        &["--only", "al/sim"],
        str![[r#"
error: `al/sim` is a guide, and no section
  = hint: name the section that it lies in; guides that lie in none come with `--merge`

"#]],
    );
    let both = build(root, &["--only", "al", "--merge", "parts/al"]);
    assert_eq!(both.code, 2);
    assert!(both.err.contains("cannot be used with"), "{}", both.err);
}

#[test]
fn a_part_tells_the_faults_of_its_sections_and_keeps_the_last_one() {
    let folder = parts();
    let root = folder.path();
    let before = snapshot(&root.join("parts/al"));
    put(root, "guides/gb/sim/en.md", "---\ntitel: Cancel\n---\n[x](../nowhere/)\n");
    assert_eq!(build(root, &["--only", "al"]).code, 0);
    put(root, "guides/al/sim/en.md", "---\ntitle: Cancel\n---\n[x](../nowhere/)\n");
    let run = build(root, &["--only", "al"]);
    assert_eq!(run.code, 1);
    assert_data_eq!(
        run.err.raw(),
        str![[r#"
error[broken-link]: no guide is called `al/nowhere`
 --> guides/al/sim/en.md:4:5
  |
4 | [x](../nowhere/)
  |     ^^^^^^^^^^^
  = hint: a link leads to a guide by its folder (`../port-number/`), or to a file beside

Not built: 1 error in 1 file; parts/al/ still holds the previous site

"#]]
        .raw()
    );
    let after = snapshot(&root.join("parts/al"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
}

#[test]
fn parts_are_published_as_the_site_is() {
    let folder = parts();
    let root = folder.path();
    put(root, "guides/site.yaml", "title: Small\nlanguages: [en]\npublish: {www: {folder: www}}\n");
    for section in ["al", "gb"] {
        assert_eq!(build(root, &["--only", section]).code, 0);
    }
    assert_eq!(build(root, &[]).code, 0);
    let publish = |words: &[&str]| run(root, &[&["publish"], &DAY[..], words].concat());
    let missing = publish(&["--merge", "parts/al"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("no part has the section `gb`"), "{}", missing.err);
    assert!(!root.join("www").exists());
    let published = publish(&["www", "--merge", "parts/al", "parts/gb"]);
    assert_eq!(published.code, 0, "{}", published.err);
    assert_same((snapshot(&root.join("output")), snapshot(&root.join("www"))), 20);
    let again = publish(&[]);
    assert!(again.err.contains("nothing"), "{}", again.err);
}

/// What the recipe in the documentation runs, as its jobs do.
#[test]
fn the_recipe_builds_the_site() {
    let documents = fs::read_to_string(home().join("docs/scale.md")).unwrap();
    let recipe = documents.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let recipe: serde_json::Value = serde_yaml::from_str(recipe).unwrap();
    let commands = |job: &str| -> Vec<String> {
        let steps = recipe["jobs"][job]["steps"].as_array().unwrap();
        let runs = steps.iter().filter_map(|step| step["run"].as_str());
        let runs = runs.filter(|run| run.starts_with("cicerone "));
        runs.map(|run| run.replace("\"${{ needs.day.outputs.day }}\"", "2026-09-01")).collect()
    };
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    copy(&home().join("guides"), &root.join("guides"));
    let cicerone = |command: &str| {
        let words: Vec<&str> = command.split_whitespace().skip(1).collect();
        let run = run(root, &words);
        assert_eq!(run.code, 0, "{command}\n{}", run.err);
    };
    let sections = recipe["jobs"]["part"]["strategy"]["matrix"]["sections"].as_array().unwrap();
    for (job, sections) in sections.iter().enumerate() {
        for command in commands("part") {
            cicerone(&command.replace("${{ matrix.sections }}", sections.as_str().unwrap()));
        }
        fs::create_dir_all(root.join("parts")).unwrap();
        fs::rename(root.join("part"), root.join(format!("parts/part-{job}"))).unwrap();
        // What the artifact leaves out.
        fs::remove_file(root.join(format!("parts/part-{job}/.cicerone-manifest.json"))).unwrap();
    }
    let parts: Vec<String> = (0..sections.len()).map(|job| format!("parts/part-{job}")).collect();
    for command in commands("site") {
        cicerone(&command.replace("parts/*", &parts.join(" ")));
    }
    cicerone("cicerone build --as-of 2026-09-01 --output whole");
    assert_same((snapshot(&root.join("whole")), snapshot(&root.join("output"))), 150);
}
