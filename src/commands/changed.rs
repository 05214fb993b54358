//! Asks git which lines were added since a revision, so that only faults in these are reported.
#![expect(clippy::disallowed_methods, reason = "git is run by a command, never by a build")]

use std::collections::BTreeMap;
use std::io;
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::Command;

use crate::model::diagnostic::Diagnostic;
use crate::model::source::Sources;
use crate::report::Lines;

/// The lines that were added, by file, and the files that git does not know yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Added {
    lines: BTreeMap<String, Vec<RangeInclusive<usize>>>,
    new: Vec<String>,
}

/// Why git could not answer.
pub enum NotTold {
    /// Git ran and refused, for this reason.
    Refused(String),
    Missing(io::Error),
}

/// The lines of the project at `root` that are not in `revision`.
pub fn since(root: &Path, revision: &str) -> Result<Added, NotTold> {
    if revision.starts_with('-') || revision.is_empty() {
        return Err(NotTold::Refused(format!("`{revision}` is no revision")));
    }
    let diff = git(
        root,
        &[
            "diff",
            "-U0",
            "--relative",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-renames",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            revision,
            "--",
        ],
    )?;
    let new = git(root, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    let new = new.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
    Ok(Added { lines: parse(&diff), new })
}

/// Runs git without the hooks and file monitors that a stranger's clone may have.
fn git(root: &Path, words: &[&str]) -> Result<String, NotTold> {
    let output = Command::new("git")
        .args([
            "-c",
            "core.quotePath=false",
            "-c",
            "core.fsmonitor=false",
            "-c",
            "diff.mnemonicPrefix=false",
        ])
        .args(words)
        .current_dir(root)
        .output()
        .map_err(NotTold::Missing)?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let first = words.lines().next().unwrap_or("git failed").trim_start_matches("fatal: ");
    Err(NotTold::Refused(first.to_owned()))
}

/// Reads the added lines from a diff without context (`git diff -U0`).
fn parse(diff: &str) -> BTreeMap<String, Vec<RangeInclusive<usize>>> {
    let mut added: BTreeMap<String, Vec<RangeInclusive<usize>>> = BTreeMap::new();
    let mut path = None;
    // The number of lines still to come in this hunk, because an added line may look like a header.
    let mut body = 0_usize;
    for line in diff.lines() {
        if body > 0 && line.starts_with(['+', '-']) {
            body -= 1;
        } else if let Some(name) = line.strip_prefix("+++ ") {
            path = name.trim_matches('"').strip_prefix("b/").map(|name| name.trim_end().to_owned());
        } else if let Some((old, new)) = line.strip_prefix("@@ -").and_then(hunk) {
            body = old + new.1;
            if let (Some(path), 1..) = (&path, new.1) {
                added.entry(path.clone()).or_default().push(new.0..=new.0 + new.1 - 1);
            }
        }
    }
    added
}

/// Reads `12,3 +15,2 @@`: the number of old lines, and the first and the number of the new ones.
fn hunk(text: &str) -> Option<(usize, (usize, usize))> {
    let (old, rest) = text.split_once(" +")?;
    let new = rest.split(' ').next()?;
    let pair = |text: &str| {
        let (first, count) = text.split_once(',').unwrap_or((text, "1"));
        Some((first.parse::<usize>().ok()?, count.parse::<usize>().ok()?))
    };
    Some((pair(old)?.1, pair(new)?))
}

impl Added {
    /// Whether a fault is on a line that was added. A fault without a place concerns all lines.
    pub fn holds(&self, fault: &Diagnostic, sources: &Sources) -> bool {
        let Some(place) = &fault.place else { return true };
        let path = place.path.as_str();
        if self.new.iter().any(|new| new == path) {
            return true;
        }
        let Some(ranges) = self.lines.get(path) else { return false };
        let Some((_, text)) = sources.shown(path) else { return true };
        let lines = Lines::new(&text);
        let span = place.span.range();
        let (first, last) = (lines.line(span.start) + 1, lines.line(span.end) + 1);
        ranges.iter().any(|range| *range.start() <= last && first <= *range.end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn added_lines_are_read_and_what_looks_like_a_header_is_not() {
        let diff = "diff --git a/g/a.md b/g/a.md\n--- a/g/a.md\n+++ b/g/a.md\n@@ -1,0 +2,2 @@ x\n+one\n++++ b/evil.md\n@@ -9 +11 @@\n-old\n+new\n@@ -20,2 +21,0 @@\n-a\n-b\n--- a/gone.md\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n";
        let added = parse(diff);
        assert_eq!(added.len(), 1);
        assert_eq!(added["g/a.md"], [2..=3, 11..=11]);
    }
}
