//! Breaks a title into lines, and finds the size in which it fits.

/// The room that a title has, in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    pub width: f32,
    pub height: f32,
    pub lines: usize,
    /// The sizes to try, from the largest to the smallest.
    pub sizes: &'static [f32],
    /// The distance from one line to the next (ems).
    pub leading: f32,
}

/// Lines set in one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    pub size: f32,
    /// The distance from one line to the next (ems).
    pub leading: f32,
    pub lines: Vec<String>,
}

impl Setting {
    pub fn height(&self) -> f32 {
        self.lines.len() as f32 * self.size * self.leading
    }
}

/// The width of characters (ems), and what takes the place of omitted text.
pub struct Ruler<'a> {
    pub advance: &'a dyn Fn(char) -> f32,
    pub ellipsis: &'static str,
}

impl Room {
    /// The text in the largest size in which it fits; in the smallest, the last line may end in an
    /// ellipsis.
    pub fn set(&self, text: &str, ruler: &Ruler<'_>) -> Setting {
        let pieces = pieces(text);
        let of = |size, lines| Setting { size, leading: self.leading, lines };
        let fitting = self.sizes.iter().find_map(|size| {
            let width = self.width / size;
            let setting = of(*size, ruler.wrap(&pieces, width)?);
            let fits = setting.lines.len() <= self.lines && setting.height() <= self.height;
            fits.then(|| of(*size, ruler.balance(&pieces, width, setting.lines)))
        });
        fitting.unwrap_or_else(|| {
            let size = self.sizes.last().copied().unwrap_or(1.0);
            of(size, self.cut(&pieces, self.width / size, ruler))
        })
    }

    fn cut(&self, pieces: &[&str], width: f32, ruler: &Ruler<'_>) -> Vec<String> {
        let pieces: Vec<&str> =
            pieces.iter().flat_map(|piece| ruler.shatter(piece, width)).collect();
        let mut lines = ruler.wrap(&pieces, width).unwrap_or_default();
        if lines.len() > self.lines {
            lines.truncate(self.lines);
            if let Some(last) = lines.last_mut() {
                *last = ruler.end(last, width);
            }
        }
        lines
    }
}

impl Ruler<'_> {
    pub fn width(&self, text: &str) -> f32 {
        text.chars().map(self.advance).sum()
    }

    /// As many of the parts as fit on one line; if not even the first fits, as much of it as does.
    pub fn row(&self, parts: &[String], width: f32) -> String {
        let rows =
            (1..=parts.len()).rev().filter_map(|count| Some(parts.get(..count)?.join(" · ")));
        let fitting = rows.clone().find(|row| self.width(row) <= width);
        fitting
            .unwrap_or_else(|| parts.first().map_or_else(String::new, |part| self.end(part, width)))
    }

    /// `None` if a single piece is wider than a line.
    fn wrap(&self, pieces: &[&str], width: f32) -> Option<Vec<String>> {
        let mut lines: Vec<String> = Vec::new();
        for piece in pieces {
            if self.width(piece.trim_end()) > width {
                return None;
            }
            match lines.last_mut() {
                Some(line) if self.width(line) + self.width(piece.trim_end()) <= width => {
                    line.push_str(piece);
                }
                _ => lines.push((*piece).to_owned()),
            }
        }
        Some(lines.into_iter().map(|line| line.trim().to_owned()).collect())
    }

    /// Makes the lines about equally long without adding one: a narrower room gives more even lines.
    fn balance(&self, pieces: &[&str], width: f32, lines: Vec<String>) -> Vec<String> {
        let count = lines.len();
        let narrower = (1..=50_u8).map_while(|step| {
            let wrapped = self.wrap(pieces, width * (1.0 - f32::from(step) * 0.01))?;
            (wrapped.len() == count).then_some(wrapped)
        });
        // It is best if a line ends where a part of the sentence ends.
        let ends = |lines: &Vec<String>| lines.iter().filter(|line| line.ends_with(closes)).count();
        narrower
            .max_by_key(|narrower| ends(narrower))
            .filter(|best| ends(best) >= ends(&lines))
            .unwrap_or(lines)
    }

    /// Splits a piece that is wider than a line into its characters.
    fn shatter<'t>(&self, piece: &'t str, width: f32) -> Vec<&'t str> {
        if self.width(piece.trim_end()) <= width {
            return vec![piece];
        }
        piece.split_inclusive(|_| true).collect()
    }

    /// As much of `text` as fits, with an ellipsis.
    fn end(&self, text: &str, width: f32) -> String {
        let width = width - self.width(self.ellipsis);
        let mut kept = text.to_owned();
        while self.width(&kept) > width && kept.pop().is_some() {}
        let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || opens(c) || closes(c));
        format!("{kept}{}", self.ellipsis)
    }
}

