//! The line at the end that sums up a run.

use std::fmt;
use std::time::Duration;

use crate::model::publication::{Plan, PlanChange};
use crate::report::order::FaultCounts;

/// How a run ended, shown on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Summary<'a> {
    Built(Built<'a>),
    NotBuilt(NotBuilt<'a>),
    Checked(Checked),
    Published(Published<'a>),
    /// Faults stopped the publishing before anything was sent.
    NotPublished(FaultCounts),
}

/// A site was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Built<'a> {
    pub pages: usize,
    pub languages: usize,
    pub guides: usize,
    pub operators: usize,
    pub elapsed: Duration,
    /// Files of the output, compared with the previous build.
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub removed: usize,
    pub output: &'a str,
    /// These are warnings and notes, which do not stop a build.
    pub faults: FaultCounts,
}

/// Faults stopped a build before anything was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotBuilt<'a> {
    pub faults: FaultCounts,
    pub previous: Previous,
    pub output: &'a str,
}

/// Whether the site of an earlier build is still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Previous {
    Kept,
    None,
}

/// Sources were checked, and nothing was meant to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    pub files: usize,
    pub faults: FaultCounts,
}

/// A site was published to a target, or would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published<'a> {
    pub target: &'a str,
    pub place: &'a str,
    pub plan: &'a Plan,
    /// `None` if the command only showed what would be done.
    pub elapsed: Option<Duration>,
    /// These are warnings, which do not stop publishing unless the target is strict, and notes.
    pub faults: FaultCounts,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Summary::Built(built) => built.fmt(f),
            Summary::NotBuilt(not_built) => not_built.fmt(f),
            Summary::Checked(checked) => checked.fmt(f),
            Summary::Published(published) => published.fmt(f),
            Summary::NotPublished(found) => {
                write!(f, "Not published: {}", faults(*found))?;
                match found.errors {
                    0 => f.write_str(", and `strict: true` of this target allows no warnings"),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl fmt::Display for Built<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Built {} in {} ({}, {}) in {}: {} → {}",
            count(self.pages, "page"),
            count(self.languages, "language"),
            count(self.guides, "guide"),
            count(self.operators, "operator"),
            seconds(self.elapsed),
            self.changes(),
            folder(self.output),
        )?;
        if self.faults.total() > 0 {
            write!(f, "; {}", faults(self.faults))?;
        }
        Ok(())
    }
}

impl Built<'_> {
    fn changes(&self) -> String {
        if self.added + self.changed + self.removed == 0 {
            return "nothing changed".into();
        }
        let parts = [
            (self.added, "added"),
            (self.changed, "changed"),
            (self.unchanged, "unchanged"),
            (self.removed, "removed"),
        ];
        told(&parts)
    }
}

fn told(parts: &[(usize, &str)]) -> String {
    let some = parts.iter().filter(|(number, _)| *number > 0);
    some.map(|(number, what)| format!("{number} {what}")).collect::<Vec<_>>().join(", ")
}

/// A number of bytes as people like to read it: `1.2 MB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

impl fmt::Display for NotBuilt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Not built: {}", faults(self.faults))?;
        if self.faults.errors == 0 {
            // Only `--strict` stops a build because of warnings.
            f.write_str(", and `--strict` allows no warnings")?;
        }
        match self.previous {
            Previous::Kept => write!(f, "; {} still holds the previous site", folder(self.output)),
            Previous::None => f.write_str("; nothing was written"),
        }
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files = count(self.files, "file");
        match self.faults {
            none if none.total() == 0 => write!(f, "No faults in {files}"),
            FaultCounts { files: 0, .. } => write!(f, "{}; {files} checked", faults(self.faults)),
            some => write!(f, "{} in {} of {files}", numbers(some), some.files),
        }
    }
}

impl fmt::Display for Published<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Published { target, place, plan, elapsed, faults: found } = self;
        match elapsed {
            None => write!(f, "Would publish to `{target}` ({place})")?,
            Some(elapsed) => {
                write!(f, "Published to `{target}` ({place}) in {}", seconds(*elapsed))?;
            }
        }
        let found = match found.total() {
            0 => String::new(),
            _ => format!("; {}", faults(*found)),
        };
        if plan.steps.is_empty() {
            return write!(f, ": nothing changed{found}");
        }
        let parts = [
            (plan.count(PlanChange::Added), "added"),
            (plan.count(PlanChange::Changed), "changed"),
            (plan.count(PlanChange::Deleted), "deleted"),
            (plan.unchanged, "unchanged"),
        ];
        write!(f, ": {}; {}{found}", told(&parts), size(plan.bytes()))
    }
}

/// For example `3 errors and 1 warning in 2 files`, without the files if no fault names one.
fn faults(faults: FaultCounts) -> String {
    match faults.files {
        0 => numbers(faults),
        files => format!("{} in {}", numbers(faults), count(files, "file")),
    }
}

fn numbers(faults: FaultCounts) -> String {
    let FaultCounts { errors, warnings, notes, .. } = faults;
    let all = [(errors, "error"), (warnings, "warning"), (notes, "note")];
    let some = all.iter().filter(|(number, _)| *number > 0);
    let counted: Vec<String> = some.map(|(number, noun)| count(*number, noun)).collect();
    match counted.as_slice() {
        [] => "no faults".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn folder(path: &str) -> String {
    format!("{}/", path.trim_end_matches('/'))
}

fn seconds(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs();
    match elapsed.as_millis() {
        0 => "under 1 ms".into(),
        milliseconds @ 1..10 => format!("{milliseconds} ms"),
        10..10_000 => format!("{:.2} s", elapsed.as_secs_f64()),
        10_000..60_000 => format!("{:.1} s", elapsed.as_secs_f64()),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
