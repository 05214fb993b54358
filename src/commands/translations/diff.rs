//! `translations diff`: shows what has changed in the original since a part was translated.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::commands::args::PinArguments;
use crate::commands::project::failed;
use crate::commands::status::Status;
use crate::commands::talk::{Stream, Talk};
use crate::commands::translations::lookup::{find, open};
use crate::disk::{self, Version};
use crate::model::config::Config;
use crate::model::fingerprint::Pin;
use crate::model::guide::{Role, Translation};
use crate::model::unit::{State, Unit, UnitKey};
use crate::parse;

/// What a part said when it was translated.
#[derive(Debug, Clone)]
pub struct EarlierWords {
    pub commit: String,
    pub day: String,
    pub words: String,
}

pub fn run(root: Option<PathBuf>, arguments: PinArguments, talk: &Talk) -> Result<Status, Status> {
    let opened = open(root, talk)?;
    let site = &opened.prepared.site;
    let (guide, edition, _) = find(site, &arguments, talk)?;
    let Role::Translation(words) = &edition.text.role else { return Ok(Status::Fine) };
    let original = &*guide.original.text;
    let asked = |key: &UnitKey| {
        arguments.units.is_empty() || arguments.units.iter().any(|name| name == key.as_str())
    };
    let of = |state: State| {
        let units = edition.standing.iter().filter(move |(_, own)| *own == state);
        units.map(|(key, _)| key).filter(|key| asked(key)).collect::<Vec<_>>()
    };
    let wanted: BTreeMap<&str, Pin> = of(State::Stale)
        .into_iter()
        .filter_map(|key| Some((key.as_str(), *words.at.get(key)?)))
        .collect();
    let (before, repository) = before(&opened.project.root, original, &site.config, &wanted)
        .map_err(|error| failed(&error, talk))?;
    let source = opened.project.sources.text(original.path.as_str()).cloned().unwrap_or_default();
    let units = original.units();
    talk.write(Stream::Out, |out| {
        for unit in units.iter().filter(|unit| wanted.contains_key(unit.key.as_str())) {
            let now = words_of(unit, &source);
            match before.get(unit.key.as_str()) {
                Some(before) => changed(out, unit, before, &now)?,
                None => {
                    writeln!(out, "{}: changed; today it says", unit.key)?;
                    lines(out, ' ', &now.lines().collect::<Vec<_>>())?;
                }
            }
        }
        for (state, label) in
            [(State::Missing, "not translated"), (State::Unpinned, "nobody noted from what")]
        {
            let keys: Vec<&str> = of(state).into_iter().map(UnitKey::as_str).collect();
            if !keys.is_empty() {
                writeln!(out, "{label}: {}", keys.join(", "))?;
            }
        }
        Ok(())
    });
    if wanted.len() > before.len() {
        talk.note(if repository {
            "What was translated is in none of the last commits; only what it says today is shown."
        } else {
            "There is no git repository here; only what the original says today is shown."
        });
    }
    if wanted.is_empty() && of(State::Missing).is_empty() {
        talk.note("Nothing has changed in the original since.");
    }
    Ok(Status::Fine)
}

/// The words of each stale part, from the last commit in which they match its pin.
pub fn before(
    root: &Path,
    original: &Translation,
    config: &Config,
    wanted: &BTreeMap<&str, Pin>,
) -> io::Result<(BTreeMap<String, EarlierWords>, bool)> {
    let mut found: BTreeMap<String, EarlierWords> = BTreeMap::new();
    if wanted.is_empty() {
        return Ok((found, true));
    }
    let path = &original.path;
    let repository = disk::history(root, path.as_str(), &mut |version| {
        let Version { commit, day, text } = version;
        let old = parse::translation(path, &text, original.language.clone(), config).value;
        for unit in old.units() {
            let key = unit.key.as_str();
            if wanted.get(key) == Some(&unit.wording.pin) && !found.contains_key(key) {
                let words = words_of(&unit, &text);
                let before = EarlierWords { commit: commit.clone(), day: day.clone(), words };
                found.insert(key.to_owned(), before);
            }
        }
        found.len() < wanted.len()
    })?;
    Ok((found, repository))
}

/// The words of a unit as they are written in the source.
pub fn words_of(unit: &Unit, source: &str) -> String {
    let parts = unit.wording.spans.iter().filter_map(|span| source.get(span.range()));
    parts.map(str::trim).collect::<Vec<_>>().join("\n")
}

/// Writes the lines that differ, without those that both begin or end with.
fn changed(out: &mut dyn Write, unit: &Unit, before: &EarlierWords, now: &str) -> io::Result<()> {
    writeln!(out, "{}: changed since {} ({})", unit.key, before.day, before.commit)?;
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.words.lines().collect(), now.lines().collect());
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = old.iter().zip(&new).take_while(same).count();
    let (old, new) = (old.get(head..).unwrap_or(&[]), new.get(head..).unwrap_or(&[]));
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    lines(out, '-', old.get(..old.len() - tail).unwrap_or(&[]))?;
    lines(out, '+', new.get(..new.len() - tail).unwrap_or(&[]))
}

fn lines(out: &mut dyn Write, mark: char, lines: &[&str]) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "  {mark}{line}"))
}
