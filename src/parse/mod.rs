//! Turns texts into values and diagnostics; never fails.

mod body;
mod config;
mod cut;
mod events;
mod fields;
mod files;
mod form;
mod front_matter;
mod icons;
mod items;
mod line;
mod local;
mod markdown;
mod mend;
mod pins;
mod raw_html;
mod registry;
mod scaffold;
mod schema;
mod shape;
mod syntax;
mod theme;
mod wording;
mod words;
mod yaml;

pub use config::config;
pub use files::{Files, files};
pub use front_matter::{day, translation};
pub use markdown::{Origin, Sink, compile as markdown};
pub use pins::pin;
pub use registry::registry;
pub use scaffold::{scalar, untranslated};
pub use schema::schema;
pub use theme::theme;
pub use yaml::{Excerpt, parse as yaml};
