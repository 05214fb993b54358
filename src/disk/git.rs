//! Asks git what a file once was. No build does: only somebody who wants to see what has changed.
#![expect(clippy::disallowed_methods, reason = "the history of a file is known to git alone")]

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// More commits are not looked at.
const MOST: &str = "500";

/// A file as a commit has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The commit, abbreviated, and its day.
    pub commit: String,
    pub day: String,
    pub text: String,
}

/// Hands over what `path` below `root` was, newest first, until `visit` has seen enough.
/// `false` where there is no repository, or no git.
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

/// What git says; `None` where it says no, or is not there.
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
