//! The packages that are built in: each stands on a list, so that a new one is a decision.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::assert_none;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Packages that nobody keeps any more, or that another one is to be used for, with the one to use.
const REFUSED: &[(&str, &str)] = &[
    ("ansi_term", "anstyle"),
    ("atty", "std::io::IsTerminal"),
    ("lazy_static", "std::sync::LazyLock"),
    ("openssl", "rustls"),
    ("serde_yml", "serde-saphyr"),
    ("ttf-parser", "skrifa (RUSTSEC-2026-0192)"),
    ("yaml-rust", "serde-saphyr (RUSTSEC-2024-0320)"),
];

/// What is wrong with `lock`, where the packages that are known stand in `list`, one a line.
fn faults(lock: &str, list: &str) -> Vec<String> {
    let known: BTreeSet<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    let mut faults = Vec::new();
    let mut found = BTreeSet::new();
    for package in lock.split("[[package]]\n").skip(1) {
        let value = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(name));
            line.map(|value| value.trim_matches('"'))
        };
        let name = value("name = ").unwrap_or_default();
        if let Some(source) = value("source = ").filter(|source| *source != REGISTRY) {
            faults.push(format!("`{name}` comes from {source}"));
        }
        if let Some((_, other)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
            faults.push(format!("`{name}` is not kept; use {other}"));
        }
        if name != "cicerone" {
            found.insert(name);
        }
    }
    let new = found.difference(&known).map(|name| {
        format!("`{name}` is new: say in the commit why it is needed, and add it to the list")
    });
    let gone =
        known.difference(&found).map(|name| format!("`{name}` is gone; take it off the list"));
    faults.extend(new.chain(gone));
    faults
}

#[test]
fn every_package_is_known() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    let list = root.join("tests/it/tidy/packages.txt");
    if std::env::var_os("CICERONE_BLESS").is_some() {
        let names: BTreeSet<&str> =
            lock.lines().filter_map(|line| line.strip_prefix("name = ")).collect();
        let names = names.iter().map(|name| name.trim_matches('"'));
        let names = names.filter(|name| *name != "cicerone").map(|name| format!("{name}\n"));
        fs::write(&list, names.collect::<String>()).unwrap();
    }
    assert_none(&faults(&lock, &fs::read_to_string(list).unwrap()));
}

#[test]
fn a_package_that_nobody_chose_is_seen() {
    let lock = |name: &str, source: &str| {
        format!("version = 4\n\n[[package]]\nname = \"{name}\"\nsource = \"{source}\"\n")
    };
    assert!(faults(&lock("clap", REGISTRY), "clap\n").is_empty());
    assert_eq!(faults(&lock("clap", REGISTRY), "").len(), 1);
    assert_eq!(faults(&lock("clap", REGISTRY), "clap\nserde\n").len(), 1);
    assert_eq!(faults(&lock("clap", "git+https://example.org/clap"), "clap\n").len(), 1);
    assert_eq!(faults(&lock("ttf-parser", REGISTRY), "ttf-parser\n").len(), 1);
}
