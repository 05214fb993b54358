//! Writing a site: one whole site or the one before, and nothing lost that is not ours.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Command;

use cicerone::disk::{CommitWay, MANIFEST, OpenError, Stage, Written};

use super::{AT_ONCE, assert_tidy, build, names, open, output, project, put, snapshot, text};

#[test]
fn a_build_says_what_it_did() {
    let project = project();
    let first = build(&project, &[("a.html", "1"), ("b.html", "22"), ("c/d.html", "3")]);
    let nothing = Written {
        added: 0,
        changed: 0,
        unchanged: 0,
        removed: 0,
        replaced: Vec::new(),
        bytes: 0,
        way: CommitWay::Exchanged,
    };
    assert_eq!(first, Written { added: 3, bytes: 4, ..nothing.clone() });
    let second = build(&project, &[("a.html", "1"), ("b.html", "23"), ("e.html", "")]);
    let expected =
        Written { added: 1, changed: 1, unchanged: 1, removed: 1, bytes: 3, ..nothing.clone() };
    assert_eq!(second, expected);
    let third = build(&project, &[("a.html", "1"), ("b.html", "23"), ("e.html", "")]);
    assert_eq!(third, Written { unchanged: 3, bytes: 3, ..nothing });
    assert_eq!(names(&project.path().join("output")), ["a.html", "b.html", "e.html"]);
    assert_tidy(&project);
}

#[test]
fn the_manifest_is_the_same_for_the_same_site() {
    let (one, other) = (project(), project());
    build(&one, &[("a.html", "1"), ("b.html", "2")]);
    build(&other, &[("x.html", "0")]);
    build(&other, &[("b.html", "2"), ("a.html", "1")]);
    assert_eq!(text(&one, MANIFEST), text(&other, MANIFEST));
}

#[test]
fn an_unchanged_file_keeps_its_inode_and_time() {
    let project = project();
    build(&project, &[("same.html", "same"), ("other.html", "1")]);
    let facts = |name: &str| {
        let metadata = fs::metadata(project.path().join("output").join(name)).unwrap();
        (metadata.ino(), metadata.modified().unwrap())
    };
    let (same, other) = (facts("same.html"), facts("other.html"));
    build(&project, &[("same.html", "same"), ("other.html", "2")]);
    assert_eq!(same, facts("same.html"));
    assert_ne!(other, facts("other.html"));
}

#[test]
fn a_site_that_did_not_change_is_not_touched() {
    let project = project();
    build(&project, &[("a.html", "1")]);
    let inode = || fs::metadata(project.path().join("output")).unwrap().ino();
    let before = inode();
    build(&project, &[("a.html", "1")]);
    assert_eq!(before, inode());
}

#[test]
fn a_page_edited_by_hand_is_mended() {
    let project = project();
    build(&project, &[("a.html", "1")]);
    put(project.path(), "output/a.html", "2");
    assert_eq!(build(&project, &[("a.html", "1")]).changed, 1);
    assert_eq!(text(&project, "a.html"), "1");
}

