//! The nouns: what the stages hand to one another.

pub mod diagnostic;
pub mod fingerprint;
pub mod language;
pub mod output;
pub mod source;
pub mod span;
