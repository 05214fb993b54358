//! Addresses that are not what they look like: hosts in letters of another alphabet, escapes that hide.
//!
//! What browsers do against the same (UTS 39, 5.2) is the model: letters of one alphabet are no fault, nor is Chinese,
//! Japanese or Korean beside Latin.

use std::borrow::Cow;
use std::ops::Range;

use crate::lint::characters::latin;
use crate::lint::file::LintedFile;
use crate::lint::hosts;
use crate::lint::links::place;
use crate::model::config::Config;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::fold::nfkc;
use crate::model::hidden::{described, hides, severity};
use crate::model::language::{Direction, Language};
use crate::model::operator::Registry;
use crate::model::owner::{ContactAddress, OwnerSettings, RedirectGoal};
use crate::model::percent;
use crate::model::site::Site;
use crate::model::source::SourcePath;
use crate::model::span::Span;

/// Of a page: its links, and its sources.
pub fn check(page: &LintedFile<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut judge = |range: Range<usize>, target: &str| {
        let span = Span::new(range.start, range.end);
        diagnostics.extend(judged(target, page.language(), &page.text.path, span));
    };
    for link in page.text.links.iter().filter(|link| is_doubtful(link.target)) {
        judge(place(page, &link), link.target);
    }
    let sources = page.text.facts().map_or(&[][..], |facts| &facts.sources);
    for url in sources.iter().filter_map(|source| source.url.as_ref()) {
        judge(url.span.range(), &url.value);
    }
}

/// Of the registry its websites and channels, of the settings what leads readers elsewhere.
pub fn site(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    registry(site, diagnostics);
    owner(&site.config, diagnostics);
}

fn owner(config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let OwnerSettings { menu, footer, banner, social, contact, redirects, .. } = &config.owner;
    let banner = banner.iter().map(|banner| &banner.text);
    let words = std::iter::once(footer).chain(banner);
    let words = words.flat_map(|words| words.default.iter().chain(words.by_language.values()));
    for text in menu.iter().chain(words) {
        for link in text.links.iter() {
            diagnostics.extend(judged(link.target, &text.language, &config.path, link.span));
        }
    }
    let social = social.iter().map(|link| (link.url.value.as_str(), link.url.span));
    let contact = contact.iter().filter_map(|contact| match &contact.to.value {
        ContactAddress::Page(address) => Some((address.as_str(), contact.to.span)),
        ContactAddress::Mail(_) => None,
    });
    let redirects = redirects.iter().filter_map(|rule| match &rule.to.value {
        RedirectGoal::Other(address) => Some((address.as_str(), rule.to.span)),
        RedirectGoal::Own(..) => None,
    });
    for (address, span) in social.chain(contact).chain(redirects) {
        diagnostics.extend(judged(address, &config.default_language, &config.path, span));
    }
}

fn registry(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let Registry { operators, countries, .. } = &*site.registry;
    let operators = operators.values().map(|one| (&one.path, &one.website, &one.channels));
    let regulators = countries.values().filter_map(|country| {
        let regulator = country.regulator.as_ref()?;
        Some((&country.path, &regulator.website, &regulator.channels))
    });
    for (path, website, channels) in operators.chain(regulators) {
        let values = channels.iter().filter_map(|channel| channel.value.as_ref());
        for url in website.iter().chain(values) {
            diagnostics.extend(judged(&url.value, &site.config.default_language, path, url.span));
        }
    }
}

/// Most addresses are plain, and nothing can hide in one.
fn is_doubtful(target: &str) -> bool {
    !target.is_ascii() || target.contains('%') || target.contains("xn--")
}

fn judged(target: &str, language: &Language, path: &SourcePath, span: Span) -> Option<Diagnostic> {
    if !is_doubtful(target) {
        return None;
    }
    if let Some((escape, c)) = hidden(target) {
        let message = format!("`{escape}` in this address is {}", described(c));
        let fault = Diagnostic::new(Code::HiddenCharacter, message).at(path, span);
        let fault = Diagnostic { severity: severity(c), ..fault };
        return Some(fault.hint("copy the address anew, from a browser that shows its page"));
    }
    let host = hosts::host(target)?;
    let message = deceives(&host, language)?;
    let hint = "write the host anew, letter by letter; where it is meant so, take the link out";
    Some(Diagnostic::new(Code::LookAlike, message).at(path, span).hint(hint))
}

/// The first escape in an address of the web that stands for a character without a shape.
///
/// Addresses of pages in Hebrew or Persian hold joiners and marks of direction by their nature, and a form may be
/// sent with ends of lines.
fn hidden(target: &str) -> Option<(&str, char)> {
    hosts::web(target)?;
    let (path, query) = target.split_at(target.find('?').unwrap_or(target.len()));
    escaped(path, |c| c.is_control()).or_else(|| escaped(query, |_| false))
}

