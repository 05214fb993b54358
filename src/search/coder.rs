//! Writes each bit in as little space as its likelihood allows: range coding, as LZMA does it.
//!
//! Each context learns how likely a bit is from the bits that it has seen.

/// The contexts that a number takes: for its length, and for its first bits given that length.
pub const NUMBER: usize = 128;
/// The same for a number of which more bits are learnt.
pub const DETAILED: usize = 2048;
/// Where the contexts for the bits after a number's length begin.
const REST: usize = 32;

/// After this many bits, a context forgets as fast as it learns.
const MEMORY: u16 = 62;

/// It is small and has no padding: a file has 70,000 contexts, and most of them are never used.
#[derive(Debug, Clone, Copy)]
struct CoderContext {
    /// The likelihood of a one, in 65,536ths.
    odds: u16,
    seen: u16,
}

impl CoderContext {
    const NEW: CoderContext = CoderContext { odds: 1 << 15, seen: 0 };

    fn learn(&mut self, bit: bool) {
        let (odds, goal) = (i32::from(self.odds), if bit { 1 << 16 } else { 0 });
        // This stays between 0 and 65,535, because it never reaches the goal.
        self.odds = (odds + (goal - odds) / (i32::from(self.seen) + 2)) as u16;
        self.seen = (self.seen + 1).min(MEMORY);
    }
}

#[derive(Debug)]
pub struct Coder {
    contexts: Vec<CoderContext>,
    /// What has been written but may still change, with a carry above its 32 bits.
    low: u64,
    range: u32,
    /// The last byte, and the number of 255s after it, which a carry may still change.
    last: u8,
    waiting: usize,
    bytes: Vec<u8>,
}

impl Coder {
    pub fn new(contexts: usize) -> Coder {
        let contexts = vec![CoderContext::NEW; contexts];
        Coder { contexts, low: 0, range: u32::MAX, last: 0, waiting: 0, bytes: Vec::new() }
    }

    // This is called for each bit of a number. Inlined, it leaves what it works on where it is between two
    // bits.
    #[inline(always)]
    pub fn bit(&mut self, context: usize, bit: bool) {
        let Some(context) = self.contexts.get_mut(context) else { return };
        let bound = (self.range >> 12) * u32::from(context.odds >> 4);
        if bit {
            self.range = bound;
        } else {
            self.low += u64::from(bound);
            self.range -= bound;
        }
        context.learn(bit);
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
    }

    /// Writes the lowest `count` bits of a value, each in the context of the bits before it.
    pub fn bits(&mut self, context: usize, count: u32, value: u32) {
        let mut node = 1;
        for place in (0..count).rev() {
            let bit = value >> place & 1;
            self.bit(context + node, bit == 1);
            node = node << 1 | bit as usize;
        }
    }

    /// Writes a number below 2²³: its length, its first two bits, and the others.
    pub fn number(&mut self, context: usize, value: usize) {
        self.learnt(context, value, 2);
    }

    /// The same, with six bits that are learnt.
    pub fn detailed(&mut self, context: usize, value: usize) {
        self.learnt(context, value, 6);
    }

    fn learnt(&mut self, context: usize, value: usize, learnt: u32) {
        let value = value + 1;
        let length = value.ilog2();
        for place in 0..=length as usize {
            self.bit(context + place, place < length as usize);
        }
        let first = context + REST + ((length as usize) << learnt);
        let mut node = 1;
        for place in (0..length).rev() {
            let bit = value >> place & 1;
            // The last bits say little about one another.
            let is_learnt = length - place <= learnt;
            self.bit(if is_learnt { first + node } else { first }, bit == 1);
            node = node << 1 | bit;
        }
    }

    pub fn finish(mut self) -> Vec<u8> {
        (0..5).for_each(|_| self.shift());
        // The reader takes missing bytes for zeros.
        let end = self.bytes.iter().rposition(|byte| *byte != 0).map_or(1, |at| at + 1);
        self.bytes.truncate(end);
        self.bytes
    }

