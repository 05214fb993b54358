//! The forms of texts that JSON Schema can express. Whether a text makes sense is for the parser to judge.

/// The form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// An ECMA 262 pattern that the whole text has to match.
    pub pattern: &'static str,
    /// Whether the text may look like a number, such as `142`.
    pub number: bool,
}

const fn text(pattern: &'static str) -> Form {
    Form { pattern, number: false }
}

const fn number(pattern: &'static str) -> Form {
    Form { pattern, number: true }
}

pub const ID: Form = number("[a-z0-9][a-z0-9-]*");
pub const OPERATOR: Form = text("[a-z]{2}/[a-z0-9][a-z0-9-]*");
pub const COUNTRY: Form = text("[A-Za-z]{2}");
/// A language tag (BCP 47, RFC 5646), as far as a pattern can tell.
pub const TAG: Form = text("[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*");
pub const GUIDE: Form = text("/*[^/\\s][^/]*(/[^/]+)*/*");
/// An address from the site's root.
pub const ADDRESS: Form = text("/[^?#\\\\]+");
/// An e-mail address or a web address.
pub const FEEDBACK: Form = text("(https?://\\S+|[^\\s@:/?#&]+@[^\\s@:/?#&]+)");
/// A web address, or a page from the top.
pub const LINK: Form = text("(https?://\\S+|/([^/\\s\\\\][^\\s\\\\]*)?)");
/// Where an old address leads.
pub const GOAL: Form = text("(https?://\\S+|/[^?\\\\]*)");
/// With the place of a path in it.
pub const EDIT: Form = text("https?://\\S*\\{path\\}\\S*");
/// Without a path.
pub const ORIGIN: Form = text("https://(\\*\\.)?[A-Za-z0-9][A-Za-z0-9.-]*(:\\d+)?/*");
pub const WEIGHT: Form = number("[1-9]\\d{0,3}(\\s+[1-9]\\d{0,3})?");
pub const WEB: Form = text("https?://\\S+");
pub const SLUG: Form = number("[^\\s/?#%:\"<>]*[^\\s/?#%:\"<>.][^\\s/?#%:\"<>]*");
pub const THEME: Form = text("[^\\s/.]+");
pub const COLOR: Form = text("#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})");
pub const DAY: Form = text("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");
pub const DATE: Form = number("\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?");
pub const INTERVAL: Form = text("\\d+\\s*(min|h|d|w|mo|y)");
pub const DURATION: Form = text("(unknown|(\\d+\\s*[-–]\\s*)?\\d+\\s*(min|h|d|w|mo|y))");
pub const COST: Form =
    text("(unknown|free|(\\d+(\\.\\d+)?\\s*[-–]\\s*)?\\d+(\\.\\d+)?\\s+[A-Z]{3})");
pub const CHANNEL: Form = text(
    "(phone|sms|ussd|web|app|shop|email|chat|post|[a-z]{2}/[a-z0-9][a-z0-9-]*#[a-z0-9][a-z0-9-]*)",
);
pub const COUNT: Form = number("\\d+");
pub const SIZE: Form = number("\\d+\\s*([KM]iB)?");
pub const DEPTH: Form = number("[1-9]\\d*");
/// A branch's name as Git accepts it, as far as a pattern can tell.
pub const BRANCH: Form = text("[^\\s~^:?*\\[\\\\/.-][^\\s~^:?*\\[\\\\]*");
pub const REMOTE: Form = text("[^\\s-]\\S*");
pub const BUCKET: Form = text("[a-zA-Z0-9][a-zA-Z0-9._-]+");
pub const REGION: Form = text("[a-z0-9-]+");
pub const PREFIX: Form = number("/*[^/\\s\\\\:]+(/[^/\\s\\\\:]+)*/*");
/// The name of a unit and its pin, as the program writes them.
pub const UNIT: Form = number("[^\\s:]+");
pub const PIN: Form = number("[0-9a-fA-F]{16}");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::{ChannelKind, Vocabulary};

    #[test]
    fn every_type_of_channel_is_one_of_the_form() {
        let words: Vec<&str> = CHANNEL
            .pattern
            .trim_matches(['(', ')'])
            .split('|')
            .filter(|word| !word.contains('['))
            .collect();
        let types: Vec<&str> = ChannelKind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(words, types);
    }
}
