//! Bytes looked through fast: what is text among them, and those of a kind of which texts hold few.

use std::ops::BitOr;

/// What `bytes` are as text, or how many of them are.
pub fn utf8(bytes: &[u8]) -> Result<&str, usize> {
    simdutf8::compat::from_utf8(bytes).map_err(|error| error.valid_up_to())
}

/// Calls `hit` for each of `items` whose kind is another than the default.
pub fn sift<T, K: BitOr<Output = K> + Copy + Default + PartialEq>(
    items: &[T],
    kind: impl Fn(&T) -> K,
    mut hit: impl FnMut(usize, &T),
) {
    // Eight at a time: one answer for all is sooner given.
    let (eights, rest) = items.as_chunks::<8>();
    for (nth, eight) in eights.iter().enumerate() {
        if eight.iter().fold(K::default(), |any, item| any | kind(item)) != K::default() {
            sift_each(eight, nth * 8, &kind, &mut hit);
        }
    }
    sift_each(rest, eights.len() * 8, &kind, &mut hit);
}

/// Apart, so that what is asked of each stays out of the way of what is asked of eight.
#[inline(never)]
fn sift_each<T, K: Copy + Default + PartialEq>(
    items: &[T],
    start: usize,
    kind: &impl Fn(&T) -> K,
    hit: &mut impl FnMut(usize, &T),
) {
    for (nth, item) in items.iter().enumerate() {
        if kind(item) != K::default() {
            hit(start + nth, item);
        }
    }
}

/// Bytes of some kind, as ranges: that is what a processor compares sixteen bytes with at once.
#[derive(Debug, Clone)]
pub struct Bytes<const N: usize>([(u8, u8); N]);

impl<const N: usize> Bytes<N> {
    /// Those of each range, its last one included.
    pub const fn of(ranges: [(u8, u8); N]) -> Bytes<N> {
        Bytes(ranges)
    }

    pub fn hold(&self, byte: u8) -> bool {
        self.0.iter().fold(false, |any, (from, to)| {
            any | (byte.wrapping_sub(*from) <= to.wrapping_sub(*from))
        })
    }

    /// The first of them in `text`.
    pub fn find(&self, text: &[u8]) -> Option<usize> {
        let (chunks, rest) = text.as_chunks::<32>();
        let holds = |chunk: &[u8; 32]| chunk.iter().fold(false, |any, byte| any | self.hold(*byte));
        let first = chunks.iter().position(holds);
        let start = first.unwrap_or(chunks.len()) * 32;
        let near = first.and_then(|first| chunks.get(first)).map_or(rest, |chunk| chunk.as_slice());
        near.iter().position(|byte| self.hold(*byte)).map(|at| start + at)
    }

    /// Where they stand in `text`.
    pub fn places(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let found = at + self.find(text.get(at..)?)?;
            at = found + 1;
            Some(found)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_found_wherever_they_stand() {
        for length in [0, 1, 31, 32, 33, 64, 100] {
            for places in [vec![], vec![0], vec![length / 2], vec![0, 30, 31, 32, 33, 99]] {
                let places: Vec<usize> = places.into_iter().filter(|at| *at < length).collect();
                let bytes: Vec<u8> = (0..length).map(|at| u8::from(places.contains(&at))).collect();
                let found: Vec<usize> = Bytes::of([(1, 2), (5, 5)]).places(&bytes).collect();
                assert_eq!(found, places, "{length}");
            }
        }
    }
}
