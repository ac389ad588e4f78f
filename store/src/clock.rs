//! The present time: the one place that asks for it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

use chrono::DateTime;
use chrono::SubsecRound as _;
use chrono::Utc;
use engine::time::Instant;

/// The present instant in UTC, in whole milliseconds (the rest is cut off).
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the clock that everyone else is given")]
pub fn now() -> DateTime<Utc> {
    DateTime::<Utc>::from(SystemTime::now()).trunc_subsecs(3)
}

/// A clock, for those who must be tested without waiting.
pub trait Clock: Send + Sync {
    /// The present instant. It may lie before one that was given earlier: clocks are set.
    fn now(&self) -> Instant;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::from_utc(now())
    }
}

/// A clock that stands still until it is set, forwards or back.
#[derive(Debug)]
pub struct SetClock(AtomicI64);

impl SetClock {
    /// A clock that stands at an instant.
    #[must_use]
    pub const fn at(at: Instant) -> Self {
        Self(AtomicI64::new(at.ms()))
    }

    /// Sets it.
    pub fn set(&self, at: Instant) {
        self.0.store(at.ms(), Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Instant {
        Instant::from_ms(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_whole_milliseconds_of_this_century() {
        let now = now();
        assert_eq!(now.timestamp_subsec_nanos() % 1_000_000, 0);
        assert!(now.timestamp() > 1_700_000_000);
        assert!(SystemClock.now() >= Instant::from_utc(now));
    }

    #[test]
    fn a_clock_that_is_set_stands_still_and_may_go_back() {
        let clock = SetClock::at(Instant::from_ms(5));
        assert_eq!(clock.now(), Instant::from_ms(5));
        clock.set(Instant::from_ms(2));
        assert_eq!(clock.now(), Instant::from_ms(2));
    }
}
