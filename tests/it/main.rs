//! Every test that is not beside the code it tests: one binary, linked once.

mod disk;
mod readme;
mod report;
#[cfg(feature = "serve")]
mod serve;
mod warm;
