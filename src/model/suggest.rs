//! Finds the name that a writer most likely meant.

use std::cell::Cell;
use std::mem;

/// No name is longer. A longer text is not a typing error, and would be slow to compare.
const LONGEST: usize = 100;

/// The number of comparisons that one run may spend on suggestions. A site with that many misspelt names has
/// more urgent problems.
const COMPARISONS: usize = 1_000_000;

/// Suggests names until it has spent what a run may spend, so that a build with many misspelt names does not
/// become slow.
#[derive(Debug)]
pub struct Suggester {
    left: Cell<usize>,
}

impl Default for Suggester {
    fn default() -> Suggester {
        Suggester { left: Cell::new(COMPARISONS) }
    }
}

impl Suggester {
    /// Like `suggest`, but `None` once the comparisons of this run are used up.
    pub fn suggest<'a>(
        &self,
        typed: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        if self.left.get() == 0 {
            return None;
        }
        let spend = |_: &&str| self.left.set(self.left.get().saturating_sub(1));
        suggest(typed, candidates.into_iter().inspect(spend))
    }
}

/// The candidate nearest to `typed`, or the first of several equally near; `None` where none is near.
///
/// Near means at most one slip for every three letters, but always at least one slip (Damerau–Levenshtein,
/// optimal string alignment). Case and the separator (`_`, `-`, space) make no difference; an English plural
/// counts as one slip.
pub fn suggest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(typed);
    if wanted.is_empty() || wanted.len() > LONGEST {
        return None;
    }
    let mut limit = (wanted.len() / 3).max(1);
    let mut nearest = None;
    for candidate in candidates.into_iter().filter(|candidate| *candidate != typed) {
        // Candidates that need more than `limit` slips are skipped; their length alone rules out most of
        // them.
        let Some(slips) = slips(&wanted, candidate, limit) else { continue };
        nearest = Some(candidate);
        if slips == 0 {
            break;
        }
        limit = slips - 1;
    }
    nearest
}

/// The number of slips between the two, if it is no more than `limit`.
fn slips(wanted: &[char], candidate: &str, limit: usize) -> Option<usize> {
    // A plural adds at most two letters, and no letter has more than four bytes.
    if candidate.len() + limit.max(2) < wanted.len()
        || candidate.len() > 4 * (wanted.len() + limit.max(2))
    {
        return None;
    }
    let candidate = fold(candidate);
    let slips = distance(wanted, &candidate, limit);
    let plural = is_plural(wanted, &candidate) || is_plural(&candidate, wanted);
    let slips = if plural && limit > 0 { Some(1) } else { slips };
    // Two words with no letter in common are never near, however short they are.
    slips.filter(|slips| *slips < wanted.len().max(candidate.len()))
}

fn fold(text: &str) -> Vec<char> {
    let fold = |character| if matches!(character, '_' | ' ') { '-' } else { character };
    text.chars().flat_map(char::to_lowercase).map(fold).collect()
}

fn is_plural(many: &[char], one: &[char]) -> bool {
    if one.is_empty() {
        return false;
    }
    let ending = |ending| many.strip_prefix(one) == Some(ending);
    let country = match (one.strip_suffix(&['y']), many.strip_suffix(&['i', 'e', 's'])) {
        (Some(one), Some(many)) => one == many,
        _ => false,
    };
    ending(&['s']) || ending(&['e', 's']) || country
}

/// The optimal string alignment distance, computed only within `limit` of the diagonal.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let far = limit + 1;
    let mut before = vec![far; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).map(|column| column.min(far)).collect();
    let mut row = vec![far; b.len() + 1];
    for (index, letter) in a.iter().enumerate() {
        let previous = index.checked_sub(1).and_then(|index| a.get(index));
        fill(&mut row, (&above, &before), (index, *letter, previous), b, limit);
        let alive = |row: &[usize]| row.iter().any(|slips| *slips <= limit);
        if !alive(&row) && !alive(&above) {
            return None;
        }
        mem::swap(&mut before, &mut above);
        mem::swap(&mut above, &mut row);
    }
    above.last().copied().filter(|slips| *slips <= limit)
}

