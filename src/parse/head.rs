//! Reads the HTML that the owner puts into the head of every page, and holds it to the policy of the pages.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::owner::OwnerFiles;
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::model::web_address::{WebAddress, WebOrigin};

/// What may stand in a head (HTML, 4.2), without what every page has already.
const ELEMENTS: &[&str] = &["link", "meta", "noscript", "script", "style", "template"];

/// Whose text is no markup.
const RAW: &[&str] = &["script", "style"];

/// Kinds of script that a browser runs.
const SCRIPTS: &[&str] = &["", "module", "text/javascript", "application/javascript"];

/// A tag with its attributes, as a browser reads it.
struct HeadTag<'t> {
    /// In lower case; with a `/` in front where it closes.
    name: String,
    span: Span,
    attributes: Vec<(String, &'t str, Span)>,
}

impl HeadTag<'_> {
    fn attribute(&self, name: &str) -> Option<(&str, Span)> {
        let found = self.attributes.iter().find(|(own, ..)| own == name);
        found.map(|(_, value, span)| (value.trim(), *span))
    }
}

/// The file's HTML with the hashes of what runs in it. `allowed` is `csp: {allow: …}`.
pub fn head(
    path: &SourcePath,
    text: &str,
    allowed: &[WebOrigin],
    files: &mut OwnerFiles,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut judge = HeadJudge { path, allowed, diagnostics };
    let mut rest = 0;
    while let Some(at) = text.get(rest..).and_then(|behind| behind.find('<')).map(|at| rest + at) {
        let behind = text.get(at..).unwrap_or_default();
        if let Some(comment) = behind.strip_prefix("<!--") {
            let Some(end) = comment.find("-->") else {
                let hint = "put `-->` where it ends";
                let span = Span::new(at, at + 4);
                judge.fault(Code::UnclosedComment, span, "this comment is not closed", hint);
                break;
            };
            rest = at + 4 + end + 3;
            continue;
        }
        let Some((tag, end)) = tag(text, at) else {
            rest = at + 1;
            continue;
        };
        rest = end;
        judge.tag(&tag);
        if !RAW.contains(&tag.name.as_str()) {
            continue;
        }
        let content = text.get(end..).unwrap_or_default();
        let Some(length) = closing(content, &tag.name) else {
            let hint = format!("add `</{}>`", tag.name);
            judge.fault(Code::BadValue, tag.span, format!("`<{}>` is not closed", tag.name), &hint);
            break;
        };
        let content = content.get(..length).unwrap_or_default();
        rest = end + length;
        let runs = tag.attribute("type").is_none_or(|(kind, _)| SCRIPTS.contains(&kind));
        if tag.name == "style" {
            files.styles.push(hash(content));
        } else if runs && tag.attribute("src").is_none() {
            files.scripts.push(hash(content));
        }
    }
    files.head = normal(text.trim()).into();
}

/// Line ends as a browser has them before it looks at anything (HTML, 13.2.3.5).
fn normal(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// As a policy names what it lets run: `sha256-…` (CSP 3, 2.3.1).
fn hash(content: &str) -> Arc<str> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(normal(content).as_bytes());
    let mut text = String::from("sha256-");
    for three in digest.chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = (bits >> (18 - 6 * place)) & 63;
            match place <= three.len() {
                true => text.extend(DIGITS.get(digit as usize).copied().map(char::from)),
                false => text.push('='),
            }
        }
    }
    text.into()
}

/// Where the text of a script or style sheet ends.
fn closing(content: &str, name: &str) -> Option<usize> {
    let lower = content.to_ascii_lowercase();
    let end = format!("</{name}");
    lower.match_indices(&end).map(|(at, _)| at).find(|at| {
        let behind = lower.get(at + end.len()..).unwrap_or_default();
        behind.starts_with(['>', '/']) || behind.starts_with(char::is_whitespace)
    })
}

