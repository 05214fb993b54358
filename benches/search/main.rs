//! Measures the search index of a project: `cargo bench --bench search -- ROOT OUT` prints one JSON object.
//! `benches/search/run` makes the project, and asks the index what readers would.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a benchmark reads, writes and prints"
)]

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cicerone::disk;
use cicerone::model::date::Date;
use cicerone::model::output::Output;
use cicerone::pipeline::{self, Drafts, Options, Watcher};
use rustix::time::{ClockId, clock_gettime};

struct Nobody;

impl Watcher for Nobody {
    fn phase(&self, _: &'static str, _: usize) {}
    fn tick(&self) {}
}

fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.cast_unsigned(), u32::try_from(time.tv_nsec).unwrap())
}

/// The most memory that was used so far (bytes).
fn peak() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse::<usize>().unwrap() * 1024
}

fn main() {
    let words: Vec<PathBuf> =
        std::env::args_os().skip(1).filter(|word| word != "--bench").map(PathBuf::from).collect();
    let [root, out] = words.as_slice() else {
        println!("see benches/search/run");
        return;
    };
    let sources = disk::read(root, &[]).unwrap().value;
    let options =
        Options { drafts: Drafts::LeftOut, today: Date::since_epoch(20_000), base: None, jobs: 1 };
    let prepared = pipeline::prepare(&sources, &options, &Nobody).value;
    let (start, before) = (cpu(), peak());
    let sums = [const { AtomicUsize::new(0) }; 4];
    let put = |output: &Output| {
        let path = out.join(output.path.as_str());
        fs::create_dir_all(path.parent().unwrap())?;
        fs::write(&path, &output.bytes)?;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let kind = match name.as_bytes()[0] {
            b't' | b'u' if name.ends_with(".idx") => 0,
            b'c' if name.ends_with(".idx") => 1,
            _ => 2,
        };
        sums[kind].fetch_add(output.bytes.len(), Ordering::Relaxed);
        sums[3].fetch_add(1, Ordering::Relaxed);
        Ok(())
    };
    prepared.put_search(&Nobody, &put).unwrap();
    let [postings, cards, other, count] = sums.map(AtomicUsize::into_inner);
    let translations: usize =
        prepared.site.guides.values().map(|guide| guide.translations.len()).sum();
    println!(
        "{{\"pages\":{translations},\"cpu_ms\":{},\"memory\":{},\"postings\":{postings},\
         \"cards\":{cards},\"other\":{other},\"files\":{count}}}",
        (cpu() - start).as_secs_f64() * 1000.0,
        peak() - before,
    );
}
