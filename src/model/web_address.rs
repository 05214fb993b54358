//! An address of another site as an owner types it: read once, and safe to be written anywhere after that.

use std::fmt;
use std::sync::Arc;

/// `https://example.org/path?query#part`, percent-encoded: nothing in it ends a quoted text, names a variable or
/// parts two words, whichever host's file it is written into.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebAddress(Arc<str>);

/// `https://example.org`, or every host below one: `https://*.example.org`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebOrigin(Arc<str>);

impl WebAddress {
    /// `None` where `text` is no address of `http` or `https`, or holds what no address may.
    pub fn parse(text: &str) -> Option<WebAddress> {
        let (scheme, rest) = text.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at_checked(end)?;
        if !matches!(scheme.as_str(), "http" | "https") || !is_host(host) {
            return None;
        }
        let mut address = format!("{scheme}://{}", host.to_ascii_lowercase());
        if !path.starts_with('/') {
            address.push('/');
        }
        let bytes = path.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'%' => {
                    let digits = bytes.get(at + 1..at + 3)?;
                    digits.iter().all(u8::is_ascii_hexdigit).then(|| address.push('%'))?;
                }
                0..=b' ' | 0x7f => return None,
                byte if is_kept(*byte) => address.push(char::from(*byte)),
                byte => address.push_str(&format!("%{byte:02X}")),
            }
        }
        Some(WebAddress(address.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl WebOrigin {
    /// `None` where there is more than a scheme, a host and a port.
    pub fn parse(text: &str) -> Option<WebOrigin> {
        let host = text.strip_prefix("https://")?.trim_end_matches('/');
        let named = host.strip_prefix("*.").unwrap_or(host);
        is_host(named).then(|| WebOrigin(format!("https://{}", host.to_ascii_lowercase()).into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a browser takes `url`, an address with its scheme, for one of this origin.
    pub fn holds(&self, url: &str) -> bool {
        let Some(asked) = WebAddress::parse(url) else { return false };
        let rest = asked.as_str().strip_prefix("https://").unwrap_or_default();
        let asked = rest.split('/').next().unwrap_or_default();
        let own = self.0.strip_prefix("https://").unwrap_or_default();
        match own.strip_prefix('*') {
            Some(below) => asked.ends_with(below),
            None => asked == own,
        }
    }
}

impl fmt::Display for WebOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name or a number with a port, if any; other letters than ASCII's are written as `xn--…`.
fn is_host(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "0"));
    let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let sound = !host.is_empty() && !host.starts_with(['.', '-']) && host.chars().all(named);
    sound && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// RFC 3986, without what a host's file could take for its own: quotes, `$`, `*`, `\`, braces.
fn is_kept(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#@!&()+,;=".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_so_that_no_host_misreads_it() {
        for (typed, read) in [
            ("https://example.org", Some("https://example.org/")),
            ("HTTPS://Example.org/A?b=c#d", Some("https://example.org/A?b=c#d")),
            ("http://example.org:8080/", Some("http://example.org:8080/")),
            ("https://example.org?x", Some("https://example.org/?x")),
            (
                "https://example.org/é\"$'{*}\\",
                Some("https://example.org/%C3%A9%22%24%27%7B%2A%7D%5C"),
            ),
            ("https://example.org/a%20b", Some("https://example.org/a%20b")),
            ("https://example.org/100%", None),
            ("https://example.org/a b", None),
            ("https://example.org/a\nX: y", None),
            ("https://user@example.org/", None),
            ("https://bücher.example/", None),
            ("javascript://example.org/", None),
            ("example.org", None),
            ("https://", None),
            ("https://$host/", None),
        ] {
            let address = WebAddress::parse(typed);
            assert_eq!(address.as_ref().map(WebAddress::as_str), read, "{typed}");
        }
    }

    #[test]
    fn an_origin_holds_its_own_addresses_alone() {
        let origin = |text| WebOrigin::parse(text).unwrap();
        assert!(origin("https://a.example/").holds("https://A.example/x.js"));
        assert!(origin("https://*.a.example").holds("https://b.a.example/x.js"));
        for (own, asked) in [
            ("https://a.example", "https://b.a.example/"),
            ("https://*.a.example", "https://a.example/"),
            ("https://a.example", "http://a.example/"),
            ("https://a.example", "https://a.example:8443/"),
            ("https://a.example", "https://a.example.evil/"),
        ] {
            assert!(!origin(own).holds(asked), "{own} {asked}");
        }
        for text in
            ["https://*", "http://a.example", "a.example", "https://a.example/x", "https://a; b"]
        {
            assert_eq!(WebOrigin::parse(text), None, "{text}");
        }
    }
}
