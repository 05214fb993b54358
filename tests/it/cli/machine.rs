//! Faults of the machine: whichever call to the system fails, the output is the old site or the new one.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::put;
use crate::project::copy;
use crate::sweep::{can_be_tested, is_whole, site, sweep};

/// A run of the program whose calls fail.
struct Run<'a> {
    name: &'a str,
    /// The project before it, which is copied for each.
    project: &'a Path,
    words: &'a [&'a str],
    /// The folder of the site.
    output: &'a str,
    /// How many calls of a kind fail for each reason where not all do.
    few: usize,
}

fn program(root: &Path, words: &[&str], before: &[&str]) -> Output {
    let own = [env!("CARGO_BIN_EXE_cicerone"), "--root", root.to_str().unwrap()];
    let words = [before, &own, words].concat();
    Command::new(words[0]).args(&words[1..]).env("NO_COLOR", "1").output().unwrap()
}

fn sweep_through(run: &Run<'_>) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    copy(run.project, &whole);
    let before = site(&whole.join(run.output));
    assert!(program(&whole, run.words, &[]).status.success());
    let after = site(&whole.join(run.output));
    assert!(!after.is_empty());
    let copied = folder.path().join("copy");
    sweep(run.name, run.few, |strace, what| {
        let _ = fs::remove_dir_all(&copied);
        copy(run.project, &copied);
        let failed = program(&copied, run.words, strace);
        let said = String::from_utf8_lossy(&failed.stderr).into_owned();
        let what = format!("{what}: {said}");
        let found = site(&copied.join(run.output));
        assert!(found == before || found == after, "{what}");
        match failed.status.code().unwrap() {
            0 => assert!(found == after, "{what}"),
            3 => assert!(said.contains('`'), "no place is named: {what}"),
            // The system could not start the program.
            127 if said.contains("shared librar") => {}
            code => assert_eq!(code, 0, "{what}"),
        }
        let next = program(&copied, run.words, &[]);
        let said = String::from_utf8_lossy(&next.stderr).into_owned();
        assert!(next.status.success(), "{what}and then {said}");
        assert!(site(&copied.join(run.output)) == after, "{what}");
        for place in [copied.clone(), copied.join(run.output).parent().unwrap().to_owned()] {
            let left = fs::read_dir(place).unwrap().map(|entry| entry.unwrap().file_name());
            let left: Vec<_> =
                left.filter(|name| name.to_string_lossy().contains("cicerone-")).collect();
            assert!(left.is_empty(), "{what}: {left:?}");
        }
    })
}

fn write(root: &Path) {
    put(root, "guides/site.yaml", "title: A\nlanguages: [en]\npublish: {www: {folder: srv/www}}\n");
    put(root, "guides/a/en.md", "---\ntitle: A\n---\nOne.\n");
    put(root, "guides/b/en.md", "---\ntitle: B\n---\nTwo.\n");
    fs::create_dir_all(root.join("srv")).unwrap();
}

fn edit(root: &Path) {
    put(root, "guides/a/en.md", "---\ntitle: A\n---\nOne and more.\n");
    put(root, "guides/c/en.md", "---\ntitle: C\n---\n");
    fs::remove_dir_all(root.join("guides/b")).unwrap();
}

#[test]
fn whichever_call_fails_the_output_is_one_whole_site() {
    if !can_be_tested() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    write(&place("first"));
    let build: &[&str] = &["build", "--jobs", "1"];
    let publish: &[&str] = &["publish", "--jobs", "1"];
    copy(&place("first"), &place("warm"));
    assert!(program(&place("warm"), build, &[]).status.success());
    assert!(program(&place("warm"), publish, &[]).status.success());
    copy(&place("warm"), &place("second"));
    edit(&place("second"));
    let mut runs = 0;
    for (name, project, words, output, few) in [
        ("the first build", "first", build, "output", 1),
        ("a second build", "second", build, "output", 2),
        ("a build of what is built", "warm", build, "output", 1),
        ("the first publication", "first", publish, "srv/www", 1),
        ("a second publication", "second", publish, "srv/www", 1),
    ] {
        let project = place(project);
        runs += sweep_through(&Run { name, project: &project, words, output, few });
    }
    println!("{runs} calls failed");
    assert!(runs > if is_whole() { 500 } else { 60 }, "{runs}");
}

#[test]
fn what_a_failed_clearing_left_is_cleared_by_the_next_run_even_where_nothing_changed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root);
    let build = |output: &str| {
        let built =
            program(root, &["build", "--output", &format!("{}/{output}", root.display())], &[]);
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    };
    for output in ["output", "sites/one"] {
        let (above, name) = output.rsplit_once('/').unwrap_or(("", output));
        build(output);
        let before = site(&root.join(output));
        for what in ["stage", "move"] {
            let left = root.join(above).join(format!(".{name}.cicerone-{what}"));
            fs::create_dir_all(left.join("en")).unwrap();
            fs::write(left.join("en/index.html"), "half").unwrap();
            build(output);
            assert!(!left.exists(), "{what}");
            assert!(site(&root.join(output)) == before, "{what}");
        }
    }
}
