//! Files that import each other: no more than three may go round in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::{File, assert_none, source};

/// Two halves of one thing may know each other, and what holds them together.
const LARGEST: usize = 3;

/// The files that each file imports, by their places.
fn imports(files: &[File]) -> Vec<BTreeSet<usize>> {
    let modules: BTreeMap<Vec<&str>, usize> =
        files.iter().enumerate().map(|(place, file)| (file.modules(), place)).collect();
    let of = |file: &File| {
        let own = file.modules();
        let words = file.words();
        let mut found = BTreeSet::new();
        for at in 0..words.len() {
            if at > 0 && words[at - 1] == "::" || words.get(at + 1).is_none_or(|word| word != "::")
            {
                continue;
            }
            let mut tree = &words[at + 2..];
            let mut start = match words[at].as_str() {
                "crate" | "cicerone" => Vec::new(),
                "self" => own.clone(),
                "super" => own[..own.len().saturating_sub(1)].to_vec(),
                child => {
                    let mut path = own.clone();
                    path.push(child);
                    if !modules.contains_key(&path) {
                        continue;
                    }
                    path
                }
            };
            while tree.len() > 1 && tree[0] == "super" && tree[1] == "::" {
                start.pop();
                tree = &tree[2..];
            }
            let mut paths = Vec::new();
            leaves(tree, &start, &mut paths);
            found.extend(paths.iter().filter_map(|path| {
                (0..=path.len()).rev().find_map(|length| modules.get(&path[..length]).copied())
            }));
        }
        found
    };
    let own = |(place, file): (usize, &File)| {
        let mut found = of(file);
        found.remove(&place);
        found
    };
    files.iter().enumerate().map(own).collect()
}

/// The paths of a tree of names, `a::{b, c::d}`, below `start`. Gives what is behind the tree.
fn leaves<'w>(
    words: &'w [String],
    start: &[&'w str],
    paths: &mut Vec<Vec<&'w str>>,
) -> &'w [String] {
    let Some((first, mut rest)) = words.split_first() else { return words };
    if first == "{" {
        while rest.first().is_some_and(|word| word != "}") {
            let behind = leaves(rest, start, paths);
            // What is no name, like a comma.
            rest = if behind.len() == rest.len() { &rest[1..] } else { behind };
        }
        return rest.get(1..).unwrap_or_default();
    }
    if !first.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return words;
    }
    let mut path = start.to_vec();
    path.push(first);
    if rest.first().is_some_and(|word| word == "::") {
        let behind = leaves(&rest[1..], &path, paths);
        if behind.len() < rest.len() - 1 {
            return behind;
        }
    }
    paths.push(path);
    rest
}

/// The groups of more than `LARGEST` files of which each leads to each other one.
fn circles(files: &[File]) -> Vec<String> {
    let imports = imports(files);
    let reached: Vec<BTreeSet<usize>> =
        (0..files.len()).map(|from| reach(from, &imports)).collect();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for from in 0..files.len() {
        let circle: Vec<usize> =
            reached[from].iter().copied().filter(|to| reached[*to].contains(&from)).collect();
        if circle.len() > LARGEST && told.insert(circle.clone()) {
            let names: Vec<&str> = circle.iter().map(|place| &*files[*place].path).collect();
            found.push(format!("{} files go round in a circle: {}", names.len(), names.join(", ")));
        }
    }
    found
}

fn reach(from: usize, imports: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(place) = next.pop() {
        next.extend(imports[place].iter().filter(|to| reached.insert(**to)));
    }
    reached
}

#[test]
fn few_files_import_each_other() {
    assert_none(&circles(&source()));
}

#[test]
fn a_circle_is_seen() {
    let files = |last: &str| {
        [
            File::new("src/a/mod.rs", "mod one; mod two; pub use one::One;"),
            File::new("src/a/one.rs", "use super::two::{self, Two};"),
            File::new("src/a/two.rs", "use crate::{model::x, a::three::Three};"),
            File::new("src/a/three.rs", last),
        ]
    };
    for last in ["use crate::a::X;", "use super::X;", "fn f() { crate::a::x() }"] {
        let found = circles(&files(last));
        assert_eq!(found.len(), 1, "{last}");
        assert!(found[0].starts_with("4 files go round in a circle: src/a/mod.rs"), "{found:?}");
    }
    for last in ["", "use crate::a::two::X;", "use crate::a::one::{X, self};", "// crate::a::X"] {
        assert!(circles(&files(last)).is_empty(), "{last}");
    }
}
