//! What hosts take: how many files, how many in one folder, how large a file, how large a site.

use std::collections::BTreeMap;

use crate::model::publication::{Destination, Parcel};
use crate::model::vocabulary::Host;

/// As their documentation says.
struct HostLimits {
    host: &'static str,
    /// How many files a site may have, and how many one of its folders.
    files: Option<usize>,
    folder: Option<usize>,
    /// How many bytes a file may have, and all of them.
    file: Option<u64>,
    site: Option<u64>,
}

const MIB: u64 = 1 << 20;

const NONE: HostLimits = HostLimits { host: "", files: None, folder: None, file: None, site: None };

const GITHUB: HostLimits = HostLimits { host: "GitHub Pages", site: Some(1_000_000_000), ..NONE };
/// Of the free plan, as on others more is to be had.
const CLOUDFLARE: HostLimits =
    HostLimits { host: "Cloudflare Pages", files: Some(20_000), file: Some(25 * MIB), ..NONE };
const NETLIFY: HostLimits = HostLimits { host: "Netlify", folder: Some(54_000), ..NONE };
/// GitHub refuses a larger one in any branch.
const PUSH: HostLimits = HostLimits { host: "a git host", file: Some(100 * MIB), ..NONE };

/// What of a site its hosts would refuse, each in a line.
pub fn exceeded(parcel: &Parcel, hosts: &[Host], destination: &Destination) -> Vec<String> {
    let of_host = hosts.iter().filter_map(|host| match host {
        Host::GithubPages => Some(&GITHUB),
        Host::Cloudflare => Some(&CLOUDFLARE),
        Host::Netlify => Some(&NETLIFY),
        Host::Apache | Host::Nginx => None,
    });
    let push = matches!(destination, Destination::Git(_)).then_some(&PUSH);
    of_host.chain(push).flat_map(|limits| beyond(parcel, limits)).collect()
}

fn beyond(parcel: &Parcel, limits: &HostLimits) -> Vec<String> {
    let HostLimits { host, files, folder, file, site } = limits;
    let mut found = Vec::new();
    let count = parcel.files.len();
    if let Some(limit) = files.filter(|limit| count > *limit) {
        found.push(format!("the site has {count} files; {host} takes {limit}"));
    }
    if let Some(limit) = folder
        && let Some((path, count)) = fullest(parcel).filter(|(_, count)| count > limit)
    {
        found.push(format!("the folder `/{path}` has {count} files; {host} takes {limit} in one"));
    }
    let largest = parcel.files.iter().max_by_key(|(_, entry)| entry.size);
    if let (Some(limit), Some((path, entry))) = (file, largest)
        && entry.size > *limit
    {
        let (size, limit) = (entry.size.div_ceil(MIB), limit / MIB);
        found.push(format!("`{path}` has {size} MiB; {host} takes files of {limit} MiB"));
    }
    let size: u64 = parcel.files.values().map(|entry| entry.size).sum();
    if let Some(limit) = site.filter(|limit| size > *limit) {
        let (size, limit) = (size / 1_000_000, limit / 1_000_000);
        found.push(format!("the site has {size} MB; {host} takes {limit} MB"));
    }
    found
}

/// The folder with the most files right in it.
fn fullest(parcel: &Parcel) -> Option<(&str, usize)> {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for path in parcel.files.keys() {
        let folder = path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        *folders.entry(folder).or_default() += 1;
    }
    folders.into_iter().max_by_key(|(_, count)| *count)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::model::output::{OutputEntry, OutputPath};
    use crate::model::publication::Branch;

    fn parcel(files: impl Iterator<Item = (String, u64)>) -> Parcel {
        let entry = |(path, size): (String, u64)| {
            (OutputPath::parse(&path).unwrap(), OutputEntry { size, ..OutputEntry::of(b"") })
        };
        let files = files.map(entry).collect();
        Parcel { folder: PathBuf::new(), files, redirects: Default::default() }
    }

    #[test]
    fn what_a_host_refuses_is_known_before_it_is_sent() {
        let folder = Destination::Folder(String::new());
        let branch = Branch { remote: String::new(), name: String::new() };
        let many = parcel((0..20_001).map(|number| (format!("{number}.html"), 1)));
        let large = parcel([("a/b.mp4".to_owned(), 26 * MIB)].into_iter());
        let huge = parcel((0..20).map(|number| (format!("{number}.mp4"), 60_000_000)));
        let of = |parcel: &Parcel, hosts: &[Host]| exceeded(parcel, hosts, &folder);
        assert_eq!(
            of(&many, &[Host::Cloudflare]),
            ["the site has 20001 files; Cloudflare Pages takes 20000"]
        );
        assert_eq!(
            of(&large, &[Host::Cloudflare]),
            ["`a/b.mp4` has 26 MiB; Cloudflare Pages takes files of 25 MiB"]
        );
        assert_eq!(
            of(&huge, &[Host::GithubPages]),
            ["the site has 1200 MB; GitHub Pages takes 1000 MB"]
        );
        let full = parcel((0..54_001).map(|number| (format!("a/{number}.html"), 1)));
        assert_eq!(
            of(&full, &[Host::Netlify]),
            ["the folder `/a` has 54001 files; Netlify takes 54000 in one"]
        );
        let apart = parcel((0..60_000).map(|number| (format!("{number}/index.html"), 1)));
        assert_eq!(of(&apart, &[Host::Netlify]), [""; 0]);
        assert_eq!(of(&large, &[Host::GithubPages, Host::Nginx]), [""; 0]);
        assert_eq!(exceeded(&large, &[], &Destination::Git(branch)), [""; 0]);
    }
}
