//! Draws the pictures that other sites show of our pages (Open Graph), and makes wide pictures of guides smaller.

mod canvas;
mod fonts;
mod lines;
mod png;
#[cfg(feature = "pictures")]
mod smaller;
mod words;

use std::collections::BTreeMap;
use std::io;

use crate::images::canvas::{Canvas, Colour, Pen};
use crate::images::fonts::Fonts;
use crate::images::lines::{Room, Ruler};
use crate::images::words::Lettering;
use crate::model::config::Config;
use crate::model::diagnostic::Outcome;
use crate::model::fingerprint::Fingerprint;
use crate::model::picture::{HEIGHT, WIDTH};
use crate::model::site::{PageKey, Site};
use crate::model::source::Sources;

/// Increase this number when the look changes: programs that keep pictures by address will then fetch them
/// again.
const LOOK: u8 = 1;

const MARGIN: f32 = 80.0;
const LINE: f32 = WIDTH as f32 - 2.0 * MARGIN;
const TITLE: Room = Room {
    width: LINE,
    height: 310.0,
    lines: 4,
    sizes: &[88.0, 76.0, 68.0, 60.0, 52.0, 46.0],
    leading: 1.28,
};
/// The room for a sentence below a title.
const TEXT: Room = Room { height: 160.0, lines: 3, sizes: &[40.0, 36.0], ..TITLE };
/// The space between a title and the sentence below it.
const GAP: f32 = 20.0;
/// The height of the middle of the title.
const MIDDLE: f32 = 306.0;
const SMALL: f32 = 34.0;
const ABOVE: f32 = 112.0;
const BELOW: f32 = 562.0;
const BAR: ((usize, usize), (usize, usize)) = ((80, 496), (96, 8));
/// The strength of small text, compared with that of the title.
const QUIET: f32 = 0.78;

#[cfg(feature = "pictures")]
pub use smaller::smaller;

/// A program that was built without what it takes refuses a site that asks for it (`parse/config.rs`).
#[cfg(not(feature = "pictures"))]
pub fn smaller(_: &[u8], _: u32) -> Result<Vec<u8>, String> {
    Err("this program was built without what makes pictures smaller".to_owned())
}

/// Increase this number when smaller pictures are made in another way.
const WAY: u8 = 1;

/// What tells the smaller versions of one picture from those of another.
pub fn fingerprint_of_smaller(bytes: &[u8]) -> Fingerprint {
    Fingerprint::of(format!("{WAY} {}", Fingerprint::of(bytes)).as_bytes())
}

/// What the site's pictures show, and the fonts that they are set in.
#[derive(Debug)]
pub struct SitePictures {
    fonts: Fonts,
    paints: Paints,
    pub pictures: Vec<Picture>,
}

/// The picture of one page in one language, which is given as an index among the site's languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub key: PageKey,
    pub language: usize,
    /// A fingerprint of everything that the picture shows.
    pub fingerprint: Fingerprint,
    words: Lettering,
}

#[derive(Debug, Clone, Copy)]
struct Paints {
    background: Colour,
    ink: Colour,
    accent: Colour,
}

/// Plans what is to be drawn; nothing if the site asks for no pictures or does not know where it will live.
pub fn plan(site: &Site, sources: &Sources) -> Outcome<Option<SitePictures>> {
    let Outcome { value: fonts, mut diagnostics } = fonts::read(sources, &site.config);
    // If a font could not be read, missing characters are not reported.
    let is_asked = diagnostics.is_empty() && !site.routes.origin.is_empty();
    let Some(fonts) = fonts.filter(|_| is_asked) else {
        return Outcome::new(None, diagnostics);
    };
    let paints = Paints::of(&site.config);
    let mut pictures = Vec::new();
    for (language, tag) in site.config.languages.iter().enumerate() {
        let faces = fonts.faces(tag);
        for (key, words) in words::of(site, tag) {
            if let Some(fault) = words.missing(site, &faces) {
                diagnostics.push(fault);
                continue;
            }
            let Paints { background, ink, accent } = paints;
            let shown =
                format!("{LOOK}{background:?}{ink:?}{accent:?}{}{tag}{words:?}", fonts.fingerprint);
            let fingerprint = Fingerprint::of(shown.as_bytes());
            pictures.push(Picture { key, language, fingerprint, words });
        }
    }
    Outcome::new(Some(SitePictures { fonts, paints, pictures }), diagnostics)
}

