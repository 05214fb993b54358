//! Reads fonts, and finds the glyphs of a text in them.

use std::sync::Arc;

use skrifa::charmap::Charmap;
use skrifa::metrics::GlyphMetrics;
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::prelude::{GlyphId, LocationRef, Size};
use skrifa::raw::{FileRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use crate::model::config::Config;
use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::fingerprint::Fingerprint;
use crate::model::language::Language;
use crate::model::source::{SourcePath, Sources};
use crate::model::span::Located;
use crate::model::suggest::suggest;

/// No collection has more faces than this.
const FACES: usize = 64;
/// A glyph that is wider or higher than this is a fault in its font (ems).
const LARGEST: f32 = 8.0;
/// Endings of family names that say which region's forms of Han characters a font has.
const REGIONS: &[&str] = &["SC", "CN", "TC", "TW", "HK", "HC", "JP", "KR"];

/// The fonts that `site.yaml` names, in its order.
#[derive(Debug, Clone)]
pub struct Fonts {
    files: Vec<FontFile>,
    pub fingerprint: Fingerprint,
}

#[derive(Debug, Clone)]
struct FontFile {
    bytes: Arc<Vec<u8>>,
    /// The region at the end of each face's name; a collection has several faces.
    regions: Vec<Option<&'static str>>,
}

/// The fonts in the order for one language: a character is taken from the first font that has it.
pub struct Faces<'a>(Vec<FontFace<'a>>);

/// One face of a font file, with the tables that are needed for drawing.
struct FontFace<'a> {
    font: FontRef<'a>,
    characters: Charmap<'a>,
    metrics: GlyphMetrics<'a>,
    outlines: OutlineGlyphCollection<'a>,
    /// The number of the font's units in an em.
    units: f32,
}

/// A piece of an outline, in ems to the right of the pen and below the line.
#[derive(Debug, Clone, Copy)]
pub enum Stroke {
    Line([(f32, f32); 2]),
    Quad([(f32, f32); 3]),
    Cubic([(f32, f32); 4]),
}

/// `None` if the site names no font, or none of the files that it names is a font.
pub fn read(sources: &Sources, config: &Config) -> Outcome<Option<Fonts>> {
    let mut diagnostics = Vec::new();
    let names = config.images.iter().flat_map(|images| &images.fonts);
    let mut files = Vec::new();
    let mut marks = String::new();
    for name in names {
        match file(name, sources) {
            Ok(file) => {
                marks.push_str(&Fingerprint::of(&file.bytes).to_string());
                files.push(file);
            }
            Err(fault) => diagnostics.push(fault.at(&config.path, name.span)),
        }
    }
    let fonts = Fonts { files, fingerprint: Fingerprint::of(marks.as_bytes()) };
    Outcome::new((!fonts.files.is_empty()).then_some(fonts), diagnostics)
}

fn file(name: &Located<String>, sources: &Sources) -> Result<FontFile, Diagnostic> {
    let path = SourcePath::new(&format!("guides/{}", name.value.trim_start_matches('/')));
    let Some(bytes) = sources.assets.get(&path) else {
        let files = sources.assets.keys().filter_map(|path| path.as_str().strip_prefix("guides/"));
        let hint = match suggest(&name.value, files) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "put the font there; its path begins below `guides/`".to_owned(),
        };
        return Err(
            Diagnostic::new(Code::BadValue, format!("there is no file `{path}`")).hint(hint)
        );
    };
    let Some(regions) = regions(bytes).filter(|regions| !regions.is_empty()) else {
        let message = format!("`{}` is no font that can be read", name.value);
        let hint = "a font is a TrueType or OpenType file: `.ttf`, `.otf`, `.ttc`; convert a `.woff2` to one";
        return Err(Diagnostic::new(Code::BadValue, message).hint(hint));
    };
    Ok(FontFile { bytes: bytes.clone(), regions })
}

/// The region of every face; `None` if one of them cannot be read.
fn regions(bytes: &[u8]) -> Option<Vec<Option<&'static str>>> {
    let count = match FileRef::new(bytes).ok()? {
        FileRef::Font(_) => 1,
        FileRef::Collection(collection) => usize::try_from(collection.len()).ok()?,
    };
    // The offset of each face takes four bytes.
    if count > bytes.len() / 4 {
        return None;
    }
    (0..count.min(FACES)).map(|index| Some(region(&FontFace::read(bytes, index)?.font))).collect()
}

