//! The rules that apply to every request.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use crate::serve::edit::Editor;
use crate::serve::guard::Guard;

/// The rules that apply to every request.
#[derive(Debug, Clone)]
pub struct Rules {
    pub guard: Guard,
    /// A secret that only our own pages know: without it, nobody can listen to what is being written.
    pub token: String,
    /// The reader's text editor; none if strangers may see the pages.
    pub editor: Option<Editor>,
}

impl Rules {
    /// The rules for a server at `host`, as the user gave it.
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
