//! Brings a finished site to where readers find it: the edge that sends.
//!
//! ```text
//! Prepared::render ─▶ Stage::seal ─▶ Parcel ─▶ Carrier::survey ─▶ Survey ─▶ plan ─▶ Plan ─▶ Carrier::send
//! ```
//!
//! - **A parcel** is the whole site in a sealed stage beside the project (`.cicerone-publish-<target>.cicerone-stage`), which goes
//!   when it is dropped; its lock keeps out a second run for the same target.
//! - **A carrier** is one kind of target. Its survey gives a mark for each file of the site and for each that the target
//!   holds, a fingerprint, a git id, or an MD5 sum with a fingerprint of the headers; `publish/plan.rs` compares them and
//!   knows no kind of target. So `--dry-run` is the same run without the last arrow.
//! - **A folder** has no parcel to be copied from: the site is drawn on the folder's own `disk::Stage`, as `build` draws
//!   on that of `output/`, and the plan is what the stage has found. What is there already is read once and not written,
//!   so that publishing what has not changed costs what building it does. `--dry-run` drops the stage.
//! - **A branch** is written by the user's own git, as plumbing (`publish/git.rs`): blobs from the parcel, a tree from an
//!   index of its own, a commit on top of the tip, a push with a lease on that tip. The work tree, the index and the
//!   branches of the project stay out of it; the tip is kept as `refs/cicerone/<branch>`, so that only what is new is
//!   fetched. A project without a repository gets one for the moment.
//! - **A bucket** (`publish/s3/`) is compared by a list of its objects and by a ledger in it. The ledger is written before
//!   the first object and after the last. Beforehand it names whatever the run may send, with the headers only where the
//!   object cannot be there with others; so after a cut at any request nothing is forgotten, sent twice or left with
//!   headers of before. Steps of one turn go out eight at a time, a turn when the last one is done.

mod git;
mod plan;
mod repository;
#[cfg(feature = "publish")]
mod s3;

use std::collections::BTreeMap;

use crate::model::output::OutputPath;
use crate::model::publication::{Held, Parcel, Plan, VersionMark};

pub use git::Git;
pub use plan::{Drastic, drastic, plan};
#[cfg(feature = "publish")]
pub use s3::S3;
#[cfg(feature = "publish")]
#[doc(hidden)]
pub use s3::fuzzing;

/// One kind of target.
pub trait Carrier {
    /// The target for people: `s3://guides/`.
    fn place(&self) -> String;
    /// What the site is made of and what the target holds, in marks that can be compared.
    fn survey(&mut self, parcel: &Parcel) -> Result<Survey, Stop>;
    /// Carries the plan out; `tick` is called for each step that is done, from any thread.
    fn send(&mut self, parcel: &Parcel, plan: &Plan, tick: &(dyn Fn() + Sync)) -> Result<(), Stop>;
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    pub wanted: BTreeMap<OutputPath, VersionMark>,
    pub held: BTreeMap<OutputPath, Held>,
}

/// Why a site was not published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub cause: Cause,
    pub reason: String,
    pub hint: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The command cannot be carried out as given.
    Refused,
    /// The machine or the network stands in the way.
    Failed,
}

impl Stop {
    pub fn refused(reason: impl Into<String>, hint: impl Into<String>) -> Stop {
        Stop { cause: Cause::Refused, reason: reason.into(), hint: hint.into() }
    }

    pub fn failed(reason: impl Into<String>, hint: impl Into<String>) -> Stop {
        Stop { cause: Cause::Failed, reason: reason.into(), hint: hint.into() }
    }
}

/// An address as it may be shown: without the name and password that may stand in it.
fn discreet(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("://") {
        out.push_str(before);
        out.push_str("://");
        let end = behind.find(['/', ' ', '\'', '"', '\n']).unwrap_or(behind.len());
        let (host, after) = behind.split_at(end);
        out.push_str(host.rsplit_once('@').map_or(host, |(_, host)| host));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_keys() {
        assert_eq!(
            discreet("fatal: 'https://me:secret@a.example/b' and ssh://git@c.example/d"),
            "fatal: 'https://a.example/b' and ssh://c.example/d"
        );
        assert_eq!(discreet("git@a.example:b.git"), "git@a.example:b.git");
    }
}
