//! Views of the pages that list things: home, sections, operators, terms.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::foreign;
use crate::model::id::GuideId;
use crate::model::markup::escape;
use crate::model::site::PageKey;
use crate::render::context::{Locale, RenderContext, among, local};
use crate::render::dial::link_numbers;
use crate::render::index;
use crate::render::list_view::IndexEntryView;
use crate::render::list_view::{
    CountryView, GuideGroupView, HomeView, OperatorCountryView, RegulatorView, SectionLinkView,
    SectionView, TermView,
};
use crate::render::pictures::{link_pictures, offer_smaller};
use crate::render::registry;
use crate::render::templates::{Shared, TemplateFaults};
use crate::render::term_links::linked_text;
use crate::render::view::LinkView;

pub fn home(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    faults: &mut TemplateFaults,
) -> HomeView {
    let Some(id) = GuideId::parse("") else { unreachable!("the home page has an id") };
    let section = section(context, locale, &id, faults);
    HomeView {
        summary: section.summary,
        body_html: section.body_html,
        sections: section.sections,
        guides: section.guides,
        groups: section.groups,
    }
}

/// A section with more guides shows them by their first letters, each group folded (guides).
const MANY: usize = 60;

pub fn section(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    id: &GuideId,
    _faults: &mut TemplateFaults,
) -> SectionView {
    let folder = context.site.folders.get(id);
    let text = context.folder_text(id, locale.language);
    let summary = text.and_then(|edition| edition.text.summary.as_deref()).unwrap_or_default();
    SectionView {
        summary: summary.to_owned(),
        body_html: body(context, locale, id).into(),
        sections: folder
            .iter()
            .flat_map(|folder| &folder.folders)
            .map(|id| section_link(context, locale, id))
            .collect(),
        guides: context.guide_links(folder.map_or(&[][..], |folder| &folder.guides), locale),
        groups: lettered(context, locale, folder.map_or(&[][..], |folder| &folder.guides)),
        country: folder
            .and_then(|folder| folder.country.as_ref())
            .and_then(|code| country(context, locale, code)),
    }
}

/// Many guides by their first letters; none where they are few enough for one list.
pub fn lettered(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    ids: &[GuideId],
) -> Vec<GuideGroupView> {
    if ids.len() <= MANY {
        return Vec::new();
    }
    let mut known: BTreeMap<String, &GuideId> = BTreeMap::new();
    let entries = ids.iter().filter_map(|id| {
        let LinkView { title, url } = context.guide_title(id, locale)?;
        known.insert(url.clone(), id);
        Some(IndexEntryView { title, url, see: String::new(), language: None })
    });
    let groups = index::grouped(entries.collect(), locale).into_iter();
    groups
        .map(|group| {
            let ids = group.entries.iter().filter_map(|entry| known.get(&entry.url).copied());
            GuideGroupView {
                label: group.label,
                anchor: group.anchor,
                count: locale.words.count("guides_count", group.entries.len() as u64),
                guides: context.guide_links(ids, locale),
            }
        })
        .collect()
}

/// The text of a section's page: its sections are all prose.
fn body(context: &RenderContext<'_>, locale: &Locale<'_>, id: &GuideId) -> String {
    let Some(edition) = context.folder_text(id, locale.language) else { return String::new() };
    let locale = &context.content_locale(locale, &edition.text.language);
    let country = context.site.folders.get(id).and_then(|folder| folder.country.as_ref());
    let mut html = context.fill(&edition.text.body.lead, edition, locale);
    for section in &edition.text.body.sections {
        let level = section.level;
        html.push_str(&format!(
            "\n<h{level} id=\"{}\">{}</h{level}>\n",
            escape(&section.anchor),
            section.title.html
        ));
        html.push_str(&context.fill(&section.text, edition, locale));
    }
    link_numbers(context, country, &mut html, 0);
    let notes = &edition.text.body.footnotes;
    if !notes.is_empty() {
        let list = context.fill(notes, edition, locale);
        html.push_str(&format!("\n<section class=\"footnotes\">\n<ol>\n{list}\n</ol>\n</section>"));
    }
    let html = link_pictures(&html).unwrap_or(html);
    let html = offer_smaller(&html, &context.site.routes).unwrap_or(html);
    let tag = edition.text.language.tag();
    linked_text(context, &html, tag, locale, &mut BTreeSet::new()).unwrap_or(html)
}

