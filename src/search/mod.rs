//! Finds pages by words: makes the index that travels with the site, and ranks with the same rules.

mod basis;
mod chunk;
mod coder;
mod encode;
mod excerpt;
mod expand;
mod gzip;
mod index;
mod languages;
mod operators;
mod postings;
mod rank;
mod sections;
mod sounds;
mod spelling;
mod spellings;
mod subjects;
mod term;
mod variants;
mod words;

pub use basis::Basis;
pub use encode::{File, files};
pub use gzip::gzip;
pub use index::{Index, Indexer, PageWords};
pub use languages::{Group, groups};
pub use rank::{Found, Hit, search};
pub use sections::subject;
pub use subjects::{Part, Rendition, Subject, SubjectKey, subjects};
pub use variants::Variants;
pub use words::terms;
