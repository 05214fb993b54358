//! The folder that a site is written to, and the folders that are refused.
#![expect(clippy::disallowed_methods, reason = "disk is the edge that touches files")]

use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Why the output cannot be written to.
#[derive(Debug)]
pub enum OpenError {
    /// The command cannot be carried out as given (exit 2).
    Refused { reason: String, hint: String },
    /// Another build is writing there (exit 3).
    Busy { reason: String, hint: String },
    /// Something on the machine prevents it (exit 3).
    Io(io::Error),
}

impl OpenError {
    pub(super) fn refused(reason: impl Into<String>, hint: impl Into<String>) -> OpenError {
        OpenError::Refused { reason: reason.into(), hint: hint.into() }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Refused { reason, .. } | OpenError::Busy { reason, .. } => {
                f.write_str(reason)
            }
            OpenError::Io(error) => error.fmt(f),
        }
    }
}

impl Error for OpenError {}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> OpenError {
        OpenError::Io(error)
    }
}

/// The place of the output: a folder that exists, and a name in it that may not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputTarget {
    pub parent: PathBuf,
    pub name: OsString,
}

impl OutputTarget {
    /// Resolves the folder `output`, and creates its parents. Refuses the sources of the project at `root`,
    /// what contains them or lies in them, the home folder, and anything that is not a folder.
    pub fn find(output: &Path, root: &Path) -> Result<OutputTarget, OpenError> {
        let path = resolve(output)?;
        refuse_sources(output, &path, root)?;
        refuse_home(output, &path)?;
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(OpenError::refused(
                format!("the output cannot be `{}`", output.display()),
                "name a folder of its own, such as `output`",
            ));
        };
        fs::create_dir_all(parent).map_err(|error| at(parent, error))?;
        Ok(OutputTarget { parent: parent.to_owned(), name: name.to_owned() })
    }

    pub fn path(&self) -> PathBuf {
        self.parent.join(&self.name)
    }

    /// The name of a file or folder of ours beside the output: on its file system, and hidden.
    pub fn beside(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(OsStr::new(".cicerone-"));
        name.push(what);
        PathBuf::from(name)
    }

    /// The target of an output that is there, without a look at what may be written.
    pub fn of_existing(output: &Path) -> Option<OutputTarget> {
        let path = resolve(output).ok()?;
        let (parent, name) = (path.parent()?.to_owned(), path.file_name()?.to_owned());
        Some(OutputTarget { parent, name })
    }
}

/// The error, with the path that it is about.
pub fn at(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}`: {error}", path.display()))
}

/// `output` without symbolic links. What does not exist yet is kept as it is written.
fn resolve(output: &Path) -> Result<PathBuf, OpenError> {
    let mut there = std::path::absolute(output).map_err(|error| at(output, error))?;
    let mut missing = Vec::new();
    loop {
        match fs::symlink_metadata(&there) {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
            Err(error) => return Err(at(&there, error).into()),
        }
        match there.components().next_back() {
            Some(Component::Normal(segment)) => missing.push(segment.to_owned()),
            _ => return Err(strange(output)),
        }
        there.pop();
    }
    let mut path = fs::canonicalize(&there).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::refused(
            format!("`{}` is a link to nothing", there.display()),
            "delete the link, or name another output folder",
        ),
        _ => at(&there, error).into(),
    })?;
    if !fs::metadata(&path).map_err(|error| at(&path, error))?.is_dir() {
        return Err(OpenError::refused(
            format!("the output `{}` is not a folder", output.display()),
            "name a folder, or delete the file",
        ));
    }
    path.extend(missing.into_iter().rev());
    Ok(path)
}

fn strange(output: &Path) -> OpenError {
    let reason =
        format!("the output `{}` leads through a folder that is missing", output.display());
    OpenError::refused(reason, "write the path without `..`")
}

fn refuse_sources(output: &Path, path: &Path, root: &Path) -> Result<(), OpenError> {
    for name in ["guides", "themes"] {
        let Ok(source) = fs::canonicalize(root.join(name)) else { continue };
        let how = match () {
            () if path == source => "is",
            () if path.starts_with(&source) => "lies in",
            () if source.starts_with(path) => "holds",
            () => continue,
        };
        return Err(OpenError::refused(
            format!("the output `{}` {how} the source folder `{name}`", output.display()),
            "name a folder of its own, such as `output`",
        ));
    }
    Ok(())
}

fn refuse_home(output: &Path, path: &Path) -> Result<(), OpenError> {
    let home = std::env::home_dir().map(|home| fs::canonicalize(&home).unwrap_or(home));
    if home.is_some_and(|home| home.starts_with(path)) {
        return Err(OpenError::refused(
            format!("the output `{}` is or holds your home folder", output.display()),
            "name a folder of its own, such as `output`",
        ));
    }
    Ok(())
}