fn section_link(context: &RenderContext<'_>, locale: &Locale<'_>, id: &GuideId) -> SectionLinkView {
    let folder = context.site.folders.get(id);
    let guides = folder.map_or(&[][..], |folder| &folder.guides);
    let text = context.folder_text(id, locale.language);
    let summary = text.and_then(|edition| {
        let summary = edition.text.summary.as_deref()?;
        Some(among(locale.language, &edition.text.language, summary))
    });
    SectionLinkView {
        title: context.folder_name(id, locale.language),
        url: context.url(&PageKey::Folder(id.clone()), locale.index).to_owned(),
        summary: summary.unwrap_or_default(),
        count: locale.words.count("guides_count", below(context, id) as u64),
        emergency: context
            .site
            .folders
            .get(id)
            .and_then(|folder| context.site.registry.countries.get(folder.country.as_ref()?))
            .and_then(|country| registry::emergency(locale, country).into_iter().next()),
        // Of more its own page has the list.
        guides: match guides.len() {
            0..=MANY => context.guide_links(guides, locale),
            _ => Vec::new(),
        },
    }
}

/// How many guides a section has, at any depth.
fn below(context: &RenderContext<'_>, id: &GuideId) -> usize {
    let Some(folder) = context.site.folders.get(id) else { return 0 };
    folder.guides.len() + folder.folders.iter().map(|id| below(context, id)).sum::<usize>()
}

fn country(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    code: &crate::model::id::CountryCode,
) -> Option<CountryView> {
    let country = context.site.registry.countries.get(code)?;
    Some(CountryView {
        name: local(&country.name, locale.language),
        emergency: registry::emergency(locale, country),
        operators: registry::operators_of(context, locale, code.as_str()),
        regulator: country.regulator.as_ref().map(|regulator| RegulatorView {
            name: local(&regulator.name, locale.language),
            website: regulator
                .website
                .as_ref()
                .map_or_else(String::new, |website| website.value.to_string()),
            channels: regulator
                .channels
                .iter()
                .map(|one| Shared::new(&registry::channel(context, locale, one)))
                .collect(),
        }),
    })
}

pub fn operators(context: &RenderContext<'_>, locale: &Locale<'_>) -> Vec<OperatorCountryView> {
    let countries = context.site.registry.countries.values();
    countries
        .map(|country| OperatorCountryView {
            name: local(&country.name, locale.language),
            anchor: country.code.to_string(),
            operators: registry::operators_of(context, locale, country.code.as_str()),
            emergency: Vec::new(),
        })
        .filter(|country| !country.operators.is_empty())
        .collect()
}

/// The emergency numbers of each country, for those who search and find nothing.
pub fn emergencies(context: &RenderContext<'_>, locale: &Locale<'_>) -> Vec<OperatorCountryView> {
    let countries = context.site.registry.countries.values();
    countries
        .map(|country| OperatorCountryView {
            name: local(&country.name, locale.language),
            anchor: country.code.to_string(),
            operators: Vec::new(),
            emergency: registry::emergency(locale, country),
        })
        .filter(|country| !country.emergency.is_empty())
        .collect()
}

pub fn terms(context: &RenderContext<'_>, locale: &Locale<'_>) -> Vec<TermView> {
    let language = locale.language;
    let texts = |lists: &BTreeMap<_, Vec<std::sync::Arc<str>>>| {
        lists.get(language).into_iter().flatten().map(|text| text.to_string()).collect()
    };
    let view = |term: &crate::model::operator::Term| TermView {
        id: term.id.to_string(),
        term: local(&term.term, language),
        text: local(&term.text, language),
        aliases: texts(&term.aliases),
        avoid: texts(&term.avoid),
        guides: context
            .guide_links(context.site.terms.get(&term.id).map_or(&[][..], Vec::as_slice), locale),
    };
    let mut terms: Vec<TermView> = context.site.registry.terms.values().map(view).collect();
    let order = index::Order::new(language);
    terms.sort_by(|a, b| order.compare(&foreign::plain(&a.term), &foreign::plain(&b.term)));
    terms
}
