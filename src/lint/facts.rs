//! How far facts can be trusted: overdue reviews, and claims and channels without a source.

use crate::lint::numbers::{digits, urgent};
use crate::model::date::{Date, Interval, TimeUnit};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::guide::{Item, Translation};
use crate::model::operator::{Channel, Operator, Registry};
use crate::model::site::{Guide, Site};
use crate::model::source::SourcePath;
use crate::model::span::Located;
use crate::model::vocabulary::{ChannelKind, Confidence, SourceRule};

pub fn guide(guide: &Guide, site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    if site.config.sources == SourceRule::Required {
        unsourced(guide, diagnostics);
    }
}

/// Reports what depends on today's date. Only a date in the future stops a build.
pub fn due(guide: &Guide, site: &Site, today: Date, diagnostics: &mut Vec<Diagnostic>) {
    let path = &guide.original.text.path;
    let facts = guide.facts();
    let verified = facts.review.as_ref().and_then(|review| review.verified);
    let accessed = facts.sources.iter().filter_map(|source| source.accessed);
    let days = verified.into_iter().map(|day| ("verified", day));
    for (name, day) in days.chain(accessed.map(|day| ("accessed", day))) {
        diagnostics.extend(future(name, day, path, today));
    }
    diagnostics.extend(overdue(guide, site, today));
}

/// A banner whose last day has gone by: no page shows it any more.
pub fn banner(site: &Site, today: Date, diagnostics: &mut Vec<Diagnostic>) {
    let banner = site.config.owner.banner.as_ref().filter(|banner| banner.is_over(today));
    let Some(until) = banner.and_then(|banner| banner.until) else { return };
    let message = format!("the banner was shown until {}", until.value);
    let hint = "take `banner` out, or write another day";
    let fault = Diagnostic::new(Code::PastBanner, message).at(&site.config.path, until.span);
    diagnostics.push(fault.hint(hint));
}

/// A review whose day has gone by.
fn overdue(guide: &Guide, site: &Site, today: Date) -> Option<Diagnostic> {
    let review = guide.review_due(&site.config)?;
    if !review.is_overdue(today) {
        return None;
    }
    let message = format!("this guide was to be checked again by {}", review.due);
    let path = &guide.original.text.path;
    let mut fault = Diagnostic::new(Code::OverdueReview, message).at(path, review.verified.span);
    if let Some(last) = review.grace {
        let is = if review.is_out_of_grace(today) { "was" } else { "is" };
        fault = fault.hint(format!("{last} {is} the last day of grace (`review` in `site.yaml`)"));
    }
    Some(fault.hint("check each fact against its source, then set `verified` to that day"))
}

/// Reports a date in the future where only a past one makes sense. One day is allowed, because it is already
/// tomorrow somewhere.
fn future(name: &str, date: Located<Date>, path: &SourcePath, today: Date) -> Option<Diagnostic> {
    let tomorrow = today.after(Interval { amount: 1, unit: TimeUnit::Day })?;
    (date.value > tomorrow).then(|| {
        let message = format!("`{name}` is a day to come: `{}`", date.value);
        let hint = "write the day on which it was done; look whether the year is right";
        Diagnostic::new(Code::FutureDate, message).at(path, date.span).hint(hint)
    })
}

/// Reports dates in the registry that are in the future.
fn future_days(registry: &Registry, today: Date, diagnostics: &mut Vec<Diagnostic>) {
    let mut judge = |name, date: Option<Located<Date>>, path: &SourcePath| {
        diagnostics.extend(date.and_then(|date| future(name, date, path, today)));
    };
    for operator in registry.operators.values() {
        judge("since", operator.since, &operator.path);
        operator.channels.iter().for_each(|one| judge("verified", one.verified, &operator.path));
        operator.sources.iter().for_each(|one| judge("accessed", one.accessed, &operator.path));
    }
    for country in registry.countries.values() {
        let channels = country.regulator.iter().flat_map(|one| &one.channels);
        channels.for_each(|one| judge("verified", one.verified, &country.path));
    }
}

