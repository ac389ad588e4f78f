//! The same work on many things at once, with the same result for any number of threads.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::Place;

/// On how many threads work is done that gives the same on any number of them.
pub(crate) fn n_threads(place: &Place) -> usize {
    let of_machine = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
    place.n_threads.unwrap_or_else(of_machine)
}

/// Does the work for each number below `n` on as many threads; the results in order of the
/// numbers.
pub(crate) fn in_parallel<T: Send>(
    n: usize,
    n_threads: usize,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= n {
                return done;
            }
            done.push((number, work(number)));
        }
    };
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let threads: Vec<_> =
            (0..n_threads.clamp(1, n.max(1))).map(|_| scope.spawn(worker)).collect();
        let results = threads.into_iter().map(|it| match it.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        results.flatten().collect()
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::in_parallel;

    #[test]
    fn results_are_in_order_for_any_number_of_threads() {
        for n_threads in [0, 1, 2, 7, 64] {
            let slow_first = |number: usize| {
                let n_rounds = if number == 0 { 100_000 } else { 1 };
                let sum: u64 = (0..n_rounds).map(|it: u64| it.wrapping_mul(31)).sum();
                (number, sum > 0 || number > 0)
            };
            let expected: Vec<(usize, bool)> = (0..20).map(|it| (it, true)).collect();
            assert_eq!(in_parallel(20, n_threads, slow_first), expected);
        }
        assert!(in_parallel(0, 4, |it| it).is_empty());
    }
}
