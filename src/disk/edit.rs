//! Writes single files of a project for its editor: a new file, or one whose text has changed.
#![expect(clippy::disallowed_methods, reason = "disk is the edge that writes files")]

use std::fs::Permissions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::disk::folder::{self, Folder, NodeKind, Symlinks};
use crate::disk::target::at;

const BOM: &[u8] = b"\xef\xbb\xbf";
const LIMIT: u64 = 4 << 20;

/// Makes the file at `path` below `root`, whole or not at all, and the folders that it lies in.
/// `AlreadyExists` where anything of that name is there.
pub fn create(root: &Path, path: &str, text: impl AsRef<[u8]>) -> io::Result<()> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let holder = make(root, folder)?;
    let draft = draft(&holder, name, None, &[text.as_ref()])?;
    // A link takes no other file's place, as a renaming would.
    let made = holder.link(Path::new(&draft), &holder, Path::new(name));
    let removed = holder.remove(Path::new(&draft));
    made.and(removed).and_then(|()| holder.sync()).map_err(|error| at(&root.join(path), error))
}

/// Replaces the text of the file at `path` below `root` in one step. It is an error if the file no longer
/// holds `old`, because somebody else has changed it since it was read.
pub fn replace(root: &Path, path: &str, old: &str, new: &str) -> io::Result<()> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let holder = open(root, folder)?;
    let name_path = Path::new(name);
    let file =
        holder.file(name_path, Symlinks::Refuse).map_err(|error| at(&root.join(path), error))?;
    let status = folder::status(&file)?;
    let mut bytes = Vec::new();
    folder::read(&file, status.size, LIMIT, &mut bytes)?;
    let marked = bytes.strip_prefix(BOM);
    if marked.unwrap_or(&bytes) != old.as_bytes() {
        let text = format!("`{path}` was changed by somebody else, or is not plain UTF-8");
        return Err(io::Error::other(text));
    }
    let parts: &[&[u8]] = if marked.is_some() { &[BOM, new.as_bytes()] } else { &[new.as_bytes()] };
    let draft = draft(&holder, name, Some(file.metadata()?.permissions()), parts)?;
    let renamed = holder.rename(Path::new(&draft), &holder, name_path);
    if renamed.is_err() {
        // The draft is ours, and the file is unchanged.
        let _ = holder.remove(Path::new(&draft));
    }
    renamed.and_then(|()| holder.sync()).map_err(|error| at(&root.join(path), error))
}

/// Opens a folder below `root`, creating those that are missing. A link that leads out of `root` is an error,
/// and nothing is created behind it.
fn make(root: &Path, folder: &str) -> io::Result<Folder> {
    std::fs::create_dir_all(root).map_err(|error| at(root, error))?;
    let mut path = root.to_owned();
    let top = Folder::open(root).map_err(|error| at(root, error))?;
    let mut below = PathBuf::from(".");
    for segment in folder.split('/').filter(|segment| !segment.is_empty()) {
        let holder = top.folder(&below, Symlinks::Within).map_err(|error| led_out(&path, error))?;
        path.push(segment);
        below.push(segment);
        match holder.make(Path::new(segment)) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(at(&path, error));
            }
            _ => {}
        }
    }
    top.folder(&below, Symlinks::Within).map_err(|error| led_out(&path, error))
}

fn led_out(path: &Path, error: io::Error) -> io::Error {
    match folder::leads_out(&error) {
        true => {
            at(path, io::Error::other("this link leads out of the project; put a folder there"))
        }
        false => at(path, error),
    }
}

fn open(root: &Path, folder: &str) -> io::Result<Folder> {
    let place = if folder.is_empty() { "." } else { folder };
    let named = |error| at(&root.join(folder), error);
    Folder::open(root)
        .and_then(|root| root.folder(Path::new(place), Symlinks::Within))
        .map_err(named)
}

/// Removes the drafts of runs that were killed, which nobody has locked.
fn sweep(folder: &Folder) {
    let is_draft = |name: &str| {
        let number = name.strip_prefix('.').and_then(|name| name.rsplit_once(".cicerone-"));
        number.is_some_and(|(_, id)| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))
    };
    // A draft that cannot be opened or removed stays, and does no harm.
    for (name, kind) in folder.list().unwrap_or_default() {
        let path = Path::new(&name);
        if kind == NodeKind::File && name.to_str().is_some_and(is_draft) {
            let file = folder.file(path, Symlinks::Refuse);
            if file.is_ok_and(|file| file.try_lock().is_ok()) {
                let _ = folder.remove(path);
            }
        }
    }
}

/// Writes a hidden file beside `name` with this text, and makes sure that it is on the disk.
fn draft(
    folder: &Folder,
    name: &str,
    permissions: Option<Permissions>,
    parts: &[&[u8]],
) -> io::Result<String> {
    sweep(folder);
    let draft = format!(".{name}.cicerone-{}", std::process::id());
    let mut file = match folder.create(Path::new(&draft)) {
        // It was left by a run with the same process number that was killed.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            folder.remove(Path::new(&draft))?;
            folder.create(Path::new(&draft))?
        }
        other => other?,
    };
    // While this process lives, the draft is not a leftover.
    let _ = file.try_lock();
    let written = parts.iter().try_for_each(|part| file.write_all(part));
    let written =
        written.and_then(|()| permissions.map_or(Ok(()), |same| file.set_permissions(same)));
    let written = written.and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = folder.remove(Path::new(&draft));
    }
    written.map(|()| draft)
}
