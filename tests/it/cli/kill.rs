//! The program killed at any moment of a build: the output is the old site or the new one.

use std::path::Path;
use std::process::Stdio;
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

fn build(root: &Path, output: &Path, kill_after: Option<Duration>) -> Duration {
    let start = Instant::now();
    let mut command = program(root, &["-q", "build", "--output"]);
    let mut child = command.arg(output).stderr(Stdio::inherit()).spawn().unwrap();
    if let Some(moment) = kill_after {
        while start.elapsed() < moment {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    } else {
        assert!(child.wait().unwrap().success());
    }
    start.elapsed()
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
        build(root, &output, None);
        snapshot(&output)
    };
    let (before, after) = (whole(&old), whole(&new));
    assert!(before.len() > 280 && before != after, "{} files", before.len());
    let output = folder.path().join("site/output");
    std::fs::create_dir_all(output.parent().unwrap()).unwrap();
    build(&old, &output, None);
    let time = build(&new, &output, None);
    build(&old, &output, None);
    let (mut kept, mut replaced) = (0, 0);
    for moment in 1..=MOMENTS {
        // The last moments are close together: there the site is exchanged.
        build(&new, &output, Some(time * (MOMENTS + moment) / (2 * MOMENTS)));
        let found = snapshot(&output);
        if found == before {
            kept += 1;
        } else {
            assert!(found == after, "killed at {moment} of {MOMENTS}: neither site");
            replaced += 1;
            build(&old, &output, None);
        }
    }
    assert!(kept > 0, "kept {kept} times, replaced {replaced} times");
    build(&new, &output, None);
    assert!(snapshot(&output) == after);
    let left: Vec<_> = std::fs::read_dir(output.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["output"]);
}
