//! The size of pictures, and the place of those that stand for pages elsewhere.

/// The width in pixels that the large sites ask for.
pub const WIDTH: usize = 1200;
/// The height in pixels that the large sites ask for.
pub const HEIGHT: usize = 630;

/// The folder below the output for these pictures.
pub const FOLDER: &str = "assets/og/";

/// A picture beside a guide that is wider has smaller versions.
pub const WIDE: u32 = 800;
/// How many pixels those are wide.
pub const SMALLER_WIDTHS: [u32; 2] = [480, 960];
/// The folder below the output for them.
pub const SMALLER_FOLDER: &str = "assets/pictures/";

/// How many pixels a picture is wide and high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureSize {
    pub width: u32,
    pub height: u32,
}