    /// Lets the highest byte go once no carry can change it any more. The first byte is always 0.
    #[inline(never)]
    fn shift(&mut self) {
        if self.low < 0xFF00_0000 || self.low > u64::from(u32::MAX) {
            let carry = (self.low >> 32) as u8;
            self.bytes.push(self.last.wrapping_add(carry));
            let waiting = std::mem::take(&mut self.waiting);
            self.bytes.extend(std::iter::repeat_n(0xFF_u8.wrapping_add(carry), waiting));
            self.last = (self.low >> 24) as u8;
        } else {
            self.waiting += 1;
        }
        self.low = (self.low & 0x00FF_FFFF) << 8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads what a coder has written, in the same way as the script.
    struct Decoder<'a> {
        bytes: &'a [u8],
        at: usize,
        contexts: Vec<CoderContext>,
        code: u64,
        range: u64,
    }

    impl Decoder<'_> {
        fn new(bytes: &[u8], contexts: usize) -> Decoder<'_> {
            let contexts = vec![CoderContext::NEW; contexts];
            let range = u64::from(u32::MAX);
            let mut decoder = Decoder { bytes, at: 1, contexts, code: 0, range };
            (0..4).for_each(|_| decoder.shift());
            decoder
        }

        fn shift(&mut self) {
            self.code = self.code << 8 | u64::from(self.bytes.get(self.at).copied().unwrap_or(0));
            self.at += 1;
        }

        fn bit(&mut self, context: usize) -> bool {
            let context = &mut self.contexts[context];
            let bound = (self.range >> 12) * u64::from(context.odds >> 4);
            let bit = self.code < bound;
            if bit {
                self.range = bound;
            } else {
                self.code -= bound;
                self.range -= bound;
            }
            context.learn(bit);
            while self.range < 1 << 24 {
                self.range <<= 8;
                self.shift();
            }
            bit
        }

        fn number(&mut self, context: usize, learnt: u32) -> usize {
            let length = (0..).take_while(|place| self.bit(context + place)).count();
            let first = context + REST + (length << learnt);
            let mut node = 1;
            for at in 0..length {
                let is_learnt = at < learnt as usize;
                node =
                    node << 1 | usize::from(self.bit(if is_learnt { first + node } else { first }));
            }
            node - 1
        }
    }

    #[test]
    fn bits_are_read_as_they_were_written() {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 8
        };
        // This goes from even odds to bits that are nearly always the same, so every kind of carry occurs.
        for rarity in [2, 3, 50, 4000, 1 << 20] {
            let bits: Vec<bool> = (0..50_000).map(|_| next() % rarity == 0).collect();
            let mut coder = Coder::new(2);
            bits.iter().enumerate().for_each(|(at, bit)| coder.bit(at & 1, *bit));
            let bytes = coder.finish();
            assert_eq!(bytes[0], 0);
            let mut decoder = Decoder::new(&bytes, 2);
            assert!(bits.iter().enumerate().all(|(at, bit)| decoder.bit(at & 1) == *bit));
        }
    }

    #[test]
    fn likely_bits_take_little() {
        let mut coder = Coder::new(1);
        (0..80_000).for_each(|at| coder.bit(0, at % 100 == 0));
        // The entropy is 0.08 bits per bit.
        assert!(coder.finish().len() < 1000);
    }

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let numbers: Vec<usize> =
            (0..23).flat_map(|n| [(1 << n) - 1, 1 << n, 3 << n >> 1]).collect();
        let mut coder = Coder::new(NUMBER + DETAILED);
        for number in &numbers {
            coder.number(0, *number);
            coder.detailed(NUMBER, *number);
        }
        let bytes = coder.finish();
        let mut decoder = Decoder::new(&bytes, NUMBER + DETAILED);
        for number in numbers {
            assert_eq!(decoder.number(0, 2), number);
            assert_eq!(decoder.number(NUMBER, 6), number);
        }
    }
}
