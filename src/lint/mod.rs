//! Checks what is well formed: facts against the registry, texts, links to other sites.
//!
//! `lint/` sees the resolved site and the source text of each file, and never reads Markdown or YAML again:
//! parsing has recorded which parts of a file are words, code, addresses, headings or rows, as its
//! **regions** (`model/region.rs`). From these, `lint/prose.rs` makes two copies of a text that are as long
//! as the source, so that every position in them is a position in the source. One is without code (what can
//! be a link), and one has only the words (everything else is blank). Nothing here may take more than linear
//! time, so whatever is searched again for every match, such as a sentence or an address, is cut at 2000
//! bytes.
//!
//! `lint/mentions.rs` finds every name that a lint asks for, and `lint/suspicious.rs` every character. The
//! lints look only at the places that these have found, and a text is cut into sentences only there. What is
//! found in a guide depends on its files, the settings, the registry and the day, but not on any other guide.
//!
//! `lint/settings.rs` comes last. It applies what the site (`lints:`) and the guides (`cicerone allow …`,
//! read when a file is parsed) say about single lints to everything that was found. The findings of a guide
//! can therefore be kept from one run to the next, whatever is set. A finding that only depends on the date
//! is a note, and stops nothing.
//!
//! Whether a sentence says that a number is a hotline, that a name is an old one, that something is *not* so, is told by
//! the words of `lint/languages/`, a file a language, which `lint/phrases.rs` reads. A language without a file is judged by all
//! of them: less, not wrongly, as a finding needs a cue and no denial. A doubtful case is no finding, and our own guides, which
//! speak of wrong hotlines, old names and the IMEI, must stay without one. Simplified and Traditional characters are told
//! apart by what GB 2312 and Big5 can write (`lint/han.txt`).

mod avoided;
mod characters;
mod companies;
mod contacts;
mod escapes;
mod facts;
mod file;
mod han;
mod headings;
mod homographs;
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
mod script;
mod sentences;
mod settings;
mod suspicious;
mod trade;
mod translations;

pub use crate::lint::settings::apply;

use serde::{Deserialize, Serialize};

use crate::lint::avoided::Avoided;
use crate::lint::file::LintedFile;
use crate::lint::links::OwnHosts;
use crate::lint::mentions::MentionFinder;
use crate::lint::names::RegistryNames;
use crate::lint::promotions::Promotion;
use crate::lint::prose::Prose;
use crate::model::date::Date;
use crate::model::diagnostic::Diagnostic;
use crate::model::site::{Edition, Guide, SectionFolder, Site};
use crate::model::source::Sources;

/// What the lints need to know about the whole site, collected once.
#[derive(Debug)]
pub struct Linter<'a> {
    site: &'a Site,
    sources: &'a Sources,
    /// The day that reviews are compared with.
    today: Date,
    names: RegistryNames<'a>,
    avoided: Vec<Avoided<'a>>,
    own_hosts: OwnHosts,
    mention_finder: MentionFinder,
}

/// What was found in one guide or section.
#[derive(Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LintFindings {
    pub diagnostics: Vec<Diagnostic>,
    /// What its pages advertise, to be compared with other guides.
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

impl<'a> Linter<'a> {
    pub fn new(site: &'a Site, sources: &'a Sources, today: Date) -> Linter<'a> {
        let names = RegistryNames::new(&site.registry);
        let avoided = avoided::avoided(&site.registry);
        let mention_finder = MentionFinder::new(&names, &avoided, &site.registry);
        let own_hosts = links::own_hosts(site);
        Linter { site, sources, today, names, avoided, own_hosts, mention_finder }
    }

    /// Checks what depends on the date in a guide.
    pub fn due(&self, guide: &Guide) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        facts::due(guide, self.site, self.today, &mut diagnostics);
        diagnostics
    }

    /// Checks a guide in all its languages. The findings depend on its files, the settings and the registry,
    /// but not on any other guide or the date.
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

    /// Checks the words of a section or of the home page.
    pub fn folder(&self, folder: &'a SectionFolder) -> LintFindings {
        let mut found = LintFindings::default();
        for page in folder.words.values().filter_map(|edition| self.read(edition, None)) {
            self.page(&page, &mut found);
        }
        found
    }

    /// Checks what needs the whole site: the registry, and what several guides advertise.
    pub fn site<'f>(&self, found: impl Iterator<Item = &'f LintFindings>) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        facts::registry(&self.site.registry, self.today, &mut diagnostics);
        homographs::site(self.site, &mut diagnostics);
        facts::banner(self.site, self.today, &mut diagnostics);
        promotions::repeated(found.map(|found| &*found.promotions), &mut diagnostics);
        diagnostics
    }

    fn read(&self, edition: &'a Edition, guide: Option<&'a Guide>) -> Option<LintedFile<'a>> {
        if edition.converted_from.is_some() {
            // Its faults are reported for the text that it is converted from.
            return None;
        }
        let text = &*edition.text;
        let source: &'a str = self.sources.text(text.path.as_str())?;
        let prose = Prose::new(source, text);
        let mentions = self.mention_finder.find(source, &prose);
        let foreign = script::foreign(&text.language);
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
        homographs::check(page, diagnostics);
        links::check(page, &self.own_hosts, diagnostics);
        contacts::check(page, promotions, diagnostics);
        promotions::check(page, promotions, diagnostics);
    }
}
