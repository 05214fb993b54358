//! Helps where CommonMark's rules fail a text: emphasis beside punctuation, and codes to dial.
//!
//! In `**真，**她`, CommonMark does not let the second run close the emphasis, because the run stands between
//! punctuation and a letter. A noncharacter between the punctuation and the run resolves this, and is removed
//! from the HTML afterwards. Once the parser has an option for this, that option will replace this file. The
//! asterisks of `*100*1#` are not markup, so another character stands for them while the parser reads.

use std::borrow::Cow;

use crate::model::word_search::first_of_three;
use crate::parse::codes::{ASTERISK, asterisks};

/// A Unicode noncharacter, which is never part of a text. Any in the source are removed together with ours.
pub const MARK: char = '\u{FDD0}';

/// A text into which marks were inserted, and where they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended<'a> {
    pub text: Cow<'a, str>,
    /// What the parser was told besides, and the marks, which were put in behind that.
    insertions: Insertions,
    marks: Insertions,
    /// Whether there are marks in it, put there or written.
    pub is_marked: bool,
    /// Whether the text contains placeholders for asterisks.
    pub is_coded: bool,
}

impl Mended<'_> {
    /// The position in the source of a position in the mended text.
    pub fn source(&self, offset: usize) -> usize {
        self.insertions.before(self.marks.before(offset))
    }
}

/// What is put into a text, and where.
pub type Insertion = (usize, &'static str);

/// What was put into a text: where, as offsets in the text with it, ascending; and how many bytes up to the end of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Insertions(Vec<(usize, usize)>);

impl Insertions {
    /// `text` with what is put in.
    fn put<'i>(&mut self, text: &str, list: impl IntoIterator<Item = (usize, &'i str)>) -> String {
        let mut whole = String::with_capacity(text.len() + 64);
        let (mut last, mut total) = (0, 0);
        for (at, inserted) in list {
            whole.push_str(text.get(last..at).unwrap_or(""));
            total += inserted.len();
            self.0.push((whole.len(), total));
            whole.push_str(inserted);
            last = at;
        }
        whole.push_str(text.get(last..).unwrap_or(""));
        whole
    }

    /// The offset in the text without what was put in.
    fn before(&self, offset: usize) -> usize {
        let count = self.0.partition_point(|(at, _)| *at < offset);
        let Some((at, total)) = count.checked_sub(1).and_then(|last| self.0.get(last)) else {
            return offset;
        };
        let earlier = count.checked_sub(2).and_then(|last| self.0.get(last));
        let earlier = earlier.map_or(0, |(_, total)| *total);
        let own = (total - earlier).min(offset - at);
        offset - earlier - own
    }
}

pub fn mend(text: &str) -> Mended<'_> {
    mend_with(text, |_| Vec::new())
}

/// The same with what else the parser has to be told.
pub fn mend_with(text: &str, told: impl Fn(&str) -> Vec<Insertion>) -> Mended<'_> {
    let coded = coded(text);
    let is_coded = coded.is_some();
    let mut text = coded.map_or(Cow::Borrowed(text), Cow::Owned);
    let mut insertions = Insertions::default();
    let told = told(&text);
    if !told.is_empty() {
        text = Cow::Owned(insertions.put(&text, told));
    }
    let places = places(&text);
    let mut marks = Insertions::default();
    if !places.is_empty() {
        let mut mark = [0; 4];
        let mark = &*MARK.encode_utf8(&mut mark);
        text = Cow::Owned(marks.put(&text, places.into_iter().map(|at| (at, mark))));
    }
    let is_marked = !text.is_ascii() && text.contains(MARK);
    Mended { text, insertions, marks, is_marked, is_coded }
}

/// The text with placeholders for the asterisks of its codes.
fn coded(text: &str) -> Option<String> {
    let places = asterisks(text);
    // If a writer has typed the placeholder, ours could not be told apart from it.
    if places.is_empty() || text.contains(ASTERISK) {
        return None;
    }
    let mut coded = String::with_capacity(text.len());
    let mut last = 0;
    for at in places {
        coded.push_str(text.get(last..at).unwrap_or(""));
        coded.push(ASTERISK);
        last = at + 1;
    }
    coded.push_str(text.get(last..).unwrap_or(""));
    Some(coded)
}

