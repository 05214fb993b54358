//! Writes links, pictures and raw HTML: addresses become slots, and tags left open are closed.

use std::borrow::Cow;

use crate::model::diagnostic::Code;
use crate::model::markup::{Fill, Joint, Link, LinkKind, escape};
use crate::model::region::RegionKind;
use crate::parse::autolinks::WWW;
use crate::parse::events::LinkType;
use crate::parse::html_tags::HtmlTag;
use crate::parse::mend::MARK;
use crate::parse::raw_html::{DrawnHtml, TagReport, ends_by_itself, entities_decoded, joint};
use crate::parse::section_writer::SectionWriter;

impl SectionWriter<'_> {
    pub fn start_link(
        &mut self,
        kind: LinkType,
        target: &str,
        title: &str,
        range: &std::ops::Range<usize>,
    ) {
        if self.heading.is_some() {
            let span = self.span(range);
            let hint = "put the link into the text below; only the heading's words are kept";
            self.fault(Code::LinkInHeading, span, "a link stands in a heading", hint);
            return;
        }
        let written = self.mended.text.get(range.clone()).unwrap_or("");
        if kind == LinkType::Inline && written.starts_with("[](") {
            let hint = "write its words between the brackets, or take it out";
            self.fault(Code::EmptyLink, self.span(range), "this link has no words", hint);
        }
        self.nowhere(kind, target, range);
        self.is_www = kind == LinkType::Autolink && written.starts_with(WWW);
        self.writer.tag("<a");
        match kind {
            LinkType::Email => self.slot(&format!("mailto:{target}"), LinkKind::Link, range),
            _ => self.slot(target, LinkKind::Link, range),
        }
        self.titled(title);
        self.writer.tag(">");
    }

    /// A link without an address is words to a reader.
    fn nowhere(&mut self, kind: LinkType, target: &str, range: &std::ops::Range<usize>) {
        let is_empty = ["", "mailto:", "tel:", "sms:"].contains(&&*target.trim().to_lowercase());
        if is_empty && kind != LinkType::Email {
            let hint = "write its address between the parentheses, or take the brackets out";
            self.fault(Code::EmptyLink, self.span(range), "this link leads nowhere", hint);
        }
    }

    pub fn titled(&mut self, title: &str) {
        if !title.is_empty() {
            self.writer.tag(" title=\"");
            self.writer.quoted(title);
            self.writer.tag("\"");
        }
    }

    /// Leaves a slot for the address of a link or picture.
    pub fn slot(&mut self, target: &str, kind: LinkKind, range: &std::ops::Range<usize>) {
        let span = self.span(&self.target(target, range));
        let target = match self.mended.is_marked && target.contains(MARK) {
            true => Cow::Owned(target.replace(MARK, "")),
            false => Cow::Borrowed(target),
        };
        let target = if is_safe(&target) {
            &*target
        } else {
            let (code, message, hint) = unsafe_target(&target);
            self.fault(code, span, message, hint);
            ""
        };
        let index = self.sink.links.push(Link { target, kind, span });
        self.writer.slot(Fill::Link(index));
    }

    /// Where in a link its target stands; the whole link if the target is written elsewhere.
    fn target(&self, target: &str, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let written = self.mended.text.get(range.clone()).unwrap_or("");
        // The target usually stands right before the bracket that ends the link.
        let last = written.strip_suffix(')').and_then(|rest| rest.strip_suffix(target));
        let at = last.map(str::len).or_else(|| written.rfind(target));
        match at.filter(|_| !target.is_empty()) {
            Some(at) => range.start + at..range.start + at + target.len(),
            None => range.clone(),
        }
    }

    pub fn start_image(&mut self, target: &str, title: &str, range: &std::ops::Range<usize>) {
        self.writer.push("<img");
        self.slot(target, LinkKind::Image, range);
        self.titled(title);
    }

    pub fn end_image(&mut self, alt: &str) {
        self.writer.push(" alt=\"");
        self.writer.quoted(alt);
        // What a reader sees first is loaded first.
        let is_first = self.is_lead() && !std::mem::replace(&mut self.has_picture, true);
        let loading = if is_first { "" } else { " loading=\"lazy\"" };
        self.writer.push(&format!("\"{loading} decoding=\"async\">"));
    }

    pub fn raw_html(&mut self, html: &str, range: &std::ops::Range<usize>, block: bool) {
        if joint(html) == Joint::Apart {
            self.plain(" ");
        }
        for (piece, part) in self.tags.draw(html, block) {
            let place = range.start + part.start..range.start + part.end;
            // Within a line, all of it is one tag, and noted.
            match piece {
                _ if !block => {}
                DrawnHtml::Text(_) => {}
                DrawnHtml::Comment => self.surveyor.note(&place, RegionKind::Comment),
                _ => self.surveyor.note(&place, RegionKind::Mark),
            }
            match piece {
                DrawnHtml::Comment | DrawnHtml::Nothing => {}
                DrawnHtml::Text(text) => self.writer.escaped(&entities_decoded(text)),
                DrawnHtml::Tag(html, tag) => {
                    self.writer.raw(&html);
                    if let Some(tag) = tag {
                        self.anchor(&tag, &place);
                        self.left_out(&tag, &place);
                    }
                }
                DrawnHtml::Picture(tag) => self.picture(&tag, &place),
                DrawnHtml::Shown(typed, told) => {
                    self.writer.escaped(&escape(typed));
                    if told == TagReport::Now {
                        let typed = typed.lines().next().unwrap_or("");
                        let message = format!("`{typed}` is shown as text");
                        let hint = "write it in Markdown, or take it out";
                        self.fault(Code::RawHtml, self.span(&place), message, hint);
                    }
                }
            }
        }
    }

    fn picture(&mut self, tag: &HtmlTag, place: &std::ops::Range<usize>) {
        self.start_image(tag.get("src").unwrap_or(""), tag.get("title").unwrap_or(""), place);
        for name in ["width", "height"] {
            if let Some(pixels) = tag.get(name) {
                self.writer.push(&format!(" {name}=\"{pixels}\""));
            }
        }
        self.end_image(tag.get("alt").unwrap_or(""));
        self.left_out(tag, place);
    }

    /// Links may lead to it.
    fn anchor(&mut self, tag: &HtmlTag, place: &std::ops::Range<usize>) {
        let Some(anchor) = tag.anchor() else { return };
        let span = self.span(place);
        if !self.sink.links.push_anchor(anchor) {
            let message = format!("two places have the id `{anchor}`");
            self.fault(Code::DuplicateId, span, message, "give one of them another id");
        }
    }

    fn left_out(&mut self, tag: &HtmlTag, place: &std::ops::Range<usize>) {
        if let [first, ..] = &*tag.left_out {
            let message = format!("`{first}` of `<{}>` is left out", tag.name);
            let hint = "take it out: the theme says how a page looks";
            self.fault(Code::RawHtml, self.span(place), message, hint);
        }
    }

    pub fn close_tags(&mut self, html_block: bool, range: &std::ops::Range<usize>) {
        if html_block && self.tags.is_in_comment() {
            let start = range.start;
            let at = self.mended.text.get(range.clone()).and_then(|html| html.rfind("<!--"));
            let at = start + at.unwrap_or(0);
            let message = "this comment is not closed, and hides what follows";
            let hint = "put `-->` where it ends";
            self.fault(Code::UnclosedComment, self.span(&(at..at + 4)), message, hint);
        }
        let unclosed = self.tags.leave(!html_block);
        self.closed(unclosed, range);
    }

    pub fn close_all_tags(&mut self, range: &std::ops::Range<usize>) {
        let unclosed = self.tags.leave_all();
        self.closed(unclosed, range);
    }

    fn closed(&mut self, unclosed: Vec<&'static str>, range: &std::ops::Range<usize>) {
        for name in unclosed {
            self.writer.raw(&format!("</{name}>"));
            if ends_by_itself(name) {
                continue;
            }
            let span = self.span(range);
            let message = format!("`<{name}>` is not closed");
            self.fault(Code::RawHtml, span, message, &format!("add `</{name}>`"));
        }
    }
}

/// What is wrong with an address that is not safe, and what to do about it.
pub fn unsafe_target(target: &str) -> (Code, String, &'static str) {
    let message = format!("`{target}` is no address that a page may lead to");
    let hint = "link to a page, a file beside, `https:`, `mailto:`, `tel:` or `sms:`";
    (Code::UnsafeLink, message, hint)
}

/// Whether an address, with its entities decoded, is relative or has a scheme that runs no code.
pub fn is_safe(target: &str) -> bool {
    let Some((scheme, rest)) = target.split_once(':') else { return true };
    if scheme.contains(['/', '?', '#']) {
        return true;
    }
    // Browsers ignore white space and control characters when they look for the scheme.
    let seen = scheme.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    let seen = seen.map(|c| c.to_ascii_lowercase());
    let is_web = scheme.trim().to_ascii_lowercase().starts_with("http");
    let host = rest.strip_prefix("//").unwrap_or("");
    if is_web && (host.is_empty() || host.starts_with(['/', '?', '#'])) {
        return false;
    }
    let known = ["http", "https", "mailto", "tel", "sms"];
    known.iter().any(|known| known.chars().eq(seen.clone()))
}
