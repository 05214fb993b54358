//! The search's script takes any query and any file, and finds what the program finds.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use cicerone::search::{self, Variants};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::targets::{READERS, queried};
use super::{Random, seconds, seed};
use crate::project::home;
use crate::search::{drive, shown};

/// Blocks of letters that have long been settled: Node and Rust may know different versions of Unicode.
const BLOCKS: &[std::ops::Range<u32>] = &[
    0x20..0x7F,
    0xA0..0x250,
    0x370..0x530,
    0x5D0..0x6FF,
    0x900..0x980,
    0xE00..0xE5C,
    0x3041..0x30FF,
    0x4E00..0x9FA5,
    0xAC00..0xD7A3,
    0xFF01..0xFF5E,
    0x300..0x345,
    0x2010..0x2028,
];

fn query(random: &mut Random, words: &[&str]) -> String {
    let mut query = String::new();
    for _ in 0..=random.below(4) {
        let mut word: Vec<char> = random.of(words).chars().collect();
        match random.below(8) {
            0 => word.truncate(1 + random.below(word.len())),
            1 => drop(word.remove(random.below(word.len()))),
            2 => word.insert(random.below(word.len() + 1), letter(random)),
            3 if word.len() > 1 => {
                let at = random.below(word.len() - 1);
                word.swap(at, at + 1);
            }
            4 => word = (0..=random.below(6)).map(|_| letter(random)).collect(),
            _ => {}
        }
        query.extend(word);
        query.push_str(random.of::<&str>(&[" ", "", "-", "  ", "，", ". "]));
    }
    query
}

fn letter(random: &mut Random) -> char {
    let block = random.of(BLOCKS).clone();
    let code = block.start + random.below(block.len()) as u32;
    char::from_u32(code).unwrap_or('x')
}

/// The search's files as they are published.
fn published() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in READERS.indexes.iter().flat_map(|index| search::files(&READERS.site, index)) {
        let output = file.packed();
        let path = folder.path().join(output.path.as_str());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &*output.bytes).unwrap();
    }
    folder
}

#[test]
fn the_script_takes_any_query_as_the_program_does() {
    let folder = published();
    let site = &READERS.site;
    let words: Vec<&str> =
        READERS.indexes.iter().flat_map(|index| &index.terms).map(|entry| &*entry.word).collect();
    let variants = Variants::packed(|_| true);
    let start = Instant::now();
    let seed = seed();
    let mut random = Random(seed);
    let mut count = 0;
    loop {
        let queries: Vec<String> = (0..600).map(|_| query(&mut random, &words)).collect();
        let languages: Vec<usize> =
            queries.iter().map(|_| random.below(site.config.languages.len())).collect();
        let mut requests: Vec<Value> = (queries.iter().zip(&languages))
            .map(|(query, language)| json!({"query": query, "language": site.language(*language).tag()}))
            .collect();
        requests.push(json!({"terms": queries, "variants": variants}));
        let mut answers = drive(folder.path(), &requests);
        let terms: Vec<Vec<String>> = serde_json::from_value(answers.pop().unwrap()).unwrap();
        for (at, query) in queries.iter().enumerate() {
            let own = &queried(query)[languages[at]];
            let own: Vec<Value> = own.iter().map(|found| shown(found, site)).collect();
            let of = site.language(languages[at]);
            assert_eq!(Value::from(own), answers[at]["hits"], "seed {seed}: {query:?} in {of}");
            assert_eq!(terms[at], search::terms(query, Variants::all()), "seed {seed}: {query:?}");
        }
        count += queries.len();
        if seconds().is_none_or(|seconds| start.elapsed() > Duration::from_secs(seconds)) {
            break;
        }
    }
    println!("{count} queries agree, seed {seed}");
}

#[test]
fn the_script_hangs_at_no_file_that_is_cut_or_altered() {
    let folder = published();
    let work = tempfile::tempdir().unwrap();
    let module = work.path().join("search.mjs");
    fs::copy(home().join("themes/default/assets/search.js"), &module).unwrap();
    let rounds = seconds().map_or("400".to_owned(), |seconds| format!("{seconds}s"));
    let output = Command::new("node")
        .arg(home().join("tests/search/broken.mjs"))
        .arg(&module)
        .arg(folder.path())
        .arg(rounds)
        .arg(seed().to_string())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    println!("{}", text(&output.stdout));
}
