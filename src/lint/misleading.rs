//! Links whose words show one address and which lead to another.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::lint::file::LintedFile;
use crate::lint::hosts;
use crate::lint::links::OwnHosts;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::fold::nfkc;
use crate::model::region::RegionKind;

pub fn check(page: &LintedFile<'_>, own: &OwnHosts, diagnostics: &mut Vec<Diagnostic>) {
    // The address of a link by reference stands elsewhere in the file.
    let elsewhere: BTreeMap<usize, &str> =
        match page.prose.links.iter().any(|link| link.target.is_empty()) {
            true => {
                page.text.links.iter().map(|link| (link.span.range().start, link.target)).collect()
            }
            false => BTreeMap::new(),
        };
    for link in page.prose.links.iter().filter(|link| link.kind == RegionKind::Link) {
        let here = page.source.get(link.target.clone()).unwrap_or("").trim_start_matches('<');
        let target = match here {
            "" => elsewhere.get(&link.whole.start).copied().unwrap_or(""),
            here => here,
        };
        if hosts::web(target).is_some() {
            let label = page.source.get(link.words.clone()).unwrap_or("");
            diagnostics.extend(judge(page, own, link.whole.clone(), label, target));
        }
    }
}

fn judge(
    page: &LintedFile<'_>,
    own: &OwnHosts,
    range: Range<usize>,
    label: &str,
    target: &str,
) -> Option<Diagnostic> {
    if !label.contains(['.', '&', '．']) {
        return None;
    }
    let leads = hosts::host(target)?;
    let seen = seen(label);
    let named = named(&seen, own).find(|named| !is_one_site(named, &leads))?;
    if is_title(&named, &leads, target) {
        return None;
    }
    let message = format!("the words name `{named}`, the link leads to `{leads}`");
    let hint = "let a link lead where its words say";
    Some(page.fault(Code::MisleadingLink, range, message).hint(hint))
}

/// What a reader sees of a link's words: without marks of emphasis and code, without invisible characters,
/// and with escapes as they are shown.
fn seen(label: &str) -> String {
    let mut seen = String::with_capacity(label.len());
    let mut rest = label;
    while let Some(c) = rest.chars().next() {
        let behind = rest.get(c.len_utf8()..).unwrap_or("");
        rest = behind;
        match c {
            '\\' if behind.starts_with(|c: char| c.is_ascii_punctuation()) => {
                seen.extend(behind.chars().next());
                rest = behind.get(1..).unwrap_or("");
            }
            '`' | '*' | '~' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
            '<' if behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                rest = behind.split_once('>').map_or("", |(_, behind)| behind);
            }
            '&' => {
                match behind.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest))) {
                    Some((c, behind)) => {
                        seen.push(c);
                        rest = behind;
                    }
                    None => seen.push('&'),
                }
            }
            c => seen.push(c),
        }
    }
    // Full-width letters and full stops are read like ordinary ones.
    nfkc(&seen)
}

