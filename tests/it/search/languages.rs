//! Twelve pages and twelve queries in many languages: inflected, misspelt, joined, apart.

use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{drive, prepared, published, root, shown};
use cicerone::search;

/// A site in one language, and what is asked of each of its pages.
fn site_of(tag: &str, lines: &str) -> (TempDir, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let guides = folder.path().join("guides");
    let mut queries = Vec::new();
    for (at, line) in lines.lines().enumerate() {
        let [title, text, query] =
            line.split(" | ").collect::<Vec<_>>().try_into().expect("title | text | query");
        fs::create_dir_all(guides.join(format!("p{at}"))).unwrap();
        let page = format!("---\ntitle: \"{title}\"\n---\n\n{text}\n");
        fs::write(guides.join(format!("p{at}/{tag}.md")), page).unwrap();
        queries.push(query.to_owned());
    }
    fs::write(guides.join("site.yaml"), format!("title: A\nlanguages: [{tag}]\n")).unwrap();
    (folder, queries)
}

#[test]
fn the_right_page_comes_first_in_each_language() {
    let mut files: Vec<_> = fs::read_dir(root().join("tests/search/languages"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 25);
    let mut faults = String::new();
    for path in files {
        let tag = path.file_stem().unwrap().to_str().unwrap();
        let (folder, queries) = site_of(tag, &fs::read_to_string(&path).unwrap());
        assert_eq!(queries.len(), 12, "{tag}");
        let indexes = prepared(folder.path()).0.indexes();
        let (built, _) = prepared(folder.path());
        let files = published(folder.path());
        let requests: Vec<Value> =
            queries.iter().map(|query| json!({"query": query, "language": tag})).collect();
        let answers = drive(files.path(), &requests);
        let mut first = 0;
        let mut misses = String::new();
        for (at, (query, answer)) in queries.iter().zip(&answers).enumerate() {
            let own = search::search(&indexes, 0, query, 8);
            let own: Vec<Value> = own.iter().map(|found| shown(found, &built.site)).collect();
            assert_eq!(Value::from(own), answer["hits"], "`{query}` in {tag}");
            let best = answer["hits"][0]["url"].as_str().unwrap_or_default();
            let right = best.contains(&format!("/p{at}/"));
            first += usize::from(right);
            if !right {
                writeln!(misses, "  `{query}`: {best} rather than p{at}").unwrap();
            }
        }
        if first < 11 {
            writeln!(faults, "{tag}: {first} of 12\n{misses}").unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}
