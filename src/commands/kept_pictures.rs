//! Keeps smaller pictures from one build for the next: to make one takes a second.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::disk;
use crate::model::output::Output;
use crate::model::picture::SMALLER_FOLDER;
use crate::pipeline::Prepared;

/// Hands the site those that an earlier build has made.
pub fn recall(root: &Path, prepared: &mut Prepared) {
    let names: BTreeSet<&str> =
        prepared.smaller_paths().filter_map(|path| path.strip_prefix(SMALLER_FOLDER)).collect();
    if names.is_empty() {
        return;
    }
    let known = disk::recall_pictures(root, &names).into_iter();
    prepared.kept_pictures =
        known.map(|(name, bytes)| (format!("{SMALLER_FOLDER}{name}"), Arc::new(bytes))).collect();
}

/// Keeps a file that is one of them and is new. What cannot be kept is made again.
pub fn keep(root: &Path, prepared: &Prepared, output: &Output) {
    let path = output.path.as_str();
    if let Some(name) = path.strip_prefix(SMALLER_FOLDER)
        && !prepared.kept_pictures.contains_key(path)
    {
        let _ = disk::keep_picture(root, name, &output.bytes);
    }
}
