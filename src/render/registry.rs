//! Views of the registry: channels, emergency numbers, operators.

use std::collections::BTreeMap;

use crate::model::date::{Cost, Date, Duration, Interval, TimeUnit};
use crate::model::guide::Source;
use crate::model::id::OperatorId;
use crate::model::markup::escape_into;
use crate::model::operator::{Channel, Country, Operator};
use crate::model::site::PageKey;
use crate::model::vocabulary::{ChannelKind, Confidence, OperatorStatus, Plan, Vocabulary};
use crate::render::context::{Locale, RenderContext, local};
use crate::render::guide_view::{ChannelView, SourceView, SourcesView};
use crate::render::templates::{Html, Shared};
use crate::render::twin;
use crate::render::view::{EmergencyView, FormerNameView, OperatorLinkView, OperatorView};

/// The views of every operator's channels, which are the same on all pages of a language.
pub fn channels(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
) -> BTreeMap<OperatorId, Vec<Shared>> {
    let operators = context.site.registry.operators.iter();
    let shared = |one: &Channel| {
        let view = channel(context, locale, one);
        Shared::new(&view).with_markdown(twin::channel(locale, &view))
    };
    let views = |operator: &Operator| operator.channels.iter().map(shared).collect();
    operators.map(|(id, operator)| (id.clone(), views(operator))).collect()
}

/// The operator's channels for which `wanted` is true, in the registry's order.
pub fn channels_of(
    locale: &Locale<'_>,
    operator: &Operator,
    wanted: impl Fn(&Channel) -> bool,
) -> Vec<Shared> {
    let views = locale.channels.get(&operator.id).into_iter().flatten();
    let channels = operator.channels.iter().zip(views);
    channels.filter(|(channel, _)| wanted(channel)).map(|(_, view)| view.clone()).collect()
}

pub fn channel(context: &RenderContext<'_>, locale: &Locale<'_>, channel: &Channel) -> ChannelView {
    let words = &locale.words;
    let value = channel.value.as_ref().map_or("", |value| &value.value);
    let href = href(channel.kind, value);
    let mut details = Vec::new();
    if !channel.plans.is_empty() {
        details.push(plans(locale, &channel.plans));
    }
    if let Some(reach) = channel.reach {
        details.push(words.get(&format!("reach_{}", reach.as_str())).to_owned());
    }
    if !channel.hours.is_empty() {
        details.push(local(&channel.hours, locale.language));
    }
    if !channel.languages.is_empty() {
        let names = channel.languages.iter().map(|language| locale.names.name(language));
        details.push(words.list(&names.collect::<Vec<_>>()));
    }
    ChannelView {
        id: channel.id.value.to_string(),
        kind: channel.kind.as_str(),
        kind_label: words.get(&format!("channel_{}", channel.kind.as_str())).to_owned(),
        name: local(&channel.name, locale.language),
        value_html: breakable(&shown(channel.kind, value)).into(),
        value: shown(channel.kind, value),
        rel: context.rel(&href).to_owned(),
        href,
        details,
        note: local(&channel.note, locale.language),
        confidence: confidence(locale, channel.confidence),
        confidence_kind: channel.confidence.map_or("", Confidence::as_str),
        verified: channel
            .verified
            .map(|date| words.fill("checked_on", &[("date", &locale.dates.write(date.value))]))
            .unwrap_or_default(),
        source: channel.source.as_ref().map_or_else(String::new, |source| source.value.to_string()),
    }
}

/// The value as a page shows it: a web address without its scheme.
fn shown(kind: ChannelKind, value: &str) -> String {
    let bare =
        value.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    if kind == ChannelKind::Web {
        bare.trim_start_matches("www.").to_owned()
    } else {
        value.to_owned()
    }
}

/// Lets an address break after its `@` and its slashes, so that it does not break within a name.
fn breakable(value: &str) -> String {
    let mut html = String::with_capacity(value.len() + 16);
    for piece in value.split_inclusive(['@', '/']) {
        // There is no break between the slashes of `https://`.
        if !html.is_empty() && piece != "/" {
            html.push_str("<wbr>");
        }
        escape_into(&mut html, piece);
    }
    html
}

