//! Publishing: what is said beforehand, what is done, and what is left where it is cut short.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test starts the program and looks at what it has sent"
)]

#[cfg(feature = "publish")]
mod endless;
mod folder;
mod git;
#[cfg(feature = "publish")]
mod moto;
mod packed;
#[cfg(feature = "publish")]
mod proxy;
mod readers;
#[cfg(feature = "publish")]
mod s3;
#[cfg(feature = "publish")]
mod signature;
mod targets;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::project::{Files, snapshot};

/// A small site with an old address, and whatever targets a test asks for.
struct Project {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// How a run went.
#[derive(Debug)]
struct Run {
    code: i32,
    out: String,
    err: String,
}

/// What a run says it does: the change by the path.
type Steps = BTreeMap<String, String>;

impl Project {
    fn new(targets: &str) -> Project {
        let project = Project { folder: tempfile::tempdir().unwrap(), variables: Vec::new() };
        let head = "title: Small\nlanguages: [en, sq]\nbase_url: https://small.example/\n";
        project.write("guides/site.yaml", &format!("{head}{targets}\n"));
        project.write("guides/al/en.md", "---\ntitle: Albania\n---\n");
        project.write(
            "guides/al/sim/en.md",
            "---\ntitle: Cancel a card\naliases: [/old-sim/]\n---\n## How\n\nAt a shop.\n",
        );
        project.write("guides/al/pin/en.md", "---\ntitle: Change the PIN\n---\n## How\n\nDial.\n");
        for name in ["card.svg", "kartë \"1\" + 2%.svg"] {
            let picture = "<svg xmlns='http://www.w3.org/2000/svg'/>";
            project.write(&format!("guides/al/pin/{name}"), picture);
        }
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Takes one guide's words away and gives it others.
    fn edit(&self) {
        let text = "---\ntitle: Change the PIN\n---\n## How\n\nDial two stars.\n";
        self.write("guides/al/pin/en.md", text);
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cicerone"));
        command.arg("--root").arg(self.folder.path()).args(words).current_dir(self.folder.path());
        command.env("NO_COLOR", "1").env("COLUMNS", "100");
        for (name, _) in std::env::vars() {
            if name.starts_with("AWS_")
                || name.starts_with("GIT_")
                || name.to_lowercase().ends_with("_proxy")
            {
                command.env_remove(name);
            }
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    fn run(&self, words: &[&str]) -> Run {
        let output = self.command(words).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    #[track_caller]
    fn publishes(&self, words: &[&str]) -> Run {
        let run = self.run(&[&["publish"], words].concat());
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        run
    }

    /// What is done, which is the very thing that `--dry-run` said.
    #[track_caller]
    fn steps(&self, words: &[&str]) -> Steps {
        let words = [words, &["--format", "json"]].concat();
        let said = self.publishes(&[words.as_slice(), &["--dry-run"]].concat()).out;
        let done = self.publishes(&words).out;
        assert_eq!(said, done);
        steps(&done)
    }

    /// What `build` writes, without the manifest.
    fn built(&self) -> Files {
        let run = self.run(&["build", "--strict"]);
        assert_eq!(run.code, 0, "{}", run.err);
        without_manifest(snapshot(&self.path("output")))
    }
}

fn steps(out: &str) -> Steps {
    let lines = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let told = |value: &Value, name: &str| value[name].as_str().map(str::to_owned);
    lines.filter_map(|line| Some((told(&line, "path")?, told(&line, "change")?))).collect()
}

fn without_manifest(mut files: Files) -> Files {
    assert!(files.remove(".cicerone-manifest.json").is_some());
    files
}

/// The paths of what is added, changed or deleted.
fn paths<'s>(steps: &'s Steps, change: &str) -> Vec<&'s str> {
    let of = steps.iter().filter(|(_, what)| *what == change);
    of.map(|(path, _)| path.as_str()).collect()
}

#[track_caller]
fn assert_same(one: &Files, other: &Files) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other));
    for (path, bytes) in one {
        assert!(other[path] == *bytes, "{path} differs");
    }
}

/// Nothing of ours is left in the project's folder.
#[track_caller]
fn assert_tidy(root: &Path) {
    let names = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = names.filter(|name| name.to_string_lossy().contains("cicerone-")).collect();
    assert!(left.is_empty(), "{left:?}");
}
