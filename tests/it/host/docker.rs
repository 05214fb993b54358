//! The Dockerfile says what there is: no Docker is needed to see that, and none has been tried.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::project::home;

fn read(path: &str) -> String {
    fs::read_to_string(home().join(path)).unwrap()
}

/// Each instruction with what stands behind it; lines that go on are one.
fn instructions() -> Vec<(String, String)> {
    let text = read("Dockerfile").replace("\\\n", " ");
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let split = |line: &str| {
        let (name, rest) = line.split_once(' ').unwrap();
        (name.to_owned(), rest.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    lines.map(split).collect()
}

fn all(name: &str) -> Vec<String> {
    let named = instructions().into_iter().filter(|(known, _)| known == name);
    named.map(|(_, rest)| rest).collect()
}

/// The words of `ENTRYPOINT ["cicerone"]`.
fn words(name: &str) -> Vec<String> {
    serde_json::from_str(&all(name).concat()).unwrap()
}

#[test]
fn what_is_copied_is_there() {
    let known = ["FROM", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD"];
    for (name, rest) in instructions() {
        assert!(known.contains(&name.as_str()), "{name} {rest}");
    }
    let manifest = read("Cargo.toml");
    let rust = manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    let from = all("FROM");
    assert_eq!(from[0], format!("rust:{}-slim-bookworm AS build", rust.trim_matches('"')));
    let build = &all("RUN")[0];
    let profile = build.strip_prefix("cargo build --locked --profile ").unwrap();
    assert!(manifest.contains(&format!("[profile.{profile}]\n")));
    let program = Path::new(&all("WORKDIR")[0]).join("target").join(profile).join("cicerone");
    let copies = all("COPY");
    for copy in &copies {
        let words: Vec<&str> = copy.split(' ').collect();
        match words.as_slice() {
            // Both systems are of one release, so that the program finds the library it was made with.
            ["--from=build", from, to] => {
                assert_eq!(Path::new(from), program);
                assert_eq!(*to, "/usr/local/bin/cicerone");
            }
            [source, "."] => assert!(home().join(source).exists(), "{source}"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(copies.len(), 2);
    assert_eq!(from[1], "debian:bookworm-slim");
}

/// Whether a path of the project is kept from Docker: by its first folder, as this file is written.
fn is_ignored(path: &str) -> bool {
    let ignored = read(".dockerignore");
    let first = path.split('/').next().unwrap();
    ignored.lines().any(|line| line == first)
}

#[test]
fn what_the_build_needs_is_sent_and_what_it_makes_is_not() {
    for path in [".git", "target", "output"] {
        assert!(is_ignored(path), "{path}");
    }
    let manifest = read("Cargo.toml");
    let named = manifest.lines().filter_map(|line| {
        let (name, value) = line.split_once(" = ")?;
        (name == "path").then(|| value.trim_matches('"').to_owned())
    });
    let needed = ["Cargo.toml", "Cargo.lock", "src/main.rs", "themes/default/templates/base.html"];
    for path in needed.map(str::to_owned).into_iter().chain(named) {
        assert!(!is_ignored(&path), "{path}");
        let folder = Path::new(&path).parent().unwrap();
        assert!(home().join(folder).is_dir(), "{path}");
    }
    // Embedded files lie below `src/` and `themes/`.
    let mut folders = vec![home().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                assert!(!text.contains("include_str!(\"../../"), "{}", path.display());
            }
        }
    }
}

#[test]
fn what_is_run_in_it_is_understood() {
    let program = env!("CARGO_BIN_EXE_cicerone");
    let entrypoint = words("ENTRYPOINT");
    assert_eq!(entrypoint, ["cicerone"]);
    let runs = |words: &[String]| Command::new(program).args(words).output().unwrap();
    assert!(runs(&words("CMD")).status.success());
    // What the README runs in it.
    let readme = read("README.md");
    let shown = readme.split("`docker run ").nth(1).unwrap().split('`').next().unwrap();
    let (options, command) = shown.split_once(" cicerone ").unwrap();
    assert!(options.contains(&format!("-v \"$PWD:{}\"", all("WORKDIR")[1])), "{options}");
    let mut command: Vec<String> = command.split(' ').map(str::to_owned).collect();
    command.push("--help".to_owned());
    assert!(runs(&command).status.success(), "{command:?}");
}
