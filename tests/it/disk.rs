//! What `disk` promises: nothing read from outside, and an output that is one whole site.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests are about files"
)]

mod kill;
mod lock;
mod ordered;
mod read;
mod refuse;
mod write;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use cicerone::disk::{CommitWay, MANIFEST, Stage, StageOptions, Written};
use cicerone::model::output::{Output, OutputPath};
use tempfile::TempDir;

const AT_ONCE: StageOptions = StageOptions { wait: Duration::ZERO, way: CommitWay::Exchanged };

/// A project of one guide, in which `output/` does not exist.
fn project() -> TempDir {
    let project = tempfile::tempdir().unwrap();
    put(project.path(), "guides/al/en.md", "# Albania");
    project
}

fn put(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn output(path: &str, text: &str) -> Output {
    Output { path: OutputPath::parse(path).unwrap(), bytes: Arc::new(text.as_bytes().to_vec()) }
}

fn open(project: &TempDir) -> Stage {
    Stage::open(&project.path().join("output"), project.path(), &AT_ONCE).unwrap()
}

fn build(project: &TempDir, files: &[(&str, &str)]) -> Written {
    build_by(project, files, CommitWay::Exchanged)
}

fn build_by(project: &TempDir, files: &[(&str, &str)], way: CommitWay) -> Written {
    let options = StageOptions { wait: Duration::ZERO, way };
    let stage = Stage::open(&project.path().join("output"), project.path(), &options).unwrap();
    for (path, text) in files {
        stage.put(&output(path, text)).unwrap();
    }
    stage.commit().unwrap()
}

/// Everything below `folder`: files with their bytes, links with their target, folders with `/`.
fn snapshot(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let entry = entry.unwrap();
            let path = entry.path();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                found.insert(name + "/", Vec::new());
                folders.push(path);
            } else if kind.is_symlink() {
                let target = fs::read_link(path).unwrap();
                found.insert(name, target.into_os_string().into_encoded_bytes());
            } else {
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

/// The names of `snapshot` without the manifest.
fn names(folder: &Path) -> Vec<String> {
    snapshot(folder).into_keys().filter(|name| name != MANIFEST).collect()
}

/// The output's text of `path`.
fn text(project: &TempDir, path: &str) -> String {
    fs::read_to_string(project.path().join("output").join(path)).unwrap()
}

/// Nothing of ours is left beside the output.
fn assert_tidy(project: &TempDir) {
    let left = fs::read_dir(project.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut left: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with('.')).collect();
    left.sort();
    assert!(left.is_empty(), "{left:?}");
}

/// Lets this thread go without the rights of the superuser, for whom nothing is unreadable.
fn drop_rights() {
    if rustix::process::geteuid().is_root() {
        rustix::thread::set_thread_uid(rustix::process::Uid::from_raw(65534)).unwrap();
    }
}
