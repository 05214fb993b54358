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

mod carrier;
mod git;
mod limits;
mod plan;
mod readers;
mod repository;
#[cfg(feature = "publish")]
mod s3;

pub use carrier::{Carrier, Cause, Stop, Survey};
pub use git::Git;
pub use limits::exceeded;
pub use plan::{Drastic, drastic, plan};
pub use readers::news;
#[cfg(feature = "publish")]
pub use s3::S3;