/// The positions where a mark is needed.
fn places(text: &str) -> Vec<usize> {
    let mut marks = Vec::new();
    let mut rest = 0;
    // Whether a pair of asterisks or of tildes is open in the paragraph, and which backticks have opened
    // code.
    let mut open = [false; 2];
    let mut ticks = "";
    let next = |from: usize| Some(from + first_of_three([b'*', b'~', b'`'], text.get(from..)?)?);
    while let Some(start) = next(rest) {
        if text.get(rest..start).is_some_and(has_blank_line) {
            (open, ticks) = ([false; 2], "");
        }
        let tail = text.get(start..).unwrap_or("");
        let sign = tail.chars().next().unwrap_or('*');
        let end = start + tail.len() - tail.trim_start_matches(sign).len();
        rest = end;
        let run = text.get(start..end).unwrap_or("");
        let before = text.get(..start).and_then(|head| head.chars().next_back());
        if before == Some('\\') {
            continue;
        }
        if sign == '`' {
            match ticks {
                "" if closes(text.get(end..).unwrap_or(""), run) => ticks = run,
                open if open == run => ticks = "",
                _ => {}
            }
            continue;
        }
        if !ticks.is_empty() {
            continue;
        }
        let after = text.get(end..).and_then(|tail| tail.chars().next());
        let side = RunSide { before: before.unwrap_or(' '), after: after.unwrap_or(' ') };
        let [stars, tildes] = &mut open;
        let is_open = if sign == '*' { stars } else { tildes };
        let is_pair = run.len() == 2;
        match side.of(RunState::of(is_pair, *is_open)) {
            Where::Closes if is_pair => *is_open = false,
            Where::Opens if is_pair => *is_open = true,
            Where::ClosesWithMark => {
                marks.push(start);
                *is_open &= !is_pair;
            }
            Where::OpensWithMark if is_pair || side.is_joined() => {
                marks.push(end);
                *is_open |= is_pair;
            }
            _ => {}
        }
    }
    marks
}

fn has_blank_line(text: &str) -> bool {
    let lines = text.split_once('\n').and_then(|(_, below)| below.rsplit_once('\n'));
    lines.is_some_and(|(lines, _)| lines.split('\n').any(|line| line.trim().is_empty()))
}

/// Whether code that begins with `ticks` ends in the same paragraph.
fn closes(text: &str, ticks: &str) -> bool {
    let end = text.find(ticks).and_then(|end| text.get(..end));
    end.is_some_and(|code| !code.contains("\n\n"))
}

/// The characters on both sides of a run.
struct RunSide {
    before: char,
    after: char,
}

/// Whether a run like this one is waiting to be closed. Of single signs nobody keeps account.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RunState {
    Open,
    Closed,
    Unknown,
}

impl RunState {
    fn of(is_pair: bool, is_open: bool) -> RunState {
        match (is_pair, is_open) {
            (true, true) => RunState::Open,
            (true, false) => RunState::Closed,
            (false, _) => RunState::Unknown,
        }
    }
}

enum Where {
    Opens,
    Closes,
    OpensWithMark,
    ClosesWithMark,
    Nowhere,
}

impl RunSide {
    fn is_joined(&self) -> bool {
        is_joined(self.before) || is_joined(self.after)
    }

    /// What the run is meant to do.
    fn of(&self, state: RunState) -> Where {
        let RunSide { before, after } = *self;
        let is_open = state == RunState::Open;
        if after.is_whitespace() {
            return if before.is_whitespace() { Where::Nowhere } else { Where::Closes };
        }
        if before.is_whitespace() {
            return Where::Opens;
        }
        match (is_punctuation(before), is_punctuation(after)) {
            // If no spaces separate words, nothing else can be meant.
            (true, false)
                if (is_open || (is_joined(after) && state == RunState::Unknown))
                    && !opens(before) =>
            {
                Where::ClosesWithMark
            }
            (true, false) => Where::Opens,
            (false, true) if is_open => Where::Closes,
            (false, true) if is_joined(before) => Where::OpensWithMark,
            // People who write `x**(y)` or `x**2` do not mean emphasis.
            (false, true) if opens(after) && !before.is_ascii() => Where::OpensWithMark,
            (false, true) => Where::Closes,
            _ if is_open => Where::Closes,
            _ if before.is_ascii_alphanumeric() => Where::Nowhere,
            _ => Where::Opens,
        }
    }
}

