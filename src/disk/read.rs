//! Reads `guides/` and `themes/`, nothing outside them, and nothing that is not a file.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::disk::faults::{
    DEPTH_LIMIT, LINK_LIMIT, SEGMENT_LIMIT, forbidden, link_fault, not_a_file, path_too_long, ring,
    too_large,
};
use crate::disk::folder::{self, FileStatus, Folder, NodeKind, Symlinks};
use crate::disk::text;
use crate::disk::walk::{FolderEntry, Walk};
use crate::model::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::globs::Globs;
use crate::model::source::{SourcePath, Sources};
use crate::model::span::Span;
use crate::model::text::Gathering;

const CONFIG: &str = "guides/site.yaml";
pub(super) const GUIDES: &str = "guides";
pub(super) const THEMES: &str = "themes";

/// The limit for settings, the registry and a theme's text files, in bytes.
const TEXT_LIMIT: u64 = 4 << 20;
/// The limit for any other file, in bytes. `limits:` in `site.yaml` sets a lower one for pages when they are
/// parsed.
const FILE_LIMIT: u64 = 64 << 20;

/// Reads every file below `guides/` and `themes/` of the project at `root`.
///
/// `exclude` has globs that are compared with paths below `guides/`. It is an error if `guides/` is missing
/// or the system refuses a read. Whatever else is wrong becomes a diagnostic, and the rest is read.
pub fn read(root: &Path, exclude: &[String]) -> io::Result<Outcome<Sources>> {
    read_all(root, SourceReader::new(root, exclude)?)
}

/// The same, but returns `None` as soon as `is_enough` says so.
pub fn read_unless(
    root: &Path,
    exclude: &[String],
    is_enough: &dyn Fn() -> bool,
) -> io::Result<Option<Outcome<Sources>>> {
    let reader = SourceReader { is_enough, ..SourceReader::new(root, exclude)? };
    match read_all(root, reader) {
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
        read => read.map(Some),
    }
}

fn read_all(root: &Path, mut reader: SourceReader<'_>) -> io::Result<Outcome<Sources>> {
    let found = reader.tree(GUIDES)?;
    if !found {
        return Err(missing_guides(root));
    }
    reader.tree(THEMES)?;
    Ok(reader.finish())
}

/// Reads only `guides/site.yaml`, which has settings that are needed before the rest is read, such as
/// `exclude`.
pub fn config(root: &Path) -> io::Result<Outcome<Sources>> {
    let mut reader = SourceReader::new(root, &[])?;
    let guides = match reader.project.folder(Path::new(GUIDES), Symlinks::Within) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(missing_guides(root)),
        // `read` reports what is wrong with the folder.
        Err(error) if is_link_trouble(&error) => return Ok(Outcome::default()),
        other => other.map_err(|error| named(GUIDES, error))?,
    };
    let path = SourcePath::new(CONFIG);
    match guides.file(Path::new(path.name()), Symlinks::Within) {
        Err(error) if error.kind() == io::ErrorKind::NotFound || is_link_trouble(&error) => {}
        file => reader.file(path, file.map_err(|error| named(CONFIG, error))?)?,
    }
    Ok(reader.finish())
}

/// A folder that is being walked: the tree itself, or a folder that a link in it leads to.
pub(super) struct WalkedFolder<'a> {
    /// The folder `guides` or `themes`. No link leads above it.
    pub(super) tree: &'a Folder,
    /// Its path below the project's root: `guides/al/linked`.
    pub(super) path: &'a str,
    /// The folders that contain it, with which a ring of links is recognised.
    pub(super) above: &'a [(u64, u64)],
}

pub(super) struct SourceReader<'a> {
    root: PathBuf,
    pub(super) project: Folder,
    exclude: Globs,
    pub(super) sources: Sources,
    pub(super) diagnostics: Vec<Diagnostic>,
    texts: Gathering<SourcePath>,
    links_followed: usize,
    /// Whether the result is no longer needed.
    is_enough: &'a dyn Fn() -> bool,
}

