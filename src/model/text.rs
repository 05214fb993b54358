//! Texts as they were read, many of them in one block of memory.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

use memmap2::MmapMut;
use yoke::Yoke;

use crate::model::fingerprint::Fingerprint;

/// A text, shared by all that hold it. It is hashed once, when it is read.
#[derive(Clone)]
pub struct Text {
    /// Lies in the block, which it keeps.
    text: Yoke<&'static str, Arc<Block>>,
    fingerprint: Fingerprint,
}

impl Text {
    /// Whether both are one: read at the same time from the same file.
    pub fn is(&self, other: &Text) -> bool {
        std::ptr::eq::<str>(&**self, &**other)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.text.get()
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        let fingerprint = Fingerprint::of(text.as_bytes());
        let text = Yoke::attach_to_cart(Arc::new(Block::Text(text)), |block| match block {
            Block::Text(text) => text.as_str(),
            _ => "",
        });
        Text { text, fingerprint }
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

/// Memory that texts lie in.
enum Block {
    Text(String),
    Small(Vec<u8>),
    Large(MmapMut),
}

/// What the system maps in one step where it can. It maps smaller memory 4 KiB at a time, as each is first
/// touched, which is dearer than to read a text into them.
const LARGE: usize = 2 << 20;
/// What is too much for a small block.
const SMALL: usize = LARGE / 8;

impl Block {
    /// `None` where there is no room for it.
    fn large(size: usize) -> Option<Block> {
        let memory = MmapMut::map_anon(size.max(LARGE)).ok()?;
        // Where the system has no large pages, or none left, it gives small ones.
        #[cfg(target_os = "linux")]
        let _ = memory.advise(memmap2::Advice::HugePage);
        Some(Block::Large(memory))
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Block::Text(text) => text.as_bytes(),
            Block::Small(bytes) => bytes,
            Block::Large(memory) => memory,
        }
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        match self {
            Block::Text(_) => &mut [],
            Block::Small(bytes) => bytes,
            Block::Large(memory) => memory,
        }
    }
}

/// Texts on their way into one block of memory. What is read together is let go together, and the system
/// gets the memory back, where a hole for each text would be too small for whatever comes next.
pub struct Reading<K> {
    block: Block,
    end: usize,
    parts: Vec<(K, Range<usize>)>,
}

impl<K> Default for Reading<K> {
    fn default() -> Reading<K> {
        Reading { block: Block::Small(Vec::new()), end: 0, parts: Vec::new() }
    }
}

impl<K> Reading<K> {
    /// Whether `size` bytes more can be taken in; where not, take out first what is there.
    pub fn has_room(&self, size: usize) -> bool {
        match &self.block {
            Block::Large(memory) => self.end + size <= memory.len(),
            _ => true,
        }
    }

    /// Where the next text goes, of `size` bytes at the most.
    pub fn room(&mut self, size: usize) -> &mut [u8] {
        let (start, end) = (self.end, self.end + size);
        if let Block::Small(bytes) = &mut self.block {
            match (end > SMALL).then(|| Block::large(end)).flatten() {
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

    /// The first `size` bytes of that room are a text now.
    pub fn push(&mut self, key: K, size: usize) {
        self.parts.push((key, self.end..self.end + size));
        self.end += size;
    }

    /// All texts that were taken in since the last time, as `decode` makes them out.
    pub fn take(
        &mut self,
        mut decode: impl for<'a> FnMut(&K, &'a [u8]) -> Cow<'a, str>,
    ) -> impl Iterator<Item = (K, Text)> {
        let Reading { mut block, parts, .. } = std::mem::take(self);
        if let Block::Small(bytes) = &mut block {
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
            let text = match text {
                Ok(text) => Text { fingerprint: Fingerprint::of(text.get().as_bytes()), text },
                Err(changed) => Text::from(changed),
            };
            (key, text)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(reading: &mut Reading<usize>, key: usize, text: &str) {
        assert!(reading.has_room(text.len()));
        reading.room(text.len() + 1)[..text.len()].copy_from_slice(text.as_bytes());
        reading.push(key, text.len());
    }

    fn take(reading: &mut Reading<usize>) -> Vec<(usize, Text)> {
        let texts = reading.take(|_, bytes| match std::str::from_utf8(bytes) {
            Ok("changed") => Cow::Owned("another".to_owned()),
            text => Cow::Borrowed(text.unwrap()),
        });
        texts.collect()
    }

    #[test]
    fn texts_of_one_block_are_texts_of_their_own() {
        let mut reading = Reading::default();
        push(&mut reading, 1, "one");
        push(&mut reading, 2, "");
        push(&mut reading, 3, "changed");
        push(&mut reading, 4, "注销");
        let texts = take(&mut reading);
        assert_eq!(
            texts,
            [(1, "one".into()), (2, "".into()), (3, "another".into()), (4, "注销".into())]
        );
        assert!(take(&mut reading).is_empty());
        let again = Text::from("one");
        assert!(texts.iter().all(|(_, text)| *text != again || !text.is(&again)));
        assert_eq!(Text::default(), "".into());
    }

    #[test]
    fn a_block_grows_until_it_is_full() {
        let mut reading = Reading::default();
        let text = "x".repeat(SMALL / 3);
        let mut count = 0;
        while reading.has_room(text.len() + 1) {
            push(&mut reading, count, &text);
            count += 1;
        }
        assert_eq!(count, LARGE / text.len());
        let texts = take(&mut reading);
        assert_eq!(texts.len(), count);
        assert!(texts.iter().all(|(_, read)| **read == *text));
        // One that no block has room for gets one of its own.
        let long = "y".repeat(LARGE + 1);
        push(&mut reading, 0, &long);
        assert!(!reading.has_room(2));
        assert_eq!(take(&mut reading), [(0, long.into())]);
    }
}
