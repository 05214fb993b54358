//! Every way in which files change shows: the right page, or none, soon.

use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use super::{Project, Server, guide};

#[test]
fn every_editors_way_of_saving_shows() {
    let project = Project::new();
    let server = Server::start(&project);
    let path = project.path("guides/a/en.md");
    let text = |word: &str| guide("Alpha", word);
    // Truncate and write.
    fs::write(&path, text("Truncated.")).unwrap();
    server.soon_shows("truncate and write", "/en/a/", "Truncated.");
    // A new file renamed over the old one (VS Code with atomic saves, gedit).
    fs::write(project.path("guides/a/.en.md.tmp"), text("Renamed.")).unwrap();
    fs::rename(project.path("guides/a/.en.md.tmp"), &path).unwrap();
    server.soon_shows("write and rename", "/en/a/", "Renamed.");
    // The old one moved away, a new one written, the old one deleted (Vim, with its probe `4913`).
    fs::write(project.path("guides/a/4913"), "").unwrap();
    fs::remove_file(project.path("guides/a/4913")).unwrap();
    fs::rename(&path, project.path("guides/a/en.md~")).unwrap();
    fs::write(&path, text("Vimmed.")).unwrap();
    fs::remove_file(project.path("guides/a/en.md~")).unwrap();
    server.soon_shows("back up, write, delete", "/en/a/", "Vimmed.");
    // Slowly, in pieces.
    let mut file = File::create(&path).unwrap();
    for piece in ["---\ntitle: ", "Alpha\n---\n", "Slowly", ".\n"] {
        file.write_all(piece.as_bytes()).unwrap();
        file.flush().unwrap();
        std::thread::sleep(Duration::from_millis(30));
    }
    server.soon_shows("slowly", "/en/a/", "Slowly.");
    // Everything deleted, and written again a while later.
    fs::remove_file(&path).unwrap();
    server.until("/en/a/", |answer| !answer.text().contains("Slowly."));
    fs::write(&path, text("Back.")).unwrap();
    server.soon_shows("delete and write", "/en/a/", "Back.");
    // Without ever closing the file.
    let mut open = OpenOptions::new().append(true).open(&path).unwrap();
    open.write_all(b"\nAppended.\n").unwrap();
    server.soon_shows("append and keep open", "/en/a/", "Appended.");
}

#[test]
fn the_same_size_at_the_same_time_shows() {
    let project = Project::new();
    let path = project.path("guides/a/en.md");
    let server = Server::start(&project);
    let times = FileTimes::new().set_modified(fs::metadata(&path).unwrap().modified().unwrap());
    fs::write(&path, guide("Alpha", "Fierce")).unwrap();
    File::options().write(true).open(&path).unwrap().set_times(times).unwrap();
    server.soon_shows("same size, same time", "/en/a/", "Fierce");
}

#[test]
fn new_folders_renames_and_deletions_show() {
    let project = Project::new();
    let server = Server::start(&project);
    project.write("guides/x/y/z/en.md", &guide("Deep", "Deep down."));
    server.soon_shows("new folders", "/en/x/y/z/", "Deep down.");
    project.write("guides/x/y/z/en.md", &guide("Deep", "Deeper."));
    server.shows("/en/x/y/z/", "Deeper.");
    fs::rename(project.path("guides/x"), project.path("guides/w")).unwrap();
    server.soon_shows("rename", "/en/w/y/z/", "Deeper.");
    server.until("/en/x/y/z/", |answer| answer.status == 404);
    project.write("guides/w/y/z/en.md", &guide("Deep", "After the move."));
    server.shows("/en/w/y/z/", "After the move.");
    fs::remove_dir_all(project.path("guides/w")).unwrap();
    server.until("/en/w/y/z/", |answer| answer.status == 404);
    fs::remove_file(project.path("guides/b/en.md")).unwrap();
    server.until("/en/b/", |answer| answer.status == 404);
    assert_eq!(server.get("/en/a/").status, 200);
}

