//! Folds Chinese characters that are one another's variants.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A class a line: the character it is folded to, then the others. From OpenCC's list of simplified
/// forms (Apache-2.0), with what Taiwan and Hong Kong write besides.
const LIST: &str = include_str!("variants.txt");

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variants(BTreeMap<char, char>);

impl Variants {
    pub fn all() -> &'static Variants {
        static ALL: LazyLock<Variants> = LazyLock::new(|| Variants::parse(LIST));
        &ALL
    }

    /// From lines like `LIST`'s.
    pub fn parse(lines: &str) -> Variants {
        let mut pairs = BTreeMap::new();
        for line in lines.lines() {
            let mut chars = line.chars();
            let Some(root) = chars.next() else { continue };
            pairs.extend(chars.map(|variant| (variant, root)));
        }
        Variants(pairs)
    }

    pub fn fold(&self, c: char) -> char {
        if c < '\u{3400}' { c } else { self.0.get(&c).copied().unwrap_or(c) }
    }

    /// The lines of the classes whose character `is_used`: all that a site needs.
    pub fn lines(is_used: impl Fn(char) -> bool) -> String {
        let used = LIST.lines().filter(|line| line.chars().next().is_some_and(&is_used));
        used.flat_map(|line| [line, "\n"]).collect()
    }
}
