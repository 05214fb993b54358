//! Writing a site where two folders cannot change places, and after builds that were killed.

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};

use cicerone::disk::{CommitWay, MANIFEST};
use tempfile::TempDir;

use super::{assert_tidy, build, build_by, names, output, project, put, snapshot, text};

/// The site that the files make in a fresh folder.
fn whole(files: &[(&str, &str)]) -> std::collections::BTreeMap<String, Vec<u8>> {
    let project = project();
    build(&project, files);
    snapshot(&project.path().join("output"))
}

fn target(project: &TempDir) -> std::path::PathBuf {
    project.path().join("output")
}

#[test]
fn the_ordered_way_gives_the_same_site() {
    let project = project();
    build(&project, &[("a", "1"), ("b/c", "1"), ("al/index.html", "1"), ("same.html", "1")]);
    let inode = || fs::metadata(target(&project).join("same.html")).unwrap().ino();
    let before = inode();
    put(project.path(), "output/CNAME", "example.org");
    let new = [("a/c", "2"), ("b", "2"), ("style.css", "2"), ("same.html", "1")];
    let written = build_by(&project, &new, CommitWay::Ordered);
    assert_eq!((written.way, written.removed), (CommitWay::Ordered, 1));
    assert_eq!(before, inode());
    let mut expected = whole(&new);
    expected.insert("CNAME".into(), b"example.org".to_vec());
    assert_eq!(snapshot(&target(&project)), expected);
    assert_tidy(&project);
}

#[test]
fn the_ordered_way_keeps_what_was_edited_and_follows_no_link() {
    let project = project();
    build(&project, &[("a.html", "1"), ("b.html", "1")]);
    put(project.path(), "output/b.html", "mine");
    put(project.path(), "precious/index.html", "precious");
    symlink("../precious/index.html", target(&project).join("c.html")).unwrap();
    let written = build_by(&project, &[("a.html", "2"), ("c.html", "ours")], CommitWay::Ordered);
    assert_eq!(written.replaced, [output("c.html", "").path]);
    assert_eq!(text(&project, "b.html"), "mine");
    assert_eq!(text(&project, "c.html"), "ours");
    assert_eq!(fs::read_to_string(project.path().join("precious/index.html")).unwrap(), "precious");
}

#[test]
fn a_move_that_was_killed_is_taken_up_by_the_next_build() {
    let old = [("a.html", "1"), ("b.html", "1"), ("gone.html", "1")];
    let new = [("a.html", "2"), ("b.html", "2"), ("new.html", "2")];
    for placed in 0..=new.len() {
        let project = project();
        build(&project, &old);
        let (left, made) = (project.path().join(".output.cicerone-move"), super::project());
        build(&made, &new);
        fs::rename(target(&made), &left).unwrap();
        for (path, _) in &new[..placed] {
            fs::rename(left.join(path), target(&project).join(path)).unwrap();
        }
        // Building something else must not leave the half-moved site behind.
        build(&project, &[("a.html", "3")]);
        assert_eq!(snapshot(&target(&project)), whole(&[("a.html", "3")]));
        assert_tidy(&project);
    }
}

#[test]
fn an_exchange_that_was_killed_is_swept_by_the_next_build() {
    let project = project();
    build(&project, &[("a.html", "2"), ("b.html", "2")]);
    put(project.path(), "output/CNAME", "later");
    let earlier = super::project();
    build(&earlier, &[("a.html", "1"), ("gone.html", "1")]);
    put(earlier.path(), "output/CNAME", "earlier");
    put(earlier.path(), "output/.git/HEAD", "main");
    let past = fs::File::options().write(true).open(target(&earlier).join("CNAME")).unwrap();
    past.set_modified(std::time::UNIX_EPOCH).unwrap();
    fs::rename(target(&earlier), project.path().join(".output.cicerone-swap")).unwrap();
    build(&project, &[("a.html", "3")]);
    assert_eq!(names(&target(&project)), [".git/", ".git/HEAD", "CNAME", "a.html"]);
    assert_eq!(text(&project, "CNAME"), "later");
    assert_tidy(&project);
}

#[test]
fn a_half_made_stage_is_deleted_and_a_lost_output_found() {
    let project = project();
    build(&project, &[("a.html", "1")]);
    put(project.path(), ".output.cicerone-stage/al/half.html", "ha");
    fs::rename(target(&project), project.path().join(".output.cicerone-swap")).unwrap();
    let written = build(&project, &[("a.html", "1")]);
    assert_eq!(written.unchanged, 1);
    assert_eq!(names(&target(&project)), ["a.html"]);
    assert!(target(&project).join(MANIFEST).exists());
    assert_tidy(&project);
}
