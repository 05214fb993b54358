//! Fast passes over bytes: checking them for UTF-8, and finding those of a kind that is rare in texts.

use std::ops::BitOr;

/// `bytes` as text. The error is the number of bytes at the start that are valid UTF-8.
pub fn utf8(bytes: &[u8]) -> Result<&str, usize> {
    simdutf8::compat::from_utf8(bytes).map_err(|error| error.valid_up_to())
}

/// Calls `hit` for each of `items` whose kind is not the default.
pub fn sift<T, K: BitOr<Output = K> + Copy + Default + PartialEq>(
    items: &[T],
    kind: impl Fn(&T) -> K,
    mut hit: impl FnMut(usize, &T),
) {
    // Eight at a time, because one answer for all eight is quicker.
    let (eights, rest) = items.as_chunks::<8>();
    for (nth, eight) in eights.iter().enumerate() {
        if eight.iter().fold(K::default(), |any, item| any | kind(item)) != K::default() {
            sift_each(eight, nth * 8, &kind, &mut hit);
        }
    }
    sift_each(rest, eights.len() * 8, &kind, &mut hit);
}

/// A function of its own, so that the code for single items stays out of the loop over eights.
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

/// A set of bytes, kept as ranges because a processor can compare sixteen bytes with a range at once.
#[derive(Debug, Clone)]
pub struct Bytes<const N: usize>([(u8, u8); N]);

impl<const N: usize> Bytes<N> {
    /// The bytes in each of the ranges, both ends included.
    pub const fn of(ranges: [(u8, u8); N]) -> Bytes<N> {
        Bytes(ranges)
    }

    /// Whether `byte` is one of these bytes.
    pub fn hold(&self, byte: u8) -> bool {
        self.0.iter().fold(false, |any, (from, to)| {
            any | (byte.wrapping_sub(*from) <= to.wrapping_sub(*from))
        })
    }

    /// The position of the first of these bytes in `text`.
    pub fn find(&self, text: &[u8]) -> Option<usize> {
        let (chunks, rest) = text.as_chunks::<32>();
        let holds = |chunk: &[u8; 32]| chunk.iter().fold(false, |any, byte| any | self.hold(*byte));
        let first = chunks.iter().position(holds);
        let start = first.unwrap_or(chunks.len()) * 32;
        let near = first.and_then(|first| chunks.get(first)).map_or(rest, |chunk| chunk.as_slice());
        near.iter().position(|byte| self.hold(*byte)).map(|at| start + at)
    }

    /// The positions of all of these bytes in `text`.
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
