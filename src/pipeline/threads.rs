//! Does one thing to many values on many threads, the results in the order of the values.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::ThreadPool;
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

#[derive(Debug)]
pub struct Threads(Option<ThreadPool>);

impl Threads {
    /// `jobs` threads, or one a core for 0. Where the system grants none, all is done on this one.
    pub fn new(jobs: usize) -> Threads {
        if jobs == 1 {
            return Threads(None);
        }
        Threads(rayon::ThreadPoolBuilder::new().num_threads(jobs).build().ok())
    }

    pub fn map<T: Sync, R: Send>(&self, values: &[T], each: impl Fn(&T) -> R + Sync) -> Vec<R> {
        match &self.0 {
            Some(pool) => pool.install(|| values.par_iter().map(&each).collect()),
            None => values.iter().map(each).collect(),
        }
    }

    /// The same, up to the first failure.
    pub fn try_map<T: Sync, R: Send>(
        &self,
        values: &[T],
        each: impl Fn(&T) -> io::Result<R> + Sync,
    ) -> io::Result<Vec<R>> {
        match &self.0 {
            Some(pool) => pool.install(|| values.par_iter().map(&each).collect()),
            None => values.iter().map(each).collect(),
        }
    }
}

/// What `run` gives, or what `otherwise` makes of the words of its panic.
pub fn guarded<R>(run: impl FnOnce() -> R, otherwise: impl FnOnce(String) -> R) -> R {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(value) => value,
        Err(panic) => {
            let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
            otherwise(text.unwrap_or_else(|| "no reason given".to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_values() {
        let values: Vec<u32> = (0..1000).collect();
        assert_eq!(
            Threads::new(4).map(&values, |value| value * 2),
            Threads::new(1).map(&values, |value| value * 2)
        );
    }

    #[test]
    fn a_panic_becomes_a_value() {
        std::panic::set_hook(Box::new(|_| {}));
        assert_eq!(guarded(|| panic!("no {}", 1), |text| text), "no 1");
        let _ = std::panic::take_hook();
    }
}
