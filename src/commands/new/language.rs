//! `new language`: writes a file of the site's own for the words of the interface that a language still lacks.

use std::path::PathBuf;

use crate::commands::new::arguments::NewLanguageArguments;
use crate::commands::new::file::{ask, write};
use crate::commands::status::Status;
use crate::commands::talk::Talk;
use crate::commands::translations::lookup::open;
use crate::model::language::Language;
use crate::model::tags::mistake;
use crate::parse;

pub fn run(
    root: Option<PathBuf>,
    arguments: NewLanguageArguments,
    talk: &Talk,
) -> Result<(), Status> {
    let opened = open(root, talk)?;
    let site = &opened.prepared.site;
    let Some(tag) = arguments.language.or_else(|| ask("Which language? (its tag)", talk)) else {
        let hint = "write `cicerone new language fr`";
        return Err(talk.refuse(Status::Refused, "the language is missing", hint));
    };
    let Some(language) = Language::parse(&tag) else {
        let reason = format!("`{tag}` is no tag of a language");
        return Err(talk.refuse(Status::Refused, &reason, "write it like `fr` or `pt-BR`"));
    };
    if let Some(mistake) = mistake(&language) {
        let hint = mistake.hint(|_| false);
        return Err(talk.refuse(Status::Refused, &mistake.reason, &hint));
    }
    let theme = &site.config.theme.value;
    let Some(text) = parse::untranslated_words(&opened.project.sources, &site.config, &language)
    else {
        talk.note(&format!("There are words for all of the interface in `{language}` already"));
        return Ok(());
    };
    let path = format!("themes/{theme}/i18n/{language}.yaml");
    write(&opened.project.root, &path, &text, talk)?;
    let declare = match site.config.languages.contains(&language) {
        true => String::new(),
        false => format!(", list `{language}` under `languages` in `{}`", site.config.path),
    };
    talk.note(&format!("Next: translate what stands there{declare}, and see `cicerone check`"));
    Ok(())
}
