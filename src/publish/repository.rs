//! Runs the user's own git in the project's repository, or in a temporary one.
#![expect(clippy::disallowed_methods, reason = "whoever may push is known to the user's git alone")]

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::publish::carrier::{Stop, discreet};

/// Variables that may be set if git has called us, and that would lead our git astray.
const ASTRAY: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_NAMESPACE",
];

#[derive(Debug)]
pub struct GitRepository {
    /// The project's folder, in which git runs.
    root: PathBuf,
    pub folder: PathBuf,
    index: PathBuf,
    /// Whether its history is incomplete, in which case no complete history is fetched either.
    pub is_shallow: bool,
}

impl GitRepository {
    /// The repository that contains `root`, or else a new one at `scratch`. `index` is for the tree that is
    /// being made.
    pub fn open(root: &Path, scratch: &Path, index: PathBuf) -> Result<GitRepository, Stop> {
        let mut found = git(root);
        found.args(["rev-parse", "--absolute-git-dir"]).stdin(Stdio::null());
        let found = found.output().map_err(no_git)?;
        let folder = PathBuf::from(text(&found.stdout));
        let is_found = found.status.success() && folder.is_absolute();
        let folder = if is_found { folder } else { scratch.to_owned() };
        let mut repository =
            GitRepository { root: root.to_owned(), folder, index, is_shallow: !is_found };
        if is_found {
            let shallow = repository.ask(&["rev-parse", "--is-shallow-repository"])?;
            repository.is_shallow = shallow == "true";
        } else {
            repository.run(&["init", "--quiet", "--bare"], &[])?;
        }
        Ok(repository)
    }

    /// Git's answer, without the end of the line.
    pub fn ask(&self, words: &[&str]) -> Result<String, Stop> {
        self.run(words, &[]).map(|bytes| text(&bytes))
    }

    /// Git's answer to `input`; if it fails, its complaint.
    pub fn run(&self, words: &[&str], input: &[u8]) -> Result<Vec<u8>, Stop> {
        let mut command = git(&self.root);
        command.env("GIT_DIR", &self.folder).env("GIT_INDEX_FILE", &self.index).args(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(no_git)?;
        let stdin = child.stdin.take();
        let output = std::thread::scope(|scope| {
            // The input is written while the output is read, because either pipe may fill up.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            child.wait_with_output()
        });
        let output = output.map_err(no_git)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = discreet(&text(&output.stderr)).replace('\n', "\n  ");
        let verb = words.first().unwrap_or(&"");
        Err(Stop::failed(format!("`git {verb}` failed: {said}"), "git itself says why"))
    }
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    for name in ASTRAY {
        command.env_remove(name);
    }
    command.arg("-C").arg(root).arg("--no-pager").env("LC_ALL", "C");
    command
}

fn no_git(error: io::Error) -> Stop {
    Stop::failed(format!("git cannot be run: {error}"), "install git, or choose another target")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}
