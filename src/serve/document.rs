//! The frame of the preview's own pages.

use crate::model::markup::escape;
use crate::serve::preview::Preview;
use crate::serve::reload;
use crate::serve::rules::Rules;

pub const STYLE: &str = include_str!("preview.css");

/// One of the preview's own pages; `path` and `version` are what its script listens for.
pub struct Document<'a> {
    pub title: &'a str,
    pub body: &'a str,
    pub path: &'a str,
    pub version: &'a str,
}

impl Document<'_> {
    pub fn html(&self, preview: &Preview, rules: &Rules) -> String {
        let Document { title, body, path, version } = self;
        let (title, home) = (escape(title), escape(&preview.root));
        let script = reload::script(path, version, None, rules);
        format!(
            "<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
             <link rel=\"icon\" href=\"/_cicerone/pen.svg\" type=\"image/svg+xml\">\n\
             <link rel=\"stylesheet\" href=\"/_cicerone/preview.css\">\n</head>\n\
             <body class=\"cicerone-page\">\n\
             <nav aria-label=\"Preview\"><a href=\"{home}\">The site</a> <a href=\"/_cicerone/\">Overview</a></nav>\n\
             <main>\n{body}</main>\n{script}</body>\n</html>\n"
        )
    }
}

/// A number with its noun: `1 part`, `2 parts`.
pub fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        many => format!("{many} {noun}s"),
    }
}
