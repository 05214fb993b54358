//! The preview's own pages by address: the overview, and a guide in two languages.

use crate::model::fingerprint::Fingerprint;
use crate::serve::document::Document;
use crate::serve::editor_api::Comparison;
use crate::serve::path::{self, FOLDER};
use crate::serve::preview::Preview;
use crate::serve::rules::Rules;
use crate::serve::{compare, overview};

/// One of the preview's own pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Own {
    Overview,
    /// A guide, and the languages that were asked for.
    Comparison {
        guide: String,
        left: Option<String>,
        right: Option<String>,
    },
}

impl Own {
    /// The page at a decoded path below the folder, with a query.
    pub fn parse(name: &str, query: &str) -> Option<Own> {
        if name.is_empty() {
            return Some(Own::Overview);
        }
        let guide = name.strip_prefix("compare/")?.trim_end_matches('/').to_owned();
        let language = |name| path::parameter(query, name).filter(|tag| !tag.is_empty());
        Some(Own::Comparison { guide, left: language("left"), right: language("right") })
    }

    /// The page that the script on it has named; `None` for pages of the site.
    pub fn of(page: &str) -> Option<Own> {
        let (name, query) = page.split_once('?').unwrap_or((page, ""));
        let decoded = path::decode(&format!("/{name}"))?;
        Own::parse(decoded.strip_prefix(FOLDER)?, query)
    }

    /// The status and the HTML of this page, which was requested as `page`.
    pub fn html(&self, page: &str, preview: &Preview, rules: &Rules) -> (u16, String) {
        let version = self.version(preview, rules);
        let (status, title, body) = match (self, self.comparison(preview)) {
            (Own::Overview, _) => {
                let title = overview::title(preview).to_owned();
                (200, title, overview::body(preview, rules))
            }
            (_, Some(comparison)) => {
                let before = compare::before(&comparison, preview);
                let body = compare::body(&comparison, &before, rules);
                (200, comparison.title.text, body)
            }
            // The page goes on listening, because the guide may be on its way.
            (_, None) => {
                let title = "There is no such guide, or no such language".to_owned();
                let body = format!("<h1>{title}</h1>\n");
                (404, title, body)
            }
        };
        let document = Document { title: &title, body: &body, path: page, version: &version };
        (status, document.html(preview, rules))
    }

    /// The version of what a reader sees. The history is left out, because it does not change.
    pub fn version(&self, preview: &Preview, rules: &Rules) -> String {
        let body = match self {
            Own::Overview => overview::body(preview, rules),
            Own::Comparison { .. } => match self.comparison(preview) {
                Some(comparison) => compare::body(&comparison, &Default::default(), rules),
                None => String::new(),
            },
        };
        Fingerprint::of(body.as_bytes()).to_string()
    }

    fn comparison(&self, preview: &Preview) -> Option<Comparison> {
        let Own::Comparison { guide, left, right } = self else { return None };
        preview.editor.as_ref()?.comparison(guide, left.as_deref(), right.as_deref())
    }
}
