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
use std::time::{Duration, Instant};

use cicerone::disk;
use cicerone::model::date::Date;
use cicerone::model::output::Output;
use cicerone::pipeline::{self, Cache, Drafts, Keep, Options, Purpose, Watcher};
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

/// A line of what the system knows of this process's memory (bytes).
fn memory(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.split_whitespace().next().unwrap().parse::<usize>().unwrap() * 1024
}

fn main() {
    let words: Vec<PathBuf> =
        std::env::args_os().skip(1).filter(|word| word != "--bench").map(PathBuf::from).collect();
    let [root, out] = words.as_slice() else {
        println!("see benches/search/run");
        return;
    };
    let mut sources = disk::read(root, &[]).unwrap().value;
    let options = |jobs: usize| Options {
        drafts: Drafts::LeftOut,
        today: Date::since_epoch(20_000),
        base: None,
        jobs,
        purpose: Purpose::Hosting,
    };
    let prepared = pipeline::prepare(&sources, &options(1), &Nobody).value;
    // So that the most from now on is told.
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let (start, before) = (cpu(), memory("VmRSS:"));
    let sums = [const { AtomicUsize::new(0) }; 4];
    let put = |output: &Output| {
        let path = out.join(output.path.as_str());
        fs::create_dir_all(path.parent().unwrap())?;
        fs::write(&path, &*output.bytes)?;
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let kind = match name.as_bytes()[0] {
            _ if output.path.as_str().starts_with("search/") => 2,
            b't' | b'u' => 0,
            b'c' => 1,
            _ => 2,
        };
        sums[kind].fetch_add(output.bytes.len(), Ordering::Relaxed);
        sums[3].fetch_add(1, Ordering::Relaxed);
        Ok(())
    };
    prepared.put_search(Cache::default(), Keep::Nothing, &Nobody, &put).unwrap();
    let [postings, cards, other, count] = sums.map(AtomicUsize::into_inner);
    let (spent, peak) = (cpu() - start, memory("VmHWM:") - before);
    let translations: usize =
        prepared.site.guides.values().map(|guide| guide.translations.len()).sum();
    drop(prepared);
    let mut cache = Cache::default();
    let mut edit = (Duration::ZERO, Duration::ZERO);
    for turn in 0..4 {
        let (path, text) =
            sources.texts.iter().find(|(path, _)| path.as_str().ends_with("/en.md")).unwrap();
        let (path, text) = (path.clone(), format!("{text}\nEdited {turn}.\n"));
        sources.texts.insert(path, text.into());
        let (prepared, warm) = pipeline::prepare_warm(&sources, &options(0), &cache, &Nobody);
        let (wall, start) = (Instant::now(), cpu());
        cache = prepared.value.put_search(warm, Keep::Pages, &Nobody, &|_| Ok(())).unwrap();
        // The first of them knows of nothing; the worst of the others counts.
        if turn > 0 {
            edit = edit.max((wall.elapsed(), cpu() - start));
        }
    }
    println!(
        "{{\"pages\":{translations},\"cpu_ms\":{},\"memory\":{peak},\"postings\":{postings},\
         \"cards\":{cards},\"other\":{other},\"files\":{count},\
         \"edit_ms\":{},\"edit_cpu_ms\":{}}}",
        spent.as_secs_f64() * 1000.0,
        edit.0.as_secs_f64() * 1000.0,
        edit.1.as_secs_f64() * 1000.0,
    );
}
