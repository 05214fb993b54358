//! Asks Git what a file used to contain. No build does this, only commands that show what has changed.
#![expect(clippy::disallowed_methods, reason = "the history of a file is known to git alone")]

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// How many commits are searched at most.
const MOST: &str = "500";

/// A file as it is in one commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The abbreviated hash of the commit.
    pub commit: String,
    /// The day of the commit, like `2026-08-22`.
    pub day: String,
    pub text: String,
}

/// Passes what `path` below `root` used to be to `visit`, newest first, until `visit` returns `false`.
/// Returns `false` if there is no repository or no Git.
pub fn history(
    root: &Path,
    path: &str,
    visit: &mut dyn FnMut(Version) -> bool,
) -> io::Result<bool> {
    let log = ["log", "--format=%h %cs", "-n", MOST, "--", path];
    let Some(log) = ask(root, &log)? else { return Ok(false) };
    for line in log.lines() {
        let Some((commit, day)) = line.split_once(' ') else { continue };
        let Some(text) = ask(root, &["cat-file", "blob", &format!("{commit}:./{path}")])? else {
            continue;
        };
        let text = text.trim_start_matches('\u{feff}').to_owned();
        let version = Version { commit: commit.to_owned(), day: day.to_owned(), text };
        if !visit(version) {
            break;
        }
    }
    Ok(true)
}

/// What Git prints; `None` if it reports an error or is not installed.
fn ask(root: &Path, words: &[&str]) -> io::Result<Option<String>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["--no-pager", "--literal-pathspecs"]).args(words);
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output();
    match output {
        Ok(output) if output.status.success() => {
            Ok(Some(String::from_utf8_lossy(&output.stdout).into_owned()))
        }
        Ok(_) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