#[test]
fn a_file_moved_in_from_outside_shows() {
    let project = Project::new();
    let server = Server::start(&project);
    project.write("elsewhere/q/en.md", &guide("Moved", "Moved in."));
    fs::rename(project.path("elsewhere/q"), project.path("guides/q")).unwrap();
    server.shows("/en/q/", "Moved in.");
    project.write("guides/q/en.md", &guide("Moved", "And changed."));
    server.shows("/en/q/", "And changed.");
}

#[cfg(unix)]
#[test]
fn a_change_behind_a_link_shows() {
    let project = Project::new();
    std::os::unix::fs::symlink("a", project.path("guides/linked")).unwrap();
    let server = Server::start(&project);
    server.shows("/en/linked/", "First.");
    project.write("guides/a/en.md", &guide("Alpha", "Seen twice."));
    server.shows("/en/a/", "Seen twice.");
    server.shows("/en/linked/", "Seen twice.");
}

#[test]
fn a_storm_is_few_rebuilds_and_reading_is_none() {
    let project = Project::new();
    let mut server = Server::start(&project);
    let count = 300;
    for number in 0..count {
        project.write(&format!("guides/s/g{number}/en.md"), &guide("Storm", "Blown."));
    }
    server.shows(&format!("/en/s/g{}/", count - 1), "Blown.");
    for number in 0..count {
        server.shows(&format!("/en/s/g{number}/"), "Blown.");
    }
    let rebuilds = server.rebuilds();
    assert!(rebuilds < 30, "{rebuilds} rebuilds");
    // Until everything has been read once more, and a while longer: nothing is made anew.
    let end = Instant::now() + Duration::from_secs(2);
    while Instant::now() < end {
        fs::read_to_string(project.path("guides/a/en.md")).unwrap();
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.rebuilds(), rebuilds);
}

/// What git does when it changes branches: it deletes, writes, and makes folders, thousands at a time.
#[test]
fn a_checkout_of_another_branch_shows_in_few_rebuilds() {
    // Guides, each with four files beside it: 5,000 files.
    const COUNT: usize = 1000;
    let project = Project::new();
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        git.arg("-C").arg(project.path("")).args(["-c", "user.name=n", "-c", "user.email=e"]);
        assert!(git.args(words).status().unwrap().success(), "{words:?}");
    };
    let write = |word: &str, kept: usize| {
        for number in 0..COUNT {
            let title = format!("Guide {number}");
            let path = format!("guides/s{}/g{number}/en.md", number % 7 + kept);
            project.write(&path, &guide(&title, word));
            for beside in 0..4 {
                project.write(&path.replace("en.md", &format!("{beside}.txt")), word);
            }
        }
    };
    git(&["init", "-q", "-b", "one"]);
    write("One.", 0);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "one"]);
    git(&["checkout", "-q", "-b", "two"]);
    fs::remove_dir_all(project.path("guides/s0")).unwrap();
    write("Two.", 1);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "two"]);
    git(&["checkout", "-q", "one"]);
    let mut server = Server::start(&project);
    let started = Instant::now();
    git(&["checkout", "-q", "two"]);
    for number in 0..COUNT {
        server.shows(&format!("/en/s{}/g{number}/", number % 7 + 1), "Two.");
        server.shows(&format!("/s{}/g{number}/3.txt", number % 7 + 1), "Two.");
    }
    server.until("/en/s0/g0/", |answer| answer.status == 404);
    let (took, rebuilds) = (started.elapsed(), server.rebuilds());
    eprintln!("checkout of 5,000 files: {took:?}, {rebuilds} rebuilds");
    assert!(rebuilds < 30, "{rebuilds} rebuilds");
    // In the middle of a rebuild, an end is an end.
    git(&["checkout", "-q", "one"]);
    std::thread::sleep(Duration::from_millis(300));
    let took = server.ends();
    eprintln!("ended after {took:?}");
}

