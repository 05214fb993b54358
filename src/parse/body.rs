//! Reads the text after the front matter: sections with their ids, their operators and what they show.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::{Body, Section};
use crate::model::id::{Id, OperatorId};
use crate::model::markup::{Inline, Links, Markup};
use crate::model::region::Region;
use crate::model::span::{Located, Span};
use crate::model::suggest::suggest;
use crate::model::unit::Wording;
use crate::model::vocabulary::{BareLinks, Show};
use crate::parse::anchors::{is_anchor, is_mark, is_of_page};
use crate::parse::events::{Compiled, Heading, Origin, Sink};
use crate::parse::fields::{Faults, word};
use crate::parse::items::{OPERATOR, WORD};
use crate::parse::markdown;

/// Reads the body, which begins `offset` bytes into its file.
pub fn read(
    text: &str,
    offset: usize,
    bare_links: BareLinks,
    (links, regions): (&mut Links, &mut Vec<Region>),
    faults: &mut Faults<'_>,
) -> Body {
    let sink = Sink { path: faults.path, links, bare_links, diagnostics: &mut faults.list };
    let Compiled { lead, sections, footnotes } =
        markdown::compile(text, &Origin::From(offset), regions, sink);
    let mut anchors = Anchors::new(&sections, links, faults);
    let sections = sections
        .into_iter()
        .map(|(heading, title, markup)| {
            let written = TypedHeading::new(text, offset, heading.span);
            section(heading, title, markup, written, &mut anchors, faults)
        })
        .collect();
    Body { lead, sections, footnotes }
}

fn section(
    heading: Heading,
    title: Inline,
    text: Markup,
    mut written: TypedHeading<'_>,
    anchors: &mut Anchors,
    faults: &mut Faults<'_>,
) -> Section {
    let span = heading.span;
    let id = heading.id.as_deref().and_then(|id| {
        let parsed = Id::parse(id);
        if parsed.is_none() && !is_anchor(id) {
            let message = format!("`{id}` cannot be an id");
            faults.hint(Code::BadValue, written.span(id), message, format!("write {WORD}"));
        }
        parsed
    });
    if title.plain.is_empty() {
        let hint = "write the heading's words, or take it out";
        faults.hint(Code::EmptySection, span, "this heading has no words", hint);
    }
    let kept = heading.id.as_deref().filter(|id| is_anchor(id));
    let anchor = match (&id, kept) {
        (Some(id), _) => id.as_str().to_owned(),
        // The id of a section of prose is kept, so that links to it stay valid.
        (None, Some(id)) => id.to_owned(),
        (None, None) => anchors.derive(&title.plain),
    };
    let (operators, show) = attributes(heading.attributes, &mut written, faults);
    Section {
        span,
        level: heading.level,
        id: id.map(|id| Located::new(id, span)),
        anchor: anchor.into(),
        title,
        operators,
        show,
        text,
        wording: Wording::default(),
    }
}

/// A heading with its attributes, as the writer typed it.
#[derive(Debug)]
struct TypedHeading<'a> {
    text: &'a str,
    span: Span,
    /// Where to look for the next attribute. Each one follows the one before it.
    from: usize,
}

