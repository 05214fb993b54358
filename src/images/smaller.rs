//! Makes a smaller version of a picture, in AVIF: of the formats that every browser shows, the one that needs least.

use std::io::Cursor;

use image::codecs::avif::AvifEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader};

/// Of ten, where one takes longest.
const SPEED: u8 = 6;
/// Of a hundred: nobody sees a difference on a phone.
const QUALITY: u8 = 60;

/// The picture, `width` pixels wide at most, in AVIF; or why its file cannot be read. One thread makes it, so that the
/// bytes are the same on every machine.
pub fn smaller(bytes: &[u8], width: u32) -> Result<Vec<u8>, String> {
    let picture = read(bytes).map_err(|error| error.to_string())?;
    let width = width.min(picture.width()).max(1);
    let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width().max(1));
    let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
    let picture = picture.resize_exact(width, height, FilterType::Lanczos3);
    let mut avif = Vec::new();
    let encoder = AvifEncoder::new_with_speed_quality(&mut avif, SPEED, QUALITY);
    let encoder = encoder.with_num_threads(Some(1));
    let written = match picture.color().has_alpha() {
        true => {
            let pixels = picture.into_rgba8();
            encoder.write_image(pixels.as_raw(), width, height, ExtendedColorType::Rgba8)
        }
        false => {
            let pixels = picture.into_rgb8();
            encoder.write_image(pixels.as_raw(), width, height, ExtendedColorType::Rgb8)
        }
    };
    written.map(|()| avif).map_err(|error| error.to_string())
}

/// As a browser shows it: upright, whichever way the camera was held.
fn read(bytes: &[u8]) -> image::ImageResult<DynamicImage> {
    let mut decoder = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG of stripes, with transparent ones where `alpha` says so.
    fn png(width: u32, height: u32, alpha: u8) -> Vec<u8> {
        let pixels = image::RgbaImage::from_fn(width, height, |x, y| {
            image::Rgba([(x * 8) as u8, (y * 16) as u8, 90, if x % 2 == 0 { 255 } else { alpha }])
        });
        let picture = DynamicImage::from(pixels);
        let picture = if alpha == 255 { picture.into_rgb8().into() } else { picture };
        let mut bytes = Vec::new();
        picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn a_picture_is_made_smaller_and_the_same_each_time() {
        for (alpha, bytes) in [(255, png(24, 12, 255)), (0, png(24, 12, 0))] {
            let avif = smaller(&bytes, 16).unwrap();
            assert_eq!(avif.get(4..12), Some(&b"ftypavif"[..]), "{alpha}");
            let size = imagesize::blob_size(&avif).unwrap();
            assert_eq!((size.width, size.height), (16, 8), "{alpha}");
            assert_eq!(smaller(&bytes, 16).unwrap(), avif, "{alpha}");
        }
        // None is made larger.
        let size = imagesize::blob_size(&smaller(&png(20, 20, 255), 480).unwrap()).unwrap();
        assert_eq!((size.width, size.height), (20, 20));
        assert!(smaller(b"\x89PNG\r\n\x1a\nbroken", 16).is_err());
        assert!(smaller(b"", 16).is_err());
    }
}