/// The link that a tap follows (RFC 3966 for `tel:`, RFC 5724 for `sms:`, RFC 6068 for `mailto:`).
pub fn href(kind: ChannelKind, value: &str) -> String {
    let digits = |scheme: &str| {
        let dialled: String =
            value.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#')).collect();
        // `#` would begin a fragment.
        format!("{scheme}:{}", dialled.replace('#', "%23"))
    };
    match kind {
        _ if value.is_empty() => String::new(),
        ChannelKind::Phone | ChannelKind::Ussd => digits("tel"),
        ChannelKind::Sms => digits("sms"),
        ChannelKind::Email => format!("mailto:{value}"),
        ChannelKind::Web => value.to_owned(),
        ChannelKind::App | ChannelKind::Chat if value.starts_with("https://") => value.to_owned(),
        _ => String::new(),
    }
}

pub fn confidence(locale: &Locale<'_>, confidence: Option<Confidence>) -> String {
    confidence
        .map(|level| locale.words.get(&format!("confidence_{}", level.as_str())).to_owned())
        .unwrap_or_default()
}

pub fn plans(locale: &Locale<'_>, plans: &[Plan]) -> String {
    let names =
        plans.iter().map(|plan| locale.words.get(&format!("plan_{}", plan.as_str())).to_owned());
    locale.words.list(&names.collect::<Vec<_>>())
}

pub fn duration(locale: &Locale<'_>, duration: Duration) -> String {
    let Duration::Known { least, most, unit } = duration else {
        return locale.words.get("unknown").to_owned();
    };
    let key = unit_key(unit);
    match (least, most) {
        (0, 1..) => {
            let amount = locale.words.count(&key, most.into());
            locale.words.fill("up_to", &[("amount", &amount)])
        }
        (least, most) if least == most => locale.words.count(&key, most.into()),
        (least, most) => {
            let (from, to) =
                [least, most].map(|number| locale.words.number(&number.to_string())).into();
            let range = locale.words.fill("range", &[("from", &from), ("to", &to)]);
            locale.words.range(&key, most.into(), &range)
        }
    }
}

pub fn interval(locale: &Locale<'_>, interval: Interval) -> String {
    locale.words.count(&unit_key(interval.unit), interval.amount.into())
}

fn unit_key(unit: TimeUnit) -> String {
    format!("duration_{}", unit.as_str())
}

/// An amount with one decimal place has two, as prices are written: `12.50`.
fn with_cents(amount: &str) -> String {
    match amount.split_once('.') {
        Some((_, cents)) if cents.len() == 1 => format!("{amount}0"),
        _ => amount.to_owned(),
    }
}

pub fn cost(locale: &Locale<'_>, cost: &Cost) -> String {
    let words = &locale.words;
    let sum = |amount: &str| words.number(&with_cents(amount));
    match cost {
        Cost::Unknown => words.get("unknown").to_owned(),
        Cost::Free => words.get("free").to_owned(),
        Cost::Known { least: None, most, currency } => {
            format!("{} {currency}", sum(most))
        }
        Cost::Known { least: Some(least), most, currency } if least == "0" => {
            let amount = format!("{} {currency}", sum(most));
            words.fill("up_to", &[("amount", &amount)])
        }
        Cost::Known { least: Some(least), most, currency } => {
            let (from, to) = (sum(least), sum(most));
            let range = words.fill("range", &[("from", &from), ("to", &to)]);
            format!("{range} {currency}")
        }
    }
}

pub fn emergency(locale: &Locale<'_>, country: &Country) -> Vec<EmergencyView> {
    let view = |number: &crate::model::operator::Emergency| EmergencyView {
        value: number.value.value.to_string(),
        href: href(ChannelKind::Phone, &number.value.value),
        name: local(&number.name, locale.language),
        note: local(&number.note, locale.language),
    };
    country.emergency.iter().map(view).collect()
}

/// A country's operators, with those that are still active first.
pub fn operators_of(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    country: &str,
) -> Vec<OperatorLinkView> {
    let operators = context.site.registry.operators.values();
    let mut operators: Vec<&Operator> =
        operators.filter(|operator| operator.id.country() == country).collect();
    operators.sort_by_key(|operator| operator.status);
    operators.into_iter().map(|operator| operator_link(context, locale, operator)).collect()
}

pub fn operator_link(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    operator: &Operator,
) -> OperatorLinkView {
    let mut names: Vec<String> =
        operator.former_names.iter().map(|former| former.name.to_string()).collect();
    names.dedup();
    let formerly = match names.as_slice() {
        [] => String::new(),
        names => locale.words.fill("formerly", &[("names", &locale.words.list(names))]),
    };
    OperatorLinkView {
        name: local(&operator.name, locale.language),
        url: context.url(&PageKey::Operator(operator.id.clone()), locale.index).to_owned(),
        status: operator.status.as_str(),
        status_label: match operator.status {
            OperatorStatus::Active => String::new(),
            _ => status(context, locale, operator),
        },
        formerly,
    }
}

