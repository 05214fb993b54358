//! Applies what a site and its guides say about single lints to the findings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::model::diagnostic::{Code, Diagnostic, Severity};
use crate::model::globs::Globs;
use crate::model::guide::Translation;
use crate::model::site::{Edition, Site};
use crate::model::source::SourcePath;
use crate::model::span::Place;
use crate::model::vocabulary::{LintLevel, SourceRule};

/// The findings that remain under the site's settings, and reports of lines that no longer allow anything.
pub fn apply(found: Vec<Diagnostic>, site: &Site) -> Vec<Diagnostic> {
    let settings = Settings::new(site);
    let texts: BTreeMap<&SourcePath, &Translation> =
        texts(site).filter(|text| !text.allows.is_empty()).map(|text| (&text.path, text)).collect();
    let mut used: BTreeSet<(&SourcePath, usize)> = BTreeSet::new();
    let mut left = Vec::with_capacity(found.len());
    for fault in found {
        let text = fault.place.as_ref().and_then(|place| texts.get(&place.path)).copied();
        let allowing = text.and_then(|text| Some((&text.path, allowing(text, &fault)?)));
        if let Some(allowing) = allowing {
            used.insert(allowing);
        } else {
            left.extend(settings.judged(fault));
        }
    }
    for text in texts.values() {
        let allows = text.allows.iter().enumerate();
        for (_, allow) in allows.filter(|(index, _)| !used.contains(&(&text.path, *index))) {
            let message = format!("there is no `{}` here any more", allow.code.as_str());
            let fault = Diagnostic::new(Code::UnusedAllow, message).at(&text.path, allow.span);
            left.extend(settings.judged(fault.hint("take the line out")));
        }
    }
    left
}

/// Every text that the lints check.
fn texts(site: &Site) -> impl Iterator<Item = &Translation> {
    let guides = site.guides.values().flat_map(|guide| guide.translations.values());
    let folders = site.folders.values().flat_map(|folder| folder.words.values());
    let written = |edition: &&Edition| edition.converted_from.is_none();
    guides.chain(folders).filter(written).map(|edition| &*edition.text)
}

/// The index of the line that allows this finding.
fn allowing(text: &Translation, fault: &Diagnostic) -> Option<usize> {
    let Place { span, .. } = fault.place.as_ref()?;
    text.allows.iter().position(|allow| {
        allow.code == fault.code && allow.reach.range().contains(&(span.start as usize))
    })
}

struct Settings<'a> {
    site: &'a Site,
    /// The files in which a lint reports nothing.
    except: BTreeMap<Code, Globs>,
    /// Whether there are facts that a text can be compared with.
    registered: bool,
}

impl<'a> Settings<'a> {
    fn new(site: &'a Site) -> Settings<'a> {
        let rules = site.config.lints.iter().filter(|(_, rule)| !rule.except.is_empty());
        let except = rules.map(|(code, rule)| (*code, Globs::new(&rule.except).0)).collect();
        let registry = &site.registry;
        let registered = !registry.operators.is_empty()
            || !registry.countries.is_empty()
            || site.config.sources == SourceRule::Required;
        Settings { site, except, registered }
    }

    /// The finding with the severity that the site wants; `None` if the site does not want it.
    fn judged(&self, mut fault: Diagnostic) -> Option<Diagnostic> {
        if !fault.code.is_lint() {
            return Some(fault);
        }
        let path = fault.place.as_ref().map_or("", |place| place.path.as_str());
        let path = Path::new(path.strip_prefix("guides/").unwrap_or(path));
        if self.except.get(&fault.code).is_some_and(|globs| globs.matches(path)) {
            return None;
        }
        let level = self.site.config.lints.get(&fault.code).and_then(|rule| rule.level);
        match level {
            Some(LintLevel::Off) => return None,
            Some(LintLevel::Warning) => fault.severity = Severity::Warning,
            Some(LintLevel::Error) => fault.severity = Severity::Error,
            None if needs_registry(fault.code) && !self.registered => return None,
            None => {}
        }
        Some(fault)
    }
}

/// Whether a lint is about companies and their numbers. It has nothing to say on a site without a registry
/// and without required sources.
fn needs_registry(code: Code) -> bool {
    matches!(
        code,
        Code::WrongNumber
            | Code::EmergencyNumber
            | Code::UnknownCompany
            | Code::FormerName
            | Code::SameCompanyTwice
            | Code::MisusedIdentifier
            | Code::ContactHandle
            | Code::PromotionalLink
            | Code::RepeatedPromotion
    )
}
