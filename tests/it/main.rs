//! Every test that is not beside the code it tests: one binary, linked once.

mod disk;
mod editors;
mod readme;
mod report;