/// Fills a row from the two rows above it. Whatever lies outside the band counts as too far.
fn fill(
    row: &mut [usize],
    (above, before): (&[usize], &[usize]),
    (index, letter, previous): (usize, char, Option<&char>),
    b: &[char],
    limit: usize,
) {
    let far = limit + 1;
    row.fill(far);
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(far);
    if let Some(first) = row.first_mut() {
        *first = (index + 1).min(far);
    }
    let band = index.saturating_sub(limit)..b.len().min(index + limit + 1);
    let mut last = at(row, band.start);
    for column in band {
        let same = b.get(column) == Some(&letter);
        let mut slips = at(above, column) + usize::from(!same);
        slips = slips.min(last + 1).min(at(above, column + 1) + 1);
        let swapped = column > 0
            && previous.is_some_and(|previous| b.get(column) == Some(previous))
            && b.get(column - 1) == Some(&letter);
        if swapped {
            slips = slips.min(at(before, column - 1) + 1);
        }
        last = slips.min(far);
        if let Some(cell) = row.get_mut(column + 1) {
            *cell = last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Suggester, distance, suggest};

    const FIELDS: [&str; 8] =
        ["title", "summary", "base_url", "materials", "country", "steps", "alias", "tags"];

    #[test]
    fn many_slips_among_many_names_end() {
        let names: Vec<String> = (0..100).map(|number| format!("name-{number}")).collect();
        let suggester = Suggester { left: Cell::new(5 * names.len()) };
        let near = || suggester.suggest("nmae-x", names.iter().map(String::as_str));
        assert_eq!((0..100).filter(|_| near().is_some()).count(), 5);
    }

    #[test]
    fn a_slip_finds_its_name() {
        assert_eq!(suggest("titel", FIELDS), Some("title"));
        assert_eq!(suggest("sumary", FIELDS), Some("summary"));
        assert_eq!(suggest("matreials", FIELDS), Some("materials"));
        assert_eq!(suggest("al/cancel-sin", ["al/cancel-sim"]), Some("al/cancel-sim"));
    }

    #[test]
    fn case_and_separators_do_not_count() {
        assert_eq!(suggest("Title", FIELDS), Some("title"));
        assert_eq!(suggest("base-url", FIELDS), Some("base_url"));
        assert_eq!(suggest("Base URL", FIELDS), Some("base_url"));
        assert_eq!(suggest("baseUrl", FIELDS), Some("base_url"));
    }

    #[test]
    fn a_plural_finds_the_singular_and_the_other_way_round() {
        assert_eq!(suggest("countries", FIELDS), Some("country"));
        assert_eq!(suggest("step", FIELDS), Some("steps"));
        assert_eq!(suggest("aliases", FIELDS), Some("alias"));
        assert_eq!(suggest("tag", FIELDS), Some("tags"));
        assert_eq!(suggest("box", ["boxes"]), Some("boxes"));
    }

    #[test]
    fn chinese_is_compared_by_characters() {
        assert_eq!(suggest("注消手机卡", ["补办手机卡", "注销手机卡"]), Some("注销手机卡"));
        assert_eq!(suggest("注销", ["补办"]), None);
    }

    #[test]
    fn nothing_near_is_nothing() {
        assert_eq!(suggest("colour", FIELDS), None);
        assert_eq!(suggest("x", ["y", "z"]), None);
        assert_eq!(suggest("", FIELDS), None);
        assert_eq!(suggest("title", ["title"]), None);
        assert_eq!(suggest(&"title".repeat(1000), FIELDS), None);
    }

    #[test]
    fn the_nearest_is_found_and_the_first_of_equals() {
        assert_eq!(suggest("vodafon", ["vodaf", "vodafone", "vodafone-al"]), Some("vodafone"));
        assert_eq!(suggest("cat", ["bat", "hat"]), Some("bat"));
    }

    #[test]
    fn distances_within_the_band_are_exact() {
        let distance = |a: &str, b: &str, limit| {
            let [a, b] = [a, b].map(|text| text.chars().collect::<Vec<_>>());
            distance(&a, &b, limit)
        };
        assert_eq!(distance("kitten", "sitting", 3), Some(3));
        assert_eq!(distance("kitten", "sitting", 2), None);
        assert_eq!(distance("abcd", "badc", 2), Some(2));
        assert_eq!(distance("abc", "abc", 0), Some(0));
        assert_eq!(distance("ca", "abc", 3), Some(3));
        assert_eq!(distance("abcdef", "cdefab", 4), Some(4));
        assert_eq!(distance("", "ab", 2), Some(2));
    }
}
