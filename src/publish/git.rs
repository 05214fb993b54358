//! Publishes to a branch: one commit on top of the last one, whose tree is the site.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::model::output::OutputPath;
use crate::model::publication::{Branch, By, Held, Parcel, Plan, VersionMark};
use crate::publish::carrier::{Carrier, Stop, Survey, discreet};
use crate::publish::repository::{GitRepository, text};

/// The mode of a file that is neither a program nor a link.
const FILE: &str = "100644";

/// The domain, as GitHub's and Codeberg's hosts are told it, which stays where the site has no such file.
const KEPT: &[&str] = &["CNAME", ".domains"];

#[derive(Debug)]
pub struct Git {
    root: PathBuf,
    branch: Branch,
    found: Option<BranchState>,
}

/// What the survey has found, which the commit is based on.
#[derive(Debug)]
struct BranchState {
    repository: GitRepository,
    tip: Option<String>,
    /// The lines of the tip's tree that stay, in the form that `update-index` takes.
    kept: Vec<Vec<u8>>,
    survey: Survey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hash {
    Only,
    AndWrite,
}

impl Git {
    pub fn new(root: &Path, branch: &Branch) -> Git {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        Git { root, branch: branch.clone(), found: None }
    }

    fn reference(&self) -> String {
        format!("refs/heads/{}", self.branch.name)
    }

    /// The reference at which the branch is kept between two runs, so that only what is new is fetched.
    fn own_reference(&self) -> String {
        format!("refs/cicerone/{}", self.branch.name)
    }

    /// The remote. A relative path starts at the project's folder, wherever git itself would start.
    fn remote(&self, repository: &GitRepository) -> String {
        let path = match self.branch.remote.as_str() {
            "." => repository.folder.clone(),
            path if path.starts_with('.') => self.root.join(path),
            other => return other.to_owned(),
        };
        path.to_string_lossy().into_owned()
    }

    /// The commit at the branch's tip, after fetching it; none if there is no such branch.
    fn fetch(&self, repository: &GitRepository) -> Result<Option<String>, Stop> {
        let (remote, reference) = (self.remote(repository), self.reference());
        let listed = repository.ask(&["ls-remote", "--", &remote, &reference]);
        if listed.map_err(|stop| self.unreachable(stop))?.is_empty() {
            return Ok(None);
        }
        let own = self.own_reference();
        let specification = format!("+{reference}:{own}");
        let mut words = vec!["fetch", "--quiet", "--no-tags", "--no-write-fetch-head"];
        if repository.is_shallow {
            words.push("--depth=1");
        }
        words.extend(["--", &remote, &specification]);
        repository.ask(&words).map_err(|stop| self.unreachable(stop))?;
        repository.ask(&["rev-parse", "--verify", &own]).map(Some)
    }

    fn unreachable(&self, stop: Stop) -> Stop {
        let remote = discreet(&self.branch.remote);
        Stop { hint: format!("see whether `git ls-remote {remote}` works for you"), ..stop }
    }

    /// Pushes the commit. Git refuses if the branch is no longer in the state that the plan was made for.
    fn push(&self, found: &BranchState, commit: &str) -> Result<(), Stop> {
        let (remote, reference) = (self.remote(&found.repository), self.reference());
        let lease =
            format!("--force-with-lease={reference}:{}", found.tip.as_deref().unwrap_or(""));
        let specification = format!("{commit}:{reference}");
        let words = ["push", "--quiet", &lease, "--", &remote, &specification];
        found.repository.ask(&words).map_err(|stop| match stop.reason.contains("stale info") {
            true => Stop::failed(
                format!("the branch `{}` was changed meanwhile", self.branch.name),
                "publish once more, on top of what is there now",
            ),
            false => self.unreachable(stop),
        })?;
        found.repository.ask(&["update-ref", &self.own_reference(), commit]).map(drop)
    }
}

impl Carrier for Git {
    fn place(&self) -> String {
        format!("branch {} of {}", self.branch.name, discreet(&self.branch.remote))
    }

    fn survey(&mut self, parcel: &Parcel) -> Result<Survey, Stop> {
        // Both are deleted together with the parcel.
        let (scratch, index) = (".cicerone-git", ".cicerone-index");
        let (scratch, index) = (parcel.folder.join(scratch), parcel.folder.join(index));
        let repository = GitRepository::open(&self.root, &scratch, index)?;
        let tip = self.fetch(&repository)?;
        let mut survey =
            Survey { wanted: hash(&repository, parcel, Hash::Only)?, ..Survey::default() };
        let mut kept = Vec::new();
        if let Some(tip) = &tip {
            let listed = repository.run(&["ls-tree", "-r", "-z", "-l", "--full-tree", tip], &[])?;
            kept = read_tree(&listed, &mut survey);
        }
        self.found = Some(BranchState { repository, tip, kept, survey: survey.clone() });
        Ok(survey)
    }