#[test]
fn what_no_build_wrote_survives() {
    let project = project();
    build(&project, &[("index.html", "1"), ("al/index.html", "1"), ("old/page.html", "1")]);
    let output = project.path().join("output");
    put(project.path(), "output/CNAME", "example.org");
    put(project.path(), "output/.git/objects/ab/cd", "object");
    put(project.path(), "output/al/note.txt", "mine");
    put(project.path(), "output/old/photo.jpg", "mine");
    fs::create_dir_all(output.join("empty/er")).unwrap();
    symlink("CNAME", output.join("link")).unwrap();
    symlink("nowhere", output.join("al/dangling")).unwrap();
    let private = |path: &str, mode| {
        fs::set_permissions(output.join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    private(".git/objects/ab/cd", 0o444);
    private(".git/objects/ab", 0o555);
    private("empty", 0o700);
    private("", 0o711);
    let inode = fs::metadata(output.join("CNAME")).unwrap().ino();
    let mut expected = snapshot(&output);
    expected.remove("old/page.html");
    expected.insert("index.html".into(), b"2".to_vec());

    build(&project, &[("index.html", "2"), ("al/index.html", "1")]);
    expected.insert(MANIFEST.into(), text(&project, MANIFEST).into_bytes());
    assert_eq!(snapshot(&output), expected);
    assert_eq!(fs::metadata(output.join("CNAME")).unwrap().ino(), inode);
    let mode = |path: &str| fs::metadata(output.join(path)).unwrap().mode() & 0o7777;
    let modes = [mode(".git/objects/ab/cd"), mode(".git/objects/ab"), mode("empty"), mode("")];
    assert_eq!(modes, [0o444, 0o555, 0o700, 0o711]);
    assert_tidy(&project);
}

#[test]
fn a_page_edited_by_hand_that_the_site_no_longer_has_survives() {
    let project = project();
    build(&project, &[("a.html", "1"), ("b.html", "1")]);
    put(project.path(), "output/b.html", "mine");
    assert_eq!(build(&project, &[("a.html", "2")]).removed, 0);
    assert_eq!(text(&project, "b.html"), "mine");
    build(&project, &[("a.html", "3")]);
    assert_eq!(text(&project, "b.html"), "mine");
}

#[test]
fn a_strange_file_whose_place_the_site_takes_is_told() {
    let project = project();
    build(&project, &[("a.html", "1")]);
    put(project.path(), "output/CNAME", "mine.example");
    put(project.path(), "output/robots.txt", "same");
    let written = build(&project, &[("a.html", "1"), ("CNAME", "ours"), ("robots.txt", "same")]);
    assert_eq!(written.replaced, [output("CNAME", "").path]);
    assert_eq!(text(&project, "CNAME"), "ours");
}

#[test]
fn a_strange_file_where_a_folder_is_needed_is_told_and_nothing_changes() {
    let project = project();
    let target = project.path().join("output");
    build(&project, &[("a.html", "1")]);
    put(project.path(), "output/al", "a file");
    put(project.path(), "output/b.html/x", "in a folder");
    let before = snapshot(&target);
    for path in ["al/index.html", "b.html"] {
        let stage = open(&project);
        stage.put(&output(path, "2")).unwrap();
        let error = stage.commit().unwrap_err().to_string();
        assert!(error.contains("is not from an earlier build"), "{error}");
        assert_eq!(before, snapshot(&target));
        assert_tidy(&project);
    }
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let project = project();
    build(&project, &[("a", "1"), ("b/c", "1")]);
    build(&project, &[("a/c", "2"), ("b", "2")]);
    assert_eq!(names(&project.path().join("output")), ["a/", "a/c", "b"]);
}

#[test]
fn a_link_in_the_output_is_not_written_through() {
    let project = project();
    build(&project, &[("a.html", "1")]);
    put(project.path(), "precious/index.html", "precious");
    let target = project.path().join("output");
    symlink("../precious/index.html", target.join("b.html")).unwrap();
    symlink("../precious/index.html", target.join("same.html")).unwrap();
    build(&project, &[("a.html", "1"), ("b.html", "ours"), ("same.html", "precious")]);
    assert_eq!(text(&project, "b.html"), "ours");
    assert!(fs::symlink_metadata(target.join("same.html")).unwrap().is_file());
    symlink("../precious", target.join("al")).unwrap();
    let stage = open(&project);
    stage.put(&output("al/index.html", "ours")).unwrap();
    stage.commit().unwrap_err();
    assert_eq!(fs::read_to_string(project.path().join("precious/index.html")).unwrap(), "precious");
}

#[test]
fn a_stage_that_is_not_committed_leaves_nothing() {
    let project = project();
    drop(open(&project));
    assert!(!project.path().join("output").exists());
    build(&project, &[("a.html", "1")]);
    let before = snapshot(&project.path().join("output"));
    let stage = open(&project);
    stage.put(&output("a.html", "2")).unwrap();
    drop(stage);
    assert_eq!(before, snapshot(&project.path().join("output")));
    assert_tidy(&project);
}

#[test]
fn two_files_with_one_path_and_the_name_of_the_manifest_are_errors() {
    let project = project();
    for twice in [["a.html", "a.html"], ["a", "a/b"], ["a/b", "a"], ["a", MANIFEST]] {
        let stage = open(&project);
        stage.put(&output(twice[0], "1")).unwrap();
        let error = stage.put(&output(twice[1], "2")).unwrap_err().to_string();
        assert!(error.contains(&format!("output/{}`", twice[1])), "{error}");
        stage.commit().unwrap_err();
        assert!(!project.path().join("output").exists());
    }
}

#[test]
fn many_threads_put_at_once() {
    let project = project();
    for text in ["1", "2"] {
        let stage = open(&project);
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let stage = &stage;
                scope.spawn(move || {
                    for file in 0..50 {
                        stage.put(&output(&format!("{file}/deep/{thread}.html"), text)).unwrap();
                    }
                });
            }
        });
        stage.commit().unwrap();
        let site = snapshot(&project.path().join("output"));
        let pages = site.iter().filter(|(name, _)| name.ends_with(".html"));
        assert_eq!(pages.filter(|(_, bytes)| *bytes == text.as_bytes()).count(), 200);
    }
}

