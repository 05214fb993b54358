//! Cicerone compiles multilingual Markdown guides with YAML front matter into a static HTML site.
//!
//! Data travels one way: parse → resolve → render → write. See `ARCHITECTURE.md`.
//!
//! # Packages
//!
//! Each package is used behind one door, so that it can be exchanged in one file. The project is built on
//! five: `pulldown-cmark` (Markdown), `tera` (templates), `walkdir` (walking), `serde_yaml` and `rayon`
//! (threads). `serde_yaml` is our name for `serde-saphyr`: the author of the crate with that name has
//! deprecated it, while this one is maintained, forbids unsafe code, limits what hostile files can cost,
//! and reports the place of every value. Plain YAML, which is what nearly all files contain, is read by
//! `parse/plain.rs` in an eighth of the time; it leaves whatever it is not sure of to the library, and a
//! test compares it with the library on any text. A new package needs a sentence in its commit that says
//! why ten lines of ours would not do; ten lines of ours need a sentence that says why no maintained
//! package does it.
//!
//! What `publish` needs for buckets is behind the feature `publish`, which is on by default: `rusty-s3`
//! signs requests and reads lists without any input or output of its own; `ureq` sends the requests (it
//! blocks, so it needs no runtime; TLS is `rustls` with `ring`, which needs a C compiler, and the system
//! decides which hosts are trusted); `md-5` makes the sums by which storage names versions. Folders and
//! branches need none of them. `brotli` is RFC 7932, whose dictionary alone is 120 kB.
//!
//! `memchr` is behind `model/word_search.rs`, where the lints look for every name, host, messenger and
//! technical term. A text is examined four bytes at a time: a table says which groups of words have the
//! first two and the last two bytes in these positions, and for most positions, taken eight at a time
//! (`model/bytes.rs`), it says that none has both. An automaton (`aho-corasick`) took twice as long as a
//! table that was asked at every byte, because each of its steps waits for the one before.
//!
//! `simdutf8` is behind `model/bytes.rs`: every byte that is read is checked for valid UTF-8, and so is
//! what the lints make of a text by blanking bytes. The standard library does this byte by byte if a text
//! is not ASCII. Chinese takes `simdutf8` a tenth of the time, and it needs no other package.
//!
//! `memmap2` and `yoke` are behind `model/text.rs`. A page fault for every 4 KiB that is touched for the
//! first time took a tenth of a build's CPU time. A mapping of our own can ask for large pages, an
//! allocation of the standard library cannot. `yoke`, which ICU's packages bring anyway, keeps a text
//! together with the block that contains it, without unsafe code.
//!
//! Pictures need `skrifa`, which reads any TrueType or OpenType font and is maintained by people who draw
//! text in browsers (its predecessor here, `ttf-parser`, is no longer maintained: RUSTSEC-2026-0192), and
//! `ab_glyph_rasterizer`, which turns outlines into coverage and has no dependencies. PNG takes thirty
//! lines on top of `flate2` (`images/png.rs`), because the `png` package would bring a second compressor;
//! the tests read the files with it.
//!
//! Profiles: `release` compiles in minutes on two cores, so that a newcomer's first command is quick.
//! `dist` adds fat link-time optimisation and a single codegen unit for the published programs.
//! `cargo bench` measures `release`, because that is what people get who build the program themselves. Both
//! unwind on a panic, because a panic in one file is caught.
//!
//! What only Linux has (`renameat2`, `openat2`, `syncfs`) stands in `disk/folder/unix.rs`, with a portable way
//! beside it; `disk/folder/windows.rs` does the same for Windows.

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
