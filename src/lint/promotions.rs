//! Links to chats, groups and shortened addresses, and the same promotion in several guides.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::lint::file::LintedFile;
use crate::lint::hosts::{self, SHORTENERS, hosts, is_messenger};
use crate::lint::links;
use crate::lint::prose::{WrittenLink, url_end};
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::id::GuideId;
use crate::model::span::{Place, Span};

/// What a page advertises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promotion {
    /// The name in the handle or at the end of the address, in lower case.
    pub whom: String,
    pub guide: GuideId,
    pub place: Place,
}

pub fn check(
    page: &LintedFile<'_>,
    promotions: &mut Vec<Promotion>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    referrals(page, promotions);
    if page.mentions.hosts.is_empty() {
        return;
    }
    let shown = &page.prose.shown;
    let links = &page.prose.links;
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let mut mentions = page.mentions.hosts.clone();
    // The hosts at the beginning of the list say more.
    mentions.sort_by_key(|(index, range)| (*index, range.start));
    for (index, spot) in mentions {
        let Some(host) = hosts().nth(index) else { continue };
        let at = spot.start;
        let Some(found) = address(shown, at, host) else { continue };
        let range = link_of(links, at).map_or(found.clone(), |link| link.whole.clone());
        let path = shown.get(at..found.end).unwrap_or("").to_ascii_lowercase();
        let path = path.trim_end_matches(['.', ',', '/']);
        if is_known(page, host, path) || !told.insert(range.start) {
            continue;
        }
        let message = if SHORTENERS.contains(&host) {
            format!("`{path}` hides where the link leads")
        } else {
            format!("`{path}` leads readers into a chat with strangers")
        };
        let hint =
            "take it out; an operator's own chat belongs into its `channels` in the registry";
        diagnostics.push(page.fault(Code::PromotionalLink, range.clone(), message).hint(hint));
        let whom = path.rsplit('/').next().unwrap_or(path).trim_start_matches(['+', '@']);
        promotions.push(promotion(page, whom, range));
    }
}

/// Parameters that tell a shop who sent a buyer.
const REFERRALS: &[&str] = &[
    "ref",
    "aff",
    "affiliate",
    "affid",
    "aff_id",
    "referral",
    "referrer",
    "invite",
    "partner",
    "promo",
    "coupon",
    "tag",
];

/// Collects addresses that pay somebody. A single one may be an oversight, but the same one in several guides
/// is not.
fn referrals(page: &LintedFile<'_>, promotions: &mut Vec<Promotion>) {
    for link in page.text.links.iter() {
        let query = hosts::web(link.target).and_then(|rest| rest.split_once('?'));
        let Some((_, query)) = query else { continue };
        let mut names = query.split(['&', '#']).filter_map(|part| Some(part.split_once('=')?.0));
        if !names.any(|name| REFERRALS.contains(&name.to_lowercase().as_str())) {
            continue;
        }
        let Some(host) = hosts::host(link.target) else { continue };
        if !is_messenger(&host) && !hosts::allows(&page.site.config.links, &host) {
            promotions.push(promotion(page, link.target, links::place(page, &link)));
        }
    }
}

pub fn promotion(page: &LintedFile<'_>, whom: &str, range: std::ops::Range<usize>) -> Promotion {
    let span = Span::new(range.start, range.end);
    let place = Place { path: page.text.path.clone(), span };
    Promotion { whom: whom.to_lowercase(), guide: page.text.guide.clone(), place }
}

/// The range of the address with this host at `at`, including its scheme.
fn address(shown: &str, at: usize, host: &str) -> Option<std::ops::Range<usize>> {
    let head = shown.get(..at)?;
    let scheme = ["https://www.", "http://www.", "https://", "http://", "www.", "//"];
    let scheme = scheme
        .iter()
        .find(|scheme| head.to_ascii_lowercase_ends(scheme))
        .map_or(0, |one| one.len());
    let before = head.get(..at - scheme)?.chars().next_back();
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '@');
    let path = shown.get(at + host.len()..)?;
    let whole = path.starts_with(['/', '?']) || (scheme > 0 && !path.starts_with(inside));
    (!before.is_some_and(inside) && whole).then(|| at - scheme..url_end(shown, at))
}

/// Compares the end of a text, ignoring the case of ASCII letters.
trait EndsWith {
    fn to_ascii_lowercase_ends(&self, end: &str) -> bool;
}

impl EndsWith for str {
    fn to_ascii_lowercase_ends(&self, end: &str) -> bool {
        self.len()
            .checked_sub(end.len())
            .and_then(|from| self.get(from..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    }
}

/// The link whose address contains `at`.
fn link_of(links: &[WrittenLink], at: usize) -> Option<&WrittenLink> {
    let index = links.partition_point(|link| link.target.end <= at);
    links.get(index).filter(|link| link.whole.start <= at)
}

/// Whether the site's owner allows it or the registry contains it.
fn is_known(page: &LintedFile<'_>, host: &str, path: &str) -> bool {
    if hosts::allows(&page.site.config.links, host) {
        return true;
    }
    let mut channels = page.site.registry.operators.values().flat_map(|one| &one.channels);
    channels.any(|channel| {
        channel.value.as_ref().is_some_and(|value| value.value.to_lowercase().contains(path))
    })
}

/// Reports a promotion that is on pages of several guides, because that is no coincidence.
pub fn repeated<'a>(
    found: impl Iterator<Item = &'a [Promotion]>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut first: BTreeMap<&str, &Promotion> = BTreeMap::new();
    let mut told: BTreeSet<(&str, &GuideId)> = BTreeSet::new();
    for promotion in found.flatten() {
        let earlier = first.entry(&promotion.whom).or_insert(promotion);
        if earlier.guide == promotion.guide || !told.insert((&promotion.whom, &promotion.guide)) {
            continue;
        }
        let message = format!("`{}` is advertised on the pages of several guides", promotion.whom);
        diagnostics.push(
            Diagnostic::new(Code::RepeatedPromotion, message)
                .at(&promotion.place.path, promotion.place.span)
                .related(&earlier.place.path, earlier.place.span, "here too")
                .hint("look at who sent these pages; nobody advertises twice by chance"),
        );
    }
}
