//! Glob patterns of paths: `drafts/**`, `*.bak`.

use std::path::Path;

use globset::{Glob, GlobSet, GlobSetBuilder};

/// A set of patterns; a path matches if any of them does.
#[derive(Debug)]
pub struct Globs(GlobSet);

impl Globs {
    /// Compiles the patterns. Those that are not valid are left out, and a message about each is returned.
    pub fn new(patterns: &[String]) -> (Globs, Vec<String>) {
        let mut set = GlobSetBuilder::new();
        let mut faults = Vec::new();
        for pattern in patterns {
            match Glob::new(pattern) {
                Ok(glob) => _ = set.add(glob),
                Err(error) => faults.push(error.to_string()),
            }
        }
        // Each pattern is valid by itself, so the set can only be too large to compile.
        let set = set.build().unwrap_or_else(|error| {
            faults.push(error.to_string());
            GlobSet::empty()
        });
        (Globs(set), faults)
    }

    /// Whether one of the patterns matches the whole of `path`.
    pub fn matches(&self, path: &Path) -> bool {
        self.0.is_match(path)
    }
}
