//! The rules of the source's shape: which way arrows point, who may start threads, how long a file is.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "this test reads the program's own source"
)]

mod circles;
mod lock;
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const STAGES: &[&str] = &["parse", "resolve", "render", "images", "search", "lint"];
const EDGES: &[&str] = &["disk", "report", "serve", "publish"];

/// Rooms in which a thread may be started.
const THREADS: &[&str] = &["pipeline", "serve", "publish"];

/// Packages that many files may import: the vocabulary of data.
const EVERYWHERE: &[&str] = &["serde", "serde_json"];

/// Packages with more than one door, and their doors.
const DOORS: &[(&str, &[&str])] = &[
    // The arguments are declared in one file and read in the other.
    ("clap", &["src/commands/args.rs", "src/commands/mod.rs", "src/commands/new/arguments.rs"]),
    // Of pages for hosts, of pixels, of a PDF's objects, and of what the program knows of languages: forms of one
    // compression.
    (
        "flate2",
        &["src/search/gzip.rs", "src/images/png.rs", "src/parse/pdf.rs", "src/model/locales.rs"],
    ),
    ("clap_complete", &["src/commands/args.rs", "src/commands/mod.rs"]),
];

const LONGEST: usize = 400;

/// Files that may be longer, each up to its own limit: none today.
const LONG: &[(&str, usize)] = &[];

/// A file of the program.
struct File {
    path: String,
    text: String,
}

impl File {
    fn new(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    /// What stands before the unit tests.
    fn production(&self) -> &str {
        let tests = self.text.find("\n#[cfg(test)]\nmod ").map_or(self.text.len(), |at| at + 1);
        &self.text[..tests]
    }

    /// The modules it lies in: `parse`, `yaml` for `src/parse/yaml.rs`.
    fn modules(&self) -> Vec<&str> {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        path.split('/').filter(|name| !matches!(*name, "mod" | "lib" | "main")).collect()
    }

    /// The top module; the program's own two files have none.
    fn room(&self) -> &str {
        match self.path.as_str() {
            "src/main.rs" => "main",
            "src/lib.rs" => "lib",
            _ => self.modules()[0],
        }
    }

    fn words(&self) -> Vec<String> {
        words(&code(self.production()))
    }
}

/// `text` without comments and without what strings and characters hold.
fn code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some(length) = raw_string(rest) {
            length
        } else if c == '"' {
            string(rest)
        } else if let Some(length) = character(rest) {
            length
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            // An `r` at the end of a name begins no raw string.
            if c.is_alphanumeric() || c == '_' {
                let name = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                let (name, behind) = rest.split_at(name.unwrap_or(rest.len()));
                out.push_str(name);
                rest = behind;
            }
            continue;
        };
        out.push(' ');
        rest = &rest[length..];
    }
    out
}

fn raw_string(text: &str) -> Option<usize> {
    let behind = text.strip_prefix('b').unwrap_or(text).strip_prefix('r')?;
    let hashes = behind.len() - behind.trim_start_matches('#').len();
    let body = behind[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end).map_or(body.len(), |at| at + end.len());
    Some(text.len() - body.len() + length)
}

fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A character, not a lifetime.
fn character(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    let end = match body.strip_prefix('\\') {
        Some(escaped) => escaped[1..].find('\'')? + 2,
        None => body.chars().next()?.len_utf8(),
    };
    body[end..].starts_with('\'').then_some(end + 2)
}

/// Names, and each sign by itself; `::` is one.
fn words(code: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut in_name = false;
    for c in code.chars() {
        let is_name = c.is_alphanumeric() || c == '_';
        match words.last_mut() {
            Some(last) if is_name && in_name => last.push(c),
            Some(last) if c == ':' && last == ":" => last.push(c),
            _ if c.is_whitespace() => {}
            _ => words.push(c.to_string()),
        }
        in_name = is_name;
    }
    words
}