impl<'a> SourceReader<'a> {
    pub(super) fn new(root: &Path, exclude: &[String]) -> io::Result<SourceReader<'a>> {
        let project = Folder::open(root).map_err(|error| named(&root.to_string_lossy(), error))?;
        let (exclude, faults) = Globs::new(exclude);
        let config = SourcePath::new(CONFIG);
        let diagnostic = |fault| {
            Diagnostic::new(Code::BadValue, format!("a pattern of `exclude` is none: {fault}"))
                .at(&config, Span::default())
        };
        Ok(SourceReader {
            root: root.to_owned(),
            project,
            exclude,
            sources: Sources::default(),
            diagnostics: faults.into_iter().map(diagnostic).collect(),
            texts: Gathering::default(),
            links_followed: 0,
            is_enough: &|| false,
        })
    }

    pub(super) fn finish(mut self) -> Outcome<Sources> {
        self.settle();
        Outcome::new(self.sources, self.diagnostics)
    }

    /// Turns the bytes that were read into texts.
    fn settle(&mut self) {
        let diagnostics = &mut self.diagnostics;
        let texts = self.texts.take(|path, bytes| text::decode(path, bytes, diagnostics));
        self.sources.texts.extend(texts.map(|(path, piece)| (path, piece.into())));
    }

    /// `false` if there is no such folder.
    fn tree(&mut self, name: &str) -> io::Result<bool> {
        let tree = match self.project.folder(Path::new(name), Symlinks::Within) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) if is_link_trouble(&error) => {
                self.diagnostics.push(link_fault(&SourcePath::new(name), &error));
                return Ok(true);
            }
            other => other.map_err(|error| named(name, error))?,
        };
        let base =
            tree.folder(Path::new("."), Symlinks::Refuse).map_err(|error| named(name, error))?;
        self.walk(&WalkedFolder { tree: &tree, path: name, above: &[] }, base)?;
        Ok(true)
    }

    pub(super) fn walk(&mut self, branch: &WalkedFolder<'_>, base: Folder) -> io::Result<()> {
        let mut walk = Walk::new(&self.root.join(branch.path));
        // The open folders on the way down. Each name is looked up only in its own folder.
        let mut folders = vec![base];
        while let Some(entry) = walk.next() {
            if (self.is_enough)() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let entry = match entry {
                Ok(entry) => entry,
                // The folder is already open, or it has been reported.
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => continue,
                Err(error) => return Err(named(branch.path, error)),
            };
            folders.truncate(entry.depth);
            let (Some(path), Some(folder)) = (self.admit(branch, &entry), folders.last()) else {
                if entry.kind == NodeKind::Folder {
                    walk.skip_folder();
                }
                continue;
            };
            let name = Path::new(path.name());
            let opened = match entry.kind {
                NodeKind::File => folder.file(name, Symlinks::Refuse).map(OpenedFile::File),
                NodeKind::Folder => folder.folder(name, Symlinks::Refuse).map(OpenedFile::Folder),
                NodeKind::Link => {
                    self.link(branch, path, &folders)?;
                    continue;
                }
                NodeKind::Other => {
                    self.diagnostics.push(not_a_file(&path));
                    continue;
                }
            };
            match opened {
                Ok(OpenedFile::File(file)) => self.file(path, file)?,
                Ok(OpenedFile::Folder(child)) => folders.push(child),
                // It has vanished or become something else since it was listed.
                Err(error) if is_passing(&error) => {
                    if entry.kind == NodeKind::Folder {
                        walk.skip_folder();
                    }
                }
                // Reading continues, so that all other faults are reported too.
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    self.diagnostics.push(forbidden(&path));
                    if entry.kind == NodeKind::Folder {
                        walk.skip_folder();
                    }
                }
                Err(error) => return Err(named(path.as_str(), error)),
            }
        }
        Ok(())
    }

    /// The path of what is to be read; `None` if it is skipped, with or without a diagnostic.
    pub(super) fn admit(
        &mut self,
        branch: &WalkedFolder<'_>,
        entry: &FolderEntry,
    ) -> Option<SourcePath> {
        let name = entry.path.file_name()?;
        if is_passed_over(name.as_encoded_bytes()) {
            return None;
        }
        let Some(below) = folder::slashed(&entry.path) else {
            let shown = format!("{}/{}", branch.path, entry.path.to_string_lossy());
            self.diagnostics.push(
                Diagnostic::new(Code::NotUtf8, "this name is not UTF-8")
                    .at(&SourcePath::new(&shown), Span::default())
                    .hint("rename it"),
            );
            return None;
        };
        let path = SourcePath::new(&[branch.path, "/", &below].concat());
        let guide = path.as_str().strip_prefix("guides/");
        if guide.is_some_and(|below| self.exclude.matches(Path::new(below))) {
            return None;
        }
        if name.len() > SEGMENT_LIMIT || depth(&path) > DEPTH_LIMIT {
            self.diagnostics.push(path_too_long(&path, name.len()));
            return None;
        }
        Some(path)
    }

    fn link(
        &mut self,
        branch: &WalkedFolder<'_>,
        path: SourcePath,
        folders: &[Folder],
    ) -> io::Result<()> {
        let below = path.as_str().split_once('/').map_or("", |(_, below)| below);
        let file = match branch.tree.file(Path::new(below), Symlinks::Within) {
            Ok(file) => file,
            Err(error) if is_link_trouble(&error) || error.kind() == io::ErrorKind::NotFound => {
                self.diagnostics.push(link_fault(&path, &error));
                return Ok(());
            }
            // A socket cannot be opened at all.
            Err(error) if folder::is_not_openable(&error) => {
                self.diagnostics.push(not_a_file(&path));
                return Ok(());
            }
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                self.diagnostics.push(forbidden(&path));
                return Ok(());
            }
            Err(error) => return Err(named(path.as_str(), error)),
        };
        let status = folder::status(&file).map_err(|error| named(path.as_str(), error))?;
        if status.kind == NodeKind::Folder {
            return self.linked_folder(branch, &path, &status, folders);
        }
        self.file(path, file)
    }

    fn linked_folder(
        &mut self,
        branch: &WalkedFolder<'_>,
        path: &SourcePath,
        status: &FileStatus,
        folders: &[Folder],
    ) -> io::Result<()> {
        let mut above = branch.above.to_vec();
        for folder in folders {
            let status = folder.own_status().map_err(|error| named(path.as_str(), error))?;
            above.push(status.identity);
        }
        let below = path.as_str().split_once('/').map_or("", |(_, below)| below);
        self.links_followed += 1;
        if above.contains(&status.identity) || self.links_followed > LINK_LIMIT {
            self.diagnostics.push(ring(path, self.links_followed));
            return Ok(());
        }
        match branch.tree.folder(Path::new(below), Symlinks::Within) {
            Ok(base) => self.walk(
                &WalkedFolder { tree: branch.tree, path: path.as_str(), above: &above },
                base,
            ),
            Err(error) if is_passing(&error) => Ok(()),
            Err(error) => Err(named(path.as_str(), error)),
        }
    }

    pub(super) fn file(&mut self, path: SourcePath, file: folder::OpenFile) -> io::Result<()> {
        let status = folder::status(&file).map_err(|error| named(path.as_str(), error))?;
        if status.kind != NodeKind::File {
            self.diagnostics.push(not_a_file(&path));
            return Ok(());
        }
        let is_text = is_text(&path);
        let is_page = path.extension() == "md";
        let limit = if is_text && !is_page { TEXT_LIMIT } else { FILE_LIMIT };
        if status.size > limit {
            self.diagnostics.push(too_large(&path, status.size, limit));
            return Ok(());
        }
        let size = usize::try_from(status.size).unwrap_or(usize::MAX);
        if is_text {
            if !self.texts.has_room(size) {
                self.settle();
            }
            let read = folder::read_to(&file, self.texts.room(size));
            self.texts.push(path.clone(), read.map_err(|error| named(path.as_str(), error))?);
        } else {
            let mut bytes = Vec::new();
            folder::read(&file, status.size, limit, &mut bytes)
                .map_err(|error| named(path.as_str(), error))?;
            self.sources.assets.insert(path, Arc::new(bytes));
        }
        Ok(())
    }
}