impl SitePictures {
    /// The file of a picture: a PNG, with the same bytes for the same words.
    pub fn draw(&self, picture: &Picture, site: &Site) -> io::Result<Vec<u8>> {
        let faces = self.fonts.faces(site.language(picture.language));
        // Many ways of breaking lines are tried, so each width is looked up only once.
        let letters = picture.words.texts().flat_map(|text| text.chars()).chain("….· ".chars());
        let known: BTreeMap<char, f32> = letters.map(|c| (c, faces.advance(c))).collect();
        let advance = |c| known.get(&c).copied().unwrap_or_default();
        let ellipsis = if faces.has('…') { "…" } else { "..." };
        let ruler = Ruler { advance: &advance, ellipsis };
        let mut canvas = Canvas::new(WIDTH, HEIGHT);
        let small = Pen { x: MARGIN, y: ABOVE, size: SMALL, strength: QUIET };
        let Lettering { above, title, text, below, .. } = &picture.words;
        canvas.text(&ruler.row(above, LINE / SMALL), &faces, small);
        let title = TITLE.set(title, &ruler);
        let text = TEXT.set(text, &ruler);
        let gap = if text.lines.is_empty() { 0.0 } else { GAP };
        let mut y = MIDDLE - (title.height() + gap + text.height()) / 2.0;
        for (setting, strength) in [(title, 1.0), (text, QUIET)] {
            for line in &setting.lines {
                // A letter stands on the line; its middle is about a third of its size above it.
                let line_y = (y + setting.size * (setting.leading / 2.0 + 0.36)).round();
                let pen = Pen { x: MARGIN, y: line_y, size: setting.size, strength };
                canvas.text(line, &faces, pen);
                y += setting.size * setting.leading;
            }
            y += gap;
        }
        canvas.bar(BAR.0, BAR.1);
        let below = ruler.row(std::slice::from_ref(below), LINE / SMALL);
        canvas.text(&below, &faces, Pen { y: BELOW, ..small });
        let Paints { background, ink, accent } = self.paints;
        png::png(&canvas, &canvas::palette(background, ink, accent))
    }
}

impl Paints {
    /// Text is white on a dark colour, and almost black on a light one.
    fn of(config: &Config) -> Paints {
        let background = colour(&config.theme_color).unwrap_or([0x0b, 0x5d, 0x66]);
        let [red, green, blue] = background.map(u32::from);
        // The perceived brightness (ITU-R BT.601), in thousandths.
        let is_light = red * 299 + green * 587 + blue * 114 > 150_000;
        let ink = if is_light { [0x16, 0x1b, 0x1f] } else { [0xff; 3] };
        let accent = config.images.as_ref().and_then(|images| colour(images.accent.as_ref()?));
        // If the site has no accent colour of its own, the one between the other two is used.
        let between = |(paper, ink): (u8, u8)| paper.midpoint(ink);
        let ([r, g, b], [ink_r, ink_g, ink_b]) = (background, ink);
        let quiet = [(r, ink_r), (g, ink_g), (b, ink_b)].map(between);
        Paints { background, ink, accent: accent.unwrap_or(quiet) }
    }
}

/// Reads `#0b5d66` or `#05c`.
fn colour(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#')?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some(match digits.len() {
        3 => [green & 15, blue >> 4, blue & 15].map(|digit| digit * 17),
        _ => [red, green, blue],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_has_three_or_six_digits() {
        assert_eq!(colour("#0b5d66"), Some([0x0b, 0x5d, 0x66]));
        assert_eq!(colour("#05c"), Some([0x00, 0x55, 0xcc]));
        assert_eq!(colour("0b5d66"), None);
    }
}
