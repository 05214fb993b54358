//! Separates a file's words from code, addresses and fields, every word at its own place.

use std::ops::Range;

use crate::lint::blanks::{Blanks, without};
use crate::lint::front;
use crate::lint::sentences::sentences;
use crate::model::needles::{first_of, first_of_three, places, places_of};

/// What is looked through again for every find in it (an address, a sentence) is cut here (bytes),
/// or a page of nothing but brackets would take a day.
pub const LONGEST: usize = 2000;

/// A file as the lints read it. Both texts have the source's length, so that their places are its.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prose {
    /// All but code and comments: what can be a link or a picture.
    pub shown: String,
    /// The words alone: addresses, ids and attributes are blank. Code within a line is kept: people
    /// write numbers to dial and names so.
    pub words: String,
    pub blocks: Vec<Block>,
    /// Of links and pictures among what is shown: from each `](` to behind the address.
    pub targets: Vec<Range<usize>>,
    /// Where the body begins.
    pub body: usize,
}

/// Words that belong together: a paragraph, a list item, a row of a table, a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub range: Range<usize>,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Field,
    Heading,
    Row,
    Text,
}

impl Prose {
    pub fn read(source: &str) -> Prose {
        let front = front::range(source);
        let body = front.as_ref().map_or(0, |front| line_end(source, front.end));
        let lines = line_ranges(source, body);
        let mut words = Blanks::of(source);
        let shown = without(source, &code(source, &lines, &mut words));
        let mut blocks = Vec::with_capacity(lines.len());
        if let Some(front) = front {
            words.blank(0..front.start);
            front::read(source, front.clone(), &mut words, &mut blocks);
            words.blank(front.end..body);
        }
        let targets = targets(&shown);
        addresses(source, &shown, body, &targets, &mut words);
        read_lines(&shown, &lines, &mut words, &mut blocks);
        Prose { words: words.text(), blocks, targets, body, shown }
    }

    pub fn of(&self, range: &Range<usize>) -> &str {
        self.words.get(range.clone()).unwrap_or("")
    }

    /// The sentences that hold one of the places, which are in order.
    pub fn sentences_with(&self, places: impl IntoIterator<Item = usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let (mut last, mut inside) = (0..0, Vec::new());
        for place in places {
            if found.last().is_some_and(|sentence| place < sentence.end) {
                continue;
            }
            let Some(block) = self.block(place) else { continue };
            if last != block.range {
                last = block.range.clone();
                inside = sentences(&self.words, &last);
            }
            let index = inside.partition_point(|sentence| sentence.end <= place);
            found.extend(inside.get(index).filter(|one| one.start <= place).cloned());
        }
        found
    }

    /// The blocks that a range of the text touches.
    pub fn blocks_in(&self, range: &Range<usize>) -> &[Block] {
        let first = self.blocks.partition_point(|block| block.range.end <= range.start);
        let end = self.blocks.partition_point(|block| block.range.start < range.end);
        self.blocks.get(first..end).unwrap_or_default()
    }

    /// The block that holds `at`.
    pub fn block(&self, at: usize) -> Option<&Block> {
        let index = self.blocks.partition_point(|block| block.range.end <= at);
        self.blocks.get(index).filter(|block| block.range.start <= at)
    }
}

/// The end of the line that holds `at`, its line feed included.
pub fn line_end(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or("");
    at + first_of(b'\n', b'\n', rest).map_or(rest.len(), |end| end + 1)
}

/// The lines of `source` from `start` on, with their places.
pub fn lines(source: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    let mut at = start;
    std::iter::from_fn(move || {
        let rest = source.get(at..).filter(|rest| !rest.is_empty())?;
        let line = rest.get(..line_end(rest, 0)).unwrap_or(rest);
        at += line.len();
        Some((at - line.len(), line))
    })
}

fn line_ranges(source: &str, start: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::with_capacity(64);
    let mut begin = start;
    for at in places_of(b'\n', source.get(start..).unwrap_or("")) {
        lines.push(begin..start + at + 1);
        begin = start + at + 1;
    }
    lines.extend(Some(begin..source.len()).filter(|last| !last.is_empty()));
    lines
}

/// A line without its indent, the marks of quotations and the blanks at its end; and where it
/// begins.
fn bare<'t>(text: &'t str, line: &Range<usize>) -> (usize, &'t [u8]) {
    let text = text.as_bytes().get(line.clone()).unwrap_or_default();
    let is_mark = |byte: &&u8| matches!(byte, b' ' | b'>' | b'\t');
    let marks = text.iter().take_while(is_mark).count();
    (line.start + marks, text.get(marks..).unwrap_or_default().trim_ascii_end())
}