fn escaped(text: &str, besides: fn(char) -> bool) -> Option<(&str, char)> {
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        rest = rest.get(at..)?;
        let escapes = rest.as_bytes().chunks(3).take_while(|escape| {
            matches!(escape, [b'%', one, two] if one.is_ascii_hexdigit() && two.is_ascii_hexdigit())
        });
        let length = (3 * escapes.count()).max(1);
        let run = rest.get(..length)?;
        if let Ok(decoded) = percent::decode(run) {
            let mut before = None;
            let mut start = 0;
            for c in decoded.chars() {
                let end = start + 3 * c.len_utf8();
                let is_mark = matches!(c, '\u{200C}'..='\u{200F}' | '\u{61C}' | '\u{AD}');
                let unseen = !c.is_control() && hides(c, before, Direction::RightToLeft);
                if (unseen && !is_mark) || besides(c) {
                    return Some((run.get(start..end)?, c));
                }
                (start, before) = (end, Some(c));
            }
        }
        rest = rest.get(length..)?;
    }
    None
}

/// Alphabets whose letters look like those of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Cherokee,
}

impl Alphabet {
    fn of(c: char) -> Option<Alphabet> {
        match c {
            _ if !c.is_alphabetic() => None,
            '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}' => {
                Some(Alphabet::Latin)
            }
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Some(Alphabet::Greek),
            '\u{400}'..='\u{52F}' | '\u{A640}'..='\u{A69F}' => Some(Alphabet::Cyrillic),
            '\u{530}'..='\u{58F}' => Some(Alphabet::Armenian),
            '\u{13A0}'..='\u{13FF}' | '\u{AB70}'..='\u{ABBF}' => Some(Alphabet::Cherokee),
            _ => None,
        }
    }

    /// Its name as a tag of a script (ISO 15924).
    fn tag(self) -> &'static str {
        match self {
            Alphabet::Latin => "Latn",
            Alphabet::Greek => "Grek",
            Alphabet::Cyrillic => "Cyrl",
            Alphabet::Armenian => "Armn",
            Alphabet::Cherokee => "Cher",
        }
    }
}

/// Small letters that nobody tells from Latin ones.
const ALIKE: &str = "асԁеһіјӏорԛѕѵԝхуοαυν";

/// What is wrong with a host for readers of `language`.
fn deceives(host: &str, language: &Language) -> Option<String> {
    let decoded = percent::decode(host).unwrap_or(Cow::Borrowed(host));
    let labels: Vec<Cow<'_, str>> = decoded.split('.').map(unicode).collect();
    let shown = labels.join(".");
    let top = labels.last().map_or("", |label| label);
    let script = language.script();
    let is_own = |alphabet: Alphabet| {
        alphabet.tag() == script || top.chars().any(|c| Alphabet::of(c) == Some(alphabet))
    };
    let parts = || labels.iter().flat_map(|label| label.split('-'));
    let odd = parts().find(|part| is_mixed(part)).or_else(|| {
        parts().find(|part| {
            let alphabet = part.chars().find_map(Alphabet::of);
            let is_other = alphabet.is_some_and(|one| one != Alphabet::Latin && !is_own(one));
            is_other && part.chars().filter(|c| c.is_alphabetic()).all(|c| ALIKE.contains(c))
        })
    });
    if let Some(odd) = odd {
        let plain: String = shown.chars().map(|c| latin(c).unwrap_or(c)).collect();
        let letters: std::collections::BTreeSet<char> =
            odd.chars().filter(|c| !c.is_ascii()).take(3).collect();
        let letters: Vec<String> =
            letters.iter().map(|c| format!("`{c}` (U+{:04X})", u32::from(*c))).collect();
        return Some(format!(
            "the host `{shown}` is not `{plain}`: it holds {}",
            letters.join(", ")
        ));
    }
    if host.contains('%') {
        return Some(format!("the host `{host}` is read as `{shown}`"));
    }
    // Letters of other shapes, which browsers take for plain ones; full stops of Chinese are typed so.
    let folded = nfkc(host);
    let is_odd = host.chars().any(|c| !c.is_ascii() && c.is_alphanumeric());
    (is_odd && folded.is_ascii() && folded != host)
        .then(|| format!("the host `{host}` is read as `{folded}`"))
}

/// Whether letters of two alphabets stand in one word.
fn is_mixed(part: &str) -> bool {
    let mut alphabets = part.chars().filter_map(Alphabet::of);
    let first = alphabets.next();
    first.is_some_and(|first| alphabets.any(|other| other != first))
}

/// A label as it is shown: `xn--mnchen-3ya` is `münchen`.
fn unicode(label: &str) -> Cow<'_, str> {
    let encoded = label.strip_prefix("xn--").and_then(punycode);
    encoded.map_or(Cow::Borrowed(label), Cow::Owned)
}

