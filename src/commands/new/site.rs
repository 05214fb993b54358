//! `new site`: writes a folder with `guides/site.yaml`, and files that publish the site.
#![expect(clippy::disallowed_methods, reason = "a command looks for the site that is there")]

use std::path::Path;

use crate::commands::new::arguments::{NewSiteArguments, Recipe};
use crate::commands::new::file::{ask, modeline, value, write};
use crate::commands::new::recipes::{self, IGNORED, TARGET};
use crate::commands::status::Status;
use crate::commands::talk::Talk;
use crate::model::language::Language;
use crate::model::tags::mistake;

const PATH: &str = "guides/site.yaml";

pub fn run(arguments: NewSiteArguments, talk: &Talk) -> Result<(), Status> {
    let NewSiteArguments { folder, title, lang, ci } = arguments;
    if !ci.is_empty() && folder.join(PATH).is_file() {
        publishing(&folder, &ci, talk)?;
        let hosts = match recipes::hosts(&ci).as_slice() {
            [] => String::new(),
            hosts => format!("`hosts: [{}]` and ", hosts.join(", ")),
        };
        talk.note(&format!("Next: see that `{PATH}` says {hosts}`{TARGET}`"));
        return Ok(());
    }
    let title = title.or_else(|| ask("What is the site called?", talk));
    let asked = || ask("In which languages? (tags, like `en sq`; the first is the default)", talk);
    let tags = match lang.is_empty() {
        true => asked().unwrap_or_else(|| "en".to_owned()),
        false => lang.join(" "),
    };
    let mut languages = Vec::new();
    for tag in tags.split([' ', ',']).filter(|tag| !tag.is_empty()) {
        let Some(language) = Language::parse(tag) else {
            let reason = format!("`{tag}` is no tag of a language");
            return Err(talk.refuse(Status::Refused, &reason, "write it like `en` or `zh-Hans`"));
        };
        if let Some(mistake) = mistake(&language) {
            let hint = mistake.hint(|_| false);
            return Err(talk.refuse(Status::Refused, &mistake.reason, &hint));
        }
        if !languages.contains(&language.to_string()) {
            languages.push(language.to_string());
        }
    }
    let hosts = match recipes::hosts(&ci).as_slice() {
        [] => String::new(),
        hosts => format!("hosts: [{}]\n", hosts.join(", ")),
    };
    let target = if ci.is_empty() { String::new() } else { format!("{TARGET}\n") };
    let text = format!(
        "{}\ntitle: {}\n# Where the site will live, once it does:\n# base_url: https://example.org/\nlanguages: [{}]\n{hosts}{target}",
        modeline(PATH, "site"),
        value(title.as_deref(), "TODO the name of the site"),
        languages.join(", "),
    );
    write(&folder, PATH, &text, talk)?;
    publishing(&folder, &ci, talk)?;
    talk.note(&format!(
        "Next: go to `{}`, and begin a guide with `cicerone new guide first-guide`",
        folder.display()
    ));
    Ok(())
}

fn publishing(folder: &Path, recipes: &[Recipe], talk: &Talk) -> Result<(), Status> {
    for (path, text) in recipes::files(recipes) {
        write(folder, path, &text, talk)?;
    }
    if !recipes.is_empty() {
        let (path, text) = IGNORED;
        match folder.join(path).exists() {
            true => talk.note(&format!("Next: see that `{path}` has `/public/`")),
            false => write(folder, path, text, talk)?,
        }
    }
    Ok(())
}
