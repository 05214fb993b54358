//! Judges what is well formed: facts against the registry, texts, links to other sites.

mod characters;
mod companies;
mod contacts;
mod cues;
mod facts;
mod han;
mod headings;
mod identifiers;
mod links;
mod misleading;
mod names;
mod numbers;
mod odd;
mod pieces;
mod promotions;
mod prose;
mod sentences;
mod settings;
mod spots;
mod trade;
mod translations;

pub use crate::lint::settings::apply;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::lint::han::Script;
use crate::lint::identifiers::Avoided;
use crate::lint::links::OwnHosts;
use crate::lint::names::Names;
use crate::lint::promotions::Promotion;
use crate::lint::prose::Prose;
use crate::lint::spots::{Spots, Spotter};
use crate::model::date::Date;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::Translation;
use crate::model::language::Language;
use crate::model::site::{Edition, Folder, Guide, Site};
use crate::model::source::Sources;
use crate::model::span::Span;

/// What judging needs of a whole site, found out once.
#[derive(Debug)]
pub struct Linter<'a> {
    site: &'a Site,
    sources: &'a Sources,
    /// The day on which reviews are judged.
    today: Date,
    names: Names<'a>,
    avoided: Vec<Avoided<'a>>,
    own_hosts: OwnHosts,
    spotter: Spotter,
}

/// What was found in one guide or section.
#[derive(Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Found {
    pub diagnostics: Vec<Diagnostic>,
    /// Whom its pages advertise, to be compared with other guides.
    promotions: Vec<Promotion>,
}

impl Found {
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty() && self.promotions.is_empty()
    }
}

impl From<Diagnostic> for Found {
    fn from(fault: Diagnostic) -> Found {
        Found { diagnostics: vec![fault], promotions: Vec::new() }
    }
}

/// One file, as the lints see it.
struct Page<'a> {
    site: &'a Site,
    text: &'a Translation,
    source: &'a str,
    prose: Prose,
    spots: Spots,
    /// The script whose characters do not belong here.
    foreign: Option<&'static Script>,
    /// Characters that a lint may name.
    odd: Vec<(usize, char)>,
    /// `None` for the words of a section.
    guide: Option<&'a Guide>,
}

impl Page<'_> {
    fn language(&self) -> &Language {
        &self.text.language
    }

    fn fault(&self, code: Code, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, message).at(&self.text.path, Span::new(range.start, range.end))
    }
}

impl<'a> Linter<'a> {
    pub fn new(site: &'a Site, sources: &'a Sources, today: Date) -> Linter<'a> {
        let names = Names::new(&site.registry);
        let avoided = identifiers::avoided(&site.registry);
        let spotter = Spotter::new(&names, &avoided, &site.registry);
        let own_hosts = links::own_hosts(site);
        Linter { site, sources, today, names, avoided, own_hosts, spotter }
    }

    /// What the day says of a guide.
    pub fn due(&self, guide: &Guide) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        facts::due(guide, self.site, self.today, &mut diagnostics);
        diagnostics
    }

    /// A guide in all its languages. What is found depends on its files, the settings and the
    /// registry, and on no other guide and no day.
    pub fn guide(&self, guide: &'a Guide) -> Found {
        let mut found = Found::default();
        let pages: Vec<Page<'a>> = guide
            .translations
            .values()
            .filter_map(|edition| self.read(edition, Some(guide)))
            .collect();
        facts::guide(guide, self.site, &mut found.diagnostics);
        for page in &pages {
            self.page(page, &mut found);
        }
        translations::compare(guide, &pages, &mut found.diagnostics);
        found
    }

    /// The words of a section or of the home page.
    pub fn folder(&self, folder: &'a Folder) -> Found {
        let mut found = Found::default();
        for page in folder.words.values().filter_map(|edition| self.read(edition, None)) {
            self.page(&page, &mut found);
        }
        found
    }

    /// What only the whole site shows: the registry, and what several guides advertise.
    pub fn site<'f>(&self, found: impl Iterator<Item = &'f Found>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        facts::registry(&self.site.registry, self.today, &mut diagnostics);
        promotions::repeated(found.map(|found| &*found.promotions), &mut diagnostics);
        diagnostics
    }

    fn read(&self, edition: &'a Edition, guide: Option<&'a Guide>) -> Option<Page<'a>> {
        if edition.converted_from.is_some() {
            // What is wrong with it is told where it comes from.
            return None;
        }
        let text = &*edition.text;
        let source: &'a str = self.sources.text(text.path.as_str())?;
        let prose = Prose::new(source, text);
        let spots = self.spotter.find(source, &prose);
        let foreign = han::foreign(&text.language);
        let odd = odd::odd(source, foreign);
        Some(Page { site: self.site, text, source, prose, spots, foreign, odd, guide })
    }

    fn page(&self, page: &Page<'_>, found: &mut Found) {
        let Found { diagnostics, promotions } = found;
        let mentions = self.names.find(&page.prose, &page.spots);
        companies::check(page, &self.names, &mentions, diagnostics);
        numbers::check(page, &mentions, diagnostics);
        identifiers::check(page, &self.avoided, diagnostics);
        han::check(page, diagnostics);
        headings::check(page, diagnostics);
        characters::check(page, &self.names, diagnostics);
        links::check(page, &self.own_hosts, diagnostics);
        contacts::check(page, promotions, diagnostics);
        promotions::check(page, promotions, diagnostics);
    }
}
