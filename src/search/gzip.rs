//! Makes a file smaller (RFC 1952), the same bytes for the same bytes.

use std::io::Write;

use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};

/// At a level from 1, fast, to 9, small.
pub fn gzip(bytes: &[u8], level: u32) -> Vec<u8> {
    // No time and no system's name in the header.
    let builder = GzBuilder::new().mtime(0).operating_system(255);
    let mut encoder: GzEncoder<Vec<u8>> = builder.write(Vec::new(), Compression::new(level));
    // Writing to memory does not fail; were it to, the file would be empty, and found so by a test.
    let written = encoder.write_all(bytes);
    written.and_then(|()| encoder.finish()).unwrap_or_default()
}
