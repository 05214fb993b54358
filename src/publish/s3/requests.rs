//! Signs requests to the storage, and reads its lists.

use std::fmt;
use std::time::Duration;

use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Bucket as Address, Credentials, S3Action, UrlStyle};

use crate::model::publication::Bucket;
use crate::publish::carrier::Stop;
use crate::publish::s3::headers::Headers;
use crate::publish::s3::keys::{self, Keys};

/// How long a request is valid after it has been signed.
const VALID: Duration = Duration::from_secs(15 * 60);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    Get,
    Put,
    Delete,
}

impl Verb {
    pub fn done(self) -> &'static str {
        match self {
            Verb::Get => "read",
            Verb::Put => "sent",
            Verb::Delete => "deleted",
        }
    }
}

/// A request whose address contains its signature and is therefore never shown.
pub struct Signed {
    pub verb: Verb,
    pub url: String,
}

pub struct Requests {
    address: Address,
    credentials: Credentials,
}

/// The keys are left out of debug output.
impl fmt::Debug for Requests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Requests").field("address", &self.address).finish_non_exhaustive()
    }
}

pub struct ListPage {
    pub objects: Vec<Object>,
    /// The token for requesting the next page.
    pub next: Option<String>,
}

pub struct Object {
    pub key: String,
    pub tag: String,
    pub size: u64,
}

impl Requests {
    pub fn new(bucket: &Bucket) -> Result<Requests, Stop> {
        let region = keys::region(bucket)?;
        let endpoint = keys::endpoint(bucket);
        // Other storage often has no host name for each bucket, and a certificate does not cover names with
        // dots.
        let style = match endpoint.is_some() || bucket.name.contains('.') {
            true => UrlStyle::Path,
            false => UrlStyle::VirtualHost,
        };
        let domain = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
        let endpoint = endpoint.unwrap_or_else(|| format!("https://s3.{region}.{domain}"));
        let wrong = || {
            let reason = format!("`{endpoint}` is no address of storage");
            Stop::refused(reason, "write `endpoint: https://…`")
        };
        let url = endpoint.parse().map_err(|_| wrong())?;
        let address = Address::new(url, style, bucket.name.clone(), region).map_err(|_| wrong())?;
        let credentials = match keys::keys(bucket)? {
            Keys { id, secret, token: Some(token) } => {
                Credentials::new_with_token(id, secret, token)
            }
            Keys { id, secret, token: None } => Credentials::new(id, secret),
        };
        Ok(Requests { address, credentials })
    }

    pub fn sign(&self, verb: Verb, key: &str, headers: &Headers) -> Signed {
        let keys = Some(&self.credentials);
        let url = match verb {
            Verb::Get => self.address.get_object(keys, key).sign(VALID),
            Verb::Delete => self.address.delete_object(keys, key).sign(VALID),
            Verb::Put => {
                let mut put = self.address.put_object(keys, key);
                for (name, value) in headers {
                    put.headers_mut().insert(*name, value.as_str());
                }
                put.sign(VALID)
            }
        };
        Signed { verb, url: url.into() }
    }

    /// Requests one page of the list of objects that begin with `prefix`.
    pub fn list(&self, prefix: &str, token: Option<&str>) -> Signed {
        let mut list = self.address.list_objects_v2(Some(&self.credentials));
        if !prefix.is_empty() {
            list.with_prefix(prefix);
        }
        if let Some(token) = token {
            list.with_continuation_token(token);
        }
        Signed { verb: Verb::Get, url: list.sign(VALID).into() }
    }
}

/// `None` if `text` is not a list.
pub fn listed(text: &str) -> Option<ListPage> {
    let listed = ListObjectsV2::parse_response(text).ok()?;
    let object = |object: rusty_s3::actions::list_objects_v2::ListObjectsContent| Object {
        key: object.key,
        tag: object.etag.unwrap_or_default().trim_matches('"').to_owned(),
        size: object.size.unwrap_or(0),
    };
    Some(ListPage {
        objects: listed.contents.into_iter().map(object).collect(),
        next: listed.next_continuation_token,
    })
}
