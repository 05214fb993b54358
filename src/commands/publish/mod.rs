//! `publish`: builds the site, says what will change at the target, and makes these changes.
#![expect(clippy::disallowed_methods, reason = "a person likes to know how long it took")]

mod folder;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use crate::commands::args::{Format, PublishArguments, SharedArguments, TwoFormats};
use crate::commands::kept_pictures;
use crate::commands::memory::{self, Memory};
use crate::commands::merge::{SiteParts, not_merged};
use crate::commands::project::{self, Project, failed};
use crate::commands::publish::folder::FolderPublication;
use crate::commands::status::Status;
use crate::commands::talk::{Stream, Talk, shown, status};
use crate::disk::{self, OpenError, Sealed, Stage};
use crate::model::diagnostic::Diagnostic;
use crate::model::id::Id;
use crate::model::output::OutputPath;
use crate::model::publication::{Destination, PageNews, Parcel, Plan, PublishTarget, ReaderNews};
use crate::model::site::Site;
use crate::model::suggest::suggest;
use crate::parse;
use crate::pipeline::{self, Options, Prepared};
use crate::publish::{self, Carrier, Cause, Drastic, Stop};
use crate::report::{self, FaultCounts, Progress, Published, Summary};

pub fn run(root: Option<PathBuf>, arguments: PublishArguments, talk: &Talk) -> Status {
    let progress = talk.progress();
    let ended = publish(root, &arguments, talk, &progress);
    progress.finish();
    ended.unwrap_or_else(|status| status)
}

/// Publishes the site. `Err` if that ends early; the reason has already been reported.
fn publish(
    root: Option<PathBuf>,
    arguments: &PublishArguments,
    talk: &Talk,
    progress: &Progress,
) -> Result<Status, Status> {
    let started = Instant::now();
    let mut project = project::open(root, talk)?;
    let (name, target) = chosen(&project, arguments, talk)?;
    let stopped = |stop| stopped(stop, talk, progress);
    let shared = SharedArguments {
        drafts: false,
        strict: target.strict,
        as_of: arguments.as_of,
        jobs: arguments.jobs,
        format: format(arguments),
    };
    let options = project::options(&shared, arguments.base_url.clone().or(target.base.clone()));
    let parts = match arguments.merge.as_slice() {
        [] => None,
        paths => Some(SiteParts::open(paths, &project, &options).map_err(|error| {
            progress.finish();
            not_merged(error, talk)
        })?),
    };
    let mut memory = Memory::recall(&project.root);
    let made_of = memory::made_of(&project, &options);
    let here = match &target.destination {
        Destination::Folder(path) => Some(folder::place(&project.root, path).map_err(stopped)?),
        _ => None,
    };
    let is_sound = memory.report(made_of).is_some_and(|faults| faults.is_empty());
    let last = here.as_ref().and_then(|folder| memory.unchanged(made_of, folder));
    let last = last.filter(|_| is_sound);
    if let (Some(folder), Some(last)) = (&here, last) {
        let plan = Plan { unchanged: last.files, ..Plan::default() };
        let place = shown(folder);
        progress.finish();
        tell(&plan, &ReaderNews::default(), (&name, &place), arguments, talk);
        let faults = FaultCounts::default();
        told(&plan, (&name, &place), started, faults, arguments, talk);
        return Ok(Status::Fine);
    }
    let PublishableSite { prepared, staged, faults } = built(
        &mut project,
        (&name, &target),
        &options,
        (&mut memory, parts),
        arguments,
        talk,
        progress,
    )?;
    let (folder, files) = (staged.stage.folder(), staged.stage.files());
    let parcel = Parcel { folder, files, redirects: redirects(&prepared.site) };
    let (mut carrier, sealed) = staged.ready().map_err(stopped)?;
    progress.phase("Comparing", 1);
    let survey = carrier.survey(&parcel).map_err(stopped)?;
    let plan = publish::plan(&parcel, &survey);
    let place = carrier.place();
    progress.finish();
    let news = publish::news(&plan, &prepared.site);
    tell(&plan, &news, (&name, &place), arguments, talk);
    for beyond in publish::exceeded(&parcel, &prepared.site.config.hosts, &target.destination) {
        talk.note(&format!("warning: {beyond}"));
    }
    if let Some(drastic) = publish::drastic(&plan).filter(|_| !arguments.allow_delete) {
        return Err(too_much(drastic, talk));
    }
    if !arguments.dry_run {
        progress.phase("Publishing", plan.steps.len());
        carrier.send(&parcel, &plan, &|| progress.tick()).map_err(stopped)?;
        if let Some(folder) = &here {
            memory.built(made_of, folder, parcel.files.len(), prepared.counts());
            memory.reported(made_of, &faults);
        }
        memory.keep();
        progress.finish();
    }
    told(&plan, (&name, &place), started, FaultCounts::count(&faults), arguments, talk);
    // Files on the disk are deleted, but freeing a large site in memory piece by piece would be a waste of
    // time.
    drop((carrier, sealed));
    std::mem::forget((prepared, project, parcel, survey, plan));
    Ok(Status::Fine)
}

