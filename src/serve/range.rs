//! Reads the `Range` of a request (RFC 9110, 14.2).

use std::ops::Range;

/// What to send of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RangePart {
    Whole,
    Some(Range<usize>),
    /// The range lies outside the file.
    Unsatisfiable,
}

/// One range of bytes. If there are several, or the header cannot be read, the whole file is sent, as the
/// RFC allows.
pub fn part(header: Option<&str>, length: usize) -> RangePart {
    let Some(range) = header.and_then(|header| header.strip_prefix("bytes=")) else {
        return RangePart::Whole;
    };
    let Some((first, last)) = range.trim().split_once('-') else { return RangePart::Whole };
    match (number(first), number(last)) {
        (Some(first), _) if first >= length && (last.is_empty() || number(last).is_some()) => {
            RangePart::Unsatisfiable
        }
        (Some(first), Some(last)) if first <= last => {
            RangePart::Some(first..(last.saturating_add(1)).min(length))
        }
        (Some(first), None) if last.is_empty() => RangePart::Some(first..length),
        (None, Some(0)) if first.is_empty() => RangePart::Unsatisfiable,
        (None, Some(_)) if first.is_empty() && length == 0 => RangePart::Unsatisfiable,
        (None, Some(count)) if first.is_empty() => {
            RangePart::Some(length.saturating_sub(count)..length)
        }
        _ => RangePart::Whole,
    }
}

/// A number written in digits only; one that is too large becomes the greatest number.
fn number(text: &str) -> Option<usize> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_cut_to_the_file() {
        let part = |header| part(Some(header), 10);
        assert_eq!(part("bytes=0-3"), RangePart::Some(0..4));
        assert_eq!(part("bytes=4-"), RangePart::Some(4..10));
        assert_eq!(part("bytes=-3"), RangePart::Some(7..10));
        assert_eq!(part("bytes=-30"), RangePart::Some(0..10));
        assert_eq!(part("bytes=8-99999999999999999999999"), RangePart::Some(8..10));
    }

    #[test]
    fn a_range_beyond_the_file_is_told() {
        for header in ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=99999999999999999999999-"] {
            assert_eq!(part(Some(header), 10), RangePart::Unsatisfiable, "{header}");
        }
        assert_eq!(part(Some("bytes=-1"), 0), RangePart::Unsatisfiable);
    }

    #[test]
    fn what_is_no_single_range_is_the_whole() {
        for header in
            ["bytes=0-1,4-5", "bytes=5-2", "bytes=a-b", "bytes=-", "lines=1-2", "", "bytes=+1-2"]
        {
            assert_eq!(part(Some(header), 10), RangePart::Whole, "{header}");
        }
        assert_eq!(part(None, 10), RangePart::Whole);
    }
}
