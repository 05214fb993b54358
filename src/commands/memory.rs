//! What one run keeps for the next: findings in each guide, the report of each site, the last builds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::commands::project::{self, Project};
use crate::disk;
use crate::lint::LintFindings;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::fingerprint::Fingerprint;
use crate::pipeline::{Cache, Counts, Findings, Options};

/// The memory is kept in the project's folder by this very program. Without it, everything is worked out
/// again.
pub struct Memory {
    root: PathBuf,
    /// Identifies the program; `None` if nothing can be kept.
    program: Option<String>,
    findings: Kept,
    /// Everything that was wrong with a site, as JSON, by what the site is made of.
    reports: BTreeMap<Fingerprint, String>,
    /// The last builds, by output.
    last: BTreeMap<Fingerprint, Last>,
}

/// What was found in each guide: the text that was read, until somebody needs it, or the current findings.
enum Kept {
    Written(String),
    Found(Arc<Findings>),
}

/// Nobody builds one project into more outputs than this.
const OUTPUTS: usize = 16;

/// The last build of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Last {
    made_of: Fingerprint,
    /// The list of the files in its output.
    list: Fingerprint,
    pub files: usize,
    pub counts: Counts,
}

impl Memory {
    pub fn recall(root: &Path) -> Memory {
        let program = project::program();
        let body = program.as_ref().and_then(|program| disk::recall(root, program));
        let text = String::from_utf8(body.unwrap_or_default()).unwrap_or_default();
        let (mut reports, mut last) = (BTreeMap::new(), BTreeMap::new());
        let mut rest = text.as_str();
        while let Some((line, behind)) = rest.split_once('\n') {
            match line.split_once(' ') {
                Some(("last", line)) => last.extend(Last::parse(line)),
                Some(("report", line)) => reports.extend(keyed(line)),
                _ => break,
            }
            rest = behind;
        }
        let findings = Kept::Written(rest.to_owned());
        Memory { root: root.to_owned(), program, findings, reports, last }
    }

    /// What is known before anything is judged.
    pub fn cache(&self) -> Cache {
        Cache::of_findings(match &self.findings {
            Kept::Written(text) => text.lines().filter_map(finding).collect(),
            Kept::Found(findings) => findings.as_ref().clone(),
        })
    }

    pub fn learn(&mut self, cache: &Cache) {
        self.findings = Kept::Found(cache.findings().cloned().unwrap_or_default());
    }

    /// Everything that is wrong with a site made of the same things.
    pub fn report(&self, made_of: Fingerprint) -> Option<Vec<Diagnostic>> {
        serde_json::from_str(self.reports.get(&made_of)?).ok()
    }

    /// The last build, if it was made of the same things, its output is unchanged, and nothing beside that is to be repaired.
    pub fn unchanged(&self, made_of: Fingerprint, output: &Path) -> Option<Last> {
        let last = self.last.get(&name(output)).copied();
        let last = last.filter(|last| last.made_of == made_of && !disk::is_left(output));
        last.filter(|last| disk::is_as_built(output, last.list))
    }

    /// Keeps this report. Of the others, only those of sites that still exist are worth keeping.
    pub fn reported(&mut self, made_of: Fingerprint, faults: &[Diagnostic]) {
        let built: BTreeSet<Fingerprint> = self.last.values().map(|last| last.made_of).collect();
        self.reports.retain(|known, _| built.contains(known));
        // A failure of our own may not occur again.
        let is_lasting = faults.iter().all(|fault| fault.code != Code::Internal);
        if let Some(report) = serde_json::to_string(faults).ok().filter(|_| is_lasting) {
            self.reports.insert(made_of, report);
        }
    }

    pub fn built(&mut self, made_of: Fingerprint, output: &Path, files: usize, counts: Counts) {
        self.last.remove(&name(output));
        if self.last.len() >= OUTPUTS {
            self.last.clear();
        }
        if let Some(list) = disk::list_of(output) {
            self.last.insert(name(output), Last { made_of, list, files, counts });
        }
    }

