//! Cicerone compiles multilingual Markdown guides with YAML front matter into a static HTML site.
//!
//! Data travels one way: parse → resolve → render → write. See `ARCHITECTURE.md`.
//!
//! # Packages
//!
//! Each behind one door, so that it can be exchanged in one file. The five that the project stands on: `pulldown-cmark`
//! (Markdown), `tera` (templates), `walkdir` (walking), `serde_yaml` and `rayon` (threads). `serde_yaml` is the name
//! here of `serde-saphyr`: the crate of that name is deprecated by its author, and this one is kept, forbids unsafe
//! code, bounds what hostile files can cost, and tells where every value stands. Plain YAML, which is what nearly all
//! files are, is read by `parse/plain.rs` in an eighth of the time; it leaves what it is not sure of to the library, and a
//! test holds it to the library on any text. A new package needs a sentence in its
//! commit why ten lines of ours would not do; ten lines of ours need a sentence why no kept package does it.
//!
//! What `publish` needs for buckets is behind the feature `publish`, on by default: `rusty-s3` signs requests and reads
//! lists without any input or output of its own, `ureq` asks (blocking, so that no runtime comes in; `rustls` with `ring`
//! for TLS, which takes a C compiler, and the system's own trust in hosts), and `md-5` is what storage names versions by.
//! Folders and branches need none of them. `brotli` is RFC 7932, whose dictionary alone is 120 kB.
//!
//! `memchr` stands behind `model/word_search.rs`, where the lints look for every name, host, messenger and word of the trade. A
//! text is looked at four bytes at a time: a table tells of the first two and the last two which groups of words have them
//! there, and of most places, eight at a time (`model/bytes.rs`), that none has both. An automaton (`aho-corasick`) took
//! twice as long as a table that was asked at every byte, as each of its steps waits for the one before.
//!
//! `simdutf8` stands behind `model/bytes.rs`: every byte that is read is checked for being UTF-8, and what the lints make
//! of a text by blanking bytes, which the standard library does byte by byte where a text is not ASCII. Chinese takes it a
//! tenth of the time; it needs no other package.
//!
//! `memmap2` and `yoke` stand behind `model/text.rs`. A page fault for every 4 KiB that is touched for the first time was a
//! tenth of a build's CPU; a mapping of one's own can ask for large pages, an allocation of the standard library's cannot.
//! `yoke`, which comes with ICU's packages, keeps a text together with the block that it lies in, without unsafe code.
//!
//! Pictures take `skrifa`, which reads any TrueType or OpenType font and is kept by those who draw text in browsers (its
//! predecessor here, `ttf-parser`, is no longer maintained: RUSTSEC-2026-0192), and `ab_glyph_rasterizer`, which turns
//! outlines into coverage and has no dependency. PNG is thirty lines on `flate2`
//! (`images/png.rs`), since the `png` package would bring a second compressor; the tests read the files with it.
//!
//! Profiles: `release` compiles in minutes on two cores, so that a newcomer's first command is quick. `dist` adds fat
//! link-time optimisation and one codegen unit for what is published. `cargo bench` measures the former, which is what those
//! who build the program themselves get. Both unwind on a panic, because a panic in one file is caught.
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
