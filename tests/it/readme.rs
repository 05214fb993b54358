//! Does what the README and the first tutorial say, and sees what they show.
//!
//! A fence with a path behind its language (```` ```yaml guides/site.yaml ````) is a file: it is written.
//! A `console` fence is a transcript: its commands run, in one place after another as a reader would, and
//! print what stands below them; `[..]` stands for what differs from run to run.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::indexing_slicing,
    reason = "these tests run the program, and ask it over the network"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use snapbox::assert_data_eq;

/// What a fence holds, and the words behind its three backquotes.
struct Fence {
    info: String,
    text: String,
}

/// Somebody who follows a document with a terminal.
struct Follower {
    /// The project's sources, where `cargo` is run.
    sources: PathBuf,
    here: PathBuf,
    /// The exit code of the last command.
    status: i32,
    done: Vec<String>,
}

/// Does all that a document says; the commands that it says.
fn follow(document: &str) -> Vec<String> {
    let home = tempfile::tempdir().unwrap();
    let sources = home.path().join("cicerone");
    for folder in ["guides", "themes"] {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &sources.join(folder));
    }
    let here = home.path().to_owned();
    let mut follower = Follower { sources, here, status: 0, done: Vec::new() };
    for fence in fences(&read(document)) {
        match fence.info.split_once(' ') {
            Some((_, path)) => follower.write(path, &fence.text),
            None if fence.info == "console" => follower.follow(&fence.text),
            None => {}
        }
    }
    follower.done
}

#[test]
fn the_readme_shows_what_happens() {
    let done = follow("README.md");
    let said = ["cargo run --release -- serve", "cargo run --release -- build", "make test"];
    for command in said {
        assert!(done.iter().any(|done| done == command), "the README lacks `{command}`");
    }
    let lines = read("README.md").lines().count();
    assert!(lines <= 200, "the README has {lines} lines");
}

#[test]
fn the_tutorial_shows_what_happens() {
    let done = follow("docs/first-site.md");
    assert!(done.iter().any(|done| done.starts_with("cicerone translations")));
}

#[test]
fn the_pictures_of_the_readme_are_there_and_small() {
    let readme = read("README.md");
    let sources: Vec<&str> = readme.split("<img src=\"").skip(1).collect();
    assert_eq!(sources.len(), 2);
    for source in sources {
        let (path, rest) = source.split_once('"').unwrap();
        let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        assert!(bytes.len() < 100_000, "{path} has {} bytes", bytes.len());
        assert!(bytes.starts_with(b"\x89PNG"), "{path}");
        let words = rest.split_once("alt=\"").unwrap().1.split('"').next().unwrap();
        assert!(words.len() > 30, "{path}: {words}");
    }
}

#[test]
fn the_readme_lists_the_commands_that_there_are() {
    let readme = read("README.md");
    let listed: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("| `cicerone "))
        .filter_map(|line| line.split(['`', ' ']).next())
        .collect();
    let help = Command::new(env!("CARGO_BIN_EXE_cicerone")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let there: Vec<&str> = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split(' ').next())
        .filter(|command| *command != "help")
        .collect();
    assert_eq!(listed, there);
}

