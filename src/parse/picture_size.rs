//! How wide and how high a picture is, as far as its first bytes say.

/// Of a PNG or an SVG; `None` for others and for an SVG without measures.
pub fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    png(bytes).or_else(|| svg(std::str::from_utf8(bytes).ok()?))
}

/// The signature, then the header, which begins with width and height (RFC 2083).
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?.strip_prefix(b"\0\0\0\x0dIHDR")?;
    let (width, rest) = rest.split_first_chunk::<4>()?;
    let (height, _) = rest.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)))
}

/// `viewBox` before `width` and `height`, which may be in other units.
fn svg(text: &str) -> Option<(u32, u32)> {
    let (_, tag) = text.split_once("<svg")?;
    let (tag, _) = tag.split_once('>')?;
    let attribute = |name: &str| {
        let (_, value) = tag.split_once(&format!(" {name}="))?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value.get(1..)?.split(quote).next()
    };
    let number = |text: &str| {
        let value = text.trim().trim_end_matches("px").parse::<f64>().ok()?;
        (0.5..1e6).contains(&value).then(|| value.round() as u32)
    };
    if let Some(view) = attribute("viewBox") {
        let numbers: Vec<&str> = view.split([' ', ',']).filter(|one| !one.is_empty()).collect();
        let [_, _, width, height] = numbers.as_slice() else { return None };
        return Some((number(width)?, number(height)?));
    }
    Some((number(attribute("width")?)?, number(attribute("height")?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_read_where_they_are_said() {
        for (text, size) in [
            ("<?xml?><svg xmlns=\"x\" viewBox=\"0 0 120 40\" width=\"1in\">", Some((120, 40))),
            ("<svg\n viewBox='0,0,120.4,40'>", Some((120, 40))),
            ("<svg width=\"30\" height=\"20px\">", Some((30, 20))),
            ("<svg width=\"100%\" height=\"20\">", None),
            ("<svg viewBox=\"0 0 0 40\">", None),
            ("<svg viewBox=\"0 0\">", None),
            ("GIF89a", None),
        ] {
            assert_eq!(picture_size(text.as_bytes()), size, "{text}");
        }
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x02\0\0\0\x01";
        assert_eq!(picture_size(png), Some((2, 1)));
    }
}