#[test]
fn what_is_saved_elsewhere_is_nothing() {
    let project = Project::new();
    let mut server = Server::start(&project);
    std::thread::sleep(Duration::from_millis(500));
    let before = server.rebuilds();
    for path in ["output/en/a/index.html", "notes.md", "guides/a/.en.md.swp", "guides/a/en.md~"] {
        project.write(path, "nothing");
    }
    for page in ["/en/a/", "/_cicerone/", "/en/"] {
        server.get(page);
    }
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(server.rebuilds(), before, "{:?}", server.said);
}

#[test]
fn saves_show_by_looking_too() {
    let project = Project::new();
    let mut server = Server::with(project.0.path(), &["--port", "0", "--poll"]);
    server.hears("Saved files show within a second or two.");
    project.write("guides/a/en.md", &guide("Alpha", "Looked for."));
    server.shows("/en/a/", "Looked for.");
    project.write("guides/x/y/en.md", &guide("New", "A new folder."));
    server.shows("/en/x/y/", "A new folder.");
    fs::remove_file(project.path("guides/b/en.md")).unwrap();
    server.until("/en/b/", |answer| answer.status == 404);
    // A theme that is not there yet.
    let settings = "title: Test\nlanguages: [en, sq]\ntheme: own\n";
    project.write("themes/own/templates/base.html", "{% extends \"default/base.html\" %}");
    project.write("guides/site.yaml", settings);
    project.write("themes/own/i18n/en.yaml", "words: {search: Seek}\n");
    server.until("/en/a/", |answer| answer.text().contains("Seek"));
    // Where nothing is saved, nothing is made anew.
    std::thread::sleep(Duration::from_secs(3));
    let rebuilds = server.rebuilds();
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(server.rebuilds(), rebuilds);
}

/// Network folders and shared disks accept a watch and never tell of a save. Here the system's call is answered so.
#[test]
fn a_save_that_the_system_does_not_tell_of_shows_and_is_looked_for_from_then_on() {
    if Command::new("strace").arg("-V").output().is_err() {
        return crate::project::not_tested(
            "a system that tells of no saves, as there is no strace",
        );
    }
    let project = Project::new();
    let mut server = Server::command(|command| {
        let program = command.get_program().to_owned();
        *command = Command::new("strace");
        // With the program as the child, so that an end is an end of the program.
        command.args(["-D", "-f", "-qq", "-o", "/dev/null", "-e", "trace=inotify_add_watch"]);
        command.args(["-e", "inject=inotify_add_watch:retval=1"]).arg(program);
        command.arg("--root").arg(project.0.path()).args(["serve", "--port", "0"])
    });
    project.write("guides/a/en.md", &guide("Alpha", "Untold."));
    server.shows("/en/a/", "Untold.");
    // The first save may still have been found by the reading with which a watch begins.
    project.write("guides/a/en.md", &guide("Alpha", "Untold again."));
    server.shows("/en/a/", "Untold again.");
    server.hears("The system did not say that `guides/a/en.md` was saved");
    project.write("guides/b/sq.md", "---\ntitle: Beta\ntranslation: {of: en}\n---\nE re.\n");
    server.shows("/sq/b/", "E re.");
    // It is said once.
    server.rebuilds();
    assert_eq!(server.said.iter().filter(|line| line.contains("did not say")).count(), 1);
}

/// Where the system tells of saves, it is never said that it does not.
#[test]
fn a_save_that_the_system_tells_of_is_not_taken_for_one_that_it_does_not() {
    let project = Project::new();
    let mut server = Server::start(&project);
    for round in 0..40 {
        project.write("guides/a/en.md", &guide("Alpha", &format!("Round {round}.")));
        project.write(&format!("guides/s{round}/t/en.md"), &guide("Deep", "Deep."));
        if round % 5 == 4 {
            fs::rename(
                project.path(&format!("guides/s{round}")),
                project.path(&format!("guides/r{round}")),
            )
            .unwrap();
        }
        std::thread::sleep(Duration::from_millis(130));
    }
    server.soon_shows("the last of many", "/en/a/", "Round 39.");
    server.rebuilds();
    assert!(!server.said.iter().any(|line| line.contains("did not say")), "{:?}", server.said);
}
