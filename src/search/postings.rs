//! Where a word occurs: the parts in order, in the form in which they are stored.

use crate::model::varint;

/// Each part as its distance from the last one, with the weight in the lowest four bits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Postings {
    bytes: Vec<u8>,
    count: u32,
    last: u32,
}

impl Postings {
    /// A posting consists of the card, the part (6 bits) and the weight (4 bits). Postings are pushed in
    /// order.
    pub fn push(&mut self, posting: u32) {
        let part = posting >> 4;
        // The distance takes 28 bits at most and the weight four, which makes 32.
        varint::push(((part - self.last) << 4 | posting & 15) as usize, &mut self.bytes);
        self.last = part;
        self.count += 1;
    }

    pub fn len(&self) -> usize {
        self.count as usize
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The postings after cards have `moved`, each to its new number or to none, with the `fresh` ones
    /// among them. The cards keep their order.
    pub fn renewed(&self, moved: &[Option<u32>], fresh: &Postings) -> Postings {
        let kept = self.iter().filter_map(|posting| {
            let card = moved.get((posting >> 10) as usize).copied().flatten()?;
            Some(card << 10 | posting & 1023)
        });
        let mut fresh = fresh.iter().peekable();
        let mut postings =
            Postings { bytes: Vec::with_capacity(self.bytes.len()), ..Postings::default() };
        for posting in kept {
            while let Some(before) = fresh.next_if(|other| *other < posting) {
                postings.push(before);
            }
            postings.push(posting);
        }
        postings.extend(fresh);
        postings.shrink();
        postings
    }

    pub fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
    }

    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        Postings::read(&self.bytes)
    }

    /// The postings that are stored in `bytes`.
    pub fn read(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
        let (mut bytes, mut part) = (bytes, 0_u32);
        std::iter::from_fn(move || {
            let number = varint::take(&mut bytes)?;
            part += number >> 4;
            Some(part << 4 | number & 15)
        })
    }
}

/// Postings of a word that travel together; the rest, of less weight, are in files of their own.
pub const TIER: usize = 3000;

/// The weightiest first; each tier in the order of its parts.
pub fn tiers(postings: &Postings) -> Vec<Vec<u32>> {
    let mut sorted: Vec<u32> = postings.iter().collect();
    sorted.sort_unstable_by_key(|posting| (std::cmp::Reverse(posting & 15), *posting));
    let mut tiers: Vec<Vec<u32>> = sorted.chunks(TIER).map(<[u32]>::to_vec).collect();
    tiers.iter_mut().for_each(|tier| tier.sort_unstable());
    tiers
}

impl Extend<u32> for Postings {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, postings: I) {
        postings.into_iter().for_each(|posting| self.push(posting));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_are_read_as_they_were_written() {
        let given = [5, 1 << 10 | 3 << 4 | 15, 1 << 10 | 4 << 4 | 1, ((1 << 22) - 1) << 10 | 1];
        let mut postings = Postings::default();
        postings.extend(given);
        assert_eq!(postings.iter().collect::<Vec<_>>(), given);
        assert_eq!(postings.len(), 4);
    }

    #[test]
    fn postings_are_renewed_among_others() {
        let of = |cards: &[u32]| {
            let mut postings = Postings::default();
            postings.extend(cards.iter().map(|card| card << 10 | 3 << 4 | 5));
            postings
        };
        let moved = [Some(0), None, Some(2), Some(4)];
        assert_eq!(of(&[0, 1, 2, 3]).renewed(&moved, &of(&[1, 3, 5])), of(&[0, 1, 2, 3, 4, 5]));
        assert_eq!(of(&[1]).renewed(&moved, &of(&[])), of(&[]));
    }
}
