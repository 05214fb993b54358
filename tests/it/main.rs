//! Every test that is not beside the code it tests: one binary, linked once.

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
mod sweep;
mod themes;
mod tidy;
mod twenty_faults;
mod typed;
mod warm;
mod words;
