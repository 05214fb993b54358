//! Turns texts into values and diagnostics; never fails.

mod body;
mod config;
mod cut;
mod events;
mod fields;
mod files;
mod front_matter;
mod items;
mod line;
mod local;
mod markdown;
mod mend;
mod raw_html;
mod registry;
mod syntax;
mod theme;
mod yaml;

pub use config::config;
pub use files::{Files, files};
pub use front_matter::{day, translation};
pub use markdown::{Origin, Sink, compile as markdown};
pub use registry::registry;
pub use theme::theme;
pub use yaml::{Excerpt, parse as yaml};