/// The modules of ours that stand next to the root in the paths of `file`.
fn rooms(file: &File) -> BTreeSet<String> {
    let words = file.words();
    let depth = file.modules().len();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < words.len() {
        let start = at;
        at += 1;
        let begins = start == 0 || words[start - 1] != "::";
        match words[start].as_str() {
            "crate" | "cicerone" if begins => {}
            "super" if begins => {
                let mut ups = 1;
                while words[at..].starts_with(&["::".to_owned(), "super".to_owned()]) {
                    ups += 1;
                    at += 2;
                }
                if ups < depth {
                    continue;
                }
            }
            _ => continue,
        }
        if words.get(at).is_some_and(|word| word == "::") {
            found.extend(first_names(&words[at + 1..]));
        }
    }
    found
}

/// `a` of `a::b`, and both of `{a::b, c}`.
fn first_names(words: &[String]) -> Vec<String> {
    if words.first().is_none_or(|word| word != "{") {
        return words.first().cloned().into_iter().collect();
    }
    let mut names = Vec::new();
    let mut depth = 0;
    for pair in words.windows(2) {
        match pair[0].as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && matches!(pair[0].as_str(), "{" | ",") && pair[1] != "}" {
            names.push(pair[1].clone());
        }
    }
    names
}

/// The rooms below `room`; `None` for a room that the design does not know.
fn below(room: &str) -> Option<Vec<&'static str>> {
    let stages = || STAGES.iter().copied();
    Some(match room {
        "model" => vec![],
        _ if STAGES.contains(&room) || EDGES.contains(&room) => vec!["model"],
        "pipeline" => stages().chain(["model"]).collect(),
        "commands" => stages().chain(EDGES.iter().copied()).chain(["model", "pipeline"]).collect(),
        "main" => vec!["commands"],
        "lib" => vec![],
        _ => return None,
    })
}

fn arrows(files: &[File]) -> Vec<String> {
    let mut breaches = Vec::new();
    for file in files {
        let room = file.room();
        let Some(below) = below(room) else {
            breaches.push(format!("{}: `{room}` is no room of the design", file.path));
            continue;
        };
        for other in rooms(file) {
            if other != room && !below.contains(&other.as_str()) {
                breaches.push(format!("{}: `{room}` imports `{other}`", file.path));
            }
        }
    }
    breaches
}

fn threads(files: &[File]) -> Vec<String> {
    let starts = |words: &[String]| {
        words.iter().any(|word| word == "rayon")
            || words.windows(3).any(|words| {
                words[0] == "thread"
                    && words[1] == "::"
                    && ["spawn", "scope", "Builder"].contains(&words[2].as_str())
            })
    };
    let guilty = files.iter().filter(|file| !THREADS.contains(&file.room()));
    let guilty = guilty.filter(|file| starts(&file.words()));
    guilty.map(|file| format!("{}: starts a thread", file.path)).collect()
}

/// `packages` with the files that import each.
fn doors(files: &[File], packages: &[String]) -> Vec<String> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in files {
        let words = file.words();
        for package in packages {
            // A path that begins with the package; a module of ours may have its name.
            let imports = words.windows(2).enumerate().any(|(at, pair)| {
                pair[0] == *package && pair[1] == "::" && (at == 0 || words[at - 1] != "::")
            });
            let renames = words.windows(2).any(|pair| pair[0] == "use" && pair[1] == *package);
            if imports || renames {
                found.entry(package).or_default().push(&file.path);
            }
        }
    }
    let mut breaches = Vec::new();
    for (package, files) in found {
        let door = DOORS.iter().find(|(name, _)| *name == package).map(|(_, files)| *files);
        let is_fine = match door {
            Some(doors) => files.iter().all(|file| doors.contains(file)),
            None => files.len() == 1,
        };
        if !is_fine {
            breaches.push(format!("`{package}` is imported by {}", files.join(", ")));
        }
    }
    breaches
}

fn lengths(files: &[File], long: &[(&str, usize)]) -> Vec<String> {
    let mut breaches = Vec::new();
    for file in files {
        let lines = file.production().lines().count();
        match long.iter().find(|(path, _)| *path == file.path) {
            Some((path, known)) if lines > *known => {
                breaches.push(format!("{path}: grew from {known} to {lines} lines"));
            }
            Some((path, _)) if lines <= LONGEST => {
                breaches.push(format!("{path}: is short enough now; take it off the list"));
            }
            None if lines > LONGEST => {
                breaches.push(format!("{}: {lines} lines; the limit is {LONGEST}", file.path));
            }
            _ => {}
        }
    }
    for (path, _) in long {
        if !files.iter().any(|file| file.path == *path) {
            breaches.push(format!("{path}: is gone; take it off the list"));
        }
    }
    breaches
}

