//! Keeps what a run found out for the next one, in a folder that may be deleted at any time.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use crate::disk::folder::{self, Folder, Symlinks};
use crate::model::fingerprint::Fingerprint;

/// The folder below the project's. It contains a file that tells Git to ignore it.
const FOLDER: &str = ".cicerone";
const FILE: &str = "cache";

/// Smaller pictures are kept one by one: each is itself whoever made it, as its name says how.
const PICTURE: &str = "picture-";

/// What a program with the same `stamp` kept for the project at `root`. `None` if there is nothing, or if it
/// is not exactly as it was written.
pub fn recall(root: &Path, stamp: &str) -> Option<Vec<u8>> {
    read(&open(root).ok()?, FILE, stamp)
}

/// Replaces what was kept before with `body`.
pub fn keep(root: &Path, stamp: &str, body: &[u8]) -> io::Result<()> {
    write(root, FILE, stamp, body)
}

/// Those of these smaller pictures that are kept. Any other is taken away, as nothing shows it any more.
pub fn recall_pictures(root: &Path, names: &BTreeSet<&str>) -> BTreeMap<String, Vec<u8>> {
    let mut known = BTreeMap::new();
    let Ok(own) = open(root) else { return known };
    for (file, _) in own.list().unwrap_or_default() {
        let Some(name) = file.to_str().and_then(|file| file.strip_prefix(PICTURE)) else {
            continue;
        };
        match names.contains(name) {
            true => {
                let bytes = read(&own, &format!("{PICTURE}{name}"), PICTURE);
                known.extend(bytes.map(|bytes| (name.to_owned(), bytes)));
            }
            // What is left in the way costs only room.
            false => drop(own.remove(Path::new(&file))),
        }
    }
    known
}

pub fn keep_picture(root: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    write(root, &format!("{PICTURE}{name}"), PICTURE, bytes)
}

fn open(root: &Path) -> io::Result<Folder> {
    Folder::open(root)?.folder(Path::new(FOLDER), Symlinks::Refuse)
}

fn read(own: &Folder, file: &str, stamp: &str) -> Option<Vec<u8>> {
    let file = own.file(Path::new(file), Symlinks::Refuse).ok()?;
    let mut bytes = Vec::new();
    folder::read(&file, folder::status(&file).ok()?.size, u64::MAX, &mut bytes).ok()?;
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let body = bytes.split_off(end + 1);
    (bytes == head(stamp, &body).into_bytes()).then_some(body)
}

fn write(root: &Path, file: &str, stamp: &str, body: &[u8]) -> io::Result<()> {
    let project = Folder::open(root)?;
    let name = Path::new(FOLDER);
    match project.make(name) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => {
            made?;
            let own = project.folder(name, Symlinks::Refuse)?;
            own.create(Path::new(".gitignore"))?.write_all(b"*\n")?;
        }
    }
    let own = project.folder(name, Symlinks::Refuse)?;
    // A run that is killed while it writes leaves this file, and the next run overwrites it.
    let new = format!("{file}.new");
    let (new, file) = (Path::new(&new), Path::new(file));
    match own.remove(new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut written = own.create(new)?;
    written.write_all(head(stamp, body).as_bytes())?;
    written.write_all(body)?;
    own.rename(new, &own, file)
}

/// The first line: which program wrote the file, and the fingerprint of what follows.
fn head(stamp: &str, body: &[u8]) -> String {
    format!("cicerone {stamp} {}\n", Fingerprint::of(body))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test looks at the file itself")]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_recalled_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        assert_eq!(recall(root, "1"), None);
        keep(root, "1", b"one\ntwo").unwrap();
        keep(root, "1", b"three").unwrap();
        assert_eq!(recall(root, "1").as_deref(), Some(&b"three"[..]));
        assert_eq!(recall(root, "2"), None, "another program's");
        let file = root.join(FOLDER).join(FILE);
        let whole = std::fs::read(&file).unwrap();
        for (broken, why) in [
            (whole[..whole.len() - 1].to_vec(), "cut"),
            ([&whole[..], b"x"].concat(), "longer"),
            (b"three".to_vec(), "no head"),
            (Vec::new(), "empty"),
        ] {
            std::fs::write(&file, broken).unwrap();
            assert_eq!(recall(root, "1"), None, "{why}");
        }
        assert!(recall_pictures(root, &BTreeSet::from(["a"])).is_empty());
        keep_picture(root, "a", b"A").unwrap();
        keep_picture(root, "b", b"B").unwrap();
        let known = recall_pictures(root, &BTreeSet::from(["a", "c"]));
        assert_eq!(known, [("a".to_owned(), b"A".to_vec())].into());
        assert!(recall_pictures(root, &BTreeSet::from(["b"])).is_empty(), "it was taken away");
        keep(root, "1", b"four").unwrap();
        assert_eq!(recall(root, "1").as_deref(), Some(&b"four"[..]));
    }
}
