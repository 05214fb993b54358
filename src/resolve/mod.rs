//! Puts the files together into a site: what belongs together, what goes where, and where links lead.
//!
//! # Content
//!
//! `docs/content.md` describes the format: every field of a guide, of the registry and of `site.yaml`. In
//! short: a section is a folder, a guide is a folder with no guide below it, and a file is named by its
//! language. The **original** of a guide is the file without `translation:`; it holds the facts. If there are
//! two such files, the one in the site's default language is used, and the other is a fault.
//!
//! **Words are found by id.** An item with an `id` (a step, a material, a question) takes its words from the
//! front matter of its file (`title`, `text`; in a translation `words.<id>`), or from the body's section with
//! that id, but never from both. A material or a field that names a `term` may take its title from the
//! glossary. `resolve/words.rs` makes an index for each file, from the id of an item or of a whole block
//! (`steps`, `faq`) to the section with its words, so that rendering only has to look them up. Words that a
//! translation lacks are shown in the original's language and marked as such (`ItemView.language`). A section
//! that belongs to no item is prose and stays in its place: before the first block, or after the block of the
//! item that it follows.
//!
//! **The registry** (`guides/operators/`, `guides/glossary.yaml`) is checked for consistency: successors have
//! to exist, mergers have to name one, and no chain of successors may lead back to where it began.
//!
//! **Every page exists in every language.** A guide that is not translated still has a page there: navigation
//! and a notice in the reader's language, the body in the original's, with its true `lang` and `dir`, a
//! `canonical` link to the original, and no `hreflang` claim. A page therefore has two locales
//! (`render/context.rs`). Words of the interface *inside* the content (a label in a step) are in the
//! content's language, because a screen reader would otherwise mispronounce them; words around it are in the
//! reader's. Links inside the content lead to pages in the reader's language. If the reader's own page lacks
//! the heading that such a link names, the link leads to the top of that page.
//!
//! # Addresses and links
//!
//! Every address is made in `resolve/routes.rs`: `/<tag in lower case>/<path>/`. Each segment is the folder's
//! `slug:` in that language if it has one, in NFC and percent-encoded. The addresses that writers type and
//! the names of their folders and files are read by a single type (`model/address.rs`), which decodes them
//! once and refuses control characters, characters that readers cannot see, and segments of more than 200
//! bytes. Files for hosts are made of nothing else. The names of the theme's files contain 32 bits of their
//! content's hash, so that a server may let them be cached for ever. Two outputs whose paths differ only in
//! case or Unicode form are a fault that names both files, because some disks take them for the same one. `/`
//! offers the languages, and works without JavaScript.
//!
//! `resolve/links.rs` finds out where each link of each file leads (`Target`): to a page, by relative path or
//! by id from the top, with or without the name of a file; to a heading of a page; to a file beside a guide;
//! or elsewhere. A link that leads nowhere is reported with the nearest thing that exists, written as the
//! writer would write it.

mod convert;
mod derive;
mod edit;
mod guides;
mod links;
mod moved;
mod navigation;
mod operators;
mod owner;
mod parts;
mod references;
mod routes;
mod taken;
mod words;

pub use routes::{image, smaller};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::guide::Facts;
use crate::model::id::{GuideId, Id, OperatorId};
use crate::model::site::{OwnerWords, Page, PageKey, Site};
use crate::model::source::SourcePath;
use crate::model::suggest::Suggester;
use crate::model::vocabulary::OwnSearch;
use crate::resolve::parts::{Diagnostics, LeftOut, Resolution};

pub use moved::{FixedLink, Relocation, written_pages};
pub use parts::{Drafts, Parts, Resolved};

/// The site made of `parts`. After an edit that affects only its own guide, only that guide is resolved
/// again.
pub fn site(parts: Parts, before: Option<&Resolved>) -> Resolved {
    let edited = before.and_then(|before| edit::site(&parts, before));
    edited.unwrap_or_else(|| whole(parts))
}

