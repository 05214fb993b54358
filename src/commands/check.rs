//! `check`: reports every fault of the guides and writes nothing.

use std::path::{Path, PathBuf};

use crate::commands::args::CheckArguments;
use crate::commands::changed::{self, NotTold};
use crate::commands::memory::{self, Memory};
use crate::commands::project;
use crate::commands::status::Status;
use crate::commands::talk::{Stream, Talk, status};
use crate::model::date::Date;
use crate::model::diagnostic::{Code, Diagnostic};
use crate::model::site::{Guide, Site};
use crate::model::source::SourcePath;
use crate::model::span::Span;
use crate::pipeline;
use crate::report::{Checked, FaultCounts, Summary};

pub fn run(root: Option<PathBuf>, arguments: CheckArguments, talk: &Talk) -> Status {
    let CheckArguments { paths, changed, due, shared } = arguments;
    let project = match project::open(root, talk) {
        Ok(project) => project,
        Err(status) => return status,
    };
    let paths =
        match paths.iter().map(|path| below(&project.root, path)).collect::<Option<Vec<_>>>() {
            Some(paths) => paths,
            None => {
                let reason = "one of the paths is not in the project";
                return talk.refuse(
                    Status::Refused,
                    reason,
                    "name files and folders below the project's folder",
                );
            }
        };
    let added = match changed.map(|revision| changed::since(&project.root, &revision)).transpose() {
        Ok(added) => added,
        Err(error) => return not_told(error, talk),
    };
    let progress = talk.progress();
    let options = project::options(&shared, None);
    // What the last build has kept is used, but nothing is written.
    let memory = Memory::recall(&project.root);
    let made_of = memory::made_of(&project, &options);
    let known = memory.report(made_of).filter(|_| !due);
    let (mut faults, site) = known.map_or_else(
        || {
            let mut faults = project.faults.clone();
            let cache = memory.cache();
            let (prepared, _) =
                pipeline::prepare_warm(&project.sources, &options, &cache, &progress);
            let prepared = prepared.drain_into(&mut faults);
            // Pages are drawn and thrown away, because a template's fault shows only when it is drawn.
            if !due {
                faults.extend(prepared.faults(&progress));
            }
            (faults, Some(prepared.site))
        },
        |faults| (faults, None),
    );
    progress.finish();
    faults.retain(|fault| is_asked_for(fault, &paths));
    if let Some(added) = added {
        faults.retain(|fault| added.holds(fault, &project.sources));
    }
    if due {
        faults.retain(|fault| DUE.contains(&fault.code));
        let coming = site.iter().flat_map(coming);
        faults.extend(coming.filter(|fault| is_asked_for(fault, &paths)));
        faults.sort();
    }
    talk.faults(Stream::Out, shared.format, &faults, &project.sources);
    let files = project.sources.texts.len();
    talk.summary(&Summary::Checked(Checked { files, faults: FaultCounts::count(&faults) }));
    match site.filter(|_| due) {
        Some(site) => overdue(&site, &faults, options.today),
        None => status(&faults, shared.strict),
    }
}

/// What only the calendar makes.
const DUE: &[Code] = &[Code::OverdueReview, Code::PastBanner, Code::PublicationDate];

/// The days on which guides that readers have will be over, and the banner.
fn coming(site: &Site) -> Vec<Diagnostic> {
    let note = |message: String, place: (&SourcePath, Span)| {
        Diagnostic::new(Code::PublicationDate, message).at(place.0, place.1)
    };
    let guides = site.guides.values().filter_map(|guide| {
        let until = guide.facts().published.until?;
        let message = format!("this guide is published until {}", until.value);
        Some(note(message, (&guide.original.text.path, until.span)))
    });
    guides.collect()
}

/// Whether one of the guides that are told is out of its grace.
fn overdue(site: &Site, told: &[Diagnostic], today: Date) -> Status {
    let is_told = |guide: &Guide| {
        let path = &guide.original.text.path;
        told.iter().filter_map(|fault| fault.place.as_ref()).any(|place| place.path == *path)
    };
    let late = |guide: &Guide| {
        guide.review_due(&site.config).is_some_and(|review| review.is_out_of_grace(today))
    };
    match site.guides.values().any(|guide| late(guide) && is_told(guide)) {
        true => Status::Faults,
        false => Status::Fine,
    }
}

fn not_told(error: NotTold, talk: &Talk) -> Status {
    match error {
        NotTold::Refused(words) => {
            let reason = format!("git cannot tell what has changed: {words}");
            talk.refuse(
                Status::Refused,
                &reason,
                "name a commit, a branch or a tag: `--changed main`",
            )
        }
        NotTold::Missing(error) => {
            let reason = format!("git cannot be run: {error}");
            talk.refuse(Status::Failed, &reason, "install git, or check without `--changed`")
        }
    }
}

/// `path` in the form that sources have: below the project, with `/` between segments.
fn below(root: &Path, path: &Path) -> Option<String> {
    let root = root.canonicalize().ok()?;
    let path = path.canonicalize().or_else(|_| root.join(path).canonicalize()).ok()?;
    let below = path.strip_prefix(root).ok()?;
    let segments: Option<Vec<&str>> = below.iter().map(|segment| segment.to_str()).collect();
    Some(segments?.join("/"))
}

fn is_asked_for(fault: &Diagnostic, paths: &[String]) -> bool {
    let Some(place) = &fault.place else {
        return paths.is_empty();
    };
    let path = place.path.as_str();
    let holds = |asked: &String| {
        asked.is_empty()
            || path
                .strip_prefix(asked.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    paths.is_empty() || paths.iter().any(holds)
}
