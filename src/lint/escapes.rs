//! What escapes hide from whoever reads the source: characters without a shape, and letters of a word.

use std::ops::Range;

use crate::lint::characters::{alike, deceives};
use crate::lint::file::LintedFile;
use crate::lint::names::RegistryNames;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::hidden::{described, hides, severity};
use crate::model::language::Direction;

/// An escape, and the character that it stands for.
struct Escape {
    range: Range<usize>,
    stands: char,
}

pub fn check(page: &LintedFile<'_>, names: &RegistryNames<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if page.prose.escapes.is_empty() {
        return;
    }
    let escapes = page.prose.escapes.iter().filter_map(|range| {
        let stands = stands_for(page.source.get(range.clone())?)?;
        Some(Escape { range: range.clone(), stands })
    });
    let escapes: Vec<Escape> = escapes.collect();
    let mut done = 0;
    let (mut block, mut direction) = (0..0, page.language().direction());
    for (index, escape) in escapes.iter().enumerate() {
        if !block.contains(&escape.range.start) {
            (block, direction) = around(page, escape.range.start);
        }
        diagnostics.extend(hidden(page, &escapes, index, direction));
        if escape.range.start >= done && escape.stands.is_alphanumeric() {
            let word = word(page.source, &escapes, index);
            done = word.range.end;
            diagnostics.extend(spelt(page, names, word));
        }
    }
}

/// Where `escapes` end at `at`.
fn ending(escapes: &[Escape], index: usize, at: usize) -> Option<&Escape> {
    escapes.get(index.checked_sub(1)?).filter(|escape| escape.range.end == at)
}

/// The words that a place stands among, and where they run.
fn around(page: &LintedFile<'_>, at: usize) -> (Range<usize>, Direction) {
    let rtl = |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FEFC}');
    let block = page.prose.block(at).map_or(at..at + 1, |block| block.range.clone());
    // Who writes a mark of direction beside Hebrew means it.
    match page.prose.of(&block).contains(rtl) {
        true => (block, Direction::RightToLeft),
        false => (block, page.language().direction()),
    }
}

/// Of what the front matter writes in YAML's escapes, `parse` has told.
fn hidden(
    page: &LintedFile<'_>,
    escapes: &[Escape],
    index: usize,
    direction: Direction,
) -> Option<Diagnostic> {
    let Escape { range, stands } = escapes.get(index)?;
    let is_entity = page.source.get(range.clone()).is_some_and(|text| text.starts_with('&'));
    let before = match ending(escapes, index, range.start) {
        Some(escape) => Some(escape.stands),
        None => page.source.get(..range.start).and_then(|head| head.chars().next_back()),
    };
    (is_entity && hides(*stands, before, direction)).then(|| {
        let fault = page.fault(Code::HiddenCharacter, range.clone(), described(*stands));
        let fault = Diagnostic { severity: severity(*stands), ..fault };
        fault.hint("take the escape out, and write the letters on both sides of it again")
    })
}

/// A word that has an escape in it, as it is written and as it is read.
struct SpeltWord {
    range: Range<usize>,
    read: String,
    /// Whether an escape stands for a letter that every keyboard has.
    plain: bool,
}

fn word(source: &str, escapes: &[Escape], index: usize) -> SpeltWord {
    let mut word = SpeltWord { range: 0..0, read: String::new(), plain: false };
    let Some(escape) = escapes.get(index) else { return word };
    let letters = |text: &str| text.chars().take_while(|c| c.is_alphanumeric()).collect::<String>();
    let before = source.get(..escape.range.start).unwrap_or("");
    let head = before.trim_end_matches(char::is_alphanumeric).len();
    // What an entity or an escape ends with is none of the word's letters.
    let head = match escapes.get(index.wrapping_sub(1)) {
        Some(last) if last.range.end > head => last.range.end.min(escape.range.start),
        _ => head,
    };
    word.range = head..head;
    word.read = letters(source.get(head..escape.range.start).unwrap_or(""));
    word.range.end = escape.range.start;
    for escape in escapes.iter().skip(index) {
        if escape.range.start != word.range.end || !escape.stands.is_alphanumeric() {
            break;
        }
        word.read.push(escape.stands);
        word.plain |= escape.stands.is_ascii_alphanumeric();
        let behind = letters(source.get(escape.range.end..).unwrap_or(""));
        word.range.end = escape.range.end + behind.len();
        word.read.push_str(&behind);
    }
    word
}

