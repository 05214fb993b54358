//! Every page of `docs/errors/`: its failing files give exactly its report, its mended files give none.
//!
//! `CICERONE_BLESS=1` writes the reports anew.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a helper of tests fails loudly, and these tests are about files"
)]

use std::fmt::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use cicerone::model::config::Config;
use cicerone::model::diagnostic::{Code, Severity};
use cicerone::model::language::Language;
use cicerone::model::source::SourcePath;
use cicerone::parse;

use crate::font::font;

/// A block between fences, with what its first fence says behind the backticks.
struct Fence<'a> {
    /// `guides/esim/en.md`, or `report`; empty where nothing stands behind the language.
    name: &'a str,
    text: &'a str,
    mended: bool,
}

/// The fences of a page in their order.
fn fences(page: &str) -> Vec<Fence<'_>> {
    let mut fences = Vec::new();
    let mut open: Option<(&str, &str, usize)> = None;
    let (mut at, mut mended) = (0, false);
    for line in page.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let info = line.trim_end().trim_start_matches('`');
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match open {
            Some((fence, name, first)) if fence == ticks && info.is_empty() => {
                fences.push(Fence { name, text: &page[first..start], mended });
                open = None;
            }
            None if ticks.len() >= 3 => {
                let name = info.split_once(' ').map_or("", |(_, name)| name);
                open = Some((ticks, name, at));
            }
            None if line.trim_end() == "## Mended" => mended = true,
            _ => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed:\n{page}");
    fences
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/errors")
}

fn page(name: &str) -> String {
    let path = folder().join(name);
    fs::read_to_string(path).unwrap_or_else(|_| panic!("there is no page docs/errors/{name}"))
}

