//! The ledger, a list in the bucket of what was published: which objects are ours, and in which form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::output::OutputPath;

/// The ledger's name, below the prefix.
pub const LEDGER: &str = ".cicerone-published.json";

const VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    pub files: BTreeMap<OutputPath, Record>,
}

/// An object as it was sent. Fields that are not known are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Record {
    pub md5: String,
    /// A fingerprint of the headers that it is served with.
    pub headers: String,
    /// The storage's name for this version (ETag), which is the MD5 sum unless the object is encrypted.
    pub tag: String,
}

#[derive(Serialize, Deserialize)]
struct LedgerFile {
    version: u32,
    files: BTreeMap<String, Record>,
}

impl Record {
    /// The mark of the object that now has `tag`. If that is not the version that was sent, its tag is
    /// taken for its MD5 sum, which it is with most storage.
    pub fn mark(&self, tag: &str) -> String {
        let content = if tag.is_empty() || tag == self.tag { &self.md5 } else { tag };
        format!("{content} {}", self.headers)
    }
}

impl Ledger {
    /// `None` if it is not one of our ledgers.
    pub fn parse(bytes: &[u8]) -> Option<Ledger> {
        let written: LedgerFile = serde_json::from_slice(bytes).ok()?;
        if written.version != VERSION {
            return None;
        }
        let file = |(path, record): (String, Record)| Some((OutputPath::parse(&path)?, record));
        let files: Option<_> = written.files.into_iter().map(file).collect();
        Some(Ledger { files: files? })
    }

    /// The ledger as JSON; the same files always give the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let files = self.files.iter().map(|(path, record)| (path.to_string(), record.clone()));
        let written = LedgerFile { version: VERSION, files: files.collect() };
        // Texts and numbers can always be written as JSON.
        serde_json::to_vec(&written).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_is_read_back_as_written() {
        let record = Record { md5: "a".into(), headers: "b".into(), tag: "c".into() };
        let path = OutputPath::parse("zh-hans/注销/index.html").unwrap();
        let ledger = Ledger { files: BTreeMap::from([(path, record)]) };
        assert_eq!(Ledger::parse(&ledger.to_bytes()), Some(ledger));
        assert_eq!(Ledger::parse(br#"{"version":2,"files":{}}"#), None);
        assert_eq!(Ledger::parse(b"<html>"), None);
    }

    #[test]
    fn a_version_that_we_did_not_send_is_known_by_its_tag() {
        let record = Record { md5: "sum".into(), headers: "h".into(), tag: "encrypted".into() };
        assert_eq!(record.mark("encrypted"), "sum h");
        assert_eq!(record.mark("other"), "other h");
    }
}