    /// Writes the memory. If this fails, everything is simply worked out again next time, so no fault is
    /// reported.
    pub fn keep(&self) {
        let Some(program) = &self.program else { return };
        let mut text = String::new();
        for (output, last) in &self.last {
            let _ = writeln!(text, "last {output} {last}");
        }
        for (made_of, report) in &self.reports {
            let _ = writeln!(text, "report {made_of} {report}");
        }
        match &self.findings {
            Kept::Written(findings) => text.push_str(findings),
            Kept::Found(findings) => {
                findings.iter().for_each(|(key, found)| write_finding(*key, found, &mut text));
            }
        }
        let _ = disk::keep(&self.root, program, text.as_bytes());
    }
}

/// A fingerprint, and the text after it.
fn keyed(line: &str) -> Option<(Fingerprint, String)> {
    let (key, value) = line.split_once(' ')?;
    Some((Fingerprint::parse(key)?, value.to_owned()))
}

/// Reads the findings of one guide. Most guides are clean, and their line has only the key.
pub fn finding(line: &str) -> Option<(Fingerprint, Arc<LintFindings>)> {
    let (key, found) = line.split_once(' ').unwrap_or((line, ""));
    let found = match found {
        "" => LintFindings::default(),
        found => serde_json::from_str(found).ok()?,
    };
    Some((Fingerprint::parse(key)?, Arc::new(found)))
}

/// Writes them as a line.
pub fn write_finding(key: Fingerprint, found: &LintFindings, text: &mut String) {
    let _ = match serde_json::to_string(found) {
        _ if found.is_empty() => writeln!(text, "{key}"),
        Ok(found) => writeln!(text, "{key} {found}"),
        // The findings will be worked out again.
        Err(_) => Ok(()),
    };
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

/// The name of an output in the memory.
fn name(output: &Path) -> Fingerprint {
    Fingerprint::of_value(&output)
}

/// A fingerprint of everything that a site and its faults depend on, except the program.
pub fn made_of(project: &Project, options: &Options) -> Fingerprint {
    let Options { drafts, today, base, jobs: _, purpose: _ } = options;
    let asked = format!("{drafts:?} {today} {base:?}");
    let Project { root: _, sources, faults } = project;
    Fingerprint::of_value(&(&sources.texts, &sources.assets, asked, faults))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::SourcePath;
    use crate::model::span::Span;

    #[test]
    fn what_is_kept_is_known_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = SourcePath::new("guides/al/a/en.md");
        let fault = Diagnostic::new(Code::MixedScripts, "`ІMEI`\n\"and\" more")
            .at(&path, Span::new(3, 7))
            .related(&path, Span::new(9, 9), "here")
            .hint("write it in one script");
        let [clean, doubtful, site] = [b"1", b"2", b"3"].map(|bytes| Fingerprint::of(bytes));
        let found = Arc::new(LintFindings::from(fault.clone()));
        let findings = Findings::from([(clean, Arc::default()), (doubtful, found)]);
        let mut memory = Memory::recall(folder.path());
        memory.learn(&Cache::of_findings(findings.clone()));
        memory.reported(site, std::slice::from_ref(&fault));
        memory.keep();
        let memory = Memory::recall(folder.path());
        assert_eq!(memory.report(site), Some(vec![fault]));
        assert_eq!(memory.report(clean), None);
        assert_eq!(memory.cache().findings().map(|known| &**known), Some(&findings));
        // The findings are kept as they are until somebody needs them.
        memory.keep();
        assert_eq!(Memory::recall(folder.path()).cache().findings().unwrap().len(), 2);
    }

    #[test]
    fn a_failure_of_ours_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut memory = Memory::recall(folder.path());
        let site = Fingerprint::of(b"site");
        memory.reported(site, &[Diagnostic::new(Code::Internal, "the program failed here")]);
        assert_eq!(memory.report(site), None);
    }
}
