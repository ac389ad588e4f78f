//! The present time: the one place that asks for it.

use std::time::SystemTime;

use chrono::DateTime;
use chrono::SubsecRound as _;
use chrono::Utc;

/// The present instant in UTC, in whole milliseconds (the rest is cut off).
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the clock that everyone else is given")]
pub fn now() -> DateTime<Utc> {
    DateTime::<Utc>::from(SystemTime::now()).trunc_subsecs(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_whole_milliseconds_of_this_century() {
        let now = now();
        assert_eq!(now.timestamp_subsec_nanos() % 1_000_000, 0);
        assert!(now.timestamp() > 1_700_000_000);
    }
}
