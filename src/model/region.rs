//! What each part of a source is, as parsing found it: words, code, addresses, marks.

use crate::model::span::Span;

/// A part of a source. Places are bytes from the file's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    pub span: Span,
    pub kind: RegionKind,
}

/// Of two regions that begin at one place, the one that holds the other comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RegionKind {
    /// A line of words in the front matter.
    Field,
    Heading,
    /// A row of a table.
    Row,
    /// A paragraph, or the words of a list's item, wherever it stands.
    Text,
    /// A paragraph of a footnote.
    Note,
    /// From the bracket before its words to the one behind its address.
    Link,
    Image,
    /// Of a link or a picture: from the bracket that ends its words to its end.
    Address,
    /// Within a line, its backticks included. Readers take it for words: people write numbers to dial so.
    Code,
    /// Lines of code.
    CodeBlock,
    Comment,
    /// What a reader does not see of a text: attributes of headings, tags, references to footnotes.
    Mark,
    /// The place at which an item of a numbered list begins.
    Numbered,
}

impl RegionKind {
    /// Whether it is words that belong together. No such region holds another.
    pub fn is_block(self) -> bool {
        use RegionKind::{Field, Heading, Note, Row, Text};
        matches!(self, Field | Heading | Row | Text | Note)
    }
}
