//! `new guide`: writes the original of a guide, with what it must have and a first step.

use std::path::PathBuf;

use crate::commands::new::arguments::NewGuideArguments;
use crate::commands::new::file::{ask, modeline, value, write};
use crate::commands::status::Status;
use crate::commands::talk::Talk;
use crate::commands::translations::lookup::{guide_id, language, open};
use crate::model::id::{CountryCode, GuideId};
use crate::model::site::Site;

/// Folders and addresses that belong to the site itself.
const RESERVED: &[&str] = &["operators", "tags", "glossary", "a-z", "translations"];

pub fn run(root: Option<PathBuf>, arguments: NewGuideArguments, talk: &Talk) -> Result<(), Status> {
    let NewGuideArguments { path, lang, title } = arguments;
    let opened = open(root, talk)?;
    let site = &opened.prepared.site;
    let id = place(&guide_id(&path), site, talk)?;
    let language = match &lang {
        Some(tag) => language(site, tag).map_err(|hint| {
            let reason = format!("`{tag}` is no language of this site");
            talk.refuse(Status::Refused, &reason, &hint)
        })?,
        None => site.config.default_language.clone(),
    };
    let title = title.or_else(|| ask("What does the reader get done? (the title)", talk));
    let path = format!("guides/{id}/{language}.md");
    let text = text(&path, &id, title.as_deref(), site);
    write(&opened.project.root, &path, &text, talk)?;
    let other = site.config.languages.iter().find(|other| **other != language);
    let then = other.map_or_else(String::new, |other| {
        format!("; translate it with `cicerone new translation {id} {other}`")
    });
    talk.note(&format!("Next: replace every `TODO`, and see `cicerone check`{then}"));
    Ok(())
}

/// The guide's id, if a guide may have that name.
pub fn place(path: &str, site: &Site, talk: &Talk) -> Result<GuideId, Status> {
    let refuse = |reason: String, hint: &str| Err(talk.refuse(Status::Refused, &reason, hint));
    let sound = |segment: &str| {
        let letters = segment.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
        letters && !segment.starts_with('.') && segment.len() <= 200 && !segment.ends_with(".md")
    };
    let id =
        GuideId::parse(path).filter(|id| !id.as_str().is_empty() && path.split('/').all(sound));
    let Some(id) = id else {
        let hint =
            "name a folder below `guides/`, like `al/lost-sim`: letters, digits, `-` and `/`";
        return refuse(format!("`{path}` cannot be the name of a guide"), hint);
    };
    let first = path.split('/').next().unwrap_or(path);
    if RESERVED.contains(&first) {
        return refuse(format!("`{first}` is a page of the site's own"), "choose another name");
    }
    if let Some(guide) = site.guides.get(&id) {
        let hint = format!("edit `{}`, or choose another name", guide.original.text.path);
        return refuse(format!("there is a guide `{id}` already"), &hint);
    }
    if site.folders.contains_key(&id) {
        let hint = format!("name a guide in it, like `{id}/lost-sim`");
        return refuse(format!("`{id}` is a section, which holds guides"), &hint);
    }
    let mut above = id.parent();
    while let Some(folder) = above {
        if site.guides.contains_key(&folder) {
            let hint = "put the new one beside it: a guide holds no other guides";
            return refuse(format!("`{folder}` is a guide"), hint);
        }
        above = folder.parent();
    }
    Ok(id)
}

fn text(path: &str, id: &GuideId, title: Option<&str>, site: &Site) -> String {
    let country = id.as_str().split('/').next().and_then(CountryCode::parse);
    let country = country.filter(|code| site.registry.countries.contains_key(code));
    let country = country
        .map_or_else(String::new, |code| format!("country: {}\n", code.as_str().to_uppercase()));
    format!(
        "---
{}
title: {}
summary: TODO say in a sentence what gets done, and for whom
{country}materials:
  - id: first-thing
    title: TODO what the reader needs at hand
steps:
  - id: first-step
    title: TODO what to do first
    text: TODO how, in a few words
  - id: second-step
---

TODO what this is good for, in two or three sentences.

## TODO what to do next {{#second-step}}

TODO how. A step's longer words stand here, below a heading with its id.
",
        modeline(path, "guide"),
        value(title, "TODO what the reader gets done"),
    )
}
