//! Compiled Markdown: HTML with slots for the addresses, which are filled in once they are known.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::span::Span;
use crate::model::text::Piece;
use crate::model::varint;
use crate::model::word_search::first_of;

/// Blocks of HTML. Where a link or picture needs its address, `html` leaves it out and `notes` has a slot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markup {
    /// The finished HTML, except for what goes into the slots.
    pub html: Piece,
    /// The slots of the HTML, and the runs of text in it.
    pub notes: Notes,
}

impl Markup {
    pub fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// The text without tags. What a reader takes for one word stays one word.
    pub fn text(&self) -> String {
        self.text_to(self.html.len())
    }

    /// The words of the first paragraph; empty where the text begins with a list, a table or the like.
    pub fn first_paragraph(&self) -> String {
        let end = self.html.find("</p>").filter(|_| self.html.starts_with("<p>"));
        end.map_or_else(String::new, |end| self.text_to(end).replace('\n', " "))
    }

    fn text_to(&self, end: usize) -> String {
        let mut text = String::with_capacity(end);
        for Run { range, joint } in self.notes.runs().take_while(|run| run.range.start < end) {
            if joint == Joint::Apart && !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(&unescape(self.html.get(range).unwrap_or("")));
        }
        text.truncate(text.trim_end().len());
        text
    }
}

/// A stretch of text between tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its range in the HTML, in bytes.
    pub range: Range<usize>,
    pub joint: Joint,
}

/// Whether a reader takes the letters before and after a tag for parts of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Joint {
    /// No space is put between this run and the one before it.
    Joined,
    #[default]
    Apart,
}

/// The slots and runs of a text, each in order. A page has a hundred of them and is kept for a whole build,
/// so each is packed into two or three bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes(Box<[u8]>);

impl Notes {
    /// Packs slots and runs, both of which have to be in order.
    pub fn new(
        slots: impl ExactSizeIterator<Item = Slot>,
        runs: impl Iterator<Item = Run>,
    ) -> Notes {
        let mut bytes = Vec::new();
        varint::push(slots.len(), &mut bytes);
        let mut last = 0;
        for Slot { at, fill } in slots {
            varint::push(at.saturating_sub(last) as usize, &mut bytes);
            fill.write(&mut bytes);
            last = at;
        }
        let mut last = 0;
        for Run { range, joint } in runs {
            let apart = usize::from(joint == Joint::Apart);
            varint::push(range.start.saturating_sub(last) << 1 | apart, &mut bytes);
            varint::push(range.len(), &mut bytes);
            last = range.end;
        }
        match *bytes {
            [0] => Notes::default(),
            _ => Notes(bytes.into()),
        }
    }

    /// The number of slots, and the bytes that follow it.
    fn open(&self) -> (usize, &[u8]) {
        let mut bytes = &*self.0;
        let count = varint::take(&mut bytes).unwrap_or(0) as usize;
        (count, bytes)
    }

    pub fn slot_count(&self) -> usize {
        self.open().0
    }

    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        let (count, mut bytes) = self.open();
        let mut at = 0_u32;
        (0..count).map_while(move |_| {
            at = at.saturating_add(varint::take(&mut bytes)?);
            Some(Slot { at, fill: Fill::read(&mut bytes)? })
        })
    }

    /// The runs of text, in order.
    pub fn runs(&self) -> impl Iterator<Item = Run> {
        let (count, mut bytes) = self.open();
        let mut last = 0_usize;
        let mut skipped = 0;
        std::iter::from_fn(move || {
            while skipped < count {
                varint::take(&mut bytes)?;
                Fill::read(&mut bytes)?;
                skipped += 1;
            }
            let number = varint::take(&mut bytes)?;
            let joint = if number & 1 == 0 { Joint::Joined } else { Joint::Apart };
            let start = last + (number >> 1) as usize;
            last = start + varint::take(&mut bytes)? as usize;
            Some(Run { range: start..last, joint })
        })
    }
}

/// A place in `Markup::html`, and what goes there once it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The place, in bytes from the start of the HTML.
    pub at: u32,
    pub fill: Fill,
}

/// What goes into a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The address attributes of a link or picture, by index into the links of the translation. The slot is
    /// directly after `<a` or `<img`.
    Link(u32),
    /// A word of the interface in the reader's language.
    Word(InterfaceWord),
    /// A reference to the footnote with the first number. The second counts the references to that footnote,
    /// from 1.
    Note(u32, u32),
}