fn spelt(page: &LintedFile<'_>, names: &RegistryNames<'_>, word: SpeltWord) -> Option<Diagnostic> {
    let SpeltWord { range, read, plain } = word;
    if let Some(meant) = deceives(&read, names) {
        return Some(alike(page, range, &read, &meant));
    }
    let written = page.source.get(range.clone()).unwrap_or("");
    (plain && read.chars().nth(1).is_some()).then(|| {
        let message = format!("`{written}` is read as `{read}`");
        let hint = format!("write `{read}`, so that search and checks find it too");
        page.fault(Code::LookAlike, range, message).hint(hint)
    })
}

/// The character that an entity of HTML or an escape of YAML names.
fn stands_for(written: &str) -> Option<char> {
    if let Some(code) = written.strip_prefix('\\') {
        let code = code.strip_prefix(['x', 'u', 'U'])?;
        return char::from_u32(u32::from_str_radix(code, 16).ok()?);
    }
    let name = written.strip_prefix('&')?.strip_suffix(';')?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// Of HTML's names those of characters that hide, and of letters that look like others (HTML, 13.5).
const NAMED: &[(&str, char)] = &[
    ("shy", '\u{AD}'),
    ("ZeroWidthSpace", '\u{200B}'),
    ("NegativeVeryThinSpace", '\u{200B}'),
    ("NegativeThinSpace", '\u{200B}'),
    ("NegativeMediumSpace", '\u{200B}'),
    ("NegativeThickSpace", '\u{200B}'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("lrm", '\u{200E}'),
    ("rlm", '\u{200F}'),
    ("NoBreak", '\u{2060}'),
    ("ApplyFunction", '\u{2061}'),
    ("af", '\u{2061}'),
    ("InvisibleTimes", '\u{2062}'),
    ("it", '\u{2062}'),
    ("InvisibleComma", '\u{2063}'),
    ("ic", '\u{2063}'),
    ("Acy", 'А'),
    ("acy", 'а'),
    ("Vcy", 'В'),
    ("IEcy", 'Е'),
    ("iecy", 'е'),
    ("Kcy", 'К'),
    ("kcy", 'к'),
    ("Mcy", 'М'),
    ("Ncy", 'Н'),
    ("Ocy", 'О'),
    ("ocy", 'о'),
    ("Rcy", 'Р'),
    ("rcy", 'р'),
    ("Scy", 'С'),
    ("scy", 'с'),
    ("Tcy", 'Т'),
    ("tcy", 'т'),
    ("Ucy", 'У'),
    ("ucy", 'у'),
    ("KHcy", 'Х'),
    ("khcy", 'х'),
    ("Iukcy", 'І'),
    ("iukcy", 'і'),
    ("Jsercy", 'Ј'),
    ("jsercy", 'ј'),
    ("DScy", 'Ѕ'),
    ("dscy", 'ѕ'),
    ("Alpha", 'Α'),
    ("Beta", 'Β'),
    ("Epsilon", 'Ε'),
    ("Zeta", 'Ζ'),
    ("Eta", 'Η'),
    ("Iota", 'Ι'),
    ("Kappa", 'Κ'),
    ("Mu", 'Μ'),
    ("Nu", 'Ν'),
    ("Omicron", 'Ο'),
    ("omicron", 'ο'),
    ("Rho", 'Ρ'),
    ("Tau", 'Τ'),
    ("Upsilon", 'Υ'),
    ("Chi", 'Χ'),
    ("alpha", 'α'),
    ("nu", 'ν'),
    ("iota", 'ι'),
    ("upsilon", 'υ'),
];
