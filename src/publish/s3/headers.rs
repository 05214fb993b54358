//! The headers that each file of the site is served with, and the checksum of its bytes.
#![expect(clippy::disallowed_methods, reason = "what is sent is read from the parcel")]

use std::collections::BTreeMap;
use std::fs;

use md5::{Digest, Md5};

use crate::model::fingerprint::Fingerprint;
use crate::model::media::{FOREVER, SHORT, content_type, is_fingerprinted, unpacked};
use crate::model::output::OutputPath;
use crate::model::publication::Parcel;
use crate::publish::carrier::Stop;
use crate::publish::s3::ledger::Record;

/// Headers in lower case and sorted, as they are signed.
pub type Headers = BTreeMap<&'static str, String>;

/// Where the storage serves the site itself, this header makes an old address lead on without a page.
pub const REDIRECT: &str = "x-amz-website-redirect-location";

pub fn headers(parcel: &Parcel, path: &OutputPath) -> Headers {
    let mut headers = Headers::new();
    let packed = unpacked(path.as_str()).filter(|(path, _)| parcel.files.contains_key(*path));
    let name = packed.map_or(path.as_str(), |(path, _)| path);
    if let Some((_, encoding)) = packed {
        headers.insert("content-encoding", encoding.to_owned());
    }
    headers.insert("content-type", content_type(name).to_owned());
    let cache = if is_fingerprinted(name) { FOREVER } else { SHORT };
    headers.insert("cache-control", cache.to_owned());
    if let Some(to) = parcel.redirects.get(path) {
        headers.insert(REDIRECT, to.clone());
    }
    headers
}

pub fn of_ledger() -> Headers {
    let text = |text: &str| text.to_owned();
    Headers::from([("content-type", text("application/json")), ("cache-control", text("no-store"))])
}

/// What the ledger will say about a file.
pub fn record(parcel: &Parcel, path: &OutputPath) -> Result<Record, Stop> {
    let headers = headers(parcel, path);
    let lines: Vec<String> =
        headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    let headers = Fingerprint::of(lines.concat().as_bytes()).to_string();
    let sum = Md5::digest(read(parcel, path)?);
    let md5 = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Record { md5, headers, tag: String::new() })
}

pub fn read(parcel: &Parcel, path: &OutputPath) -> Result<Vec<u8>, Stop> {
    let place = parcel.path(path);
    fs::read(&place).map_err(|error| Stop::failed(format!("`{}`: {error}", place.display()), ""))
}
