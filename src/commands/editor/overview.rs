//! Gathers what has been translated and which facts somebody should check.

use crate::commands::editor::data::EditorData;
use crate::model::coverage::Coverage;
use crate::model::operator::Channel;
use crate::model::site::{Guide, ReviewDue};
use crate::model::source::SourcePath;
use crate::model::vocabulary::Vocabulary;
use crate::serve::{Due, Overview, Title};

pub fn overview(data: &EditorData) -> Overview {
    let site = data.site();
    let titles = site.guides.iter().map(|(id, guide)| (id.clone(), title(guide)));
    Overview {
        coverage: Coverage::of(site),
        titles: titles.collect(),
        reviews: site.guides.values().filter_map(|guide| overdue(data, guide)).collect(),
        channels: channels(data),
    }
}

pub fn title(guide: &Guide) -> Title {
    let text = &guide.original.text;
    Title { text: text.title.value.to_string(), language: text.language.clone() }
}

fn overdue(data: &EditorData, guide: &Guide) -> Option<Due> {
    let review = guide.review_due(&data.site().config)?;
    let ReviewDue { verified, due, .. } = review;
    if !review.is_overdue(data.today) {
        return None;
    }
    Some(Due {
        what: guide.original.text.title.value.to_string(),
        why: format!("checked on {}, to be checked again by {due}", verified.value),
        spot: Some(data.spot(&guide.original.text.path, verified.span)),
    })
}

fn channels(data: &EditorData) -> Vec<Due> {
    let registry = &data.site().registry;
    let mut due = Vec::new();
    for operator in registry.operators.values() {
        due.extend(unverified(data, operator.id.as_str(), &operator.path, &operator.channels));
    }
    for country in registry.countries.values() {
        let Some(regulator) = &country.regulator else { continue };
        due.extend(unverified(data, country.code.as_str(), &country.path, &regulator.channels));
    }
    due
}

fn unverified<'a>(
    data: &'a EditorData,
    owner: &'a str,
    path: &'a SourcePath,
    channels: &'a [Channel],
) -> impl Iterator<Item = Due> + 'a {
    channels.iter().filter(|channel| channel.verified.is_none()).map(move |channel| {
        let value = channel.value.as_ref().map_or("", |value| &value.value);
        Due {
            what: format!("{owner}#{}", channel.id.value),
            why: format!("{} {value}", channel.kind.as_str()).trim_end().to_owned(),
            spot: Some(data.spot(path, channel.id.span)),
        }
    })
}
