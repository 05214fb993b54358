//! A project built in memory, as the program builds it.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a helper of tests fails loudly"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use cicerone::model::config::Base;
use cicerone::model::date::Date;
use cicerone::model::diagnostic::{Diagnostic, Outcome};
use cicerone::model::source::{SourcePath, Sources};
use cicerone::pipeline::{Drafts, Options, Prepared, Purpose, Watcher, prepare};
use cicerone::{disk, parse};

/// A site by the paths of its files.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Says past the harness, which keeps to itself what a test prints, that something is not tested here. Where nobody
/// would read it, that is an error.
pub fn not_tested(words: &str) {
    let _ = std::io::stderr().write_all(format!("\n*** NOT TESTED: {words} ***\n").as_bytes());
    assert!(std::env::var_os("CI").is_none(), "not tested: {words}");
}

/// What a build gave.
pub struct Built {
    pub prepared: Prepared,
    pub files: Files,
    pub faults: Vec<Diagnostic>,
}

pub struct Silent;

impl Watcher for Silent {
    fn phase(&self, _: &'static str, _: usize) {}
    fn tick(&self) {}
}

/// The project's own folder.
pub fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a build is asked for when nothing is asked for, on a day on which the facts are fresh.
pub fn options() -> Options {
    let today = parse::day("2026-09-01").unwrap();
    Options { drafts: Drafts::LeftOut, today, base: None, jobs: 2, purpose: Purpose::Hosting }
}

pub fn day(text: &str) -> Date {
    parse::day(text).unwrap()
}

pub fn base(text: &str) -> Option<Base> {
    Some(Base::parse(text).unwrap())
}

/// The sources of the project at `root`.
pub fn read(root: &Path) -> Outcome<Sources> {
    let settings = disk::config(root).unwrap().value;
    let exclude = parse::config(&settings).value.exclude;
    disk::read(root, &exclude).unwrap()
}

/// Sources from texts by their paths.
pub fn sources(texts: &[(&str, &str)]) -> Sources {
    let text = |(path, text): &(&str, &str)| (SourcePath::new(path), (*text).into());
    Sources { texts: texts.iter().map(text).collect(), ..Sources::default() }
}

pub fn build(sources: &Sources, options: &Options) -> Built {
    let mut faults = Vec::new();
    let prepared = prepare(sources, options, &Silent).drain_into(&mut faults);
    let files = Mutex::new(Files::new());
    let put = |output: &cicerone::model::output::Output| {
        let path = output.path.as_str().to_owned();
        let before = files.lock().unwrap().insert(path, output.bytes.to_vec());
        assert!(before.is_none(), "two files go to {}", output.path);
        Ok(())
    };
    faults.extend(prepared.render(sources, &Silent, &put).unwrap());
    Built { files: files.into_inner().unwrap(), prepared, faults }
}

/// Builds the project at `root`, which must be without errors.
pub fn build_at(root: &Path, options: &Options) -> Built {
    let mut outcome = read(root);
    let mut built = build(&outcome.value, options);
    built.faults.append(&mut outcome.diagnostics);
    let errors = built.faults.iter().filter(|fault| fault.severity.as_str() == "error");
    let errors: Vec<_> = errors.collect();
    assert!(errors.is_empty(), "{errors:#?}");
    built
}

/// A copy of `from` below `to`.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

/// Every file below `folder` with its bytes.
pub fn snapshot(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}
