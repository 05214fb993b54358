//! What each part of a source is, as the parser found it: words, code, addresses, marks.

use crate::model::span::Span;
use crate::model::varint;

/// A part of a source. Positions are bytes from the start of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    pub span: Span,
    pub kind: RegionKind,
}

/// The kind of a region. Of two kinds that begin at the same place, the one that holds the other comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum RegionKind {
    /// A line of words in the front matter.
    Field,
    Heading,
    /// One row of a table.
    Row,
    /// A paragraph, or the words of a list item, at any depth.
    Text,
    /// A paragraph of a footnote.
    Note,
    /// A link, from the bracket before its words to the parenthesis after its address.
    Link,
    Image,
    /// The address of a link or picture, from the bracket that ends its words to its own end.
    Address,
    /// Code within a line, including its backticks. It counts as words, because numbers to dial are written
    /// so.
    Code,
    /// A block of code.
    CodeBlock,
    Comment,
    /// Parts that a reader does not see: attributes of headings, tags, references to footnotes.
    Mark,
    /// The place where an item of a numbered list begins.
    Numbered,
    /// What stands for a character: `&amp;`, and `\u00e9` in double quotes.
    Escape,
}

impl RegionKind {
    /// Whether the region holds words that belong together. No such region holds another.
    pub fn is_block(self) -> bool {
        use RegionKind::{Field, Heading, Note, Row, Text};
        matches!(self, Field | Heading | Row | Text | Note)
    }
}

/// The regions of a file, in the order of their starts. A page has a hundred of them and is kept for a whole
/// build, so each is packed into four bytes rather than twelve.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Regions(Box<[u8]>);

/// How many bits hold a kind.
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
    /// Sorts the regions first: fields are read by name, and a link ends after what it contains.
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