fn status(context: &RenderContext<'_>, locale: &Locale<'_>, operator: &Operator) -> String {
    let words = &locale.words;
    let date = operator.until.map(|date| locale.dates.write(date));
    let date = date.as_deref();
    match operator.status {
        OperatorStatus::Active => words.get("status_active").to_owned(),
        OperatorStatus::Closed => match date {
            Some(date) => words.fill("status_closed_on", &[("date", date)]),
            None => words.get("status_closed").to_owned(),
        },
        OperatorStatus::Merged => {
            let successor = operator.successor.as_ref();
            let successor = successor.and_then(|id| context.site.registry.operators.get(&id.value));
            let name = successor.map_or_else(String::new, |one| local(&one.name, locale.language));
            match date {
                Some(date) => {
                    words.fill("status_merged_on", &[("successor", &*name), ("date", date)])
                }
                None => words.fill("status_merged", &[("successor", &*name)]),
            }
        }
    }
}

pub fn operator(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    operator: &Operator,
) -> OperatorView {
    let language = locale.language;
    let link = |id: &OperatorId| {
        let other = context.site.registry.operators.get(id)?;
        Some(context.link(local(&other.name, language), &PageKey::Operator(id.clone()), locale))
    };
    let country = context
        .site
        .registry
        .countries
        .values()
        .find(|one| one.code.as_str() == operator.id.country());
    let guides = context.site.operators.get(&operator.id);
    OperatorView {
        id: operator.id.to_string(),
        status: operator.status.as_str(),
        status_label: status(context, locale, operator),
        successor: operator.successor.as_ref().and_then(|id| link(&id.value)),
        country: country.map(|country| country_link(context, locale, country)),
        website: operator
            .website
            .as_ref()
            .map_or_else(String::new, |website| website.value.to_string()),
        note: local(&operator.note, language),
        networks: locale
            .words
            .list(&operator.networks.iter().map(|one| one.to_string()).collect::<Vec<_>>()),
        former_names: operator
            .former_names
            .iter()
            .map(|former| FormerNameView {
                name: former.name.to_string(),
                period: period(locale, former.from, former.until),
            })
            .collect(),
        aliases: operator.aliases.iter().map(|alias| alias.to_string()).collect(),
        absorbed: operator.absorbed.iter().filter_map(|id| link(&id.value)).collect(),
        channels: channels_of(locale, operator, |_| true),
        guides: context.guide_links(guides.map_or(&[][..], Vec::as_slice), locale),
        emergency: country.map(|country| emergency(locale, country)).unwrap_or_default(),
        sources: sources(context, locale, &operator.sources, |source| source.title.to_string()),
    }
}

/// A link to the country's section, if the site has one; otherwise to its place in the list of operators.
fn country_link(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    country: &Country,
) -> crate::render::view::LinkView {
    let name = local(&country.name, locale.language);
    let section = context.site.folders.keys().find(|id| id.as_str() == country.code.as_str());
    match section {
        Some(id) => context.link(name, &PageKey::Folder(id.clone()), locale),
        None => context.link(name, &PageKey::Operators, locale),
    }
}

fn period(locale: &Locale<'_>, from: Option<Date>, until: Option<Date>) -> String {
    let from = from.map(|date| locale.dates.write(date));
    let until = until.map(|date| locale.dates.write(date));
    match (&from, &until) {
        (Some(from), Some(until)) => locale.words.fill("period", &[("from", from), ("to", until)]),
        (Some(from), None) => locale.words.fill("period_from", &[("from", from)]),
        (None, Some(until)) => locale.words.fill("period_until", &[("to", until)]),
        (None, None) => String::new(),
    }
}

pub fn sources(
    context: &RenderContext<'_>,
    locale: &Locale<'_>,
    sources: &[Source],
    title: impl Fn(&Source) -> String,
) -> Option<SourcesView> {
    if sources.is_empty() {
        return None;
    }
    let view = |source: &Source| {
        let url = source.url.as_ref().map_or_else(String::new, |url| url.value.to_string());
        SourceView {
            anchor: format!("source-{}", source.id.value),
            title: title(source),
            rel: context.rel(&url).to_owned(),
            url,
            accessed: source
                .accessed
                .map(|date| {
                    locale.words.fill("accessed_on", &[("date", &locale.dates.write(date.value))])
                })
                .unwrap_or_default(),
        }
    };
    Some(SourcesView {
        title: locale.words.get("block_sources").to_owned(),
        intro_html: Html::default(),
        sources: sources.iter().map(view).collect(),
    })
}
