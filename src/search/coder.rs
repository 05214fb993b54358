//! Writes bits in as little space as how likely they were (range coding, as LZMA does it). How likely a bit
//! is, each context learns from the bits that it has seen.

/// Contexts of a number: how long it is, and its first bits given that.
pub const NUMBER: usize = 128;
/// The same for one of whom more bits are learnt.
pub const DETAILED: usize = 2048;
/// Where the bits behind a number's length begin.
const REST: usize = 32;

/// After so many bits a context forgets as fast as it learns.
const MEMORY: i32 = 62;

#[derive(Debug, Clone, Copy)]
struct Context {
    /// How likely a one is, of 65,536.
    odds: i32,
    seen: i32,
}

#[derive(Debug)]
pub struct Coder {
    contexts: Vec<Context>,
    /// What is written so far and not yet sure, a carry above its 32 bits.
    low: u64,
    range: u32,
    /// The last byte, and how many 255 behind it, to which a carry may come.
    last: u8,
    waiting: usize,
    bytes: Vec<u8>,
}

impl Coder {
    pub fn new(contexts: usize) -> Coder {
        let contexts = vec![Context { odds: 1 << 15, seen: 0 }; contexts];
        Coder { contexts, low: 0, range: u32::MAX, last: 0, waiting: 0, bytes: Vec::new() }
    }

    pub fn bit(&mut self, context: usize, bit: bool) {
        let Some(context) = self.contexts.get_mut(context) else { return };
        let bound = (self.range >> 12) * (context.odds >> 4).cast_unsigned();
        if bit {
            self.range = bound;
        } else {
            self.low += u64::from(bound);
            self.range -= bound;
        }
        let goal = if bit { 1 << 16 } else { 0 };
        context.odds += (goal - context.odds) / (context.seen + 2);
        context.seen = (context.seen + 1).min(MEMORY);
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.shift();
        }
    }

    /// The lowest `count` bits of a value, each in the context of those before it.
    pub fn bits(&mut self, context: usize, count: u32, value: u32) {
        let mut node = 1;
        for place in (0..count).rev() {
            let bit = value >> place & 1;
            self.bit(context + node, bit == 1);
            node = node << 1 | bit as usize;
        }
    }

    /// A number below 2²³: its length, its first two bits, the others.
    pub fn number(&mut self, context: usize, value: usize) {
        self.learnt(context, value, 2);
    }

    /// The same with six bits that are learnt.
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
            // The last bits say little of one another.
            let is_learnt = length - place <= learnt;
            self.bit(if is_learnt { first + node } else { first }, bit == 1);
            node = node << 1 | bit;
        }
    }

    pub fn finish(mut self) -> Vec<u8> {
        (0..5).for_each(|_| self.shift());
        // Who reads takes what is not there for zeros.
        let end = self.bytes.iter().rposition(|byte| *byte != 0).map_or(1, |at| at + 1);
        self.bytes.truncate(end);
        self.bytes
    }

    /// Lets the highest byte go, once no carry can change it any more. The first byte is always 0.
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
