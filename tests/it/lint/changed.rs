//! `check --changed` in a repository, and the formats for other programs.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use snapbox::{IntoData, assert_data_eq, str};

fn git(root: &Path, words: &[&str]) {
    let identity =
        ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let status = Command::new("git").args(identity).args(words).current_dir(root).output().unwrap();
    assert!(status.status.success(), "{status:?}");
}

fn check(root: &Path, words: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cicerone"));
    command.args(["--color", "never", "--root"]).arg(root).args(["check", "--as-of", "2026-09-01"]);
    let output = command.args(words).current_dir(root).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

/// A repository with one guide, which links to another that is not there.
fn project() -> tempfile::TempDir {
    let project = tempfile::tempdir().unwrap();
    let root = project.path();
    fs::create_dir_all(root.join("guides/手机")).unwrap();
    fs::write(root.join("guides/site.yaml"), "title: T\nlanguages: [en]\n").unwrap();
    fs::write(root.join("guides/手机/en.md"), "---\ntitle: A\n---\n[old](../b/)\n\nText.\n")
        .unwrap();
    git(root, &["init", "-q"]);
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "One"]);
    project
}

#[test]
fn only_lines_that_were_added_are_judged() {
    let project = project();
    let root = project.path();
    assert_eq!(check(root, &["--changed", "HEAD"]), (String::new(), Some(0)));
    fs::write(root.join("guides/手机/en.md"), "---\ntitle: A\n---\n[old](../b/)\n\n[new](../c/)\n")
        .unwrap();
    fs::create_dir_all(root.join("guides/d")).unwrap();
    fs::write(root.join("guides/d/en.md"), "---\ntitle: D\n---\n[unknown](../e/)\n").unwrap();
    let (said, code) = check(root, &["--changed", "HEAD", "--format", "github"]);
    assert_data_eq!(
        said.into_data().raw(),
        str![[r#"
::error file=guides/d/en.md,line=4,endLine=4,col=11,endColumn=16,title=broken-link::no guide is called `e`%0Ahint: a link leads to a guide by its folder (`../port-number/`), or to a file beside
::error file=guides/手机/en.md,line=6,endLine=6,col=7,endColumn=12,title=broken-link::no guide is called `c`%0Ahint: a link leads to a guide by its folder (`../port-number/`), or to a file beside

"#]]
        .raw()
    );
    assert_eq!(code, Some(1));
}

#[test]
fn what_git_does_not_know_is_refused() {
    let project = project();
    assert_eq!(check(project.path(), &["--changed", "nowhere"]), (String::new(), Some(2)));
    assert_eq!(check(project.path(), &["--changed=--output=x"]), (String::new(), Some(2)));
    assert!(!project.path().join("x").exists());
}

#[test]
fn sarif_has_what_its_schema_asks_for() {
    let project = project();
    let (said, code) = check(project.path(), &["--format", "sarif"]);
    assert_eq!(code, Some(1));
    let log: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "Cicerone");
    let result = &run["results"][0];
    let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "guides/%E6%89%8B%E6%9C%BA/en.md");
    assert_eq!(place["region"]["startLine"], 4);
    assert!(result["message"]["text"].as_str().unwrap().contains("\nhint: "));
    let clean = check(project.path(), &["--format", "sarif", "guides/site.yaml"]);
    let clean: Value = serde_json::from_str(&clean.0).unwrap();
    assert_eq!(clean["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn gitlab_knows_a_fault_that_has_moved() {
    let project = project();
    let root = project.path();
    let faults = || -> Vec<(String, u64)> {
        let (said, code) = check(root, &["--format", "gitlab"]);
        assert_eq!(code, Some(1));
        let faults: Vec<Value> = serde_json::from_str(&said).unwrap();
        for fault in &faults {
            assert_eq!(fault["severity"], "major");
            assert!(fault["description"].as_str().unwrap().contains("; hint: "), "{fault}");
        }
        let told = |fault: &Value| {
            let line = fault["location"]["lines"]["begin"].as_u64().unwrap();
            (fault["fingerprint"].as_str().unwrap().to_owned(), line)
        };
        faults.iter().map(told).collect()
    };
    let write = |text: &str| fs::write(root.join("guides/手机/en.md"), text).unwrap();
    write("---\ntitle: A\n---\n[old](../b/)\n\n[old](../b/)\n");
    let before = faults();
    let [(first, 4), (second, 6)] = before.as_slice() else { panic!("{before:?}") };
    assert_ne!(first, second);
    write("---\ntitle: A\n---\n\n[old](../b/)\n\n[old](../b/)\n");
    assert_eq!(faults(), [(first.clone(), 5), (second.clone(), 7)]);
    let nothing = check(root, &["--format", "gitlab", "guides/site.yaml"]);
    assert_eq!(nothing, ("[]\n".to_owned(), Some(0)));
}
