//! Percent-encoding of addresses (RFC 3986, 2.1).

use std::borrow::Cow;

/// A path as it may stand in an address; its slashes stay.
pub fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Decoded once: `%252e` is `%2e`. `None` where a `%` has no two digits behind it, or where the
/// bytes are no UTF-8.
pub fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
            bytes.push(high * 16 + low);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

/// What people may have typed: a part between slashes that cannot be decoded stays as it is.
pub fn decode_parts(text: &str) -> Cow<'_, str> {
    decode(text).unwrap_or_else(|| {
        let parts = text.split('/').map(|part| decode(part).unwrap_or(Cow::Borrowed(part)));
        Cow::Owned(parts.collect::<Vec<_>>().join("/"))
    })
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded_again() {
        assert_eq!(encode("/a b/注%~"), "/a%20b/%E6%B3%A8%25~");
        for path in ["", "/a/b-c_d.e~", "/a b/注", "100%", "%25", "a+b"] {
            assert_eq!(decode(&encode(path)).as_deref(), Some(path));
        }
    }

    #[test]
    fn what_is_no_encoding_is_told_or_kept() {
        for text in ["100%", "%2", "%+f", "%zz", "%FF"] {
            assert_eq!(decode(text), None, "{text}");
            assert_eq!(decode_parts(text), text);
        }
        assert_eq!(decode_parts("100%/%E6%B3%A8"), "100%/注");
    }
}