/// Where code and comments stand. Among the words the marks of code are made blank, and all of it
/// where it is more than a part of a line.
fn code(source: &str, lines: &[Range<usize>], words: &mut Blanks) -> Vec<Range<usize>> {
    let mut code = Vec::new();
    let mut fence: Option<u8> = None;
    let mut prose = lines.first().map_or(source.len(), |line| line.start);
    for line in lines {
        let (_, bare) = bare(source, line);
        let mark = match bare {
            [mark @ (b'`' | b'~'), second, third, ..] if mark == second && mark == third => {
                Some(*mark)
            }
            _ => None,
        };
        match (fence, mark) {
            (None, Some(mark)) => {
                spans(source, prose..line.start, &mut code, words);
                fence = Some(mark);
            }
            (Some(open), Some(mark)) if open == mark => {
                fence = None;
                prose = line.end;
            }
            (None, None) if bare.is_empty() => {
                spans(source, prose..line.start, &mut code, words);
                prose = line.start;
            }
            _ => {}
        }
        if fence.is_some() || mark.is_some() {
            words.blank(line.clone());
            code.push(line.clone());
        }
    }
    if fence.is_none() {
        spans(source, prose..source.len(), &mut code, words);
    }
    code
}

/// The same within a paragraph.
fn spans(source: &str, range: Range<usize>, code: &mut Vec<Range<usize>>, words: &mut Blanks) {
    let text = source.get(..range.end).unwrap_or("");
    let mut at = range.start;
    while let Some(found) = text.get(at..).and_then(|rest| first_of(b'`', b'<', rest)) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or("");
        if rest.starts_with("<!--") {
            at = start + rest.find("-->").map_or(rest.len(), |end| end + 3);
            words.blank(start..at);
            code.push(start..at);
            continue;
        }
        let ticks = rest.bytes().take_while(|byte| *byte == b'`').count();
        match close(rest, ticks) {
            Some(end) if ticks > 0 => {
                at = start + end;
                words.blank(start..start + ticks);
                words.blank(at - ticks..at);
                code.push(start..at);
            }
            _ => at = start + ticks.max(1),
        }
    }
}

/// Where the code that `ticks` backticks open ends.
fn close(rest: &str, ticks: usize) -> Option<usize> {
    let rest = rest.get(..rest.floor_char_boundary(LONGEST)).unwrap_or(rest);
    let mut at = ticks;
    loop {
        at += first_of(b'`', b'`', rest.get(at..)?)?;
        let run = rest.get(at..)?.bytes().take_while(|byte| *byte == b'`').count();
        at += run;
        if run == ticks {
            return Some(at);
        }
    }
}

/// Where a line says something of its heading, or has an address for links elsewhere.
fn attributes(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let bytes = text.as_bytes().get(line.clone())?;
    match bytes.trim_ascii_start() {
        [b'#', ..] if bytes.trim_ascii_end().ends_with(b"}") => {
            let line_text = text.get(line.clone())?;
            Some(line.start + line_text.rfind('{')?..line.start + line_text.trim_end().len())
        }
        [b'[', b'^', ..] => None,
        [b'[', ..] => Some(line.start + text.get(line.clone())?.find("]:")?..line.end),
        _ => None,
    }
}

/// The addresses of links and pictures, each from the `](` before it.
fn targets(shown: &str) -> Vec<Range<usize>> {
    let opens = |at: &usize| shown.as_bytes().get(at + 1) == Some(&b'(');
    let places = places_of(b']', shown).filter(opens);
    places.map(|at| at..target_end(shown, at + 2)).collect()
}

/// Blanks what else a reader of the page does not read as words.
fn addresses(source: &str, shown: &str, body: usize, targets: &[Range<usize>], words: &mut Blanks) {
    for target in targets.iter().filter(|target| target.start >= body) {
        words.blank(target.start + 1..target.end);
    }
    let text = shown.get(body..).unwrap_or("");
    for at in places_of(b'<', text) {
        let rest = text.get(at..text.floor_char_boundary(at + LONGEST)).unwrap_or("");
        let is_tag = rest.as_bytes().get(1).is_some_and(|c| c.is_ascii_alphabetic() || *c == b'/');
        if let Some(end) = Some(rest).filter(|_| is_tag).and_then(|rest| rest.find('>')) {
            words.blank(body + at..body + at + end + 1);
        }
    }
    for at in places(source, "://") {
        let scheme =
            source.get(..at).unwrap_or("").trim_end_matches(|c: char| c.is_ascii_alphabetic());
        words.blank(scheme.len()..url_end(source, at));
    }
}

/// No address holds more brackets within one another (as CommonMark's reference parsers have it).
const NESTED: usize = 32;

