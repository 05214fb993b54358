//! What holds for every request.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use crate::serve::edit::Editor;
use crate::serve::guard::Guard;

/// What holds for every request.
#[derive(Debug, Clone)]
pub struct Rules {
    pub guard: Guard,
    /// Known to our own pages alone: without it nobody listens to what is being written.
    pub token: String,
    /// What opens a file; none where strangers may see the pages.
    pub editor: Option<Editor>,
}

impl Rules {
    /// `host` as the user gave it.
    pub fn new(host: &str, editor: Option<Editor>) -> Rules {
        Rules { guard: Guard::new(host), token: token(), editor }
    }
}

/// 128 bits that nobody can guess. The standard library seeds its hashers from the system.
pub fn token() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ() {
        assert_ne!(token(), token());
        assert_eq!(token().len(), 32);
    }
}
