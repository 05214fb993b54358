//! Writes single files of a project for its editor: a new one, or one whose text has changed.
#![expect(clippy::disallowed_methods, reason = "disk is the edge that writes files")]

use std::fs::Permissions;
use std::io::{self, Write};
use std::path::Path;

use crate::disk::folder::{self, Folder, Links};
use crate::disk::target::at;

const BOM: &[u8] = b"\xef\xbb\xbf";
const LIMIT: u64 = 4 << 20;

/// Makes the file at `path` below `root`, whole or not at all, and the folders that it lies in.
/// `AlreadyExists` where anything of that name is there.
pub fn create(root: &Path, path: &str, text: &str) -> io::Result<()> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    std::fs::create_dir_all(root.join(folder)).map_err(|error| at(&root.join(folder), error))?;
    let holder = open(root, folder)?;
    let draft = draft(&holder, name, None, &[text.as_bytes()])?;
    // A link takes no other file's place, as a renaming would.
    let made = holder.link(Path::new(&draft), &holder, Path::new(name));
    let removed = holder.remove(Path::new(&draft));
    made.and(removed).and_then(|()| holder.sync()).map_err(|error| at(&root.join(path), error))
}

/// Gives the file at `path` below `root` another text in one step. An error where it no longer holds
/// `old`: somebody else has changed it since it was read.
pub fn replace(root: &Path, path: &str, old: &str, new: &str) -> io::Result<()> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let holder = open(root, folder)?;
    let name_path = Path::new(name);
    let file =
        holder.file(name_path, Links::Refuse).map_err(|error| at(&root.join(path), error))?;
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
        // The draft is ours, and the file is as it was.
        let _ = holder.remove(Path::new(&draft));
    }
    renamed.and_then(|()| holder.sync()).map_err(|error| at(&root.join(path), error))
}

fn open(root: &Path, folder: &str) -> io::Result<Folder> {
    let place = if folder.is_empty() { "." } else { folder };
    let named = |error| at(&root.join(folder), error);
    Folder::open(root).and_then(|root| root.folder(Path::new(place), Links::Within)).map_err(named)
}

/// A hidden file beside `name` with this text, safely on the disk.
fn draft(
    folder: &Folder,
    name: &str,
    permissions: Option<Permissions>,
    parts: &[&[u8]],
) -> io::Result<String> {
    let draft = format!(".{name}.cicerone-{}", std::process::id());
    let mut file = match folder.create(Path::new(&draft)) {
        // Left by a run of the same number that was killed.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            folder.remove(Path::new(&draft))?;
            folder.create(Path::new(&draft))?
        }
        other => other?,
    };
    let written = parts.iter().try_for_each(|part| file.write_all(part));
    let written =
        written.and_then(|()| permissions.map_or(Ok(()), |same| file.set_permissions(same)));
    let written = written.and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = folder.remove(Path::new(&draft));
    }
    written.map(|()| draft)
}
