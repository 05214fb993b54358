//! What makes a quote an alert: a quote whose first line says what kind it is (`> [!NOTE]`), and may give it a title of its own.

use std::ops::Range;

use crate::parse::events::BlockQuoteKind;

/// What other tools call the kinds that GitHub has, where it is the same thing.
const KINDS: &[(&str, BlockQuoteKind)] = &[
    ("note", BlockQuoteKind::Note),
    ("info", BlockQuoteKind::Note),
    ("tip", BlockQuoteKind::Tip),
    ("hint", BlockQuoteKind::Tip),
    ("important", BlockQuoteKind::Important),
    ("warning", BlockQuoteKind::Warning),
    ("warn", BlockQuoteKind::Warning),
    ("attention", BlockQuoteKind::Warning),
    ("caution", BlockQuoteKind::Caution),
    ("danger", BlockQuoteKind::Caution),
    ("error", BlockQuoteKind::Caution),
];

/// The kind that is called `name`, in capitals or not.
pub fn kind(name: &str) -> Option<BlockQuoteKind> {
    KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, kind)| *kind)
}

/// The first line of an alert, which the parser takes for words.
#[derive(Debug)]
pub struct AlertLine {
    pub kind: BlockQuoteKind,
    /// The sign in its brackets, in the mended text.
    pub sign: Range<usize>,
    pub is_titled: bool,
    /// That of its paragraph, once this is open.
    pub depth: Option<usize>,
}

impl AlertLine {
    /// Of the quote that stands at `range`, where it begins as an alert.
    pub fn of(text: &str, range: &Range<usize>) -> Option<AlertLine> {
        let line = text.get(range.clone())?.lines().next()?;
        let words = line.strip_prefix('>')?.trim_start();
        let start = range.start + line.len() - words.len();
        let (name, title) = words.strip_prefix("[!")?.split_once(']')?;
        let kind = kind(name)?;
        // Obsidian's sign of a box that folds.
        let bare = title.strip_prefix(['-', '+']).unwrap_or(title);
        if bare.starts_with(['(', '[', ':']) {
            return None;
        }
        let bare = bare.trim_start();
        let end = start + words.len() - bare.len();
        let is_titled = !bare.is_empty();
        Some(AlertLine { kind, sign: start..end, is_titled, depth: None })
    }
}
