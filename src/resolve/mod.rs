//! Puts the files together into a site: what belongs to what, what stands where, what leads where.

mod convert;
mod derive;
mod guides;
mod links;
mod navigation;
mod operators;
mod references;
mod routes;
mod words;

pub use routes::image;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::diagnostic::{Diagnostic, Outcome};
use crate::model::guide::Translation;
use crate::model::id::{GuideId, Id, OperatorId};
use crate::model::operator::Registry;
use crate::model::site::{Guide, Page, PageKey, Site};
use crate::model::source::SourcePath;

/// Whether guides marked `draft: true` are part of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    Included,
    LeftOut,
}

/// What a site is made of.
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    pub config: &'a Arc<Config>,
    pub registry: &'a Arc<Registry>,
    pub translations: Vec<Arc<Translation>>,
    /// Files beside guides, and the theme's files by name and fingerprint.
    pub files: &'a [SourcePath],
    pub assets: &'a [(String, String)],
    /// Files beside guides that are not published.
    pub refused: &'a [SourcePath],
    pub drafts: Drafts,
}

pub fn site(parts: Parts<'_>) -> Outcome<Site> {
    let Parts { config, registry, translations, files, assets, refused, drafts } = parts;
    let mut diagnostics = Vec::new();
    let (mut config, mut registry) = (config.clone(), registry.clone());
    let ways = derive::ways(&config, &registry);
    derive::words(&ways, &mut config, &mut registry);
    operators::check(&registry, &mut diagnostics);
    let grouped = guides::group(translations, &config, drafts, &mut diagnostics);
    let mut site = Site {
        config: config.clone(),
        registry: registry.clone(),
        guides: grouped.guides,
        folders: grouped.folders,
        tags: BTreeMap::new(),
        operators: BTreeMap::new(),
        terms: BTreeMap::new(),
        pages: Vec::new(),
        routes: Default::default(),
    };
    navigation::order(&mut site, &mut diagnostics);
    for guide in site.guides.values_mut() {
        words::find(guide, &mut diagnostics);
    }
    for guide in site.guides.values() {
        references::check(guide, &site, &grouped.drafts, &mut diagnostics);
    }
    gather(&mut site);
    site.pages = pages(&site);
    site.routes = routes::routes(&site, files, assets, &mut diagnostics);
    site.pages.extend((0..site.routes.redirects.len()).map(Page::Redirect));
    links::resolve(&mut site, &grouped.drafts, refused, &mut diagnostics);
    derive::pages(&ways, &mut site);
    Outcome::new(site, diagnostics)
}

/// Guides by tag, by operator and by term, each list in the order of the ids.
fn gather(site: &mut Site) {
    let mut tags: BTreeMap<Id, Vec<GuideId>> = BTreeMap::new();
    let mut operators: BTreeMap<OperatorId, Vec<GuideId>> = BTreeMap::new();
    let mut terms: BTreeMap<Id, Vec<GuideId>> = BTreeMap::new();
    for guide in site.guides.values() {
        let facts = guide.facts();
        for tag in &facts.tags {
            push(tags.entry(tag.value.clone()).or_default(), &guide.id);
        }
        for operator in &facts.operators {
            if site.registry.operators.contains_key(&operator.value) {
                push(operators.entry(operator.value.clone()).or_default(), &guide.id);
            }
        }
        for term in terms_of(guide) {
            push(terms.entry(term.clone()).or_default(), &guide.id);
        }
    }
    (site.tags, site.operators, site.terms) = (tags, operators, terms);
}

fn push(list: &mut Vec<GuideId>, id: &GuideId) {
    if list.last() != Some(id) {
        list.push(id.clone());
    }
}

fn terms_of(guide: &Guide) -> impl Iterator<Item = &Id> {
    let facts = guide.facts();
    let materials = facts.materials.iter().filter_map(|material| material.term.as_ref());
    let fields = facts.all_steps().into_iter().flat_map(|step| &step.fields);
    materials.chain(fields.filter_map(|field| field.term.as_ref())).map(|term| &term.value)
}

fn pages(site: &Site) -> Vec<Page> {
    let mut keys = vec![PageKey::Home];
    let folders = site.folders.keys().filter(|id| !id.as_str().is_empty());
    keys.extend(folders.cloned().map(PageKey::Folder));
    keys.extend(site.guides.keys().cloned().map(PageKey::Guide));
    if !site.registry.operators.is_empty() {
        keys.push(PageKey::Operators);
        keys.extend(site.registry.operators.keys().cloned().map(PageKey::Operator));
    }
    if !site.tags.is_empty() {
        keys.push(PageKey::Tags);
        keys.extend(site.tags.keys().cloned().map(PageKey::Tag));
    }
    if !site.registry.terms.is_empty() {
        keys.push(PageKey::Glossary);
    }
    keys.extend([PageKey::Index, PageKey::Search]);
    if site.config.languages.len() > 1 && !site.guides.is_empty() {
        keys.push(PageKey::Translations);
    }
    keys.push(PageKey::NotFound);
    let languages = 0..site.config.languages.len();
    let of = |key: PageKey| {
        languages.clone().map(move |language| Page::Of { key: key.clone(), language })
    };
    [Page::Chooser, Page::NotFound].into_iter().chain(keys.into_iter().flat_map(of)).collect()
}

type Diagnostics = Vec<Diagnostic>;
