//! Finds how large a picture is, from the start of its file.

use crate::model::encoding::decode;
use crate::model::picture::PictureSize;
use crate::model::source::SourcePath;

/// Pictures that are larger than any screen say nothing that a page could use.
const LARGEST: u32 = 100_000;

/// Of a picture of the web; `None` where the file does not say.
pub fn size(path: &SourcePath, bytes: &[u8]) -> Option<PictureSize> {
    let size = match &*path.extension().to_ascii_lowercase() {
        "svg" => of_svg(&decode(bytes)?),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" => {
            let size = imagesize::blob_size(bytes).ok()?;
            let (width, height) = (size.width.try_into().ok()?, size.height.try_into().ok()?);
            Some(match is_turned(bytes) {
                true => PictureSize { width: height, height: width },
                false => PictureSize { width, height },
            })
        }
        _ => None,
    }?;
    let is_sound = |pixels: u32| (1..=LARGEST).contains(&pixels);
    (is_sound(size.width) && is_sound(size.height)).then_some(size)
}

/// Whether a photograph lies on its side in its file, as its Exif says, so that a browser turns it.
fn is_turned(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xd8")
        && orientation(bytes).is_some_and(|value| (5..=8).contains(&value))
}

/// The orientation (TIFF's tag 0x0112) of a JPEG file (Exif 2.32, 4.5 and 4.6.2).
fn orientation(bytes: &[u8]) -> Option<u16> {
    let mut segments = bytes.get(2..)?;
    let exif = loop {
        let [0xff, marker, high, low, rest @ ..] = segments else { return None };
        let length = usize::from(u16::from_be_bytes([*high, *low])).checked_sub(2)?;
        match (marker, rest.get(..length)?.strip_prefix(b"Exif\0\0")) {
            (0xe1, Some(exif)) => break exif,
            // The picture itself begins.
            (0xda, _) => return None,
            _ => segments = rest.get(length..)?,
        }
    };
    let is_little = exif.starts_with(b"II");
    let two = |at: usize| -> Option<u16> {
        let bytes = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let four = |at: usize| -> Option<usize> {
        let (first, second) = (usize::from(two(at)?), usize::from(two(at + 2)?));
        Some(if is_little { second << 16 | first } else { first << 16 | second })
    };
    let start = four(4)?;
    let entries = usize::from(two(start)?);
    let entry = (0..entries).map(|entry| start + 2 + entry * 12);
    let mut orientations = entry.filter(|at| two(*at) == Some(0x0112));
    two(orientations.next()? + 8)
}

/// The `width` and `height` of its root, where both are pixels; else the size of its `viewBox`.
fn of_svg(text: &str) -> Option<PictureSize> {
    let start = text.find("<svg")?;
    let rest = text.get(start + "<svg".len()..)?;
    let mut quote = None;
    let end = rest.find(|c: char| {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => return c == '>',
        }
        false
    })?;
    let tag = rest.get(..end)?;
    let pixels = |name: &str| pixels(attribute(tag, name)?);
    if let (Some(width), Some(height)) = (pixels("width"), pixels("height")) {
        return Some(PictureSize { width, height });
    }
    let numbers = attribute(tag, "viewBox")?.split([' ', ',', '\n', '\t']);
    let mut numbers = numbers.filter(|number| !number.is_empty()).skip(2);
    let (width, height) = (whole(numbers.next()?)?, whole(numbers.next()?)?);
    Some(PictureSize { width, height })
}

/// The value of an attribute, whatever its quotes.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let (before, behind) = rest.split_once('=')?;
        let own = before.trim_end();
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = behind.get(1..)?.split_once(quote)?;
        let is_it = own.strip_suffix(name).is_some_and(|head| head.ends_with(char::is_whitespace));
        if is_it {
            return Some(value);
        }
        rest = next;
    }
}

fn pixels(value: &str) -> Option<u32> {
    whole(value.trim().strip_suffix("px").unwrap_or(value.trim()))
}

fn whole(number: &str) -> Option<u32> {
    let number = number.parse::<f64>().ok()?.round();
    // A float of this size is a whole number exactly.
    (number >= 1.0 && number <= f64::from(LARGEST)).then(|| format!("{number}").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, bytes: &[u8]) -> Option<(u32, u32)> {
        size(&SourcePath::new(name), bytes).map(|size| (size.width, size.height))
    }

    #[test]
    fn a_drawing_says_how_large_it_is() {
        for (svg, expected) in [
            ("<svg width=\"40\" height=\"30px\"/>", Some((40, 30))),
            ("<?xml version=\"1.0\"?>\n<svg\n viewBox='0 0 99.6 20'>", Some((100, 20))),
            ("<svg data-width=\"1\" width='100%' height=\"5\" viewBox=\"0,0,7,8\">", Some((7, 8))),
            ("<svg a=\"x>y\" width=\"2\" height=\"3\">", Some((2, 3))),
            ("<svg width=\"0\" height=\"3\">", None),
            ("<svg>", None),
            ("<g width=\"2\" height=\"3\">", None),
        ] {
            assert_eq!(of("a.svg", svg.as_bytes()), expected, "{svg}");
        }
    }

    #[test]
    fn every_kind_of_picture_says_how_large_it_is() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\0\0\0\x07\x08\x02\0\0\0";
        assert_eq!(of("a.PNG", png), Some((258, 7)));
        assert_eq!(of("a.gif", b"GIF89a\x05\0\x06\0\0\0\0"), Some((5, 6)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x09\0\x0c\x01\x01\x11\0";
        assert_eq!(of("a.jpeg", jpeg), Some((12, 9)));
        // A photograph that was taken upright, in both orders of bytes; 3 is upside down.
        let photograph = |order: &[u8], tag: &[u8]| {
            let exif = [b"Exif\0\0", order, tag].concat();
            let length = [0, u8::try_from(exif.len() + 2).unwrap()];
            let rest = jpeg.strip_prefix(b"\xff\xd8").unwrap();
            [b"\xff\xd8\xff\xe1", &length[..], &exif, rest].concat()
        };
        let (big, little) = (b"MM\0*\0\0\0\x08\0\x01", b"II*\0\x08\0\0\0\x01\0");
        for (order, tag, expected) in [
            (big, b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0", (9, 12)),
            (little, b"\x12\x01\x03\0\x01\0\0\0\x08\0\0\0", (9, 12)),
            (big, b"\x01\x12\0\x03\0\0\0\x01\0\x03\0\0", (12, 9)),
            (big, b"\x01\x13\0\x03\0\0\0\x01\0\x06\0\0", (12, 9)),
        ] {
            assert_eq!(of("a.jpg", &photograph(order, tag)), Some(expected), "{tag:?}");
        }
        // One that is cut short is no reason to panic.
        let whole = photograph(big, b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
        for end in 0..whole.len() {
            let _ = orientation(whole.get(..end).unwrap());
        }
        let webp = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x1f\0\0";
        assert_eq!(of("a.webp", webp), Some((16, 32)));
        assert_eq!(of("a.png", b"\x89PNG"), None);
        assert_eq!(of("a.mp4", png), None);
    }
}
