//! `translations minor`: notes that an edit of an original changes nothing for its translations.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;

use crate::commands::args::MinorArguments;
use crate::commands::project::failed;
use crate::commands::status::Status;
use crate::commands::talk::Talk;
use crate::commands::translations::done::{known, write};
use crate::commands::translations::lookup::{OpenProject, guide, guide_id, open};
use crate::model::fingerprint::Pin;
use crate::model::guide::Role;
use crate::model::site::{Edition, Guide};
use crate::model::unit::{State, Unit};
use crate::{disk, parse};

pub fn run(
    root: Option<PathBuf>,
    arguments: MinorArguments,
    talk: &Talk,
) -> Result<Status, Status> {
    let opened = open(root, talk)?;
    let site = &opened.prepared.site;
    let guide = guide(site, &guide_id(&arguments.path), talk)?;
    let units = guide.original.text.units();
    known(&units, &arguments.units, talk)?;
    let asked =
        |key: &str| arguments.units.is_empty() || arguments.units.iter().any(|name| name == key);
    let stale = |edition: &Edition| -> BTreeSet<String> {
        let stale = edition.standing.iter().filter(|(_, state)| *state == State::Stale);
        stale.map(|(key, _)| key.to_string()).filter(|key| asked(key)).collect()
    };
    let editions: Vec<&Edition> =
        guide.translations.values().filter(|edition| edition.converted_from.is_none()).collect();
    let wanted: BTreeSet<String> = editions.iter().flat_map(|edition| stale(edition)).collect();
    if wanted.is_empty() {
        talk.note("Nothing changed: no translation is stale there");
        return Ok(Status::Fine);
    }
    let before =
        last_change(&opened, guide, &units, &wanted).map_err(|error| failed(&error, talk))?;
    let mut left = BTreeSet::new();
    for edition in editions {
        let Role::Translation(words) = &edition.text.role else { continue };
        let mut pins = words.at.clone();
        for unit in units.iter().filter(|unit| stale(edition).contains(unit.key.as_str())) {
            let key = unit.key.as_str();
            // A part that was stale before the last change still has to be translated.
            let was_fresh = before.as_ref().is_none_or(|before| before.get(key) == pins.get(key));
            match was_fresh {
                true => drop(pins.insert(unit.key.clone(), unit.wording.pin)),
                false => drop(left.insert(format!("{key} ({})", edition.text.language))),
            }
        }
        let changed = pins.iter().filter(|(key, pin)| words.at.get(*key) != Some(*pin)).count();
        if changed > 0 {
            write(&opened, edition, &edition.text.language, &pins, talk)?;
            talk.note(&format!(
                "Fresh again: {changed} of {} parts of {}",
                units.len(),
                edition.text.path
            ));
        }
    }
    if !left.is_empty() {
        let left: Vec<String> = left.into_iter().collect();
        talk.note(&format!("Stale since an earlier change, and left so: {}", left.join(", ")));
    }
    Ok(Status::Fine)
}

/// The pin of each part before its last change, from git; `None` if there is no repository.
fn last_change(
    opened: &OpenProject,
    guide: &Guide,
    units: &[Unit],
    wanted: &BTreeSet<String>,
) -> io::Result<Option<BTreeMap<String, Pin>>> {
    let original = &*guide.original.text;
    let config = &opened.prepared.site.config;
    let now: BTreeMap<&str, Pin> =
        units.iter().map(|unit| (unit.key.as_str(), unit.wording.pin)).collect();
    let mut before: BTreeMap<String, Pin> = BTreeMap::new();
    let path = &original.path;
    let repository = disk::history(&opened.project.root, path.as_str(), &mut |version| {
        let old = parse::translation(path, &version.text, original.language.clone(), config).value;
        for unit in old.units().iter().filter(|unit| wanted.contains(unit.key.as_str())) {
            let (key, pin) = (unit.key.as_str(), unit.wording.pin);
            if now.get(key) != Some(&pin) && !before.contains_key(key) {
                before.insert(key.to_owned(), pin);
            }
        }
        before.len() < wanted.len()
    })?;
    Ok(repository.then_some(before))
}
