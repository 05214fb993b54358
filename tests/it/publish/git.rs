//! A branch as a target, in a repository beside or in the project's own.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Project, assert_same, assert_tidy, paths};
use crate::project::{Files, snapshot};

/// A project that is a repository, and a bare one that it calls `origin`.
fn project(targets: &str) -> Project {
    let mut project = Project::new(targets);
    for (name, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ("GIT_AUTHOR_NAME", "Tester"),
        ("GIT_AUTHOR_EMAIL", "tester@small.example"),
        ("GIT_COMMITTER_NAME", "Tester"),
        ("GIT_COMMITTER_EMAIL", "tester@small.example"),
    ] {
        project.variables.push((name.to_owned(), value.to_owned()));
    }
    git(&project, project.folder.path(), &["init", "--quiet", "--bare", "pages.git"]);
    git(&project, project.folder.path(), &["init", "--quiet", "-b", "main"]);
    git(&project, project.folder.path(), &["remote", "add", "origin", "./pages.git"]);
    git(&project, project.folder.path(), &["add", "guides"]);
    git(&project, project.folder.path(), &["commit", "--quiet", "-m", "Guides"]);
    project
}

#[track_caller]
fn git(project: &Project, folder: &Path, words: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(words);
    command.env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE").env_remove("GIT_WORK_TREE");
    command.envs(project.variables.iter().map(|(name, value)| (name, value)));
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {words:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

/// The files of a branch, as a host would check them out.
fn checked_out(project: &Project, repository: &str, branch: &str) -> Files {
    let place = tempfile::tempdir().unwrap();
    let from = project.path(repository);
    let words = ["clone", "--quiet", "--branch", branch, from.to_str().unwrap(), "."];
    git(project, place.path(), &words);
    fs::remove_dir_all(place.path().join(".git")).unwrap();
    snapshot(place.path())
}

fn commits(project: &Project, repository: &str, branch: &str) -> usize {
    let count = git(project, &project.path(repository), &["rev-list", "--count", branch]);
    count.parse().unwrap()
}

#[test]
fn a_branch_gets_one_commit_for_each_change_of_the_site() {
    let project = project("publish: {pages: {git: {branch: gh-pages}}}");
    let state = || {
        let ask = |words: &[&str]| git(&project, project.folder.path(), words);
        (ask(&["rev-parse", "HEAD"]), ask(&["status", "--porcelain"]))
    };
    let before = state();
    let built = project.built();
    let first = project.steps(&[]);
    assert_eq!(paths(&first, "added").len(), built.len());
    assert_same(&built, &checked_out(&project, "pages.git", "gh-pages"));
    assert_eq!(commits(&project, "pages.git", "gh-pages"), 1);

    assert!(project.steps(&[]).is_empty());
    assert!(project.publishes(&[]).err.contains(": nothing changed"));
    assert_eq!(commits(&project, "pages.git", "gh-pages"), 1);

    project.edit();
    let built = project.built();
    let steps = project.steps(&[]);
    assert!(paths(&steps, "changed").contains(&"en/al/pin/index.html"), "{steps:?}");
    assert!(!steps.contains_key("en/al/sim/index.html"), "{steps:?}");
    assert_same(&built, &checked_out(&project, "pages.git", "gh-pages"));
    assert_eq!(commits(&project, "pages.git", "gh-pages"), 2);
    // The project's own branch and files are as they were.
    fs::remove_dir_all(project.path("output")).unwrap();
    git(&project, project.folder.path(), &["checkout", "--quiet", "guides"]);
    assert_eq!(before, state());
    assert_tidy(project.folder.path());
}

#[test]
fn the_tree_is_replaced_but_for_the_name_of_the_site() {
    let project = project("publish: {pages: {git: {}}}");
    let other = tempfile::tempdir().unwrap();
    let from = project.path("pages.git");
    git(&project, other.path(), &["clone", "--quiet", from.to_str().unwrap(), "."]);
    for name in ["CNAME", ".domains"] {
        fs::write(other.path().join(name), "small.example\n").unwrap();
    }
    fs::write(other.path().join("old.html"), "old").unwrap();
    git(&project, other.path(), &["checkout", "--quiet", "-b", "gh-pages"]);
    git(&project, other.path(), &["add", "."]);
    git(&project, other.path(), &["commit", "--quiet", "-m", "By hand"]);
    git(&project, other.path(), &["push", "--quiet", "origin", "gh-pages"]);
    let run = project.run(&["publish"]);
    assert_eq!(run.code, 2, "a branch of others goes only when it is asked for: {}", run.err);
    let steps = project.steps(&["--allow-delete"]);
    assert_eq!(paths(&steps, "deleted"), ["old.html"]);
    let mut built = project.built();
    for name in ["CNAME", ".domains"] {
        built.insert(name.to_owned(), b"small.example\n".to_vec());
    }
    assert_same(&built, &checked_out(&project, "pages.git", "gh-pages"));
    assert_eq!(commits(&project, "pages.git", "gh-pages"), 2);
}

#[test]
fn a_branch_of_the_projects_own_repository_will_do() {
    let project = project("publish: {pages: {git: {remote: .}}}");
    project.publishes(&[]);
    assert_same(&project.built(), &checked_out(&project, ".", "gh-pages"));
    assert!(project.steps(&[]).is_empty());
    // What is checked out is not pulled from under someone's feet.
    let own = self::project("publish: {pages: {git: {remote: ., branch: main}}}");
    let run = own.run(&["publish", "--allow-delete"]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains("`git push` failed"), "{}", run.err);
    assert_eq!(commits(&own, ".", "main"), 1);
}

#[test]
fn a_project_need_not_be_a_repository() {
    let project = project("publish: {pages: {git: {remote: ./pages.git}}}");
    fs::remove_dir_all(project.path(".git")).unwrap();
    project.publishes(&[]);
    project.edit();
    let steps = project.steps(&[]);
    assert!(paths(&steps, "changed").contains(&"en/al/pin/index.html"), "{steps:?}");
    assert_same(&project.built(), &checked_out(&project, "pages.git", "gh-pages"));
    assert_eq!(commits(&project, "pages.git", "gh-pages"), 2);
    assert!(!project.path(".git").exists());
    assert_tidy(project.folder.path());
}

#[test]
fn a_path_is_meant_from_the_projects_folder() {
    let project = project("publish: {pages: {git: {remote: ./pages.git}}, www: {folder: www}}");
    for target in ["pages", "www"] {
        let root = project.folder.path();
        let mut command = Command::new(env!("CARGO_BIN_EXE_cicerone"));
        command.arg("--root").arg(root.file_name().unwrap()).args(["publish", target]);
        command.current_dir(root.parent().unwrap());
        command.envs(project.variables.iter().map(|(name, value)| (name, value)));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_same(&checked_out(&project, "pages.git", "gh-pages"), &project.built());
    assert!(project.path("www/en/index.html").exists());
}

#[test]
fn what_was_pushed_meanwhile_is_not_overwritten() {
    let project = project("publish: {pages: {git: {}}}");
    project.publishes(&[]);
    // Somebody pushes just after the branch has been fetched.
    let bare = project.path("pages.git");
    let tree = git(&project, &bare, &["rev-parse", "gh-pages^{tree}"]);
    let words = ["commit-tree", &tree, "-p", "gh-pages", "-m", "Theirs"];
    let theirs = git(&project, &bare, &words);
    let words = ["update-ref", "-d", "refs/cicerone/gh-pages"];
    git(&project, project.folder.path(), &words);
    let hook = project.path(".git/hooks/reference-transaction");
    let bare = bare.to_str().unwrap();
    let push =
        format!("env -u GIT_DIR git --git-dir={bare} update-ref refs/heads/gh-pages {theirs}");
    let script =
        format!("#!/bin/sh\n[ \"$1\" = committed ] && grep -q cicerone && {push}\nexit 0\n");
    fs::write(&hook, script).unwrap();
    fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    project.edit();
    let run = project.run(&["publish"]);
    assert_eq!(run.code, 3, "{}", run.err);
    assert!(run.err.contains("the branch `gh-pages` was changed meanwhile"), "{}", run.err);
    assert_eq!(git(&project, Path::new(bare), &["rev-parse", "gh-pages"]), theirs);
    fs::remove_file(hook).unwrap();
    project.publishes(&[]);
    assert_same(&checked_out(&project, "pages.git", "gh-pages"), &project.built());
    assert_eq!(commits(&project, "pages.git", "gh-pages"), 3);
}

#[test]
fn a_repository_that_is_not_there_is_told() {
    let project = project("publish: {pages: {git: {remote: ./nowhere.git}}}");
    let run = project.run(&["publish"]);
    assert_eq!((run.code, run.out.as_str()), (3, ""));
    assert!(run.err.contains("`git ls-remote` failed"), "{}", run.err);
    assert!(run.err.contains("see whether `git ls-remote ./nowhere.git` works"), "{}", run.err);
    let secret = "https://me:hush@127.0.0.1:1/pages.git";
    let project = self::project(&format!("publish: {{pages: {{git: {{remote: '{secret}'}}}}}}"));
    let run = project.run(&["publish"]);
    assert_eq!(run.code, 3);
    assert!(!run.err.contains("hush"), "{}", run.err);
}
