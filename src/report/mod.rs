//! Tells people and programs how a run went: faults, progress, and a last line.

mod coverage;
mod escape;
mod excerpt;
mod github;
mod gitlab;
mod human;
mod json;
mod lines;
mod matches;
mod order;
mod plan;
mod progress;
mod sarif;
mod style;
mod summary;
mod terminal;

pub use coverage::{coverage, coverage_json};
pub use github::github;
pub use gitlab::gitlab;
pub use human::human;
pub use json::json;
pub use lines::{Lines, Position};
pub use matches::{Match, matches_human, matches_json};
pub use order::Faults;
pub use plan::{plan_human, plan_json};
pub use progress::{Progress, Visible};
pub use sarif::sarif;
pub use style::{ColorChoice, Style, Surroundings};
pub use summary::{Built, Checked, NotBuilt, Previous, Published, Summary};
pub use terminal::{stderr, stdout};