/// Behind the `)` that closes the address that begins at `start`.
pub fn target_end(text: &str, start: usize) -> usize {
    let mut depth = 1_usize;
    let mut at = start;
    let rest = text.get(..text.floor_char_boundary(start + LONGEST)).unwrap_or("");
    while let Some(found) = first_of_three([b'(', b')', b'\n'], rest.get(at..).unwrap_or("")) {
        at += found;
        match rest.as_bytes().get(at) {
            Some(b'(') if depth < NESTED => depth += 1,
            Some(b')') => depth -= 1,
            _ => return at,
        }
        at += 1;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// Where the address that holds `at` ends: at a space, a bracket, a character of no address.
pub fn url_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..text.floor_char_boundary(at + LONGEST)).unwrap_or("");
    let ends = |byte: u8| {
        !byte.is_ascii_graphic() || matches!(byte, b')' | b']' | b'<' | b'>' | b'"' | b'\'')
    };
    at + rest.bytes().position(ends).unwrap_or(rest.len())
}

/// Reads the blocks of a body, and blanks what is attributes in them.
fn read_lines(shown: &str, lines: &[Range<usize>], words: &mut Blanks, blocks: &mut Vec<Block>) {
    let mut open = false;
    for line in lines {
        let (start, bare) = bare(shown, line);
        let kind = match bare.first() {
            None => {
                open = false;
                continue;
            }
            Some(b'#') => Kind::Heading,
            Some(b'|') => Kind::Row,
            Some(_) => Kind::Text,
        };
        if let Some(attributes) = attributes(shown, line) {
            words.blank(attributes);
        }
        let range = start..start + bare.len();
        match blocks.last_mut().filter(|_| open && kind == Kind::Text && !begins_item(bare)) {
            Some(block) => block.range.end = range.end,
            None => blocks.push(Block { range, kind }),
        }
        open = kind == Kind::Text;
    }
}

/// Whether a line begins a list item, a definition or a footnote.
fn begins_item(line: &[u8]) -> bool {
    match line {
        [b'-' | b'*' | b'+' | b':', b' ', ..] | [b'[', b'^', ..] => true,
        [b'0'..=b'9', ..] => {
            let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
            matches!(line.get(digits..), Some([b'.' | b')', b' ', ..]))
        }
        _ => false,
    }
}

/// Whether a line begins an item of an ordered list.
pub fn ordered(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or("");
    digits > 0 && (rest.starts_with(". ") || rest.starts_with(") "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> String {
        Prose::read(source).words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn code_and_addresses_are_no_words() {
        assert_eq!(words("a `b` [c](https://d.e/f_(g)) <https://h.i> j\n"), "a b [c] j");
        assert_eq!(words("```\nx\n```\ny ``z ` z`` <!-- w --> v\n"), "y z ` z v");
        assert_eq!(words("## One {#one operator=al/one}\n[x]: https://y.z\n"), "## One [x");
        assert_eq!(words("see https://a.b/c, then d\n"), "see then d");
    }

    #[test]
    fn a_word_keeps_its_place() {
        let source = "---\ntitle: 注销\n---\n`注` 销 [卡](x)\n";
        let prose = Prose::read(source);
        assert_eq!(prose.words.len(), source.len());
        assert_eq!(prose.words.find("卡"), source.find("卡"));
    }

    #[test]
    fn what_belongs_together_is_a_block() {
        let prose = Prose::read("a\nb\n\n- c\n- d\n  e\n| f |\n| g |\n> h\n");
        let texts: Vec<&str> = prose.blocks.iter().map(|block| prose.of(&block.range)).collect();
        assert_eq!(texts, ["a\nb", "- c", "- d\n  e", "| f |", "| g |", "h"]);
    }

    #[test]
    fn a_sentence_is_found_whatever_stands_before_it() {
        let prose = Prose::read("`IMEI` of a card. The IMEI\n");
        let places = prose.words.match_indices("IMEI").map(|(at, _)| at);
        let found = prose.sentences_with(places);
        assert_eq!(found.iter().map(|one| prose.of(one)).collect::<Vec<_>>(), [" The IMEI"]);
        let inside = prose.words.match_indices(['o', 'f', 'I']).map(|(at, _)| at);
        assert_eq!(prose.sentences_with(inside).len(), 2);
    }

    #[test]
    fn sentences_end_in_every_script() {
        let prose = Prose::read("It is 1.5 GB. Yes! 好。是吗？好");
        let sentences = prose.sentences_with(0..prose.words.len());
        let texts: Vec<&str> = sentences.iter().map(|one| prose.of(one).trim()).collect();
        assert_eq!(texts, ["It is 1.5 GB", "Yes", "好", "是吗", "好"]);
    }
}
