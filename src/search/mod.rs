//! Finds pages by words: makes the index that is published with the site, and ranks by the same rules.
//!
//! It consists of an index of our own and a script (`themes/default/assets/search.js` reads and ranks,
//! `find.js` is the interface); there is no server, no WebAssembly and no dictionary. `cicerone search`
//! answers from the guides with the same words and ranking. A test compares the two on every string and
//! every query of `tests/search/queries.tsv`.
//!
//! - **Groups.** Chinese in both scripts is one group: a page's parts in Hans and Hant are merged by anchor, so a word of
//!   either finds both, and the reader is led to the page in their own script. Every other language is its own group;
//!   others are asked only where the reader's own knows less than half of the query, and their hits are labelled.
//! - **Words.** NFKC, lower case, marks dropped; decimal digits of all scripts are one; Arabic, Persian and Urdu letters too,
//!   and an Arabic word loses its article. What a hyphen or a point joins is also found in one (`wifi`), and a telephone
//!   number in each form in which it is dialled (`search/spellings.rs`); a query is put together or parted where the site
//!   knows it so. Forms of a word have a stem in common, by rules of the language (`search/languages.txt`, `search/stemming.rs`)
//!   that travel with its index; there the words of the site are listed by stem, each with the compounds that it is part of
//!   (`search/families.rs`). English and Albanian words are looked up with each ending instead, which costs fewer requests.
//!   Han characters folded by variant (OpenCC's table; only the classes that the site contains travel), runs of scripts without spaces cut to pairs and their last character. Titles and headings
//!   also by pinyin, in pairs of syllables.
//! - **Parts.** A page is up to 64 parts, each a step, an item, a question or a heading with its anchor. A posting is
//!   page, part (6 bits) and weight (4 bits), precomputed: title 15, operator names 14, facts 13, heading 11, other names of
//!   what the title says 11, related names 8, labels and summary 6, text 3 to 5: once, twice, more often. How long a part
//!   is counts only beyond 300 words: parts answer one question each, and a weight that every part's length changes would
//!   take half a bit more and find no better (right page first for words side by side in the text of 10,000 pages: 0.959,
//!   with BM25's length 0.938).
//! - **Ranking.** Sum over the words of rarity × weight × (weight + 16) × how well the word agrees (exact, ending, stem,
//!   prefix, sound, typo), best part twice; times the share of the query that the page is surely about, squared; times how many of the words it has; more for
//!   each part that answers all of it, and where the title does. Whole numbers and what is exact in binary, so that Rust and
//!   JavaScript agree.
//! - **Files.** The root, `search/<group>.idx`, is asked for anew; everything else is named by its content below
//!   `assets/search/` and kept for ever: chunks of words cut where a word's fingerprint says so, cards, spelling lists,
//!   families, sounds, facets. The root tells the first word of each chunk and the name of each file, and how characters are folded.
//!   Chunks are range-coded as LZMA does it (`search/coder.rs`, some 30 lines in either language): each bit of a word, of
//!   the distance to the next page, of the number of parts, their places and weights costs as much as it says, given what
//!   the chunk has told so far. That is 9 to 10 bits a posting with its word, where gzip took 16; the rest is gzipped.
//!   The larger the site, the larger the chunks; a word that fills a chunk has it for itself; of one with more than 3,000
//!   postings the weightiest are in the chunk and the rest in files of their own, which are fetched where several words are asked
//!   for, or too few answer. The script fetches the chunks that can hold
//!   a form of a word, and no others.
//! - **Other engines.** With `search: {export: ndjson}`, each part of a page in each language is a document
//!   (`search/export.rs`), with what an engine has to know of it (`search/engines.rs`).
//! - **Warm builds.** A page's words depend on its own files, the settings, the registry and its address (`search/subject_inputs.rs`).
//!   An index is made from the one before: pages that are as before keep their postings under their new numbers, packed
//!   files with the same content are taken as they are, and a group in which no page has changed is not looked at. Only the
//!   preview keeps an index.

mod card;
mod chunk;
mod coder;
mod encode;
mod engines;
mod excerpt;
mod expand;
mod export;
mod families;
mod gzip;
mod index;
mod kept_words;
mod languages;
mod mentions;
mod operators;
mod postings;
mod rank;
mod sections;
mod sounds;
mod spelling;
mod spellings;
mod stemming;
mod subject_inputs;
mod subjects;
mod term;
mod variants;
mod words;

pub use encode::{IndexFile, files};
pub use engines::{mapping, quickwit};
pub use export::{ExportLine, documents};
pub use gzip::gzip;
pub use index::{Index, Indexer, PageWords};
pub use kept_words::{packed_words, unpacked_words};
pub use languages::{Group, groups};
pub use mentions::TermMentions;
pub use rank::{Hit, RankedHit, search, unknown};
pub use sections::subject;
pub use subject_inputs::SubjectInputs;
pub use subjects::{Rendition, Subject, SubjectKey, SubjectPart, subjects};
pub use variants::Variants;
pub use words::terms;
