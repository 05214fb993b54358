//! The program killed at any moment of a build: the output is the old site or the new one.

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::{program, put};
use crate::project::{Files, snapshot};

const GUIDES: usize = 90;
const MOMENTS: u32 = 15;

/// A project of some three hundred pages, of which most say `word`.
fn project(root: &Path, word: &str) {
    put(root, "guides/site.yaml", "title: Many\nlanguages: [en, sq, zh-Hans]\n");
    for guide in 0..GUIDES {
        let word = if guide % 5 == 0 { "same" } else { word };
        let text = format!("---\ntitle: Guide {guide}\n---\n## Part\n\n{word}\n");
        put(root, &format!("guides/al/{word}-{guide}/en.md"), &text);
    }
}

fn start(root: &Path, output: &Path) -> Child {
    let mut command = program(root, &["-q", "build", "--output"]);
    command.arg(output).stderr(Stdio::inherit()).spawn().unwrap()
}

/// How long a whole build takes here.
fn build(root: &Path, output: &Path) -> Duration {
    let start_time = Instant::now();
    assert!(start(root, output).wait().unwrap().success());
    start_time.elapsed()
}

/// When a build is killed.
enum Moment {
    After(Duration),
    /// So long after the program has begun to put the new site in the old one's place.
    Changing(Duration),
}

fn build_killed(root: &Path, output: &Path, moment: &Moment) {
    let begin = Instant::now();
    let mut child = start(root, output);
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
    let memory = Path::new("/dev/shm");
    let folder = match memory.is_dir() {
        true => tempfile::tempdir_in(memory).unwrap(),
        false => tempfile::tempdir().unwrap(),
    };
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    project(&old, "before");
    project(&new, "after");
    let whole = |root: &Path| -> Files {
        let output = folder.path().join("whole");
        build(root, &output);
        snapshot(&output)
    };
    let (before, after) = (whole(&old), whole(&new));
    assert!(before.len() > 280 && before != after, "{} files", before.len());
    let output = folder.path().join("site/output");
    fs::create_dir_all(output.parent().unwrap()).unwrap();
    build(&old, &output);
    let time = build(&new, &output);
    build(&old, &output);
    let (mut kept, mut replaced) = (0, 0);
    for moment in 1..=MOMENTS {
        let at = match moment % 3 {
            0 => Moment::After(time * moment / MOMENTS),
            _ => Moment::Changing(Duration::from_micros(u64::from(moment * moment) * 20)),
        };
        build_killed(&new, &output, &at);
        let found = snapshot(&output);
        if found == before {
            kept += 1;
        } else {
            assert!(found == after, "killed at {moment} of {MOMENTS}: neither site");
            replaced += 1;
            build(&old, &output);
        }
    }
    assert!(kept > 0 && replaced > 0, "kept {kept} times, replaced {replaced} times");
    build(&new, &output);
    assert!(snapshot(&output) == after);
    let left = fs::read_dir(output.parent().unwrap()).unwrap();
    let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["output"]);
}
