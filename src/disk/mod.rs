//! Reads the sources and writes the site. This is the edge that touches files.
//!
//! # Reading the sources
//!
//! `disk/read.rs` reads `guides/` and `themes/` through folder descriptors: every name is looked up in its
//! own open folder, so no link can redirect a read between two steps. A link that stays inside its tree is
//! followed; one that leads out is reported as `link-leads-out`. Rings of links, pipes and devices are
//! reported too. Hidden files and the temporary files of editors are skipped. Bytes that are not UTF-8 and
//! NUL become U+FFFD and are reported. A byte order mark is dropped. Line ends are kept, so that a position
//! in the text is a position in the file.
//!
//! Files beside guides are published unchanged if their extension is on a short list of what a browser shows
//! or saves without running it, and if their content is what their name says (`parse/content.rs`). An SVG is
//! read as XML, in the way of a browser that opens it by itself. It is refused, with the place, if it could
//! run code or fetch anything from elsewhere (`parse/svg.rs`). Whatever two parsers could read differently
//! (default attributes, markup in entities, XML that is not well-formed) is refused as well. The preview
//! sends such files with a policy that lets nothing run.
//!
//! # Writing the site
//!
//! `disk/stage.rs` and its neighbours do this. All their files are beside the output, on its file system: for
//! `output` these are `.output.cicerone-stage`, `-swap`, `-move` and `-lock`.
//!
//! 1. **Refuse.** The output may not be, contain or lie in `guides/` or `themes/`, nor be or contain the home
//!    folder. A folder that contains anything but a `.gitignore` and has no manifest of ours is refused (exit
//!    2).
//! 2. **Lock.** The lock is advisory. A second build waits for up to 30 seconds and then gives up (exit 3).
//!    The system releases the lock when a program dies.
//! 3. **Recover** what a killed build left. A stage is deleted. A swap and a move are both complete sites, so
//!    their work is finished.
//! 4. **Put.** A file that the previous output holds with the same bytes keeps its inode and its time: it is
//!    linked into the stage rather than written. As long as no file differs, even that is put off, and an
//!    unchanged site is not touched at all.
//! 5. **Commit.** Whatever the output contains that no build wrote (`CNAME`, `.git`, a file of ours that was
//!    edited since) is linked into the stage. The manifest is written, the file system is synchronised once,
//!    and the two folders are swapped in one step (`renameat2`, `RENAME_EXCHANGE`). The previous output is
//!    then removed, after anything that has appeared in it meanwhile has been moved over.
//! 6. **Or in order**, where folders cannot be swapped (on another system, or at a mount point): files are
//!    moved one by one. What pages need comes before the pages, and deep pages come before those that link to
//!    them; then old files are removed, and the manifest comes last. The next build finishes a move that was
//!    killed. `build -v` says which of the two ways was taken.
//!
//! The **manifest**, `.cicerone-manifest.json`, lists every file of the build with its size and xxh3
//! fingerprint. It proves which files are ours: nothing is deleted that it does not list, or whose bytes
//! differ from what it lists.

mod cache;
mod carry;
mod commit;
mod edit;
mod faults;
mod folder;
mod git;
mod lock;
mod manifest;
mod ordered;
mod outline;
mod part;
mod read;
mod recover;
mod relocate;
mod reread;
mod sealed;
mod stage;
mod sweep;
mod target;
mod text;
mod tree;
mod walk;

pub use cache::{keep, keep_picture, recall, recall_pictures};
pub use commit::{CommitWay, Written};
pub use edit::{create, replace};
pub use git::{Version, history};
pub use manifest::{MANIFEST, Manifest, OutputEntry, files_of, is_as_built, list_of};
pub use outline::SourceOutline;
pub use part::PartFolder;
pub use read::{config, read, read_unless};
pub use recover::is_left;
pub use relocate::{FileEdit, RelocationPlan, finish_move, is_folder, relocate, unfinished_move};
pub use reread::reread;
pub use sealed::Sealed;
pub use stage::{Stage, StageOptions};
pub use target::OpenError;
