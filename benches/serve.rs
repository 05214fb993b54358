//! The benchmark of the preview: how long after a save a browser is told to reload, or is given the new page.
//!
//! `cargo bench --bench serve -- --pages 400,4000,20000`, or `-- --root DIR` for a project of one's own.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a program of its own, which measures and prints"
)]
#![allow(dead_code, reason = "the corpus offers more than this benchmark takes")]

#[path = "site/corpus.rs"]
mod corpus;
#[path = "site/guide.rs"]
mod guide;
#[path = "site/manual.rs"]
mod manual;
#[path = "site/prose.rs"]
mod prose;
#[path = "site/random.rs"]
mod random;

use std::fs;
use std::io::{self, BufRead, BufReader, Lines, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;

/// What the preview waits for a save to be over; it is no part of the work.
const DEBOUNCE: Duration = Duration::from_millis(10);

/// Serves made-up projects, saves a guide again and again, and says how soon its page is told so.
#[derive(Debug, Parser)]
#[command(name = "serve")]
struct Arguments {
    /// Sizes of the projects, in pages
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "400,4000,20000")]
    pages: Vec<usize>,
    /// A project of one's own instead; what is saved there is taken back
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// What the pages are
    #[arg(long, value_name = "KIND", default_value = "manuals")]
    kind: corpus::Kind,
    /// How often the guide is saved
    #[arg(long, value_name = "N", default_value_t = 11)]
    saves: usize,
    /// What `cargo bench` adds
    #[arg(long, hide = true)]
    bench: bool,
}

/// What was found out about one project.
struct Measured {
    /// What the preview says of its start: `205 pages in 80 ms, at …`.
    start: String,
    /// From the save to the event, the quickest first.
    reloads: Vec<Duration>,
    /// From the save, a rename, to the new page over HTTP where nobody listens, the quickest first.
    polls: Vec<Duration>,
    /// From the save to the whole site, the quickest first.
    wholes: Vec<Duration>,
    memory: String,
}

fn main() -> io::Result<()> {
    let Arguments { pages, root, kind, saves, bench: _ } = Arguments::parse();
    let saves = saves.max(1);
    if let Some(root) = root {
        return tell(&measure(&root, saves)?);
    }
    for pages in pages {
        let folder = memory().join("cicerone-bench-serve");
        // So that a run that was killed leaves nothing behind for long.
        clear(&folder)?;
        corpus::make(&folder, pages.div_ceil(prose::TONGUES.len()).max(2), kind)?;
        let measured = measure(&folder, saves);
        clear(&folder)?;
        tell(&measured?)?;
    }
    Ok(())
}

fn tell(measured: &Measured) -> io::Result<()> {
    let Measured { start, reloads, polls, wholes, memory } = measured;
    let middle = |times: &[Duration]| times.get(times.len() / 2).copied().unwrap_or_default();
    let worst = |times: &[Duration]| times.last().copied().unwrap_or_default();
    println!("{start}");
    println!(
        "  save to reload event: {:.1?} in the middle, {:.1?} at worst, of {} saves",
        middle(reloads),
        worst(reloads),
        reloads.len()
    );
    println!(
        "  beyond the {DEBOUNCE:?} of the debounce: {:.1?}",
        middle(reloads).saturating_sub(DEBOUNCE)
    );
    println!(
        "  save to new page over HTTP: {:.1?} in the middle, {:.1?} at worst",
        middle(polls),
        worst(polls)
    );
    println!(
        "  save to whole site: {:.1?} in the middle, {:.1?} at worst",
        middle(wholes),
        worst(wholes)
    );
    println!("  memory: {memory}");
    io::stdout().flush()
}