impl Follower {
    fn write(&self, path: &str, text: &str) {
        let path = self.here.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs each command of a transcript and compares what it prints.
    fn follow(&mut self, transcript: &str) {
        assert!(transcript.starts_with("$ "), "a transcript begins with a command: {transcript}");
        for turn in format!("\n{transcript}").split("\n$ ").skip(1) {
            let (command, expected) = turn.split_once('\n').unwrap_or((turn, ""));
            if let Some(printed) = self.run(command) {
                let shown = |text: &str| format!("$ {command}\n{}\n", text.trim_end());
                assert_data_eq!(shown(&printed), shown(expected));
            }
            self.done.push(command.to_owned());
        }
    }

    /// What the command prints; `None` where it is not run.
    fn run(&mut self, command: &str) -> Option<String> {
        let words: Vec<&str> = command.split(' ').collect();
        match words.as_slice() {
            ["cargo", "run", "--release", "--", "serve"] => Some(self.serve(
                &self.sources.clone(),
                &[("en", "/en/"), ("zh-TW", "/zh-hant/"), ("sq,en;q=0.5", "/sq/")],
            )),
            ["cicerone", "serve"] => Some(self.serve(&self.here.clone(), &[("en", "/en/")])),
            ["cargo", "run", "--release", "--", words @ ..] => {
                Some(self.cicerone(&self.sources.clone(), words))
            }
            ["cicerone", words @ ..] => Some(self.cicerone(&self.here.clone(), words)),
            ["mkdir", folder] => {
                fs::create_dir(self.here.join(folder)).unwrap();
                Some(String::new())
            }
            ["cd", folder] => {
                self.here = self.here.join(folder).canonicalize().unwrap();
                Some(String::new())
            }
            ["echo", "$?"] => Some(self.status.to_string()),
            // This very run, and what has been done before it.
            ["make", "test"] => None,
            // `host::packages` installs these from a folder, under the names that stand here.
            ["pip", "install", "cicerone-site"]
            | ["npm", "install", "--global", "cicerone-site"]
            | ["cargo", "install", "cicerone"] => None,
            _ => panic!("`{command}` is said, which this test cannot do"),
        }
    }

    /// Looks at the preview and ends it; what it prints, as a terminal shows it.
    fn serve(&mut self, project: &Path, languages: &[(&str, &str)]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cicerone"));
        // Whoever runs the tests may have a preview of their own at the usual port.
        command.args(["serve", "--port", "0"]).current_dir(project).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut printed = BufReader::new(child.stderr.take().unwrap());
        let mut text = String::new();
        while !text.contains(" ends it.") {
            assert_ne!(printed.read_line(&mut text).unwrap(), 0, "{text}");
        }
        let (_, address) = text.split_once("http://").unwrap();
        let address = address.split('/').next().unwrap().to_owned();
        for (language, home) in languages {
            let mut stream = TcpStream::connect(&address).unwrap();
            let headers =
                format!("Host: {address}\r\nAccept-Language: {language}\r\nConnection: close");
            write!(stream, "GET / HTTP/1.1\r\n{headers}\r\n\r\n").unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            assert!(answer.contains(&format!("location: {home}\r\n")), "{language}: {answer}");
        }
        let id = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
        kill_process(id, Signal::INT).unwrap();
        printed.read_to_string(&mut text).unwrap();
        self.status = child.wait().unwrap().code().unwrap();
        assert_eq!(self.status, 0, "{text}");
        // So that no review becomes overdue as the days go by: what is told of faults comes first.
        let first = text.find(" at http://").and_then(|at| text[..at].rfind('\n'));
        let text = text.split_off(first.map_or(0, |at| at + 1));
        // A terminal shows the key that was pressed.
        text.replace(&address, "127.0.0.1:4000").replace("\n\nGoodbye", "\n^C\nGoodbye")
    }

    fn cicerone(&mut self, project: &Path, words: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cicerone"));
        command.args(words).current_dir(project);
        // So that no review becomes overdue as the days go by.
        if matches!(words.first(), Some(&("build" | "check"))) && !words.contains(&"--as-of") {
            command.args(["--as-of", "2026-09-01"]);
        }
        for variable in ["COLUMNS", "NO_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        let output = command.output().unwrap();
        self.status = output.status.code().unwrap();
        let text = [output.stdout, output.stderr].concat();
        String::from_utf8(text).unwrap()
    }
}

fn fences(markdown: &str) -> Vec<Fence> {
    let mut fences: Vec<Fence> = Vec::new();
    let mut is_open = false;
    for line in markdown.lines() {
        match line.strip_prefix("```") {
            Some(info) => {
                is_open = !is_open;
                if is_open {
                    fences.push(Fence { info: info.to_owned(), text: String::new() });
                }
            }
            None if is_open => {
                let text = &mut fences.last_mut().unwrap().text;
                text.push_str(line);
                text.push('\n');
            }
            None => {}
        }
    }
    assert!(!is_open, "a fence is not closed");
    fences
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
