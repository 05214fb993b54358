//! Turns texts into values and diagnostics; never fails.
//!
//! # Markdown
//!
//! `parse/markdown.rs` compiles a body in one run over the parser's events: `parse/section_writer.rs` draws sections, links,
//! tables, alerts and footnotes, `parse/writer.rs` writes everything else and notes the slots. **An overturned decision:**
//! the parser's own writer did that, for the sake of the state that it keeps between tables and footnotes; but those are
//! drawn here, and to cut its one text into sections took as long as to write it. A test holds ours to it on any text.
//!
//! The same run notes the **regions** of the file (`parse/regions.rs`): words that belong together, and what in and between
//! them is code, an address, a mark. Of a text in the front matter, whose lines may be folded and whose quotes escaped,
//! `parse/source_map.rs` knows where each byte was written. So whoever asks what a writer wrote gets the parser's answer.
//!
//! A **slot** is a place in finished HTML whose content is known only later: the address of a link or picture, and
//! words of the interface (the title of an alert, the back-link of a footnote), references to footnotes, which lead to
//! another page where words are borrowed. Parsing therefore depends on one file
//! alone, and drawing a page fills its slots by copying (`RenderContext::fill`).
//!
//! **Runs** of text in the HTML are noted as it is written, each with whether it goes on with the word before it
//! (`Markup::runs`): so `anti<ins>podean</ins>` is one word to the search, which reads no tags.
//!
//! With: tables, footnotes, strikethrough, task lists, definition lists, heading attributes, alerts (`> [!NOTE]`). A
//! soft break between two CJK characters is dropped. Emphasis beside the punctuation of any script (`**真，**她`, `**설명(보기)**는`),
//! which CommonMark's rule for spaces forbids, is mended by a noncharacter that is taken out of the HTML again
//! (`parse/mend.rs`), until the parser has an option for it. The asterisks of codes to dial (`*100*1#`) are no emphasis:
//! `parse/codes.rs` finds them before the parser reads, and another sign of one byte stands for them meanwhile.
//! What was meant as Markdown and is none, or is another tool's, is looked for in the regions (`parse/slips.rs`). Raw HTML is reduced to a short list of harmless tags; anything else is shown as the
//! text it was typed as, with a diagnostic. Addresses are judged by their scheme after entities are decoded.

mod accent;
mod bare;
mod bare_script;
mod body;
mod codes;
mod config;
mod content;
mod css;
mod doctype;
mod events;
mod fields;
mod files;
mod footnotes;
mod foreign_fields;
mod form;
mod front_matter;
mod head;
mod icons;
mod items;
mod line;
mod lints;
mod local;
mod markdown;
mod mend;
mod owner;
mod owner_files;
mod owner_style;
mod owner_words;
mod pdf;
mod picture_size;
mod pins;
mod plain;
mod raw_html;
mod regions;
mod registry;
mod scaffold;
mod schema;
mod section_writer;
mod serbian;
mod shape;
mod shapes;
mod site_shapes;
mod slips;
mod slots;
mod source_map;
mod style_sheet;
mod svg;
mod syntax;
mod targets;
mod theme;
mod untranslated;
mod wording;
mod words;
mod writer;
mod yaml;

pub use config::config;
pub use events::{Origin, Sink};
pub use files::{Files, files};
pub use front_matter::{day, translation};
pub use markdown::compile as markdown;
pub use pins::pin;
pub use registry::registry;
pub use scaffold::{scalar, untranslated};
pub use schema::schema;
pub use theme::{theme, theme_files};
pub use untranslated::untranslated_words;
pub use yaml::{Excerpt, parse as yaml};
