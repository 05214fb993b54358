//! A folder as a target: it holds the complete new site or the previous one, as with `build`.
#![expect(clippy::disallowed_methods, reason = "what is mounted may not be there")]

use std::io;
use std::path::{Path, PathBuf};

use crate::commands::talk::shown;
use crate::disk::Stage;
use crate::model::output::OutputEntry;
use crate::model::publication::{Parcel, Plan};
use crate::publish::{Carrier, Stop, Survey};

/// The site is drawn on the target's own stage, so what the target already holds is neither written nor
/// read a second time.
#[derive(Debug)]
pub struct FolderPublication {
    path: PathBuf,
    stage: Option<Stage>,
}

/// The folder `path`, which is relative to the project's folder `root`.
pub fn place(root: &Path, path: &str) -> Result<PathBuf, Stop> {
    let path = root.join(path);
    let parent = path.parent().unwrap_or(&path);
    // A volume that should be mounted there may be missing, and creating a folder in its place would hide
    // that.
    if !parent.is_dir() {
        let reason = format!("there is no folder `{}`", parent.display());
        return Err(Stop::refused(reason, "make it, or mount what should be there"));
    }
    Ok(path)
}

impl FolderPublication {
    pub fn new(path: PathBuf, stage: Stage) -> FolderPublication {
        FolderPublication { path, stage: Some(stage) }
    }
}

impl Carrier for FolderPublication {
    fn place(&self) -> String {
        shown(&self.path)
    }

    fn survey(&mut self, parcel: &Parcel) -> Result<Survey, Stop> {
        let mut survey = Survey::default();
        if let Some(stage) = &self.stage {
            survey.held = stage.held().map_err(failed)?;
        }
        let mark = |entry: &OutputEntry| entry.fingerprint.to_string();
        survey.wanted.extend(parcel.files.iter().map(|(path, entry)| (path.clone(), mark(entry))));
        Ok(survey)
    }

    fn send(&mut self, _: &Parcel, plan: &Plan, tick: &(dyn Fn() + Sync)) -> Result<(), Stop> {
        let Some(stage) = self.stage.take() else { return Ok(()) };
        stage.commit().map_err(failed)?;
        plan.steps.iter().for_each(|_| tick());
        Ok(())
    }
}

fn failed(error: io::Error) -> Stop {
    Stop::failed(error.to_string(), "")
}