fn told(
    plan: &Plan,
    (name, place): (&Id, &str),
    started: Instant,
    faults: FaultCounts,
    arguments: &PublishArguments,
    talk: &Talk,
) {
    talk.summary(&Summary::Published(Published {
        target: name.as_str(),
        place,
        plan,
        elapsed: (!arguments.dry_run).then(|| started.elapsed()),
        faults,
    }));
}

fn stopped(stop: Stop, talk: &Talk, progress: &Progress) -> Status {
    progress.finish();
    let Stop { cause, reason, hint } = stop;
    let status = if cause == Cause::Refused { Status::Refused } else { Status::Failed };
    talk.refuse(status, &reason, &hint)
}

/// The target that was asked for, or the only one.
fn chosen(
    project: &Project,
    arguments: &PublishArguments,
    talk: &Talk,
) -> Result<(Id, PublishTarget), Status> {
    let outcome = parse::config(&project.sources);
    let targets = outcome.value.publish;
    let names: Vec<&str> = targets.keys().map(Id::as_str).collect();
    let listed = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let found = match (&arguments.target, names.as_slice()) {
        (Some(name), _) => targets.get_key_value(name.as_str()),
        (None, [_]) => targets.first_key_value(),
        (None, _) => None,
    };
    if let Some((name, target)) = found {
        return Ok((name.clone(), target.clone()));
    }
    // A faulty target is missing from this list, and its fault says more than “there is no such target”.
    if !outcome.diagnostics.is_empty() {
        talk.faults(Stream::Err, format(arguments), &outcome.diagnostics, &project.sources);
        talk.summary(&Summary::NotPublished(FaultCounts::count(&outcome.diagnostics)));
        return Err(Status::Faults);
    }
    let (reason, hint) = match &arguments.target {
        _ if targets.is_empty() => (
            "`guides/site.yaml` names no target".to_owned(),
            "add one, like `publish: {www: {folder: /srv/www/guides}}`".to_owned(),
        ),
        None => (
            format!("there is more than one target: {listed}"),
            format!("name one: `cicerone publish {}`", names.first().unwrap_or(&"")),
        ),
        Some(name) => (
            format!("no target is called `{name}`"),
            match suggest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there is {listed}"),
            },
        ),
    };
    Err(talk.refuse(Status::Refused, &reason, &hint))
}

type Redirects = BTreeMap<OutputPath, String>;

/// A site that may be published.
struct PublishableSite {
    prepared: Prepared,
    staged: Staged,
    /// Faults that do not prevent it.
    faults: Vec<Diagnostic>,
}

/// Builds the whole site as `build` does, from parts if there are any, or as `build --strict` does if the target is
/// strict.
fn built(
    project: &mut Project,
    (name, target): (&Id, &PublishTarget),
    options: &Options,
    (memory, parts): (&mut Memory, Option<SiteParts>),
    arguments: &PublishArguments,
    talk: &Talk,
    progress: &Progress,
) -> Result<PublishableSite, Status> {
    let mut faults = project.faults.clone();
    let known = parts.as_ref().map_or_else(|| memory.cache(), SiteParts::findings);
    let (prepared, cache) = pipeline::prepare_warm(&project.sources, options, &known, progress);
    memory.learn(&cache);
    let mut prepared = prepared.drain_into(&mut faults);
    kept_pictures::recall(&project.root, &mut prepared);
    let root = project.root.clone();
    let not_merged = |error| {
        progress.finish();
        not_merged(error, talk)
    };
    if let Some(error) = parts.as_ref().and_then(|parts| parts.missing(&prepared.site)) {
        return Err(not_merged(error));
    }
    let mut staged = None;
    if status(&faults, target.strict) == Status::Fine {
        let opened = Staged::open(project, name, target);
        let staged = staged.insert(opened.map_err(|stop| stopped(stop, talk, progress))?);
        let put = |output: &_| staged.stage.put(output);
        let pack = |output: &_| {
            kept_pictures::keep(&root, &prepared, output);
            prepared.pack(output, &put)
        };
        let draw = |sources: &_| prepared.render(sources, progress, &pack);
        match &parts {
            Some(parts) => {
                let (stage, strict) = (&staged.stage, target.strict);
                parts
                    .put(&prepared, project, stage, progress, strict, &mut faults)
                    .map_err(not_merged)?;
            }
            None => {
                project.without_texts(&mut faults, draw).map_err(|error| failed(&error, talk))?;
            }
        }
    } else {
        // The templates' faults are reported in the same run.
        faults.extend(prepared.faults(progress));
    }
    progress.finish();
    talk.faults(Stream::Err, format(arguments), &faults, &project.sources);
    match (status(&faults, target.strict), staged) {
        (Status::Fine, Some(staged)) => Ok(PublishableSite { prepared, staged, faults }),
        (status, _) => {
            talk.summary(&Summary::NotPublished(FaultCounts::count(&faults)));
            Err(status)
        }
    }
}

