//! Cuts one run of the HTML writer into sections, and finds the slots in it.
//!
//! Marks between NUL characters say where; no text of a writer can hold a NUL, because reading a
//! source and CommonMark both replace it.

pub use crate::model::markup::escape;
use crate::model::markup::{Fill, Markup, Slot};

/// Begins a section's title, and the text below it; and the list of footnotes.
pub const SECTION_TITLE: &str = "\0S\0";
pub const SECTION_TEXT: &str = "\0T\0";
pub const FOOTNOTES: &str = "\0F\0";

/// The words that markup may hold, by key.
const WORDS: &[&str] = &[
    "alert_note",
    "alert_tip",
    "alert_important",
    "alert_warning",
    "alert_caution",
    "footnote_back",
];

pub fn link(index: usize) -> String {
    format!("\0L{index}\0")
}

pub fn word(key: &str) -> String {
    let index = WORDS.iter().position(|word| *word == key).unwrap_or(0);
    format!("\0W{index}\0")
}

/// The parts of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cut {
    pub lead: Markup,
    /// Title and text.
    pub sections: Vec<(Box<str>, Markup)>,
    pub footnotes: Markup,
}

pub fn cut(html: &str) -> Cut {
    let mut cut = Cut::default();
    let mut part = Part::default();
    let mut place = Place::Lead;
    let mut title: Box<str> = "".into();
    for (index, piece) in html.split('\0').enumerate() {
        if index % 2 == 0 {
            part.push(piece);
            continue;
        }
        let next = match piece {
            "S" => Place::Title,
            "T" => Place::Text,
            "F" => Place::Footnotes,
            slot => {
                part.slot(slot);
                continue;
            }
        };
        let done = std::mem::take(&mut part).finish();
        store(&mut cut, place, done, &mut title);
        place = next;
    }
    store(&mut cut, place, part.finish(), &mut title);
    cut
}

#[derive(Debug, Clone, Copy)]
enum Place {
    Lead,
    Title,
    Text,
    Footnotes,
}

fn store(cut: &mut Cut, place: Place, markup: Markup, title: &mut Box<str>) {
    match place {
        Place::Lead => cut.lead = markup,
        Place::Title => *title = markup.html.trim().into(),
        Place::Text => cut.sections.push((std::mem::take(title), markup)),
        Place::Footnotes => cut.footnotes = markup,
    }
}

#[derive(Debug, Default)]
struct Part {
    html: String,
    slots: Vec<Slot>,
}

impl Part {
    fn push(&mut self, piece: &str) {
        self.html.push_str(if self.html.is_empty() { piece.trim_start() } else { piece });
    }

    fn slot(&mut self, mark: &str) {
        let number = mark.get(1..).and_then(|number| number.parse::<u32>().ok());
        let fill = match (mark.as_bytes().first(), number) {
            (Some(b'L'), Some(number)) => Fill::Link(number),
            (Some(b'W'), Some(number)) => {
                let word = usize::try_from(number).ok().and_then(|number| WORDS.get(number));
                Fill::Word(word.copied().unwrap_or(""))
            }
            _ => return,
        };
        self.slots.push(Slot { at: u32::try_from(self.html.len()).unwrap_or(u32::MAX), fill });
    }

    fn finish(self) -> Markup {
        Markup { html: self.html.trim_end().into(), slots: self.slots.into() }
    }
}
