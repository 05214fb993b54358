//! Writes the documents for other search engines, with what tells an engine how to read them.

use std::io;
use std::sync::Arc;

use crate::model::fingerprint::short;
use crate::model::output::{EXPORT, Output, OutputPath};
use crate::pipeline::page_renderer::Put;
use crate::pipeline::prepared::Prepared;
use crate::pipeline::watcher::Watcher;
use crate::search::{self, ExportLine};

/// The number of subjects whose documents are held at a time beside the file that they go to.
const BATCH: usize = 256;

/// Once a file has this size (bytes), it ends before the next document whose id says so; at twice that size, before
/// any. So an edit seldom changes more than one file, and each is small enough for one request to an engine.
const SIZE: usize = 2 << 20;
const CUT: u64 = 63;

impl Prepared {
    /// Hands the documents of every group of languages to `put`, where the site asks for them.
    pub fn put_export(&self, watcher: &dyn Watcher, put: Put<'_>) -> io::Result<()> {
        if self.site.config.search_export.is_none() {
            return Ok(());
        }
        let subjects = search::subjects(&self.site);
        let groups = search::groups(&self.site);
        watcher.phase("Writing documents for search engines", groups.len());
        for group in groups {
            let mut files = ExportFiles::below(format!("{EXPORT}/{}", group.name), put);
            for batch in subjects.chunks(BATCH) {
                let lines =
                    self.threads.map(batch, |key| search::documents(&self.site, &group, key));
                lines.iter().flatten().try_for_each(|line| files.push(line))?;
            }
            files.end()?;
            files.put("mapping.json", search::mapping(&group).into_bytes())?;
            files.put("quickwit.yaml", search::quickwit(&group).into_bytes())?;
            watcher.tick();
        }
        Ok(())
    }
}

/// The files of a group, each written when it is full.
struct ExportFiles<'a> {
    folder: String,
    put: Put<'a>,
    /// How many have been written.
    count: usize,
    documents: Vec<u8>,
    /// The same documents, each behind the line that says what to do with it.
    bulk: Vec<u8>,
}

impl<'a> ExportFiles<'a> {
    fn below(folder: String, put: Put<'a>) -> ExportFiles<'a> {
        ExportFiles { folder, put, count: 0, documents: Vec::new(), bulk: Vec::new() }
    }

    fn push(&mut self, line: &ExportLine) -> io::Result<()> {
        let ExportLine { id, json } = line;
        let size = self.documents.len();
        if size >= SIZE && (short(id.as_bytes()) & CUT == 0 || size + json.len() > 2 * SIZE) {
            self.end()?;
        }
        self.bulk.extend_from_slice(format!("{{\"index\":{{\"_id\":\"{id}\"}}}}\n").as_bytes());
        for lines in [&mut self.bulk, &mut self.documents] {
            lines.extend_from_slice(json.as_bytes());
            lines.push(b'\n');
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        if self.documents.is_empty() {
            return Ok(());
        }
        self.count += 1;
        let (bulk, documents) =
            (std::mem::take(&mut self.bulk), std::mem::take(&mut self.documents));
        self.put(&format!("bulk-{:04}.ndjson", self.count), bulk)?;
        self.put(&format!("documents-{:04}.ndjson", self.count), documents)
    }

    fn put(&self, name: &str, bytes: Vec<u8>) -> io::Result<()> {
        match OutputPath::parse(&format!("{}/{name}", self.folder)) {
            Some(path) => (self.put)(&Output { path, bytes: Arc::new(bytes) }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The files of as many documents, of which one may be another.
    fn written(count: usize, other: Option<usize>) -> BTreeMap<String, Arc<Vec<u8>>> {
        #[expect(clippy::disallowed_types, reason = "a test gathers what is put")]
        let files = std::sync::Mutex::new(BTreeMap::new());
        let put = |output: &Output| {
            files.lock().unwrap().insert(output.path.to_string(), output.bytes.clone());
            Ok(())
        };
        let mut export = ExportFiles::below("x".to_owned(), &put);
        for number in 0..count {
            let json =
                if other == Some(number) { "\"?\"".to_owned() } else { "\"x\"".repeat(2000) };
            export.push(&ExportLine { id: format!("{number:032x}"), json }).unwrap();
        }
        export.end().unwrap();
        files.into_inner().unwrap()
    }

    #[test]
    fn an_edit_changes_one_file() {
        let count = 5000;
        let before = written(count, None);
        assert!((10..40).contains(&before.len()), "{} files", before.len());
        assert!(before.values().all(|bytes| bytes.len() < 3 * SIZE));
        for other in [0, 777, count - 1] {
            let after = written(count, Some(other));
            let changed = before.iter().filter(|(path, bytes)| after.get(*path) != Some(bytes));
            assert!(changed.count() <= 4, "document {other}");
        }
        let documents: usize = before
            .iter()
            .filter(|(path, _)| path.contains("documents"))
            .map(|(_, bytes)| bytes.iter().filter(|byte| **byte == b'\n').count())
            .sum();
        assert_eq!(documents, count);
    }
}