/// The tag that begins at `at`, and where it ends; `None` for what is none.
fn tag(text: &str, at: usize) -> Option<(HeadTag<'_>, usize)> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
    let start = at + 1;
    let closes = text.get(start..)?.starts_with('/');
    let named = start + usize::from(closes);
    let behind = text.get(named..)?;
    if !behind.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let length = behind.find(is_end).unwrap_or(behind.len());
    let name = text.get(start..named + length)?.to_ascii_lowercase();
    let span = Span::new(at, named + length);
    let mut attributes = Vec::new();
    let mut here = named + length;
    loop {
        let rest = text.get(here..)?;
        here += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
        let rest = text.get(here..)?;
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with('>') {
            return Some((HeadTag { name, span, attributes }, here + 1));
        }
        let length = rest.char_indices().skip(1).find(|(_, c)| is_end(*c) || *c == '=');
        let length = length.map_or(rest.len(), |(length, _)| length);
        let own = Span::new(here, here + length);
        let key = rest.get(..length)?.to_ascii_lowercase();
        here += length;
        let rest = text.get(here..)?;
        let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
            attributes.push((key, "", own));
            continue;
        };
        here = text.len() - value.len();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, taken) = match quote {
            Some(quote) => {
                let length = value.get(1..)?.find(quote)?;
                (value.get(1..=length)?, length + 2)
            }
            None => {
                let end = |c: char| c.is_whitespace() || c == '>';
                let length = value.find(end).unwrap_or(value.len());
                (value.get(..length)?, length)
            }
        };
        here += taken;
        attributes.push((key, value, Span { end: Span::new(here, here).end, ..own }));
    }
}

struct HeadJudge<'a> {
    path: &'a SourcePath,
    allowed: &'a [WebOrigin],
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl HeadJudge<'_> {
    fn fault(&mut self, code: Code, span: Span, message: impl Into<String>, hint: &str) {
        self.diagnostics.push(Diagnostic::new(code, message).at(self.path, span).hint(hint));
    }

    fn tag(&mut self, tag: &HeadTag<'_>) {
        let name = tag.name.trim_start_matches('/');
        // What stands in `<noscript>` for browsers without scripts, as services count them.
        if !ELEMENTS.contains(&name) && name != "img" {
            let message = format!("`<{name}>` cannot stand in the head of a page");
            let hint = match name {
                "title" | "base" | "head" | "html" | "body" => {
                    "take it out: every page has its own"
                }
                _ => {
                    "a browser ends the head there; take it out, or change a template of the theme"
                }
            };
            return self.fault(Code::BadValue, tag.span, message, hint);
        }
        for (attribute, _, span) in &tag.attributes {
            if attribute.starts_with("on") || attribute == "style" {
                let message = format!("the site's policy lets no `{attribute}=` run");
                let hint = match attribute.as_str() {
                    "style" => "write the rule into a `<style>` of the file",
                    _ => "add the listener in a `<script>` of the file",
                };
                self.fault(Code::BlockedByPolicy, *span, message, hint);
            }
        }
        match tag.name.as_str() {
            "script" => self.source(tag, "src", "script"),
            "img" => self.source(tag, "src", "picture"),
            "link" => self.link(tag),
            "meta" => self.meta(tag),
            _ => {}
        }
    }

    fn link(&mut self, tag: &HeadTag<'_>) {
        let relation = tag.attribute("rel").map_or("", |(relation, _)| relation);
        let relation = relation.to_ascii_lowercase();
        let kind = tag.attribute("as").map_or("", |(kind, _)| kind);
        let is = |name: &str| relation.split_whitespace().any(|one| one == name);
        if is("stylesheet") || (is("preload") && matches!(kind, "style" | "font")) {
            self.foreign(tag, "href");
        } else if is("modulepreload") || is("icon") || is("preload") {
            self.source(tag, "href", if is("icon") { "picture" } else { "script" });
        }
    }

    /// Style sheets and fonts are the site's own, whoever is allowed: they see what a reader types.
    fn foreign(&mut self, tag: &HeadTag<'_>, attribute: &str) {
        let Some((url, span)) = tag.attribute(attribute).filter(|(url, _)| is_elsewhere(url))
        else {
            return;
        };
        let message = format!("the site's policy blocks this style sheet or font: `{url}`");
        let hint = "put the font beside the guides and name it under `fonts:`, or the style sheet into a theme's `assets/`";
        self.fault(Code::BlockedByPolicy, span, message, hint);
    }

    fn source(&mut self, tag: &HeadTag<'_>, attribute: &str, what: &str) {
        let Some((url, span)) = tag.attribute(attribute).filter(|(url, _)| is_elsewhere(url))
        else {
            return;
        };
        let whole = if url.starts_with("//") { format!("https:{url}") } else { url.to_owned() };
        if self.allowed.iter().any(|origin| origin.holds(&whole)) {
            return;
        }
        let message = format!("the site's policy blocks this {what}: `{url}`");
        let parsed = WebAddress::parse(&whole);
        let origin = parsed.as_ref().and_then(|url| {
            let end = url.as_str().get(8..)?.find('/')? + 8;
            WebOrigin::parse(url.as_str().get(..end)?)
        });
        let hint = match origin {
            Some(origin) => {
                format!("write `csp: {{allow: [{origin}]}}` in `site.yaml`, or take it out")
            }
            None => "write its address with `https://`, or take it out".to_owned(),
        };
        self.fault(Code::BlockedByPolicy, span, message, &hint);
    }

    fn meta(&mut self, tag: &HeadTag<'_>) {
        let Some((name, span)) = tag.attribute("http-equiv") else { return };
        if name.eq_ignore_ascii_case("content-security-policy") {
            let message = "the pages have a policy already, and two of them allow what both do";
            let hint = "take it out, and write `csp: {allow: […]}` in `site.yaml`";
            self.fault(Code::BlockedByPolicy, span, message, hint);
        }
    }
}