/// The region in the name of a font's family: `SC` in `Noto Sans CJK SC`.
fn region(font: &FontRef<'_>) -> Option<&'static str> {
    let family = |id| font.localized_strings(id).english_or_first().map(|name| name.to_string());
    let family =
        family(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| family(StringId::FAMILY_NAME))?;
    let last = family.rsplit(' ').next()?;
    REGIONS.iter().copied().find(|region| *region == last)
}

/// The regions whose forms a language is written in, the best first; none if it does not matter.
fn wanted(language: &Language) -> &'static [&'static str] {
    let region = language.locale();
    match language.script().as_str() {
        "Hans" => &["SC", "CN"],
        "Hant" if region.ends_with("_HK") || region.ends_with("_MO") => &["HK", "HC", "TC", "TW"],
        "Hant" => &["TC", "TW", "HK", "HC"],
        "Jpan" => &["JP"],
        "Kore" => &["KR"],
        _ => &[],
    }
}

impl Fonts {
    /// The faces for a language: its own face of a collection; a font with another region's forms comes
    /// last.
    pub fn faces(&self, language: &Language) -> Faces<'_> {
        let wanted = wanted(language);
        let place = |file: &FontFile| {
            let own = |want: &&str| file.regions.iter().position(|region| *region == Some(*want));
            wanted.iter().find_map(own)
        };
        let is_foreign = |file: &FontFile| {
            !wanted.is_empty() && file.regions.iter().all(Option::is_some) && place(file).is_none()
        };
        let (last, first): (Vec<&FontFile>, Vec<&FontFile>) =
            self.files.iter().partition(|file| is_foreign(file));
        let files = first.into_iter().chain(last).map(|file| (file, place(file).unwrap_or(0)));
        Faces(files.filter_map(|(file, index)| FontFace::read(&file.bytes, index)).collect())
    }
}

impl<'a> FontFace<'a> {
    /// `None` if a table is missing that every font has.
    fn read(bytes: &'a [u8], index: usize) -> Option<FontFace<'a>> {
        let font = FontRef::from_index(bytes, u32::try_from(index).ok()?).ok()?;
        let (head, _, _) = (font.head().ok()?, font.hhea().ok()?, font.maxp().ok()?);
        // The limits are those of OpenType's `head` table.
        let units = Some(head.units_per_em()).filter(|units| (16..=16_384).contains(units))?;
        let (size, location) = (Size::unscaled(), LocationRef::default());
        Some(FontFace {
            characters: font.charmap(),
            metrics: font.glyph_metrics(size, location),
            outlines: font.outline_glyphs(),
            units: f32::from(units),
            font,
        })
    }
}

impl Faces<'_> {
    /// Whether `c` can be drawn; a space needs no outline.
    pub fn has(&self, c: char) -> bool {
        self.find(c).is_some()
    }

    /// How far the pen moves (ems); zero for a character that no font has.
    pub fn advance(&self, c: char) -> f32 {
        let advance = |(face, glyph): (&FontFace<'_>, _)| {
            face.metrics.advance_width(glyph).unwrap_or(0.0) / face.units
        };
        self.find(c).map_or(0.0, advance).min(LARGEST)
    }

    pub fn outline(&self, c: char) -> Vec<Stroke> {
        let Some((face, glyph)) = self.find(c) else { return Vec::new() };
        let mut outline = Outline { scale: 1.0 / face.units, ..Outline::default() };
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        if let Some(shape) = face.outlines.get(glyph) {
            _ = shape.draw(settings, &mut outline);
        }
        outline.strokes
    }

    fn find(&self, c: char) -> Option<(&FontFace<'_>, GlyphId)> {
        self.0.iter().find_map(|face| {
            let glyph = face.characters.map(c)?;
            let limit = LARGEST * face.units;
            let is_sound = match face.metrics.bounds(glyph) {
                Some(shape) if shape.x_max > shape.x_min => {
                    [shape.x_min, shape.y_min, shape.x_max, shape.y_max]
                        .into_iter()
                        .all(|edge| edge.abs() <= limit)
                }
                _ => c.is_whitespace(),
            };
            is_sound.then_some((face, glyph))
        })
    }
}

#[derive(Default)]
struct Outline {
    scale: f32,
    start: (f32, f32),
    pen: (f32, f32),
    strokes: Vec<Stroke>,
}

impl Outline {
    /// Fonts count upwards, pictures count downwards.
    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        (x * self.scale, -y * self.scale)
    }
}

impl OutlinePen for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.point(x, y);
        self.pen = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.strokes.push(Stroke::Line([self.pen, to]));
        self.pen = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (control, to) = (self.point(x1, y1), self.point(x, y));
        self.strokes.push(Stroke::Quad([self.pen, control, to]));
        self.pen = to;
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (first, second, to) = (self.point(x1, y1), self.point(x2, y2), self.point(x, y));
        self.strokes.push(Stroke::Cubic([self.pen, first, second, to]));
        self.pen = to;
    }

    fn close(&mut self) {
        self.strokes.push(Stroke::Line([self.pen, self.start]));
        self.pen = self.start;
    }
}
