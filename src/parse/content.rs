//! Finds out from its content whether a file beside a guide would run in a browser, whatever its name says.

use crate::model::encoding::decode;
use crate::parse::pdf;

/// The beginnings of a page, as browsers recognise one when the server gives no type (WHATWG MIME Sniffing,
/// 7.1). Each has to be followed by a space or `>`.
const PAGES: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<svg",
    "<math",
    "<xsl:stylesheet",
];

/// What a file with this extension contains that could run, as words for a message; `None` where it is
/// harmless. SVG files are judged elsewhere.
pub fn runs(extension: &str, bytes: &[u8]) -> Option<&'static str> {
    if extension == "pdf" && bytes.starts_with(b"%PDF-") {
        return pdf::runs(bytes);
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    // Cutting UTF-16 in the middle of a character would make it invalid, so all of it is decoded.
    let wide = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    let text = match decode(bytes).filter(|_| wide) {
        Some(text) => text.into_owned(),
        None => String::from_utf8_lossy(head).into_owned(),
    };
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let begins = |sign: &str| {
        let start = text.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign));
        start
            && text
                .get(sign.len()..)
                .is_some_and(|rest| rest.starts_with([' ', '\t', '\n', '\r', '\u{c}', '>', '/']))
    };
    if PAGES.iter().any(|sign| begins(sign)) || text.starts_with("<!--") {
        return Some("a page of HTML");
    }
    if text.starts_with("<?xml") {
        return Some("XML");
    }
    // PDF readers look for this mark in the first 1024 bytes.
    head.windows(5).any(|five| five == b"%PDF-").then_some("a PDF")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_under_another_name_is_found() {
        let wide: Vec<u8> = "\u{FEFF}<script>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [
            b"<html>".as_slice(),
            b"\xEF\xBB\xBF \r\n\t<!DOCTYPE HTML><p>",
            b"<ScRiPt\n>alert(1)</script>",
            b"<!-- x --><script>",
            b"<svg/onload=alert(1)>",
            b"<?xml version='1.0'?><x/>",
            b"GIF89a %PDF-1.7",
            &wide,
        ] {
            assert!(runs("png", bytes).is_some(), "{:?}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(runs("pdf", b"<html>"), Some("a page of HTML"));
    }

    #[test]
    fn what_is_no_page_goes_through() {
        for bytes in [
            b"".as_slice(),
            b"\x89PNG\r\n\x1a\n<script>",
            b"name,number\n<script>,1\n",
            b"<abbr> is a tag, <b2> is none",
            b"BEGIN:VCARD",
            b"1 < 2",
            "<注>".as_bytes(),
        ] {
            assert_eq!(runs("txt", bytes), None, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