/// Reports a guide that states facts but has no source for its claims, if the site requires one.
fn unsourced(guide: &Guide, diagnostics: &mut Vec<Diagnostic>) {
    let facts = guide.facts();
    let text = &*guide.original.text;
    let items = facts.items();
    let states = !facts.operators.is_empty() || facts.country.is_some() || !items.is_empty();
    let checked = facts.review.as_ref().is_some_and(|review| review.verified.is_some());
    // A guide that admits its doubts hides nothing.
    let doubts = items.iter().any(|(_, item)| item.confidence == Some(Confidence::Unverified));
    if states && facts.sources.is_empty() && !checked && !doubts {
        let message =
            "nothing says where the facts of this guide were found, nor when they were checked";
        let hint =
            "add `sources: {a-name: {title: …, url: …}}`, or `review: {verified: 2026-08-22}`";
        let fault = Diagnostic::new(Code::MissingSource, message);
        diagnostics.push(fault.at(&text.path, text.title.span).hint(hint));
    }
    diagnostics.extend(items.into_iter().filter_map(|(_, item)| unproven(item, text)));
}

/// Reports an item that says what kind of evidence it has, but not where to find it.
fn unproven(item: &Item, text: &Translation) -> Option<Diagnostic> {
    let confidence = item.confidence?;
    let claims = !matches!(confidence, Confidence::Unverified | Confidence::UserReport);
    if !claims || !item.sources.is_empty() {
        return None;
    }
    let span = item.id.as_ref().map_or(item.span, |id| id.span);
    let message = "this claim has no source";
    let hint =
        "add `source:` with the id of one of the guide's `sources`, or `confidence: unverified`";
    Some(Diagnostic::new(Code::MissingSource, message).at(&text.path, span).hint(hint))
}

pub fn registry(registry: &Registry, today: Date, diagnostics: &mut Vec<Diagnostic>) {
    future_days(registry, today, diagnostics);
    for operator in registry.operators.values() {
        let faults = operator.channels.iter();
        diagnostics.extend(faults.clone().filter_map(|one| unproven_channel(one, &operator.path)));
        diagnostics.extend(faults.filter_map(|one| emergency_channel(one, operator, registry)));
    }
    for country in registry.countries.values() {
        let channels = country.regulator.iter().flat_map(|one| &one.channels);
        diagnostics.extend(channels.filter_map(|one| unproven_channel(one, &country.path)));
    }
}

/// Reports a channel without a source. One that says that it is not verified hides nothing.
fn unproven_channel(channel: &Channel, path: &SourcePath) -> Option<Diagnostic> {
    if channel.confidence == Some(Confidence::Unverified) {
        return None;
    }
    let (missing, hint) = match (&channel.source, channel.verified) {
        (None, None) => ("where it was found, nor when it was checked", "`source` and `verified`"),
        (None, Some(_)) => ("where it was found", "`source`"),
        (Some(_), None) => ("when it was checked", "`verified`"),
        (Some(_), Some(_)) => return None,
    };
    let message = format!("the channel `{}` does not say {missing}", channel.id.value);
    Some(
        Diagnostic::new(Code::UnprovenChannel, message)
            .at(path, channel.id.span)
            .hint(format!("add {hint}, or `confidence: unverified`")),
    )
}

fn emergency_channel(
    channel: &Channel,
    operator: &Operator,
    registry: &Registry,
) -> Option<Diagnostic> {
    let country = registry.countries.get(operator.id.country())?;
    let called = matches!(channel.kind, ChannelKind::Phone | ChannelKind::Sms);
    let value = channel.value.as_ref().filter(|_| called)?;
    let emergency = urgent(country, &digits(&value.value))?;
    let name = emergency.name.default.as_deref().unwrap_or(emergency.id.value.as_str());
    let country_name = country.name.default.as_deref().unwrap_or(country.code.as_str());
    let message = format!("`{}` is an emergency number of {country_name} ({name})", value.value);
    Some(
        Diagnostic::new(Code::EmergencyNumber, message)
            .at(&operator.path, value.span)
            .related(&country.path, emergency.value.span, "in the registry")
            .hint("look the operator's own number up; whoever dials this one keeps a line that others need"),
    )
}
