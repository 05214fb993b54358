//! Compresses a file (RFC 1952): the same bytes always give the same result.

use std::io::Write;

use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};

/// Compresses at a level from 1 (fast) to 9 (small).
pub fn gzip(bytes: &[u8], level: u32) -> Vec<u8> {
    // The header holds neither the time nor the name of the system.
    let builder = GzBuilder::new().mtime(0).operating_system(255);
    let mut encoder: GzEncoder<Vec<u8>> = builder.write(Vec::new(), Compression::new(level));
    // Writing to memory does not fail. If it did, the file would be empty, and a test would notice.
    let written = encoder.write_all(bytes);
    written.and_then(|()| encoder.finish()).unwrap_or_default()
}
