//! Also writes text files in compressed form, for hosts that send such files as they are.

use std::io;

use crate::model::media::TEXTS;
use crate::model::output::{Output, OutputPath};
use crate::model::vocabulary::Packing;
use crate::pipeline::prepared::Prepared;
use crate::search::gzip;

/// Below this size, the compressed form saves no network packet (bytes).
const SMALLEST: usize = 1024;

/// The strongest compression is used, because a file is made once and sent many times.
const GZIP: u32 = 9;
const BROTLI: i32 = 11;

impl Prepared {
    /// Hands over a file, and the compressed forms of it that `precompress` asks for.
    pub fn pack(&self, output: &Output, put: &dyn Fn(&Output) -> io::Result<()>) -> io::Result<()> {
        put(output)?;
        for packing in &self.site.config.precompress {
            if let Some(packed) = packed(output, *packing)? {
                put(&packed)?;
            }
        }
        Ok(())
    }
}

/// The compressed file; the same bytes always give the same result. `None` if it would not be smaller.
fn packed(output: &Output, packing: Packing) -> io::Result<Option<Output>> {
    let Output { path, bytes } = output;
    let name = path.as_str();
    let is_text = name.rsplit_once('.').is_some_and(|(_, kind)| TEXTS.contains(&kind));
    if !is_text || bytes.len() < SMALLEST {
        return Ok(None);
    }
    let (ending, packed) = match packing {
        Packing::Gzip => ("gz", gzip(bytes, GZIP)),
        Packing::Brotli => ("br", brotli(bytes)?),
    };
    let path = OutputPath::parse(&format!("{name}.{ending}"));
    let is_smaller = packed.len() < bytes.len();
    Ok(path.filter(|_| is_smaller).map(|path| Output { path, bytes: packed.into() }))
}

/// Compresses with Brotli (RFC 7932).
fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let options = brotli::enc::BrotliEncoderParams {
        quality: BROTLI,
        size_hint: bytes.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &options)?;
    Ok(packed)
}
