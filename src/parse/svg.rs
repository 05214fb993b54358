//! Checks whether an SVG could run or fetch anything in a browser that opens it by itself.

use roxmltree::{Attribute, Document, Error, Node, ParsingOptions};

use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::encoding::decode;
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::parse::css;
use crate::parse::doctype;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Other vocabularies that browsers know. Elements of any other vocabulary, such as those of drawing
/// programs, do nothing.
const OTHERS: &[&str] = &[
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/1999/XSL/Transform",
    "http://www.w3.org/2001/xml-events",
    "http://www.w3.org/2001/XInclude",
    "http://www.mozilla.org/xbl",
    "http://www.mozilla.org/keymaster/gatekeeper/there.is.only.xul",
];

const RUNNING: &[&str] = &["script", "handler", "listener"];
const FRAMES: &[&str] = &["foreignobject", "iframe", "embed", "object"];
const ANIMATIONS: &[&str] =
    &["animate", "set", "animatemotion", "animatetransform", "animatecolor"];

/// More attributes than any element of a real drawing has.
const ATTRIBUTES: usize = 1000;

const PLAIN: &str = "take it out, or export the picture again as “plain SVG” or as PNG";
const INSIDE: &str = "put what it shows into the picture itself, or export it as PNG";

/// Reports everything in a picture that could run code or fetch something from elsewhere.
pub fn judge(path: &SourcePath, bytes: &[u8]) -> Vec<Diagnostic> {
    let fault = |message: String, range: std::ops::Range<usize>, hint: &str| {
        let span = Span::new(range.start, range.end);
        Diagnostic::new(Code::UnsafeFile, message).at(path, span).hint(hint)
    };
    let Some(text) = decode(bytes) else {
        let message = format!("`{}` is neither UTF-8 nor UTF-16", path.name());
        return vec![fault(message, 0..0, "save it as UTF-8")];
    };
    let declared = doctype::check(&text);
    if !declared.is_empty() {
        let told = declared.into_iter().map(|one| fault(one.what, one.range, PLAIN));
        return told.collect();
    }
    if let Some(range) = crowded(&text) {
        let message = format!("this element has more than {ATTRIBUTES} attributes");
        return vec![fault(message, range, PLAIN)];
    }
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    match Document::parse_with_options(&text, options) {
        Ok(document) => {
            let mut judge = SvgCheck { text: &text, found: Vec::new() };
            judge.document(&document);
            judge
                .found
                .into_iter()
                .map(|(message, range, hint)| fault(message, range, hint))
                .collect()
        }
        Err(error) => {
            let (message, at) = broken(&text, &error);
            let hint = "a browser shows nothing of it, or runs it up to here; export it again";
            vec![fault(message, at..at, hint)]
        }
    }
}

/// The first element with so many attributes that comparing them with one another would take long.
fn crowded(text: &str) -> Option<std::ops::Range<usize>> {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let start = text.len() - rest.len() + at;
        rest = rest.get(at + 1..)?;
        if !rest.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            continue;
        }
        let (mut quote, mut attributes) = (None, 0);
        let end = rest.bytes().position(|byte| {
            match quote {
                Some(open) if open == byte => quote = None,
                Some(_) => {}
                None if matches!(byte, b'"' | b'\'') => {
                    (quote, attributes) = (Some(byte), attributes + 1)
                }
                None => return byte == b'>',
            }
            false
        });
        if attributes > ATTRIBUTES {
            return Some(start..start + 1);
        }
        rest = rest.get(end?..)?;
    }
    None
}

fn broken(text: &str, error: &Error) -> (String, usize) {
    let told = error.to_string();
    let place = error.pos();
    let told = told.strip_suffix(&format!(" at {place}")).unwrap_or(&told);
    let row = usize::try_from(place.row).unwrap_or(1).saturating_sub(1);
    let column = usize::try_from(place.col).unwrap_or(1).saturating_sub(1);
    let lines = text.split_inclusive('\n');
    let start: usize = lines.take(row).map(str::len).sum();
    let line = text.get(start..).unwrap_or("");
    let within = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    (format!("this picture is not well-formed XML: {told}"), start + within)
}

struct SvgCheck<'t> {
    text: &'t str,
    found: Vec<(String, std::ops::Range<usize>, &'static str)>,
}

