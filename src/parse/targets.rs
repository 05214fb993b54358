//! Reads where the site is published: the targets in `site.yaml`.

use std::collections::BTreeMap;

use crate::model::config::Base;
use crate::model::diagnostic::Code;
use crate::model::id::Id;
use crate::model::output::OutputPath;
use crate::model::publication::{Branch, Bucket, Destination, PublishTarget};
use crate::parse::fields::{Faults, Fields};
use crate::parse::items::WORD;
use crate::parse::yaml::{Entry, Node, Yaml};

pub fn targets(fields: &mut Fields<'_>, faults: &mut Faults<'_>) -> BTreeMap<Id, PublishTarget> {
    let mut targets = BTreeMap::new();
    let Some(node) = fields.node("publish") else { return targets };
    if Fields::open(node, "`publish`", faults).is_none() {
        return targets;
    }
    let Yaml::Map(entries) = &node.value else { return targets };
    for entry in entries {
        match Id::parse(&entry.key) {
            Some(name) => targets.extend(target(entry, faults).map(|target| (name, target))),
            None => {
                let message = format!("`{}` cannot be the name of a target", entry.key);
                faults.hint(Code::BadValue, entry.key_span, message, format!("write {WORD}"));
            }
        }
    }
    targets
}

fn target(entry: &Entry, faults: &mut Faults<'_>) -> Option<PublishTarget> {
    let before = faults.list.len();
    let mut fields = Fields::open(&entry.value, "a target", faults)?;
    let folder = fields.text("folder", faults).map(|path| Destination::Folder(path.value));
    let branch = fields.node("git").and_then(|node| branch(node, faults));
    let bucket = fields.node("s3").and_then(|node| bucket(node, faults));
    let base = fields.value("base_url", ADDRESS, Base::parse, faults).map(|base| base.value);
    let strict = fields.flag("strict", faults);
    fields.close(faults);
    let mut found = [folder, branch, bucket].into_iter().flatten();
    let (first, second) = (found.next(), found.next());
    let message = match (&first, second) {
        (Some(_), None) => {
            return first.map(|destination| PublishTarget { destination, base, strict });
        }
        // The reason has been reported already.
        (None, _) if faults.list.len() > before => return None,
        (None, _) => format!("the target `{}` is no place yet", entry.key),
        (Some(_), Some(_)) => format!("the target `{}` is more than one place", entry.key),
    };
    let hint = "give it one of `folder`, `git` and `s3`";
    faults.hint(Code::BadValue, entry.key_span, message, hint);
    None
}

const ADDRESS: &str = "where the site will live, like `https://example.org/`";

fn branch(node: &Node, faults: &mut Faults<'_>) -> Option<Destination> {
    let mut fields = Fields::open(node, "a git branch", faults)?;
    let mut branch = Branch { remote: "origin".to_owned(), name: "gh-pages".to_owned() };
    let form = "the name of a branch, like `gh-pages`";
    if let Some(name) = fields.value("branch", form, is(is_branch), faults) {
        branch.name = name.value;
    }
    let form = "the name of a remote, an address of a repository or its folder";
    if let Some(remote) = fields.value("remote", form, is(is_remote), faults) {
        branch.remote = remote.value;
    }
    fields.close(faults);
    Some(Destination::Git(branch))
}

fn bucket(node: &Node, faults: &mut Faults<'_>) -> Option<Destination> {
    let mut fields = Fields::open(node, "a bucket", faults)?;
    let name = match fields.node("bucket") {
        Some(_) => fields.value("bucket", "the name of a bucket", is(is_bucket), faults),
        None => fields.required("bucket", faults),
    };
    let region = fields.value("region", "a region, like `eu-central-1`", is(is_region), faults);
    let form = "the address of the storage, like `https://s3.example.org`";
    let endpoint = fields.value("endpoint", form, is(is_endpoint), faults);
    let form = "a folder in the bucket, like `guides`";
    let prefix = fields.value("prefix", form, prefix, faults);
    let profile = fields.text("profile", faults);
    fields.close(faults);
    Some(Destination::S3(Bucket {
        name: name?.value,
        region: region.map(|region| region.value),
        endpoint: endpoint.map(|endpoint| endpoint.value),
        prefix: prefix.map_or_else(String::new, |prefix| prefix.value),
        profile: profile.map(|profile| profile.value.trim().to_owned()),
    }))
}

fn is(sound: fn(&str) -> bool) -> impl Fn(&str) -> Option<String> {
    move |text| sound(text).then(|| text.to_owned())
}

/// Nearly the rules of `git check-ref-format`; Git itself checks again.
fn is_branch(text: &str) -> bool {
    let bad = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '~' | '^' | ':' | '?' | '*' | '[' | '\\')
    };
    !text.is_empty()
        && !text.starts_with(['-', '/', '.'])
        && !text.ends_with(['/', '.'])
        && !text.contains("..")
        && !text.contains(bad)
}

/// Git would take a name that begins with a dash for an option.
fn is_remote(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('-') && !text.contains(char::is_whitespace)
}

fn is_bucket(text: &str) -> bool {
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(sound)
}

fn is_region(text: &str) -> bool {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !text.is_empty() && text.chars().all(sound)
}

/// An address may not contain a user name or password, because everybody can read `site.yaml`.
fn is_endpoint(text: &str) -> bool {
    Base::parse(text).is_some() && !text.contains('@')
}

fn prefix(text: &str) -> Option<String> {
    let text = text.trim_matches('/');
    let sound = OutputPath::parse(text).is_some() && !text.contains(char::is_whitespace);
    sound.then(|| text.to_owned())
}
