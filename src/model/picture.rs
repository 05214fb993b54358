//! The size and the place of the pictures that stand for pages elsewhere.

/// Pixels: what the large sites ask for.
pub const WIDTH: usize = 1200;
pub const HEIGHT: usize = 630;

/// Where pictures lie below the output.
pub const FOLDER: &str = "assets/og/";
