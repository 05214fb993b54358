//! The same sources give the same bytes, wherever and however they are built.

use std::path::Path;
use std::process::Command;

use cicerone::pipeline::Options;

use crate::project::{Files, build_at, copy, home, options, snapshot};

/// Names the files that differ, not their bytes.
#[track_caller]
fn assert_same(one: &Files, other: &Files) {
    let differ = |path: &&String| one.get(*path) != other.get(*path);
    let paths: Vec<_> = one.keys().chain(other.keys()).filter(differ).collect();
    assert!(paths.is_empty(), "{paths:?}");
}

#[test]
fn one_thread_and_four_draw_the_same() {
    let one = build_at(home(), &Options { jobs: 1, ..options() });
    let four = build_at(home(), &Options { jobs: 4, ..options() });
    assert_same(&one.files, &four.files);
    assert_eq!(one.faults, four.faults);
}

/// What the program itself writes for the project at `root`.
fn written(root: &Path, output: &Path, surroundings: &[(&str, &str)]) -> Files {
    let run = Command::new(env!("CARGO_BIN_EXE_cicerone"))
        .args(["build", "--as-of", "2026-09-01", "--output"])
        .arg(output)
        .current_dir(root)
        .envs(surroundings.iter().copied())
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut files = snapshot(output);
    files.remove(cicerone::disk::MANIFEST).unwrap();
    files
}

#[test]
fn another_folder_time_zone_and_locale_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = folder.path().join("elsewhere on 盘");
    copy(&home().join("guides"), &elsewhere.join("guides"));
    let here = [("TZ", "UTC"), ("LANG", "C"), ("LC_ALL", "C"), ("COLUMNS", "40")];
    let there = [
        ("TZ", "Pacific/Kiritimati"),
        ("LANG", "zh_TW.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("HOME", "/nonexistent"),
    ];
    let one = written(home(), &folder.path().join("one"), &here);
    let other = written(&elsewhere, &folder.path().join("other"), &there);
    assert_same(&one, &other);
    assert_same(&one, &build_at(home(), &options()).files);
}

#[test]
fn a_manifest_depends_on_nothing_but_the_site() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = |name: &str| {
        let output = folder.path().join(name);
        written(home(), &output, &[]);
        std::fs::read(output.join(cicerone::disk::MANIFEST)).unwrap()
    };
    assert!(manifest("a") == manifest("b"));
}