#[test]
fn a_second_build_is_told_that_the_first_is_writing() {
    let project = project();
    let first = open(&project);
    let target = project.path().join("output");
    match Stage::open(&target, project.path(), &AT_ONCE) {
        Err(OpenError::Busy { reason, .. }) => {
            assert!(reason.contains("another build"), "{reason}")
        }
        other => panic!("{other:?}"),
    }
    first.put(&output("a.html", "1")).unwrap();
    first.commit().unwrap();
    drop(open(&project));
}

#[test]
fn a_second_build_waits_for_the_first() {
    let project = project();
    let first = open(&project);
    let target = project.path().join("output");
    std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let stage = Stage::open(&target, project.path(), &Default::default()).unwrap();
            stage.put(&output("a.html", "second")).unwrap();
            stage.commit().unwrap()
        });
        first.put(&output("a.html", "first")).unwrap();
        first.commit().unwrap();
        assert_eq!(second.join().unwrap().changed, 1);
    });
    assert_eq!(text(&project, "a.html"), "second");
    assert_tidy(&project);
}

const FULL: &str = "CICERONE_TEST_FULL_DISK";

/// The limit on the size of a file stands for a disk that is full: a write ends half-way.
#[test]
fn a_full_disk_leaves_the_previous_output() {
    if let Some(folder) = std::env::var_os(FULL) {
        let stage = Stage::open(&folder.join_output(), folder.as_ref(), &AT_ONCE).unwrap();
        stage.put(&output("a.html", "2")).unwrap();
        let error = stage.put(&output("large.html", &"x".repeat(1 << 20))).unwrap_err();
        assert!(error.to_string().contains("output/large.html`: "), "{error}");
        stage.commit().unwrap_err();
        return;
    }
    let project = project();
    build(&project, &[("a.html", "1"), ("large.html", "1")]);
    let before = snapshot(&project.path().join("output"));
    let status = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "disk::write::a_full_disk_leaves_the_previous_output"])
        .env(FULL, project.path())
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stdout));
    assert!(String::from_utf8_lossy(&status.stdout).contains("1 passed"));
    assert_eq!(before, snapshot(&project.path().join("output")));
    assert_tidy(&project);
}

#[test]
fn a_folder_that_may_not_be_written_to_is_an_error_that_names_it() {
    let project = project();
    build(&project, &[("a.html", "1")]);
    let before = snapshot(project.path());
    fs::set_permissions(project.path(), fs::Permissions::from_mode(0o555)).unwrap();
    super::drop_rights();
    match Stage::open(&project.path().join("output"), project.path(), &AT_ONCE) {
        Err(OpenError::Io(error)) => {
            assert_eq!(error.kind(), std::io::ErrorKind::PermissionDenied);
            assert!(error.to_string().contains(".output.cicerone-lock`: "), "{error}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(before, snapshot(project.path()));
}

trait JoinOutput {
    fn join_output(&self) -> std::path::PathBuf;
}

impl JoinOutput for std::ffi::OsString {
    fn join_output(&self) -> std::path::PathBuf {
        std::path::Path::new(self).join("output")
    }
}
