//! The data that answers the questions of the preview's editor pages.

use std::path::PathBuf;
use std::sync::Arc;

use crate::model::date::Date;
use crate::model::diagnostic::Outcome;
use crate::model::site::{Page, PageKey, Site};
use crate::model::source::{SourcePath, Sources};
use crate::model::span::Span;
use crate::pipeline::Prepared;
use crate::report::Lines;
use crate::serve::Spot;

pub struct EditorData {
    pub root: PathBuf,
    pub read: Arc<Outcome<Sources>>,
    pub prepared: Arc<Prepared>,
    pub today: Date,
}

impl std::fmt::Debug for EditorData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EditorData").field("root", &self.root).finish_non_exhaustive()
    }
}

impl EditorData {
    pub fn site(&self) -> &Site {
        &self.prepared.site
    }

    pub fn text(&self, path: &SourcePath) -> &str {
        self.read.value.text(path.as_str()).map_or("", |text| text)
    }

    /// What a page is about, and the index of its language among the site's languages.
    pub fn key(&self, page: &str) -> Option<(&PageKey, usize)> {
        let place = self.site().page_at(page)?;
        match self.site().pages.get(place)? {
            Page::Of { key, language } => Some((key, *language)),
            Page::Chooser | Page::NotFound | Page::Redirect(_) => None,
        }
    }

    pub fn spot(&self, path: &SourcePath, span: Span) -> Spot {
        spots(path, self.text(path))(span)
    }
}

/// Finds the places of spans in one file, whose lines are counted only once.
pub fn spots<'a>(path: &'a SourcePath, text: &'a str) -> impl Fn(Span) -> Spot + 'a {
    let lines = Lines::new(text);
    move |span| {
        let position = lines.position(span.range().start);
        let (line, column) = position.map_or((1, 1), |position| (position.line, position.column));
        Spot { file: path.clone(), line, column }
    }
}