impl Fill {
    /// The two lowest bits tell which kind it is.
    fn write(self, bytes: &mut Vec<u8>) {
        match self {
            Fill::Link(index) => varint::push((index as usize) << 2, bytes),
            Fill::Word(word) => varint::push((word as usize) << 2 | 1, bytes),
            Fill::Note(number, which) => {
                varint::push((number as usize) << 2 | 2, bytes);
                varint::push(which as usize, bytes);
            }
        }
    }

    fn read(bytes: &mut &[u8]) -> Option<Fill> {
        let number = varint::take(bytes)?;
        let value = number >> 2;
        Some(match number & 3 {
            0 => Fill::Link(value),
            1 => Fill::Word(InterfaceWord::of(value)),
            _ => Fill::Note(value, varint::take(bytes)?),
        })
    }
}

/// The id of one reference to a footnote. The footnote links back to it.
pub fn reference_id(number: u32, which: u32) -> String {
    match which {
        1 => format!("fnref-{number}"),
        _ => format!("fnref-{number}-{which}"),
    }
}

/// The words of the interface that occur within texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterfaceWord {
    AlertNote,
    AlertTip,
    AlertImportant,
    AlertWarning,
    AlertCaution,
    FootnoteBack,
}

impl InterfaceWord {
    /// The word at this index, in the order of the variants.
    fn of(index: u32) -> InterfaceWord {
        let all = [
            InterfaceWord::AlertNote,
            InterfaceWord::AlertTip,
            InterfaceWord::AlertImportant,
            InterfaceWord::AlertWarning,
            InterfaceWord::AlertCaution,
        ];
        all.get(index as usize).copied().unwrap_or(InterfaceWord::FootnoteBack)
    }

    /// The word's key in the theme's files of words.
    pub fn key(self) -> &'static str {
        match self {
            InterfaceWord::AlertNote => "alert_note",
            InterfaceWord::AlertTip => "alert_tip",
            InterfaceWord::AlertImportant => "alert_important",
            InterfaceWord::AlertWarning => "alert_warning",
            InterfaceWord::AlertCaution => "alert_caution",
            InterfaceWord::FootnoteBack => "footnote_back",
        }
    }
}

/// A line of HTML without links, and the same line without any tags.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inline {
    /// The line as HTML, with special characters escaped.
    pub html: Box<str>,
    /// The line as plain text, in which nothing is escaped.
    pub plain: Box<str>,
}

/// A link or picture as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link<'a> {
    /// The address as the writer typed it.
    pub target: &'a str,
    pub kind: LinkKind,
    /// Where the link stands in the file.
    pub span: Span,
}

impl Link<'_> {
    /// Whether both are the same apart from their place.
    pub fn is_like(&self, other: &Link<'_>) -> bool {
        self.target == other.target && self.kind == other.kind
    }
}

/// Links in the order in which they were written, with all their targets in one text, and what links lead to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links {
    targets: String,
    /// Where each target ends. It begins where the one before it ends.
    list: Vec<(u32, LinkKind, Span)>,
    /// Places that links lead to: the `id`s of raw HTML.
    anchors: BTreeSet<Box<str>>,
}

impl Links {
    /// Adds a link and returns its index.
    pub fn push(&mut self, link: Link<'_>) -> u32 {
        let index = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.targets.push_str(link.target);
        let end = u32::try_from(self.targets.len()).unwrap_or(u32::MAX);
        self.list.push((end, link.kind, link.span));
        index
    }

    pub fn get(&self, index: usize) -> Option<Link<'_>> {
        let before = index.checked_sub(1).and_then(|before| self.list.get(before));
        Some(self.link(before.map_or(0, |(end, ..)| *end), self.list.get(index)?))
    }

    pub fn iter(&self) -> impl Iterator<Item = Link<'_>> {
        let starts = std::iter::once(0).chain(self.list.iter().map(|(end, ..)| *end));
        starts.zip(&self.list).map(|(start, entry)| self.link(start, entry))
    }

    fn link(&self, start: u32, (end, kind, span): &(u32, LinkKind, Span)) -> Link<'_> {
        let target = self.targets.get(start as usize..*end as usize).unwrap_or_default();
        Link { target, kind: *kind, span: *span }
    }

    /// Whether it is the first of its name.
    pub fn push_anchor(&mut self, anchor: &str) -> bool {
        self.anchors.insert(anchor.into())
    }

    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors.contains(anchor)
    }

    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.anchors.iter().map(|anchor| &**anchor)
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Clears the span of every link.
    pub fn take_places_out(&mut self) {
        self.list.iter_mut().for_each(|(_, _, span)| *span = Span::default());
    }

    pub fn shrink_to_fit(&mut self) {
        self.targets.shrink_to_fit();
        self.list.shrink_to_fit();
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    Link,
    Image,
}

