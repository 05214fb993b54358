//! What one run tells the next: which guides the lints found nothing in, and what the output is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::commands::project::{self, Project};
use crate::disk;
use crate::model::diagnostic::Diagnostic;
use crate::model::fingerprint::Fingerprint;
use crate::pipeline::{Cache, Counts, Options};

/// Kept in the project's folder by this very program. Without it everything is found out anew.
pub struct Memory {
    root: PathBuf,
    /// `None` where nothing can be kept.
    program: Option<String>,
    clean: BTreeSet<Fingerprint>,
    /// By their outputs.
    last: BTreeMap<Fingerprint, Last>,
}

/// More outputs than anybody builds one project into.
const OUTPUTS: usize = 16;

/// The last build of an output, in which nothing was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Last {
    made_of: Fingerprint,
    /// The list of the files of its output.
    list: Fingerprint,
    pub files: usize,
    pub counts: Counts,
}

impl Memory {
    pub fn recall(root: &Path) -> Memory {
        let program = project::program();
        let body = program.as_ref().and_then(|program| disk::recall(root, program));
        let mut memory = Memory {
            root: root.to_owned(),
            program,
            clean: BTreeSet::new(),
            last: BTreeMap::new(),
        };
        let text = String::from_utf8(body.unwrap_or_default()).unwrap_or_default();
        for line in text.lines() {
            match line.strip_prefix("last ") {
                Some(last) => memory.last.extend(Last::parse(last)),
                None => memory.clean.extend(Fingerprint::parse(line)),
            }
        }
        memory
    }

    /// What is known before anything is judged.
    pub fn cache(&self) -> Cache {
        Cache::of_clean(self.clean.clone())
    }

    pub fn learn(&mut self, cache: Cache) {
        self.clean = cache.clean().cloned().unwrap_or_default();
    }

    /// The last build, where it was made of the same and its output is as it left it.
    pub fn unchanged(&self, made_of: Fingerprint, output: &Path) -> Option<Last> {
        let last = self.last.get(&name(output)).copied();
        last.filter(|last| last.made_of == made_of && disk::is_as_built(output, last.list))
    }

    pub fn built(
        &mut self,
        made_of: Fingerprint,
        output: &Path,
        files: usize,
        counts: Counts,
        faults: &[Diagnostic],
    ) {
        self.last.remove(&name(output));
        if self.last.len() >= OUTPUTS {
            self.last.clear();
        }
        if let Some(list) = disk::list_of(output).filter(|_| faults.is_empty()) {
            self.last.insert(name(output), Last { made_of, list, files, counts });
        }
    }

    /// What cannot be kept is found out anew: that is no fault.
    pub fn keep(&self) {
        let Some(program) = &self.program else { return };
        let mut text = String::new();
        let last = self.last.iter().map(|(output, last)| format!("last {output} {last}"));
        for line in last.chain(self.clean.iter().map(Fingerprint::to_string)) {
            let _ = writeln!(text, "{line}");
        }
        let _ = disk::keep(&self.root, program, text.as_bytes());
    }
}

impl std::fmt::Display for Last {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Last { made_of, list, files, counts } = self;
        let Counts { pages, guides, operators, languages } = counts;
        write!(f, "{made_of} {list} {files} {pages} {guides} {operators} {languages}")
    }
}

impl Last {
    fn parse(text: &str) -> Option<(Fingerprint, Last)> {
        let mut words = text.split(' ');
        let output = Fingerprint::parse(words.next()?)?;
        let made_of = Fingerprint::parse(words.next()?)?;
        let list = Fingerprint::parse(words.next()?)?;
        let mut number = || words.next()?.parse().ok();
        let files = number()?;
        let counts = Counts {
            pages: number()?,
            guides: number()?,
            operators: number()?,
            languages: number()?,
        };
        Some((output, Last { made_of, list, files, counts }))
    }
}

/// An output as the memory knows it.
fn name(output: &Path) -> Fingerprint {
    Fingerprint::of_value(&output)
}

/// Of everything that a build depends on but the program.
pub fn made_of(project: &Project, options: &Options, strict: bool) -> Fingerprint {
    let Options { drafts, today, base, jobs: _ } = options;
    let asked = format!("{drafts:?} {today} {base:?} {strict}");
    let faults: Vec<&String> = project.faults.iter().map(|fault| &fault.message).collect();
    Fingerprint::of_value(&(&project.sources.texts, &project.sources.assets, asked, faults))
}
