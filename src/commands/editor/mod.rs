//! Answers an editor's questions about the site that the preview shows.

mod comparison;
pub mod data;
mod overview;
mod places;

use std::collections::BTreeMap;

use crate::commands::editor::data::EditorData;
use crate::commands::translations::{self, before};
use crate::model::guide::Role;
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::source::SourcePath;
use crate::model::unit::{State, UnitKey};
use crate::serve::{Before, Comparison, EditorApi, Overview, Places};

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
        // If the history cannot be read, there is only what the original says today.
        let found = before(&self.root, &guide.original.text, &site.config, &wanted.collect());
        let found = found.map(|(before, _)| before).unwrap_or_default();
        let told = |(key, one): (String, translations::EarlierWords)| {
            (UnitKey::from(&*key), Before { commit: one.commit, day: one.day, words: one.words })
        };
        found.into_iter().map(told).collect()
    }
}
