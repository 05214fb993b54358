//! `build --merge`: writes the site from parts that `build --only` has made, whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use crate::commands::build::{BuildRequest, not_done, refused, told};
use crate::commands::gone;
use crate::commands::memory::finding;
use crate::commands::part_list::{LIST, PartGrounds, PartList, WORDS};
use crate::commands::project::{self, Project, failed};
use crate::commands::status::Status;
use crate::commands::talk::{self, Stream, Talk, status};
use crate::disk::{self, OpenError, OutputEntry, PartFolder, Stage};
use crate::model::diagnostic::Diagnostic;
use crate::model::id::GuideId;
use crate::model::output::{Output, OutputPath};
use crate::model::site::Site;
use crate::pipeline::{self, Cache, MadeElsewhere, Options, Prepared, SectionSet};
use crate::report::Progress;

/// Why there is no site, and what to do about it.
pub enum NotMerged {
    Refused(String, String),
    Open(OpenError),
}

impl From<io::Error> for NotMerged {
    fn from(error: io::Error) -> NotMerged {
        NotMerged::Open(error.into())
    }
}

impl From<OpenError> for NotMerged {
    fn from(error: OpenError) -> NotMerged {
        NotMerged::Open(error)
    }
}

pub fn run(mut project: Project, paths: &[PathBuf], asked: BuildRequest, talk: &Talk) -> Status {
    let BuildRequest { output, base_url, shared, started } = asked;
    let options = project::options(&shared, base_url);
    let parts = match SiteParts::open(paths, &project, &options) {
        Ok(parts) => parts,
        Err(error) => return not_merged(error, talk),
    };
    let folder = output.unwrap_or_else(|| project.root.join("output"));
    let before = disk::files_of(&folder);
    let progress = talk.progress();
    let (prepared, _) =
        pipeline::prepare_warm(&project.sources, &options, &parts.findings(), &progress);
    let mut faults = project.faults.clone();
    let prepared = prepared.drain_into(&mut faults);
    if let Some(error) = parts.missing(&prepared.site) {
        progress.finish();
        return not_merged(error, talk);
    }
    let written = if status(&faults, shared.strict) == Status::Fine {
        let strict = shared.strict;
        Stage::open(&folder, &project.root, &disk::StageOptions::default())
            .map_err(NotMerged::from)
            .and_then(|stage| {
                let is_whole =
                    parts.put(&prepared, &mut project, &stage, &progress, strict, &mut faults)?;
                Ok(if is_whole { Some(stage.commit()?) } else { None })
            })
    } else {
        faults.extend(prepared.faults(&progress));
        Ok(None)
    };
    progress.finish();
    talk.faults(Stream::Err, shared.format, &faults, &project.sources);
    match written {
        Ok(Some(written)) => {
            gone::tell(&before, &prepared.site, talk);
            told(&written, prepared.counts(), &faults, &folder, started, talk);
            // The process is about to end, so freeing a large site piece by piece would be a waste of time.
            std::mem::forget((prepared, project));
            Status::Fine
        }
        Ok(None) => not_done(&faults, &folder, talk, status(&faults, shared.strict)),
        Err(error) => not_merged(error, talk),
    }
}

pub fn not_merged(error: NotMerged, talk: &Talk) -> Status {
    match error {
        NotMerged::Refused(reason, hint) => talk.refuse(Status::Refused, &reason, &hint),
        NotMerged::Open(OpenError::Io(error)) => failed(&error, talk),
        NotMerged::Open(error) => refused(error, talk),
    }
}

/// A part as another run has left it.
struct SitePart {
    /// As somebody in this folder would write it.
    name: String,
    folder: PartFolder,
    list: PartList,
    sections: SectionSet,
    files: BTreeMap<OutputPath, OutputEntry>,
}

impl SitePart {
    fn open(path: &Path) -> Result<SitePart, NotMerged> {
        let name = talk::shown(path);
        let refused = |reason: &str, hint: &str| {
            NotMerged::Refused(format!("`{name}` {reason}"), hint.to_owned())
        };
        let list = OutputPath::parse(LIST).ok_or_else(|| io::Error::other(LIST))?;
        let read = PartFolder::open(path).and_then(|folder| Ok((folder.read(&list)?, folder)));
        let (bytes, folder) = match read {
            Err(error) if is_not_there(&error) => {
                let hint = "name the folders that `cicerone build --only SECTION` has written";
                return Err(refused(&format!("is no part of a site: it has no `{LIST}`"), hint));
            }
            read => read?,
        };
        let list = PartList::parse(&bytes);
        let files = list.as_ref().and_then(PartList::files);
        let (Some(list), Some(files)) = (list, files) else {
            let hint = "make it anew with this program: `cicerone build --only SECTION`";
            return Err(refused("is a part that this program cannot read", hint));
        };
        let sections = list.sections.iter().filter_map(|id| GuideId::parse(id)).collect();
        Ok(SitePart { name, folder, list, sections, files })
    }

    /// The bytes of a file of the part, if they are those that it was made with.
    fn read(&self, path: &OutputPath, entry: &OutputEntry) -> Result<Vec<u8>, NotMerged> {
        let bytes = match self.folder.read(path) {
            Err(error) if is_not_there(&error) => Vec::new(),
            read => read?,
        };
        if OutputEntry::of(&bytes) == *entry {
            return Ok(bytes);
        }
        let reason = format!("`{path}` in the part `{}` is not as it was made", self.name);
        let sections = self.list.sections.join(" ");
        Err(NotMerged::Refused(reason, format!("make it anew: `cicerone build --only {sections}`")))
    }
}

