//! A fingerprint of bytes, by which two texts or files are told apart without keeping either.

use std::fmt;
use std::hash::Hash;

use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

/// The XXH3 hash of 128 bits: no secret, no protection against forgers, the same on any machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    pub fn of(bytes: &[u8]) -> Fingerprint {
        Fingerprint(xxh3_128(bytes))
    }

    /// Of a value in this process: the same value elsewhere may have another.
    pub fn of_value(value: &impl Hash) -> Fingerprint {
        let mut hasher = Xxh3Default::new();
        value.hash(&mut hasher);
        Fingerprint(hasher.digest128())
    }

    /// `None` where `text` is not 32 hexadecimal digits, as `Display` writes them.
    pub fn parse(text: &str) -> Option<Fingerprint> {
        let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| u128::from_str_radix(text, 16).ok().map(Fingerprint)).flatten()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_back_as_written() {
        let fingerprint = Fingerprint::of("注销".as_bytes());
        assert_eq!(Fingerprint::parse(&fingerprint.to_string()), Some(fingerprint));
        assert_eq!(Fingerprint::parse("+0000000000000000000000000000001"), None);
    }
}
