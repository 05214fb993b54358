//! Keeps what a run found out for the next one, in a folder that may be deleted at any time.

use std::io::{self, Write};
use std::path::Path;

use crate::disk::folder::{self, Folder, Symlinks};
use crate::model::fingerprint::Fingerprint;

/// The folder below the project's. It contains a file that tells Git to ignore it.
const FOLDER: &str = ".cicerone";
const FILE: &str = "cache";
/// A run that is killed while it writes leaves this file, and the next run overwrites it.
const NEW: &str = "cache.new";

/// What a program with the same `stamp` kept for the project at `root`. `None` if there is nothing, or if it
/// is not exactly as it was written.
pub fn recall(root: &Path, stamp: &str) -> Option<Vec<u8>> {
    let project = Folder::open(root).ok()?;
    let file = project.folder(Path::new(FOLDER), Symlinks::Refuse).ok()?;
    let file = file.file(Path::new(FILE), Symlinks::Refuse).ok()?;
    let mut bytes = Vec::new();
    folder::read(&file, folder::status(&file).ok()?.size, u64::MAX, &mut bytes).ok()?;
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    let body = bytes.split_off(end + 1);
    (bytes == head(stamp, &body).into_bytes()).then_some(body)
}

/// Replaces what was kept before with `body`.
pub fn keep(root: &Path, stamp: &str, body: &[u8]) -> io::Result<()> {
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
    let (new, file) = (Path::new(NEW), Path::new(FILE));
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
        keep(root, "1", b"four").unwrap();
        assert_eq!(recall(root, "1").as_deref(), Some(&b"four"[..]));
    }
}
