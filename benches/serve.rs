//! The benchmark of the preview: how long after a save the page in the browser is told to reload.
//!
//! `cargo bench --bench site -- --pages 4000 --corpus DIR`, then `cargo bench --bench serve -- DIR`
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a program of its own, which measures and prints"
)]

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SAVES: usize = 21;
/// What the preview waits for a save to be over; it is no part of the work.
const DEBOUNCE: Duration = Duration::from_millis(10);

fn main() -> io::Result<()> {
    let root = std::env::args().skip(1).find(|word| !word.starts_with("--"));
    let Some(root) = root.map(PathBuf::from) else {
        println!("name a project: `cargo bench --bench serve -- DIR`");
        return Ok(());
    };
    let guides = root.join("guides");
    let file = guide(&guides)?.ok_or_else(|| io::Error::other("no guide is in English"))?;
    let folder = file.parent().and_then(|folder| folder.strip_prefix(&guides).ok());
    let folder = folder.map(|folder| folder.display().to_string()).unwrap_or_default();
    let before = fs::read(&file)?;
    let measured = measure(&root, &file, &format!("/en/{folder}/"));
    fs::write(&file, before)?;
    let (mut times, whole, memory) = measured?;
    times.sort();
    let middle = times.get(times.len() / 2).copied().unwrap_or_default();
    let worst = times.last().copied().unwrap_or_default();
    println!(
        "save to reload event: {middle:?} in the middle, {worst:?} at worst, of {SAVES} saves"
    );
    println!(
        "beyond the {DEBOUNCE:?} that a save takes to be over: {:?}",
        middle.saturating_sub(DEBOUNCE)
    );
    println!("{whole}");
    println!("{memory}");
    Ok(())
}

fn measure(root: &Path, file: &Path, page: &str) -> io::Result<(Vec<Duration>, String, String)> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cicerone"))
        .args(["--root".as_ref(), root.as_os_str(), "serve".as_ref(), "--port".as_ref()])
        .arg("0")
        .stderr(Stdio::piped())
        .spawn()?;
    let measured = saves(&mut child, file, page);
    child.kill()?;
    child.wait()?;
    measured
}

fn saves(
    child: &mut Child,
    file: &Path,
    page: &str,
) -> io::Result<(Vec<Duration>, String, String)> {
    let stderr = child.stderr.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let mut lines = BufReader::new(stderr).lines();
    let mut hear = |words: &str| loop {
        let line = lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
        if line.contains(words) {
            return io::Result::Ok(line);
        }
    };
    let said = hear("at http://")?;
    let port = said.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
    let port: u16 = port.ok_or(io::ErrorKind::InvalidData)?;
    let mut times = Vec::new();
    let mut whole = String::new();
    for number in 0..SAVES {
        let mut events = listen(port, page)?;
        let text = format!("\nSaved {number}.\n");
        let started = Instant::now();
        OpenOptions::new().append(true).open(file)?.write_all(text.as_bytes())?;
        until(&mut events, "event: reload")?;
        times.push(started.elapsed());
        whole = hear("Made anew")?;
    }
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let memory =
        status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS"));
    Ok((times, whole, memory.collect::<Vec<_>>().join("\n")))
}

/// Opens a page and listens as its script does.
fn listen(port: u16, page: &str) -> io::Result<BufReader<TcpStream>> {
    let mut stream = ask(port, page, "Connection: close\r\n")?;
    let mut html = String::new();
    stream.read_to_string(&mut html)?;
    let data = |name: &str| {
        let rest = html.split_once(&format!("data-{name}=\"")).map(|(_, rest)| rest);
        rest.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    };
    let (token, page, version) = (data("token"), data("page"), data("version"));
    let path = format!("/_cicerone/events?token={token}&page={page}&version={version}");
    let mut events = BufReader::new(ask(port, &path, "")?);
    until(&mut events, "event: badge")?;
    Ok(events)
}

fn ask(port: u16, path: &str, headers: &str) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n")?;
    Ok(stream)
}

fn until(events: &mut BufReader<TcpStream>, line: &str) -> io::Result<()> {
    for found in events.lines() {
        if found?.trim_end() == line {
            return Ok(());
        }
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// The first guide in English, in the order of the file system.
fn guide(folder: &Path) -> io::Result<Option<PathBuf>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.is_dir() {
            continue;
        }
        let deeper = guide(&path)?;
        let own = Some(path.join("en.md")).filter(|own| own.is_file());
        if let Some(found) = deeper.or(own) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
