//! What the subcommands of `translations` and `new` look up in an open project.

use std::path::PathBuf;

use crate::commands::args::PinArguments;
use crate::commands::project::{self, Project};
use crate::commands::status::Status;
use crate::commands::talk::Talk;
use crate::model::diagnostic::Diagnostic;
use crate::model::id::GuideId;
use crate::model::language::Language;
use crate::model::site::{Edition, Guide, Site};
use crate::model::suggest::suggest;
use crate::pipeline::{self, Prepared};

/// The project with drafts: they too are translated.
pub struct OpenProject {
    pub project: Project,
    pub prepared: Prepared,
    pub faults: Vec<Diagnostic>,
}

pub fn open(root: Option<PathBuf>, talk: &Talk) -> Result<OpenProject, Status> {
    let project = project::open(root, talk)?;
    let progress = talk.progress();
    let mut faults = project.faults.clone();
    let prepared = pipeline::prepare(&project.sources, &project::everything(), &progress);
    let prepared = prepared.drain_into(&mut faults);
    progress.finish();
    Ok(OpenProject { project, prepared, faults })
}

/// The guide and the translation that the user named.
pub fn find<'s>(
    site: &'s Site,
    arguments: &PinArguments,
    talk: &Talk,
) -> Result<(&'s Guide, &'s Edition, Language), Status> {
    let refuse = |reason: String, hint: String| talk.refuse(Status::Refused, &reason, &hint);
    let id = guide_id(&arguments.path);
    let guide = guide(site, &id, talk)?;
    let language = language(site, &arguments.language).map_err(|hint| {
        refuse(format!("`{}` is no language of this site", arguments.language), hint)
    })?;
    if guide.original.text.language == language {
        let reason = format!("`{}` is the original", guide.original.text.path);
        return Err(refuse(reason, "name the language of a translation".to_owned()));
    }
    let edition = guide.translations.get(&language);
    match edition.filter(|edition| edition.converted_from.is_none()) {
        Some(edition) => Ok((guide, edition, language)),
        None => {
            let reason = format!("`{id}` is not translated into `{language}`");
            Err(refuse(reason, format!("begin with `cicerone new translation {id} {language}`")))
        }
    }
}

pub fn guide<'s>(site: &'s Site, id: &str, talk: &Talk) -> Result<&'s Guide, Status> {
    let known = GuideId::parse(id).and_then(|id| site.guides.get(&id));
    known.map(|guide| &**guide).ok_or_else(|| {
        let near = suggest(id, site.guides.keys().map(GuideId::as_str));
        let hint = near.map_or_else(
            || "name a folder below `guides/`, like `al/cancel-sim`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        talk.refuse(Status::Refused, &format!("no guide is called `{id}`"), &hint)
    })
}

/// Turns `guides/al/cancel-sim/sq.md` and `al/cancel-sim/` into `al/cancel-sim`.
pub fn guide_id(path: &str) -> String {
    let path = path.trim_start_matches("./").trim_matches('/');
    let path = path.strip_prefix("guides/").unwrap_or(path);
    let folder = path.rsplit_once('/').filter(|(_, file)| file.ends_with(".md"));
    folder.map_or(path, |(folder, _)| folder).to_owned()
}

/// The declared language with this tag; otherwise a hint about what to write.
pub fn language(site: &Site, tag: &str) -> Result<Language, String> {
    let languages = &site.config.languages;
    let known = Language::parse(tag).filter(|language| languages.contains(language));
    known.ok_or_else(|| match suggest(tag, languages.iter().map(Language::tag)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let tags: Vec<String> = languages.iter().map(|one| format!("`{one}`")).collect();
            format!(
                "the languages are {}; add others to `languages` in `guides/site.yaml`",
                tags.join(", ")
            )
        }
    })
}