fn whole(parts: Parts) -> Resolved {
    let mut found = Resolution::default();
    let (mut config, mut registry) = (parts.config.clone(), parts.registry.clone());
    let ways = derive::ways(&config, &registry);
    derive::words(&ways, &mut config, &mut registry);
    let suggester = Suggester::default();
    operators::check(&registry, &suggester, &mut found.site);
    let asked = (parts.drafts, parts.today);
    let grouped = guides::group(&parts.translations, &config, asked, &mut found);
    let guides::Grouped { guides, unpublished, folders, left_out } = grouped;
    let mut site = Site {
        config,
        registry,
        guides,
        unpublished,
        folders,
        tags: BTreeMap::new(),
        operators: BTreeMap::new(),
        terms: BTreeMap::new(),
        owner: OwnerWords::default(),
        pages: Arc::default(),
        routes: Arc::default(),
        files: Arc::default(),
    };
    navigation::order(&mut site, &suggester, &mut found.site);
    let ids: Vec<GuideId> = site.guides.keys().cloned().collect();
    for id in &ids {
        words(&mut site, id, &ways, (&left_out, &suggester), &mut found);
    }
    for folder in site.folders.values_mut() {
        derive::pages(&ways, &mut folder.words);
    }
    gather(&mut site);
    let mut pages = pages(&site);
    let routes = routes::routes(&site, &pages, &parts, &mut found.addresses);
    pages.extend((0..routes.redirects.len()).map(Page::Redirect));
    (site.pages, site.routes) = (pages.into(), Arc::new(routes));
    site.files = site.files_of();
    let known = Known {
        left_out: &left_out,
        refused: &parts.refused.iter().cloned().collect(),
        suggester: &suggester,
    };
    for id in &ids {
        links(&mut site, id, &known, &mut found);
    }
    let mut finder = known.finder(&site, &mut found.site);
    let targets: Vec<_> =
        site.folders.values().map(|folder| finder.targets(&folder.words)).collect();
    let owner = owner::words(&ways, &mut finder);
    site.owner = owner;
    for (folder, targets) in site.folders.values_mut().zip(targets) {
        links::put(targets, &mut folder.words);
    }
    Resolved {
        site,
        parts,
        left_out: Arc::new(left_out),
        ways: ways.into(),
        found,
        common: Arc::default(),
    }
}

/// Finds the words of a guide's items and what its facts refer to, and fills in what can be converted.
fn words(
    site: &mut Site,
    id: &GuideId,
    ways: &[derive::Conversion],
    (left_out, suggester): (&LeftOut, &Suggester),
    found: &mut Resolution,
) {
    let mut diagnostics = Vec::new();
    if let Some(guide) = site.guides.get_mut(id).map(Arc::make_mut) {
        words::find(guide, &mut diagnostics);
    }
    if let Some(guide) = site.guides.get(id) {
        references::check(guide, site, (left_out, suggester), &mut diagnostics);
    }
    if let Some(guide) = site.guides.get_mut(id).map(Arc::make_mut) {
        derive::pages(ways, &mut guide.translations);
    }
    found.of_guide(id, diagnostics);
}

/// What the links of every guide are checked against, apart from the site.
struct Known<'a> {
    left_out: &'a LeftOut,
    refused: &'a BTreeSet<SourcePath>,
    suggester: &'a Suggester,
}

impl Known<'_> {
    fn finder<'a>(&'a self, site: &'a Site, diagnostics: &'a mut Diagnostics) -> links::Finder<'a> {
        let Known { left_out, refused, suggester } = *self;
        links::Finder { site, left_out, refused, suggester, diagnostics }
    }
}

/// Finds where a guide's links lead.
fn links(site: &mut Site, id: &GuideId, known: &Known<'_>, found: &mut Resolution) {
    let mut diagnostics = Vec::new();
    let mut finder = known.finder(site, &mut diagnostics);
    let targets = site.guides.get(id).map(|guide| finder.targets(&guide.translations));
    if let Some((guide, targets)) = site.guides.get_mut(id).map(Arc::make_mut).zip(targets) {
        links::put(targets, &mut guide.translations);
        if let Some(edition) = guide.translations.get(&guide.original.text.language) {
            guide.original.targets.clone_from(&edition.targets);
        }
    }
    found.of_guide(id, diagnostics);
}

/// Collects guides by tag, by operator and by term, each list in the order of the ids.
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
        for term in terms_in(facts) {
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

fn terms_in(facts: &Facts) -> impl Iterator<Item = &Id> {
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
    keys.push(PageKey::Index);
    if site.config.search == OwnSearch::On {
        keys.push(PageKey::Search);
    }
    if site.config.languages.len() > 1 && !site.guides.is_empty() {
        keys.push(PageKey::Translations);
    }
    keys.push(PageKey::NotFound);
    let languages = 0..site.config.languages.len();
    let of = |key: PageKey| {
        let own = languages.clone().filter(|index| !site.is_hidden(&key, site.language(*index)));
        own.map(|language| Page::Of { key: key.clone(), language }).collect::<Vec<_>>()
    };
    [Page::Chooser, Page::NotFound].into_iter().chain(keys.into_iter().flat_map(of)).collect()
}
