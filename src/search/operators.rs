//! Operators, countries and terms as subjects of the search.

use crate::model::id::{GuideId, Id, OperatorId};
use crate::model::language::Language;
use crate::model::operator::{Channel, Operator};
use crate::model::site::{PageKey, Site};
use crate::model::vocabulary::ChannelKind;
use crate::search::languages::Group;
use crate::search::sections::{country_names, push};
use crate::search::subjects::{PARTS, Rendition, Subject, SubjectPart};

/// Every name by which an operator is or was known, including those of the operators that it took over.
pub fn all_names(site: &Site, operator: &Operator, language: &Language) -> Vec<String> {
    let mut names = own_names(operator, language);
    for id in &operator.absorbed {
        let absorbed = site.registry.operators.get(&id.value);
        names.extend(absorbed.into_iter().flat_map(|operator| own_names(operator, language)));
    }
    names
}

fn own_names(operator: &Operator, language: &Language) -> Vec<String> {
    let mut names =
        vec![operator.name.get(language).to_owned(), operator.short_name.get(language).to_owned()];
    names.extend(operator.aliases.iter().map(|alias| alias.to_string()));
    names.extend(operator.former_names.iter().map(|former| former.name.to_string()));
    names.retain(|name| !name.is_empty());
    names
}

pub fn operator(site: &Site, group: &Group, id: &OperatorId) -> Option<Subject> {
    let operator = site.registry.operators.get(id)?;
    let renditions = renditions(site, group, &PageKey::Operator(id.clone()), |language| {
        let name = operator.name.get(language).to_owned();
        let mut part = SubjectPart {
            heading: name.clone(),
            names: all_names(site, operator, language),
            summary: operator.note.get(language).to_owned(),
            ..SubjectPart::default()
        };
        let country = site.registry.countries.get(id.country());
        part.labels.extend(country.into_iter().flat_map(|one| country_names(one, language)));
        fill_channels(&mut part, &operator.channels, language);
        // Readers who ask for an operator and its customer care want the operator's page.
        part.facts.append(&mut part.about);
        if !phone(&operator.channels).is_empty() {
            part.synonyms.clone_from(&group.calls);
        }
        for network in &operator.networks {
            push(&mut part.text, network);
        }
        (name, vec![part])
    });
    Some(Subject {
        renditions,
        kind: "operator",
        operators: vec![id.to_string()],
        country: id.country().to_owned(),
        tags: Vec::new(),
        call: phone(&operator.channels),
    })
}

/// The first telephone number among them.
fn phone(channels: &[Channel]) -> String {
    let mut phones = channels.iter().filter(|channel| channel.kind == ChannelKind::Phone);
    let value = phones.find_map(|channel| channel.value.as_ref());
    value.map_or_else(String::new, |value| value.value.to_string())
}

fn fill_channels(part: &mut SubjectPart, channels: &[Channel], language: &Language) {
    for channel in channels {
        part.about.push(channel.name.get(language).to_owned());
        push(&mut part.text, channel.note.get(language));
        if let Some(value) = &channel.value {
            part.facts.push(value.value.to_string());
        }
    }
}

/// A section of the site; the section of a country has the country's name, numbers and regulator.
pub fn folder(site: &Site, group: &Group, id: &GuideId) -> Option<Subject> {
    let folder = site.folders.get(id)?;
    let country = folder.country.as_ref().and_then(|code| site.registry.countries.get(code));
    let key = PageKey::Folder(id.clone());
    let rendition = |index: &usize| {
        let language = site.language(*index);
        let text = &folder.words.get(language)?.text;
        let title = text.title.value.to_string();
        let mut part = SubjectPart {
            heading: title.clone(),
            summary: text.summary.as_deref().unwrap_or_default().to_owned(),
            text: text.body.lead.text(),
            ..SubjectPart::default()
        };
        if let Some(country) = country {
            part.names.extend(country_names(country, language));
            for number in &country.emergency {
                push(&mut part.text, &number.value.value);
                push(&mut part.text, number.name.get(language));
            }
            if !country.emergency.is_empty() {
                part.synonyms.clone_from(&group.calls);
            }
            if let Some(regulator) = &country.regulator {
                part.about.push(regulator.name.get(language).to_owned());
                fill_channels(&mut part, &regulator.channels, language);
            }
        }
        let mut parts = vec![part];
        parts.extend(text.body.sections.iter().map(|section| SubjectPart {
            anchor: section.anchor.to_string(),
            heading: section.title.plain.to_string(),
            text: section.text.text(),
            ..SubjectPart::default()
        }));
        let url = site.routes.page(&key, *index).to_owned();
        Some(Rendition { language: *index, title, url, parts })
    };
    Some(Subject {
        renditions: group.languages.iter().filter_map(rendition).collect(),
        kind: "section",
        country: folder.country.as_ref().map_or_else(String::new, |code| code.to_string()),
        ..Subject::default()
    })
}

/// The terms from `first` on, each a part of the glossary's page.
pub fn glossary(site: &Site, group: &Group, first: &Id) -> Option<Subject> {
    let renditions = renditions(site, group, &PageKey::Glossary, |language| {
        let terms = site.registry.terms.range(first.clone()..).take(PARTS - 1);
        let part = |(id, term): (&Id, &crate::model::operator::Term)| {
            let aliases = term.aliases.get(language).into_iter().flatten();
            SubjectPart {
                anchor: id.to_string(),
                heading: term.term.get(language).to_owned(),
                text: term.text.get(language).to_owned(),
                about: aliases.map(|alias| alias.to_string()).collect(),
                ..SubjectPart::default()
            }
        };
        (String::new(), std::iter::once(SubjectPart::default()).chain(terms.map(part)).collect())
    });
    Some(Subject { renditions, kind: "glossary", ..Subject::default() })
}

fn renditions(
    site: &Site,
    group: &Group,
    key: &PageKey,
    read: impl Fn(&Language) -> (String, Vec<SubjectPart>),
) -> Vec<Rendition> {
    let rendition = |index: &usize| {
        let (title, parts) = read(site.language(*index));
        let url = site.routes.page(key, *index).to_owned();
        Rendition { language: *index, title, url, parts }
    };
    group.languages.iter().map(rendition).collect()
}
