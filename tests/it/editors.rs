//! What an editor does with a project: translations that know when they are stale, new files, schemas.

mod notices;
mod staleness;

use std::sync::Arc;

use cicerone::model::diagnostic::{Diagnostic, Outcome};
use cicerone::model::source::{SourcePath, Sources};
use cicerone::parse;
use cicerone::pipeline::{Drafts, Options, Prepared, Watcher, prepare};

struct Silent;

impl Watcher for Silent {
    fn phase(&self, _: &'static str, _: usize) {}
    fn tick(&self) {}
}

/// A project of these texts below `guides/`.
pub fn sources(files: &[(&str, &str)]) -> Sources {
    let texts = files.iter().map(|(path, text)| {
        (SourcePath::new(&format!("guides/{path}")), Arc::from(text.to_owned()))
    });
    Sources { texts: texts.collect(), ..Sources::default() }
}

pub fn prepared(sources: &Sources) -> Outcome<Prepared> {
    let today = parse::day("2026-09-01").unwrap();
    prepare(sources, &Options { drafts: Drafts::LeftOut, today, base: None, jobs: 1 }, &Silent)
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
