//! How often somebody may ask: a bucket of tokens for each, which fills up again with time.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The most that are remembered; whoever asked least lately is forgotten, with a full bucket.
const KEYS_MAX: usize = 50_000;

/// How often somebody may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How many requests at once.
    pub burst: u32,
    /// How many requests a second in the long run.
    pub per_second: u32,
}

/// Who asked how often lately.
#[derive(Debug)]
pub struct Rates<K> {
    allowance: Allowance,
    buckets: Mutex<HashMap<K, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// Requests left, in thousandths.
    left: u64,
    /// When that was so.
    at: Instant,
}

impl<K: Eq + Hash + Clone> Rates<K> {
    /// Nobody asked yet.
    #[must_use]
    pub fn new(allowance: Allowance) -> Self {
        Self { allowance, buckets: Mutex::new(HashMap::new()) }
    }

    /// Takes so many requests from the bucket of somebody.
    ///
    /// # Errors
    /// After how long there is one, where there is none now.
    pub fn take(&self, key: &K, now: Instant, n_requests: u32) -> Result<(), Duration> {
        let full = u64::from(self.allowance.burst).saturating_mul(1000);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= KEYS_MAX && !buckets.contains_key(key) {
            // Full buckets say no more than none does. Where all are in use, all begin anew.
            buckets.retain(|_, it| self.filled(*it, now, full) < full);
            if buckets.len() >= KEYS_MAX {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(key.clone()).or_insert(Bucket { left: full, at: now });
        bucket.left = self.filled(*bucket, now, full);
        bucket.at = now.max(bucket.at);
        // What asks for more than a whole bucket waits until it is full.
        let wanted = u64::from(n_requests).saturating_mul(1000).min(full);
        match bucket.left.checked_sub(wanted) {
            Some(left) => {
                bucket.left = left;
                Ok(())
            }
            None => {
                let lacking = wanted.saturating_sub(bucket.left);
                Err(Duration::from_millis(
                    lacking.div_ceil(u64::from(self.allowance.per_second.max(1))),
                ))
            }
        }
    }

    fn filled(&self, bucket: Bucket, now: Instant, full: u64) -> u64 {
        let passed = now.saturating_duration_since(bucket.at).as_millis();
        let passed = u64::try_from(passed).unwrap_or(u64::MAX);
        let more = passed.saturating_mul(u64::from(self.allowance.per_second));
        bucket.left.saturating_add(more).min(full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let rates = Rates::new(Allowance { burst: 3, per_second: 2 });
        let start = Instant::now();
        let take = |ms: u64| rates.take(&"a", start + Duration::from_millis(ms), 1);
        assert_eq!([take(0), take(0), take(0)], [Ok(()), Ok(()), Ok(())]);
        assert_eq!(take(0), Err(Duration::from_millis(500)));
        assert_eq!(take(499), Err(Duration::from_millis(1)));
        assert_eq!(take(500), Ok(()));
        assert_eq!(rates.take(&"b", start, 1), Ok(()), "everybody has a bucket of their own");
        assert_eq!(rates.take(&"c", start, 1_000), Ok(()), "a whole bucket is enough for anything");
        assert!(rates.take(&"c", start, 1).is_err());
    }

    #[test]
    fn there_is_an_end_to_those_remembered() {
        let rates = Rates::new(Allowance { burst: 1, per_second: 1 });
        let start = Instant::now();
        for key in 0..2 * KEYS_MAX {
            assert_eq!(rates.take(&key, start, 1), Ok(()));
        }
        assert!(rates.buckets.lock().unwrap().len() <= KEYS_MAX);
    }
}
