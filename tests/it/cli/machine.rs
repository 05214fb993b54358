//! Faults of the machine: whichever call to the system fails, the output is the old site or the new one.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::put;
use crate::project::{Files, copy, not_tested, snapshot};

/// Calls that a build makes on its way, each with what the system may say to it.
const CALLS: &[(&str, &[&str])] = &[
    ("openat2", &["EMFILE"]),
    ("write", &["ENOSPC", "EINTR"]),
    ("mkdirat", &["ENOSPC"]),
    ("linkat", &["EIO"]),
    ("renameat", &["EIO"]),
    ("renameat2", &["EIO", "ENOSPC"]),
    ("unlinkat", &["EIO"]),
    ("syncfs", &["EIO"]),
    ("fsync", &["EIO"]),
    ("flock", &["EIO"]),
];

/// Of the calls of a kind of which a build makes many, each so many-eth fails.
fn step(call: &str) -> usize {
    if call == "openat2" { 4 } else { 1 }
}

/// As many calls of a kind fail, one a run; a small build makes fewer of each.
const MOST: usize = 200;

fn build(root: &Path, before: &[&str]) -> Output {
    let words =
        [env!("CARGO_BIN_EXE_cicerone"), "--root", root.to_str().unwrap(), "build", "--jobs", "1"];
    let words = [before, &words].concat();
    Command::new(words[0]).args(&words[1..]).env("NO_COLOR", "1").output().unwrap()
}

/// The site without the list of its files, which tells when they were written.
fn site(root: &Path) -> Files {
    let mut files = snapshot(&root.join("output"));
    files.retain(|path, _| path != ".cicerone-manifest.json");
    files
}

#[test]
fn whichever_call_fails_the_output_is_one_whole_site() {
    let strace = Command::new("strace").arg("-V").output();
    if !strace.is_ok_and(|output| output.status.success()) {
        return not_tested("calls to the system that fail, as strace is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let (project, after) = (folder.path().join("project"), folder.path().join("after"));
    put(&project, "guides/site.yaml", "title: A\nlanguages: [en]\n");
    put(&project, "guides/a/en.md", "---\ntitle: A\n---\nOne.\n");
    put(&project, "guides/b/en.md", "---\ntitle: B\n---\nTwo.\n");
    assert!(build(&project, &[]).status.success());
    let before = site(&project);
    put(&project, "guides/a/en.md", "---\ntitle: A\n---\nOne and more.\n");
    put(&project, "guides/c/en.md", "---\ntitle: C\n---\n");
    fs::remove_dir_all(project.join("guides/b")).unwrap();
    copy(&project, &after);
    assert!(build(&after, &[]).status.success());
    let after = site(&after);
    let log = folder.path().join("log");
    let mut runs = 0;
    for (call, errors) in CALLS {
        for error in *errors {
            for number in (1..=MOST).step_by(step(call)) {
                let copied = folder.path().join("copy");
                let _ = fs::remove_dir_all(&copied);
                copy(&project, &copied);
                let (trace, inject) =
                    (format!("trace={call}"), format!("inject={call}:error={error}:when={number}"));
                let log_path = log.to_str().unwrap();
                let run =
                    build(&copied, &["strace", "-f", "-o", log_path, "-e", &trace, "-e", &inject]);
                if !fs::read_to_string(&log).unwrap_or_default().contains("(INJECTED)") {
                    break;
                }
                runs += 1;
                let said = String::from_utf8_lossy(&run.stderr).into_owned();
                let what = format!("{call} {number} fails with {error}: {said}");
                let found = site(&copied);
                assert!(found == before || found == after, "{what}");
                match run.status.code().unwrap() {
                    0 => assert!(found == after, "{what}"),
                    3 => assert!(said.contains('`'), "no place is named: {what}"),
                    code => panic!("{code}: {what}"),
                }
                let next = build(&copied, &[]);
                let said = String::from_utf8_lossy(&next.stderr).into_owned();
                assert!(next.status.success(), "{what}and then {said}");
                assert!(site(&copied) == after, "{what}");
                let left = fs::read_dir(&copied).unwrap().filter(|entry| {
                    entry.as_ref().unwrap().file_name().to_string_lossy().contains("cicerone-")
                });
                assert_eq!(left.count(), 0, "{what}");
            }
        }
    }
    println!("{runs} calls failed");
    assert!(runs > 50, "{runs}");
}
