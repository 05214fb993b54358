//! Finds what a PDF would run (scripts, programs, forms that send data), in its compressed objects too.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// How much of a PDF is unpacked at most, in bytes.
const UNPACKED: u64 = 64 << 20;

/// The names of actions that run or send something (ISO 32000-1, 12.6.4).
const ACTIONS: &[(&[u8], &str)] = &[
    (b"JavaScript", "a PDF that runs scripts"),
    (b"Launch", "a PDF that starts programs"),
    (b"SubmitForm", "a PDF that sends what is typed"),
    (b"ImportData", "a PDF that fetches data"),
    (b"RichMedia", "a PDF that runs media"),
];

/// What the PDF `bytes` would do, as words for a message; `None` if it only shows something.
pub fn runs(bytes: &[u8]) -> Option<&'static str> {
    let names: Vec<(usize, Vec<u8>)> = names(bytes).collect();
    let action =
        |name: &[u8]| ACTIONS.iter().find(|(action, _)| *action == name).map(|(_, what)| *what);
    if let Some(found) = names.iter().find_map(|(_, name)| action(name)) {
        return Some(found);
    }
    let is_locked = names.iter().any(|(_, name)| name == b"Encrypt");
    let mut left = UNPACKED;
    for (at, _) in names.iter().filter(|(_, name)| name == b"ObjStm") {
        if is_locked {
            return Some("a PDF that is encrypted, so that nobody can tell what it runs");
        }
        let objects = unpacked(bytes.get(*at..).unwrap_or(&[]), left)?;
        left = left.saturating_sub(objects.len() as u64);
        if left == 0 {
            return Some("a PDF too large to look through");
        }
        let found = self::names(&objects).find_map(|(_, name)| action(&name));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Every name of up to 16 bytes with its position. Escapes like `#4A` are decoded.
fn names(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    starts.filter_map(|(at, _)| {
        let mut name = Vec::new();
        let mut rest = bytes.get(at + 1..)?;
        while let [byte, behind @ ..] = rest {
            if byte.is_ascii_whitespace() || b"\0()<>[]{}/%".contains(byte) {
                break;
            }
            let escaped = behind
                .first_chunk::<2>()
                .filter(|_| *byte == b'#')
                .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
            name.push(escaped.unwrap_or(*byte));
            rest = if escaped.is_some() { behind.get(2..)? } else { behind };
            if name.len() > 16 {
                return None;
            }
        }
        Some((at, name))
    })
}

/// The objects in the stream that follows a dictionary; it is empty if the stream is not compressed, and
/// `None` if there is no stream.
fn unpacked(bytes: &[u8], left: u64) -> Option<Vec<u8>> {
    let at = bytes.windows(6).position(|six| six == b"stream")?;
    let data = bytes.get(at + 6..)?;
    let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
    let mut objects = Vec::new();
    // A broken stream is read as far as it can be.
    let _ = ZlibDecoder::new(data).take(left).read_to_end(&mut objects);
    Some(objects)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(objects: &str, more: &str) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(objects.as_bytes()).unwrap();
        let data = encoder.finish().unwrap();
        let head = b"%PDF-1.7\n1 0 obj <</Type/ObjStm/Filter/FlateDecode>>stream\r\n";
        [head.as_slice(), &data, b"\nendstream endobj ", more.as_bytes()].concat()
    }

    #[test]
    fn what_a_pdf_runs_is_found_in_every_spelling() {
        for text in [
            "%PDF-1.4 <</S/JavaScript/JS(app.alert(1))>>",
            "%PDF-1.4 <</S /J#61vaScript>>",
            "%PDF-1.4 <</S/#4C#61unch>>",
            "%PDF-1.4 <</S/SubmitForm/F(https://elsewhere.example)>>",
        ] {
            assert!(runs(text.as_bytes()).is_some(), "{text}");
        }
        assert_eq!(runs(&packed("<</S/JavaScript>>", "")), Some("a PDF that runs scripts"));
        assert!(runs(&packed("<</S/GoTo>>", "<</Encrypt 3 0 R>>")).is_some());
    }

    #[test]
    fn what_only_shows_something_goes_through() {
        let text =
            "%PDF-1.4 <</S/URI/URI(https://a.example)>> /OpenAction /JavaScriptless (JavaScript)";
        assert_eq!(runs(text.as_bytes()), None);
        assert_eq!(runs(&packed("<</S/GoTo>>", "")), None);
        assert_eq!(runs(b"%PDF-1.7 <</Encrypt 3 0 R>> /Type/Page"), None);
        assert_eq!(runs(b"%PDF-/ObjStm stream"), None);
        assert_eq!(runs(b"%PDF-/J#"), None);
    }
}
