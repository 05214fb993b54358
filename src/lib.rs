//! Cicerone compiles multilingual Markdown guides with YAML front matter into a static HTML site.
//!
//! Data travels one way: parse → resolve → render → write. See `ARCHITECTURE.md`.

pub mod commands;
pub mod disk;
pub mod images;
pub mod lint;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod publish;
pub mod render;
pub mod report;
pub mod resolve;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
