//! Views of the pages that list things: home, sections, operators, terms.

use crate::model::id::GuideId;
use crate::model::markup::escape;
use crate::model::site::PageKey;
use crate::render::dial::link_numbers;
use crate::render::prose::Faults;
use crate::render::registry;
use crate::render::scene::{Scene, Tongue};
use crate::render::templates::Shared;
use crate::render::view::{
    CountryView, HomeView, OperatorCountryView, RegulatorView, SectionLinkView, SectionView,
    TermView,
};

pub fn home(scene: &Scene<'_>, tongue: &Tongue<'_>, faults: &mut Faults) -> HomeView {
    let Some(id) = GuideId::parse("") else { unreachable!("the home page has an id") };
    let section = section(scene, tongue, &id, faults);
    HomeView {
        summary: section.summary,
        body_html: section.body_html,
        sections: section.sections,
        guides: section.guides,
    }
}

pub fn section(
    scene: &Scene<'_>,
    tongue: &Tongue<'_>,
    id: &GuideId,
    _faults: &mut Faults,
) -> SectionView {
    let folder = scene.site.folders.get(id);
    let text = scene.folder_text(id, tongue.language);
    let summary = text.and_then(|edition| edition.text.summary.as_deref()).unwrap_or_default();
    SectionView {
        summary: summary.to_owned(),
        body_html: body(scene, tongue, id).into(),
        sections: folder
            .iter()
            .flat_map(|folder| &folder.folders)
            .map(|id| section_link(scene, tongue, id))
            .collect(),
        guides: scene.guide_links(folder.map_or(&[][..], |folder| &folder.guides), tongue),
        country: folder
            .and_then(|folder| folder.country.as_ref())
            .and_then(|code| country(scene, tongue, code)),
    }
}

/// The text of a section's page: its sections are all prose.
fn body(scene: &Scene<'_>, tongue: &Tongue<'_>, id: &GuideId) -> String {
    let Some(edition) = scene.folder_text(id, tongue.language) else { return String::new() };
    let country = scene.site.folders.get(id).and_then(|folder| folder.country.as_ref());
    let mut html = scene.fill(&edition.text.body.lead, edition, tongue);
    for section in &edition.text.body.sections {
        let level = section.level;
        html.push_str(&format!(
            "\n<h{level} id=\"{}\">{}</h{level}>\n",
            escape(&section.anchor),
            section.title.html
        ));
        html.push_str(&scene.fill(&section.text, edition, tongue));
    }
    link_numbers(scene, country, &mut html, 0);
    let notes = &edition.text.body.footnotes;
    if !notes.is_empty() {
        let list = scene.fill(notes, edition, tongue);
        html.push_str(&format!("\n<section class=\"footnotes\">\n<ol>\n{list}\n</ol>\n</section>"));
    }
    html
}

fn section_link(scene: &Scene<'_>, tongue: &Tongue<'_>, id: &GuideId) -> SectionLinkView {
    let folder = scene.site.folders.get(id);
    let guides = folder.map_or(&[][..], |folder| &folder.guides);
    let text = scene.folder_text(id, tongue.language);
    let summary = text.and_then(|edition| edition.text.summary.as_deref()).unwrap_or_default();
    SectionLinkView {
        title: scene.folder_title(id, tongue.language),
        url: scene.url(&PageKey::Folder(id.clone()), tongue.index).to_owned(),
        summary: summary.to_owned(),
        count: tongue.words.count("guides_count", below(scene, id) as u64),
        guides: scene.guide_links(guides, tongue),
    }
}

/// How many guides a section has, at any depth.
fn below(scene: &Scene<'_>, id: &GuideId) -> usize {
    let Some(folder) = scene.site.folders.get(id) else { return 0 };
    folder.guides.len() + folder.folders.iter().map(|id| below(scene, id)).sum::<usize>()
}

fn country(
    scene: &Scene<'_>,
    tongue: &Tongue<'_>,
    code: &crate::model::id::CountryCode,
) -> Option<CountryView> {
    let country = scene.site.registry.countries.get(code)?;
    Some(CountryView {
        name: country.name.get(tongue.language).to_owned(),
        emergency: registry::emergency(tongue, country),
        operators: registry::operators_of(scene, tongue, code.as_str()),
        regulator: country.regulator.as_ref().map(|regulator| RegulatorView {
            name: regulator.name.get(tongue.language).to_owned(),
            website: regulator
                .website
                .as_ref()
                .map_or_else(String::new, |website| website.value.to_string()),
            channels: regulator
                .channels
                .iter()
                .map(|one| Shared::new(&registry::channel(scene, tongue, one)))
                .collect(),
        }),
    })
}

pub fn operators(scene: &Scene<'_>, tongue: &Tongue<'_>) -> Vec<OperatorCountryView> {
    let countries = scene.site.registry.countries.values();
    countries
        .map(|country| OperatorCountryView {
            name: country.name.get(tongue.language).to_owned(),
            anchor: country.code.to_string(),
            operators: registry::operators_of(scene, tongue, country.code.as_str()),
        })
        .filter(|country| !country.operators.is_empty())
        .collect()
}

pub fn terms(scene: &Scene<'_>, tongue: &Tongue<'_>) -> Vec<TermView> {
    let language = tongue.language;
    let texts = |lists: &std::collections::BTreeMap<_, Vec<std::sync::Arc<str>>>| {
        lists.get(language).into_iter().flatten().map(|text| text.to_string()).collect()
    };
    let view = |term: &crate::model::operator::Term| TermView {
        id: term.id.to_string(),
        term: term.term.get(language).to_owned(),
        text: term.text.get(language).to_owned(),
        aliases: texts(&term.aliases),
        avoid: texts(&term.avoid),
        guides: scene
            .guide_links(scene.site.terms.get(&term.id).map_or(&[][..], Vec::as_slice), tongue),
    };
    let mut terms: Vec<TermView> = scene.site.registry.terms.values().map(view).collect();
    let order = crate::render::index::Order::new(language);
    terms.sort_by(|a, b| order.compare(&a.term, &b.term));
    terms
}
