//! Answers an editor's questions about a site that was prepared: the editor of the preview.

mod comparison;
mod overview;
mod places;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::commands::translations::{self, before};
use crate::model::date::Date;
use crate::model::diagnostic::Outcome;
use crate::model::guide::Role;
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::site::{Page, PageKey, Site};
use crate::model::source::{SourcePath, Sources};
use crate::model::span::Span;
use crate::model::unit::{State, UnitKey};
use crate::pipeline::Prepared;
use crate::report::Lines;
use crate::serve::{Before, Comparison, EditorApi, Overview, Places, Spot};

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
    fn site(&self) -> &Site {
        &self.prepared.site
    }

    fn text(&self, path: &SourcePath) -> &str {
        self.read.value.text(path.as_str()).map_or("", |text| text)
    }

    /// What a page is about, and the place of its language among the site's.
    fn key(&self, page: &str) -> Option<(&PageKey, usize)> {
        let place = self.site().page_at(page)?;
        match self.site().pages.get(place)? {
            Page::Of { key, language } => Some((key, *language)),
            Page::Chooser | Page::NotFound | Page::Redirect(_) => None,
        }
    }

    fn spot(&self, path: &SourcePath, span: Span) -> Spot {
        spots(path, self.text(path))(span)
    }
}

/// The places of spans of one file, whose lines are counted once.
fn spots<'a>(path: &'a SourcePath, text: &'a str) -> impl Fn(Span) -> Spot + 'a {
    let lines = Lines::new(text);
    move |span| {
        let position = lines.position(span.range().start);
        let (line, column) = position.map_or((1, 1), |position| (position.line, position.column));
        Spot { file: path.clone(), line, column }
    }
}

impl EditorApi for EditorData {
    fn has(&self, page: &str) -> bool {
        self.site().page_at(page).is_some()
    }

    fn sources(&self, page: &str) -> Vec<SourcePath> {
        places::sources(self, page)
    }

    fn places(&self, page: &str) -> Places {
        places::places(self, page)
    }

    fn picture(&self, path: &str) -> Option<Vec<u8>> {
        self.prepared.picture(path)
    }

    fn overview(&self) -> Overview {
        overview::overview(self)
    }

    fn comparison(
        &self,
        guide: &str,
        left: Option<&str>,
        right: Option<&str>,
    ) -> Option<Comparison> {
        comparison::comparison(self, guide, left, right)
    }

    fn before(&self, guide: &GuideId, language: &Language) -> BTreeMap<UnitKey, Before> {
        let site = self.site();
        let Some(guide) = site.guides.get(guide) else { return BTreeMap::new() };
        let Some(edition) = guide.translations.get(language) else { return BTreeMap::new() };
        let Role::Translation(words) = &edition.text.role else { return BTreeMap::new() };
        let stale = edition.standing.iter().filter(|(_, state)| *state == State::Stale);
        let wanted = stale.filter_map(|(key, _)| Some((key.as_str(), *words.at.get(key)?)));
        // Where the history cannot be read, there is only what the original says today.
        let found = before(&self.root, &guide.original.text, &site.config, &wanted.collect());
        let found = found.map(|(before, _)| before).unwrap_or_default();
        let told = |(key, one): (String, translations::EarlierWords)| {
            (UnitKey::from(&*key), Before { commit: one.commit, day: one.day, words: one.words })
        };
        found.into_iter().map(told).collect()
    }
}
