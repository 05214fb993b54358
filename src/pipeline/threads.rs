//! Does one thing to many values on many threads, with the results in the order of the values.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::ThreadPool;

use crate::model::diagnostic::{Code, Diagnostic};

/// The threads that help the calling one, which works as well and can reuse the memory that it has freed.
#[derive(Debug)]
pub struct Threads(Option<ThreadPool>);

/// More threads than this would only wait for one another, and each takes memory.
const MOST: usize = 256;

/// The most values that a thread takes at a time, so that nobody waits long for the last ones.
const SHARE: usize = 32;

impl Threads {
    /// `jobs` threads including the calling one, 256 at most; 0 means one for each core. If the system
    /// grants none, this one does everything.
    pub fn new(jobs: usize) -> Threads {
        let jobs = match jobs {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            jobs => jobs.min(MOST),
        };
        if jobs == 1 {
            return Threads(None);
        }
        Threads(rayon::ThreadPoolBuilder::new().num_threads(jobs - 1).build().ok())
    }

    pub fn map<T: Sync, R: Send>(&self, values: &[T], each: impl Fn(&T) -> R + Sync) -> Vec<R> {
        let Ok(results) = self.try_map(values, |value| Ok::<R, Infallible>(each(value)));
        results
    }

    /// The same, up to the first failure.
    pub fn try_map<T: Sync, R: Send, E: Send>(
        &self,
        values: &[T],
        each: impl Fn(&T) -> Result<R, E> + Sync,
    ) -> Result<Vec<R>, E> {
        if self.0.is_none() {
            return values.iter().map(each).collect();
        }
        let failed = AtomicBool::new(false);
        let add = |done: &mut Vec<(usize, Result<R, E>)>, index, value: &T| {
            if !failed.load(Ordering::Relaxed) {
                let result = each(value);
                failed.fetch_or(result.is_err(), Ordering::Relaxed);
                done.push((index, result));
            }
        };
        in_order(self.fold(values, add).into_iter().flatten()).collect()
    }

    /// Each thread adds the values that it gets, with their indices, to a sum of its own. Returns all the
    /// sums.
    pub fn fold<T: Sync, S: Send + Default>(
        &self,
        values: &[T],
        add: impl Fn(&mut S, usize, &T) + Sync,
    ) -> Vec<S> {
        let helpers = self.0.as_ref().map_or(0, ThreadPool::current_num_threads);
        let share = (values.len() / (helpers + 1) / 8).clamp(1, SHARE);
        let taken = AtomicUsize::new(0);
        let work = |sum: &mut S| {
            loop {
                let start = taken.fetch_add(share, Ordering::Relaxed);
                let Some(rest) = values.get(start..).filter(|rest| !rest.is_empty()) else { break };
                for (index, value) in rest.iter().take(share).enumerate() {
                    add(sum, start + index, value);
                }
            }
        };
        let mut sums: Vec<S> = (0..=helpers).map(|_| S::default()).collect();
        if let (Some(pool), Some((own, others))) = (&self.0, sums.split_first_mut()) {
            pool.in_place_scope(|scope| {
                for sum in others {
                    scope.spawn(|_| work(sum));
                }
                work(own);
            });
        } else {
            sums.iter_mut().for_each(work);
        }
        sums
    }
}

/// The results sorted by the indices of their values.
pub fn in_order<R>(results: impl Iterator<Item = (usize, R)>) -> impl Iterator<Item = R> {
    let mut results: Vec<(usize, R)> = results.collect();
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result)
}

/// What `run` returns; if it panics, what `otherwise` makes of the panic's message.
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

/// A panic of ours, reported as a fault of the page, so that the others are still checked.
pub fn panicked(message: String) -> Diagnostic {
    Diagnostic::new(Code::Internal, format!("the program failed here: {message}"))
        .hint("this is a fault of Cicerone; please report it with the file")
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
    fn as_many_threads_as_anybody_asks_for_are_not_started() {
        let threads = Threads::new(usize::MAX);
        assert!(threads.0.as_ref().is_none_or(|pool| pool.current_num_threads() < MOST));
        assert_eq!(threads.map(&[1, 2], |value| value + 1), [2, 3]);
    }

    #[test]
    fn the_first_failure_is_the_result() {
        let values: Vec<u32> = (0..1000).collect();
        let each = |value: &u32| if *value % 400 == 399 { Err(*value) } else { Ok(()) };
        assert_eq!(Threads::new(1).try_map(&values, each), Err(399));
        assert!(matches!(Threads::new(4).try_map(&values, each), Err(399 | 799)));
    }

    #[test]
    fn a_panic_becomes_a_value() {
        std::panic::set_hook(Box::new(|_| {}));
        assert_eq!(guarded(|| panic!("no {}", 1), |text| text), "no 1");
        let _ = std::panic::take_hook();
    }
}
