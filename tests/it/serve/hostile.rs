//! Slow, silent and many: nobody keeps an editor from their own page. And how the program ends.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::{PATIENCE, Project, Server};

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
    let _events = super::client::Events::of(&server, &shown);
    let id = Pid::from_raw(i32::try_from(server.child.id()).unwrap()).unwrap();
    let started = Instant::now();
    kill_process(id, Signal::INT).unwrap();
    let status = server.child.wait().unwrap();
    assert_eq!(status.code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    server.hears("Goodbye.");
}
