//! A browser as small as can be: one request a connection, and a stream of events.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::{PATIENCE, Server};

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// What stands between quotes after `name=` in the page's script.
    pub fn data(&self, name: &str) -> String {
        let text = self.text();
        let (_, rest) = text.split_once(&format!("data-{name}=\"")).expect("the script is there");
        rest.split('"').next().unwrap().to_owned()
    }
}

pub fn ask(port: u16, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|(name, _)| *name == "Host") {
        text.push_str(&format!("Host: 127.0.0.1:{port}\r\n"));
    }
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    raw(port, text.as_bytes())
}

/// The answer to these bytes.
pub fn raw(port: u16, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(request).unwrap();
    let mut bytes = Vec::new();
    // The other side may hang up while some of a wrong request is unread.
    let _ = stream.read_to_end(&mut bytes);
    let split = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer");
    let head = String::from_utf8(bytes[..split].to_vec()).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let header = |line: &str| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_ascii_lowercase(), value.trim().to_owned())
    };
    Answer { status, headers: lines.map(header).collect(), body: bytes[split + 4..].to_vec() }
}

/// The events of a page, as its script hears them.
pub struct Events(BufReader<TcpStream>);

impl Events {
    /// Listens as the page at `path` would that was shown as `shown`.
    pub fn of(server: &Server, shown: &Answer) -> Events {
        let (token, page) = (shown.data("token"), shown.data("page"));
        let version = shown.data("version");
        let path = format!("/_cicerone/events?token={token}&page={page}&version={version}");
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let host = server.port;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{host}\r\n\r\n").unwrap();
        let mut events = Events(BufReader::new(stream));
        // What is told to everybody who begins to listen, if the page is still as it was.
        events.next(PATIENCE);
        events.next(PATIENCE);
        events
    }

    /// The name and the data of the next event; none where nothing comes in time.
    pub fn next(&mut self, patience: Duration) -> Option<(String, String)> {
        let end = Instant::now() + patience;
        let mut name = String::new();
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            self.0.get_ref().set_read_timeout(Some(left)).unwrap();
            let mut line = String::new();
            if self.0.read_line(&mut line).unwrap_or(0) == 0 {
                return None;
            }
            if let Some(event) = line.trim_end().strip_prefix("event: ") {
                name = event.to_owned();
            } else if let Some(data) = line.trim_end().strip_prefix("data: ") {
                return Some((name, data.to_owned()));
            }
        }
    }

    pub fn expect(&mut self, name: &str) -> String {
        let (found, data) = self.next(PATIENCE).unwrap_or_else(|| panic!("no event, not {name}"));
        assert_eq!(found, name);
        data
    }
}