impl SvgCheck<'_> {
    fn document(&mut self, document: &Document<'_>) {
        let root = document.root_element();
        if !root.tag_name().name().eq_ignore_ascii_case("svg") && !is_other(&root) {
            let message = format!("`<{}>` is no picture", root.tag_name().name());
            self.found.push((message, self.tag(&root), PLAIN));
        }
        // Everything within a refused element is refused together with it.
        let mut refused = 0;
        for node in document.descendants() {
            if node.range().start < refused && !node.is_pi() {
                continue;
            }
            if node.pi().is_some_and(|pi| pi.target.eq_ignore_ascii_case("xml-stylesheet")) {
                let message = "`<?xml-stylesheet?>` fetches a style sheet or a program".to_owned();
                self.found.push((message, node.range(), PLAIN));
            } else if node.is_element() && !self.element(&node) {
                refused = node.range().end;
            }
        }
    }

    /// `false` if the element itself is refused.
    fn element(&mut self, node: &Node<'_, '_>) -> bool {
        let name = node.tag_name().name().to_ascii_lowercase();
        let shown = self.text.get(self.tag(node)).unwrap_or("").trim_start_matches('<');
        if is_other(node) {
            let message = format!("`<{shown}>` belongs to a page, not to a picture");
            self.found.push((message, self.tag(node), PLAIN));
            return false;
        }
        let of_picture = node.tag_name().namespace().is_none_or(|one| one == SVG);
        if of_picture && RUNNING.contains(&name.as_str()) {
            self.found.push((format!("`<{shown}>` in a picture runs code"), self.tag(node), PLAIN));
            return false;
        }
        if of_picture && FRAMES.contains(&name.as_str()) {
            let message = format!("`<{shown}>` in a picture holds a page of its own");
            self.found.push((message, self.tag(node), PLAIN));
            return false;
        }
        for attribute in node.attributes() {
            self.attribute(node, &name, of_picture, &attribute);
        }
        if of_picture && ANIMATIONS.contains(&name.as_str()) {
            self.animation(node);
        }
        if of_picture && name == "style" {
            let texts =
                node.children().filter_map(|child| child.is_text().then(|| child.text())?);
            let sheet: String = texts.collect();
            self.style(&sheet, node.range());
        }
        true
    }

    fn attribute(
        &mut self,
        node: &Node<'_, '_>,
        element: &str,
        of_picture: bool,
        attribute: &Attribute<'_, '_>,
    ) {
        let name = attribute.name().to_ascii_lowercase();
        let value = attribute.value();
        let at = attribute.range();
        if attribute.namespace() == Some("http://www.w3.org/XML/1998/namespace") && name == "base" {
            self.found.push(("`xml:base` leads addresses elsewhere".to_owned(), at, PLAIN));
        } else if name == "href" {
            self.address(node, element, of_picture, value, attribute.range_value());
        } else if !of_picture || attribute.namespace().is_some() {
            // This attribute belongs to the program that drew the picture.
        } else if is_handler(&name) {
            let message = format!("`{}` in a picture runs code", attribute.name());
            self.found.push((message, at, PLAIN));
        } else if value.contains(['(', '\\']) {
            self.style(value, at);
        }
    }

    fn address(
        &mut self,
        node: &Node<'_, '_>,
        element: &str,
        of_picture: bool,
        value: &str,
        at: std::ops::Range<usize>,
    ) {
        let address = seen(value);
        if element == "a" || !of_picture {
            if !is_safe_link(&address) {
                let message = format!("`{value}` is no address that a picture may lead to");
                self.found.push((message, at, "link to `https:`, `mailto:`, `tel:` or `sms:`"));
            }
        } else if !address.is_empty() && !address.starts_with('#') {
            let is_picture = matches!(element, "image" | "feimage");
            if !(is_picture && css::is_raster(&address)) {
                let shown: String = address.chars().take(60).collect();
                let name = node.tag_name().name();
                let message = format!("`<{name}>` shows `{shown}`, which is not in the picture");
                self.found.push((message, at, INSIDE));
            }
        }
    }

    /// Checks what an animation sets an attribute to.
    fn animation(&mut self, node: &Node<'_, '_>) {
        let of = |name: &str| node.attributes().find(|one| one.name().eq_ignore_ascii_case(name));
        let Some(target) = of("attributeName") else { return };
        let name = target.value().trim().to_ascii_lowercase();
        let name = name.rsplit(':').next().unwrap_or("");
        if is_handler(name) {
            let message = format!("`{}`, set by an animation, runs code", target.value().trim());
            self.found.push((message, target.range(), PLAIN));
        }
        if name != "href" {
            return;
        }
        for attribute in ["from", "to", "by", "values"].into_iter().filter_map(of) {
            let mut values = attribute.value().split(';').map(seen);
            if !values.all(|value| value.is_empty() || value.starts_with('#')) {
                let message = format!("an animation leads to `{}`", attribute.value());
                self.found.push((message, attribute.range_value(), PLAIN));
            }
        }
    }

    fn style(&mut self, css: &str, within: std::ops::Range<usize>) {
        for address in css::fetched(css) {
            let written = self.text.get(within.clone()).and_then(|text| text.find(&address));
            let at = match written.filter(|_| !address.is_empty()) {
                Some(at) => within.start + at..within.start + at + address.len(),
                None => within.clone(),
            };
            let shown: String = address.chars().take(60).collect();
            self.found.push((format!("a style fetches `{shown}`"), at, INSIDE));
        }
    }

    /// The range of an element's `<name`.
    fn tag(&self, node: &Node<'_, '_>) -> std::ops::Range<usize> {
        let range = node.range();
        let text = self.text.get(range.clone()).unwrap_or("");
        let end = text.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
        range.start..range.start + end.unwrap_or(text.len())
    }
}

fn is_other(node: &Node<'_, '_>) -> bool {
    node.tag_name().namespace().is_some_and(|space| OTHERS.contains(&space))
}

/// Whether an attribute is an event handler: `onload`, `onbegin` and the like.
fn is_handler(name: &str) -> bool {
    name.strip_prefix("on")
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_lowercase()))
}

/// An address as browsers see it: they ignore white space and control characters.
fn seen(address: &str) -> String {
    let kept = address.trim_matches(|c| c <= ' ').chars();
    kept.filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect()
}

/// Whether a link leads to a page rather than to code.
fn is_safe_link(address: &str) -> bool {
    match address.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            let known = ["http", "https", "mailto", "tel", "sms"];
            known.iter().any(|known| known.eq_ignore_ascii_case(scheme))
        }
        _ => true,
    }
}
