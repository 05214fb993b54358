//! What a published site needs: files that programs read, and what hosts make of them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "these tests look at whole sites, and start the servers that show them"
)]

mod docker;
mod icons;
mod machine;
mod packages;
mod recipes;
mod servers;
mod subpath;
mod twin;
mod underscore;

use crate::project::Built;

/// A file of the site as text.
fn text<'a>(built: &'a Built, path: &str) -> &'a str {
    let bytes = built.files.get(path).unwrap_or_else(|| panic!("there is no `{path}`"));
    std::str::from_utf8(bytes).unwrap()
}
