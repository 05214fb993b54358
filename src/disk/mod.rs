//! Reads the sources and writes the site: the edge that touches files.

mod cache;
mod carry;
mod commit;
mod edit;
mod faults;
mod folder;
mod git;
mod lock;
mod manifest;
mod ordered;
mod read;
mod recover;
mod reread;
mod sealed;
mod stage;
mod sweep;
mod target;
mod text;
mod tree;
mod walk;

pub use cache::{keep, recall};
pub use commit::{Way, Written};
pub use edit::{create, replace};
pub use git::{Version, history};
pub use manifest::{Entry, MANIFEST, Manifest, is_as_built, list_of};
pub use read::{config, read, read_unless};
pub use reread::reread;
pub use sealed::Sealed;
pub use stage::{Options, Stage};
pub use target::OpenError;
