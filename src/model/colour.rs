//! Colours of sRGB, and how well one can be read on another (WCAG 2.2, 1.4.3).

use std::fmt;

/// Red, green and blue, as `#0b5d66` writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour([u8; 3]);

/// How many thousandths of contrast text needs: 4.5 to 1.
pub const READABLE: u64 = 4500;

impl Colour {
    pub const BLACK: Colour = Colour([0; 3]);
    pub const WHITE: Colour = Colour([255; 3]);

    pub const fn new(red: u8, green: u8, blue: u8) -> Colour {
        Colour([red, green, blue])
    }

    /// `#0b5d66` or `#abc`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#')?;
        let values: Option<Vec<u8>> =
            digits.chars().map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
        match *values? {
            [r, g, b] => Some(Colour([r * 17, g * 17, b * 17])),
            [r, s, g, h, b, c] => Some(Colour([r * 16 + s, g * 16 + h, b * 16 + c])),
            _ => None,
        }
    }

    /// Relative luminance in millionths; whole numbers, so that any machine finds the same.
    fn luminance(self) -> u64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            match value {
                value if value <= 0.04045 => value / 12.92,
                value => ((value + 0.055) / 1.055).powf(2.4),
            }
        };
        let [red, green, blue] = self.0.map(linear);
        ((0.2126 * red + 0.7152 * green + 0.0722 * blue) * 1e6).round() as u64
    }

    /// From 1000, where both are the same, to 21000.
    pub fn contrast(self, other: Colour) -> u64 {
        let (one, two) = (self.luminance() + 50_000, other.luminance() + 50_000);
        one.max(two) * 1000 / one.min(two)
    }

    /// With so many of 100 parts of `other`.
    pub fn mixed(self, other: Colour, parts: u8) -> Colour {
        let channel = |(own, other): (u8, u8)| {
            let sum =
                u16::from(own) * (100 - u16::from(parts)) + u16::from(other) * u16::from(parts);
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        let [red, green, blue] = self.0;
        let [other_red, other_green, other_blue] = other.0;
        Colour([(red, other_red), (green, other_green), (blue, other_blue)].map(channel))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_as_it_is_written() {
        for (written, read) in [("#0B5d66", Some("#0b5d66")), ("#abc", Some("#aabbcc"))] {
            assert_eq!(Colour::parse(written).map(|one| one.to_string()).as_deref(), read);
        }
        for written in ["0b5d66", "#0b5d6", "#0b5d6g", "#", "teal", "#12345é"] {
            assert_eq!(Colour::parse(written), None, "{written}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        // The figures of WCAG's own examples.
        for (one, two, thousandths) in [
            ("#000000", "#ffffff", 21_000),
            ("#777777", "#ffffff", 4_478),
            ("#767676", "#ffffff", 4_542),
            ("#ff0000", "#ffffff", 3_998),
            ("#123456", "#123456", 1_000),
        ] {
            let colour = |text| Colour::parse(text).unwrap();
            assert_eq!(colour(one).contrast(colour(two)), thousandths, "{one} {two}");
        }
    }

    #[test]
    fn a_mixture_lies_between() {
        assert_eq!(Colour::BLACK.mixed(Colour::WHITE, 0), Colour::BLACK);
        assert_eq!(Colour::BLACK.mixed(Colour::WHITE, 100), Colour::WHITE);
        assert_eq!(Colour::BLACK.mixed(Colour::WHITE, 50).to_string(), "#808080");
    }
}
