//! What parts of a site hold already, so that a build need not make it.

use std::io;

/// What was made in other runs.
pub trait MadeElsewhere: Sync {
    /// The files of words of a group of languages, as `Prepared::finish_part` wrote them.
    fn words(&self, group: &str) -> io::Result<Vec<Vec<u8>>>;
    fn has_file(&self, path: &str) -> bool;
}

/// A build that makes everything itself.
pub(super) struct Nowhere;

impl MadeElsewhere for Nowhere {
    fn words(&self, _: &str) -> io::Result<Vec<Vec<u8>>> {
        Ok(Vec::new())
    }

    fn has_file(&self, _: &str) -> bool {
        false
    }
}
