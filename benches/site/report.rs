//! Prints what was measured, and says which gates it does not pass.

use std::io::{self, Write};

use crate::Measured;

const MEGABYTE: f64 = 1e6;

/// What holds at this number of pages and above, up to the next gate.
struct Gate {
    pages: usize,
    /// CPU microseconds a page, without the search index and with it.
    bare: f64,
    whole: f64,
    /// Bytes.
    peak: f64,
}

const GATES: [Gate; 2] = [
    Gate { pages: 4_000, bare: 200.0, whole: 800.0, peak: 150.0 * MEGABYTE },
    Gate { pages: 20_000, bare: 200.0, whole: 800.0, peak: 500.0 * MEGABYTE },
];
const SLOPE: f64 = 1.05;
/// How much longer checking may take than building.
const CHECK: f64 = 2.0;
/// How many times the CPU of a build that changes nothing a publish that changes nothing may take.
const PUBLISH: f64 = 1.2;

/// CPU microseconds a page.
fn a_page(measured: &Measured, cpu: std::time::Duration) -> f64 {
    cpu.as_secs_f64() * 1e6 / measured.pages as f64
}

pub fn table(out: &mut dyn Write, all: &[Measured]) -> io::Result<()> {
    writeln!(
        out,
        "{:>7} {:>9} {:>12} {:>13} {:>9} {:>9} {:>12} {:>9} {:>9} {:>9} {:>9} {:>9} {:>12} {:>6}",
        "pages",
        "cold",
        "less search",
        "on one thread",
        "wall",
        "peak",
        "unchanged",
        "wall",
        "peak",
        "check",
        "publish",
        "wall",
        "bare loop",
        "ratio"
    )?;
    for one in all {
        let (cold, bare) = (a_page(one, one.cold.cpu), a_page(one, one.bare.cpu));
        let (less, alone) = (a_page(one, one.draw.cpu), a_page(one, one.alone.cpu));
        writeln!(
            out,
            "{:>7} {cold:>6.0} µs {less:>9.0} µs {alone:>10.0} µs {:>7.2} s {:>6.0} MB {:>9.0} µs {:>7.2} s {:>6.0} MB {:>7.2} s {:>6.0} µs {:>7.2} s {bare:>9.0} µs {:>6.2}",
            one.pages,
            one.cold.wall.as_secs_f64(),
            one.cold.peak as f64 / MEGABYTE,
            a_page(one, one.warm.cpu),
            one.warm.wall.as_secs_f64(),
            one.warm.peak as f64 / MEGABYTE,
            one.check.wall.as_secs_f64(),
            a_page(one, one.publish.cpu),
            one.publish.wall.as_secs_f64(),
            alone / bare,
        )?;
    }
    writeln!(
        out,
        "(CPU a page: user and system time of all threads; without the search index a build is one\n\
         of its own; the bare loop has one thread, and the ratio is of a build on one thread to it)\n"
    )?;
    let Some(first) = all.first() else { return Ok(()) };
    write!(out, "{:>7}", "pages")?;
    for (name, _) in &first.stages {
        write!(out, " {name:>11}")?;
    }
    writeln!(out, " {:>11}", "sum")?;
    for one in all {
        let sum: std::time::Duration = one.stages.iter().map(|(_, cpu)| *cpu).sum();
        write!(out, "{:>7}", one.pages)?;
        for (_, cpu) in &one.stages {
            let share = 100.0 * cpu.as_secs_f64() / sum.as_secs_f64();
            write!(out, " {:>4.0} µs {share:>2.0} %", a_page(one, *cpu))?;
        }
        writeln!(out, " {:>8.0} µs", a_page(one, sum))?;
    }
    writeln!(out, "(one thread, stage by stage)")?;
    if let Some(slope) = slope(all) {
        writeln!(out, "\ngrowth of CPU (log-log slope): {slope:.3}")?;
    }
    Ok(())
}

/// From the smallest to the largest size.
fn slope(all: &[Measured]) -> Option<f64> {
    let smallest = all.iter().min_by_key(|one| one.pages)?;
    let largest = all.iter().max_by_key(|one| one.pages)?;
    let pages = (largest.pages as f64 / smallest.pages as f64).ln();
    let cpu = (largest.cold.cpu.as_secs_f64() / smallest.cold.cpu.as_secs_f64()).ln();
    (largest.pages > smallest.pages).then(|| cpu / pages)
}

/// A sentence for each gate that is not passed.
pub fn missed(all: &[Measured]) -> Vec<String> {
    let mut missed = Vec::new();
    for one in all {
        let Some(gate) = GATES.iter().rfind(|gate| gate.pages <= one.pages) else { continue };
        let (cpu, peak) = (a_page(one, one.cold.cpu), one.cold.peak as f64);
        let (alone, most) = (a_page(one, one.alone.cpu), gate.bare);
        if alone > most {
            let pages = one.pages;
            missed.push(format!(
                "{pages} pages: {alone:.0} µs a page without search, over {most:.0}"
            ));
        }
        if cpu > gate.whole {
            missed.push(format!("{} pages: {cpu:.0} µs a page, over {:.0}", one.pages, gate.whole));
        }
        let more = one.check.wall.as_secs_f64() - one.cold.wall.as_secs_f64();
        if more > CHECK {
            missed.push(format!("{} pages: checking takes {more:.1} s more", one.pages));
        }
        if peak > gate.peak {
            let (peak, gate) = (peak / MEGABYTE, gate.peak / MEGABYTE);
            missed.push(format!("{} pages: {peak:.0} MB, over {gate:.0}", one.pages));
        }
        let times = one.publish.cpu.as_secs_f64() / one.warm.cpu.as_secs_f64();
        if times > PUBLISH {
            missed.push(format!("{} pages: publishing takes {times:.2} warm builds", one.pages));
        }
    }
    if let Some(slope) = slope(all).filter(|slope| *slope > SLOPE) {
        missed.push(format!("CPU grows with a slope of {slope:.3}, over {SLOPE}"));
    }
    missed
}
