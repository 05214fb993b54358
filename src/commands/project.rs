//! Finds the project's folder and reads it.
#![expect(
    clippy::disallowed_methods,
    reason = "a command reads the clock and looks for the project's folder"
)]

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, io};

use crate::commands::args::SharedArguments;
use crate::commands::status::Status;
use crate::commands::talk::Talk;
use crate::model::config::Base;
use crate::model::date::Date;
use crate::model::diagnostic::{Diagnostic, Outcome};
use crate::model::fingerprint::Fingerprint;
use crate::model::source::Sources;
use crate::pipeline::{Drafts, Options, Purpose};
use crate::{disk, parse};

/// The day on which a command that runs for long judges reviews.
#[cfg(feature = "serve")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// The day given with `--as-of`.
    Fixed(Date),
    /// The current day, which changes at midnight (UTC).
    Today,
}

#[cfg(feature = "serve")]
impl Day {
    pub fn date(self) -> Date {
        match self {
            Day::Fixed(date) => date,
            Day::Today => today(),
        }
    }
}

/// A project that has been read.
pub struct Project {
    pub root: PathBuf,
    pub sources: Sources,
    /// The faults of the files themselves.
    pub faults: Vec<Diagnostic>,
}

impl Project {
    /// Draws without the texts, for which a large site has no room. As long as nothing is wrong, nobody
    /// looks at a place in them; if drawing finds a fault, they are read again.
    pub fn without_texts(
        &mut self,
        faults: &mut Vec<Diagnostic>,
        draw: impl FnOnce(&Sources) -> io::Result<Vec<Diagnostic>>,
    ) -> io::Result<()> {
        let sound = faults.is_empty();
        if sound {
            self.sources.texts.clear();
        }
        faults.extend(draw(&self.sources)?);
        if sound && !faults.is_empty() {
            self.sources.texts = read(&self.root)?.value.texts;
        }
        Ok(())
    }
}

/// The project at `root`, or otherwise the one that contains this folder. A failure has already been
/// reported.
pub fn open(root: Option<PathBuf>, talk: &Talk) -> Result<Project, Status> {
    let root = find(root, talk)?;
    let outcome = read(&root).map_err(|error| failed(&error, talk))?;
    // What keeps it from being read, `move` itself reports.
    if let Ok(Some(plan)) = disk::unfinished_move(&root) {
        let [from, to] = [&plan.from, &plan.to].map(|path| path.trim_start_matches("guides/"));
        talk.note(&format!(
            "warning: moving `{from}` to `{to}` was interrupted\n  = hint: finish it with `cicerone move {from} {to}`"
        ));
    }
    Ok(Project { root, sources: outcome.value, faults: outcome.diagnostics })
}

/// The project's folder. A failure has already been reported.
pub fn find(root: Option<PathBuf>, talk: &Talk) -> Result<PathBuf, Status> {
    let root = root.map_or_else(nearest, Ok).map_err(|error| failed(&error, talk))?;
    if !root.join("guides").is_dir() {
        let reason = format!("there is no `guides` folder in `{}`", root.display());
        let hint = "go to the project's folder, or name it with `--root`";
        return Err(talk.refuse(Status::Refused, &reason, hint));
    }
    Ok(root)
}

/// Whether a command that also works without a project has one.
pub fn is_there(root: Option<&Path>) -> bool {
    let here = || nearest().ok().map(|folder| folder.join("guides").is_dir());
    root.map_or_else(|| here().unwrap_or(false), |root| root.join("guides").is_dir())
}

/// Everything that the project's settings do not leave out.
pub fn read(root: &Path) -> io::Result<Outcome<Sources>> {
    disk::read(root, &excluded(root)?)
}

/// The same; `None` as soon as `is_enough`.
#[cfg(feature = "serve")]
pub fn read_unless(
    root: &Path,
    is_enough: &dyn Fn() -> bool,
) -> io::Result<Option<Outcome<Sources>>> {
    disk::read_unless(root, &excluded(root)?, is_enough)
}

fn excluded(root: &Path) -> io::Result<Vec<String>> {
    let settings = disk::config(root)?.value;
    Ok(parse::config(&settings).value.exclude)
}

/// This folder, or the nearest one above it that has a `guides/site.yaml`; if there is none, this folder.
fn nearest() -> io::Result<PathBuf> {
    let here = env::current_dir()?;
    let found = here.ancestors().find(|folder| folder.join("guides/site.yaml").is_file());
    Ok(found.map_or_else(|| here.clone(), Path::to_path_buf))
}

pub fn failed(error: &io::Error, talk: &Talk) -> Status {
    talk.refuse(Status::Failed, &error.to_string(), "")
}

pub fn options(shared: &SharedArguments, base: Option<Base>) -> Options {
    Options {
        drafts: if shared.drafts { Drafts::Included } else { Drafts::LeftOut },
        today: shared.as_of.unwrap_or_else(today),
        base,
        jobs: shared.jobs,
        purpose: Purpose::Hosting,
    }
}

/// Options for commands that look at all guides, on no particular day.
pub fn everything() -> Options {
    let (drafts, purpose) = (Drafts::Included, Purpose::Hosting);
    Options { drafts, today: today(), base: None, jobs: 0, purpose }
}

/// The options for `search`.
pub fn search_options(drafts: bool) -> Options {
    let drafts = if drafts { Drafts::Included } else { Drafts::LeftOut };
    Options { drafts, today: today(), base: None, jobs: 0, purpose: Purpose::Hosting }
}

/// Identifies this program among all others, older or newer; `None` if that is not possible.
pub fn program() -> Option<String> {
    let metadata = env::current_exe().ok()?.metadata().ok()?;
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let version = env!("CARGO_PKG_VERSION");
    Some(format!("{version}-{}-{}", metadata.len(), since.as_nanos()))
}

/// Identifies this program on any machine: its version, and a fingerprint of its file.
pub fn program_anywhere() -> io::Result<String> {
    let bytes = std::fs::read(env::current_exe()?)?;
    Ok(format!("{} {}", env!("CARGO_PKG_VERSION"), Fingerprint::of(&bytes)))
}

/// The current day in UTC.
pub fn today() -> Date {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Date::since_epoch(since.as_secs() / 86_400)
}
