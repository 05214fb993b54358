//! Stands before the storage, judges signatures, counts requests, and cuts connections when told to.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::signature;

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It never arrives.
    Lost,
    /// Half of it arrives.
    Torn,
    /// It is carried out, and nobody hears of it.
    Unheard,
    /// The storage asks for patience.
    Slow,
}

/// When a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    #[default]
    Never,
    /// From the n-th request on, counted from 1, nothing goes through; the n-th meets the fault.
    From(usize, Fault),
    /// Each request meets it once.
    Each(Fault),
}

#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    /// The path and the query, as they were sent.
    pub target: String,
    pub headers: BTreeMap<String, String>,
}

#[derive(Default)]
struct State {
    when: When,
    requests: Vec<Request>,
}

pub struct Proxy {
    pub port: u16,
    state: Arc<Mutex<State>>,
}

impl Proxy {
    pub fn before(storage: u16) -> Proxy {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let state = shared.clone();
                std::thread::spawn(move || serve(&mut stream.unwrap(), storage, &state));
            }
        });
        Proxy { port, state }
    }

    /// Forgets what was asked until now.
    pub fn set(&self, when: When) {
        *self.state.lock().unwrap() = State { when, requests: Vec::new() };
    }

    pub fn requests(&self) -> Vec<Request> {
        self.state.lock().unwrap().requests.clone()
    }

    /// The keys of what was put or deleted since `set`, but for the list that `publish` keeps.
    pub fn keys(&self, method: &str) -> Vec<String> {
        let requests = self.requests().into_iter().filter(|request| request.method == method);
        let keys = requests.filter_map(|request| {
            let path = request.target.split('?').next()?.to_owned();
            path.splitn(3, '/').nth(2).map(decoded)
        });
        keys.filter(|key| !key.ends_with(".cicerone-published.json")).collect()
    }
}

fn decoded(key: &str) -> String {
    let mut parts = key.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

impl State {
    /// Notes the request; what is to become of it.
    fn judge(&mut self, request: Request) -> Option<Fault> {
        let same = |known: &&Request| {
            let path = |request: &Request| request.target.split("X-Amz-").next().map(str::to_owned);
            known.method == request.method && path(known) == path(&request)
        };
        let is_first = !self.requests.iter().any(|known| same(&known));
        self.requests.push(request);
        let at = self.requests.len();
        match self.when {
            When::From(n, fault) if at == n => Some(fault),
            When::From(n, _) if at > n => Some(Fault::Lost),
            When::Each(fault) if is_first => Some(fault),
            _ => None,
        }
    }
}

const FORBIDDEN: &str = "<Error><Code>SignatureDoesNotMatch</Code><Message>No</Message></Error>";

fn serve(stream: &mut TcpStream, storage: u16, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(length) if length > 0 && line != "\r\n" => lines.push(line.trim_end().to_owned()),
            _ => break,
        }
    }
    let Some(first) = lines.first().cloned() else { return };
    let mut words = first.split(' ').map(str::to_owned);
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let header = |line: &String| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_ascii_lowercase(), value.trim().to_owned())
    };
    let headers: BTreeMap<String, String> = lines[1..].iter().map(header).collect();
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let request = Request { method, target, headers };
    let is_signed = signature::is_good(&request);
    let fault = state.lock().unwrap().judge(request);
    if !is_signed {
        return answer(stream, "403 Forbidden", FORBIDDEN);
    }
    match fault {
        Some(Fault::Lost) => {}
        Some(Fault::Slow) => {
            let slow = "<Error><Code>SlowDown</Code><Message>Reduce</Message></Error>";
            answer(stream, "503 Slow Down", slow);
        }
        Some(Fault::Torn) => {
            let mut upstream = TcpStream::connect(("127.0.0.1", storage)).unwrap();
            upstream.write_all(&head(&lines)).unwrap();
            upstream.write_all(&body[..length / 2]).unwrap();
        }
        Some(Fault::Unheard) => drop(forward(storage, &lines, &body)),
        None => {
            let _ = stream.write_all(&forward(storage, &lines, &body));
        }
    }
}

fn forward(storage: u16, lines: &[String], body: &[u8]) -> Vec<u8> {
    let mut upstream = TcpStream::connect(("127.0.0.1", storage)).unwrap();
    upstream.write_all(&head(lines)).unwrap();
    upstream.write_all(body).unwrap();
    let mut bytes = Vec::new();
    upstream.read_to_end(&mut bytes).unwrap();
    bytes
}

/// The head as it came, of a connection that is closed after the answer.
fn head(lines: &[String]) -> Vec<u8> {
    let is_kept = |line: &&String| !line.to_ascii_lowercase().starts_with("connection:");
    let kept: String = lines.iter().filter(is_kept).map(|line| format!("{line}\r\n")).collect();
    format!("{kept}connection: close\r\n\r\n").into_bytes()
}

fn answer(stream: &mut TcpStream, status: &str, body: &str) {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
}
