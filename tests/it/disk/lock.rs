//! A lock that is no lock: an error within its limit, and nothing is written elsewhere.

use std::fs;
use std::os::unix::fs::symlink;
use std::time::{Duration, Instant};

use cicerone::disk::{CommitWay, OpenError, Stage, StageOptions};
use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::{output, project};

const WAIT: Duration = Duration::from_millis(300);

/// What opening a stage says with something at the lock's place.
fn refused(make: impl Fn(&std::path::Path)) -> String {
    let project = project();
    let lock = project.path().join(".output.cicerone-lock");
    make(&lock);
    let started = Instant::now();
    let options = StageOptions { wait: WAIT, way: CommitWay::Exchanged };
    let stage = Stage::open(&project.path().join("output"), project.path(), &options);
    assert!(started.elapsed() < WAIT * 20, "{:?}", started.elapsed());
    assert!(!project.path().join("elsewhere").exists());
    // What stood there is for its owner to delete.
    assert!(fs::symlink_metadata(&lock).is_ok());
    match stage.unwrap_err() {
        OpenError::Io(error) => error.to_string(),
        OpenError::Busy { reason, .. } | OpenError::Refused { reason, .. } => reason,
    }
}

#[test]
fn a_lock_that_is_a_link_is_not_followed() {
    let said = refused(|lock| symlink("elsewhere", lock).unwrap());
    assert!(said.ends_with("this is a symbolic link: delete it"), "{said}");
    let said = refused(|lock| symlink("/dev/null", lock).unwrap());
    assert!(said.ends_with("this is a symbolic link: delete it"), "{said}");
}

#[test]
fn a_lock_that_is_a_pipe_is_not_waited_for() {
    let said = refused(|lock| {
        mknodat(CWD, lock, FileType::Fifo, Mode::from_raw_mode(0o666), 0).unwrap();
    });
    assert!(said.ends_with("this is no file to lock: delete it"), "{said}");
}

#[test]
fn a_lock_that_another_holds_is_waited_for_no_longer_than_said() {
    let said = refused(|lock| {
        let file = fs::File::create(lock).unwrap();
        file.lock().unwrap();
        // Held until the test ends.
        std::mem::forget(file);
    });
    assert!(said.starts_with("another build has been writing this output"), "{said}");
}

#[test]
fn a_lock_that_a_killed_build_left_is_taken() {
    let project = project();
    fs::write(project.path().join(".output.cicerone-lock"), "").unwrap();
    let options = StageOptions { wait: WAIT, way: CommitWay::Exchanged };
    let stage = Stage::open(&project.path().join("output"), project.path(), &options).unwrap();
    stage.put(&output("index.html", "x")).unwrap();
    stage.commit().unwrap();
    assert!(!project.path().join(".output.cicerone-lock").exists());
}