/// Appends `text`, escaped for HTML and for quoted attributes.
pub fn escape_into(html: &mut String, text: &str) {
    if is_plain(text) {
        html.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// Whether a text needs no escaping in HTML, as is true of nearly all. Checks sixteen bytes at a time.
pub fn is_plain(text: &str) -> bool {
    let (blocks, rest) = text.as_bytes().as_chunks::<16>();
    let mut last = [0; 16];
    if let Some(last) = last.get_mut(..rest.len()) {
        last.copy_from_slice(rest);
    }
    !blocks.iter().any(has_special) && !has_special(&last)
}

/// Written without branches, so that one instruction compares all of them.
fn has_special(block: &[u8; 16]) -> bool {
    let is = |byte: &u8, sign: u8| u8::from(*byte == sign);
    let of =
        |byte| is(byte, b'&') | is(byte, b'<') | is(byte, b'>') | is(byte, b'"') | is(byte, b'\'');
    block.iter().fold(0, |found, byte| found | of(byte)) != 0
}

/// Escapes `text` for HTML and for quoted attributes.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape_into(&mut html, text);
    html
}

/// The plain text of `html`, which has no tags: the inverse of `escape`, and of the escaping that templates
/// do.
pub fn unescape(html: &str) -> Cow<'_, str> {
    let known = [
        ("amp;", '&'),
        ("lt;", '<'),
        ("gt;", '>'),
        ("quot;", '"'),
        ("#39;", '\''),
        ("#x27;", '\''),
    ];
    let Some(first) = first_of(b'&', b'&', html) else { return Cow::Borrowed(html) };
    let (before, rest) = html.split_at(first);
    let mut text = String::with_capacity(html.len());
    text.push_str(before);
    for part in rest.split('&').skip(1) {
        let found = known.iter().find_map(|(name, c)| Some((*c, part.strip_prefix(name)?)));
        let (c, behind) = found.unwrap_or(('&', part));
        text.push(c);
        text.push_str(behind);
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_special_sign_is_seen_wherever_it_stands() {
        for length in 0..40 {
            let plain = "a".repeat(length);
            assert!(is_plain(&plain));
            for at in 0..length {
                for sign in ["&", "<", ">", "\"", "'"] {
                    let mut text = plain.clone();
                    text.replace_range(at..=at, sign);
                    assert!(!is_plain(&text), "{text}");
                }
            }
        }
    }

    #[test]
    fn what_was_escaped_is_found_again() {
        for text in ["", "a", "<a href=\"b\">", "&amp;lt;", "a & b && c;", "注&"] {
            assert_eq!(unescape(&escape(text)), text);
        }
        assert_eq!(unescape("it&#39;s &#x27;so&#x27; &nbsp;&"), "it's 'so' &nbsp;&");
    }

    #[test]
    fn notes_are_read_as_they_were_written() {
        let runs = [(0..3, Joint::Apart), (8..300, Joint::Joined), (300..301, Joint::Apart)];
        let runs = runs.map(|(range, joint)| Run { range, joint });
        let fills = [
            Fill::Link(0),
            Fill::Link(7000),
            Fill::Word(InterfaceWord::AlertTip),
            Fill::Word(InterfaceWord::FootnoteBack),
            Fill::Note(1, 1),
            Fill::Note(130, 5000),
        ];
        let slots: Vec<Slot> = fills
            .into_iter()
            .zip([0, 0, 5, 300, 301, 90_000])
            .map(|(fill, at)| Slot { at, fill })
            .collect();
        let notes = Notes::new(slots.iter().copied(), runs.iter().cloned());
        assert_eq!(notes.slot_count(), slots.len());
        assert_eq!(notes.slots().collect::<Vec<_>>(), slots);
        assert_eq!(notes.runs().collect::<Vec<_>>(), runs);
        let none = Notes::new([].into_iter(), [].into_iter());
        assert_eq!((none.slots().count(), none.runs().count(), none), (0, 0, Notes::default()));
    }
}
