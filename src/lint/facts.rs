//! How far facts can be trusted: reviews that are overdue, claims and channels without a source.

use crate::lint::numbers::{digits, urgent};
use crate::model::date::Date;
use crate::model::diagnostic::{Code, Diagnostic, Severity};
use crate::model::guide::{Item, Translation};
use crate::model::operator::{Channel, Operator, Registry};
use crate::model::site::{Guide, Site};
use crate::model::source::SourcePath;
use crate::model::vocabulary::{ChannelKind, Confidence, SourceRule};

pub fn guide(guide: &Guide, site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    if site.config.sources == SourceRule::Required {
        unsourced(guide, diagnostics);
    }
}

/// A warning from the day after, an error once the grace period is over too.
/// A review whose day has gone by.
pub fn overdue(guide: &Guide, site: &Site, today: Date) -> Option<Diagnostic> {
    let review = guide.facts().review.as_ref()?;
    let verified = review.verified.as_ref()?;
    let due = verified.value.after(review.every.or(site.config.review_every)?)?;
    if today <= due {
        return None;
    }
    let message = format!("this guide was to be checked again by {due}");
    let mut fault =
        Diagnostic::new(Code::OverdueReview, message).at(&guide.original.text.path, verified.span);
    let last = site.config.review_grace.and_then(|grace| due.after(grace));
    if let Some(last) = last {
        let over = today > last;
        fault.severity = if over { Severity::Error } else { Severity::Warning };
        let grace = if over { "was" } else { "is" };
        fault =
            fault.hint(format!("{last} {grace} the last day of grace (`review` in `site.yaml`)"));
    }
    Some(fault.hint("check each fact against its source, then set `verified` to that day"))
}

/// What the site asks of a guide that states facts: a source for every claim, or that it is none.
fn unsourced(guide: &Guide, diagnostics: &mut Vec<Diagnostic>) {
    let facts = guide.facts();
    let text = &*guide.original.text;
    let items = facts.items();
    let states = !facts.operators.is_empty() || facts.country.is_some() || !items.is_empty();
    let checked = facts.review.as_ref().is_some_and(|review| review.verified.is_some());
    // A guide that owns to its doubts hides nothing.
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

/// An item that says how it is known, but not from where.
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

pub fn registry(registry: &Registry, diagnostics: &mut Vec<Diagnostic>) {
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

/// A channel that says itself that it is not verified hides nothing.
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
