//! The size and place of the pictures that other sites show for a page.

/// The width in pixels that the large sites ask for.
pub const WIDTH: usize = 1200;
/// The height in pixels that the large sites ask for.
pub const HEIGHT: usize = 630;

/// The folder below the output for these pictures.
pub const FOLDER: &str = "assets/og/";
