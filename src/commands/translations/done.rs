//! `translations done`: notes which words of the original a translation was made from.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::commands::args::PinArguments;
use crate::commands::project::failed;
use crate::commands::status::Status;
use crate::commands::talk::Talk;
use crate::commands::translations::lookup::{OpenProject, find, open};
use crate::model::fingerprint::Pin;
use crate::model::guide::Role;
use crate::model::language::Language;
use crate::model::site::Edition;
use crate::model::suggest::suggest;
use crate::model::unit::{State, Unit, UnitKey};
use crate::{disk, parse};

type Pins = BTreeMap<UnitKey, Pin>;

pub fn run(root: Option<PathBuf>, arguments: PinArguments, talk: &Talk) -> Result<Status, Status> {
    let opened = open(root, talk)?;
    let site = &opened.prepared.site;
    let (guide, edition, language) = find(site, &arguments, talk)?;
    let units = guide.original.text.units();
    known(&units, &arguments.units, talk)?;
    let Role::Translation(words) = &edition.text.role else {
        let reason = format!("`{}` is an original too", edition.text.path);
        let hint = "add `translation: {of: …}` to the one that was translated";
        return Err(talk.refuse(Status::Refused, &reason, hint));
    };
    let pins = pins(&words.at, &units, edition, &arguments.units);
    let missing = edition.count(State::Missing);
    if pins == words.at {
        talk.note(&format!("Nothing changed: {}", left(missing)));
        return Ok(Status::Fine);
    }
    write(&opened, edition, &language, &pins, talk)?;
    let path = &edition.text.path;
    let changed = pins.iter().filter(|(key, pin)| words.at.get(*key) != Some(*pin)).count();
    talk.note(&format!("Pinned {changed} of {} parts of {path}; {}", units.len(), left(missing)));
    Ok(Status::Fine)
}

/// Writes the pins into the translation's file, and nothing else.
pub fn write(
    opened: &OpenProject,
    edition: &Edition,
    language: &Language,
    pins: &Pins,
    talk: &Talk,
) -> Result<(), Status> {
    let path = &edition.text.path;
    let config = &opened.prepared.site.config;
    let source = opened.project.sources.text(path.as_str()).cloned().unwrap_or_default();
    let Some(text) = parse::pin(path, &source, language, config, pins) else {
        let reason = format!("`translation:` in `{path}` cannot be edited as it is written");
        let hint = match &edition.text.role {
            Role::Translation(words) => {
                format!("write it as `translation: {{of: {}}}`", words.of.value)
            }
            Role::Original(_) => String::new(),
        };
        return Err(talk.refuse(Status::Refused, &reason, &hint));
    };
    disk::replace(&opened.project.root, path.as_str(), &source, &text)
        .map_err(|error| failed(&error, talk))
}

fn left(missing: usize) -> String {
    match missing {
        0 => "nothing is missing".to_owned(),
        1 => "1 part is missing".to_owned(),
        count => format!("{count} parts are missing"),
    }
}

pub fn known(units: &[Unit], asked: &[String], talk: &Talk) -> Result<(), Status> {
    for name in asked {
        if units.iter().any(|unit| unit.key.as_str() == name) {
            continue;
        }
        let near = suggest(name, units.iter().map(|unit| unit.key.as_str()));
        let hint = near.map_or_else(
            || "`cicerone translations status` names the parts".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(talk.refuse(
            Status::Refused,
            &format!("the original has no part `{name}`"),
            &hint,
        ));
    }
    Ok(())
}

/// The pins of the parts that were asked for, or else of all that have words. Parts that the original no
/// longer has are forgotten.
fn pins(at: &Pins, units: &[Unit], edition: &Edition, asked: &[String]) -> Pins {
    let states: BTreeMap<&str, State> =
        edition.standing.iter().map(|(key, state)| (key.as_str(), *state)).collect();
    let mut pins = Pins::new();
    for unit in units {
        let key = unit.key.as_str();
        let wanted = asked.is_empty() || asked.iter().any(|name| name == key);
        let translated = states.get(key).is_some_and(|state| *state != State::Missing);
        let pin = match at.get(key) {
            _ if wanted && translated => Some(unit.wording.pin),
            old => old.copied(),
        };
        pins.extend(pin.map(|pin| (unit.key.clone(), pin)));
    }
    pins
}