fn first_lines(files: &[File]) -> Vec<String> {
    let is_sentence = |file: &&File| {
        let first = file.text.lines().next().unwrap_or("");
        let sentence = first.strip_prefix("//! ").unwrap_or("");
        sentence.starts_with(|c: char| c.is_uppercase() || c == '`')
            && sentence.ends_with(['.', '?', ':'])
    };
    let guilty = files.iter().filter(|file| !is_sentence(file));
    guilty.map(|file| format!("{}: does not begin with a `//!` sentence", file.path)).collect()
}

/// The names under which `Cargo.toml` lets the program import packages.
fn packages(manifest: &str) -> Vec<String> {
    let tables = ["[dependencies]", "[target"];
    let mut in_table = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_table = tables.iter().any(|table| line.starts_with(table));
            in_table &= line.trim_end_matches(']').ends_with("dependencies");
            in_table &= !line.contains("dev-dependencies");
        } else if let (true, Some((name, _))) = (in_table, line.split_once('=')) {
            let name = name.trim().replace('-', "_");
            if !EVERYWHERE.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    names
}

fn files(folder: &Path, found: &mut Vec<File>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            found.push(File { path: name, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

/// The program's files, in the order of their paths.
fn source() -> Vec<File> {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    assert!(found.len() > 50, "the source was not found");
    found
}

#[track_caller]
fn assert_none(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn arrows_point_down() {
    assert_none(&arrows(&source()));
}

#[test]
fn threads_are_started_where_they_belong() {
    assert_none(&threads(&source()));
}

#[test]
fn each_package_has_one_door() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
    let packages = packages(&manifest.unwrap());
    assert!(packages.iter().any(|name| name == "serde_yaml"), "{packages:?}");
    assert_none(&doors(&source(), &packages));
}

#[test]
fn files_are_short() {
    assert_none(&lengths(&source(), LONG));
}

#[test]
fn files_begin_with_a_sentence() {
    assert_none(&first_lines(&source()));
}

/// The checker itself: seeded breaches, each of which it must see.
mod seeded {
    use super::{File, arrows, doors, first_lines, lengths, packages, threads};

    fn one(path: &str, text: &str) -> [File; 1] {
        [File::new(path, text)]
    }

    #[track_caller]
    fn assert_arrows(path: &str, text: &str, expected: &[&str]) {
        let breaches = arrows(&one(path, text));
        let expected: Vec<_> = expected.iter().map(|breach| format!("{path}: {breach}")).collect();
        assert_eq!(breaches, expected, "{text}");
    }

    #[test]
    fn a_stage_that_imports_a_stage_is_seen() {
        let breach = &["`parse` imports `render`"];
        assert_arrows("src/parse/yaml.rs", "use crate::render::page;", breach);
        assert_arrows("src/parse/yaml.rs", "use crate::{model::{a, b}, render};", breach);
        assert_arrows("src/parse/yaml.rs", "fn f() { crate::render::page() }", breach);
        assert_arrows("src/parse/yaml.rs", "use crate :: render;", breach);
        assert_arrows("src/parse/yaml.rs", "use super::super::render;", breach);
        assert_arrows("src/parse/mod.rs", "use super::{model, render};", breach);
        assert_arrows("src/parse/yaml.rs", "use cicerone::render;", breach);
        assert_arrows(
            "src/parse/yaml.rs",
            "const A: char = '\"'; use crate::render; // \"",
            breach,
        );
        assert_arrows(
            "src/parse/yaml.rs",
            "fn f<'a>(a: &'a str) { crate::render::x::<'a>() }",
            breach,
        );
    }

    #[test]
    fn each_floor_is_fenced() {
        assert_arrows("src/model/id.rs", "use crate::parse;", &["`model` imports `parse`"]);
        assert_arrows("src/disk/read.rs", "use crate::parse;", &["`disk` imports `parse`"]);
        assert_arrows("src/report/json.rs", "use crate::disk;", &["`report` imports `disk`"]);
        assert_arrows("src/pipeline/mod.rs", "use crate::disk;", &["`pipeline` imports `disk`"]);
        assert_arrows("src/main.rs", "use cicerone::pipeline;", &["`main` imports `pipeline`"]);
        assert_arrows("src/utils.rs", "", &["`utils` is no room of the design"]);
    }

    #[test]
    fn what_is_allowed_is_let_be() {
        assert_arrows("src/commands/build.rs", "use crate::{disk, parse, pipeline, report};", &[]);
        assert_arrows("src/pipeline/mod.rs", "use crate::{model::x, parse, render, search};", &[]);
        assert_arrows("src/parse/yaml.rs", "use super::fields; use crate::parse::items;", &[]);
        assert_arrows("src/parse/yaml.rs", "// crate::render\nlet a = r#\"crate::render\"#;", &[]);
        assert_arrows("src/parse/yaml.rs", "let a = \"\\\"crate::render\"; /* crate::disk */", &[]);
        let tested = "//! A.\n#[cfg(test)]\nmod tests { use crate::render; }";
        assert_arrows("src/parse/yaml.rs", tested, &[]);
    }

    #[test]
    fn a_thread_is_seen() {
        for text in ["use rayon::prelude::A;", "std::thread::spawn(f)", "thread::scope(|s| s)"] {
            let breach = "src/render/page.rs: starts a thread";
            assert_eq!(threads(&one("src/render/page.rs", text)), [breach], "{text}");
            assert!(threads(&one("src/pipeline/threads.rs", text)).is_empty());
        }
        assert!(threads(&one("src/disk/lock.rs", "std::thread::sleep(PAUSE)")).is_empty());
    }

    #[test]
    fn a_second_door_is_seen() {
        let packages = ["tera".to_owned(), "clap".to_owned()];
        let files = [
            File::new("src/render/templates.rs", "use tera::Tera;"),
            File::new("src/render/page.rs", "fn f(a: tera::Value) {}"),
        ];
        let breach = "`tera` is imported by src/render/templates.rs, src/render/page.rs";
        assert_eq!(doors(&files, &packages), [breach]);
        assert!(doors(&files[..1], &packages).is_empty());
        let files = one("src/disk/read.rs", "use clap as c;");
        assert_eq!(doors(&files, &packages), ["`clap` is imported by src/disk/read.rs"]);
        assert!(doors(&one("src/a.rs", "use crate::clap::x;"), &packages).is_empty());
    }

    #[test]
    fn a_long_file_is_seen() {
        let text = |lines: usize| "x\n".repeat(lines) + "#[cfg(test)]\nmod tests {\n}\n";
        let breaches =
            |lines, long: &[(&str, usize)]| lengths(&one("src/a.rs", &text(lines)), long);
        assert!(breaches(400, &[]).is_empty());
        assert_eq!(breaches(401, &[]), ["src/a.rs: 401 lines; the limit is 400"]);
        assert!(breaches(450, &[("src/a.rs", 450)]).is_empty());
        assert_eq!(breaches(451, &[("src/a.rs", 450)]), ["src/a.rs: grew from 450 to 451 lines"]);
        assert_eq!(breaches(400, &[("src/a.rs", 450)]).len(), 1);
        assert_eq!(breaches(1, &[("src/b.rs", 450)]), ["src/b.rs: is gone; take it off the list"]);
    }

    #[test]
    fn a_file_without_a_sentence_is_seen() {
        for text in ["", "use std;", "//!", "//! no capital.", "//! No full stop", "// A comment."]
        {
            assert_eq!(first_lines(&one("src/a.rs", text)).len(), 1, "{text}");
        }
        assert!(first_lines(&one("src/a.rs", "//! Reads.\n")).is_empty());
    }

    #[test]
    fn packages_are_known_by_their_names_in_the_program() {
        let manifest = "[package]\nname = \"a\"\n[dependencies]\nserde = \"1\"\npulldown-cmark = {}\n\
                        serde_yaml = { package = \"b\" }\n[dev-dependencies]\nc = \"1\"\n\
                        [target.'cfg(unix)'.dependencies]\nd = \"1\"\n\
                        [target.'cfg(unix)'.dev-dependencies]\ne = \"1\"\n[features]\ne = []\n";
        assert_eq!(packages(manifest), ["pulldown_cmark", "serde_yaml", "d"]);
    }
}
