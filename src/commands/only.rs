//! `build --only`: checks some sections and writes them as a part of the site.

use std::io;
use std::path::{Path, PathBuf};

use crate::commands::build::{BuildRequest, not_done, refused, told};
use crate::commands::memory::write_finding;
use crate::commands::part_list::{LIST, PartGrounds, PartList, WORDS};
use crate::commands::project::{self, Project, failed};
use crate::commands::status::Status;
use crate::commands::talk::{Stream, Talk, status};
use crate::disk::{self, OpenError, Stage, Written};
use crate::model::diagnostic::Diagnostic;
use crate::model::id::GuideId;
use crate::model::output::{Output, OutputPath};
use crate::model::site::Site;
use crate::model::suggest::suggest;
use crate::pipeline::{self, Cache, Prepared, SectionSet};
use crate::report::Progress;

pub fn run(mut project: Project, names: &[String], asked: BuildRequest, talk: &Talk) -> Status {
    let BuildRequest { output, base_url, shared, started } = asked;
    let named = |name: &String| GuideId::parse(name.trim_matches('/'));
    let sections: SectionSet = names.iter().filter_map(named).collect();
    let options = project::options(&shared, base_url);
    let grounds = match PartGrounds::of(&project, &options) {
        Ok(grounds) => grounds,
        Err(error) => return failed(&error, talk),
    };
    let progress = talk.progress();
    let (prepared, cache) =
        pipeline::prepare_part(&project.sources, &options, &sections, &progress);
    let mut faults = project.faults.clone();
    faults.retain(|fault| sections.concerns(fault));
    let prepared = prepared.drain_into(&mut faults);
    for name in names {
        if let Some((reason, hint)) = unknown(name, &prepared.site) {
            progress.finish();
            return talk.refuse(Status::Refused, &reason, &hint);
        }
    }
    let ids: Vec<String> = sections.iter().map(GuideId::to_string).collect();
    let folder = output.unwrap_or_else(|| beside(&project.root, &ids));
    let list = PartList::new(ids, grounds);
    let part = PartWriter { prepared: &prepared, sections: &sections, progress: &progress };
    let written = if status(&faults, shared.strict) == Status::Fine {
        part.write(list, &cache, &mut project, &folder, shared.strict, &mut faults)
    } else {
        faults.extend(prepared.faults_of_part(&sections, &progress));
        Ok(None)
    };
    progress.finish();
    talk.faults(Stream::Err, shared.format, &faults, &project.sources);
    match written {
        Ok(Some(written)) => {
            let counts = prepared.counts_of(&sections);
            told(&written, counts, &faults, &folder, started, talk);
            Status::Fine
        }
        Ok(None) => not_done(&faults, &folder, talk, status(&faults, shared.strict)),
        Err(error) => refused(error, talk),
    }
}

/// Why a name is none of a section.
fn unknown(name: &str, site: &Site) -> Option<(String, String)> {
    let id = name.trim_matches('/');
    if !id.is_empty() && site.folders.contains_key(id) {
        return None;
    }
    if site.guides.contains_key(id) {
        let hint = "name the section that it lies in; guides that lie in none come with `--merge`";
        return Some((format!("`{name}` is a guide, and no section"), hint.to_owned()));
    }
    let sections = || site.folders.keys().map(GuideId::as_str).filter(|id| !id.is_empty());
    let hint = match suggest(id, sections()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let top: Vec<_> = sections().filter(|id| !id.contains('/')).take(10).collect();
            format!("the sections at the top are `{}`", top.join("`, `"))
        }
    };
    Some((format!("there is no section `{name}`"), hint))
}

/// Where a part goes if nobody says so: `parts/al+gb`.
fn beside(root: &Path, sections: &[String]) -> PathBuf {
    let names: Vec<String> = sections.iter().map(|id| id.replace('/', "-")).collect();
    root.join("parts").join(names.join("+"))
}

struct PartWriter<'a> {
    prepared: &'a Prepared,
    sections: &'a SectionSet,
    progress: &'a Progress,
}

impl PartWriter<'_> {
    /// The written part, or none if drawing it found faults.
    fn write(
        &self,
        mut list: PartList,
        cache: &Cache,
        project: &mut Project,
        folder: &Path,
        strict: bool,
        faults: &mut Vec<Diagnostic>,
    ) -> Result<Option<Written>, OpenError> {
        let PartWriter { prepared, sections, progress } = *self;
        let stage = Stage::open(folder, &project.root, &disk::StageOptions::default())?;
        let put = |output: &_| prepared.pack(output, &|output| stage.put(output));
        project.without_texts(faults, |_| {
            list.faults = prepared.draw_part(sections, progress, &put)?;
            Ok(list.faults.clone())
        })?;
        if status(faults, strict) != Status::Fine {
            return Ok(None);
        }
        prepared.finish_part(sections, WORDS, progress, &|output| match is_word(output) {
            true => stage.put(output),
            false => put(output),
        })?;
        list.put_files(&stage.files());
        list.findings = findings(cache);
        let path = OutputPath::parse(LIST).ok_or_else(|| io::Error::other(LIST))?;
        stage.put(&Output { path, bytes: list.to_bytes()?.into() })?;
        Ok(Some(stage.commit()?))
    }
}

fn is_word(output: &Output) -> bool {
    output.path.as_str().starts_with(WORDS)
}

/// A line for each guide.
fn findings(cache: &Cache) -> Vec<String> {
    let mut text = String::new();
    for (key, found) in cache.findings().iter().flat_map(|findings| findings.iter()) {
        write_finding(*key, found, &mut text);
    }
    text.lines().map(str::to_owned).collect()
}
