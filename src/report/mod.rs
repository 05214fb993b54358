
mod escape;
mod excerpt;
mod human;
mod json;
mod lines;
mod order;
mod style;
mod summary;
mod terminal;

pub use human::human;
pub use json::json;
pub use lines::{Lines, Position};
pub use order::Faults;
pub use style::{ColorChoice, Style, Surroundings};
pub use summary::{Built, Checked, NotBuilt, Previous, Summary};
pub use terminal::{stderr, stdout};
