//! An SVG beside a guide.

use std::sync::Arc;

use cicerone::model::config::Config;
use cicerone::model::language::Language;
use cicerone::model::source::{SourcePath, Sources};
use cicerone::parse;

/// A picture goes through only where a browser could not run anything in it.
pub fn picture(data: &[u8]) {
    let path = SourcePath::new("guides/a/x.svg");
    let assets = [(path.clone(), Arc::new(data.to_vec()))].into();
    let sources = Sources { assets, ..Sources::default() };
    let language = Language::parse("en").unwrap_or_else(|| panic!("a language"));
    let config = Config::fallback(SourcePath::new("guides/site.yaml"), language);
    let files = parse::files(&sources, &config);
    for fault in &files.diagnostics {
        let place = fault.place.as_ref().unwrap_or_else(|| panic!("no place: {fault:?}"));
        if let Some((_, text)) = sources.shown(place.path.as_str()) {
            assert!(text.get(place.span.range()).is_some(), "no such place: {fault:?}");
        }
    }
    let is_published = files.value.assets == [path];
    assert!(is_published == files.diagnostics.is_empty());
    // Where all elements are of SVG, their names tell.
    let is_plain = |text: &&str| {
        text.contains("xmlns=\"http://www.w3.org/2000/svg\"")
            && text.matches("xmlns").count() == 1
            && !text.contains("<!")
    };
    if is_published && let Some(text) = std::str::from_utf8(data).ok().filter(is_plain) {
        assert!(!is_active(text), "this goes through");
    }
}

/// Whether the text has a tag that runs, outside comments and the like: a plain twin of the program's judgement.
fn is_active(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = match rest {
            _ if rest.starts_with("!--") => "-->",
            _ if rest.starts_with("![CDATA[") => "]]>",
            _ if rest.starts_with('?') => "?>",
            _ if rest.starts_with('!') => ">",
            _ => {
                let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next();
                let name = name.unwrap_or("").to_ascii_lowercase();
                if ["script", "iframe", "foreignobject"].contains(&name.as_str()) {
                    return true;
                }
                continue;
            }
        };
        rest = rest.find(end).map_or("", |at| &rest[at + end.len()..]);
    }
    false
}