fn put(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What no fence can hold: bytes, links, sizes, and what is not there.
fn make(code: Code, root: &Path) {
    let guide = "guides/esim/en.md";
    let head = "---\ntitle: Get an eSIM\n---\n";
    match code {
        Code::NotUtf8 => put(root, guide, [head.as_bytes(), b"Ask at a caf\xe9.\n"].concat()),
        Code::NulByte => put(root, guide, format!("{head}Ask at\0 a shop.\n")),
        Code::FileTooLarge => put(root, guide, head.to_owned() + &"A word. ".repeat(1 << 19)),
        Code::LinkLeadsOut => {
            put(root, "notes.md", head);
            fs::create_dir_all(root.join("guides/esim")).unwrap();
            symlink("../../notes.md", root.join(guide)).unwrap();
        }
        Code::NotAFile => symlink("map-2024.svg", root.join("guides/map.svg")).unwrap(),
        Code::PathTooLong => put(root, &format!("guides/{}/en.md", "long-".repeat(41)), head),
        Code::FrontMatterTooLarge => {
            let summary = "A very long summary. ".repeat(4000);
            put(root, guide, format!("---\ntitle: Get an eSIM\nsummary: {summary}\n---\nText.\n"));
        }
        Code::MissingGlyph => put(root, "guides/fonts/latin.ttf", latin()),
        Code::MissingConfig => fs::remove_file(root.join("guides/site.yaml")).unwrap(),
        _ => {}
    }
}

/// What the mended files of a page need besides.
fn mend(code: Code, root: &Path) {
    if code == Code::MissingGlyph {
        make(code, root);
        put(root, "guides/fonts/han.ttf", font("虚拟卡"));
    }
}

fn latin() -> Vec<u8> {
    font(&(' '..='~').collect::<String>())
}

/// Standard output and exit code of `cicerone check` in a project of these files.
fn check(fences: &[Fence<'_>], mended: bool, make: impl FnOnce(&Path)) -> (String, Option<i32>) {
    let project = tempfile::tempdir().unwrap();
    let readme = page("README.md");
    let usual = self::fences(&readme);
    let shown = fences.iter().filter(|file| file.mended == mended);
    for file in usual.iter().chain(shown).filter(|file| file.name.contains('/')) {
        put(project.path(), file.name, file.text);
    }
    make(project.path());
    let mut command = Command::new(env!("CARGO_BIN_EXE_cicerone"));
    command.args(["--color", "never", "--root"]).arg(project.path()).args(["check", "--jobs", "1"]);
    let output = command.env_remove("COLUMNS").output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

/// What is wrong with a page; with `bless` its report is written anew first.
fn faults(code: Code, bless: bool) -> String {
    let name = format!("{}.md", code.as_str());
    let text = page(&name);
    let fences = fences(&text);
    let mut wrong = String::new();
    if !text.starts_with(&format!("# {}\n\n", code.as_str())) {
        writeln!(wrong, "its title is not `{}`", code.as_str()).unwrap();
    }
    let reports: Vec<_> = fences.iter().filter(|fence| fence.name == "report").collect();
    let [report] = reports[..] else { return wrong + "it has not one fence `text report`\n" };
    let label = match code.severity() {
        Severity::Error => format!("error[{}]", code.as_str()),
        Severity::Warning => format!("warning[{}]", code.as_str()),
        Severity::Note => format!("note[{}]", code.as_str()),
    };
    let other = |line: &&str| {
        (line.starts_with("error[") || line.starts_with("warning[")) && !line.starts_with(&label)
    };
    // A fault of the program's own cannot be ordered.
    if code == Code::Internal {
        return wrong;
    }
    let (said, status) = check(&fences, false, |root| make(code, root));
    if !said.starts_with(&label) || said.lines().any(|line| other(&line)) {
        writeln!(wrong, "its files give other faults than `{}`:\n{said}", code.as_str()).unwrap();
    }
    if status != Some(i32::from(code.severity() == Severity::Error)) {
        writeln!(wrong, "its files end with {status:?}").unwrap();
    }
    if said != report.text {
        if bless {
            let at = report.text.as_ptr() as usize - text.as_ptr() as usize;
            let blessed = [&text[..at], &said, &text[at + report.text.len()..]].concat();
            fs::write(folder().join(&name), blessed).unwrap();
        } else {
            writeln!(wrong, "it says:\n{}the program says:\n{said}", report.text).unwrap();
        }
    }
    let (said, status) = check(&fences, true, |root| mend(code, root));
    if !said.is_empty() || status != Some(0) {
        writeln!(wrong, "its mended files give ({status:?}):\n{said}").unwrap();
    }
    wrong
}

#[test]
fn each_page_tells_the_truth() {
    let bless = env::var_os("CICERONE_BLESS").is_some();
    let mut wrong = String::new();
    for code in Code::ALL {
        let faults = faults(*code, bless);
        if !faults.is_empty() {
            writeln!(wrong, "## docs/errors/{}.md\n{faults}", code.as_str()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn each_code_has_a_page_and_each_page_a_code() {
    let entries = fs::read_dir(folder()).unwrap();
    let mut pages: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    pages.sort();
    let codes = Code::ALL.iter().map(|code| format!("{}.md", code.as_str()));
    let mut expected: Vec<_> = codes.chain(["README.md".to_owned()]).collect();
    expected.sort();
    assert_eq!(pages, expected);
}

#[test]
fn the_list_names_each_page_once_in_the_order_of_the_codes() {
    let readme = page("README.md");
    let listed: Vec<_> = readme.lines().filter_map(|line| line.strip_prefix("- [`")).collect();
    let listed: Vec<_> = listed.iter().filter_map(|line| line.split_once(": ")).collect();
    let expected: Vec<_> =
        Code::ALL.iter().map(|code| format!("{0}`]({0}.md)", code.as_str())).collect();
    assert_eq!(listed.iter().map(|(link, _)| *link).collect::<Vec<_>>(), expected);
    assert!(listed.iter().all(|(_, line)| line.len() > 10 && line.len() < 100), "{listed:?}");
}

/// Slips in YAML, each with the text that is shown for it and what is said.
const SLIPS: &[(&str, &str, &str)] = &[
    ("title: A: b", "A: b", "the value of `title` holds a colon and a space"),
    ("title:A\ntags: [a]", "title:", "there is no space after `title:`"),
    ("title: A\ntags:[a]", "tags:", "there is no space after `tags:`"),
    ("title：甲\ntags: [a]", "：", "this colon is a full-width one, which YAML does not know"),
    ("title: A\ntime:\n\tactive: 3d", "\t", "this line is indented with a tab"),
    ("title: A\nsteps:\n  - id: a\n  \ttitle: x", "\t", "this line is indented with a tab"),
    ("title: A\nsteps:\n  -one\n  -two", "-one\n  -two", "there is no space after this `-`"),
    (
        "title: A\nsteps:\n  - one\n - two",
        "- two",
        "this line does not begin in the column of those above",
    ),
    (
        "title: A\nsteps:\n  - id: one\n   title: x",
        "title: x",
        "this line does not begin in the column of those above",
    ),
    (
        "title: A\n summary: b",
        "summary",
        "`summary` is indented further than `title`, which has a value already",
    ),
    ("title: \"A\ntags: [a]", "\"", "this quote is not closed"),
    ("title: 'It's over'", "s over'", "text follows the closing quote"),
    ("title: \"C:\\path\"", "\\p", "`\\p` means nothing between double quotes"),
    ("title: A\ntags: [a, b\nsummary: c", "[", "this `[` is not closed"),
    ("title: A\ntags: [a, b}", "}", "`[` is closed by `}`"),
    ("title: A\ntags: [a]]", "]", "this `]` closes nothing"),
    (
        "title: A\ntime: {active: 3d wait: 1d}",
        "active: 3d wait",
        "this looks like two entries with no comma between them",
    ),
    (
        "title: [One](https://one.al/) closes",
        "(https://one.al/) closes",
        "text follows the closing `]`",
    ),
    ("title: *Cancel* a SIM", "*", "a value cannot begin with `*`"),
    ("title: `142`", "`", "a value cannot begin with a backtick"),
    (
        "title: A\nand more",
        "and more",
        "this line is neither a field nor part of the text above it",
    ),
    ("title: A\n...\ntags: [a]", "...", "`...` ends what is read"),
    ("title: A\ntime:\n  - {a: 1", "{", "this `{` is not closed"),
];

#[test]
fn a_slip_in_yaml_is_named_in_plain_words_at_its_place() {
    let english = Language::parse("en").unwrap();
    let path = SourcePath::new("guides/esim/en.md");
    let config = Config::fallback(path.clone(), english.clone());
    for ends in ["\n", "\r\n"] {
        for (slip, shown, message) in SLIPS {
            let text = format!("---\n{slip}\n---\n注销。\n").replace('\n', ends);
            let faults = parse::translation(&path, &text, english.clone(), &config).diagnostics;
            let [fault] = &faults[..] else { panic!("{slip}\n{faults:?}") };
            let range = fault.place.as_ref().unwrap().span.range();
            let shown = shown.replace('\n', ends);
            assert_eq!(
                (&text[range], fault.message.as_str()),
                (shown.as_str(), *message),
                "{slip}"
            );
            assert!(!fault.hints.is_empty(), "{slip}");
        }
    }
}
