//! What a list of hits shows of a page and of its parts.

use crate::search::excerpt::beginning;
use crate::search::subjects::{PARTS, SubjectPart};

/// How much of a part is shown below its heading (characters, Chinese ones counted twice).
const SHOWN: usize = 96;

/// What is shown of a subject.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    pub kind: &'static str,
    pub operators: Vec<String>,
    pub country: String,
    pub tags: Vec<String>,
    pub anchors: Vec<String>,
    /// The numbers of steps by anchor; as many as there are steps among the first anchors.
    pub steps: Vec<Box<str>>,
    /// The number to call; empty where there is none.
    pub call: String,
    pub faces: Vec<CardText>,
}

/// A card in one language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CardText {
    /// By its place among the site's.
    pub language: usize,
    pub title: String,
    pub url: String,
    /// Heading and first words, one for each anchor; both empty where this language lacks the part.
    pub parts: Vec<(Box<str>, Box<str>)>,
}

impl Card {
    /// In the reader's language, else in another of the group.
    pub fn face(&self, language: usize) -> Option<&CardText> {
        self.faces.iter().find(|face| face.language == language).or(self.faces.first())
    }
}

impl CardText {
    pub fn has(&self, part: usize) -> bool {
        self.parts.get(part).is_some_and(|(heading, text)| !heading.is_empty() || !text.is_empty())
    }
}

/// The number of a part by its anchor. Parts beyond what an entry holds are found with the last.
pub fn place(anchors: &mut Vec<String>, anchor: &str) -> u8 {
    let known = anchors.iter().position(|known| known == anchor);
    let place = known.unwrap_or_else(|| {
        if anchors.len() < PARTS {
            anchors.push(anchor.to_owned());
        }
        anchors.len() - 1
    });
    u8::try_from(place).unwrap_or(0)
}

/// Notes the number of a step.
pub fn number(steps: &mut Vec<Box<str>>, place: u8, step: &str) {
    let place = usize::from(place);
    if !step.is_empty() {
        steps.resize(steps.len().max(place + 1), Box::default());
        if let Some(known) = steps.get_mut(place) {
            *known = step.into();
        }
    }
}

/// Heading and first words of a part.
pub fn show(face: &mut CardText, place: u8, part: &SubjectPart) {
    let place = usize::from(place);
    if face.parts.len() <= place {
        face.parts.resize(place + 1, Default::default());
    }
    if let Some(shown) = face.parts.get_mut(place)
        && shown.0.is_empty()
    {
        let text = if part.summary.is_empty() { &part.text } else { &part.summary };
        // The whole page's heading is its title: it is not told twice.
        let heading = if place == 0 { "" } else { &part.heading };
        *shown = (heading.into(), beginning(text, SHOWN).into());
    }
}
