//! What the sources look like from outside, so that a save shows of which the system says nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::disk::folder::{self, FileStatus, Folder, NodeKind};
use crate::disk::read::{GUIDES, THEMES, is_passed_over};
use crate::disk::walk::Walk;

/// Every file below `guides/` and `themes/`, by size, time and number.
#[derive(Debug)]
pub struct SourceOutline {
    root: PathBuf,
    files: BTreeMap<String, FileStatus>,
}

impl SourceOutline {
    pub fn of(root: &Path) -> SourceOutline {
        SourceOutline { root: root.to_owned(), files: look(root) }
    }

    /// The files that came, went or changed since the last look, below the root and with `/`.
    pub fn changed(&mut self) -> BTreeSet<String> {
        let now = look(&self.root);
        let before = std::mem::replace(&mut self.files, now);
        let differ = |one: &BTreeMap<String, FileStatus>, other: &BTreeMap<String, FileStatus>| {
            let differs = |(path, status): (&String, &FileStatus)| other.get(path) != Some(status);
            let differing = one.iter().filter(|file| differs(*file));
            differing.map(|(path, _)| path.clone()).collect::<BTreeSet<_>>()
        };
        let mut changed = differ(&before, &self.files);
        changed.extend(differ(&self.files, &before));
        changed
    }
}

/// What cannot be looked at is not there; whoever reads it says why.
fn look(root: &Path) -> BTreeMap<String, FileStatus> {
    let mut files = BTreeMap::new();
    let Ok(project) = Folder::open(root) else { return files };
    for tree in [GUIDES, THEMES] {
        let mut walk = Walk::new(&root.join(tree));
        while let Some(entry) = walk.next() {
            let Ok(entry) = entry else { continue };
            let name = entry.path.file_name().unwrap_or_default();
            if is_passed_over(name.as_encoded_bytes()) {
                if entry.kind == NodeKind::Folder {
                    walk.skip_folder();
                }
                continue;
            }
            let path = Path::new(tree).join(&entry.path);
            if entry.kind == NodeKind::Folder {
                continue;
            }
            if let (Some(name), Ok(status)) = (folder::slashed(&path), project.status(&path)) {
                files.insert(name.into_owned(), status);
            }
        }
    }
    files
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test saves files itself"
)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_came_went_or_changed_is_told_once() {
        let root = tempfile::tempdir().unwrap();
        let path = |name: &str| root.path().join(name);
        for folder in ["guides/a", "guides/b", "guides/.git"] {
            fs::create_dir_all(path(folder)).unwrap();
        }
        for file in ["guides/a/en.md", "guides/b/en.md"] {
            fs::write(path(file), "one").unwrap();
        }
        let mut outline = SourceOutline::of(root.path());
        assert!(outline.changed().is_empty());
        fs::write(path("guides/a/en.md"), "other").unwrap();
        fs::remove_file(path("guides/b/en.md")).unwrap();
        fs::create_dir_all(path("themes/own")).unwrap();
        fs::write(path("themes/own/a.css"), "").unwrap();
        fs::write(path("guides/a/en.md~"), "").unwrap();
        fs::write(path("guides/.git/index"), "").unwrap();
        let expected = ["guides/a/en.md", "guides/b/en.md", "themes/own/a.css"];
        assert_eq!(outline.changed(), expected.map(str::to_owned).into());
        assert!(outline.changed().is_empty());
        // Another file of the same size in its place, as editors save.
        let modified = fs::metadata(path("guides/a/en.md")).unwrap().modified().unwrap();
        fs::write(path("guides/a/new"), "third").unwrap();
        let new = fs::File::options().write(true).open(path("guides/a/new")).unwrap();
        new.set_modified(modified).unwrap();
        fs::rename(path("guides/a/new"), path("guides/a/en.md")).unwrap();
        assert_eq!(outline.changed(), ["guides/a/en.md".to_owned()].into());
    }
}
