//! Cuts a guide into the parts that can be found: the guide itself, its headings, steps and other items.

use std::collections::BTreeSet;

use crate::model::guide::{Item, ItemWords, Role, Section, Step};
use crate::model::id::{GuideId, Id, OperatorId};
use crate::model::language::Language;
use crate::model::markup::Markup;
use crate::model::operator::Country;
use crate::model::site::{Edition, Guide, PageKey, Site};
use crate::model::vocabulary::Show;
use crate::search::languages::{Group, names_of};
use crate::search::operators;
use crate::search::subjects::{Rendition, Subject, SubjectKey, SubjectPart};

/// The subject in each of the group's languages that it is written in; none if there is no such language.
pub fn subject(site: &Site, group: &Group, key: &SubjectKey) -> Option<Subject> {
    let subject = match key {
        SubjectKey::Guide(id) => guide(site, group, id),
        SubjectKey::Operator(id) => operators::operator(site, group, id),
        SubjectKey::Folder(id) => operators::folder(site, group, id),
        SubjectKey::Glossary(first) => operators::glossary(site, group, first),
    }?;
    (!subject.renditions.is_empty()).then_some(subject)
}

fn guide(site: &Site, group: &Group, id: &GuideId) -> Option<Subject> {
    let guide = site.guides.get(id)?;
    let facts = guide.facts();
    let rendition = |index: &usize| {
        let edition = guide.translations.get(site.language(*index))?;
        Some(Rendition {
            language: *index,
            title: edition.text.title.value.to_string(),
            url: site.routes.page(&PageKey::Guide(id.clone()), *index).to_owned(),
            parts: EditionReader { site, group, guide, edition, language: site.language(*index) }
                .parts(),
        })
    };
    Some(Subject {
        renditions: group.languages.iter().filter_map(rendition).collect(),
        kind: "guide",
        operators: facts.operators.iter().map(|id| id.value.to_string()).collect(),
        country: facts.country.as_ref().map_or_else(String::new, |code| code.value.to_string()),
        tags: facts.tags.iter().map(|tag| tag.value.to_string()).collect(),
        call: String::new(),
    })
}

/// Reads one edition of a guide.
struct EditionReader<'a> {
    site: &'a Site,
    group: &'a Group,
    guide: &'a Guide,
    edition: &'a Edition,
    language: &'a Language,
}

impl<'a> EditionReader<'a> {
    fn parts(&self) -> Vec<SubjectPart> {
        let mut parts = vec![self.whole()];
        let body = &self.edition.text.body;
        for section in &body.sections {
            parts.push(self.section(section));
        }
        for (_, item) in self.guide.facts().items() {
            parts.extend(self.item(item));
        }
        self.fill_steps(&self.guide.facts().steps, "", &mut parts);
        if let Some(first) = parts.first_mut() {
            push(&mut first.text, &body.footnotes.text());
            self.notes(&mut first.text);
        }
        parts.retain(|part| {
            !part.heading.is_empty() || !part.text.is_empty() || !part.facts.is_empty()
        });
        parts
    }

    /// What stands beside the words: what to do about a condition, who checked the facts, where they are from.
    fn notes(&self, text: &mut String) {
        let facts = self.guide.facts();
        if let Some(review) = &facts.review {
            push(text, review.by.get(self.language));
        }
        let Role::Original(_) = &self.edition.text.role else { return };
        for remedy in facts.eligibility.iter().filter_map(|one| one.remedy.as_ref()) {
            push(text, &remedy.plain);
        }
        for source in &facts.sources {
            push(text, &source.title);
        }
    }

    /// The page itself: its title, and everything that it is about.
    fn whole(&self) -> SubjectPart {
        let text = &self.edition.text;
        let facts = self.guide.facts();
        let mut part = SubjectPart {
            heading: text.title.value.to_string(),
            summary: text.summary.as_deref().unwrap_or_default().to_owned(),
            text: text.body.lead.text(),
            ..SubjectPart::default()
        };
        for id in &facts.operators {
            part.about.extend(self.operator_names(&id.value));
        }
        for tag in &facts.tags {
            let title = self.site.config.tags.get(&tag.value).map(|words| words.get(self.language));
            part.labels.extend(title.map(str::to_owned));
            // The tag may also be a term of the glossary; if so, the guide is found by the term's names.
            part.about.extend(self.term_names(&tag.value));
        }
        part.synonyms = self.synonyms(&part.heading);
        part.synonyms.extend(text.search_words.iter().map(|word| word.to_string()));
        let countries = self.country().into_iter();
        part.labels.extend(countries.flat_map(|one| country_names(one, self.language)));
        part
    }

    fn section(&self, section: &Section) -> SubjectPart {
        let id = section.id.as_ref().map(|id| &id.value);
        let named = id.is_some_and(|id| self.guide.is_named(id.as_str()));
        let anchor = match id {
            Some(id) if named => id.to_string(),
            _ => self.guide.anchor(section).into_owned(),
        };
        let mut part = SubjectPart {
            anchor,
            heading: section.title.plain.to_string(),
            text: section.text.text(),
            ..SubjectPart::default()
        };
        for id in &section.operators {
            part.about.extend(self.operator_names(&id.value));
        }
        match section.show {
            Some(Show::Emergency) => {
                let numbers = self.country().into_iter().flat_map(|country| &country.emergency);
                for number in numbers {
                    part.facts.push(number.value.value.to_string());
                    push(&mut part.text, number.name.get(self.language));
                }
            }
            Some(Show::Channels) => self.channels(section, &mut part),
            Some(Show::Operators) => {
                let country = self.guide.facts().country.as_ref().map(|code| code.value.as_str());
                let operators = self.site.registry.operators.keys();
                for id in operators.filter(|id| country.is_none_or(|code| id.country() == code)) {
                    part.about.extend(self.operator_names(id));
                }
            }
            None => {}
        }
        part
    }

