//! An address of the site as a writer types it: parsed once, and safe to write anywhere after that.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::model::percent::{self, Malformed};

/// The most bytes that one segment may have: any file system and any archive can hold a name of this length.
const SEGMENT: usize = 200;
/// The most bytes that a whole path may have: every host and every proxy lets this through, even
/// percent-encoded.
const PATH: usize = 1000;

/// A path below the site's root, decoded: `al/old-name/` for a folder with a page, `old.html` for a file.
///
/// No segment is empty, `.` or `..`. The path holds no control characters and nothing that a reader cannot
/// see.
///
/// The site's root is the empty address, which no writer can type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Address(Arc<str>);

/// Why something cannot be an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// It does not begin with `/`.
    NotFromRoot,
    /// It is the address of the site's root.
    Root,
    /// It has a `?`, where a query begins.
    Query,
    /// It has a `#`, where a fragment begins.
    Fragment,
    /// It has a `%` that is not followed by two hexadecimal digits; holds the broken escape.
    BadEscape(String),
    /// Its escapes do not decode to UTF-8.
    NotUtf8,
    /// It has two slashes in a row.
    EmptySegment,
    /// It has a segment `.` or `..`.
    Dots,
    /// It has a segment that begins with a dot, other than `.well-known`.
    Dotted,
    /// It has an escaped slash.
    Slash,
    Backslash,
    /// It has a colon where a program would read a drive or a scheme.
    Colon,
    /// It has a segment called `index.html`, which is the name of a page's file.
    Index,
    /// It has this control character or invisible character.
    Hidden(char),
    /// It has a segment of this many bytes, which is more than the limit.
    Long(usize),
    /// It has this many bytes in all, which is more than the limit.
    LongPath(usize),
    /// It lies in a folder that belongs to the program; holds what that folder is for.
    Reserved(&'static str),
}

/// The folders of the site that belong to the program, each with what it is for.
const RESERVED: &[(&str, &str)] = &[
    ("assets", "the theme’s files, which are kept for ever"),
    ("_cicerone", "the preview’s own pages"),
];

impl Address {
    /// Reads an old address, written from the site's root as a browser shows it: `/Caf%C3%A9/` is `Café/`.
    pub fn parse(text: &str) -> Result<Address, Flaw> {
        let below = text.strip_prefix('/').ok_or(Flaw::NotFromRoot)?;
        if below.contains('#') {
            return Err(Flaw::Fragment);
        }
        if below.is_empty() {
            return Err(Flaw::Root);
        }
        let (below, is_folder) = match below.strip_suffix('/') {
            Some(below) => (below, true),
            None => (below, false),
        };
        let mut segments = Vec::new();
        for segment in below.split('/') {
            let segment = decode(segment)?;
            if segment.contains('/') {
                return Err(Flaw::Slash);
            }
            check(&segment)?;
            segments.push(segment);
        }
        // The page of a folder has the folder's own address.
        let is_index = !is_folder && segments.pop_if(|last| last == "index.html").is_some();
        let Some(last) = segments.last() else { return Err(Flaw::Root) };
        if segments.iter().any(|segment| segment == "index.html") {
            return Err(Flaw::Index);
        }
        if let Some((_, what)) = RESERVED.iter().find(|(name, _)| {
            segments.first().is_some_and(|first| first.eq_ignore_ascii_case(name))
        }) {
            return Err(Flaw::Reserved(what));
        }
        let is_file = !is_folder && !is_index && last.ends_with(".html");
        let path = segments.join("/");
        if path.len() > PATH {
            return Err(Flaw::LongPath(path.len()));
        }
        Ok(Address(if is_file { path } else { path + "/" }.into()))
    }

    /// Reads an address that the site itself made: percent-encoded, from the host's root.
    pub fn of_url(url: &str) -> Option<Address> {
        let below = url.strip_prefix('/')?;
        if below.is_empty() {
            return Some(Address::default());
        }
        let (path, end) = below.strip_suffix('/').map_or((below, ""), |path| (path, "/"));
        let segments: Result<Vec<String>, Flaw> = path.split('/').map(decode).collect();
        let segments = segments.ok()?;
        let sound = segments.iter().all(|segment| !segment.contains('/') && check(segment).is_ok());
        sound.then(|| Address((segments.join("/") + end).into()))
    }

    /// The decoded path, without a leading slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path, below the output folder, of the file that a server shows at this address.
    pub fn file(&self) -> String {
        match self.0.ends_with('/') {
            true => format!("{}index.html", self.0),
            false => self.0.to_string(),
        }
    }

