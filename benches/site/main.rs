//! The whole-site benchmark: builds made-up projects of any size, and says what a page costs.
//!
//! `cargo bench --bench site -- --pages 400,4000,20000`
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own, which measures and prints"
)]

mod corpus;
mod guide;
mod manual;
mod prose;
mod random;
mod report;
mod runs;
mod stages;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use clap::Parser;

use crate::corpus::Kind;
use crate::runs::Cost;
use crate::stages::Stages;

/// Builds made-up projects and says what a page costs: time, memory, and each stage's share.
///
/// A project of 4,000 pages has 1,000 guides in 4 languages, 600 to 1,200 words each; pages that
/// list guides come on top and are not counted. Every run is a process of its own, and of several
/// the cheapest counts. Source and output lie in memory where the system has `/dev/shm`.
#[derive(Debug, Parser)]
#[command(name = "site")]
struct Arguments {
    /// Sizes of the projects, in pages
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "400,4000,20000")]
    pages: Vec<usize>,
    /// How often each run is done
    #[arg(long, value_name = "N", default_value_t = 5)]
    repeat: usize,
    /// How many threads a build may use; 0 for one a core
    #[arg(long, value_name = "N", default_value_t = 0)]
    jobs: usize,
    /// Exit with 1 where a page costs more than 0.20 ms of CPU without the search index, on one
    /// thread, or 0.8 ms with it, memory exceeds 150 MB at 4,000 pages or 500 MB at 20,000, the cost
    /// grows faster than with an exponent of 1.05, checking takes over 2 s more than building, or
    /// publishing to a folder that holds the site already takes over 1.2 times a build that changes
    /// nothing
    #[arg(long)]
    check: bool,
    /// What the pages are
    #[arg(
        long,
        value_name = "KIND",
        value_delimiter = ',',
        default_value = "manuals,articles,guides"
    )]
    kind: Vec<Kind>,
    /// Write one project there and stop
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// What `cargo bench` adds
    #[arg(long, hide = true)]
    bench: bool,
}

/// What was found out about one size.
pub struct Measured {
    pub pages: usize,
    pub cold: Cost,
    /// A build without the search index.
    pub draw: Cost,
    /// The same on one thread, as the bare loop is: two threads of one core make each other dearer.
    pub alone: Cost,
    pub warm: Cost,
    pub check: Cost,
    /// To a folder that holds the site already.
    pub publish: Cost,
    pub bare: Cost,
    pub stages: Stages,
}

fn main() -> ExitCode {
    let words: Vec<OsString> = env::args_os().skip(1).collect();
    let done = match words.split_first() {
        Some((first, rest)) if first == runs::CHILD => child(rest),
        _ => measure(Arguments::parse()),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error}");
        ExitCode::from(3)
    })
}

fn child(words: &[OsString]) -> io::Result<ExitCode> {
    println!("{}", runs::run(words)?);
    Ok(ExitCode::SUCCESS)
}

fn measure(arguments: Arguments) -> io::Result<ExitCode> {
    let Arguments { pages, repeat, jobs, check, kind, corpus, bench: _ } = arguments;
    let guides = |pages: usize| pages.div_ceil(prose::TONGUES.len()).max(2);
    if let Some(folder) = corpus {
        let kind = kind.first().copied().unwrap_or(Kind::Guides);
        corpus::make(&folder, guides(pages.first().copied().unwrap_or(400)), kind)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut missed = Vec::new();
    for kind in kind {
        missed.extend(measure_kind(kind, &pages, repeat, jobs, guides)?);
    }
    Ok(ExitCode::from(u8::from(check && !missed.is_empty())))
}

/// The table of one kind; what is over the gates.
fn measure_kind(
    kind: Kind,
    pages: &[usize],
    repeat: usize,
    jobs: usize,
    guides: impl Fn(usize) -> usize,
) -> io::Result<Vec<String>> {
    let mut all = Vec::new();
    for &pages in pages {
        // So that a run that was killed leaves nothing behind for long: the next one clears it away.
        let folder = memory().join("cicerone-bench");
        clear(&folder)?;
        all.push(size(&folder, guides(pages), kind, repeat.max(1), jobs)?);
        clear(&folder)?;
    }
    say("");
    println!(
        "{}",
        match kind {
            Kind::Manuals => "Manuals, as people write them:",
            Kind::Guides => "Guides that use every field:",
            Kind::Articles => "Articles, as other generators can be given them too:",
        }
    );
    report::table(&mut io::stdout(), &all)?;
    let missed = report::missed(&all);
    for line in &missed {
        println!("over the gate: {line}");
    }
    println!();
    Ok(missed)
}

fn size(
    folder: &Path,
    guides: usize,
    kind: Kind,
    repeat: usize,
    jobs: usize,
) -> io::Result<Measured> {
    let pages = guides * prose::TONGUES.len();
    let (root, output) = (folder.join("project"), folder.join("output"));
    say(&format!("{pages} pages: writing the project"));
    corpus::make(&root, guides, kind)?;
    let [mut cold, mut draw, mut alone, mut warm, mut check, mut publish, mut bare] = [None; 7];
    let kept = root.join(".cicerone");
    for round in 1..=repeat {
        say(&format!("{pages} pages: run {round} of {repeat}"));
        // Nothing is known of an earlier run.
        clear(&kept)?;
        corpus::set_search(&root, "off")?;
        cheaper(&mut draw, runs::child("build", &root, &output, jobs)?);
        clear(&kept)?;
        clear(&output)?;
        cheaper(&mut alone, runs::child("build", &root, &output, 1)?);
        clear(&kept)?;
        clear(&output)?;
        corpus::set_search(&root, "on")?;
        cheaper(&mut check, runs::child("check", &root, &output, jobs)?);
        cheaper(&mut cold, runs::child("build", &root, &output, jobs)?);
        cheaper(&mut warm, runs::child("build", &root, &output, jobs)?);
        runs::child("publish", &root, &output, jobs)?;
        cheaper(&mut publish, runs::child("publish", &root, &output, jobs)?);
        clear(&output)?;
        cheaper(&mut bare, runs::child("bare", &root, &output, jobs)?);
        clear(&output)?;
    }
    say(&format!("{pages} pages: stage by stage"));
    let stages = stages::measure(&root, &output)?;
    let [Some(cold), Some(draw), Some(alone), Some(warm), Some(check), Some(publish), Some(bare)] =
        [cold, draw, alone, warm, check, publish, bare]
    else {
        return Err(io::Error::other("nothing was run"));
    };
    Ok(Measured { pages, cold, draw, alone, warm, check, publish, bare, stages })
}

fn cheaper(best: &mut Option<Cost>, cost: Cost) {
    if best.is_none_or(|best| cost.cpu < best.cpu) {
        *best = Some(cost);
    }
}

/// A folder in memory where there is one: a disk's speed is not ours.
fn memory() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { memory } else { env::temp_dir() }
}

fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// On a terminal: what is being done, in one line that the next one takes.
fn say(what: &str) {
    let mut stderr = io::stderr();
    if stderr.is_terminal() {
        let _ = write!(stderr, "\r\x1b[2K{what}");
        let _ = stderr.flush();
    }
}
