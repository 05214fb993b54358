//! What a child process does: one build, or the bare loop that it is compared with.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pulldown_cmark::{Parser, html};
use rustix::time::{ClockId, clock_gettime};

/// What one run cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Of all threads, in user and system mode.
    pub cpu: Duration,
    pub wall: Duration,
    /// The most memory that it held at once, in bytes; 0 where the system does not tell.
    pub peak: u64,
}

/// How a child names what it is to do: the first word of its arguments.
pub const CHILD: &str = "--child";

/// Runs `what` in a process of its own, so that its memory is its own.
pub fn child(what: &str, root: &Path, output: &Path, jobs: usize) -> io::Result<Cost> {
    let program = std::env::current_exe()?;
    let mut command = Command::new(program);
    command.arg(CHILD).arg(what).arg(root).arg(output).arg(jobs.to_string());
    let ran = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    let told = String::from_utf8_lossy(&ran.stdout).into_owned();
    let numbers: Vec<u64> = told.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    match numbers[..] {
        [cpu, wall, peak] if ran.status.success() => {
            Ok(Cost { cpu: Duration::from_nanos(cpu), wall: Duration::from_nanos(wall), peak })
        }
        _ => Err(io::Error::other(format!("the run `{what}` failed: {} {told}", ran.status))),
    }
}

/// In the child: does it, and tells what it cost.
pub fn run(words: &[OsString]) -> io::Result<String> {
    let word = |index: usize| words.get(index).map(PathBuf::from).unwrap_or_default();
    let (root, output) = (word(1), word(2));
    let started = Instant::now();
    match word(0).to_str() {
        Some("bare") => bare(&root, &output)?,
        Some("publish") => cicerone("publish", &root, None, &word(3))?,
        Some("check") => cicerone("check", &root, None, &word(3))?,
        _ => cicerone("build", &root, Some(&output), &word(3))?,
    }
    let wall = started.elapsed();
    Ok(format!("{} {} {}", process_time().as_nanos(), wall.as_nanos(), peak()))
}

fn cicerone(command: &str, root: &Path, output: Option<&Path>, jobs: &Path) -> io::Result<()> {
    let mut words: Vec<OsString> =
        ["cicerone", "--quiet", command, "--as-of", "2026-09-01"].map(OsString::from).to_vec();
    let mut options = vec![("--root", root)];
    options.extend(output.map(|output| ("--output", output)));
    options.extend(output.map(|_| ("--jobs", jobs)));
    for (name, value) in options {
        words.extend([name.into(), value.into()]);
    }
    match cicerone::commands::run(words) {
        cicerone::commands::Status::Fine => Ok(()),
        status => Err(io::Error::other(format!("{command}: {status:?}"))),
    }
}

/// Reads every Markdown file, turns all of it into HTML, and writes 16 kB: what cannot be saved.
fn bare(root: &Path, output: &Path) -> io::Result<()> {
    let mut folders = vec![root.join("guides")];
    let mut count = 0_usize;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&path)?;
                let mut page = String::with_capacity(16 << 10);
                html::push_html(&mut page, Parser::new_ext(&text, pulldown_cmark::Options::all()));
                let mut bytes = page.into_bytes();
                bytes.resize(16 << 10, b' ');
                let folder = output.join(count.to_string());
                fs::create_dir_all(&folder)?;
                fs::write(folder.join("index.html"), bytes)?;
                count += 1;
            }
        }
    }
    Ok(())
}

pub fn process_time() -> Duration {
    clock(ClockId::ProcessCPUTime)
}

pub fn thread_time() -> Duration {
    clock(ClockId::ThreadCPUTime)
}

fn clock(id: ClockId) -> Duration {
    let time = clock_gettime(id);
    let number = |value: i64| u64::try_from(value).unwrap_or(0);
    Duration::from_secs(number(time.tv_sec)) + Duration::from_nanos(number(time.tv_nsec))
}

/// From `/proc`, whose count begins with the program; the one of `getrusage` with its parent.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) << 10
}