    /// The percent-encoded address, below `root`.
    pub fn url(&self, root: &str) -> String {
        format!("{root}{}", percent::encode(&self.0))
    }
}

/// Whether a folder or file of this name can be part of an address.
pub fn check_name(name: &str) -> Result<(), Flaw> {
    check(name)?;
    match name {
        // A browser takes what comes before a colon for a scheme, and Windows has no such names.
        _ if name.contains(':') => Err(Flaw::Colon),
        _ if name.eq_ignore_ascii_case("index.html") => Err(Flaw::Index),
        _ => Ok(()),
    }
}

/// Checks whether `segment` may stand between two slashes.
fn check(segment: &str) -> Result<(), Flaw> {
    let bytes = segment.as_bytes();
    match segment {
        "" => Err(Flaw::EmptySegment),
        "." | ".." => Err(Flaw::Dots),
        _ if segment.contains('\\') => Err(Flaw::Backslash),
        // Apache refuses a `?` even where it is escaped.
        _ if segment.contains('?') => Err(Flaw::Query),
        // `C:` names a drive.
        _ if bytes.get(1) == Some(&b':') && bytes.first().is_some_and(u8::is_ascii_alphabetic) => {
            Err(Flaw::Colon)
        }
        _ if segment.starts_with('.') && segment != ".well-known" => Err(Flaw::Dotted),
        _ if segment.len() > SEGMENT => Err(Flaw::Long(segment.len())),
        _ => hidden(segment).map_or(Ok(()), |c| Err(Flaw::Hidden(c))),
    }
}

/// The first control character, or the first character that a reader cannot see.
fn hidden(text: &str) -> Option<char> {
    let mut before = '\0';
    text.chars().find(|&c| {
        let hides = match c {
            // Persian and Indic words need joiners and variation selectors, and so do emoji made of several
            // parts.
            '\u{200C}' | '\u{200D}' => before.is_ascii(),
            '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => before.is_ascii(),
            '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{17B4}'
            | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}' => true,
            c => {
                c.is_control()
                    || (c.is_whitespace() && c != ' ' && c != '\u{3000}' && c != '\u{A0}')
            }
        };
        before = c;
        hides
    })
}

/// Percent-decodes `text` once.
fn decode(text: &str) -> Result<String, Flaw> {
    percent::decode(text).map(Cow::into_owned).map_err(|malformed| match malformed {
        Malformed::Escape(escape) => Flaw::BadEscape(escape),
        Malformed::Encoding => Flaw::NotUtf8,
    })
}

