//! What was read from disk: texts and other files, by their path below the project's root.

use std::borrow::{Borrow, Cow};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::encoding::decode;
use crate::model::text::Text;

/// A path below the project's root: segments joined with `/`, none of them `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Trusts the caller to pass segments joined with `/`, as `disk::read` does.
    pub fn new(path: &str) -> SourcePath {
        SourcePath(Arc::from(path))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that the file lies in; empty for a file at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last segment of the path.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The last segment of the path, without its extension.
    pub fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// What follows the last dot of the name; empty where there is none.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}

impl From<String> for SourcePath {
    fn from(path: String) -> SourcePath {
        SourcePath::new(&path)
    }
}

impl From<SourcePath> for String {
    fn from(path: SourcePath) -> String {
        path.as_str().to_owned()
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

fn below<'a, T>(
    files: &'a BTreeMap<SourcePath, T>,
    folder: &'a str,
) -> impl Iterator<Item = (&'a SourcePath, &'a T)> {
    let from = (Bound::Included(folder), Bound::Unbounded);
    files.range::<str, _>(from).take_while(move |(path, _)| path.as_str().starts_with(folder))
}

/// Every file of a project that a build may read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sources {
    /// `.md` and `.yaml` files and a theme's text files, as UTF-8 without a byte order mark and with NUL
    /// replaced.
    pub texts: BTreeMap<SourcePath, Text>,
    /// Every other file, byte for byte.
    pub assets: BTreeMap<SourcePath, Arc<Vec<u8>>>,
}

impl Sources {
    /// The text of the file at `path`.
    pub fn text(&self, path: &str) -> Option<&Text> {
        self.texts.get(path)
    }

    /// A file's text as its writer can be shown it: that of a text file, or of an SVG picture.
    pub fn shown(&self, path: &str) -> Option<(&SourcePath, Cow<'_, str>)> {
        if let Some((path, text)) = self.texts.get_key_value(path) {
            return Some((path, Cow::Borrowed(text)));
        }
        let (path, bytes) = self.assets.get_key_value(path)?;
        let is_text = ["svg", "html"].iter().any(|one| path.extension().eq_ignore_ascii_case(one));
        Some((path, is_text.then(|| decode(bytes))??))
    }

    /// The texts whose paths begin with `folder`, which has to end with `/`.
    pub fn texts_below<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a Text)> {
        below(&self.texts, folder)
    }

    /// The other files whose paths begin with `folder`, which has to end with `/`.
    pub fn assets_below<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a Arc<Vec<u8>>)> {
        below(&self.assets, folder)
    }
}
