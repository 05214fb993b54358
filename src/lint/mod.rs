//! Judges what is well formed: facts against the registry, texts, links to other sites.
//!
//! `lint/` sees the resolved site and the source text of each file, and reads no Markdown and no YAML again: which parts of
//! a file are words, code, addresses, headings or rows, parsing has noted as its **regions** (`model/region.rs`).
//! `lint/prose.rs` makes two copies of a text from them as long as the source, so that every place in them is a place in the
//! source: one without code (what can be a link), one of words alone (all else is blank). Nothing in it may take more than linear time: what is looked
//! through again for every find, a sentence or an address, is cut at 2000 bytes.
//!
//! `lint/mentions.rs` finds every name that a lint asks for, `lint/suspicious.rs` every character; the lints look only where they
//! found something, and only there is a text cut into sentences. What is found in a guide depends on its files, the
//! settings, the registry and the day, on no other guide.
//!
//! `lint/settings.rs` applies what the site (`lints:`) and the guides (`cicerone allow …`, read while a file is parsed)
//! say about single lints to everything that was found, last of all; so what a lint finds in a guide can be kept from one
//! run to the next whatever is set. A finding that only the calendar makes is a note, and stops nothing.
//!
//! Whether a sentence says that a number is a hotline, that a name is an old one, that something is *not* so, is told by
//! the words of `lint/phrases.rs`, in the languages of our guides. A new language needs its words there; without them its
//! pages are judged less, not wrongly: a finding needs a cue. A doubtful case is no finding, and our own guides, which
//! speak of wrong hotlines, old names and the IMEI, must stay without one. Simplified and Traditional characters are told
//! apart by what GB 2312 and Big5 can write (`lint/han.txt`).

mod characters;
mod companies;
mod contacts;
mod escapes;
mod facts;
mod han;
mod headings;
mod hosts;
mod identifiers;
mod links;
mod mentions;
mod misleading;
mod names;
mod numbers;
mod phrases;
mod pieces;
mod promotions;
mod prose;
mod sentences;
mod settings;
mod suspicious;
mod trade;
mod translations;

pub use crate::lint::settings::apply;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::lint::han::Script;
use crate::lint::identifiers::Avoided;
use crate::lint::links::OwnHosts;
use crate::lint::mentions::{MentionFinder, Mentions};
use crate::lint::names::RegistryNames;
use crate::lint::promotions::Promotion;
use crate::lint::prose::Prose;
use crate::model::date::Date;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::Translation;
use crate::model::language::Language;
use crate::model::site::{Edition, Guide, SectionFolder, Site};
use crate::model::source::Sources;
use crate::model::span::Span;

/// What judging needs of a whole site, found out once.
#[derive(Debug)]
pub struct Linter<'a> {
    site: &'a Site,
    sources: &'a Sources,
    /// The day on which reviews are judged.
    today: Date,
    names: RegistryNames<'a>,
    avoided: Vec<Avoided<'a>>,
    own_hosts: OwnHosts,
    spotter: MentionFinder,
}

/// What was found in one guide or section.
#[derive(Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LintFindings {
    pub diagnostics: Vec<Diagnostic>,
    /// Whom its pages advertise, to be compared with other guides.
    promotions: Vec<Promotion>,
}

impl LintFindings {
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty() && self.promotions.is_empty()
    }
}

impl From<Diagnostic> for LintFindings {
    fn from(fault: Diagnostic) -> LintFindings {
        LintFindings { diagnostics: vec![fault], promotions: Vec::new() }
    }
}

/// One file, as the lints see it.
struct LintedFile<'a> {
    site: &'a Site,
    text: &'a Translation,
    source: &'a str,
    prose: Prose,
    mentions: Mentions,
    /// The script whose characters do not belong here.
    foreign: Option<&'static Script>,
    /// Characters that a lint may name.
    suspicious: Vec<(usize, char)>,
    /// `None` for the words of a section.
    guide: Option<&'a Guide>,
}

impl LintedFile<'_> {
    fn language(&self) -> &Language {
        &self.text.language
    }

    fn fault(&self, code: Code, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, message).at(&self.text.path, Span::new(range.start, range.end))
    }
}

impl<'a> Linter<'a> {
    pub fn new(site: &'a Site, sources: &'a Sources, today: Date) -> Linter<'a> {
        let names = RegistryNames::new(&site.registry);
        let avoided = identifiers::avoided(&site.registry);
        let spotter = MentionFinder::new(&names, &avoided, &site.registry);
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
    pub fn guide(&self, guide: &'a Guide) -> LintFindings {
        let mut found = LintFindings::default();
        let pages: Vec<LintedFile<'a>> = guide
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
    pub fn folder(&self, folder: &'a SectionFolder) -> LintFindings {
        let mut found = LintFindings::default();
        for page in folder.words.values().filter_map(|edition| self.read(edition, None)) {
            self.page(&page, &mut found);
        }
        found
    }

    /// What only the whole site shows: the registry, and what several guides advertise.
    pub fn site<'f>(&self, found: impl Iterator<Item = &'f LintFindings>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        facts::registry(&self.site.registry, self.today, &mut diagnostics);
        hosts::registry(self.site, &mut diagnostics);
        promotions::repeated(found.map(|found| &*found.promotions), &mut diagnostics);
        diagnostics
    }

    fn read(&self, edition: &'a Edition, guide: Option<&'a Guide>) -> Option<LintedFile<'a>> {
        if edition.converted_from.is_some() {
            // What is wrong with it is told where it comes from.
            return None;
        }
        let text = &*edition.text;
        let source: &'a str = self.sources.text(text.path.as_str())?;
        let prose = Prose::new(source, text);
        let mentions = self.spotter.find(source, &prose);
        let foreign = han::foreign(&text.language);
        let suspicious = suspicious::suspicious(source, foreign);
        Some(LintedFile {
            site: self.site,
            text,
            source,
            prose,
            mentions,
            foreign,
            suspicious,
            guide,
        })
    }

    fn page(&self, page: &LintedFile<'_>, found: &mut LintFindings) {
        let LintFindings { diagnostics, promotions } = found;
        let mentions = self.names.find(&page.prose, &page.mentions);
        companies::check(page, &self.names, &mentions, diagnostics);
        numbers::check(page, &mentions, diagnostics);
        identifiers::check(page, &self.avoided, diagnostics);
        han::check(page, diagnostics);
        headings::check(page, diagnostics);
        characters::check(page, &self.names, diagnostics);
        escapes::check(page, &self.names, diagnostics);
        hosts::check(page, diagnostics);
        links::check(page, &self.own_hosts, diagnostics);
        contacts::check(page, promotions, diagnostics);
        promotions::check(page, promotions, diagnostics);
    }
}
