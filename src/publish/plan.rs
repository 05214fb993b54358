//! What publishing will do: compares the site with what the target holds.

use crate::model::media::{is_fingerprinted, unpacked};
use crate::model::publication::{By, Parcel, Plan, PlanChange, PlanStep};
use crate::publish::carrier::Survey;

/// Up to one in this many of a target's pages may be deleted at once without asking.
const SHARE: usize = 4;

pub fn plan(parcel: &Parcel, survey: &Survey) -> Plan {
    let Survey { wanted, held } = survey;
    let mut plan = Plan::default();
    for (path, entry) in &parcel.files {
        let change = match held.get(path) {
            None => PlanChange::Added,
            Some(held) if wanted.get(path) == Some(&held.mark) => {
                plan.unchanged += 1;
                continue;
            }
            Some(held) => {
                if held.by == By::Others {
                    plan.replaced.push(path.clone());
                }
                PlanChange::Changed
            }
        };
        plan.steps.push(PlanStep { change, path: path.clone(), size: entry.size });
    }
    let ours = || held.iter().filter(|(_, held)| held.by == By::Us);
    for (path, held) in ours().filter(|(path, _)| !parcel.files.contains_key(path.as_str())) {
        let step = PlanStep { change: PlanChange::Deleted, path: path.clone(), size: held.size };
        plan.steps.push(step);
    }
    plan.lasting = ours().filter(|(path, _)| !is_fingerprinted(path.as_str())).count();
    plan.steps.sort_by(|a, b| turn(a).cmp(&turn(b)).then_with(|| a.path.cmp(&b.path)));
    plan
}

/// The turn in which a file is sent: what pages ask for goes before the pages, deletions come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    Fingerprinted,
    Beside,
    Page,
    Root,
    Deletion,
}

pub fn turn(step: &PlanStep) -> Turn {
    let path = step.path.as_str();
    // A compressed file is sent in the same turn as the file itself.
    let path = unpacked(path).map_or(path, |(path, _)| path);
    match step.change {
        PlanChange::Deleted => Turn::Deletion,
        _ if is_fingerprinted(path) => Turn::Fingerprinted,
        _ if !path.contains('/') => Turn::Root,
        _ if path.ends_with(".html") => Turn::Page,
        _ => Turn::Beside,
    }
}

/// A plan that would delete too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drastic {
    pub deleted: usize,
    pub of: usize,
}

/// What the plan deletes, if that is too much. Files with a fingerprint in their name do not count, because
/// they go whenever they change.
pub fn drastic(plan: &Plan) -> Option<Drastic> {
    let is_lasting = |step: &&PlanStep| {
        step.change == PlanChange::Deleted && !is_fingerprinted(step.path.as_str())
    };
    let deleted = plan.steps.iter().filter(is_lasting).count();
    (deleted * SHARE > plan.lasting).then_some(Drastic { deleted, of: plan.lasting })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use super::*;
    use crate::model::output::{OutputEntry, OutputPath};
    use crate::model::publication::Held;

    fn path(text: &str) -> OutputPath {
        OutputPath::parse(text).unwrap()
    }

    /// Files are written as `path=text`; those that somebody else put there begin with `!`.
    fn made(site: &[&str], there: &[&str]) -> Plan {
        let split =
            |file: &str| file.split_once('=').map(|(a, b)| (path(a), b.to_owned())).unwrap();
        let site = site.iter().map(|file| split(file));
        let wanted: BTreeMap<_, _> = site.collect();
        let files =
            wanted.iter().map(|(path, text)| (path.clone(), OutputEntry::of(text.as_bytes())));
        let parcel =
            Parcel { folder: PathBuf::new(), files: files.collect(), redirects: BTreeMap::new() };
        let held = there.iter().map(|file| {
            let by = if file.starts_with('!') { By::Others } else { By::Us };
            let (path, mark) = split(file.trim_start_matches('!'));
            (path, Held { size: mark.len() as u64, mark, by })
        });
        plan(&parcel, &Survey { held: held.collect(), wanted })
    }

    fn told(plan: &Plan) -> Vec<String> {
        plan.steps.iter().map(|step| format!("{} {}", step.change.as_str(), step.path)).collect()
    }

    #[test]
    fn what_pages_ask_for_goes_first_and_deletions_last() {
        let plan = made(
            &[
                "en/a/index.html=1",
                "index.html=1",
                "assets/b.1.css=1",
                "assets/b.1.css.br=1",
                "en/a/card.svg=1",
                "en/a/index.html.gz=1",
                "en/same/index.html=1",
            ],
            &[
                "assets/b.0.css=0",
                "en/a/index.html=0",
                "en/same/index.html=1",
                "!index.html=0",
                "!CNAME=x",
            ],
        );
        assert_eq!(
            told(&plan),
            [
                "added assets/b.1.css",
                "added assets/b.1.css.br",
                "added en/a/card.svg",
                "changed en/a/index.html",
                "added en/a/index.html.gz",
                "changed index.html",
                "deleted assets/b.0.css"
            ]
        );
        assert_eq!((plan.unchanged, plan.lasting, plan.bytes()), (1, 2, 6));
        assert_eq!(plan.replaced, [path("index.html")]);
    }

    #[test]
    fn to_take_more_than_a_quarter_away_is_drastic() {
        let there = ["a=1", "b=1", "c=1", "d=1", "assets/e=1", "assets/f=1"];
        assert_eq!(drastic(&made(&["a=1", "b=1", "c=1"], &there)), None);
        let two = drastic(&made(&["a=1", "b=1"], &there));
        assert_eq!(two, Some(Drastic { deleted: 2, of: 4 }));
        assert_eq!(drastic(&made(&[], &[])), None);
    }
}
