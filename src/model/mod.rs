//! The nouns: what the stages hand to one another.

pub mod bytes;
pub mod config;
pub mod coverage;
pub mod date;
pub mod diagnostic;
pub mod fingerprint;
pub mod fold;
pub mod guide;
pub mod id;
pub mod language;
pub mod markup;
pub mod media;
pub mod needles;
pub mod operator;
pub mod output;
pub mod picture;
pub mod publication;
pub mod site;
pub mod source;
pub mod span;
pub mod suggest;
pub mod text;
pub mod theme;
pub mod unit;
pub mod value;
pub mod vocabulary;
