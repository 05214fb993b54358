//! Twenty faults in twenty files of our guides: one run tells all of them, each at its place, and no other.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "this test runs the program on files"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::project::{copy, home};

/// What is done to a file.
enum Slip {
    /// The first of these words gives way to the second.
    Put(&'static str, &'static str),
    /// Written at the file's end.
    Add(&'static str),
    /// A new file.
    New(&'static str),
}

use Slip::{Add, New, Put};

/// File, slip, code. `‸` stands where the fault is told, and is not written.
const FAULTS: &[(&str, Slip, &str)] = &[
    ("any/esim/en.md", Put("difficulty:", "‸dificulty:"), "unknown-field"),
    ("al/complain/en.md", Put("country: AL", "draft: ‸[]\ncountry: AL"), "wrong-type"),
    ("al/cancel-sim/en.md", Put("difficulty: moderate", "difficulty: ‸mild"), "bad-value"),
    ("al/keep-number/en.md", Put("country: AL", "country: AL\n‸country: AL"), "duplicate-key"),
    ("gb/leave-network/zh-Hans.md", Put("slug: 离网", "slug: \"离网\" ‸了"), "yaml-syntax"),
    ("any/zh-Hant.md", Put("title: 各地通用\n", "‸"), "missing-field"),
    ("al/lost-sim/en.md", Put("[al/one,", "[al/one, ‸al/vodaphone,"), "unknown-operator"),
    ("al/register-sim/sq.md", Add("Shih [këtu](‸../bart-numrin/).\n"), "broken-link"),
    ("al/refund-credit/zh-Hans.md", Add("见[这里](‸../complain/#nowhere)。\n"), "broken-anchor"),
    ("al/de.md", New("‸---\ntitle: Albanien\n---\n"), "undeclared-language"),
    (
        "al/port-number/sq.md",
        Put("translation:", "‸country: AL\ntranslation:"),
        "fact-in-translation",
    ),
    ("al/lost-sim/sq.md", Put("words:\n", "words:\n  ‸nothing: Asgjë\n"), "unknown-id"),
    (
        "tw/port-number/en.md",
        Add("## One {#twice}\n\nA\n\n‸## Two {#twice}\n\nB\n"),
        "duplicate-id",
    ),
    ("hk/register-sim/zh-Hans.md", Add("登记‸<marquee>之后\n"), "raw-html"),
    ("any/imsi-iccid-imei/en.md", Add("See [it](‸javascript:alert(1)).\n"), "unsafe-link"),
    ("al/emergency-numbers/en.md", Add("## More {‸colour=red}\n\nText\n"), "unknown-attribute"),
    (
        "al/register-sim/zh-Hant.md",
        Add("## Plus {operator=‸al/plus}\n\n文\n"),
        "operator-not-of-guide",
    ),
    ("al/which-company/en.md", Add("‸## Again {#ask-today}\n\nText\n"), "words-twice"),
    ("hk/register-sim/en.md", Put("term: iccid", "term: ‸icid"), "unknown-term"),
    (
        "al/map.svg",
        New("<svg xmlns=\"http://www.w3.org/2000/svg\">‸<script/></svg>"),
        "unsafe-file",
    ),
];

/// The file with its slip, and the line and column of the mark.
fn slipped(text: &str, slip: &Slip) -> (String, usize, usize) {
    let marked = match slip {
        Put(from, to) => {
            assert!(text.contains(from), "no `{from}`");
            text.replacen(from, to, 1)
        }
        Add(words) => format!("{}\n\n{words}", text.trim_end()),
        New(words) => (*words).to_owned(),
    };
    let (before, _) = marked.split_once('‸').unwrap();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    (marked.replacen('‸', "", 1), line, column)
}

type Told = (String, String, u64, u64);

/// `check --format json` as code, file, line and column.
fn check(root: &Path) -> (i32, Vec<Told>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cicerone"));
    command.args(["check", "--format", "json", "--as-of", "2026-09-01"]).current_dir(root);
    let output = command.output().unwrap();
    let told = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| value[key].as_str().unwrap_or("").to_owned();
        let number = |key: &str| value[key].as_u64().unwrap_or(0);
        (text("file"), text("code"), number("line"), number("column"))
    };
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut told: Vec<Told> = lines.lines().map(told).collect();
    told.sort();
    (output.status.code().unwrap(), told)
}

#[test]
fn one_run_tells_twenty_faults_and_no_other() {
    let project = tempfile::tempdir().unwrap();
    let guides = project.path().join("guides");
    copy(&home().join("guides"), &guides);
    assert_eq!(check(project.path()), (0, vec![]), "our guides have faults of their own");
    let mut expected = Vec::new();
    for (file, slip, code) in FAULTS {
        let path = guides.join(file);
        let text = fs::read_to_string(&path).unwrap_or_default();
        assert!(text.is_empty() == matches!(slip, New(_)), "{file}");
        let (text, line, column) = slipped(&text, slip);
        fs::write(&path, text).unwrap();
        let file = format!("guides/{file}");
        expected.push((file, (*code).to_owned(), line as u64, column as u64));
    }
    expected.sort();
    assert_eq!(expected.len(), 20);
    let files = expected.iter().map(|fault| &fault.0).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(files.len(), 20, "twenty files");
    let (code, told) = check(project.path());
    let missing: Vec<_> = expected.iter().filter(|fault| !told.contains(fault)).collect();
    let others: Vec<_> = told.iter().filter(|fault| !expected.contains(fault)).collect();
    assert!(missing.is_empty() && others.is_empty(), "missing {missing:#?}\nothers {others:#?}");
    assert_eq!((code, told.len()), (1, 20));
}