/// Whether an error says that the file is missing.
fn is_not_there(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The parts of a site, which fit each other.
pub struct SiteParts {
    parts: Vec<SitePart>,
    sections: SectionSet,
    /// The files that they hold, but for their words.
    paths: BTreeSet<String>,
}

impl SiteParts {
    /// The parts at `paths`, if they fit the project as it is and what is asked of it.
    pub fn open(
        paths: &[PathBuf],
        project: &Project,
        options: &Options,
    ) -> Result<SiteParts, NotMerged> {
        let grounds = PartGrounds::of(project, options)?;
        let mut parts: Vec<SitePart> = Vec::new();
        for path in paths {
            let part = SitePart::open(path)?;
            if let Some((reason, hint)) = part.list.grounds.refusal(&grounds, &part.name) {
                return Err(NotMerged::Refused(reason, hint));
            }
            let both = parts.iter().find_map(|other| Some((other, overlap(other, &part)?)));
            if let Some((other, id)) = both {
                let reason = format!(
                    "the parts `{}` and `{}` both have the section `{id}`",
                    other.name, part.name
                );
                let hint = "leave one of them out, or make it of other sections";
                return Err(NotMerged::Refused(reason, hint.to_owned()));
            }
            parts.push(part);
        }
        let sections = parts.iter().flat_map(|part| part.sections.iter().cloned()).collect();
        let paths = parts.iter().flat_map(|part| part.files.keys());
        let paths = paths.map(OutputPath::to_string).filter(|path| !path.starts_with(WORDS));
        let paths = paths.collect();
        Ok(SiteParts { parts, sections, paths })
    }

    /// What the lints have found in the guides of all parts.
    pub fn findings(&self) -> Cache {
        let lines = self.parts.iter().flat_map(|part| &part.list.findings);
        Cache::of_findings(lines.filter_map(|line| finding(line)).collect())
    }

    /// The first section that is in no part.
    pub fn missing(&self, site: &Site) -> Option<NotMerged> {
        let mut ids = site.folders.keys().map(GuideId::as_str).filter(|id| !id.is_empty());
        let missing = ids.find(|id| !self.sections.has(id) && !self.sections.reaches_into(id))?;
        let hint = format!("make one: `cicerone build --only {missing}`");
        Some(NotMerged::Refused(format!("no part has the section `{missing}`"), hint))
    }

    /// Puts the whole site onto `stage`. Returns whether it is whole: it is not where drawing found faults.
    pub fn put(
        &self,
        prepared: &Prepared,
        project: &mut Project,
        stage: &Stage,
        progress: &Progress,
        strict: bool,
        faults: &mut Vec<Diagnostic>,
    ) -> Result<bool, NotMerged> {
        let put = |output: &_| prepared.pack(output, &|output| stage.put(output));
        project.without_texts(faults, |sources| {
            let mut found = prepared.draw_rest(&self.sections, sources, progress, &put)?;
            found.extend(self.parts.iter().flat_map(|part| part.list.faults.iter().cloned()));
            Ok(found)
        })?;
        if status(faults, strict) != Status::Fine {
            return Ok(false);
        }
        let read = |(path, (part, entry)): &(&OutputPath, (&SitePart, &OutputEntry))| {
            let bytes = part.read(path, entry)?.into();
            Ok::<_, NotMerged>(Output { path: (*path).clone(), bytes })
        };
        // They are packed already, where they are to be.
        prepared.put_made(&self.files(), read, &|output| stage.put(output))?;
        prepared.finish_beside(self, progress, &put)?;
        Ok(true)
    }

    /// Each file once: parts may have pictures in common.
    fn files(&self) -> Vec<(&OutputPath, (&SitePart, &OutputEntry))> {
        let files = self
            .parts
            .iter()
            .flat_map(|part| part.files.iter().map(move |(path, entry)| (path, (part, entry))));
        let files: BTreeMap<_, _> = files.collect();
        files.into_iter().filter(|(path, _)| self.paths.contains(path.as_str())).collect()
    }
}

impl MadeElsewhere for SiteParts {
    fn words(&self, group: &str) -> io::Result<Vec<Vec<u8>>> {
        let Some(path) = OutputPath::parse(&format!("{WORDS}{group}")) else {
            return Ok(Vec::new());
        };
        let parts = self.parts.iter();
        let entries = parts.filter_map(|part| Some((part, part.files.get(&path)?)));
        let read = entries.map(|(part, entry)| match part.read(&path, entry) {
            Ok(bytes) => Ok(bytes),
            Err(NotMerged::Refused(reason, hint)) => {
                Err(io::Error::other(format!("{reason}; {hint}")))
            }
            Err(NotMerged::Open(error)) => Err(io::Error::other(error)),
        });
        read.collect()
    }

    fn has_file(&self, path: &str) -> bool {
        self.paths.contains(path)
    }
}

/// The deeper of two sections where both parts have it.
fn overlap<'a>(one: &'a SitePart, other: &'a SitePart) -> Option<&'a GuideId> {
    let within = |one: &'a SitePart, other: &'a SitePart| {
        one.sections.iter().find(|id| other.sections.has(id.as_str()))
    };
    within(one, other).or_else(|| within(other, one))
}
