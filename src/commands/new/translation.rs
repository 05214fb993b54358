//! `new translation`: writes a file with the original's words, each marked to be replaced.

use std::path::PathBuf;

use crate::commands::new::arguments::NewTranslationArguments;
use crate::commands::new::file::{ask, modeline, there_is, write};
use crate::commands::status::Status;
use crate::commands::talk::Talk;
use crate::commands::translations::lookup::{guide, guide_id, language, open};
use crate::parse;

pub fn run(
    root: Option<PathBuf>,
    arguments: NewTranslationArguments,
    talk: &Talk,
) -> Result<(), Status> {
    let NewTranslationArguments { path, language: tag } = arguments;
    let opened = open(root, talk)?;
    let site = &opened.prepared.site;
    let id = guide_id(&path);
    let guide = guide(site, &id, talk)?;
    let Some(tag) = tag.or_else(|| ask("Into which language? (its tag)", talk)) else {
        let reason = "the language of the translation is missing";
        let hint = format!("write `cicerone new translation {id} sq`");
        return Err(talk.refuse(Status::Refused, reason, &hint));
    };
    let language = language(site, &tag).map_err(|hint| {
        let reason = format!("`{tag}` is no language of this site");
        talk.refuse(Status::Refused, &reason, &hint)
    })?;
    let path = format!("guides/{id}/{language}.md");
    let original = &guide.original.text;
    let there = guide.translations.get(&language);
    if there.is_some_and(|edition| edition.converted_from.is_none()) {
        return Err(there_is(&path, talk));
    }
    let source = opened.project.sources.text(original.path.as_str()).cloned().unwrap_or_default();
    let comment = modeline(&path, "translation");
    let text =
        parse::untranslated(&original.path, &source, &original.language, &site.config, &comment);
    let Some(text) = text else {
        let reason = format!("`{}` cannot be read", original.path);
        return Err(talk.refuse(
            Status::Refused,
            &reason,
            "mend what `cicerone check` tells first",
        ));
    };
    write(&opened.project.root, &path, &text, talk)?;
    talk.note(&format!(
        "Next: replace what stands behind each `TODO`, and say so with `cicerone translations done {id} {language}`"
    ));
    Ok(())
}