    fn channels(&self, section: &Section, part: &mut SubjectPart) {
        let facts = self.guide.facts();
        let own = if section.operators.is_empty() { &facts.operators } else { &section.operators };
        for id in own {
            let operator = self.site.registry.operators.get(&id.value);
            for channel in operator.into_iter().flat_map(|operator| &operator.channels) {
                push(&mut part.text, channel.name.get(self.language));
                if let Some(value) = &channel.value {
                    push(&mut part.text, &value.value);
                }
            }
        }
    }

    /// An item whose words are not in a section of the body.
    fn item(&self, item: &Item) -> Option<SubjectPart> {
        let id = item.id.as_ref().map(|id| &id.value);
        if id.is_some_and(|id| self.edition.words.contains_key(id)) {
            return None;
        }
        let mut part = SubjectPart {
            anchor: id.map(Id::to_string).unwrap_or_default(),
            ..SubjectPart::default()
        };
        for operator in &item.operators {
            part.about.extend(self.operator_names(&operator.value));
        }
        match (&self.edition.text.role, id) {
            (Role::Translation(words), id) => {
                let words = id.and_then(|id| words.items.get(id))?;
                fill_words(&mut part, words);
            }
            (Role::Original(_), _) => {
                let title = item.title.as_ref()?;
                part.heading = title.plain.to_string();
                part.text = item.text.as_ref().map(Markup::text).unwrap_or_default();
            }
        }
        Some(part)
    }

    /// Each step gets its number, `within` that of another, and what it asks for.
    fn fill_steps(&self, steps: &[Step], within: &str, parts: &mut [SubjectPart]) {
        for (at, step) in steps.iter().enumerate() {
            let number = format!("{within}{}", at + 1);
            self.fill_steps(&step.steps, &format!("{number}."), parts);
            self.fill_step(step, number, parts);
        }
    }

    fn fill_step(&self, step: &Step, number: String, parts: &mut [SubjectPart]) {
        let alt = self.alt(step);
        let Some(id) = step.item.id.as_ref() else {
            if let Some(whole) = parts.first_mut() {
                push(&mut whole.text, alt);
            }
            return;
        };
        let Some(part) = parts.iter_mut().find(|part| part.anchor == id.value.as_str()) else {
            return;
        };
        part.step = number;
        push(&mut part.text, alt);
        for field in &step.fields {
            if let Some(term) = &field.term {
                part.about.extend(self.term_names(&term.value));
            }
        }
    }

    /// What the step's picture shows, in the words of this edition.
    fn alt<'s>(&'s self, step: &'s Step) -> &'s str {
        let id = step.item.id.as_ref().map(|id| &id.value);
        let alt = match &self.edition.text.role {
            Role::Original(_) => step.picture.as_ref().and_then(|picture| picture.alt.as_ref()),
            Role::Translation(words) => {
                let words =
                    id.filter(|_| step.picture.is_some()).and_then(|id| words.items.get(id));
                words.and_then(|words| words.alt.as_ref())
            }
        };
        alt.map_or("", |alt| &alt.value)
    }

    fn country(&self) -> Option<&'a Country> {
        let code = self.guide.facts().country.as_ref()?;
        self.site.registry.countries.get(&code.value)
    }

    fn operator_names(&self, id: &OperatorId) -> Vec<String> {
        let operator = self.site.registry.operators.get(id);
        operator
            .map(|operator| operators::all_names(self.site, operator, self.language))
            .unwrap_or_default()
    }

    /// The other names of what a title names: readers who ask for one of them want this page.
    fn synonyms(&self, title: &str) -> Vec<String> {
        let title = self.group.stems(title);
        let tags: Vec<&Id> = self.guide.facts().tags.iter().map(|tag| &tag.value).collect();
        let named = self.group.names.iter().filter(|name| {
            let has = |stem: &String| title.contains(stem);
            name.language == *self.language
                && match tags.contains(&&name.term) {
                    true => name.stems.iter().any(has),
                    false => !name.stems.is_empty() && name.stems.iter().all(has),
                }
        });
        let found: BTreeSet<&Id> = named.map(|name| &name.term).collect();
        found.into_iter().flat_map(|term| self.term_names(term)).collect()
    }

    fn term_names(&self, id: &Id) -> Vec<String> {
        let term = self.site.registry.terms.get(id);
        term.map(|term| names_of(term, self.language)).unwrap_or_default()
    }
}

fn fill_words(part: &mut SubjectPart, words: &ItemWords) {
    if let Some(title) = &words.title {
        part.heading = title.plain.to_string();
    }
    if let Some(text) = &words.text {
        part.text = text.text();
    }
    if let Some(remedy) = &words.remedy {
        push(&mut part.text, &remedy.plain);
    }
}

/// What a country is called in a language, and its other names.
pub fn country_names(country: &Country, language: &Language) -> Vec<String> {
    let aliases = country.aliases.iter().map(|alias| alias.to_string());
    std::iter::once(country.name.get(language).to_owned()).chain(aliases).collect()
}

/// Appends words to words.
pub fn push(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push(' ');
    }
    text.push_str(more);
}
