//! `build`: checks the guides and writes the site, whole or not at all.
#![expect(clippy::disallowed_methods, reason = "a person likes to know how long it took")]

use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::commands::args::{BuildArguments, SharedArguments};
use crate::commands::memory::{self, Last, Memory};
use crate::commands::project::{self, Project, failed};
use crate::commands::status::Status;
use crate::commands::talk::{self, Stream, Talk, status};
use crate::commands::{gone, kept_pictures, merge, only};
use crate::disk::{self, CommitWay, OpenError, Stage, Written};
use crate::model::config::Base;
use crate::model::diagnostic::Diagnostic;
use crate::pipeline::{self, Counts, Prepared};
use crate::report::{Built, FaultCounts, NotBuilt, Previous, Progress, Summary};

pub fn run(root: Option<PathBuf>, arguments: BuildArguments, talk: &Talk) -> Status {
    let BuildArguments { output, base_url, only, merge, shared } = arguments;
    let started = Instant::now();
    let mut project = match project::open(root, talk) {
        Ok(project) => project,
        Err(status) => return status,
    };
    let asked = BuildRequest { output, base_url, shared, started };
    if !only.is_empty() {
        return only::run(project, &only, asked, talk);
    }
    if !merge.is_empty() {
        return merge::run(project, &merge, asked, talk);
    }
    let BuildRequest { output, base_url, shared, started } = asked;
    let folder = output.unwrap_or_else(|| project.root.join("output"));
    let options = project::options(&shared, base_url);
    let mut memory = Memory::recall(&project.root);
    let made_of = memory::made_of(&project, &options);
    if let Some(faults) = memory.report(made_of) {
        let status = status(&faults, shared.strict);
        let last = memory.unchanged(made_of, &folder).filter(|_| status == Status::Fine);
        if last.is_some() || status != Status::Fine {
            talk.faults(Stream::Err, shared.format, &faults, &project.sources);
        }
        if let Some(last) = last {
            told(&unchanged(&last), last.counts, &faults, &folder, started, talk);
            return Status::Fine;
        }
        if status != Status::Fine {
            return not_done(&faults, &folder, talk, status);
        }
    }
    let before = disk::files_of(&folder);
    let progress = talk.progress();
    let (prepared, cache) =
        pipeline::prepare_warm(&project.sources, &options, &memory.cache(), &progress);
    memory.learn(&cache);
    let mut faults = project.faults.clone();
    let mut prepared = prepared.drain_into(&mut faults);
    kept_pictures::recall(&project.root, &mut prepared);
    let written = if status(&faults, shared.strict) == Status::Fine {
        write(&prepared, &mut project, &folder, &progress, shared.strict, &mut faults)
    } else {
        // The templates' faults are reported in the same run.
        faults.extend(prepared.faults(&progress));
        Ok(None)
    };
    progress.finish();
    talk.faults(Stream::Err, shared.format, &faults, &project.sources);
    if let Ok(Some(written)) = &written {
        let files = written.added + written.changed + written.unchanged;
        memory.built(made_of, &folder, files, prepared.counts());
    }
    if written.is_ok() {
        memory.reported(made_of, &faults);
        memory.keep();
    }
    match written {
        Ok(Some(written)) => {
            gone::tell(&before, &prepared.site, talk);
            told(&written, prepared.counts(), &faults, &folder, started, talk);
            // The process is about to end, so freeing a large site piece by piece would be a waste of time.
            std::mem::forget((prepared, project));
            Status::Fine
        }
        Ok(None) => not_done(&faults, &folder, talk, status(&faults, shared.strict)),
        Err(NotWritten::Open(error)) => refused(error, talk),
        Err(NotWritten::Io(error)) => failed(&error, talk),
    }
}

/// What every kind of build is asked for.
pub struct BuildRequest {
    pub output: Option<PathBuf>,
    pub base_url: Option<Base>,
    pub shared: SharedArguments,
    pub started: Instant,
}

enum NotWritten {
    Open(OpenError),
    Io(io::Error),
}

/// The written site, or none if drawing it found faults.
fn write(
    prepared: &Prepared,
    project: &mut Project,
    folder: &Path,
    progress: &Progress,
    strict: bool,
    faults: &mut Vec<Diagnostic>,
) -> Result<Option<Written>, NotWritten> {
    let stage = Stage::open(folder, &project.root, &disk::StageOptions::default())
        .map_err(NotWritten::Open)?;
    let root = project.root.clone();
    let put = |output: &_| {
        kept_pictures::keep(&root, prepared, output);
        prepared.pack(output, &|output| stage.put(output))
    };
    let draw = |sources: &_| prepared.draw(sources, progress, &put);
    project.without_texts(faults, draw).map_err(NotWritten::Io)?;
    if status(faults, strict) != Status::Fine {
        return Ok(None);
    }
    prepared.finish(progress, &put).map_err(NotWritten::Io)?;
    stage.commit().map(Some).map_err(NotWritten::Io)
}

/// The summary of a site that was already there.
fn unchanged(last: &Last) -> Written {
    Written {
        added: 0,
        changed: 0,
        unchanged: last.files,
        removed: 0,
        replaced: Vec::new(),
        bytes: 0,
        way: CommitWay::Exchanged,
    }
}

pub fn told(
    written: &Written,
    counts: Counts,
    faults: &[Diagnostic],
    folder: &Path,
    started: Instant,
    talk: &Talk,
) {
    for replaced in &written.replaced {
        talk.note(&format!(
            "warning: `{replaced}` was not Cicerone's and gave way to a file of the site"
        ));
    }
    if talk.verbose && written.added + written.changed + written.removed > 0 {
        talk.note(match written.way {
            CommitWay::Exchanged => "The site took the place of the last one in one step.",
            CommitWay::Ordered => {
                "The site was written file by file: this file system cannot exchange folders."
            }
        });
    }
    let output = talk::shown(folder);
    talk.summary(&Summary::Built(Built {
        pages: counts.pages,
        languages: counts.languages,
        guides: counts.guides,
        operators: counts.operators,
        elapsed: started.elapsed(),
        added: written.added,
        changed: written.changed,
        unchanged: written.unchanged,
        removed: written.removed,
        output: &output,
        faults: FaultCounts::count(faults),
    }));
}

pub fn not_done(faults: &[Diagnostic], folder: &Path, talk: &Talk, status: Status) -> Status {
    let output = talk::shown(folder);
    let kept = folder.join(disk::MANIFEST).is_file();
    talk.summary(&Summary::NotBuilt(NotBuilt {
        faults: FaultCounts::count(faults),
        previous: if kept { Previous::Kept } else { Previous::None },
        output: &output,
    }));
    status
}

pub fn refused(error: OpenError, talk: &Talk) -> Status {
    match error {
        OpenError::Refused { reason, hint } => talk.refuse(Status::Refused, &reason, &hint),
        OpenError::Busy { reason, hint } => talk.refuse(Status::Failed, &reason, &hint),
        OpenError::Io(error) => failed(&error, talk),
    }
}
