//! Long-lived texts, many of which share one block of memory.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Deref, Range};
use std::sync::Arc;

use memmap2::MmapMut;
use yoke::Yoke;

use crate::model::bytes::utf8;
use crate::model::fingerprint::Fingerprint;

/// A text that keeps alive the block of memory in which it lies.
#[derive(Clone)]
pub struct Piece(Yoke<&'static str, Option<Arc<MemoryBlock>>>);

impl Piece {
    /// The part of this text in `range`, in the same block; empty where the range is not valid.
    pub fn part(&self, range: Range<usize>) -> Piece {
        Piece(self.0.map_project_cloned(|text, _: PhantomData<&()>| text.get(range).unwrap_or("")))
    }
}

impl Deref for Piece {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.get()
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Piece {
        let text =
            Yoke::attach_to_cart(Arc::new(MemoryBlock::Text(text.into())), |block| match block {
                MemoryBlock::Text(text) => &**text,
                _ => "",
            });
        Piece(text.wrap_cart_in_option())
    }
}

impl Default for Piece {
    fn default() -> Piece {
        Piece(Yoke::new_owned(""))
    }
}

impl PartialEq for Piece {
    fn eq(&self, other: &Piece) -> bool {
        **self == **other
    }
}

impl Eq for Piece {}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// A text as it was read, shared by everything that uses it. Its hash is computed once.
#[derive(Clone)]
pub struct Text {
    piece: Piece,
    fingerprint: Fingerprint,
}

impl Text {
    /// Whether both are the same text in memory, not just equal.
    pub fn is(&self, other: &Text) -> bool {
        std::ptr::eq::<str>(&**self, &**other)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.piece
    }
}

impl From<Piece> for Text {
    fn from(piece: Piece) -> Text {
        Text { fingerprint: Fingerprint::of(piece.as_bytes()), piece }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Piece::from(text).into()
    }
}

impl Default for Text {
    fn default() -> Text {
        Piece::default().into()
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

/// A block of memory that holds texts.
enum MemoryBlock {
    Text(Box<str>),
    Small(Vec<u8>),
    Large(MmapMut),
}

/// The size that the system maps in one step if it can. It maps less memory 4 KiB at a time when each piece
/// is first touched, which takes longer than reading a text into it.
const LARGE: usize = 2 << 20;
/// Texts larger than this together get a large block.
const SMALL: usize = LARGE / 8;

impl MemoryBlock {
    /// `None` where the system has no memory left.
    fn large(size: usize) -> Option<MemoryBlock> {
        let memory = MmapMut::map_anon(size.max(LARGE)).ok()?;
        // If the system has no large pages, or none left, it uses small ones.
        #[cfg(target_os = "linux")]
        let _ = memory.advise(memmap2::Advice::HugePage);
        Some(MemoryBlock::Large(memory))
    }

    fn bytes(&self) -> &[u8] {
        match self {
            MemoryBlock::Text(text) => text.as_bytes(),
            MemoryBlock::Small(bytes) => bytes,
            MemoryBlock::Large(memory) => memory,
        }
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        match self {
            MemoryBlock::Text(_) => &mut [],
            MemoryBlock::Small(bytes) => bytes,
            MemoryBlock::Large(memory) => memory,
        }
    }
}

/// Texts that are being read into one block of memory. They are freed together, so the system gets the memory
/// back. Freeing each text by itself would leave gaps too small for later use.
pub struct Gathering<K> {
    block: MemoryBlock,
    end: usize,
    parts: Vec<(K, Range<usize>)>,
}

impl<K> Default for Gathering<K> {
    fn default() -> Gathering<K> {
        Gathering { block: MemoryBlock::Small(Vec::new()), end: 0, parts: Vec::new() }
    }
}

impl<K> Gathering<K> {
    /// Whether `size` more bytes fit in. If not, take out the texts that are there first.
    pub fn has_room(&self, size: usize) -> bool {
        match &self.block {
            MemoryBlock::Large(memory) => self.end + size <= memory.len(),
            _ => true,
        }
    }

    /// The memory for the next text, which may have up to `size` bytes.
    pub fn room(&mut self, size: usize) -> &mut [u8] {
        let (start, end) = (self.end, self.end + size);
        if let MemoryBlock::Small(bytes) = &mut self.block {
            match (end > SMALL).then(|| MemoryBlock::large(end)).flatten() {
                Some(mut large) => {
                    let read = bytes.get(..start).unwrap_or_default();
                    if let Some(place) = large.bytes_mut().get_mut(..start) {
                        place.copy_from_slice(read);
                    }
                    self.block = large;
                }
                None => bytes.resize(end, 0),
            }
        }
        self.block.bytes_mut().get_mut(start..end).unwrap_or_default()
    }

    /// Says that the first `size` bytes of `room` are now a text.
    pub fn push(&mut self, key: K, size: usize) {
        self.parts.push((key, self.end..self.end + size));
        self.end += size;
    }

    /// Adds a text.
    pub fn add(&mut self, key: K, text: &str) {
        self.room(text.len()).copy_from_slice(text.as_bytes());
        self.push(key, text.len());
    }

    /// All texts that were added since the last call, decoded by `decode`.
    pub fn take(
        &mut self,
        mut decode: impl for<'a> FnMut(&K, &'a [u8]) -> Cow<'a, str>,
    ) -> impl Iterator<Item = (K, Piece)> {
        let Gathering { mut block, parts, .. } = std::mem::take(self);
        if let MemoryBlock::Small(bytes) = &mut block {
            bytes.shrink_to_fit();
        }
        let block = Arc::new(block);
        parts.into_iter().map(move |(key, range)| {
            let text: Result<Yoke<&'static str, _>, _> =
                Yoke::try_attach_to_cart(block.clone(), |block| {
                    match decode(&key, block.bytes().get(range).unwrap_or_default()) {
                        Cow::Borrowed(text) => Ok(text),
                        Cow::Owned(text) => Err(text),
                    }
                });
            let piece = match text {
                Ok(text) => Piece(text.wrap_cart_in_option()),
                Err(changed) => Piece::from(changed),
            };
            (key, piece)
        })
    }

    /// All texts that were added since the last call.
    pub fn take_texts(&mut self) -> impl Iterator<Item = (K, Piece)> {
        self.take(|_, bytes| match utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(gathering: &mut Gathering<usize>, key: usize, text: &str) {
        assert!(gathering.has_room(text.len()));
        gathering.room(text.len() + 1)[..text.len()].copy_from_slice(text.as_bytes());
        gathering.push(key, text.len());
    }

    fn take(gathering: &mut Gathering<usize>) -> Vec<(usize, Text)> {
        let texts = gathering.take(|_, bytes| match std::str::from_utf8(bytes) {
            Ok("changed") => Cow::Owned("another".to_owned()),
            text => Cow::Borrowed(text.unwrap()),
        });
        texts.map(|(key, piece)| (key, piece.into())).collect()
    }

    #[test]
    fn texts_of_one_block_are_texts_of_their_own() {
        let mut gathering = Gathering::default();
        push(&mut gathering, 1, "one");
        push(&mut gathering, 2, "");
        push(&mut gathering, 3, "changed");
        push(&mut gathering, 4, "注销");
        let texts = take(&mut gathering);
        assert_eq!(
            texts,
            [(1, "one".into()), (2, "".into()), (3, "another".into()), (4, "注销".into())]
        );
        assert!(take(&mut gathering).is_empty());
        let again = Text::from("one");
        assert!(texts.iter().all(|(_, text)| *text != again || !text.is(&again)));
        assert_eq!(Text::default(), "".into());
    }

    #[test]
    fn a_block_grows_until_it_is_full() {
        let mut gathering = Gathering::default();
        let text = "x".repeat(SMALL / 3);
        let mut count = 0;
        while gathering.has_room(text.len() + 1) {
            push(&mut gathering, count, &text);
            count += 1;
        }
        assert_eq!(count, LARGE / text.len());
        let texts = take(&mut gathering);
        assert_eq!(texts.len(), count);
        assert!(texts.iter().all(|(_, read)| **read == *text));
        // One that no block has room for gets one of its own.
        let long = "y".repeat(LARGE + 1);
        push(&mut gathering, 0, &long);
        assert!(!gathering.has_room(2));
        assert_eq!(take(&mut gathering), [(0, long.into())]);
    }
}
