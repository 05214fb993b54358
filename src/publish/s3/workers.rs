//! Runs several tasks at once, each of which waits for the network.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::publish::carrier::Stop;

/// Storage answers slowly but takes many requests at once, and this machine has nothing else to do
/// meanwhile.
const WORKERS: usize = 8;

/// What `work` makes of each item, in no order; or the first failure, after which no further item is begun.
pub fn map<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R, Stop> + Sync,
) -> Result<Vec<R>, Stop> {
    let next = AtomicUsize::new(0);
    let has_failed = AtomicBool::new(false);
    let run = || {
        let mut done = Vec::new();
        while !has_failed.load(Ordering::Relaxed)
            && let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed))
        {
            done.push(work(item).inspect_err(|_| has_failed.store(true, Ordering::Relaxed))?);
        }
        Ok(done)
    };
    let results: Vec<Result<Vec<R>, Stop>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS.min(items.len())).map(|_| scope.spawn(run)).collect();
        let failed = |_| Err(Stop::failed("the program failed while it was sending", ""));
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(failed)).collect()
    });
    let mut all = Vec::new();
    for result in results {
        all.extend(result?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_done_once_or_nothing_is_begun_after_a_failure() {
        let items: Vec<usize> = (0..100).collect();
        let mut done = map(&items, |item| Ok(*item)).unwrap();
        done.sort_unstable();
        assert_eq!(done, items);
        let failed = map(&items, |item| match item {
            3 => Err(Stop::failed("three", "")),
            other => Ok(*other),
        });
        assert_eq!(failed.unwrap_err().reason, "three");
        assert_eq!(map(&[], |item: &usize| Ok(*item)).unwrap(), Vec::<usize>::new());
    }
}
