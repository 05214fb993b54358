//! Fills in what a language lacks, from its parent or another script: pages, and words of the registry.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::model::config::Config;
use crate::model::guide::{Facts, ItemWords, Role, Translation, TranslationWords};
use crate::model::id::Id;
use crate::model::language::Language;
use crate::model::operator::{Channel, LocalText, Registry};
use crate::model::site::Edition;
use crate::model::span::{Located, Span};
use crate::model::vocabulary::TranslationStatus;
use crate::resolve::convert::Converter;

/// A conversion from one language to another: to the other script where `site.yaml` asks for it, or to a
/// region's language from the one that its readers share (`zh-HK` from `zh-Hant`).
pub struct Conversion {
    from: Language,
    to: Language,
    converter: Converter,
}

impl fmt::Debug for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Conversion({} to {})", self.from, self.to)
    }
}

pub fn ways(config: &Config, registry: &Registry) -> Vec<Conversion> {
    let way = |(to, from): (&Language, &Located<Language>)| {
        let converter = Converter::new(&from.value, to, registry)?;
        Some(Conversion { from: from.value.clone(), to: to.clone(), converter })
    };
    let converted = config.converted.iter().filter_map(way);
    let regional = |to: &Language| {
        let others = config.languages.iter().filter(|other| *other != to);
        let from = to.nearest(others).filter(|_| !config.converted.contains_key(to))?;
        let converter = Converter::regional(from, to, registry);
        Some(Conversion { from: from.clone(), to: to.clone(), converter })
    };
    converted.chain(config.languages.iter().filter_map(regional)).collect()
}

/// Converts those words of the settings and the registry that lack the target language.
pub fn words(ways: &[Conversion], config: &mut Arc<Config>, registry: &mut Arc<Registry>) {
    for way in ways {
        let config = Arc::make_mut(config);
        let tags = config.tags.values_mut();
        tags.chain([&mut config.title, &mut config.description]).for_each(|words| way.local(words));
        let registry = Arc::make_mut(registry);
        for operator in registry.operators.values_mut() {
            [&mut operator.name, &mut operator.short_name, &mut operator.note]
                .into_iter()
                .for_each(|words| way.local(words));
            operator.channels.iter_mut().for_each(|channel| way.channel(channel));
        }
        for country in registry.countries.values_mut() {
            way.local(&mut country.name);
            for number in &mut country.emergency {
                way.local(&mut number.name);
                way.local(&mut number.note);
            }
            if let Some(regulator) = &mut country.regulator {
                way.local(&mut regulator.name);
                regulator.channels.iter_mut().for_each(|channel| way.channel(channel));
            }
        }
        for term in registry.terms.values_mut() {
            way.local(&mut term.term);
            way.local(&mut term.text);
        }
    }
}

/// Adds pages that no file has. Faults in them were reported for the pages they are converted from.
pub fn pages(ways: &[Conversion], editions: &mut BTreeMap<Language, Edition>) {
    for way in ways {
        way.fill(editions);
    }
}

impl Conversion {
    fn local(&self, words: &mut LocalText) {
        if words.by_language.contains_key(&self.to) {
            return;
        }
        if let Some(text) = words.by_language.get(&self.from) {
            let text = Arc::from(self.converter.text(text));
            words.by_language.insert(self.to.clone(), text);
        }
    }

    fn channel(&self, channel: &mut Channel) {
        [&mut channel.name, &mut channel.note, &mut channel.hours]
            .into_iter()
            .for_each(|words| self.local(words));
    }

    fn fill(&self, editions: &mut BTreeMap<Language, Edition>) {
        if editions.contains_key(&self.to) {
            return;
        }
        let Some(from) = editions.get(&self.from).filter(|one| one.converted_from.is_none()) else {
            return;
        };
        let edition = Edition {
            text: Arc::new(self.translation(&from.text)),
            standing: Vec::new(),
            converted_from: Some(self.from.clone()),
            ..from.clone()
        };
        editions.insert(self.to.clone(), edition);
    }

    fn translation(&self, text: &Translation) -> Translation {
        let mut text = text.clone();
        let converter = &self.converter;
        text.language = self.to.clone();
        text.slug = None;
        text.title.value = Arc::from(converter.text(&text.title.value));
        text.summary = text.summary.map(|summary| Arc::from(converter.text(&summary)));
        text.body.lead = converter.markup(&text.body.lead);
        text.body.footnotes = converter.markup(&text.body.footnotes);
        for section in &mut text.body.sections {
            section.title = converter.inline(&section.title);
            section.text = converter.markup(&section.text);
        }
        let items = match &text.role {
            Role::Original(facts) => said(facts, self),
            Role::Translation(words) => words.items.clone(),
        };
        let items = items.into_iter().map(|(id, words)| (id, self.item(words)));
        text.role = Role::Translation(TranslationWords {
            of: Located::new(self.from.clone(), Span::default()),
            status: match &text.role {
                Role::Translation(words) => words.status,
                Role::Original(_) => TranslationStatus::Human,
            },
            at: BTreeMap::new(),
            items: items.collect(),
        });
        text
    }

    fn item(&self, words: ItemWords) -> ItemWords {
        ItemWords {
            title: words.title.map(|title| self.converter.inline(&title)),
            text: words.text.map(|text| self.converter.markup(&text)),
            remedy: words.remedy.map(|remedy| self.converter.inline(&remedy)),
            alt: words
                .alt
                .map(|alt| Located::new(Arc::from(self.converter.text(&alt.value)), alt.span)),
            ..words
        }
    }
}

/// The words of an original's items, in the form that a translation would have.
fn said(facts: &Facts, way: &Conversion) -> BTreeMap<Id, ItemWords> {
    let mut said = BTreeMap::new();
    for (_, item) in facts.items() {
        let Some(id) = &item.id else { continue };
        if item.title.is_some() || item.text.is_some() {
            let (title, text) = (item.title.clone(), item.text.clone());
            said.insert(id.value.clone(), ItemWords { title, text, ..ItemWords::default() });
        }
    }
    for condition in &facts.eligibility {
        if let (Some(id), Some(remedy)) = (&condition.item.id, &condition.remedy) {
            let words: &mut ItemWords = said.entry(id.value.clone()).or_default();
            words.remedy = Some(remedy.clone());
        }
    }
    for step in facts.all_steps() {
        let alt = step.picture.as_ref().and_then(|picture| picture.alt.clone());
        if let (Some(id), Some(alt)) = (&step.item.id, alt) {
            said.entry(id.value.clone()).or_default().alt = Some(alt);
        }
    }
    let plain = |text: &str| crate::model::markup::Inline { html: text.into(), plain: text.into() };
    for source in &facts.sources {
        let words: &mut ItemWords = said.entry(source.id.value.clone()).or_default();
        words.title.get_or_insert_with(|| plain(&source.title));
    }
    let by = facts.review.as_ref().map(|review| &review.by);
    let by = by.filter(|by| !by.is_empty() && !by.by_language.contains_key(&way.to));
    if let (Some(by), Some(id)) = (by, Id::parse("review")) {
        said.entry(id).or_default().title = Some(plain(by.get(&way.from)));
    }
    said
}
