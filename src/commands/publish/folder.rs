//! A folder as a target: complete or previous, as `build` writes it.
#![expect(clippy::disallowed_methods, reason = "a site is copied from one folder to another")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::commands::talk::shown;
use crate::disk::{OpenError, Options, Stage};
use crate::model::output::{Entry, Output, OutputPath};
use crate::model::publication::{Parcel, Plan};
use crate::publish::{Carrier, Stop, Survey};

#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    path: PathBuf,
    stage: Option<Stage>,
}

impl Folder {
    /// `path` is meant from the project's folder.
    pub fn new(root: &Path, path: &str) -> Folder {
        Folder { root: root.to_owned(), path: root.join(path), stage: None }
    }
}

impl Carrier for Folder {
    fn place(&self) -> String {
        shown(&self.path)
    }

    fn survey(&mut self, parcel: &Parcel) -> Result<Survey, Stop> {
        let parent = self.path.parent().unwrap_or(&self.path);
        // What is mounted there may not be: a folder made in its place would hide that.
        if !parent.is_dir() {
            let reason = format!("there is no folder `{}`", parent.display());
            return Err(Stop::refused(reason, "make it, or mount what should be there"));
        }
        let stage = Stage::open(&self.path, &self.root, &Options::default()).map_err(stop)?;
        let held =
            stage.held(&parcel.files).map_err(|error| Stop::failed(error.to_string(), ""))?;
        let mark = |entry: &Entry| entry.fingerprint.to_string();
        let wanted = parcel.files.iter().map(|(path, entry)| (path.clone(), mark(entry)));
        self.stage = Some(stage);
        Ok(Survey { wanted: wanted.collect(), held })
    }

    fn send(&mut self, parcel: &Parcel, plan: &Plan, tick: &(dyn Fn() + Sync)) -> Result<(), Stop> {
        let Some(stage) = self.stage.take() else { return Ok(()) };
        let steps: BTreeSet<&OutputPath> = plan.steps.iter().map(|step| &step.path).collect();
        for path in parcel.files.keys() {
            let place = parcel.path(path);
            let bytes = fs::read(&place);
            let bytes = bytes
                .map_err(|error| Stop::failed(format!("`{}`: {error}", place.display()), ""))?;
            let output = Output { path: path.clone(), bytes: bytes.into() };
            stage.put(&output).map_err(|error| Stop::failed(error.to_string(), ""))?;
            if steps.contains(path) {
                tick();
            }
        }
        stage.commit().map(drop).map_err(|error| Stop::failed(error.to_string(), ""))
    }
}

fn stop(error: OpenError) -> Stop {
    match error {
        OpenError::Refused { reason, hint } => Stop::refused(reason, hint),
        OpenError::Busy { reason, hint } => Stop::failed(reason, hint),
        OpenError::Io(error) => Stop::failed(error.to_string(), ""),
    }
}
