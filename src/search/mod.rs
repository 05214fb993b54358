//! Finds pages by words: makes the index that is published with the site, and ranks by the same rules.
//!
//! It consists of an index of our own and a script (`themes/default/assets/search.js` reads and ranks,
//! `find.js` is the interface); there is no server, no WebAssembly and no dictionary. `cicerone search`
//! answers from the guides with the same words and ranking. A test compares the two on every string and
//! every query of `tests/search/queries.tsv`.
//!
//! - **Groups.** Chinese in both scripts is one group: a page's parts in Hans and Hant are merged by
//!   anchor. So a word in either script finds both, and readers are led to the page in their own script.
//!   Every other language is a group of its own. Other groups are asked only if the reader's own knows less
//!   than half of the query, and their hits are labelled.
//! - **Words.** Text is put into NFKC and lower case, and marks are dropped; the decimal digits of all
//!   scripts become one, and so do Arabic, Persian and Urdu letters; an Arabic word loses its article.
//!   Words joined by a hyphen or a point are also found as one (`wifi`), and a telephone number in each
//!   form in which it is dialled (`search/spellings.rs`). Words of a query are joined or split where the
//!   site writes them so. Han characters are folded by variant (OpenCC's table; only the classes that the
//!   site contains are published). Runs in scripts without spaces are cut into pairs and the last
//!   character. Titles and headings are also found by pinyin, in pairs of syllables.
//! - **Parts.** A page has up to 64 parts, each a step, an item, a question or a heading with its anchor. A
//!   posting consists of the page, the part (6 bits) and a weight (4 bits), all computed beforehand. The
//!   weights are: title 15, operator names 14, facts 13, heading 11, other names of what the title is about
//!   11, related names 8, labels and summary 6, text 3 to 5 (once, twice, more often). A part's length
//!   counts only beyond 300 words, because each part answers one question. A weight that depended on every
//!   part's length would take half a bit more and find nothing better (right page first for words side by
//!   side in the text of 10,000 pages: 0.959; with BM25's length: 0.938).
//! - **Ranking.** The score is the sum over the words of rarity × weight × (weight + 16) × how well the
//!   word agrees (exact, ending, stem, prefix, sound, typo), in which the best part counts twice. It is
//!   multiplied by the square of the share of the query that the page is surely about. It is higher for
//!   each part that answers the whole query, and if the title does. All numbers are whole or exact in
//!   binary, so that Rust and JavaScript agree.
//! - **Files.** The root, `search/<group>.idx`, is revalidated. Everything else is named by its content
//!   below `assets/search/` and kept for ever: chunks of words, cut where a word's fingerprint says so;
//!   cards; spelling lists; sounds; facets. The root holds the first word of each chunk, the name of each
//!   file, and how characters are folded. Chunks are range-coded in the way of LZMA (`search/coder.rs`,
//!   some 30 lines in either language): each bit of a word, of the distance to the next page, of the number
//!   of parts, their places and weights takes as much space as it says, given what the chunk has said so
//!   far. That is 9 to 10 bits per posting including its word, where gzip took 16; the rest is gzipped. The
//!   larger the site, the larger the chunks. A word that fills a chunk has one to itself; if it has more
//!   than 3,000 postings, the weightiest are in the chunk and the rest in files of their own. The script
//!   fetches only the chunks that can hold a form of a word.
//! - **Warm builds.** A page's words depend on its own files, the settings, the registry and its address
//!   (`search/subject_inputs.rs`). An index is made from the previous one: unchanged pages keep their
//!   postings under their new numbers, packed files with the same content are reused, and a group in which
//!   no page has changed is not looked at. Only the preview keeps an index.

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
mod subject_inputs;
mod subjects;
mod term;
mod variants;
mod words;

pub use encode::{IndexFile, files};
pub use gzip::gzip;
pub use index::{Index, Indexer, PageWords};
pub use languages::{Group, groups};
pub use rank::{Hit, RankedHit, search};
pub use sections::subject;
pub use subject_inputs::SubjectInputs;
pub use subjects::{Rendition, Subject, SubjectKey, SubjectPart, subjects};
pub use variants::Variants;
pub use words::terms;
