//! Reads the sources and writes the site: the edge that touches files.
//!
//! # Reading the sources
//!
//! `disk/read.rs` reads `guides/` and `themes/` through descriptors of folders: every name is looked up in its own open
//! folder, so a link cannot lead a read elsewhere between two steps. A link that stays inside its tree is followed, one
//! that leads out is `link-leads-out`. Rings of links, pipes and devices are diagnostics. Hidden files and what editors
//! leave while they work are passed over. Bytes that are not UTF-8 and NUL become U+FFFD, each told; a byte order mark
//! is dropped; line ends stay, so that a place in the text is a place in the file.
//!
//! Files beside guides are published as they are, if their extension is on a short list of what a browser shows or
//! saves without running it, and if their content is no other thing than their name says (`parse/content.rs`). An SVG is
//! read as XML, as a browser reads it that opens it by itself, and refused with its place if it could run code or fetch
//! from elsewhere (`parse/svg.rs`); what two parsers could read differently (defaults of attributes, markup in entities,
//! XML that is not well-formed) is refused as well. The preview sends such files with a policy that runs nothing.
//!
//! # Writing the site
//!
//! `disk/stage.rs` and its neighbours. Everything stands beside the output, on its file system: for `output`,
//! `.output.cicerone-stage`, `-swap`, `-move` and `-lock`.
//!
//! 1. **Refuse.** The output may not be, hold or lie in `guides/` or `themes/`, nor be or hold the home folder. A
//!    folder that holds anything but a `.gitignore` and has no manifest of ours is refused (exit 2).
//! 2. **Lock.** An advisory lock; a second build waits up to 30 seconds, then gives up (exit 3). The system gives the
//!    lock back when a program dies.
//! 3. **Recover** what a killed build left: a stage is deleted; of a swap and a move, both wholes, the work goes on.
//! 4. **Put.** A file that the previous output holds with the same bytes keeps its inode and its time: it is linked
//!    into the stage, not written. As long as no file differs, not even that is done, and an unchanged site is not
//!    touched.
//! 5. **Commit.** What the output holds and no build wrote (`CNAME`, `.git`, a file of ours that was edited since) gets
//!    a second name in the stage. The manifest is written, the file system synchronised once, and the two folders
//!    change places in one step (`renameat2`, `RENAME_EXCHANGE`). The previous output is swept away; what appeared in
//!    it meanwhile moves over.
//! 6. **Or in order**, where folders cannot change places (another system, a mount point): files are moved one by one,
//!    what pages ask for before the pages, deep pages before those that link to them, old files removed, and the
//!    manifest last. A killed move is taken up by the next build. `build -v` says which way was taken.
//!
//! The **manifest**, `.cicerone-manifest.json`, lists every file of the build with its size and xxh3 fingerprint. It is
//! the proof of what is ours: nothing is deleted that it does not list, or that has other bytes than it lists.

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
mod read;
mod recover;
mod reread;
mod sealed;
mod stage;
mod sweep;
mod target;
mod text;
mod tree;
mod walk;

pub use cache::{keep, recall};
pub use commit::{CommitWay, Written};
pub use edit::{create, replace};
pub use git::{Version, history};
pub use manifest::{MANIFEST, Manifest, OutputEntry, files_of, is_as_built, list_of};
pub use outline::SourceOutline;
pub use read::{config, read, read_unless};
pub use reread::reread;
pub use sealed::Sealed;
pub use stage::{Stage, StageOptions};
pub use target::OpenError;
