//! What each part of a source is, as parsing found it: words, code, addresses, marks.

use crate::model::span::Span;
use crate::model::varint;

/// A part of a source. Places are bytes from the file's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    pub span: Span,
    pub kind: RegionKind,
}

/// Of two regions that begin at one place, the one that holds the other comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
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
    /// What stands for a character: `&amp;`, and `\u00e9` in double quotes.
    Escape,
}

impl RegionKind {
    /// Whether it is words that belong together. No such region holds another.
    pub fn is_block(self) -> bool {
        use RegionKind::{Field, Heading, Note, Row, Text};
        matches!(self, Field | Heading | Row | Text | Note)
    }
}

/// The regions of a file, in the order of their starts. A page has a hundred of them and is kept for
/// the whole of a build, so each takes four bytes rather than twelve.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Regions(Box<[u8]>);

/// The bits that hold a kind.
const KIND: u32 = 4;

impl Regions {
    pub fn iter(&self) -> impl Iterator<Item = Region> {
        let (mut bytes, mut start) = (&*self.0, 0_u32);
        std::iter::from_fn(move || {
            let number = varint::take(&mut bytes)?;
            let kind = *KINDS.get((number & ((1 << KIND) - 1)) as usize)?;
            start = start.saturating_add(number >> KIND);
            let end = start.saturating_add(varint::take(&mut bytes)?);
            Some(Region { span: Span { start, end }, kind })
        })
    }
}

impl From<Vec<Region>> for Regions {
    /// Fields are read by name, and links end after what is in them: so they are put in order.
    fn from(mut regions: Vec<Region>) -> Regions {
        regions.sort_unstable_by_key(|region| (region.span.start, region.kind));
        let mut bytes = Vec::with_capacity(regions.len() * 4);
        let mut last = 0;
        for Region { span, kind } in regions {
            varint::push(((span.start - last) << KIND | kind as u32) as usize, &mut bytes);
            varint::push((span.end - span.start) as usize, &mut bytes);
            last = span.start;
        }
        Regions(bytes.into())
    }
}

const KINDS: [RegionKind; 14] = {
    use RegionKind::{
        Address, Code, CodeBlock, Comment, Escape, Field, Heading, Image, Link, Mark, Note,
        Numbered, Row, Text,
    };
    [
        Field, Heading, Row, Text, Note, Link, Image, Address, Code, CodeBlock, Comment, Mark,
        Numbered, Escape,
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_read_as_they_were_written() {
        let region = |(at, kind): (usize, &RegionKind)| Region {
            span: Span::new(at * 1000, at * 1100),
            kind: *kind,
        };
        let regions: Vec<Region> = KINDS.iter().enumerate().map(region).collect();
        let mut turned = regions.clone();
        turned.reverse();
        assert_eq!(Regions::from(turned).iter().collect::<Vec<_>>(), regions);
    }
}
