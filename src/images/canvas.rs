//! A picture of sixteen colours, and how text is drawn on it.

use ab_glyph_rasterizer::{Rasterizer, point};

use crate::images::fonts::{Faces, Stroke};

/// The number of steps from the background to the ink; the accent colour comes after them.
const LEVELS: u8 = 15;
pub const ACCENT: u8 = LEVELS;

pub type Colour = [u8; 3];

pub struct Canvas {
    pub width: usize,
    pub height: usize,
    /// A colour of the palette for each pixel, row by row.
    pub pixels: Vec<u8>,
}

/// Where a line of text begins, and how it looks.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    pub x: f32,
    /// The line on which letters stand.
    pub y: f32,
    pub size: f32,
    /// The colour, between the background (0) and the ink (1).
    pub strength: f32,
}

impl Canvas {
    pub fn new(width: usize, height: usize) -> Canvas {
        Canvas { width, height, pixels: vec![0; width * height] }
    }

    pub fn bar(&mut self, (left, top): (usize, usize), (width, height): (usize, usize)) {
        for row in self.pixels.chunks_exact_mut(self.width).skip(top).take(height) {
            row.iter_mut().skip(left).take(width).for_each(|pixel| *pixel = ACCENT);
        }
    }

    pub fn text(&mut self, text: &str, faces: &Faces<'_>, pen: Pen) {
        let mut x = pen.x;
        for c in text.chars() {
            self.glyph(&faces.outline(c), Pen { x, ..pen });
            x += faces.advance(c) * pen.size;
        }
    }

    fn glyph(&mut self, outline: &[Stroke], pen: Pen) {
        let place = |(x, y): (f32, f32)| (pen.x + x * pen.size, pen.y + y * pen.size);
        let points = outline.iter().flat_map(Stroke::points).map(|point| place(*point));
        let start = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
        let (left, top, right, bottom) = points.fold(start, |edge, (x, y)| {
            (edge.0.min(x), edge.1.min(y), edge.2.max(x), edge.3.max(y))
        });
        if left >= right || top >= bottom {
            return;
        }
        let (left, top) = (left.floor(), top.floor());
        let size = |from: f32, to: f32| (to - from).ceil() as usize + 1;
        let mut rasterizer = Rasterizer::new(size(left, right), size(top, bottom));
        let at = |spot: (f32, f32)| {
            let (x, y) = place(spot);
            point(x - left, y - top)
        };
        for stroke in outline {
            match *stroke {
                Stroke::Line([a, b]) => rasterizer.draw_line(at(a), at(b)),
                Stroke::Quad([a, b, c]) => rasterizer.draw_quad(at(a), at(b), at(c)),
                Stroke::Cubic([a, b, c, d]) => rasterizer.draw_cubic(at(a), at(b), at(c), at(d)),
            }
        }
        let (left, top) = (left as i64, top as i64);
        rasterizer.for_each_pixel_2d(|x, y, coverage| {
            let level = coverage.clamp(0.0, 1.0) * pen.strength * f32::from(LEVELS - 1);
            self.ink(left + i64::from(x), top + i64::from(y), level.round() as u8);
        });
    }

    /// Draws one pixel; pixels outside the picture are left out.
    fn ink(&mut self, x: i64, y: i64, level: u8) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x < self.width
            && let Some(pixel) = self.pixels.get_mut(y * self.width + x)
        {
            *pixel = level.max(*pixel);
        }
    }
}

impl Stroke {
    fn points(&self) -> &[(f32, f32)] {
        match self {
            Stroke::Line(points) => points,
            Stroke::Quad(points) => points,
            Stroke::Cubic(points) => points,
        }
    }
}

pub fn palette(background: Colour, ink: Colour, accent: Colour) -> Vec<Colour> {
    let mix = |level: u8, from: u8, to: u8| {
        let (level, most) = (u16::from(level), u16::from(LEVELS - 1));
        let sum = u16::from(from) * (most - level) + u16::from(to) * level;
        u8::try_from((sum + most / 2) / most).unwrap_or(u8::MAX)
    };
    let ([r, g, b], [ink_r, ink_g, ink_b]) = (background, ink);
    let level = |level| [mix(level, r, ink_r), mix(level, g, ink_g), mix(level, b, ink_b)];
    (0..LEVELS).map(level).chain([accent]).collect()
}