impl<'a> TypedHeading<'a> {
    fn new(body: &'a str, offset: usize, span: Span) -> TypedHeading<'a> {
        let range = span.range();
        let text = body.get(range.start.saturating_sub(offset)..range.end.saturating_sub(offset));
        let text = text.unwrap_or("");
        TypedHeading { text, span, from: text.rfind('{').unwrap_or(0) }
    }

    /// Where `part` of the attributes stands; the whole heading if it cannot be found.
    fn span(&self, part: &str) -> Span {
        let at = self.text.get(self.from..).and_then(|rest| rest.find(part));
        at.filter(|_| !part.is_empty()).map_or(self.span, |at| {
            let start = self.span.range().start + self.from + at;
            Span::new(start, start + part.len())
        })
    }

    /// The same, and the search for the next attribute starts after it.
    fn next(&mut self, part: &str) -> Span {
        let span = self.span(part);
        if span != self.span {
            self.from = span.range().end - self.span.range().start;
        }
        span
    }
}

fn attributes(
    attributes: Vec<(String, Option<String>)>,
    written: &mut TypedHeading<'_>,
    faults: &mut Faults<'_>,
) -> (Vec<Located<OperatorId>>, Option<Show>) {
    let mut operators = Vec::new();
    let mut show = None;
    for (name, value) in attributes {
        let value = value.unwrap_or_default();
        match name.as_str() {
            "operator" => {
                for id in value.split(',') {
                    let span = written.next(id.trim());
                    match OperatorId::parse(id.trim()) {
                        Some(id) => operators.push(Located::new(id, span)),
                        None => {
                            let message = format!("`{id}` cannot be `operator`");
                            faults.hint(Code::BadValue, span, message, format!("write {OPERATOR}"));
                        }
                    }
                }
            }
            "show" => {
                let span = written.next(&value);
                let text = Located::new(value, span);
                show = word::<Show>(&text, "show", faults).map(|show| show.value);
            }
            other => {
                let hint = match suggest(other, ["operator", "show"]) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "a heading takes `#id`, `operator=` and `show=`".to_owned(),
                };
                let message = format!("a heading has no attribute `{other}`");
                faults.hint(Code::UnknownAttribute, written.next(other), message, hint);
            }
        }
    }
    (operators, show)
}

/// The anchors that a file has so far; each is unique.
struct Anchors {
    taken: BTreeSet<String>,
    /// The last number that was appended to a title, by the anchor made from that title.
    numbers: BTreeMap<String, usize>,
}

impl Anchors {
    /// Ids that were written come first, so that a title made into an anchor gives way to them.
    fn new(
        sections: &[(Heading, Inline, Markup)],
        links: &Links,
        faults: &mut Faults<'_>,
    ) -> Anchors {
        let mut taken: BTreeSet<String> = links.anchors().map(str::to_owned).collect();
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for (heading, _, _) in sections {
            let Some(id) = heading.id.as_deref() else { continue };
            if let Some(earlier) = first.get(id) {
                let diagnostic =
                    Diagnostic::new(Code::DuplicateId, format!("two headings have the id `{id}`"))
                        .at(faults.path, heading.span)
                        .related(faults.path, *earlier, "first used here")
                        .hint("give one of them another id");
                faults.list.push(diagnostic);
                continue;
            }
            if links.has_anchor(id) {
                let message = format!("the id `{id}` is that of an `<a>` in the text too");
                let hint = "give one of them another id";
                faults.hint(Code::DuplicateId, heading.span, message, hint);
            }
            first.insert(id, heading.span);
            taken.insert(id.to_owned());
        }
        Anchors { taken, numbers: BTreeMap::new() }
    }

    fn derive(&mut self, title: &str) -> String {
        let base = readable(title);
        if !is_of_page(&base) && self.taken.insert(base.clone()) {
            return base;
        }
        // Counting goes on after the last number used, so that many headings with the same words do not take
        // quadratic time.
        let number = self.numbers.entry(base.clone()).or_insert(1);
        loop {
            *number += 1;
            let anchor = format!("{base}-{number}");
            if self.taken.insert(anchor.clone()) {
                return anchor;
            }
        }
    }
}

/// A title as an anchor: lower case, letters and digits of any script, `-` between words.
fn readable(title: &str) -> String {
    let mut anchor = String::with_capacity(title.len());
    for c in title.chars() {
        let han = matches!(c, '\u{4E00}'..='\u{9FFF}');
        // Most letters need no table lookup.
        if han || c.is_ascii_alphanumeric() {
            anchor.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() || is_mark(c) {
            anchor.extend(c.to_lowercase());
        } else if !anchor.ends_with('-')
            && !anchor.is_empty()
            && (c.is_whitespace() || matches!(c, '-' | '_' | '/'))
        {
            anchor.push('-');
        }
    }
    // Long headings would make unwieldy addresses.
    if let Some((end, _)) = anchor.char_indices().nth(60) {
        anchor.truncate(end);
    }
    anchor.truncate(anchor.trim_end_matches('-').len());
    if anchor.is_empty() { "section".to_owned() } else { anchor }
}
