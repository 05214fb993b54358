//! The preview, asked over the wire as a browser asks it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "a test starts the program, writes its sources and asks it over the network"
)]

mod answers;
mod client;
mod editor;
mod faults;
mod hostile;
mod live;
mod watch;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use client::Answer;

/// Longer than anything takes on a machine that does ten things at once.
const PATIENCE: Duration = Duration::from_secs(30);

/// A small project in two languages.
struct Project(TempDir);

impl Project {
    fn new() -> Project {
        let project = Project(TempDir::new().unwrap());
        project.write("guides/site.yaml", "title: Test\nlanguages: [en, sq]\n");
        project.write("guides/en.md", "---\ntitle: Home\n---\nWelcome.\n");
        project.write("guides/a/en.md", &guide("Alpha", "First."));
        project.write("guides/a/sq.md", "---\ntitle: Alfa\ntranslation: {of: en}\n---\nI pari.\n");
        project.write("guides/b/en.md", &guide("Beta", "Second."));
        project.write("guides/b/notes.txt", "0123456789");
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn guide(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n---\n{text}\n")
}

/// The program while it serves a project.
struct Server {
    child: Child,
    port: u16,
    lines: Receiver<String>,
    said: Vec<String>,
}

impl Server {
    fn start(project: &Project) -> Server {
        Server::with(project.0.path(), &["--port", "0"])
    }

    fn with(root: &Path, words: &[&str]) -> Server {
        Server::command(|command| command.arg("--root").arg(root).arg("serve").args(words))
    }

    fn command(prepare: impl FnOnce(&mut Command) -> &mut Command) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cicerone"));
        let mut child = prepare(&mut command).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = mpsc::channel();
        let stderr = child.stderr.take().unwrap();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut server = Server { child, port: 0, lines, said: Vec::new() };
        let line = server.hears("at http://");
        let port = line.trim_end_matches('/').rsplit(':').next().unwrap();
        server.port = port.parse().unwrap();
        server
    }

    /// Waits until the program says something with `words` in it.
    fn hears(&mut self, words: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left);
            let line = line.unwrap_or_else(|_| panic!("no {words:?} in {:?}", self.said));
            self.said.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
    }

    /// How often the site was made anew, as far as the program has said.
    fn rebuilds(&mut self) -> usize {
        self.said.extend(self.lines.try_iter());
        self.said.iter().filter(|line| line.starts_with("Made anew")).count()
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        client::ask(self.port, method, path, headers)
    }

    /// Asks until the page is as `is` wants it.
    fn until(&self, path: &str, is: impl Fn(&Answer) -> bool) -> Answer {
        let end = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if is(&answer) {
                return answer;
            }
            assert!(Instant::now() < end, "{path} stayed {}:\n{}", answer.status, answer.text());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn shows(&self, path: &str, text: &str) -> Answer {
        self.until(path, |answer| answer.status == 200 && answer.text().contains(text))
    }

    /// Presses Ctrl-C; how long it took to end, at once and with a goodbye.
    fn ends(&mut self) -> Duration {
        let id = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        let started = Instant::now();
        kill_process(id, Signal::INT).unwrap();
        let status = self.child.wait().unwrap();
        let took = started.elapsed();
        assert_eq!(status.code(), Some(0), "{:?}", self.said);
        assert!(took < Duration::from_secs(3), "{took:?}");
        self.hears("Goodbye.");
        took
    }

    /// Waits for it, and says how long that took: `cargo test -- --nocapture`.
    fn soon_shows(&self, what: &str, path: &str, text: &str) {
        let started = Instant::now();
        self.shows(path, text);
        eprintln!("{what}: shown after {:?}", started.elapsed());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