impl Flaw {
    /// What to do about the flaw, in the imperative.
    pub fn hint(&self) -> &'static str {
        match self {
            Flaw::NotFromRoot => "write it from the site’s root, like `/al/old-name/`",
            Flaw::Root => "the first page stays where it is; write an address below it",
            Flaw::Query => {
                "leave out the `?` and what follows: a static host cannot tell such addresses apart"
            }
            Flaw::Fragment => "leave out the `#` and what follows: no server is told of it",
            Flaw::BadEscape(_) => "write `%25` for a percent sign, or the letters themselves",
            Flaw::NotUtf8 => "write the letters themselves, or escape them as UTF-8",
            Flaw::EmptySegment => "write each `/` once",
            Flaw::Dots => "write the address that it leads to",
            Flaw::Dotted => "hosts do not show it; choose a name without the dot in front",
            Flaw::Slash | Flaw::Backslash => "write `/` between the parts",
            Flaw::Colon => "choose a name without `:`",
            Flaw::Index => "it is the name of a page; choose another",
            Flaw::Hidden(_) => "delete it, and write the letters on both sides of it again",
            Flaw::Long(_) | Flaw::LongPath(_) => "choose a shorter one",
            Flaw::Reserved(_) => "choose another address",
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::NotFromRoot => f.write_str("does not begin with `/`"),
            Flaw::Root => f.write_str("is the address of the first page"),
            Flaw::Query => f.write_str("has a `?`, where a query begins"),
            Flaw::Fragment => f.write_str("names a place in a page behind `#`"),
            Flaw::BadEscape(escape) => write!(f, "has `{escape}`, which stands for no character"),
            Flaw::NotUtf8 => f.write_str("is escaped in another encoding than UTF-8"),
            Flaw::EmptySegment => f.write_str("has nothing between two slashes"),
            Flaw::Dots => f.write_str("leads upwards"),
            Flaw::Dotted => f.write_str("has a part that begins with a dot"),
            Flaw::Slash => f.write_str("has an escaped slash"),
            Flaw::Backslash => f.write_str("has a backslash"),
            Flaw::Colon => f.write_str("has a colon that is taken for a disk or a scheme"),
            Flaw::Index => f.write_str("has a part called `index.html`"),
            Flaw::Hidden(c) => {
                write!(f, "has a character that cannot be seen: U+{:04X}", u32::from(*c))
            }
            Flaw::Long(bytes) => write!(f, "has a part of {bytes} bytes; the limit is {SEGMENT}"),
            Flaw::LongPath(bytes) => write!(f, "has {bytes} bytes; the limit is {PATH}"),
            Flaw::Reserved(what) => write!(f, "is among {what}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, Flaw> {
        Address::parse(text).map(|address| address.as_str().to_owned())
    }

    #[test]
    fn an_address_is_decoded_once_however_it_is_written() {
        for (written, read) in [
            ("/Caf%C3%A9/", "Café/"),
            ("/Café", "Café/"),
            ("/%E4%B8%AD%E6%96%87/", "中文/"),
            ("/a%2520b/", "a%20b/"),
            ("/100%25/", "100%/"),
            ("/wiki/Category:X", "wiki/Category:X/"),
            ("/old.html", "old.html"),
            ("/old/index.html", "old/"),
            ("/old page/", "old page/"),
            ("/می‌خواهم/", "می‌خواهم/"),
            ("/.well-known/x", ".well-known/x/"),
            ("/a+b(c)[d]/x$1/", "a+b(c)[d]/x$1/"),
        ] {
            let address = Address::parse(written).unwrap();
            assert_eq!(address.as_str(), read, "{written}");
            assert_eq!(Address::of_url(&address.url("/")), Some(address));
        }
    }

    #[test]
    fn what_cannot_be_an_address_is_none() {
        for (written, flaw) in [
            ("old/", Flaw::NotFromRoot),
            ("https://example.org/", Flaw::NotFromRoot),
            ("", Flaw::NotFromRoot),
            ("/", Flaw::Root),
            ("/index.html", Flaw::Root),
            ("//", Flaw::EmptySegment),
            ("//elsewhere.example/", Flaw::EmptySegment),
            ("/a//b", Flaw::EmptySegment),
            ("/?p=3", Flaw::Query),
            ("/page%3Fid=3/", Flaw::Query),
            ("/old#part", Flaw::Fragment),
            ("/a\\b", Flaw::Backslash),
            ("/a%5Cb", Flaw::Backslash),
            ("/a%2Fb", Flaw::Slash),
            ("/../a", Flaw::Dots),
            ("/%2e%2e/a", Flaw::Dots),
            ("/%zz/", Flaw::BadEscape("%zz".to_owned())),
            ("/100%", Flaw::BadEscape("%".to_owned())),
            ("/%E9/", Flaw::NotUtf8),
            ("/a\nb/", Flaw::Hidden('\n')),
            ("/a%0D%0AX-Evil:1/", Flaw::Hidden('\r')),
            ("/a\u{202E}b/", Flaw::Hidden('\u{202E}')),
            ("/a%E2%80%8Bb/", Flaw::Hidden('\u{200B}')),
            ("/a\u{85}/", Flaw::Hidden('\u{85}')),
            ("/C:/", Flaw::Colon),
            ("/.htaccess", Flaw::Dotted),
            ("/a/.git/", Flaw::Dotted),
            ("/index.html/a", Flaw::Index),
        ] {
            assert_eq!(parse(written), Err(flaw), "{written:?}");
        }
        assert_eq!(parse(&format!("/{}/", "a".repeat(300))), Err(Flaw::Long(300)));
        assert_eq!(parse(&"/ab".repeat(400)), Err(Flaw::LongPath(1199)));
        assert!(matches!(parse("/Assets/x/"), Err(Flaw::Reserved(_))));
    }

    #[test]
    fn a_name_can_be_part_of_an_address() {
        assert_eq!(check_name("kartë \"1\" + 2%.svg"), Ok(()));
        assert_eq!(check_name("a:b"), Err(Flaw::Colon));
        assert_eq!(check_name("a\nb"), Err(Flaw::Hidden('\n')));
        assert_eq!(check_name("INDEX.html"), Err(Flaw::Index));
        assert_eq!(check_name("100%"), Ok(()));
    }
}
