//! What an editor does with a project: translations that know when they are stale, new files, schemas.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "these tests run the program on projects of their own"
)]

mod commands;
mod hotline;
mod languages;
mod new;
mod notices;
mod schemas;
mod scripts;
mod staleness;

use cicerone::model::diagnostic::{Diagnostic, Outcome};
use cicerone::model::source::{SourcePath, Sources};
use cicerone::parse;
use cicerone::pipeline::{Drafts, Options, Prepared, Watcher, prepare};

/// A project on disk.
pub struct Project(tempfile::TempDir);

impl Project {
    pub fn new(files: &[(&str, &str)]) -> Project {
        let project = Project(tempfile::tempdir().unwrap());
        for (path, text) in files {
            project.put(&format!("guides/{path}"), text);
        }
        project
    }

    pub fn put(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn place(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    pub fn has(&self, path: &str) -> bool {
        self.0.path().join(path).exists()
    }

    pub fn get(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.path().join(path)).unwrap()
    }

    pub fn edit(&self, path: &str, was: &str, is: &str) {
        let text = self.get(path);
        assert!(text.contains(was), "{text}");
        self.put(path, &text.replacen(was, is, 1));
    }

    /// The program's exit code and what it prints: results, then talk.
    pub fn run(&self, words: &str) -> (i32, String, String) {
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_cicerone"));
        self.start(program, words)
    }

    pub fn git(&self, words: &str) {
        let (code, _, talk) = self.start(std::path::Path::new("git"), words);
        assert_eq!(code, 0, "{talk}");
    }

    fn start(&self, program: &std::path::Path, words: &str) -> (i32, String, String) {
        let mut command = std::process::Command::new(program);
        command.args(words.split(' ')).current_dir(self.0.path());
        // Neither the machine's settings nor the repository round this one count.
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CEILING_DIRECTORIES", "/");
        let output = command.stdin(std::process::Stdio::null()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

struct Silent;

impl Watcher for Silent {
    fn phase(&self, _: &'static str, _: usize) {}
    fn tick(&self) {}
}

/// A project of these texts below `guides/`.
pub fn sources(files: &[(&str, &str)]) -> Sources {
    let texts = files
        .iter()
        .map(|(path, text)| (SourcePath::new(&format!("guides/{path}")), (*text).into()));
    Sources { texts: texts.collect(), ..Sources::default() }
}

pub fn prepared(sources: &Sources) -> Outcome<Prepared> {
    let today = parse::day("2026-09-01").unwrap();
    prepare(
        sources,
        &Options {
            drafts: Drafts::LeftOut,
            today,
            base: None,
            jobs: 1,
            purpose: cicerone::pipeline::Purpose::Hosting,
        },
        &Silent,
    )
}

/// Every page by its path, drawn.
pub fn pages(sources: &Sources) -> std::collections::BTreeMap<String, String> {
    let pages = std::sync::Mutex::new(std::collections::BTreeMap::new());
    let prepared = prepared(sources).value;
    let faults = prepared.render(sources, &Silent, &|output| {
        let text = String::from_utf8_lossy(&output.bytes).into_owned();
        pages.lock().unwrap().insert(output.path.to_string(), text);
        Ok(())
    });
    assert_eq!(faults.unwrap(), []);
    pages.into_inner().unwrap()
}

/// `code path: message`, one a line.
pub fn told(faults: &[Diagnostic]) -> String {
    let line = |fault: &Diagnostic| {
        let path = fault.place.as_ref().map_or("", |place| place.path.as_str());
        format!("{} {path}: {}\n", fault.code.as_str(), fault.message)
    };
    faults.iter().map(line).collect()
}