/// The pieces that no line may break: words with the space after them, or single Chinese and Japanese
/// characters.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    // The last two characters; a line cannot break at a space that follows an opening bracket.
    let mut before = ['\0'; 2];
    for (at, c) in text.char_indices() {
        let [earlier, last] = before;
        let is_place = match last {
            '\0' => false,
            ' ' => c != ' ' && !opens(earlier),
            _ => c != ' ' && !opens(last) && (is_ideographic(last) || is_ideographic(c)),
        };
        if is_place && !closes(c) {
            pieces.extend(text.get(start..at));
            start = at;
        }
        before = [last, c];
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// Whether `c` is written without spaces, so that a line may break beside it: Han, Kana, Bopomofo and their
/// punctuation.
fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{312f}' | '\u{31a0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether no line may begin with `c`.
fn closes(c: char) -> bool {
    "!%),.:;?]}¢°’”†‡›»‥…—–‐·•、。〃々〉》」』】〕〗〙〛〜ぁぃぅぇぉっゃゅょゎゝゞ゠ァィゥェォッャュョヮヵヶ・ーヽヾ！％），．：；？］｝～｡｣､･"
        .contains(c)
}

/// Whether no line may end with `c`.
fn opens(c: char) -> bool {
    "([{‘“‹«¿¡$£¥€〈《「『【〔〖〘〚（［｛＄￡￥｢#".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room =
        Room { width: 100.0, height: 60.0, lines: 4, sizes: &[20.0, 10.0], leading: 1.0 };

    fn advance(c: char) -> f32 {
        if is_ideographic(c) { 1.0 } else { 0.5 }
    }

    fn set(text: &str) -> (f32, Vec<String>) {
        let setting = ROOM.set(text, &Ruler { advance: &advance, ellipsis: "…" });
        (setting.size, setting.lines)
    }

    #[test]
    fn words_break_at_spaces_into_lines_of_about_one_length() {
        assert_eq!(pieces("Keep a number"), ["Keep ", "a ", "number"]);
        assert_eq!(set("Keep a number").1, ["Keep a", "number"]);
        assert_eq!(pieces("« Oui ? »"), ["« Oui ? »"]);
        assert_eq!(pieces("10\u{a0}km away"), ["10\u{a0}km ", "away"]);
    }

    #[test]
    fn chinese_breaks_between_characters_and_no_line_begins_with_a_full_stop() {
        assert_eq!(pieces("在境外注销SIM卡。"), ["在", "境", "外", "注", "销", "SIM", "卡。"]);
        assert_eq!(set("一二三四，五六").1, ["一二三四，", "五六"]);
        assert_eq!(pieces("《注销》：“卡”"), ["《注", "销》：", "“卡”"]);
        for (before, times) in (0..40).map(|case| (case % 8, 1 + case / 8)) {
            let text = format!("{}{}", "号".repeat(before), "注销，这张（卡）。".repeat(times));
            for line in set(&text).1 {
                let first = line.chars().next().unwrap();
                let last = line.chars().next_back().unwrap();
                assert!(!closes(first) && !opens(last), "{line}");
            }
        }
    }

    #[test]
    fn the_size_goes_down_until_the_title_fits() {
        assert_eq!(set("号").0, 20.0);
        assert_eq!(set("号码号码号码号码号码号码号码").0, 20.0);
        assert_eq!(set("号码号码号码号码号码号码号码号码").0, 10.0);
        // This word is wider than a line of the larger size.
        assert_eq!(set("incomprehensible").0, 10.0);
    }

    #[test]
    fn what_fits_in_no_size_ends_in_an_ellipsis() {
        let (size, lines) = set(&"号".repeat(41));
        assert_eq!((size, lines.len()), (10.0, 4));
        assert_eq!(lines[3], format!("{}…", "号".repeat(9)));
        let (_, lines) = set(&"a".repeat(45));
        assert_eq!(lines, ["a".repeat(20), "a".repeat(20), "a".repeat(5)]);
    }

    #[test]
    fn a_row_holds_as_many_parts_as_fit() {
        let ruler = Ruler { advance: &advance, ellipsis: "…" };
        let parts = ["Albania", "One", "Vodafone"].map(str::to_owned);
        assert_eq!(ruler.row(&parts, 20.0), "Albania · One · Vodafone");
        assert_eq!(ruler.row(&parts, 8.0), "Albania · One");
        assert_eq!(ruler.row(&parts, 3.0), "Alban…");
        assert_eq!(ruler.row(&[], 3.0), "");
    }
}
