//! Patterns of paths: `drafts/**`, `*.bak`.

use std::path::Path;

use globset::{Glob, GlobSet, GlobSetBuilder};

/// What one of some patterns matches.
#[derive(Debug)]
pub struct Globs(GlobSet);

impl Globs {
    /// The patterns that are none are handed back with what is wrong about each.
    pub fn new(patterns: &[String]) -> (Globs, Vec<String>) {
        let mut set = GlobSetBuilder::new();
        let mut faults = Vec::new();
        for pattern in patterns {
            match Glob::new(pattern) {
                Ok(glob) => _ = set.add(glob),
                Err(error) => faults.push(error.to_string()),
            }
        }
        // Every pattern was sound by itself; together they can only be too large to compile.
        let set = set.build().unwrap_or_else(|error| {
            faults.push(error.to_string());
            GlobSet::empty()
        });
        (Globs(set), faults)
    }

    pub fn matches(&self, path: &Path) -> bool {
        self.0.is_match(path)
    }
}
