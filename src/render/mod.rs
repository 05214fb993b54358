//! Turns pages into the files of the site.

pub mod view;
