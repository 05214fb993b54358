//! Brings a finished site to where readers find it: the edge that sends.
//!
//! ```text
//! Prepared::render ─▶ Stage::seal ─▶ Parcel ─▶ Carrier::survey ─▶ Survey ─▶ plan ─▶ Plan ─▶ Carrier::send
//! ```
//!
//! - **A parcel** is the whole site in a sealed stage beside the project
//!   (`.cicerone-publish-<target>.cicerone-stage`), which is deleted when the parcel is dropped. Its lock
//!   keeps out a second run for the same target.
//! - **A carrier** is one kind of target. Its survey gives a mark for each file of the site and for each
//!   file that the target holds: a fingerprint, a git id, or an MD5 sum with a fingerprint of the headers.
//!   `publish/plan.rs` compares the marks without knowing the kind of target. So `--dry-run` is the same
//!   run without the last arrow.
//! - **A folder** needs no parcel to copy from: the site is drawn on the folder's own `disk::Stage`, just
//!   as `build` draws on the stage of `output/`, and the plan is what the stage has found. A file that is
//!   already there is read once and not written, so publishing an unchanged site costs as much as building
//!   it. `--dry-run` drops the stage.
//! - **A branch** is written by the user's own git, with its low-level commands (`publish/git.rs`): blobs
//!   from the parcel, a tree from an index of its own, a commit on top of the tip, and a push with a lease
//!   on that tip. The project's work tree, index and branches are not touched. The tip is kept as
//!   `refs/cicerone/<branch>`, so that only what is new is fetched. A project without a repository gets a
//!   temporary one.
//! - **A bucket** (`publish/s3/`) is compared by a list of its objects and by a ledger that is stored in
//!   it. The ledger is written before the first object and after the last one. The first time, it names
//!   everything that the run may send, and the headers only where the object cannot be there with other
//!   headers. So if the run is cut short at any request, nothing is forgotten, sent twice or left with old
//!   headers. The steps of one turn are sent eight at a time; a turn begins when the last one is done.

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
#[cfg(feature = "publish")]
#[doc(hidden)]
pub use s3::fuzzing;
