//! Texts as they were read, many of them in one piece of memory.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::model::fingerprint::Fingerprint;

/// A text, shared by all that hold it. It is hashed once, when it is read.
#[derive(Clone)]
pub struct Text {
    piece: Arc<String>,
    range: Range<usize>,
    fingerprint: Fingerprint,
}

impl Text {
    /// Whether both are one: read at the same time from the same file.
    pub fn is(&self, other: &Text) -> bool {
        Arc::ptr_eq(&self.piece, &other.piece) && self.range == other.range
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.piece.get(self.range.clone()).unwrap_or_default()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        let fingerprint = Fingerprint::of(text.as_bytes());
        Text { range: 0..text.len(), piece: Arc::new(text), fingerprint }
    }
}

impl Default for Text {
    fn default() -> Text {
        Text::from(String::new())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::from(text.to_owned())
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.is(other) || (self.fingerprint == other.fingerprint && **self == **other)
    }
}

impl Eq for Text {}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fingerprint.hash(state);
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// From this length on (bytes) a piece is finished.
const PIECE: usize = 1 << 20;

/// Texts on their way into one piece of memory. What is read together is let go together, and the system
/// gets the memory back, where a hole for each text would be too small for whatever comes next.
#[derive(Debug)]
pub struct Piece<K> {
    text: String,
    parts: Vec<(K, Range<usize>, Fingerprint)>,
}

impl<K> Default for Piece<K> {
    fn default() -> Piece<K> {
        Piece { text: String::new(), parts: Vec::new() }
    }
}

impl<K> Piece<K> {
    pub fn push(&mut self, key: K, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.parts.push((key, start..self.text.len(), Fingerprint::of(text.as_bytes())));
    }

    pub fn is_full(&self) -> bool {
        self.text.len() >= PIECE
    }

    /// All that was pushed since the last time.
    pub fn take(&mut self) -> impl Iterator<Item = (K, Text)> + use<K> {
        let Piece { mut text, parts } = std::mem::take(self);
        text.shrink_to_fit();
        let piece = Arc::new(text);
        let text = move |(key, range, fingerprint)| {
            (key, Text { piece: piece.clone(), range, fingerprint })
        };
        parts.into_iter().map(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_one_piece_are_texts_of_their_own() {
        let mut piece = Piece::default();
        piece.push(1, "one");
        piece.push(2, "");
        piece.push(3, "注销");
        let texts: Vec<(i32, Text)> = piece.take().collect();
        assert_eq!(texts, [(1, "one".into()), (2, "".into()), (3, "注销".into())]);
        assert_eq!(piece.take().count(), 0);
        let again = Text::from("one");
        assert!(texts.iter().all(|(_, text)| *text != again || !text.is(&again)));
        assert_eq!(Text::default(), "".into());
    }
}
