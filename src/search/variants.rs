//! Folds Chinese characters that are variants of one another.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::varint;

/// One line for each class: the character that it is folded to, then the others. It comes from OpenCC's
/// list of simplified forms (Apache-2.0), with additional forms used in Taiwan and Hong Kong.
const LIST: &str = include_str!("variants.txt");

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variants {
    /// What each character from U+3400 to U+9FFF is folded to.
    usual: Vec<char>,
    rare: BTreeMap<char, char>,
}

/// Where the usual characters begin, and how many there are.
const FIRST: u32 = 0x3400;
const USUAL: usize = 0x6C00;

impl Variants {
    pub fn all() -> &'static Variants {
        static ALL: LazyLock<Variants> = LazyLock::new(|| Variants::parse(LIST));
        &ALL
    }

    /// Reads lines that are written like `LIST`.
    pub fn parse(lines: &str) -> Variants {
        let place = |at: usize| u32::try_from(at).ok().and_then(|at| char::from_u32(FIRST + at));
        let usual = (0..USUAL).filter_map(place).collect();
        let mut variants = Variants { usual, rare: BTreeMap::new() };
        for line in lines.lines() {
            let mut chars = line.chars();
            let Some(root) = chars.next() else { continue };
            for variant in chars {
                match place_of(variant).and_then(|at| variants.usual.get_mut(at)) {
                    Some(place) => *place = root,
                    None => drop(variants.rare.insert(variant, root)),
                }
            }
        }
        variants
    }

    pub fn fold(&self, c: char) -> char {
        let Some(at) = place_of(c) else { return c };
        let rare = || self.rare.get(&c).copied();
        self.usual.get(at).copied().or_else(rare).unwrap_or(c)
    }

    /// The classes whose character `is_used`, which are all that a site needs, as they are published: for
    /// each variant, the distance of its root from the last root, and its own distance from the last
    /// variant.
    pub fn packed(is_used: impl Fn(char) -> bool) -> Vec<u8> {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for line in LIST.lines() {
            let mut chars = line.chars();
            if let Some(root) = chars.next().filter(|root| is_used(*root)) {
                pairs.extend(chars.map(|variant| (u32::from(root), u32::from(variant))));
            }
        }
        pairs.sort_unstable();
        let mut bytes = Vec::new();
        let mut last = (0, 0);
        for (root, variant) in pairs {
            varint::push((root - last.0) as usize, &mut bytes);
            let far = u32::abs_diff(variant, last.1) << 1 | u32::from(variant < last.1);
            varint::push(far as usize, &mut bytes);
            last = (root, variant);
        }
        bytes
    }
}

/// The position of a character in `usual`; `None` for one that is certainly not Chinese.
fn place_of(c: char) -> Option<usize> {
    u32::from(c).checked_sub(FIRST).and_then(|at| usize::try_from(at).ok())
}
