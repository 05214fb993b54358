//! The folders that no build may write to.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use cicerone::disk::{MANIFEST, OpenError, Stage};

use super::{AT_ONCE, build, names, project, put, snapshot, text};

/// Why `output`, below the project, is refused; and that nothing was touched.
fn refusal(project: &Path, output: &Path) -> String {
    let before = snapshot(project);
    let refused = Stage::open(&project.join(output), project, &AT_ONCE);
    assert_eq!(before, snapshot(project));
    match refused {
        Err(OpenError::Refused { reason, hint }) => {
            assert!(!hint.is_empty());
            reason.replace(&project.display().to_string(), "…")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_sources_are_refused_and_what_holds_them_or_lies_in_them() {
    let project = project();
    put(project.path(), "themes/sea/page.html", "");
    symlink("guides", project.path().join("link")).unwrap();
    let refused = |output: &str| refusal(project.path(), Path::new(output));
    assert_eq!(refused("guides"), "the output `…/guides` is the source folder `guides`");
    assert_eq!(
        refused("."),
        "the output `…/` holds the source folder `guides`".replace("/`", "/.`")
    );
    assert_eq!(
        refused("themes/sea"),
        "the output `…/themes/sea` lies in the source folder `themes`"
    );
    assert_eq!(
        refused("guides/new/er"),
        "the output `…/guides/new/er` lies in the source folder `guides`"
    );
    assert_eq!(refused("link/site"), "the output `…/link/site` lies in the source folder `guides`");
    assert_eq!(
        refused("guides/../guides"),
        "the output `…/guides/../guides` is the source folder `guides`"
    );
}

#[test]
fn a_file_a_dangling_link_the_root_and_the_home_folder_are_refused() {
    let project = project();
    put(project.path(), "file", "");
    symlink("nowhere", project.path().join("dangling")).unwrap();
    let refused = |output: &str| refusal(project.path(), Path::new(output));
    assert_eq!(refused("file"), "the output `…/file` is not a folder");
    assert_eq!(refused("dangling"), "`…/dangling` is a link to nothing");
    assert!(refused("/").starts_with("the output `/` "));
    let home = std::env::home_dir().unwrap();
    assert!(refusal(project.path(), &home).ends_with("is or holds your home folder"));
}

#[test]
fn a_folder_that_no_build_wrote_is_refused() {
    let project = project();
    put(project.path(), "output/thesis.txt", "years of work");
    put(project.path(), "output/.gitignore", "*");
    let reason = refusal(project.path(), Path::new("output"));
    assert_eq!(
        reason,
        "the output `…/output` holds files that no build wrote, such as `thesis.txt`"
    );
}

#[test]
fn a_manifest_that_is_not_ours_is_refused() {
    let project = project();
    for text in ["", "{}", r#"{"version":2,"files":{}}"#] {
        put(project.path(), &format!("output/{MANIFEST}"), text);
        let reason = refusal(project.path(), Path::new("output"));
        assert!(reason.starts_with("the output `…/output` cannot be trusted: "), "{reason}");
    }
}

#[test]
fn an_empty_folder_and_one_with_a_gitignore_are_accepted() {
    let project = project();
    fs::create_dir(project.path().join("output")).unwrap();
    build(&project, &[]);
    put(project.path(), "output/.gitignore", "*");
    fs::remove_file(project.path().join("output").join(MANIFEST)).unwrap();
    build(&project, &[("index.html", "home")]);
    assert_eq!(names(&project.path().join("output")), [".gitignore", "index.html"]);
    assert_eq!(text(&project, ".gitignore"), "*");
}

#[test]
fn an_output_that_is_a_link_stays_one() {
    let project = project();
    fs::create_dir(project.path().join("public")).unwrap();
    symlink("public", project.path().join("output")).unwrap();
    build(&project, &[("index.html", "1")]);
    build(&project, &[("index.html", "2")]);
    assert_eq!(fs::read_link(project.path().join("output")).unwrap(), Path::new("public"));
    assert_eq!(fs::read_to_string(project.path().join("public/index.html")).unwrap(), "2");
}

#[test]
fn an_output_deep_in_folders_that_are_missing_is_made() {
    let project = project();
    let output = project.path().join("a/b/output");
    let stage = Stage::open(&output, project.path(), &AT_ONCE).unwrap();
    stage.put(&super::output("index.html", "home")).unwrap();
    stage.commit().unwrap();
    assert_eq!(names(&output), ["index.html"]);
}
