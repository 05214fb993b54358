//! Cicerone compiles multilingual Markdown guides with YAML front matter into a static HTML site.
//!
//! Data travels one way: parse → resolve → render → write. See `ARCHITECTURE.md`.

pub mod disk;
pub mod model;
