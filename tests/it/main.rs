//! Every test that uses the program from outside, in one binary.

mod report;
