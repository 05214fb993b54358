//! Does one thing to many values on many threads, the results in the order of the values.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPool;

/// Those that help the thread that asks; it works as well, and what it has let go of is used again.
#[derive(Debug)]
pub struct Threads(Option<ThreadPool>);

/// How many shares each thread gets of the work, about: the last of them is not waited for long.
const SHARES: usize = 64;

impl Threads {
    /// `jobs` threads with this one, or one a core for 0. Where the system grants none, all is done on
    /// this one.
    pub fn new(jobs: usize) -> Threads {
        let jobs = match jobs {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            jobs => jobs,
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
        let Some(pool) = &self.0 else { return values.iter().map(each).collect() };
        let helpers = pool.current_num_threads();
        let share = values.len() / ((helpers + 1) * SHARES) + 1;
        let taken = AtomicUsize::new(0);
        let work = |done: &mut Vec<(usize, Result<Vec<R>, E>)>| {
            loop {
                let index = taken.fetch_add(1, Ordering::Relaxed);
                let Some(part) = values.chunks(share).nth(index) else { break };
                let results: Result<Vec<R>, E> = part.iter().map(&each).collect();
                let failed = results.is_err();
                done.push((index, results));
                if failed {
                    taken.store(values.len(), Ordering::Relaxed);
                }
            }
        };
        let mut own = Vec::new();
        let mut others: Vec<_> = (0..helpers).map(|_| Vec::new()).collect();
        pool.in_place_scope(|scope| {
            for done in &mut others {
                scope.spawn(|_| work(done));
            }
            work(&mut own);
        });
        own.extend(others.into_iter().flatten());
        own.sort_unstable_by_key(|(index, _)| *index);
        let mut all = Vec::with_capacity(values.len());
        for (_, results) in own {
            all.extend(results?);
        }
        Ok(all)
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
