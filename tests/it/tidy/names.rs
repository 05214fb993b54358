//! The names that people find their way by: of types, and of files that documents send them to.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "this test reads the program's own source"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{File, code, source, words};

/// The names of types that are defined in more than one file, each with those files.
fn ambiguous(files: &[File]) -> Vec<(String, Vec<String>)> {
    let mut defined: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files {
        let words = words(&code(file.production()));
        for pair in words.windows(2) {
            let defines = matches!(pair[0].as_str(), "struct" | "enum" | "trait");
            if defines && pair[1].starts_with(char::is_uppercase) {
                defined.entry(pair[1].clone()).or_default().push(file.path.clone());
            }
        }
    }
    defined.into_iter().filter(|(_, files)| files.len() > 1).collect()
}

/// The paths of the repository that stand in backquotes in a text.
fn named(text: &str) -> BTreeSet<&str> {
    let quoted = text.split('`').skip(1).step_by(2);
    let roots = ["src/", "docs/", "tests/", "themes/", "benches/", "schemas/"];
    let paths = quoted.filter(|name| roots.iter().any(|root| name.starts_with(root)));
    paths.filter(|name| !name.contains(['<', '*', ' ', '…', '{'])).collect()
}

#[test]
fn a_type_name_means_one_thing() {
    assert_eq!(ambiguous(&source()), []);
}

#[test]
fn a_doubled_name_is_seen() {
    let files = [File::new("src/a.rs", "pub struct One;"), File::new("src/b.rs", "enum One {}")];
    assert_eq!(ambiguous(&files).len(), 1);
    let tests = "struct Two;\n#[cfg(test)]\nmod tests { struct One; }";
    assert_eq!(
        ambiguous(&[File::new("src/a.rs", "struct One;"), File::new("src/b.rs", tests)]),
        []
    );
}

#[test]
fn files_that_documents_name_are_there() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = std::fs::read_to_string(home.join(document)).unwrap();
        let missing: Vec<&str> =
            named(&text).into_iter().filter(|path| !home.join(path).exists()).collect();
        assert!(missing.is_empty(), "{document} names {missing:?}");
        assert!(named(&text).len() > 5, "{document} names no files");
    }
}

#[test]
fn the_map_fits_on_a_few_screens() {
    let map = include_str!("../../../ARCHITECTURE.md");
    assert!(map.len() <= 12_000, "{} bytes", map.len());
}
