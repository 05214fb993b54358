//! How far apart two words are: letters added, left out, changed, or two of them swapped.

use crate::model::fold::is_mark;
use crate::search::words::is_run;

/// Whether a word stands in the spelling lists.
pub fn is_spelled(word: &str) -> bool {
    let letters = word.chars().count();
    letters >= 4 && word.chars().all(|c| (c.is_alphabetic() || is_mark(c)) && !is_run(c))
}

/// How many mistakes are forgiven in a word of this many letters.
pub fn allowed(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The distance of Damerau and Levenshtein in which each letter is touched once; none if it exceeds `most`.
pub fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = get(&last, j) + usize::from(x != y);
            best = best.min(get(&last, j + 1) + 1).min(get(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                best = best.min(get(&before, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(a: &str, b: &str) -> Option<usize> {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        distance(&letters(a), &letters(b), 2)
    }

    #[test]
    fn faults_are_counted() {
        assert_eq!(apart("deregster", "deregister"), Some(1));
        assert_eq!(apart("vodaphone", "vodafone"), Some(2));
        assert_eq!(apart("acncel", "cancel"), Some(1));
        assert_eq!(apart("cancel", "planet"), None);
    }
}
