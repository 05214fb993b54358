//! What is fuzzed: each target takes bytes, and panics where the program does not keep a promise.
//!
//! `cargo test` gives each of them the files of `fuzz/seeds/`, so this is read with the program's own tests too.

mod addresses;
mod index;
mod page;
mod picture;
mod query;
mod site;
mod storage;

#[allow(dead_code, reason = "the program's tests use more of it")]
#[path = "../../tests/it/html.rs"]
mod html;

pub use addresses::addresses;
pub use index::search_index;
pub use picture::picture;
pub use query::{READERS, queried, search_query};
pub use site::{front_matter, markdown, registry, settings};
pub use storage::storage;

/// What takes any bytes.
pub type Target = fn(&[u8]);

/// The targets by their names.
pub const TARGETS: &[(&str, Target)] = &[
    ("front_matter", front_matter),
    ("markdown", markdown),
    ("registry", registry),
    ("settings", settings),
    ("picture", picture),
    ("search_index", search_index),
    ("search_query", search_query),
    ("addresses", addresses),
    ("storage", storage),
];

/// The main function of a target, as libFuzzer calls it.
///
/// The Markdown parser's own panics are known, and the program reports them; they end no run.
#[macro_export]
macro_rules! target {
    ($name:ident) => {
        libfuzzer_sys::fuzz_target!(
            init: {
                let ends = std::panic::take_hook();
                std::panic::set_hook(Box::new(move |panic| {
                    let place = panic.location().map_or("", |location| location.file());
                    if !place.contains("pulldown-cmark") {
                        ends(panic);
                    }
                }));
            },
            |data: &[u8]| {
                let _ = std::panic::catch_unwind(|| $crate::$name(data));
            }
        );
    };
}

/// Bytes as the text that `disk::read` makes of a file: UTF-8, without NUL.
fn text(data: &[u8]) -> String {
    String::from_utf8_lossy(data).replace('\0', "\u{fffd}")
}

/// The parts of an input between lines of three per cent signs.
fn parts(data: &[u8]) -> impl Iterator<Item = String> {
    text(data).split("\n%%%\n").map(str::to_owned).collect::<Vec<_>>().into_iter()
}
