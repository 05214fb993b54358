//! Reads the path of a request: what it names below the site, if it names anything.

use std::borrow::Cow;

use crate::model::percent;
use crate::serve::editor_api::Pair;

/// The decoded path without its first slash. `None` if it could lead out of the site in any spelling: dots,
/// empty segments, backslashes, encoded slashes, control characters, bad UTF-8.
pub fn decode(path: &str) -> Option<String> {
    let below = path.strip_prefix('/')?;
    let count = below.split('/').count();
    let mut decoded = Vec::with_capacity(count);
    for (index, segment) in below.split('/').enumerate() {
        let is_last = index + 1 == count;
        let segment = percent::decode(segment).ok()?;
        let is_dots = segment == "." || segment == "..";
        let is_hole = segment.is_empty() && !is_last;
        if is_dots || is_hole || segment.contains(|c: char| c == '/' || c == '\\' || c.is_control())
        {
            return None;
        }
        decoded.push(segment);
    }
    Some(decoded.join("/"))
}

/// The value of `name` in a query, decoded.
pub fn parameter(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .into_iter()
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| percent::decode(value).ok().map(Cow::into_owned))
}

/// The folder of the preview's own pages, which tells them apart from the pages of the site.
pub const FOLDER: &str = "_cicerone/";

/// The address, below the host's root, of the page that compares a guide in two languages.
pub fn address(pair: &Pair) -> String {
    let Pair { guide, left, right } = pair;
    format!("{FOLDER}compare/{}?left={left}&right={right}", percent::encode(guide.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_once() {
        assert_eq!(decode("/zh-hans/%E6%B3%A8/").as_deref(), Some("zh-hans/注/"));
        assert_eq!(decode("/").as_deref(), Some(""));
        assert_eq!(decode("/%252e%252e/a").as_deref(), Some("%2e%2e/a"));
    }

    #[test]
    fn no_spelling_leads_out() {
        for path in [
            "",
            "a",
            "//",
            "//a",
            "/a//b",
            "/..",
            "/a/../b",
            "/%2e%2e/a",
            "/.%2E/a",
            "/a%2fb",
            "/a%5c..%5cb",
            "/a\\b",
            "/%00",
            "/a%",
            "/a%2",
            "/%c0%ae%c0%ae/",
            "/%ff",
            "/a/./b",
        ] {
            assert_eq!(decode(path), None, "{path}");
        }
    }

    #[test]
    fn a_parameter_is_found_by_its_whole_name() {
        assert_eq!(parameter("atoken=1&token=a%2Fb", "token").as_deref(), Some("a/b"));
        assert_eq!(parameter("token", "token"), None);
    }
}
