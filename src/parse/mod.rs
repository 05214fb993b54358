//! Turns texts into values and diagnostics; never fails.

pub mod yaml;