enum OpenedFile {
    File(folder::OpenFile),
    Folder(Folder),
}

/// Hidden files, and what editors leave while they work (Vim's `4913` among them).
pub(super) fn is_passed_over(name: &[u8]) -> bool {
    name.starts_with(b".")
        || name.ends_with(b"~")
        || name.ends_with(b".swp")
        || (name.starts_with(b"#") && name.ends_with(b"#"))
        || name == b"4913"
}

fn is_text(path: &SourcePath) -> bool {
    match path.extension() {
        "md" | "yaml" | "yml" => true,
        "html" | "css" | "js" | "svg" | "txt" | "json" | "xml" => {
            path.as_str().starts_with("themes/")
        }
        _ => false,
    }
}

fn depth(path: &SourcePath) -> usize {
    path.as_str().split('/').count()
}

pub(super) fn is_link_trouble(error: &io::Error) -> bool {
    folder::leads_out(error) || folder::is_link_fault(error)
}

/// Whether an error means that something changed between the listing and the opening.
pub(super) fn is_passing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
        || folder::is_link_fault(error)
}

fn missing_guides(root: &Path) -> io::Error {
    let text = format!("there is no folder `guides` in `{}`", root.display());
    io::Error::new(io::ErrorKind::NotFound, text)
}

/// The error, with the path that it is about.
pub(super) fn named(path: &str, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{path}`: {error}"))
}