/// The character that an entity stands for, if an address can contain it.
fn entity(name: &str) -> Option<char> {
    match name {
        "period" => Some('.'),
        "sol" => Some('/'),
        "colon" => Some(':'),
        "hyphen" | "dash" => Some('-'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

/// Extensions of files that are also domains of countries or open to everybody: `README.md`, `install.sh`.
const FILES: &[&str] = &[
    "ac",
    "am",
    "app",
    "as",
    "cab",
    "cc",
    "fish",
    "in",
    "la",
    "md",
    "mk",
    "ml",
    "mm",
    "mo",
    "mov",
    "ms",
    "pl",
    "pm",
    "prof",
    "properties",
    "ps",
    "pub",
    "py",
    "rs",
    "sc",
    "sh",
    "so",
    "st",
    "tf",
    "vi",
    "zip",
];

/// Words of programming that are also top-level domains of a single owner, who gives no names to others (ICANN's
/// registry agreements, Specification 13, and Amazon's and Google's own): nobody can be misled to a bank there.
const CLOSED: &[&str] = &[
    "abc", "author", "call", "data", "docs", "drive", "fire", "here", "java", "like", "map",
    "next", "office", "open", "pin", "play", "prod", "read", "save", "search", "secure", "song",
    "target", "tunes", "windows", "zero",
];

/// Objects and modules of programming languages, and what is written behind them that is a top-level domain too:
/// `window.name`, `logging.info`.
const OBJECTS: &[&str] = &[
    "array",
    "asyncio",
    "console",
    "datetime",
    "document",
    "element",
    "event",
    "exports",
    "import",
    "itertools",
    "location",
    "logger",
    "logging",
    "module",
    "navigator",
    "node",
    "number",
    "object",
    "os",
    "process",
    "promise",
    "props",
    "re",
    "request",
    "response",
    "self",
    "socket",
    "string",
    "subprocess",
    "super",
    "symbol",
    "sys",
    "this",
    "threading",
    "typing",
    "window",
];
const PARTS: &[&str] = &[
    "at", "date", "global", "group", "id", "info", "is", "link", "name", "now", "place", "post",
    "run", "show", "style", "top", "watch", "world",
];

/// Whether a host of two parts is rather a name in a program: `new.target`, `asyncio.run`.
fn is_code(host: &str) -> bool {
    host.split_once('.').is_some_and(|(object, part)| {
        let is_part = OBJECTS.contains(&object) && PARTS.contains(&part);
        CLOSED.contains(&part) || is_part || host == "std.net"
    })
}

/// The hosts that a reader would see in the words: a single word, or each word that begins like an address.
fn named<'a>(seen: &'a str, own: &'a OwnHosts) -> impl Iterator<Item = String> + 'a {
    let edge = |c: char| c.is_whitespace() || "_“”\"'()[]（）「」,;!?，。、…".contains(c);
    let words = seen.split(edge).filter(|word| !word.is_empty());
    let alone = words.clone().count() == 1;
    words.filter_map(move |word| {
        let word = word.trim_end_matches(['.', ':']);
        let lower = word.to_lowercase();
        let scheme = lower.starts_with("http://") || lower.starts_with("https://");
        let full = scheme || lower.starts_with("www.");
        if !(full || alone) || word.contains('@') {
            return None;
        }
        let host = hosts::host(&if scheme { lower } else { format!("https://{lower}") })?;
        let sound = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
        // Nobody can own `.example`, so texts about hosts use it (RFC 2606).
        let known = psl::suffix(host.as_bytes())
            .is_some_and(|suffix| suffix.is_known() || suffix == "example");
        let registered = known && psl::domain(host.as_bytes()).is_some();
        if !registered || !host.chars().all(sound) {
            return None;
        }
        // `Node.js`, `ASP.NET` and `Booking.com` are names, and `README.md` is a file.
        let top = host.rsplit('.').next().unwrap_or("");
        let address = word.split('/').next().unwrap_or(word);
        let name = address.contains(char::is_uppercase) || FILES.contains(&top) || is_code(&host);
        (full || !name || own.contains(&host)).then_some(host)
    })
}

/// Whether two hosts have the same owner, according to the public suffix list.
fn is_one_site(one: &str, other: &str) -> bool {
    let owner = |host: &str| psl::domain(host.as_bytes()).map(|domain| domain.as_bytes().to_vec());
    one == other || owner(one).is_some_and(|domain| owner(other) == Some(domain))
}

/// Hosts where things are filed under their names.
const SHELVES: &[&str] = &[
    "codeberg.org",
    "crates.io",
    "docs.rs",
    "github.com",
    "gitlab.com",
    "npmjs.com",
    "pypi.org",
    "wikipedia.org",
];

/// Whether the words are the name of what is there: a repository, a package, an article.
fn is_title(named: &str, leads: &str, target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or("").to_lowercase();
    // An article may also be about a top-level domain: `/wiki/.onion`.
    let is_it = |part: &str| part == named || (part.starts_with('.') && named.ends_with(part));
    let filed = path.split('/').skip(3).any(is_it);
    filed && SHELVES.iter().any(|shelf| is_one_site(shelf, leads))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The host that a link's words name, where it is another's.
    fn misled(label: &str, target: &str) -> Option<String> {
        let own = OwnHosts::from(["one.al".to_owned()]);
        let leads = hosts::host(target).unwrap();
        let seen = seen(label);
        named(&seen, &own)
            .find(|named| !is_one_site(named, &leads) && !is_title(named, &leads, target))
    }

    #[test]
    fn words_that_a_reader_takes_for_an_address_mislead() {
        for (label, host) in [
            ("www.bank.example.com", "bank.example.com"),
            (r"www\.bank\.co\.uk", "bank.co.uk"),
            ("`bank.com`", "bank.com"),
            (r"www\.bank.example", "bank.example"),
            ("`bank.example`", "bank.example"),
            ("**bank.com**", "bank.com"),
            ("bank&#46;com", "bank.com"),
            ("bank&period;com/login", "bank.com"),
            ("ba\u{AD}nk.com", "bank.com"),
            ("ｂａｎｋ．ｃｏｍ", "bank.com"),
            ("<b>bank</b>.com", "bank.com"),
            ("https://bank.com", "bank.com"),
            ("Log in at www.bank.com.", "bank.com"),
            ("One.al", "one.al"),
            ("銀行.tw", "銀行.tw"),
            ("`pay.run`", "pay.run"),
            ("my-bank.info", "my-bank.info"),
            ("login.process.info", "login.process.info"),
            ("crypto.com", "crypto.com"),
            ("json.org", "json.org"),
            ("number.com", "number.com"),
            ("window.bank.com", "window.bank.com"),
            ("www.window.name", "window.name"),
        ] {
            assert_eq!(misled(label, "https://evil.dev/x").as_deref(), Some(host), "{label}");
        }
        assert_eq!(misled("a.github.io", "https://b.github.io").as_deref(), Some("a.github.io"));
        assert_eq!(misled("socket.io", "https://evil.dev/socket.io").as_deref(), Some("socket.io"));
    }

    #[test]
    fn products_files_and_the_pages_of_one_owner_do_not() {
        for (label, target) in [
            ("Node.js", "https://nodejs.org"),
            ("node.js", "https://nodejs.org"),
            ("ASP.NET", "https://dotnet.microsoft.com"),
            ("Booking.com", "https://wikipedia.org/x"),
            ("`README.md`", "https://git.example/x"),
            ("install.sh", "https://get.example/x"),
            ("render.comアカウント", "https://dashboard.render.com/"),
            ("www.one.al", "https://care.one.al/"),
            ("docs.one.al", "https://www.one.al/"),
            ("socket.io", "https://github.com/socketio/socket.io"),
            ("new.target", "https://developer.example/x"),
            ("`window.name`", "https://developer.example/x"),
            ("asyncio.run", "https://docs.example/x"),
            ("`fs.read`", "https://docs.example/x"),
            ("`import.meta`", "https://docs.example/x"),
            ("Array.from", "https://docs.example/x"),
            ("`process.env`", "https://docs.example/x"),
            ("name.onion", "https://en.wikipedia.org/wiki/.onion"),
            ("v1.2.3", "https://git.example/x"),
            ("e.g.", "https://git.example/x"),
            ("ask@bank.com", "https://evil.dev/"),
            ("the terms of bank.com", "https://evil.dev/"),
        ] {
            assert_eq!(misled(label, target), None, "{label}");
        }
    }
}
