//! The keys to a bucket and what else this machine knows about it, from the environment and the profiles.
#![expect(
    clippy::disallowed_methods,
    reason = "keys stand where every other program looks for them"
)]

use std::path::PathBuf;
use std::{env, fs};

use crate::model::publication::Bucket;
use crate::publish::carrier::Stop;

/// How many times a request is tried before giving up.
const ATTEMPTS: u32 = 6;

/// The keys are never printed: there is no `Debug` for them.
pub struct Keys {
    pub id: String,
    pub secret: String,
    pub token: Option<String>,
}

/// The keys from the environment, as on a build server, or else from the profile that the target or
/// `AWS_PROFILE` names.
pub fn keys(bucket: &Bucket) -> Result<Keys, Stop> {
    if let (Some(id), Some(secret)) =
        (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"))
    {
        return Ok(Keys { id, secret, token: variable("AWS_SESSION_TOKEN") });
    }
    let name = profile(bucket);
    let (path, text) = file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
    let value = |key: &str| value(&text, &name, key);
    match (value("aws_access_key_id"), value("aws_secret_access_key")) {
        (Some(id), Some(secret)) => Ok(Keys { id, secret, token: value("aws_session_token") }),
        _ => Err(Stop::refused(
            format!("there are no keys to the bucket `{}`", bucket.name),
            format!(
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or add the profile `{name}` to `{}`",
                path.display()
            ),
        )),
    }
}

/// The bucket's region. Storage other than Amazon's usually has no regions, and any name will do for it.
pub fn region(bucket: &Bucket) -> Result<String, Stop> {
    let name = profile(bucket);
    let (_, text) = file("AWS_CONFIG_FILE", "config");
    let section = if name == "default" { name } else { format!("profile {name}") };
    let found = bucket.region.clone();
    let found = found.or_else(|| variable("AWS_REGION"));
    let found = found.or_else(|| variable("AWS_DEFAULT_REGION"));
    let found = found.or_else(|| value(&text, &section, "region"));
    found.or_else(|| endpoint(bucket).map(|_| "us-east-1".to_owned())).ok_or_else(|| {
        let reason = format!("the region of the bucket `{}` is not known", bucket.name);
        Stop::refused(reason, "add it to the target: `region: eu-central-1`")
    })
}

pub fn endpoint(bucket: &Bucket) -> Option<String> {
    let found = bucket.endpoint.clone();
    let found = found.or_else(|| variable("AWS_ENDPOINT_URL_S3"));
    found.or_else(|| variable("AWS_ENDPOINT_URL"))
}

pub fn attempts() -> u32 {
    variable("AWS_MAX_ATTEMPTS").and_then(|text| text.parse().ok()).unwrap_or(ATTEMPTS).max(1)
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn profile(bucket: &Bucket) -> String {
    let found = bucket.profile.clone().or_else(|| variable("AWS_PROFILE"));
    found.unwrap_or_else(|| "default".to_owned())
}

/// The path and the content of a profile file, which a variable may name; the content is empty if it cannot
/// be read.
fn file(instead: &str, name: &str) -> (PathBuf, String) {
    let home = || env::home_dir().unwrap_or_default().join(".aws").join(name);
    let path = variable(instead).map_or_else(home, PathBuf::from);
    let text = fs::read_to_string(&path).unwrap_or_default();
    (path, text)
}

/// The value of `key = value` below `[section]`.
fn value(text: &str, section: &str, key: &str) -> Option<String> {
    let mut is_in = false;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            is_in = name.split_whitespace().eq(section.split_whitespace());
        } else if let (true, Some((name, value))) = (is_in, line.split_once('=')) {
            let value = value.trim();
            if name.trim().eq_ignore_ascii_case(key) && !value.is_empty() {
                return Some(value.to_owned());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_found_among_others() {
        let text =
            "# keys\n[default]\na=1\n\n[ profile  guides ]\n# a=9\nA = 2 = 3\nb=\n[other]\nb=4\n";
        assert_eq!(value(text, "default", "a").as_deref(), Some("1"));
        assert_eq!(value(text, "profile guides", "a").as_deref(), Some("2 = 3"));
        assert_eq!(value(text, "profile guides", "b"), None);
        assert_eq!(value(text, "nobody", "a"), None);
    }
}
