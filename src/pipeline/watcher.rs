//! The observer of a run, which wants to know how far it has come.

/// Somebody who wants to know how far a run has come.
pub trait Watcher: Sync {
    fn phase(&self, name: &'static str, total: usize);
    fn tick(&self);
}
