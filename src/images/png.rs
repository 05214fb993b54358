//! Writes a picture of up to sixteen colours as PNG (RFC 2083).
//!
//! We write it ourselves, because `flate2` is here already and the `png` package would bring a second one
//! of its kind.

use std::io::{self, Write};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use crate::images::canvas::{Canvas, Colour};

pub fn png(canvas: &Canvas, palette: &[Colour]) -> io::Result<Vec<u8>> {
    let mut header = Vec::new();
    for side in [canvas.width, canvas.height] {
        header.extend(u32::try_from(side).unwrap_or(u32::MAX).to_be_bytes());
    }
    // Four bits for each pixel, by the palette; the usual compression and filters; not interlaced.
    header.extend([4, 3, 0, 0, 0]);
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    for row in canvas.pixels.chunks(canvas.width) {
        // No filter is used, because neighbouring numbers in a palette have nothing in common.
        packed.write_all(&[0])?;
        let pair = |pair: &[u8]| match pair {
            [left, right, ..] => left << 4 | right,
            [left] => left << 4,
            [] => 0,
        };
        packed.write_all(&row.chunks(2).map(pair).collect::<Vec<_>>())?;
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"PLTE", &palette.concat());
    chunk(&mut png, b"IDAT", &packed.finish()?);
    chunk(&mut png, b"IEND", &[]);
    Ok(png)
}

fn chunk(png: &mut Vec<u8>, name: &[u8; 4], bytes: &[u8]) {
    let mut sum = Crc::new();
    sum.update(name);
    sum.update(bytes);
    png.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    png.extend(name);
    png.extend(bytes);
    png.extend(sum.sum().to_be_bytes());
}
