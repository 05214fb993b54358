//! Slow, silent and many: nobody keeps an editor from their own page. And how the program ends.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::client::Events;
use super::{PATIENCE, Project, Server, guide};

/// Two hundred clients, more than are let in, of which each is slow in its own way.
#[test]
fn slow_clients_keep_nobody_waiting() {
    let project = Project::new();
    let server = Server::start(&project);
    let mut slow: Vec<TcpStream> = Vec::new();
    for number in 0..200 {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let begun: &[u8] = match number % 3 {
            0 => b"",
            1 => b"GET /en/a/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
            _ => b"G",
        };
        // A client that was turned away already may not be able to say even that.
        let _ = stream.write_all(begun);
        slow.push(stream);
    }
    let started = Instant::now();
    assert_eq!(server.get("/en/a/").status, 200);
    let waited = started.elapsed();
    // 200 ms on a machine of one's own; this one does ten things at once.
    assert!(waited < Duration::from_secs(2), "{waited:?}");
    // And each of them is gone in the end.
    for stream in &mut slow {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut bytes = Vec::new();
        let end = stream.read_to_end(&mut bytes);
        let is_waiting = end.is_err_and(|error| {
            matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut)
        });
        assert!(!is_waiting, "a slow client is still there");
    }
}

#[test]
fn what_is_no_request_is_refused() {
    let project = Project::new();
    let server = Server::start(&project);
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(200_000));
    for bytes in
        [b"\x16\x03\x01\x02\x00\x01\x00".as_slice(), b"\r\n\r\n", b"GET\r\n\r\n", many.as_bytes()]
    {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let status = String::from_utf8_lossy(&answer).into_owned();
        assert!(answer.is_empty() || status.starts_with("HTTP/1.1 4"), "{status}");
    }
    assert_eq!(server.get("/en/a/").status, 200);
}

#[test]
fn a_busy_port_gives_way_to_the_next_free_one() {
    let project = Project::new();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let server = Server::with(project.0.path(), &["--port", &port.to_string()]);
    assert!(server.port > port, "{} after {port}", server.port);
    assert!(server.said.iter().any(|line| line.contains("busy")), "{:?}", server.said);
    assert_eq!(server.get("/en/a/").status, 200);
}

#[test]
fn ctrl_c_ends_it_with_one_line() {
    let project = Project::new();
    let mut server = Server::start(&project);
    // Somebody who listens does not keep it alive.
    let shown = server.get("/en/a/");
    let _events = Events::of(&server, &shown);
    let took = server.ends();
    eprintln!("ended after {took:?}");
}

#[test]
fn ctrl_c_ends_the_first_build_as_well() {
    let project = Project::new();
    let sentence = "A sentence that has to be read, judged and drawn. ";
    for number in 0..400 {
        let text = guide(&format!("Guide {number}"), &sentence.repeat(200));
        project.write(&format!("guides/many/g{number}/en.md"), &text);
    }
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    drop(taken);
    let mut command = Command::new(env!("CARGO_BIN_EXE_cicerone"));
    let root = project.0.path();
    command.arg("--root").arg(root).args(["serve", "--port", &port.to_string()]);
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    // It listens before it builds; its place for signals is taken a moment later.
    let end = Instant::now() + PATIENCE;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < end, "it does not listen");
        std::thread::sleep(Duration::from_millis(2));
    }
    std::thread::sleep(Duration::from_millis(50));
    let id = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    kill_process(id, Signal::INT).unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    assert!(said.ends_with("\nGoodbye.\n"), "{said}");
    assert!(!said.contains("at http://"), "it ended too late to tell: {said}");
}

/// A hundred readers who never take what they asked for, and an editor among them.
#[test]
fn readers_who_take_nothing_keep_nobody_waiting() {
    let project = Project::new();
    project.write("guides/b/big.txt", &"0123456789".repeat(200_000));
    let server = Server::start(&project);
    let request = b"GET /b/big.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    let _greedy: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
            stream.write_all(request).unwrap();
            stream
        })
        .collect();
    let mut page = Events::of(&server, &server.get("/en/a/"));
    let started = Instant::now();
    project.write("guides/a/en.md", &guide("Alpha", "Meanwhile."));
    page.expect("reload");
    server.shows("/en/a/", "Meanwhile.");
    eprintln!("shown among readers who take nothing after {:?}", started.elapsed());
}

/// More editors' pages than there is room for: the oldest give way, and each can come back.
#[test]
fn streams_are_bounded_too() {
    let project = Project::new();
    let server = Server::start(&project);
    let shown = server.get("/en/a/");
    let mut streams: Vec<Events> = (0..140).map(|_| Events::of(&server, &shown)).collect();
    assert_eq!(server.get("/en/a/").status, 200);
    project.write("guides/a/en.md", &guide("Alpha", "Changed."));
    streams.pop().unwrap().expect("reload");
    assert_eq!(streams.remove(0).next(Duration::from_millis(100)), None);
}

#[test]
fn a_host_that_is_not_ours_is_refused_with_a_hint() {
    let project = Project::new();
    let output = Command::new(env!("CARGO_BIN_EXE_cicerone"))
        .arg("--root")
        .arg(project.path(""))
        .args(["serve", "--host", "203.0.113.7"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("cannot listen at `203.0.113.7`, port 4000"), "{said}");
    assert!(said.contains("= hint: choose another `--port` or `--host`"), "{said}");
}

#[test]
fn open_hands_the_address_to_the_systems_browser() {
    let project = Project::new();
    let opener = project.path("bin/xdg-open");
    project.write(
        "bin/xdg-open",
        "#!/bin/sh\nprintf %s \"$1\" > \"$0.part\"\nmv \"$0.part\" \"$0.asked\"\n",
    );
    std::fs::set_permissions(&opener, std::fs::Permissions::from_mode(0o755)).unwrap();
    let search = format!("{}:{}", project.path("bin").display(), std::env::var("PATH").unwrap());
    let start = |search: &str| {
        Server::command(|command| {
            let command = command.arg("--root").arg(project.path("")).env("PATH", search);
            command.args(["serve", "--port", "0", "--open"])
        })
    };
    let server = start(&search);
    let end = Instant::now() + PATIENCE;
    let asked = loop {
        match std::fs::read_to_string(project.path("bin/xdg-open.asked")) {
            Ok(asked) => break asked,
            Err(_) => assert!(Instant::now() < end, "nobody was asked to open the site"),
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert_eq!(asked, format!("http://127.0.0.1:{}/", server.port));
    // Without a browser it says so, and goes on.
    let mut server = start("/nowhere");
    server.hears("No browser could be opened");
    assert_eq!(server.get("/en/a/").status, 200);
}

#[test]
fn drafts_are_shown_where_they_are_asked_for() {
    let project = Project::new();
    project.write("guides/d/en.md", "---\ntitle: Delta\ndraft: true\n---\nUnfinished.\n");
    let server = Server::start(&project);
    assert_eq!(server.get("/en/d/").status, 404);
    let server = Server::with(project.0.path(), &["--port", "0", "--drafts"]);
    assert!(server.get("/en/d/").text().contains("Unfinished."));
    let started = Instant::now();
    project.write("guides/d/en.md", "---\ntitle: Delta\ndraft: true\n---\nNearly.\n");
    server.shows("/en/d/", "Nearly.");
    eprintln!("a draft: shown after {:?}", started.elapsed());
}
