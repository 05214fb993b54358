//! Walks along two sorted lists at once.

use std::cmp::Ordering;

/// Each value with its counterpart among `others`, which are sorted in the same way.
pub fn join<T, O>(
    values: impl Iterator<Item = T>,
    others: &[O],
    order: impl Fn(&T, &O) -> Ordering,
) -> impl Iterator<Item = (T, Option<&O>)> {
    let mut others = others.iter().peekable();
    values.map(move |value| {
        while others.next_if(|other| order(&value, other) == Ordering::Greater).is_some() {}
        let same = others.next_if(|other| order(&value, other) == Ordering::Equal);
        (value, same)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_meet_their_counterparts() {
        let found: Vec<_> =
            join([1, 3, 4, 7].into_iter(), &[0, 1, 2, 4, 9], |a, b| a.cmp(b)).collect();
        assert_eq!(found, [(1, Some(&1)), (3, None), (4, Some(&4)), (7, None)]);
    }
}
