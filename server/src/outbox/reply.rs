//! What a receiver answered.

use crate::outbox::schedule::ASKED_MAX;
use chrono::DateTime;
use engine::time::Instant;
use std::time::Duration;

/// The head of an answer. What else it says is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    /// Its status.
    pub(super) status: u16,
    /// What stands in `Retry-After`.
    pub(super) retry_after: Option<String>,
}

/// How long the receiver wants to be left alone: whole seconds, or a date of HTTP. What cannot be
/// read is no wish.
pub(super) fn asked(reply: &Reply, now: Instant) -> Option<Duration> {
    let text = reply.retry_after.as_deref()?.trim();
    if !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit()) {
        return Some(text.parse().map_or(ASKED_MAX, Duration::from_secs));
    }
    let until = Instant::from_utc(DateTime::parse_from_rfc2822(text).ok()?.to_utc());
    u64::try_from(until.ms_since(now)).ok().map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, seconds: Option<u64>) {
        let now = Instant::from_utc(
            DateTime::parse_from_rfc3339("2026-03-02T09:00:00Z").unwrap().to_utc(),
        );
        let reply = Reply { status: 503, retry_after: Some(text.to_owned()) };
        assert_eq!(asked(&reply, now), seconds.map(Duration::from_secs), "{text}");
    }

    #[test]
    fn a_wish_is_seconds_or_a_date() {
        check("120", Some(120));
        check(" 0 ", Some(0));
        check("Mon, 02 Mar 2026 09:01:00 GMT", Some(60));
        check("Mon, 02 Mar 2026 08:59:00 GMT", None);
        check("99999999999999999999999", Some(43_200));
        for text in ["", "-1", "1.5", "soon", "2026-03-02", "Mon, 99 Mar 2026 09:01:00 GMT"] {
            check(text, None);
        }
    }
}
