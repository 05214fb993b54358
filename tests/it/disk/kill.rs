//! A build that is killed at any moment leaves the old site or the new one.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use cicerone::disk::{CommitWay, Stage, StageOptions};
use tempfile::TempDir;

use super::{assert_tidy, open, output, put, snapshot};

const FOLDER: &str = "CICERONE_TEST_KILL_FOLDER";
const VERSION: &str = "CICERONE_TEST_KILL_VERSION";
const WAY: &str = "CICERONE_TEST_KILL_WAY";
const FILES: usize = 300;

type Snapshot = BTreeMap<String, Vec<u8>>;

/// Version `version` of a site of which a third never changes and a third is new each time.
fn put_site(stage: &Stage, version: &str, mut after_each: impl FnMut()) {
    for file in 0..FILES {
        let text = match file % 3 {
            0 => "same".to_string(),
            _ => format!("version {version} of {file}").repeat(20),
        };
        let path = match file % 3 {
            1 => format!("{version}/{file}/index.html"),
            _ => format!("pages/{file}.html"),
        };
        stage.put(&output(&path, &text)).unwrap();
        after_each();
    }
}

/// The child's part: to say each step on a line of its own, and to be killed.
fn child() -> bool {
    let (Ok(folder), Ok(version)) = (std::env::var(FOLDER), std::env::var(VERSION)) else {
        return false;
    };
    let way =
        if std::env::var_os(WAY).is_some() { CommitWay::Ordered } else { CommitWay::Exchanged };
    let options = StageOptions { wait: Duration::from_secs(30), way };
    let folder = Path::new(&folder);
    let stage = Stage::open(&folder.join("output"), folder, &options).unwrap();
    let say = |word: &str| println!("\n{word}");
    put_site(&stage, &version, || say("put"));
    say("commit");
    stage.commit().unwrap();
    say("done");
    true
}

struct Build {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Build {
    fn start(test: &str, folder: &Path, version: &str, way: CommitWay) -> Build {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", test, "--nocapture"]).env(FOLDER, folder).env(VERSION, version);
        if way == CommitWay::Ordered {
            command.env(WAY, "ordered");
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Build { child, lines }
    }

    /// Reads until the child has said `word` `times` times.
    fn wait_for(&mut self, word: &str, times: usize) {
        let said = self.lines.by_ref().filter(|line| line.as_ref().unwrap() == word);
        assert_eq!(said.take(times).count(), times);
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The output without what no build writes, which must be there.
fn site(project: &TempDir) -> Snapshot {
    let mut site = snapshot(&project.path().join("output"));
    assert_eq!(site.remove("CNAME").unwrap(), b"example.org");
    assert_eq!(site.remove(".git/HEAD").unwrap(), b"main");
    site.remove(".git/").unwrap();
    site
}

/// What the output is when version `version` is built, nothing being killed.
fn whole(version: &str) -> Snapshot {
    let project = project();
    let stage = open(&project);
    put_site(&stage, version, || ());
    stage.commit().unwrap();
    snapshot(&project.path().join("output"))
}

/// In memory where there is such a place: on some disks a new file takes a millisecond.
fn project() -> TempDir {
    let memory = Path::new("/dev/shm");
    let project = match memory.is_dir() {
        true => tempfile::tempdir_in(memory).unwrap(),
        false => tempfile::tempdir().unwrap(),
    };
    put(project.path(), "guides/al/en.md", "# Albania");
    project
}

fn prepared() -> TempDir {
    let project = project();
    let stage = open(&project);
    put_site(&stage, "0", || ());
    stage.commit().unwrap();
    put(project.path(), "output/CNAME", "example.org");
    put(project.path(), "output/.git/HEAD", "main");
    project
}

/// How long a commit takes here, to spread the moments over.
fn commit_time(test: &str, way: CommitWay) -> Duration {
    let project = prepared();
    let mut build = Build::start(test, project.path(), "1", way);
    build.wait_for("commit", 1);
    let start = Instant::now();
    build.wait_for("done", 1);
    start.elapsed()
}

/// Builds versions 1, 2, …, each killed at another moment, and looks at the output each time.
fn kill_at(test: &str, way: CommitWay, moments: u32, mut look: impl FnMut(&TempDir, &str, &str)) {
    let project = prepared();
    let commit_time = commit_time(test, way);
    let mut last = "0".to_string();
    for moment in 1..=moments {
        let version = moment.to_string();
        let mut build = Build::start(test, project.path(), &version, way);
        if moment == moments {
            build.wait_for("done", 1);
        } else if moment % 4 == 0 {
            build.wait_for("put", FILES * moment as usize / moments as usize);
        } else {
            build.wait_for("commit", 1);
            let until = Instant::now() + commit_time * moment / moments;
            while Instant::now() < until {
                std::hint::spin_loop();
            }
        }
        build.kill();
        look(&project, &last, &version);
        last = version_of(&project).unwrap_or(last);
    }
    let stage = open(&project);
    put_site(&stage, "0", || ());
    stage.commit().unwrap();
    assert_eq!(site(&project), whole("0"));
    assert_tidy(&project);
}

/// The version whose folder the output holds.
fn version_of(project: &TempDir) -> Option<String> {
    let site = snapshot(&project.path().join("output"));
    site.into_keys().find_map(|name| name.strip_suffix("/1/index.html").map(str::to_string))
}

#[test]
fn a_killed_build_leaves_one_whole_site() {
    if child() {
        return;
    }
    let (mut old, mut new) = (0, 0);
    let test = "disk::kill::a_killed_build_leaves_one_whole_site";
    kill_at(test, CommitWay::Exchanged, 40, |project, last, version| {
        let site = site(project);
        if site == whole(last) {
            old += 1;
        } else {
            assert!(site == whole(version), "neither {last} nor {version}");
            new += 1;
        }
    });
    assert!(old > 0 && new > 0, "old {old} times, new {new} times");
}

#[test]
fn a_killed_build_of_the_ordered_way_is_mended_by_the_next() {
    if child() {
        return;
    }
    let test = "disk::kill::a_killed_build_of_the_ordered_way_is_mended_by_the_next";
    kill_at(test, CommitWay::Ordered, 20, |project, _, _| {
        let stage = open(project);
        put_site(&stage, "0", || ());
        stage.commit().unwrap();
        assert!(site(project) == whole("0"));
    });
}

#[test]
fn a_reader_finds_a_whole_site_at_every_moment_of_a_build() {
    let project = prepared();
    let page = project.path().join("output/pages/2.html");
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut missed = 0;
            while !is_over.load(Ordering::Relaxed) {
                missed += usize::from(!page.exists());
            }
            missed
        });
        for version in 1..=200 {
            let stage = open(&project);
            stage.put(&output("pages/2.html", &version.to_string())).unwrap();
            stage.commit().unwrap();
        }
        is_over.store(true, Ordering::Relaxed);
        assert_eq!(reader.join().unwrap(), 0);
    });
}
