//! Percent-encoding of addresses (RFC 3986, 2.1).

use std::borrow::Cow;

/// Percent-encodes a path for an address. Slashes are kept.
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

/// Why a text cannot be percent-decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// A `%` that is not followed by two hexadecimal digits; holds it and what follows instead.
    Escape(String),
    /// The bytes are not UTF-8.
    Encoding,
}

/// Decodes once: `%252e` becomes `%2e`.
pub fn decode(text: &str) -> Result<Cow<'_, str>, Malformed> {
    if !text.contains('%') {
        return Ok(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, behind)) = rest.split_once('%') {
        bytes.extend_from_slice(plain.as_bytes());
        let escape =
            || Malformed::Escape(format!("%{}", behind.chars().take(2).collect::<String>()));
        let digits = behind.get(..2).filter(|two| two.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.ok_or_else(escape)?);
        rest = behind.get(2..).unwrap_or("");
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| Malformed::Encoding)
}

/// Decodes what people may have typed: if it is malformed, each part between slashes that can be decoded is.
pub fn decode_parts(text: &str) -> Cow<'_, str> {
    decode(text).unwrap_or_else(|_| {
        let parts = text.split('/').map(|part| decode(part).unwrap_or(Cow::Borrowed(part)));
        Cow::Owned(parts.collect::<Vec<_>>().join("/"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded_again() {
        assert_eq!(encode("/a b/注%~"), "/a%20b/%E6%B3%A8%25~");
        for path in ["", "/a/b-c_d.e~", "/a b/注", "100%", "%25", "a+b"] {
            assert_eq!(decode(&encode(path)).as_deref(), Ok(path));
        }
    }

    #[test]
    fn what_is_no_encoding_is_told_or_kept() {
        for text in ["100%", "%2", "%+f", "%zz", "%FF"] {
            assert!(decode(text).is_err(), "{text}");
            assert_eq!(decode_parts(text), text);
        }
        assert_eq!(decode_parts("100%/%E6%B3%A8"), "100%/注");
    }
}