    fn send(&mut self, parcel: &Parcel, plan: &Plan, tick: &(dyn Fn() + Sync)) -> Result<(), Stop> {
        let Some(found) = self.found.take().filter(|_| !plan.steps.is_empty()) else {
            return Ok(());
        };
        hash(&found.repository, parcel, Hash::AndWrite)?;
        let tree = found.write_tree()?;
        let commit = found.commit(&tree)?;
        self.push(&found, &commit)?;
        plan.steps.iter().for_each(|_| tick());
        Ok(())
    }
}

impl BranchState {
    fn write_tree(&self) -> Result<String, Stop> {
        let mut input = Vec::new();
        for (path, id) in &self.survey.wanted {
            input.extend(format!("{FILE} {id}\t{path}\0").into_bytes());
        }
        for line in &self.kept {
            input.extend(line);
            input.push(0);
        }
        self.repository.run(&["update-index", "-z", "--index-info"], &input)?;
        self.repository.ask(&["write-tree"])
    }

    fn commit(&self, tree: &str) -> Result<String, Stop> {
        let mut words = vec!["commit-tree", tree, "-m", "Publish the site"];
        if let Some(tip) = &self.tip {
            words.extend(["-p", tip]);
        }
        self.repository.ask(&words).map_err(|stop| {
            let hint = "tell git who you are: `git config user.name …`, `git config user.email …`";
            Stop { hint: hint.to_owned(), ..stop }
        })
    }
}

/// Takes the files of a tree into the survey. Returns those that stay, in the form that `update-index`
/// takes.
fn read_tree(listed: &[u8], survey: &mut Survey) -> Vec<Vec<u8>> {
    let mut kept = Vec::new();
    for line in listed.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
        // The name of the site is the host's to keep, unless the site says it itself.
        let goes = |file: &Listed| {
            let path = file.path.as_str();
            !KEPT.contains(&path) || survey.wanted.contains_key(path)
        };
        match Listed::parse(line).filter(goes) {
            Some(Listed { path, held }) => drop(survey.held.insert(path, held)),
            None => kept.extend(as_it_is(line)),
        }
    }
    kept
}

/// The id that git gives to each file of the site.
fn hash(
    repository: &GitRepository,
    parcel: &Parcel,
    hash: Hash,
) -> Result<BTreeMap<OutputPath, VersionMark>, Stop> {
    let mut input = Vec::new();
    for path in parcel.files.keys() {
        input.extend(quoted(&parcel.path(path)));
    }
    let words: &[&str] = match hash {
        Hash::Only => &["hash-object", "--no-filters", "--stdin-paths"],
        Hash::AndWrite => &["hash-object", "-w", "--no-filters", "--stdin-paths"],
    };
    let ids = text(&repository.run(words, &input)?);
    let ids: Vec<String> = ids.lines().map(str::to_owned).collect();
    if ids.len() != parcel.files.len() {
        let reason = "`git hash-object` did not answer for every file";
        return Err(Stop::failed(reason, "see whether git is whole"));
    }
    Ok(parcel.files.keys().cloned().zip(ids).collect())
}

/// A path on a line of its own, quoted so that git reads it whatever it contains.
fn quoted(path: &Path) -> Vec<u8> {
    let mut line = b"\"".to_vec();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'"' | b'\\' => line.extend([b'\\', *byte]),
            b'\n' => line.extend(b"\\n"),
            other => line.push(*other),
        }
    }
    line.extend(b"\"\n");
    line
}

/// A file that a tree lists.
struct Listed {
    path: OutputPath,
    held: Held,
}

impl Listed {
    /// Reads `mode type id size<tab>path`; `None` if no site could have such a file. All files count as
    /// ours, because the branch holds the site and nothing else.
    fn parse(line: &[u8]) -> Option<Listed> {
        let (head, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
        let mut words = head.split_ascii_whitespace();
        let (mode, _, id, size) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let mark = if mode == FILE { id.to_owned() } else { format!("{mode} {id}") };
        let held = Held { mark, size: size.parse().unwrap_or(0), by: By::Us };
        Some(Listed { path: OutputPath::parse(path)?, held })
    }
}

/// The same line in the form `mode id<tab>path`.
fn as_it_is(line: &[u8]) -> Option<Vec<u8>> {
    let (head, path) = line.split_at_checked(line.iter().position(|byte| *byte == b'\t')?)?;
    let mut words = std::str::from_utf8(head).ok()?.split_ascii_whitespace();
    let (mode, _, id) = (words.next()?, words.next()?, words.next()?);
    Some([format!("{mode} {id}").as_bytes(), path].concat())
}