/// Decodes a label (RFC 3492); `None` where it is none.
fn punycode(label: &str) -> Option<String> {
    let (plain, encoded) = label.rsplit_once('-').unwrap_or(("", label));
    let mut decoded: Vec<char> = plain.chars().collect();
    let (mut code, mut at, mut bias) = (128_u32, 0_u32, 72_u32);
    let mut digits = encoded.bytes().peekable();
    while digits.peek().is_some() {
        let before = at;
        let (mut weight, mut step) = (1_u32, 36_u32);
        loop {
            let digit = match digits.next()? {
                byte @ b'a'..=b'z' => byte - b'a',
                byte @ b'0'..=b'9' => byte - b'0' + 26,
                _ => return None,
            };
            let digit = u32::from(digit);
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let threshold = step.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            step += 36;
        }
        let length = u32::try_from(decoded.len()).ok()? + 1;
        bias = adapted(at - before, length, before == 0);
        code = code.checked_add(at / length)?;
        at %= length;
        decoded.insert(usize::try_from(at).ok()?, char::from_u32(code)?);
        at += 1;
    }
    Some(decoded.into_iter().collect())
}

/// RFC 3492, 6.1.
fn adapted(delta: u32, length: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / length;
    let mut bias = 0;
    while delta > 35 * 26 / 2 {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(target: &str, language: &str) -> Option<String> {
        let language = Language::parse(language).unwrap();
        let path = SourcePath::new("guides/a/en.md");
        judged(target, &language, &path, Span::default()).map(|fault| fault.message)
    }

    #[test]
    fn a_host_in_letters_of_another_alphabet_deceives() {
        for (target, shown) in [
            ("https://аpple.com/", "`аpple.com` is not `apple.com`: it holds `а` (U+0430)"),
            ("https://xn--pple-43d.com/", "`аpple.com` is not `apple.com`"),
            ("https://www.vоdafone.al", "`vоdafone.al` is not `vodafone.al`"),
            ("https://οne.al/", "`οne.al` is not `one.al`: it holds `ο` (U+03BF)"),
            ("https://my-раураl.com/", "`my-раураl.com` is not `my-paypal.com`"),
            ("https://аррӏе.com/", "`аррӏе.com` is not"),
            ("https://one.al.соа-bank.com", "is not"),
            ("https://%61pple.com/", "`%61pple.com` is read as `apple.com`"),
            ("https://ａpple.com/", "`ａpple.com` is read as `apple.com`"),
            ("//аpple.com", "is not `apple.com`"),
        ] {
            let told = told(target, "en").unwrap_or_default();
            assert!(told.contains(shown), "{target}: {told}");
        }
        // Where a page's own letters are Cyrillic, a mixture deceives all the same.
        assert!(told("https://аpple.com/", "ru").is_some());
    }

    #[test]
    fn hosts_that_are_in_one_alphabet_deceive_nobody() {
        for (target, language) in [
            ("https://münchen.de/", "de"),
            ("https://xn--mnchen-3ya.de/", "en"),
            ("https://президент.рф/", "en"),
            ("https://xn--d1abbgf6aiiy.xn--p1ai/", "en"),
            ("https://сухой.com/", "en"),
            ("https://асе.com/", "ru"),
            ("https://оса.рф/", "en"),
            ("https://例え.jp/", "en"),
            ("https://ソニーa.jp/", "ja"),
            ("https://中国移动10086.cn/", "en"),
            ("https://ελλάδα.gr/", "en"),
            ("https://kaş-belediyesi.tr/", "tr"),
            ("https://vk-друзья.ru/", "en"),
            ("https://ısı.com.tr/", "en"),
            ("https://xn--0.example/", "en"),
            ("https://xn--a-ecp.ru/%20a", "en"),
            ("https://例え。jp/", "ja"),
            ("mailto:а@b.example", "en"),
        ] {
            let told = told(target, language);
            let is_mixture = target.contains("ecp");
            assert!(told.is_none() || is_mixture, "{target}: {told:?}");
        }
    }

    #[test]
    fn escapes_that_hide_are_found_in_addresses() {
        for (target, escape) in [
            ("https://a.example/x%E2%80%AEgpj.exe", "%E2%80%AE"),
            ("https://a.example/?q=%e2%80%ae", "%e2%80%ae"),
            ("https://a.example/a%E2%80%8Bb", "%E2%80%8B"),
            ("https://a.example/%E6%B3%A8%E2%81%A0", "%E2%81%A0"),
            ("https://a.example/%0D%0Ax", "%0D"),
            ("https://a.example/%00", "%00"),
        ] {
            assert!(told(target, "en").is_some_and(|told| told.contains(escape)), "{target}");
        }
        for target in [
            "https://he.example/wiki/%D7%A2%E2%80%8E",
            "https://fa.example/%D9%85%DB%8C%E2%80%8C%D8%AE",
            "https://a.example/?text=a%0D%0Ab",
            "https://a.example/100%",
            "https://a.example/%FF%FE",
            "https://a.example/%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB",
            "mailto:a@b.example?body=a%0Ab",
            "../%E6%B3%A8/",
        ] {
            assert_eq!(told(target, "en"), None, "{target}");
        }
    }
}