/// Whether `c` opens a bracket or a quotation.
fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '<'
            | '¿'
            | '¡'
            | '«'
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '‹'
            | '「'
            | '『'
            | '（'
            | '［'
            | '｛'
            | '【'
            | '《'
            | '〈'
            | '〔'
            | '〖'
    )
}

/// Whether `c` is written without spaces between words: Han, kana, bopomofo and their punctuation.
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{303F}' | '\u{3040}'..='\u{30FF}' | '\u{3100}'..='\u{312F}'
        | '\u{31A0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether words go on behind `c` without a space: in Chinese and Japanese, Thai, Lao, Khmer and Burmese, and with the
/// endings of Korean.
pub fn is_joined(c: char) -> bool {
    is_cjk(c)
        || matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
            | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}')
}

/// Whether `c` is neither a letter nor a digit nor a space. Combining marks count too, which does no harm,
/// because a run beside them can already open or close.
fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && c != MARK && c != ASTERISK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stands_between_a_run_and_punctuation_beside_cjk() {
        assert_eq!(mend("**真，**她").text, "**真，\u{FDD0}**她");
        assert_eq!(mend("她**「真」**她").text, "她**\u{FDD0}「真」\u{FDD0}**她");
        assert_eq!(mend("~~旧。~~新").text, "~~旧。\u{FDD0}~~新");
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in [
            "**bold**, then",
            "**真**她",
            "a * b",
            "* 项目",
            "\\**真，",
            "x**2 + (y)**2",
            "x**(y) + z**(w)",
            "**a (**b** c)**",
            "`**a:**b`",
            "**one.\n\ntwo.**three",
        ] {
            assert_eq!(mend(text).text, text);
        }
    }

    #[test]
    fn emphasis_may_stand_beside_any_script() {
        for (text, expected) in [
            ("**설명(보기)**는", "**설명(보기)|**는"),
            ("**\"관리자\"**는", "**\"관리자\"|**는"),
            ("**`코드`**는", "**`코드`|**는"),
            ("**คำเตือน!**กรุณา", "**คำเตือน!|**กรุณา"),
            ("**[링크](../a/)**는", "**[링크](../a/)|**는"),
            ("**電話。**です", "**電話。|**です"),
            ("**电话：**142 **价格：**100元", "**电话：|**142 **价格：|**100元"),
            ("**“SIM”**card卡", "**“SIM”|**card卡"),
            ("**Note:**text", "**Note:|**text"),
            ("**Внимание!**текст", "**Внимание!|**текст"),
            ("слово**(так)**и", "слово**|(так)|**и"),
            ("*설명(보기)*는", "*설명(보기)|*는"),
            ("`a` **b:**c", "`a` **b:|**c"),
            ("**价格：**100元，**电话：**142", "**价格：|**100元，**电话：|**142"),
            ("見る。**電話：**142（**料金：**5）", "見る。**電話：|**142（**料金：|**5）"),
            ("ก,**โทร:**142", "ก,**โทร:|**142"),
            ("가격, ~~옛(값)~~은 (**새(값)**은)", "가격, ~~옛(값)|~~은 (**새(값)|**은)"),
        ] {
            assert_eq!(mend(text).text.replace(MARK, "|"), expected);
        }
    }

    #[test]
    fn a_code_is_as_long_as_it_was() {
        let mended = mend("真*100*1#");
        assert_eq!((mended.text.len(), mended.is_coded), ("真*100*1#".len(), true));
        assert_eq!(mend("*100*1# \u{7F}").text, "*100*1# \u{7F}");
    }

    #[test]
    fn offsets_lead_back_to_the_source() {
        let mended = mend("**真，**她");
        assert_eq!(mended.source(2), 2);
        // The run behind the mark, and the letter behind the run.
        assert_eq!(mended.source(11), 8);
        assert_eq!(mended.source(13), 10);
    }
}
