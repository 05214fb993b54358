//! The Dockerfile says what there is: no Docker is needed to see that, and none has been tried.

use std::fs;
use std::process::Command;

use crate::project::home;

fn read(path: &str) -> String {
    fs::read_to_string(home().join(path)).unwrap()
}

/// Each instruction with what stands behind it; lines that go on are one.
fn instructions() -> Vec<(String, String)> {
    let text = read("dist/Dockerfile").replace("\\\n", " ");
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
    let known = ["FROM", "ARG", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD"];
    for (name, rest) in instructions() {
        assert!(known.contains(&name.as_str()), "{name} {rest}");
    }
    assert_eq!(all("FROM"), ["debian:bookworm-slim"]);
    assert_eq!(all("ARG"), ["TARGETARCH"]);
    // Nothing is compiled: the program is static, and runs on any Linux.
    assert!(!all("RUN").concat().contains("cargo"));
    let copies = all("COPY");
    assert_eq!(copies, ["--chmod=755 $TARGETARCH/cicerone /usr/local/bin/cicerone"]);
    let processor = if cfg!(target_arch = "x86_64") { "amd64" } else { "arm64" };
    let image = super::packages::packages().join("image");
    assert!(image.join(processor).join("cicerone").is_file());
    assert_eq!(fs::read_to_string(image.join("Dockerfile")).unwrap(), read("dist/Dockerfile"));
}

#[test]
fn what_is_run_in_it_is_understood() {
    let program = env!("CARGO_BIN_EXE_cicerone");
    let entrypoint = words("ENTRYPOINT");
    assert_eq!(entrypoint, ["cicerone"]);
    let runs = |words: &[String]| Command::new(program).args(words).output().unwrap();
    assert!(runs(&words("CMD")).status.success());
    // What the documents run in it.
    let documents = read("docs/publishing.md");
    let shown = documents.split("`docker run ").nth(1).unwrap().split('`').next().unwrap();
    let (options, command) = shown.split_once(" cicerone ").unwrap();
    assert!(options.contains(&format!("-v \"$PWD:{}\"", all("WORKDIR")[0])), "{options}");
    let mut command: Vec<String> = command.split(' ').map(str::to_owned).collect();
    command.push("--help".to_owned());
    assert!(runs(&command).status.success(), "{command:?}");
}
