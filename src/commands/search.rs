//! `search`: finds pages of the guides with the words and the ranking of the site's search.

use std::path::PathBuf;

use crate::commands::args::{SearchArguments, TwoFormats};
use crate::commands::project;
use crate::commands::status::Status;
use crate::commands::talk::{Stream, Talk};
use crate::model::language::Language;
use crate::model::site::Site;
use crate::model::suggest::suggest;
use crate::report::{self, Match};
use crate::{pipeline, search};

pub fn run(root: Option<PathBuf>, arguments: SearchArguments, talk: &Talk) -> Status {
    let SearchArguments { query, lang, limit, drafts, format } = arguments;
    let project = match project::open(root, talk) {
        Ok(project) => project,
        Err(status) => return status,
    };
    let progress = talk.progress();
    let options = project::search_options(drafts);
    // `check` reports faults; here, everything that can be read is searched.
    let prepared = pipeline::prepare(&project.sources, &options, &progress).value;
    let site = &prepared.site;
    let language = match reader(site, lang.as_deref()) {
        Ok(language) => language,
        Err(hint) => {
            progress.finish();
            let reason = format!("`{}` is no language of this site", lang.unwrap_or_default());
            return talk.refuse(Status::Refused, &reason, &hint);
        }
    };
    let indexes = prepared.indexes();
    progress.finish();
    let query = query.join(" ");
    let found = search::search(&indexes, language, &query, limit);
    let matches: Vec<Match<'_>> = found
        .iter()
        .map(|found| Match {
            url: &found.url,
            title: &found.title,
            section: &found.section,
            anchor: &found.anchor,
            text: &found.text,
            language: site.language(found.language).tag(),
            score: found.score,
        })
        .collect();
    talk.write(Stream::Out, |out| match format {
        TwoFormats::Json => report::matches_json(out, &matches),
        TwoFormats::Human => {
            let own = site.language(language).tag();
            report::matches_human(out, &matches, own, talk.color(Stream::Out))
        }
    });
    let unknown = search::unknown(&indexes, language, &query);
    if !matches.is_empty() && !unknown.is_empty() && format == TwoFormats::Human {
        let words: Vec<String> = unknown.iter().map(|word| format!("`{word}`")).collect();
        talk.note(&format!("No page has {}.", words.join(", ")));
    }
    if matches.is_empty() && format == TwoFormats::Human {
        talk.note(&format!(
            "Nothing found for `{query}`. Try fewer words, another spelling, or another language."
        ));
    }
    Status::Fine
}

/// The index of the reader's language among the site's languages; otherwise a hint.
fn reader(site: &Site, tag: Option<&str>) -> Result<usize, String> {
    let languages = &site.config.languages;
    let wanted = match tag {
        None => Some(site.config.default_language.clone()),
        Some(tag) => Language::parse(tag),
    };
    let place = wanted.and_then(|wanted| languages.iter().position(|known| *known == wanted));
    place.ok_or_else(|| {
        let tags = || languages.iter().map(Language::tag);
        match suggest(tag.unwrap_or_default(), tags()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the site has {}", tags().collect::<Vec<_>>().join(", ")),
        }
    })
}
