//! Turns texts into values and diagnostics, and never fails.
//!
//! # Markdown
//!
//! `parse/markdown.rs` compiles a body in a single pass over the parser's events. `parse/section_writer.rs`
//! writes sections, links, tables, alerts and footnotes; `parse/writer.rs` writes everything else and records
//! the slots. **An overturned decision:** the parser's own HTML writer used to do this, for the sake of the
//! state that it keeps for tables and footnotes. But these are written here now, and cutting its single text
//! into sections took as long as writing it. A test compares our writer with the parser's on any text.
//!
//! The same pass records the **regions** of the file (`parse/regions.rs`): which words belong together, and
//! which parts in and between them are code, an address or a mark. In a text of the front matter, lines may
//! be folded and quotes escaped; `parse/source_map.rs` knows where each of its bytes was written. Whatever
//! needs to know what a writer wrote therefore gets the parser's own answer.
//!
//! A **slot** is a place in finished HTML whose content becomes known only later: the address of a link or
//! picture, a word of the interface (the title of an alert, the back-link of a footnote), or a reference to a
//! footnote, which leads to another page where words are borrowed. So parsing depends on one file alone, and
//! drawing a page fills its slots by copying (`RenderContext::fill`).
//!
//! **Runs** of text are recorded as the HTML is written, each with whether it continues the word before it
//! (`Markup::runs`). The search reads no tags, and so takes `anti<ins>podean</ins>` for one word.
//!
//! With: tables, footnotes, strikethrough, task lists, definition lists, heading attributes, alerts (`> [!NOTE]`). A
//! soft break between two CJK characters is dropped. Emphasis beside the punctuation of any script (`**真，**她`, `**설명(보기)**는`),
//! which CommonMark's rule for spaces forbids, is mended by a noncharacter that is taken out of the HTML again
//! (`parse/mend.rs`), until the parser has an option for it. The asterisks of codes to dial (`*100*1#`) are no emphasis:
//! `parse/codes.rs` finds them before the parser reads, and another sign of one byte stands for them meanwhile.
//! Addresses that stand in a text as they are, and colons that define nothing, the parser is told of before it reads
//! (`parse/autolinks.rs`). What was meant as Markdown and is none, or is another tool's, is looked for in the regions (`parse/slips.rs`). Raw HTML is reduced to a short list of harmless tags; anything else is shown as the
//! text it was typed as, with a diagnostic. Addresses are judged by their scheme after entities are decoded.

mod accent;
mod alert_writer;
mod alerts;
mod anchors;
mod autolinks;
mod bare;
mod bare_script;
mod body;
mod codes;
mod config;
mod content;
mod css;
mod doctype;
mod escapes;
mod events;
mod fields;
mod files;
mod footnotes;
mod foreign_fields;
mod form;
mod front_matter;
mod head;
mod html_tags;
mod icons;
mod items;
mod line;
mod lints;
mod local;
mod markdown;
mod mend;
mod moved_fields;
mod owner;
mod owner_files;
mod owner_style;
mod owner_words;
mod pdf;
mod picture_size;
mod pins;
mod plain;
mod provenance;
mod raw_html;
mod regions;
mod registry;
mod scaffold;
mod schema;
mod search_settings;
mod section_writer;
mod serbian;
mod shape;
mod shapes;
mod site_shapes;
mod slip_links;
mod slips;
mod slots;
mod source_map;
mod step_picture;
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
pub use moved_fields::{moved_goals, moved_places, schema_comment, with_aliases, with_redirects};
pub use pins::pin;
pub use registry::registry;
pub use scaffold::{scalar, untranslated};
pub use schema::schema;
pub use theme::{theme, theme_files};
pub use untranslated::untranslated_words;
pub use yaml::{Excerpt, parse as yaml};