fn measure(root: &Path, saves: usize) -> io::Result<Measured> {
    let guides = root.join("guides");
    let file = guide(&guides)?.ok_or_else(|| io::Error::other("no guide is in English"))?;
    let folder = file.parent().and_then(|folder| folder.strip_prefix(&guides).ok());
    let page = format!("/en/{}/", folder.map(|one| one.display().to_string()).unwrap_or_default());
    let before = fs::read_to_string(&file)?;
    let mut child = Command::new(env!("CARGO_BIN_EXE_cicerone"))
        .args(["--root".as_ref(), root.as_os_str(), "serve".as_ref(), "--port".as_ref()])
        .arg("0")
        .stderr(Stdio::piped())
        .spawn()?;
    let measured = save(&mut child, root, (&file, &before), &page, saves);
    child.kill()?;
    child.wait()?;
    fs::write(&file, before)?;
    measured
}

fn save(
    child: &mut Child,
    root: &Path,
    (file, text): (&Path, &str),
    page: &str,
    saves: usize,
) -> io::Result<Measured> {
    let stderr = child.stderr.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let mut lines = BufReader::new(stderr).lines();
    let start = hear(&mut lines, " at http://")?;
    let port = start.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
    let port: u16 = port.ok_or(io::ErrorKind::InvalidData)?;
    let [mut reloads, mut polls, mut wholes] = [const { Vec::new() }; 3];
    for number in 0..saves {
        let mut events = listen(port, page)?;
        let started = Instant::now();
        fs::write(file, format!("{text}\nSaved {number}.\n"))?;
        until(&mut events, "event: reload")?;
        reloads.push(started.elapsed());
        hear(&mut lines, "Made anew")?;
        wholes.push(started.elapsed());
        drop(events);
        settle();
        let words = format!("Asked for {number}.");
        // As many editors do it.
        let new = root.join("saved.md");
        fs::write(&new, format!("{text}\n{words}\n"))?;
        settle();
        let started = Instant::now();
        fs::rename(&new, file)?;
        while !get(port, page)?.contains(&words) {
            std::thread::sleep(Duration::from_millis(1));
        }
        polls.push(started.elapsed());
        hear(&mut lines, "Made anew")?;
        settle();
    }
    reloads.sort();
    polls.sort();
    wholes.sort();
    Ok(Measured { start, reloads, polls, wholes, memory: memory_of(child.id()) })
}

/// Until everything has been read once more, which is no save.
fn settle() {
    std::thread::sleep(Duration::from_millis(500));
}

fn get(port: u16, page: &str) -> io::Result<String> {
    let mut html = String::new();
    ask(port, page, "Connection: close\r\n")?.read_to_string(&mut html)?;
    Ok(html)
}

fn hear(lines: &mut Lines<BufReader<ChildStderr>>, words: &str) -> io::Result<String> {
    loop {
        let line = lines.next().ok_or(io::ErrorKind::UnexpectedEof)??;
        if line.contains(words) {
            return Ok(line);
        }
    }
}

/// `now 80 MB, at most 95 MB`, where the system tells.
fn memory_of(process: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kilobytes: usize = line.trim().trim_end_matches(" kB").parse().ok()?;
        Some(kilobytes / 1024)
    };
    match (of("VmRSS:"), of("VmHWM:")) {
        (Some(now), Some(most)) => format!("now {now} MB, at most {most} MB"),
        _ => "not known on this system".to_owned(),
    }
}

/// Opens a page and listens as its script does.
fn listen(port: u16, page: &str) -> io::Result<BufReader<TcpStream>> {
    let mut html = get(port, page)?;
    // The theme has elements with data of their own.
    let script = html.rfind("/_cicerone/reload.js").ok_or(io::ErrorKind::InvalidData)?;
    let html = html.split_off(script);
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

/// The first guide in English by name, as deep as there is one.
fn guide(folder: &Path) -> io::Result<Option<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for path in entries.into_iter().filter(|path| path.is_dir()) {
        let own = Some(path.join("en.md")).filter(|own| own.is_file());
        if let Some(found) = guide(&path)?.or(own) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// A folder in memory where there is one: a disk's speed is not ours.
fn memory() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { memory } else { std::env::temp_dir() }
}

fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
