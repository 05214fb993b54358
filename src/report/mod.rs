//! Reports to people and programs how a run went: faults, progress, and a summary on the last line.
//!
//! A `Diagnostic` is a value: a code (`model/diagnostic.rs`, which gives each a severity), a message, a
//! place, related places and hints. A message is one line in lower case without a full stop, with backquotes
//! around what the writer typed; a hint says what to do. The suggestions in “did you mean” come from
//! `model/suggest.rs`: they allow at most one slip in three letters, and ignore case and separators.
//!
//! Reports for people are sorted by file and place, show each fault once and at most 50 of them (errors
//! before warnings), count the rest, and put carets exactly below CJK characters and emoji. Control
//! characters that a stranger typed are shown, not obeyed. `--format json` prints all faults, one object on
//! each line; `sarif`, `github` and `gitlab` are for code scanners, GitHub's runner and GitLab. The only
//! programs that are ever run are Git and the browser: `check --changed` asks Git for the added lines
//! (`commands/changed.rs`), `translations diff` and the preview's comparison ask it what an original said
//! before (`disk/git.rs`), `publish` uses it to write a branch (`publish/repository.rs`), and `serve --open`
//! asks the system to open a browser.
//!
//! Exit codes: 0 nothing is wrong · 1 there are faults in the content (with `--strict`, warnings count too) ·
//! 2 the command cannot be carried out as given · 3 something on the machine prevents it · 4 a fault in the
//! program itself.

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
