//! Decodes XML and text files as a browser does: by the byte order mark, or else the declared encoding.

use std::borrow::Cow;

/// The text of `bytes` without its byte order mark. `None` where they are neither UTF-8 nor UTF-16, and are
/// not declared to be Latin 1 or Windows 1252.
pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match bytes {
        // This is the mark of UTF-32, which no browser reads.
        [0xFF, 0xFE, 0, 0, ..] => None,
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        // XML 1.0, appendix F: this is UTF-16 without a mark.
        [b'<', 0, b'?', 0, ..] => wide(bytes, u16::from_le_bytes),
        [0, b'<', 0, b'?', ..] => wide(bytes, u16::from_be_bytes),
        _ => match declared(bytes).as_deref() {
            None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => {
                std::str::from_utf8(bytes).ok().map(Cow::Borrowed)
            }
            // The characters in which the two differ are not markup.
            Some("iso-8859-1" | "latin1" | "windows-1252" | "cp1252") => {
                Some(bytes.iter().copied().map(char::from).collect::<String>().into())
            }
            Some(_) => None,
        },
    }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<Cow<'_, str>> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().copied().map(unit);
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().filter(|_| rest.is_empty()).map(Cow::Owned)
}

/// The encoding that `<?xml … encoding="…"?>` declares, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(256))?;
    let head: String = head.iter().copied().map(char::from).collect();
    let (declaration, _) = head.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next().map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn a_text_is_read_by_its_mark_or_by_what_it_declares() {
        let text = "<?xml version='1.0'?><svg>注销</svg>";
        let marked = format!("\u{FEFF}{text}");
        for bytes in [
            text.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf16(&marked, u16::to_le_bytes),
            utf16(&marked, u16::to_be_bytes),
            utf16(text, u16::to_le_bytes),
            utf16(text, u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Some(text), "{bytes:?}");
        }
        let latin = b"<?xml version=\"1.0\" encoding = 'ISO-8859-1'?><svg>\xe9</svg>";
        assert!(decode(latin).unwrap().ends_with("<svg>é</svg>"));
    }

    #[test]
    fn what_cannot_be_read_for_sure_is_none() {
        for bytes in [
            b"caf\xe9".as_slice(),
            b"<?xml version='1.0' encoding='UTF-7'?>+ADw-script+AD4-",
            b"<?xml version='1.0' encoding=\"iso-2022-jp\"?>",
            b"\xFF\xFE\0\0<\0\0\0",
            b"\xFF\xFE<",
            b"\xFE\xFF\xD8\0\0a",
        ] {
            assert_eq!(decode(bytes), None, "{bytes:?}");
        }
    }
}