/// The pages that only lead on to another one, and where they lead.
fn redirects(site: &Site) -> Redirects {
    let routes = &site.routes;
    let redirects = routes.redirects.iter().filter_map(|redirect| {
        let to = site.goal(redirect).to_owned();
        Some((OutputPath::parse(&redirect.from.path)?, to))
    });
    redirects.collect()
}

/// A site that is being built, and how it gets to its target.
struct Staged {
    stage: Stage,
    carriage: Carriage,
}

enum Carriage {
    /// A carrier takes the site from the stage.
    Away(Box<dyn Carrier>),
    /// The stage is beside this folder, and takes its place.
    Here(PathBuf),
}

impl Staged {
    /// This happens before anything is drawn, because keys may be missing.
    fn open(project: &Project, name: &Id, target: &PublishTarget) -> Result<Staged, Stop> {
        let carriage = carriage(project, target)?;
        let place = match &carriage {
            Carriage::Here(path) => path.clone(),
            Carriage::Away(_) => project.root.join(format!("cicerone-publish-{name}")),
        };
        let stage = Stage::open(&place, &project.root, &disk::StageOptions::default());
        let stage = stage.map_err(|error| match error {
            OpenError::Refused { reason, hint } => Stop::refused(reason, hint),
            OpenError::Busy { hint, .. } => {
                Stop::failed(format!("`{name}` is being published already"), hint)
            }
            OpenError::Io(error) => Stop::failed(error.to_string(), ""),
        })?;
        Ok(Staged { stage, carriage })
    }

    fn ready(self) -> Result<(Box<dyn Carrier>, Option<Sealed>), Stop> {
        let Staged { stage, carriage } = self;
        Ok(match carriage {
            Carriage::Here(path) => (Box::new(FolderPublication::new(path, stage)), None),
            Carriage::Away(carrier) => {
                let sealed = stage.seal();
                (carrier, Some(sealed.map_err(|error| Stop::failed(error.to_string(), ""))?))
            }
        })
    }
}

fn carriage(project: &Project, target: &PublishTarget) -> Result<Carriage, Stop> {
    Ok(match &target.destination {
        Destination::Folder(path) => Carriage::Here(folder::place(&project.root, path)?),
        Destination::Git(branch) => {
            Carriage::Away(Box::new(publish::Git::new(&project.root, branch)))
        }
        #[cfg(feature = "publish")]
        Destination::S3(bucket) => Carriage::Away(Box::new(publish::S3::new(bucket)?)),
        #[cfg(not(feature = "publish"))]
        Destination::S3(_) => {
            let reason = "this program was built without what a bucket needs";
            return Err(Stop::refused(reason, "build it with `--features publish`"));
        }
    })
}

fn format(arguments: &PublishArguments) -> Format {
    match arguments.format {
        TwoFormats::Human => Format::Human,
        TwoFormats::Json => Format::Json,
    }
}

/// The plan, to whoever asked for it.
fn tell(
    plan: &Plan,
    news: &ReaderNews,
    (name, place): (&Id, &str),
    arguments: &PublishArguments,
    talk: &Talk,
) {
    match arguments.format {
        TwoFormats::Json => {
            let target = (name.as_str(), place);
            talk.write(Stream::Out, |out| report::plan_json(out, target, plan, news));
        }
        TwoFormats::Human if arguments.dry_run || talk.verbose => {
            let color = talk.color(Stream::Out);
            talk.write(Stream::Out, |out| report::plan_human(out, plan, color));
        }
        TwoFormats::Human => {}
    }
    match arguments.format {
        TwoFormats::Json => {}
        // Asked for, it is the answer; else it is talk.
        TwoFormats::Human if arguments.dry_run => {
            talk.write(Stream::Out, |out| report::news_human(out, news));
        }
        TwoFormats::Human => talk.told(|out| report::news_human(out, news)),
    }
    let gone = news.of(PageNews::Gone).len();
    if gone > 0 {
        let addresses = if gone == 1 {
            "1 address of a page vanishes"
        } else {
            &format!("{gone} addresses of pages vanish")
        };
        talk.note(&format!(
            "warning: {addresses}; who has a link finds nothing there\n\
             hint: write it under `aliases` of the guide that takes its place, or under `redirects` in `guides/site.yaml`"
        ));
    }
    if let Some(first) = plan.replaced.first() {
        let more = match plan.replaced.len() - 1 {
            0 => String::new(),
            more => format!(", and {more} more,"),
        };
        let text = "did not come from Cicerone, and gives way to the site";
        talk.note(&format!("warning: `{first}`{more} {text}"));
    }
}

fn too_much(drastic: Drastic, talk: &Talk) -> Status {
    let Drastic { deleted, of } = drastic;
    let reason = format!("of the {of} pages and files that are there, {deleted} would go");
    let hint = "see whether this is the site and the target that you mean; \
                if so, publish with `--allow-delete`";
    talk.refuse(Status::Refused, &reason, hint)
}
