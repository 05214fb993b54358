//! Tells people and programs how a run went: faults, progress, and a last line.
//!
//! A `Diagnostic` is a value: a code (`model/diagnostic.rs`, each an error or a warning), a message, a place, related
//! places, hints. Messages are one line, in lower case, without a full stop, with backquotes round what the writer
//! typed; a hint says what to do. "Did you mean" comes from `model/suggest.rs`: at most one slip in three letters, case
//! and separators not counted.
//!
//! `report` sorts by file and place, shows each once and at most 50 (errors before warnings), counts the rest, and puts
//! carets right under CJK and emoji. Control characters in what a stranger typed are shown, not obeyed. `--format json`
//! prints all of them, one object a line; `sarif`, `github` and `gitlab` are for scanners of code, GitHub's runner and
//! GitLab. Only git is ever run: `check --changed` asks it for the added lines (`commands/changed.rs`), `translations diff`
//! and the preview's comparison for what an original said before (`disk/git.rs`); `serve --open` asks the system for a
//! browser.
//!
//! Exit codes: 0 nothing wrong · 1 faults in the content (with `--strict`, warnings too) · 2 not as asked · 3 the
//! machine stands in the way · 4 a fault of ours.

mod coverage;
mod escape;
mod excerpt;
mod github;
mod gitlab;
mod human;
mod json;
mod lines;
mod matches;
mod order;
mod plan;
mod progress;
mod sarif;
mod style;
mod summary;
mod terminal;

pub use coverage::{coverage, coverage_json};
pub use github::github;
pub use gitlab::gitlab;
pub use human::human;
pub use json::json;
pub use lines::{Lines, Position};
pub use matches::{Match, matches_human, matches_json};
pub use order::FaultCounts;
pub use plan::{news_human, plan_human, plan_json};
pub use progress::{Progress, Visible};
pub use sarif::sarif;
pub use style::{ColorChoice, Style, Surroundings};
pub use summary::{Built, Checked, NotBuilt, Previous, Published, Summary};
pub use terminal::{stderr, stdout};
