//! The program killed at any moment of a build: the output is the old site or the new one.

#![allow(clippy::print_stdout, reason = "the figures are what somebody asks for")]

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::{program, put};
use crate::project::{Files, snapshot};

/// How often each way of writing a site is killed; `CICERONE_KILLS` says how often instead, on a smaller site.
const MOMENTS: u32 = 15;
const KILLS: &str = "CICERONE_KILLS";

fn moments() -> u32 {
    std::env::var(KILLS).map_or(MOMENTS, |count| count.parse().unwrap())
}

/// A project of some three hundred pages, of which most say `word`.
fn project(root: &Path, word: &str) {
    let target = "publish: {www: {folder: ../site/output}}";
    put(
        root,
        "guides/site.yaml",
        &format!("title: Many\nlanguages: [en, sq, zh-Hans]\n{target}\n"),
    );
    let guides = if moments() > MOMENTS { 12 } else { 90 };
    for guide in 0..guides {
        let word = if guide % 5 == 0 { "same" } else { word };
        let text = format!("---\ntitle: Guide {guide}\n---\n## Part\n\n{word}\n");
        put(root, &format!("guides/al/{word}-{guide}/en.md"), &text);
    }
}

/// What writes a site.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Writer {
    Build,
    Publish,
}

fn start(root: &Path, output: &Path, writer: Writer) -> Child {
    let mut command = match writer {
        Writer::Build => program(root, &["-q", "build", "--output", output.to_str().unwrap()]),
        Writer::Publish => program(root, &["-q", "publish", "--allow-delete"]),
    };
    command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().unwrap()
}

/// How long a whole build takes here.
fn build(root: &Path, output: &Path, writer: Writer) -> Duration {
    let start_time = Instant::now();
    assert!(start(root, output, writer).wait().unwrap().success());
    start_time.elapsed()
}

/// When a build is killed.
enum Moment {
    After(Duration),
    /// So long after the program has begun to put the new site in the old one's place.
    Changing(Duration),
}

fn build_killed(root: &Path, output: &Path, writer: Writer, moment: &Moment) {
    let begin = Instant::now();
    let mut child = start(root, output, writer);
    match moment {
        Moment::After(time) => wait(begin + *time),
        Moment::Changing(time) => {
            while child.try_wait().unwrap().is_none() && !is_changing(output) {
                std::hint::spin_loop();
            }
            wait(Instant::now() + *time);
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

fn wait(until: Instant) {
    while Instant::now() < until {
        std::hint::spin_loop();
    }
}

/// Whether the finished stage has got another name than one in the making.
fn is_changing(output: &Path) -> bool {
    let beside = fs::read_dir(output.parent().unwrap()).unwrap();
    let mut names = beside.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.any(|name| name.starts_with('.') && !name.ends_with("lock") && !name.ends_with("stage"))
}

#[test]
fn a_killed_program_leaves_one_whole_site() {
    for writer in [Writer::Build, Writer::Publish] {
        kill_often(writer);
    }
}

fn kill_often(writer: Writer) {
    let memory = Path::new("/dev/shm");
    let folder = match memory.is_dir() {
        true => tempfile::tempdir_in(memory).unwrap(),
        false => tempfile::tempdir().unwrap(),
    };
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    project(&old, "before");
    project(&new, "after");
    let output = folder.path().join("site/output");
    fs::create_dir_all(output.parent().unwrap()).unwrap();
    let whole = |root: &Path| -> Files {
        build(root, &output, writer);
        snapshot(&output)
    };
    let (before, after) = (whole(&old), whole(&new));
    let moments = moments();
    assert!(before.len() > 60 && before != after, "{} files", before.len());
    build(&old, &output, writer);
    let time = build(&new, &output, writer);
    build(&old, &output, writer);
    let (mut kept, mut replaced) = (0, 0);
    for moment in 1..=moments {
        // Spread over a run, and close to the moment at which the sites change places.
        let at = match moment % 3 {
            0 => Moment::After(time * moment / moments),
            _ => {
                let near = u64::from(moment % 15 + 1);
                Moment::Changing(Duration::from_micros(near * near * 20))
            }
        };
        build_killed(&new, &output, writer, &at);
        let found = snapshot(&output);
        if found == before {
            kept += 1;
        } else {
            assert!(found == after, "{writer:?} killed at {moment} of {moments}: neither site");
            replaced += 1;
            build(&old, &output, writer);
        }
    }
    println!(
        "{writer:?}: {moments} kills, kept {kept} times, replaced {replaced} times, never torn"
    );
    assert!(kept > 0 && replaced > 0, "{writer:?}: kept {kept}, replaced {replaced} times");
    build(&new, &output, writer);
    assert!(snapshot(&output) == after);
    let left = fs::read_dir(output.parent().unwrap()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["output"]);
}
