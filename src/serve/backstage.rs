//! The preview's own pages by their addresses: the overview, and a guide in two languages.

use crate::model::fingerprint::Fingerprint;
use crate::serve::answer::Rules;
use crate::serve::compare;
use crate::serve::desk::{Comparison, Pair};
use crate::serve::document::Document;
use crate::serve::edit::encoded;
use crate::serve::overview;
use crate::serve::path;
use crate::serve::preview::Preview;

/// By which they are told apart from pages of the site.
pub const FOLDER: &str = "_cicerone/";

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
    /// Of a decoded path below the folder, and a query.
    pub fn parse(name: &str, query: &str) -> Option<Own> {
        if name.is_empty() {
            return Some(Own::Overview);
        }
        let guide = name.strip_prefix("compare/")?.trim_end_matches('/').to_owned();
        let language = |name| path::parameter(query, name).filter(|tag| !tag.is_empty());
        Some(Own::Comparison { guide, left: language("left"), right: language("right") })
    }

    /// Of what a page told its script; `None` for pages of the site.
    pub fn of(page: &str) -> Option<Own> {
        let (name, query) = page.split_once('?').unwrap_or((page, ""));
        let decoded = path::decode(&format!("/{name}"))?;
        Own::parse(decoded.strip_prefix(FOLDER)?, query)
    }

    /// `None` where there is no such guide or language.
    pub fn html(&self, preview: &Preview, rules: &Rules) -> Option<String> {
        let version = self.version(preview, rules);
        match self {
            Own::Overview => {
                let title = overview::title(preview);
                let body = overview::body(preview, rules);
                Some(
                    Document { title, body: &body, path: FOLDER, version: &version }
                        .html(preview, rules),
                )
            }
            Own::Comparison { .. } => {
                let comparison = self.comparison(preview)?;
                let before = compare::before(&comparison, preview);
                let body = compare::body(&comparison, &before, rules);
                let (title, path) = (&comparison.title.text, address(&comparison.pair()));
                Some(
                    Document { title, body: &body, path: &path, version: &version }
                        .html(preview, rules),
                )
            }
        }
    }

    /// Of what a reader sees. The history is no part of it: what has been said does not change.
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
        preview.desk.as_ref()?.comparison(guide, left.as_deref(), right.as_deref())
    }
}

/// The address of a guide in two languages, below the host's root.
pub fn address(pair: &Pair) -> String {
    let Pair { guide, left, right } = pair;
    format!("{FOLDER}compare/{}?left={left}&right={right}", encoded(guide.as_str()))
}
