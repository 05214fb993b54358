//! Lets the calls to the system of a run fail one by one, with `strace`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a helper of tests fails loudly"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::project::{Files, not_tested, snapshot};

/// Calls that write a site, each with what the system may say to it.
const CALLS: &[(&str, &[&str])] = &[
    ("openat2", &["EMFILE", "EINTR", "EIO", "ENOSPC"]),
    ("openat", &["EMFILE", "EIO"]),
    ("write", &["ENOSPC", "EIO", "EINTR"]),
    ("mkdirat", &["ENOSPC", "EIO", "EMFILE"]),
    ("linkat", &["EIO", "ENOSPC"]),
    ("renameat", &["EIO", "ENOSPC", "EINTR"]),
    ("renameat2", &["EIO", "ENOSPC", "EINTR"]),
    ("unlinkat", &["EIO"]),
    ("syncfs", &["EIO", "ENOSPC", "EINTR"]),
    ("fsync", &["EIO", "ENOSPC", "EINTR"]),
    ("flock", &["EIO", "EINTR"]),
];

/// `CICERONE_SWEEP=all` lets every call fail; else a few of each kind do.
const ALL: &str = "CICERONE_SWEEP";

pub fn is_whole() -> bool {
    std::env::var_os(ALL).is_some()
}

/// Whether `strace` is there; said loudly where it is not.
pub fn can_be_tested() -> bool {
    let strace = Command::new("strace").arg("-V").output();
    let is_there = strace.is_ok_and(|output| output.status.success());
    if !is_there {
        not_tested("calls to the system that fail, as strace is not installed");
    }
    is_there
}

/// Runs `attempt` once for each call that fails: with the words before the command's own, and what fails. How many
/// did. In a short run `few` calls of each kind fail for each reason.
pub fn sweep(name: &str, few: usize, mut attempt: impl FnMut(&[&str], &str)) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let log = log.to_str().unwrap();
    let mut runs = 0;
    for (call, errors) in CALLS {
        let trace = format!("trace={call}");
        attempt(&["strace", "-f", "-o", log, "-e", &trace], &format!("{name}: nothing fails"));
        let said = fs::read_to_string(log).unwrap();
        let total = said.lines().filter(|line| line.contains(&format!("{call}("))).count();
        for (salt, error) in errors.iter().enumerate() {
            for number in chosen(total, few, salt) {
                let inject = format!("inject={call}:error={error}:when={number}");
                let what = format!("{name}: {call} {number} of {total} fails with {error}");
                attempt(&["strace", "-f", "-o", log, "-e", &trace, "-e", &inject], &what);
                // A thread of its own has a count of its own.
                runs += usize::from(fs::read_to_string(log).unwrap().contains("(INJECTED)"));
            }
        }
    }
    println!("{name}: {runs} calls failed");
    runs
}

/// Which of `total` calls fail: all of them, or a few from its beginning to its end, others for each reason.
fn chosen(total: usize, few: usize, salt: usize) -> Vec<usize> {
    if is_whole() || total <= few {
        return (1..=total).collect();
    }
    let part = |at: usize| (total * (2 * at + 1) + salt * total / 3) / (2 * few) % total + 1;
    (0..few).map(part).collect()
}

/// The site in a folder, without the list of its files, which tells when they were written.
pub fn site(folder: &Path) -> Files {
    if !folder.exists() {
        return Files::new();
    }
    let mut files = snapshot(folder);
    files.retain(|path, _| path != ".cicerone-manifest.json");
    files
}
