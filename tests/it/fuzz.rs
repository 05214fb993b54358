//! What is fuzzed keeps its promises on the inputs that are kept in the repository.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests read what is beside them, and fail loudly"
)]

#[path = "../../fuzz/src/lib.rs"]
mod targets;

mod script;

use std::fs;
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use crate::project::home;

/// How many seconds each target goes on; a few rounds where nobody says.
const SECONDS: &str = "CICERONE_FUZZ_SECONDS";
const ROUNDS: usize = 40;

fn seconds() -> Option<u64> {
    std::env::var(SECONDS).ok().map(|seconds| seconds.parse().unwrap())
}

/// Another one each time where somebody wants to go on for long.
fn seed() -> u64 {
    seconds().map_or(1, |_| u64::from(std::process::id()))
}

/// Numbers that are the same for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(0x5851_f42d_4c95_7f2d);
        (self.0 >> 33) as usize % end
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// The inputs of a target that are kept, by their names.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = home().join("fuzz/seeds").join(target);
    let mut paths: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 3, "{target} has few seeds");
    paths.into_iter().map(|path| fs::read(path).unwrap()).collect()
}

/// What is typed often: the lines of libFuzzer's dictionary.
fn words() -> Vec<Vec<u8>> {
    let lines = fs::read_to_string(home().join("fuzz/words.dict")).unwrap();
    let word = |line: &str| {
        let (mut bytes, mut rest) = (Vec::new(), line.trim_matches('"').bytes());
        while let Some(byte) = rest.next() {
            match byte {
                b'\\' if rest.clone().next() == Some(b'x') => {
                    let code: Vec<u8> = rest.by_ref().take(3).skip(1).collect();
                    bytes
                        .push(u8::from_str_radix(std::str::from_utf8(&code).unwrap(), 16).unwrap());
                }
                b'\\' => bytes.extend(rest.next()),
                byte => bytes.push(byte),
            }
        }
        bytes
    };
    lines.lines().map(word).collect()
}

fn altered(seeds: &[Vec<u8>], words: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = random.of(seeds).clone();
    for _ in 0..=random.below(6) {
        let at = random.below(input.len() + 1);
        let end = (at + random.below(40)).min(input.len());
        match random.below(7) {
            0 => drop(input.drain(at..end)),
            1 => {
                let part = input[at..end].to_vec();
                input.splice(at..at, part);
            }
            2 => {
                let other = random.of(seeds);
                let from = random.below(other.len() + 1);
                let part = other[from..(from + random.below(60)).min(other.len())].to_vec();
                input.splice(at..at, part);
            }
            3 if at < input.len() => input[at] = random.below(256) as u8,
            4 if at < input.len() => input[at] ^= 1 << random.below(8),
            _ => drop(input.splice(at..at, random.of(words).iter().copied())),
        }
    }
    input
}

/// Without the guidance that `make fuzz` has, and so on every machine.
#[test]
fn every_target_takes_its_seeds_with_slips() {
    let words = words();
    let mut faults = Vec::new();
    for (name, target) in targets::TARGETS {
        let (seeds, mut random) = (seeds(name), Random(seed()));
        let (start, mut count, mut known) = (Instant::now(), 0, 0);
        while seconds().map_or(count < ROUNDS, |most| start.elapsed() < Duration::from_secs(most)) {
            let input = altered(&seeds, &words, &mut random);
            count += 1;
            if let Err(panic) = catch_unwind(|| target(&input)) {
                let text = panic.downcast_ref::<String>().cloned();
                let text = text.or(panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                let text = text.unwrap_or_default();
                if is_known(&String::from_utf8_lossy(&input)) {
                    known += 1;
                    continue;
                }
                let input = String::from_utf8_lossy(&input);
                faults.push(format!("{name}: {text}\n{input:?}"));
                if faults.len() > 20 {
                    break;
                }
            }
        }
        println!("{name}: {count} inputs, {known} at which the Markdown parser panics");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// Whether the Markdown parser itself panics at a text, which the program reports.
fn is_known(text: &str) -> bool {
    let body = text.replace('\0', "\u{fffd}");
    let parse = || pulldown_cmark::Parser::new_ext(&body, pulldown_cmark::Options::all()).count();
    catch_unwind(parse).is_err()
}

/// `make fuzz` starts from the same files, and a fault that it finds is mended together with one more of them.
#[test]
fn every_target_takes_its_seeds() {
    for (name, target) in targets::TARGETS {
        println!("{name}");
        seeds(name).iter().for_each(|seed| target(seed));
        // And none of them is a text at all, or is cut short.
        target(b"");
        target(&[0xFF, 0xFE, 0x00]);
    }
}
