//! Reads the owner's colour for links and buttons, and holds it to what can be read in both schemes.

use crate::model::colour::{Colour, READABLE};
use crate::model::diagnostic::Code;
use crate::model::owner::Accent;
use crate::model::span::Located;
use crate::parse::fields::{Faults, Fields};
use crate::parse::yaml::Yaml;

const COLOUR: &str = "a colour, like `\"#0b5d66\"`";

/// How many of 100 parts of a tint are the accent itself.
pub const TINT: u8 = 10;

/// Light or dark pages of the built-in theme: `--paper` and `--raised` of its style sheet.
struct ColourScheme {
    name: &'static str,
    paper: Colour,
    raised: Colour,
    /// What a colour is mixed with to be read better.
    ink: Colour,
}

pub const LIGHT_PAPER: Colour = Colour::new(0xfc, 0xfb, 0xf8);
pub const DARK_PAPER: Colour = Colour::new(0x10, 0x18, 0x1a);

const LIGHT: ColourScheme = ColourScheme {
    name: "light",
    paper: LIGHT_PAPER,
    raised: Colour::new(0xf1, 0xf2, 0xee),
    ink: Colour::BLACK,
};
const DARK: ColourScheme = ColourScheme {
    name: "dark",
    paper: DARK_PAPER,
    raised: Colour::new(0x1a, 0x24, 0x27),
    ink: Colour::WHITE,
};

impl ColourScheme {
    /// With what it stands on where it can be read least.
    fn contrast(&self, colour: Colour) -> u64 {
        let tint = self.paper.mixed(colour, TINT);
        let grounds = [self.paper, self.raised, tint];
        grounds.into_iter().map(|ground| colour.contrast(ground)).min().unwrap_or(0)
    }

    fn is_readable(&self, colour: Colour) -> bool {
        self.contrast(colour) >= READABLE
    }

    /// The colour nearest to this one that can be read.
    fn readable(&self, colour: Colour) -> Colour {
        let mixed = (0..=100).map(|parts| colour.mixed(self.ink, parts));
        mixed.clone().find(|mixed| self.is_readable(*mixed)).unwrap_or(self.ink)
    }
}

/// `accent: "#0b5d66"` is the colour of light pages, from which that of dark ones is made; a map names both.
pub fn accent(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> Option<Accent> {
    let node = fields.node("accent")?;
    if !matches!(node.value, Yaml::Map(_)) {
        let given = fields.value("accent", COLOUR, Colour::parse, faults)?;
        let light = judged(&LIGHT, given, faults);
        return Some(Accent { light: light?, dark: DARK.readable(given.value) });
    }
    let mut schemes = Fields::open(node, "the `accent`", faults)?;
    let mut one = |name| schemes.value(name, COLOUR, Colour::parse, faults);
    let (light, dark) = (one("light"), one("dark"));
    schemes.close(faults);
    let sound_light = light.map(|given| judged(&LIGHT, given, faults));
    let sound_dark = dark.map(|given| judged(&DARK, given, faults));
    match (sound_light, sound_dark) {
        (Some(light), Some(dark)) => Some(Accent { light: light?, dark: dark? }),
        (Some(light), None) => Some(Accent { light: light?, dark: DARK.readable(light?) }),
        (None, Some(dark)) => Some(Accent { light: LIGHT.readable(dark?), dark: dark? }),
        (None, None) => None,
    }
}

fn judged(
    scheme: &ColourScheme,
    given: Located<Colour>,
    faults: &mut Faults<'_>,
) -> Option<Colour> {
    if scheme.is_readable(given.value) {
        return Some(given.value);
    }
    let contrast = scheme.contrast(given.value);
    let message = format!(
        "`{}` has a contrast of {}.{} to 1 on {} pages; words need 4.5 (WCAG 2.2, 1.4.3)",
        given.value,
        contrast / 1000,
        contrast % 1000 / 100,
        scheme.name
    );
    let nearest = scheme.readable(given.value);
    let hint = match DARK.is_readable(given.value) && scheme.name == LIGHT.name {
        true => format!("write `{{light: \"{nearest}\", dark: \"{}\"}}`", given.value),
        false => format!("write `\"{nearest}\"`, the nearest that can be read"),
    };
    faults.hint(Code::LowContrast, given.span, message, hint);
    None
}