/// Whether an address leads to another site, or holds the thing itself.
fn is_elsewhere(url: &str) -> bool {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    url.starts_with("//") || (!scheme.is_empty() && is_scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (OwnerFiles, Vec<String>) {
        let mut files = OwnerFiles::default();
        let mut found = Vec::new();
        let allowed = [WebOrigin::parse("https://a.example").unwrap()];
        head(&SourcePath::new("guides/head.html"), text, &allowed, &mut files, &mut found);
        (files, found.into_iter().map(|one| one.message).collect())
    }

    #[test]
    fn what_the_policy_lets_run_is_let_through() {
        for text in [
            "<script src=\"https://a.example/x.js\" async></script>",
            "<script src=//a.example/x.js></script>",
            "<script src='/x.js'></script><link rel=icon href=/i.png>",
            "<meta name=\"x\" content=\"https://b.example\"><link rel=\"me\" href=\"https://b.example\">",
            "<link rel=\"preconnect\" href=\"https://b.example\">",
            "<noscript><img src=\"https://a.example/p.gif\" alt=\"\"></noscript>",
            "<!-- <div onclick=x> --><script>if (a < b) {}</script>",
            "<script type=\"application/ld+json\">{\"a\": \"<div>\"}</script>",
        ] {
            assert_eq!(read(text).1, [""; 0], "{text}");
        }
    }

    #[test]
    fn what_the_policy_blocks_is_reported() {
        for text in [
            "<script src=\"https://b.example/x.js\"></script>",
            "<SCRIPT ASYNC SRC=HTTPS://b.example/x.js></SCRIPT>",
            "<script src=\"http://a.example/x.js\"></script>",
            "<script src=\"data:text/javascript,1\"></script>",
            "<link rel=\"stylesheet\" href=\"https://a.example/x.css\">",
            "<link as=font rel=preload href=//a.example/x.woff2>",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"\">",
            "<script src=/x.js onload=\"go()\"></script>",
            "<noscript><img src=https://b.example/p.gif></noscript>",
            "<div>",
            "<title>x</title>",
            "<!-- x",
            "<script>x",
            "<iframe src=https://a.example></iframe>",
        ] {
            assert!(!read(text).1.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_script_in_the_file_is_known_by_its_hash() {
        // As `printf 'alert(1)' | openssl dgst -sha256 -binary | base64` writes it.
        let (files, _) =
            read("<script>alert(1)</script><style>a{}</style><script type=\"x/y\">z</script>");
        assert_eq!(&*files.scripts[0], "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=");
        assert_eq!((files.scripts.len(), files.styles.len()), (1, 1));
        assert_eq!(
            read("<script>a\r\nb</script>").0.scripts,
            read("<script>a\nb</script>").0.scripts
        );
    }
}
