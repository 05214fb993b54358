//! Every test that is not beside the code it tests: one binary, linked once.
#![allow(clippy::duplicate_mod, reason = "the targets of `fuzz/` read pages as the tests do")]

mod addresses;
mod bounded;
mod cli;
mod components;
mod disk;
mod editors;
mod errors;
mod fallbacks;
mod font;
mod fuzz;
mod host;
mod html;
mod images;
mod laws;
mod lint;
mod mended;
mod mutations;
mod owner;
mod pictures;
mod project;
mod publish;
mod reading;
mod readme;
mod report;
mod scheduled;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod sites;
mod slips;
mod sweep;
mod themes;
mod tidy;
mod twenty_faults;
mod typed;
mod warm;
mod words;
